"""What is installed, as the folders of packages say."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

import pytest

from publisher import packages
from publisher.pipeline import LIBRARIES, versions


def test_versions_are_those_that_python_tells() -> None:
    told = versions()
    assert [name for name, _ in told] == ["publisher", *LIBRARIES]
    assert [version for _, version in told] == [metadata.version(n) for n, _ in told]


def test_a_package_that_is_not_there_has_no_version() -> None:
    assert packages.version("no-such-package") == packages.UNKNOWN


def test_a_package_needs_what_no_extra_asks_for(tmp_path: Path) -> None:
    head = "Name: a\nRequires-Dist: lxml>=5\nRequires-Dist: dask; extra == 'many'\n"
    (tmp_path / "METADATA").write_text(f"{head}\nRequires-Dist: words\n", "utf-8")
    assert packages.requirements(str(tmp_path)) == ["lxml"]


@pytest.mark.parametrize("name", ["Jinja2", "jinja2", "JINJA2"])
def test_names_are_compared_without_case(name: str) -> None:
    assert packages.version(name) == metadata.version("jinja2")
