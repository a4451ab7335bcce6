"""What conversion left of the old script is told, by the edition that prints it."""

from __future__ import annotations

from pathlib import Path

import pytest

from publisher.book import Book, Conversion, Override, Script
from publisher.diagnostics import Diagnostic, Severity
from publisher.edition.conversion.rules import LEFT
from publisher.edition.lines import convert
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


STRAYS = (
    "# 某某管理办法\n\n第一条 为了规范组织管理，制定本办法，健全制度。\n\n"
    "第二条 各级組织应当加强管理，建立健全安全管理制度，落实责任。\n\n"
    "第三条 鄆城县人民政府负责监督实施本办法，配备专职人员。\n"
)


def test_a_doubt_that_conversion_settles_is_none_in_the_other_script() -> None:
    own = made(STRAYS).apparatus.doubts
    assert [row.before[-2:] for row in own] == ["組织", "城县"]
    assert own[0].basis == "“組”是繁体字，通作“组”"
    assert "“鄆”是繁体字，可能是“郓”" in own[1].basis
    (there,) = made(STRAYS, "zh-Hant-TW").apparatus.doubts
    assert there.before == "鄆城縣"
    assert there.basis == "來源此處繁簡夾雜，也可能是形近字誤認"


def test_a_doubt_tells_the_scripts_apart_where_nothing_is_converted() -> None:
    text = convert(STRAYS, "zh-Hant-TW").replace("安全", "学習安全")
    (row,) = made(text, "zh-Hant-TW").apparatus.doubts
    assert row.basis == "「学」是簡體字，通作「學」"
