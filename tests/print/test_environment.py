from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import TemplateNotFound
from jinja2.exceptions import SecurityError

from publisher.render.environment import environment


def rendered(folder: Path, name: str = "x.html") -> str:
    return environment([folder], str.upper).get_template(name).render()


def test_a_template_cannot_reach_python(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text("{{ cycler.__init__.__globals__.os.getcwd() }}")
    with pytest.raises(SecurityError):
        rendered(tmp_path)


def test_a_template_cannot_be_a_link_to_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    inside = tmp_path / "templates"
    inside.mkdir()
    (inside / "x.html").symlink_to(tmp_path / "secret")
    with pytest.raises(TemplateNotFound):
        rendered(inside)


def test_a_template_inside_is_found_and_its_words_are_converted(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text('{{ "<a>" | script }}')
    assert rendered(tmp_path) == "&lt;A&gt;"
