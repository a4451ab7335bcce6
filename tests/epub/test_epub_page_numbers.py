"""The EPUB's page numbers are the printed booklet's: read from both, and compared.

Nothing of the product takes part in the comparison: see `tests.epub.paged`.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from publisher.render.epub.pagebreaks import place
from publisher.render.printed import Bare, PageStart, labels, ranges, stream
from tests.conftest import ROOT
from tests.epub.paged import OPS, marked, printed

ARABIC = re.compile(r"\d+")
BOOK = """schema = 1
[book]
id = "{id}"
title = "{title}"
[[source]]
file = "text.md"
[edition.booklet]
format = "pdf"
[edition.epub]
format = "epub"
page_list_from = "booklet"
[check]
fail_on = "never"
"""
WORDS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地玄黄宇宙洪荒日月盈昃"


def long_text(number: int, size: int) -> str:
    """A paragraph in which no twelve characters stand twice."""
    chars = (WORDS[(n * (number + 3) + n // 7) % len(WORDS)] for n in range(size))
    return "".join(f"{n % 10}" if n % 11 == 0 else c for n, c in enumerate(chars))


def troubled() -> str:
    """Pages that begin inside points, tables, notes, headings, joined words, strong."""
    parts = ["# 分页条例\n\n（2024年1月1日某某会议通过）\n", "## 第一章 总则\n"]
    for article in range(1, 40):
        parts.append(f"第{article}条 {long_text(article, 90 + 37 * (article % 9))}：\n")
        parts += [
            f"（{'一二三四五六七八九'[item]}）{long_text(article * 7 + item, 150)}；\n"
            for item in range(article % 4)
        ]
        if article % 6 == 0:
            rows = (
                f"| {row} | {long_text(article + row, 25)} | **{WORDS[row:]}** |\n"
                for row in range(30)
            )
            parts += [
                f"| 序号{article} | 内容 | 备注 |\n| --- | --- | --- |\n",
                *rows,
                "\n",
            ]
        if article % 10 == 0:
            parts.append(
                f"## 第{'二三四五'[article // 10 - 1]}章 {long_text(article, 4)}\n"
            )
    return "\n".join(parts)


def build(folder: Path, text: str, *flags: str, **environ: str) -> dict[str, Path]:
    """A book of one text, made by the command; the file of each edition."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "text.md").write_text(text, "utf-8")
    settings = BOOK.format(id="paged", title="分页条例")
    (folder / "book.toml").write_text(settings, "utf-8")
    return made(folder, folder / "out", *flags, **environ)


def made(book: Path, out: Path, *flags: str, **environ: str) -> dict[str, Path]:
    command = [sys.executable, "-m", "publisher", "build", str(book), "--json"]
    done = subprocess.run(
        [*command, "-o", str(out), *flags],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), **environ},
        check=False,
    )
    assert done.returncode in {0, 1}, done.stderr
    return {t["edition"]: Path(t["path"]) for t in json.loads(done.stdout)["targets"]}


def agree(pdf: Path, epub: Path) -> int:
    """Compare every page of the documents; how many there are."""
    pages, marks = printed(pdf), marked(epub)
    held = {label: text for label, text in pages.items() if text}
    assert held
    for label, text in held.items():
        assert label in marks, label
        file, after = marks[label]
        assert after, label
        assert text.startswith(after[: len(text)]), (label, file, text[:12], after)
    arabic = [label for label in marks if ARABIC.fullmatch(label)]
    assert arabic == list(held)
    return len(held)


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The book of the page, all four editions."""
    out = tmp_path_factory.mktemp("seed")
    return made(ROOT / "sources" / "dangshi", out)


@pytest.mark.parametrize("script", ["", "-tw"])
def test_every_page_of_the_seed_book_begins_at_its_mark(
    seed: dict[str, Path], script: str
) -> None:
    assert agree(seed[f"booklet{script}"], seed[f"epub{script}"]) >= 12


def test_pages_that_begin_in_points_and_tables_begin_at_their_marks(
    tmp_path: Path,
) -> None:
    files = build(tmp_path, troubled())
    assert agree(files["booklet"], files["epub"]) > 30
    with zipfile.ZipFile(files["epub"]) as packed:
        held = [
            etree.fromstring(packed.read(name))
            for name in packed.namelist()
            if name.startswith("EPUB/text/reg")
        ]
    above = {
        ancestor.get("class") or etree.QName(ancestor).localname
        for page in held
        for mark in page.iter()
        if mark.get(f"{OPS}type") == "pagebreak"
        for ancestor in mark.iterancestors()
    }
    assert {"item", "td", "paragraph"} <= above


def test_every_page_of_a_long_law_begins_at_its_mark(
    shared: Path, tmp_path: Path
) -> None:
    law = shared / "corpus" / "laws" / "00-民法典-合编.md"
    files = build(tmp_path, law.read_text("utf-8"))
    assert agree(files["booklet"], files["epub"]) > 150


def test_the_lists_name_every_mark_in_order(seed: dict[str, Path]) -> None:
    with zipfile.ZipFile(seed["epub"]) as packed:
        nav = etree.fromstring(packed.read("EPUB/nav.xhtml"))
        ncx = etree.fromstring(packed.read("EPUB/toc.ncx"))
        opf = etree.fromstring(packed.read("EPUB/content.opf"))
    (pages,) = (e for e in nav.iter("{*}nav") if e.get(f"{OPS}type") == "page-list")
    listed = [(a.text, a.get("href")) for a in pages.iter("{*}a")]
    wanted = [
        (label, f"{file.removeprefix('EPUB/')}#page-{label}")
        for label, (file, _) in marked(seed["epub"]).items()
    ]
    assert listed == wanted
    old = [
        (e.findtext("{*}navLabel/{*}text"), e.find("{*}content").get("src"))  # type: ignore[union-attr]
        for e in ncx.iter("{*}pageTarget")
    ]
    assert old == wanted
    (source,) = (
        e.text for e in opf.iter("{*}meta") if e.get("property") == "pageBreakSource"
    )
    assert "版本 booklet" in str(source)


def test_pages_of_ours_are_marked_where_both_have_them(seed: dict[str, Path]) -> None:
    marks = marked(seed["epub"])
    assert marks["iii"] == ("EPUB/text/titlepage.xhtml", "党史学习教育工作条例附答")
    assert marks["vi"][1].startswith("编辑说明本册收")
    assert {"i", "ii", "iv", "v"}.isdisjoint(marks)  # cover, blank, colophon, contents


def test_the_print_is_laid_out_even_if_nobody_asks_for_it(
    seed: dict[str, Path], tmp_path: Path
) -> None:
    alone = made(ROOT / "sources" / "dangshi", tmp_path, "-e", "epub")
    assert list(alone) == ["epub"]
    assert not list(tmp_path.rglob("*.pdf"))
    assert alone["epub"].read_bytes() == seed["epub"].read_bytes()


def test_workers_make_the_print_first(seed: dict[str, Path], tmp_path: Path) -> None:
    flags = ("-e", "epub", "-e", "booklet", "-j", "2")
    both = made(ROOT / "sources" / "dangshi", tmp_path, *flags)
    assert both["epub"].read_bytes() == seed["epub"].read_bytes()


def test_the_same_book_is_the_same_bytes_with_its_pages(
    seed: dict[str, Path], tmp_path: Path
) -> None:
    environ = {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "12"}
    again = made(ROOT / "sources" / "dangshi", tmp_path, "-e", "epub-tw", **environ)
    assert again["epub-tw"].read_bytes() == seed["epub-tw"].read_bytes()


PAGE = (
    '<html><body><section id="reg"><h1 id="reg.title">题<b>目</b></h1>'
    '<p id="reg.a"><b>第一条</b> 甲&amp;乙<a class="call">①</a>丙丁</p>'
    '<table id="reg.t"><tr><td id="reg.c">戊己</td><td>庚</td></tr></table>'
    "</section></body></html>"
)


def marks_in(*starts: PageStart, sure: bool = True) -> str:
    page, found = place("a.xhtml", PAGE, starts, sure=sure)
    without = re.sub(r'<span epub:type="pagebreak"[^>]*></span>', "", page)
    assert without == PAGE
    assert [mark.label for mark in found] == re.findall(r'aria-label="(\w+)"', page)
    return re.sub(r'<span epub:type="pagebreak"[^>]*"(\w+)"></span>', r"[\1]", page)


def test_a_mark_stands_before_the_very_character() -> None:
    assert "甲&amp;[7]乙<a" in marks_in(PageStart("7", "reg.a", 5, "乙丙"))
    assert "</a>[7]丙丁" in marks_in(PageStart("7", "reg.a", 6, "丙丁"))
    assert '<td id="reg.c">戊[7]己' in marks_in(PageStart("7", "reg.t", 1, "己庚"))
    assert "<td>[7]庚" in marks_in(PageStart("7", "reg.t", 2, "庚"))


def test_a_mark_stands_outside_headings_and_labels_that_it_comes_before() -> None:
    assert 'id="reg">[1]<h1' in marks_in(PageStart("1", "reg", 0, "题目"))
    assert 'id="reg.a">[2]<b>第一条' in marks_in(PageStart("2", "reg.a", 0, "第一条"))
    assert "</b>[3] 甲" in marks_in(PageStart("3", "reg.a", 3, "甲"))


def test_two_pages_may_begin_in_one_paragraph() -> None:
    text = marks_in(PageStart("3", "reg.a", 5, "乙"), PageStart("2", "reg.a", 4, "&"))
    assert "甲[2]&amp;[3]乙" in text


def test_a_page_that_begins_with_other_words_gets_no_mark() -> None:
    assert "[7]" not in marks_in(PageStart("7", "reg.a", 5, "丙丁"))
    assert "[7]" in marks_in(PageStart("7", "reg.a", 5, "丙丁"), sure=False)
    assert "[7]" not in marks_in(PageStart("7", "reg.z", 0, "甲"))


def test_labels_are_roman_before_the_first_document() -> None:
    assert labels(7, 4) == ["i", "ii", "iii", "iv", "1", "2", "3"]
    bare = (
        Bare(0, "i", "cover"), Bare(1, "ii", "blank"), Bare(3, "iv", "contents"),
        Bare(4, "v", "contents"), Bare(9, "8", "blank"), Bare(17, "16", "blank"),
    )  # fmt: skip
    told = [label for label, _ in ranges(bare)]
    assert told == ["i", "ii", "iv–v", "8", "16"]


def test_notes_and_readings_are_in_no_stream() -> None:
    page = etree.fromstring(
        '<body><article id="reg"><h1>题</h1><p id="reg.a">甲'
        '<small class="note">注</small>乙<small class="reading">yi</small></p>'
        '<aside class="notice" id="reg.n">〔缺〕</aside></article>'
        '<div class="half"><p id="x">扉</p></div></body>'
    )
    told = {(own.where, own.ink) for own in stream(page).values()}
    assert told == {
        ("reg", "题"),
        ("reg.a", "甲乙"),
        ("reg.n", "〔缺〕"),
        ("titlepage", "扉"),
    }
