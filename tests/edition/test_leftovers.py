"""What conversion left of the old script is told, by the edition that prints it."""

from __future__ import annotations

from pathlib import Path

import pytest

from publisher.book import Book, Conversion, Override, Script
from publisher.diagnostics import Diagnostic, Severity
from publisher.edition.conversion.rules import LEFT
from tests.edition.making import BARE, SCRIPTS, made

HEAD = "# 某某管理办法\n\n第一条 为了规范管理，制定本办法。\n\n"
ADDRESS = HEAD + "第二条 登录http://例.cn/办税/index.html填报。\n"


def left(
    text: str, script: Script = "zh-Hant-TW", book: Book = BARE
) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    made(text, script, book, report=found)
    return [each for each in found if each.rule is LEFT]


def test_what_stays_simplified_in_an_address_is_told_with_its_place() -> None:
    (finding,) = left(ADDRESS)
    assert finding.level is Severity.WARNING
    assert finding.where == "reg.art_2__para_1"
    assert ADDRESS[finding.span.start] == "办"
    assert "简体字“办税”" in finding.message.zh
    assert "办税" in finding.message.en
    assert finding.hint == LEFT.cure


def test_an_edition_in_the_script_of_the_source_has_nothing_left() -> None:
    assert left(ADDRESS, "zh-Hans") == []


def test_what_the_editor_fixed_or_decided_is_not_told() -> None:
    kept = HEAD + "第二条 [登录网站]{.fixed}填报，发展。\n"
    assert left(kept) == []
    rows = (Override("发展", "发展", "tw", "照录"),)
    decided = Book("bare", bare=True, conversion=Conversion(overrides=rows))
    assert left(HEAD + "第二条 促进发展。\n", book=decided) == []


def test_the_way_back_is_looked_at_too() -> None:
    back = "# 某某管理辦法\n\n第一條 為了規範管理，制定本辦法，瞭望乾坤。\n\n"
    (finding,) = left(back + "第二條 登錄http://例.cn/辦稅/a.html填報。\n", "zh-Hans")
    assert "“辦稅”" in finding.message.zh
    assert "繁体字" in finding.message.zh


@pytest.mark.parametrize("script", SCRIPTS)
def test_no_law_of_the_corpus_has_anything_left(shared: Path, script: Script) -> None:
    for path in sorted((shared / "corpus" / "laws").glob("[0-2][0-9]-*.md"))[3:20]:
        assert left(path.read_text("utf-8"), script) == [], path.name
