"""epubcheck and Ace have nothing to say of any kind of EPUB, and would be heard."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.epub.conftest import KINDS, Made
from tests.epub.spoilt import put, spoil
from tests.epub.validators import Verdict, ace_all, epubcheck_all

MEANT = {"CSS-028", "OPF-086b"}
"""Usages that are meant: a book carries faces; Kobo opens notes that are endnotes."""


@pytest.fixture(scope="session")
def kinds(request: pytest.FixtureRequest) -> dict[str, bytes]:
    """Every kind of EPUB."""
    made: list[Made] = [request.getfixturevalue(name) for name in KINDS]
    return {name: each.data for name, each in zip(KINDS, made, strict=True)}


@pytest.fixture(scope="session")
def checked(
    kinds: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Verdict]:
    """epubcheck's word on each, and on one that was spoilt on purpose."""
    broken = spoil(kinds["everything"], put("opf", "<dc:language.*</dc:language>", ""))
    folder = tmp_path_factory.mktemp("epubcheck")
    return epubcheck_all({**kinds, "broken": broken}, folder)


@pytest.fixture(scope="session")
def heard(
    kinds: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Verdict]:
    """Ace's word on each, and on one that was spoilt on purpose."""
    broken = spoil(kinds["excerpt"], put("cover.xhtml", ' alt="[^"]*"', ""))
    folder = tmp_path_factory.mktemp("ace")
    return ace_all({**kinds, "broken": broken}, folder)


@pytest.mark.parametrize("kind", KINDS)
def test_epubcheck_is_silent(kind: str, checked: Mapping[str, Verdict]) -> None:
    verdict = checked[kind]
    assert [m for m in verdict.findings if m["ID"] not in MEANT] == []
    assert all(m["severity"] == "USAGE" for m in verdict.findings)
    assert verdict.code == 0
    assert verdict.report["publication"]["ePubVersion"].startswith("3")


def test_epubcheck_is_heard(checked: Mapping[str, Verdict]) -> None:
    assert checked["broken"].code == 1
    assert checked["broken"].report["checker"]["nError"] > 0


@pytest.mark.parametrize("kind", KINDS)
def test_ace_finds_no_violation(kind: str, heard: Mapping[str, Verdict]) -> None:
    assert heard[kind].findings == []
    assert heard[kind].code == 0
    assert heard[kind].report["earl:assertedBy"]["doap:release"]["doap:revision"] == (
        "1.4.6"
    )


def test_ace_is_heard(heard: Mapping[str, Verdict]) -> None:
    assert heard["broken"].code == 2
    assert heard["broken"].findings
