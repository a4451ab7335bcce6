# ruff: noqa: ANN401  (pikepdf has one type for all objects)
"""The booklet of the real page, opened again and read."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from publisher.tree.nodes import Document
from publisher.tree.walk import ink, plain
from tests.conftest import ROOT
from tests.print import pdf_text
from tests.print.conftest import Printed


@pytest.fixture(params=["booklet", "taiwan", "large"])
def edition(request: pytest.FixtureRequest) -> Printed:
    made: Printed = request.getfixturevalue(request.param)
    return made


def test_the_ink_of_the_tree_is_the_ink_of_the_pdf(edition: Printed) -> None:
    wanted = "".join(ink(document) for document in edition.prepared.documents)
    assert pdf_text.ink(edition.path) == wanted


def test_nothing_was_reported(edition: Printed) -> None:
    assert edition.found == ()


def test_the_pages_are_a_multiple_of_four_and_end_with_the_back_cover(
    edition: Printed,
) -> None:
    with pikepdf.open(edition.path) as pdf:
        assert len(pdf.pages) == edition.pages
        assert edition.pages % 4 == 0


def test_every_page_is_of_the_trim_size(edition: Printed) -> None:
    width, height = edition.prepared.edition.typography.page
    with pikepdf.open(edition.path) as pdf:
        for page in pdf.pages:
            box = [float(side) for side in page.mediabox]
            assert box == pytest.approx([0, 0, width, height], abs=0.01)


def test_front_matter_is_numbered_in_roman_and_the_text_from_one(
    edition: Printed,
) -> None:
    with pikepdf.open(edition.path) as pdf:
        nums = pdf.Root.PageLabels.Nums
        first = int(nums[2])
        assert (int(nums[0]), str(nums[1].S)) == (0, "/r")
        assert (str(nums[3].S), int(nums[3].St)) == ("/D", 1)
        assert first % 2 == 0  # page 1 is a recto
        opened = {str(item.title): _page(pdf, item) for item in _flat(pdf)}
        for document in edition.prepared.documents:
            head = document.short_title or document.given_title or _title(document)
            assert opened[head] % 2 == 0
        assert min(opened.values()) < first <= opened[_title_of_first(edition)]


def _title(document: Document) -> str:
    return plain(document.title)


def _title_of_first(edition: Printed) -> str:
    return _title(edition.prepared.documents[0])


def _flat(pdf: pikepdf.Pdf) -> list[Any]:
    with pdf.open_outline() as outline:
        rest, out = list(outline.root), []
        while rest:
            item = rest.pop(0)
            out.append(item)
            rest = [*item.children, *rest]
        return out


def _page(pdf: pikepdf.Pdf, item: Any) -> int:
    place = item.destination or item.action.D
    return next(n for n, page in enumerate(pdf.pages) if page.obj == place[0])


def test_bookmarks_go_down_to_the_articles(booklet: Printed) -> None:
    with pikepdf.open(booklet.path) as pdf, pdf.open_outline() as outline:
        top = [str(item.title) for item in outline.root]
        assert top[:3] == ["目录", "编辑说明", "党史学习教育工作条例"]
        chapter = outline.root[2].children[0]
        assert str(chapter.title) == "第一章　总则"
        articles = [str(item.title) for item in chapter.children]
        assert articles == [f"第{n}条" for n in "一二三四五六"]
        assert len(outline.root[3].children) == 10  # the questions


def test_the_document_says_what_it_is(edition: Printed) -> None:
    with pikepdf.open(edition.path) as pdf:
        assert str(pdf.Root.Lang) == edition.prepared.lang
        assert pdf.Root.MarkInfo.Marked
        assert pdf.docinfo.Title
        assert pdf.docinfo.Author
        assert str(pdf.docinfo.CreationDate) == "D:20240205000000Z"
        assert b'part="1"' in _xmp(pdf)


def _xmp(pdf: pikepdf.Pdf) -> bytes:
    return bytes(pdf.Root.Metadata.read_bytes())


def test_footnotes_are_tagged_as_notes_and_begin_again_in_each_document(
    booklet: Printed,
) -> None:
    notes = pdf_text.notes(booklet.path)
    assert notes == [
        "① 来源作“同”，据第十七条及答问七“纳入学习计划”校改。",
        "① 来源无标题，此题编者所拟。",
    ]
    with pikepdf.open(booklet.path) as pdf:
        ids = [str(e.ID) for e in _notes(pdf.Root.StructTreeRoot.K[0])]
    assert len(set(ids)) == 2


def _notes(element: Any) -> list[Any]:
    if str(element.S) == "/Note":
        return [element]
    kids = [k for k in element.K if isinstance(k, pikepdf.Dictionary) and "/S" in k]
    return [note for kid in kids for note in _notes(kid)]


def test_every_line_of_the_text_stands_on_the_grid(edition: Printed) -> None:
    page = edition.prepared.edition.typography
    with pikepdf.open(edition.path) as pdf:
        first, last = int(pdf.Root.PageLabels.Nums[2]), len(pdf.pages)
    lines = [
        down - page.head
        for number, down in pdf_text.baselines(edition.path, page.size)
        if first <= number < last
    ]
    wanted = lines[-1] % page.leading
    off = [line for line in lines if abs(line % page.leading - wanted) > 0.06]
    # the promulgation note stands on half a line inside its opening block
    assert all(line < 8 * page.leading for line in off)
    assert {round(line % page.leading - wanted, 1) for line in off} == {
        -page.leading / 2
    }
    assert len(lines) - len(off) > 300


def test_only_the_faces_of_the_script_are_used(edition: Printed) -> None:
    region = {"zh-Hans": "SC", "zh-Hant-TW": "TC"}[edition.prepared.edition.script]
    with pikepdf.open(edition.path) as pdf:
        fonts = pdf.pages[0].Resources.Font
        names = {str(font.BaseFont).partition("+")[2] for font in fonts.values()}
    assert names <= {
        "LXGW-WenKai",
        f"Noto-Serif-CJK-{region}",
        f"Noto-Serif-CJK-{region}-Medium",
        f"Noto-Serif-CJK-{region}-Semi-Bold",
        f"Noto-Serif-CJK-{region}-Bold",
        f"Noto-Sans-CJK-{region}-Medium",
    }


def test_what_is_missing_is_told_in_the_editorial_note(booklet: Printed) -> None:
    text = _text(booklet.path, "vi", 6)
    assert "第二十五条未完，第二十六条至第三十四条及第六章全缺" in text
    assert "半角标点321处" in text
    assert "第六条“重｜点”" in text


def _text(path: Path, _label: str, page: int) -> str:
    command = ["pdftotext", "-f", str(page), "-l", str(page), "-raw", str(path), "-"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    return "".join(done.stdout.split())


def test_the_contents_show_ranges_and_what_the_source_lacks(booklet: Printed) -> None:
    text = _text(booklet.path, "v", 5)
    for piece in ("第一至六条", "第二十五条（未完）", "第六章附则来源缺", "编辑说明"):
        assert piece in text
    assert "vi" in text


def test_the_taiwan_edition_speaks_taiwan(taiwan: Printed) -> None:
    assert '<html lang="zh-Hant-TW">' in taiwan.html
    assert "編輯說明" in taiwan.html
    assert "「三個代表」" in taiwan.html
    assert "“" not in taiwan.html.partition("<body>")[2]


def test_the_same_bytes_come_from_another_folder_time_zone_and_hash_seed(
    booklet: Printed, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "sources" / "dangshi", tmp_path / "elsewhere" / "dangshi")
    script = (
        "import sys, pathlib\n"
        "from publisher import pipeline\n"
        "loaded = pipeline.load(pathlib.Path(sys.argv[1]))\n"
        "reading = pipeline.read_book(loaded, lambda _: None)\n"
        "edition = next(e for e in loaded.book.editions if e.name == 'booklet')\n"
        "made = pipeline.make(loaded, reading, edition, lambda _: None)\n"
        "pathlib.Path(sys.argv[2]).write_bytes(made.data)\n"
    )
    out = tmp_path / "again.pdf"
    environ = {
        **os.environ,
        "TZ": "Asia/Taipei",
        "PYTHONHASHSEED": "7",
        "PYTHONPATH": str(ROOT),
    }
    book = tmp_path / "elsewhere" / "dangshi"
    command = [sys.executable, "-c", script, str(book), str(out)]
    subprocess.run(command, check=True, env=environ, cwd=tmp_path)
    same = [sha256(path.read_bytes()).hexdigest() for path in (out, booklet.path)]
    assert same[0] == same[1]
