from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import TemplateNotFound
from jinja2.exceptions import SecurityError

from publisher import assets
from publisher.diagnostics import Problem
from publisher.render.environment import environment, told


def rendered(folder: Path, name: str = "x.html") -> str:
    return environment([folder], script=str.upper).get_template(name).render()


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


def test_what_is_compiled_once_serves_every_edition(tmp_path: Path) -> None:
    """Jinja would work out what is constant while it compiles, for one edition."""
    (tmp_path / "x.html").write_text(
        '{{ "Ab" | script }}{% if "a" | script == "A" %}!{% endif %}'
    )
    for convert, wanted in ((str.upper, "AB!"), (str.lower, "ab"), (str.upper, "AB!")):
        made = environment([tmp_path], script=convert)
        assert made.get_template("x.html").render() == wanted


def test_a_template_that_changed_is_compiled_again(tmp_path: Path) -> None:
    for text in ("one", "two"):
        (tmp_path / "x.html").write_text(text)
        assert rendered(tmp_path) == text


def test_a_template_of_a_stranger_is_guarded_though_ours_of_its_name_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same file, first as one of ours, which need no guard, then as another's."""
    (tmp_path / "x.html").write_text("{{ ''.__class__ }}")
    monkeypatch.setattr(assets, "templates", lambda: tmp_path)
    assert rendered(tmp_path) == "&lt;class &#39;str&#39;&gt;"
    monkeypatch.undo()
    with pytest.raises(SecurityError):
        rendered(tmp_path)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("{% if %}", "Expected an expression"),
        ("{{ nothing.at_all }}", "'nothing' is undefined"),
        ("{{ 1 + 'a' }}", "unsupported operand"),
        ("{% include 'nowhere.html' %}", "asks for nowhere.html"),
    ],
)
def test_a_mistake_in_a_template_of_the_books_own_is_told_by_its_line(
    tmp_path: Path, line: str, why: str
) -> None:
    (tmp_path / "x.html").write_text(f"<p>\n{line}\n</p>")
    with pytest.raises(Problem) as caught, told([tmp_path, assets.templates()]):
        rendered(tmp_path)
    assert caught.value.status == 4
    assert caught.value.place == f"{tmp_path}/x.html:2"
    assert why in caught.value.message.en


def test_a_template_in_another_encoding_is_told_by_its_file(tmp_path: Path) -> None:
    (tmp_path / "x.html").write_bytes("封面".encode("gb18030"))
    ours = assets.templates()
    with pytest.raises(Problem, match="not UTF-8") as caught, told([tmp_path, ours]):
        rendered(tmp_path)
    assert caught.value.place == f"{tmp_path}/x.html:1"


def test_a_mistake_behind_our_own_templates_is_not_told_as_the_books(
    tmp_path: Path,
) -> None:
    with pytest.raises(TemplateNotFound), told([assets.templates()]):
        rendered(tmp_path)
    with pytest.raises(ZeroDivisionError), told([tmp_path, assets.templates()]):
        1 / 0  # noqa: B018
