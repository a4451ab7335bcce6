"""The package document and the container say what is so, and always the same."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from publisher.book import Edition
from publisher.diagnostics import Problem
from publisher.render import render_epub
from publisher.render.epub.flow import bracketed, sign
from publisher.render.epub.metadata import identifier
from publisher.render.epub.pinyin import file_as
from publisher.render.package import Cover
from publisher.write.epub import write
from publisher.write.epub.cover import draw
from tests.conftest import ROOT
from tests.epub import books
from tests.epub.conftest import Made, loaded, make

OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def opf(made: Made) -> etree._Element:
    return etree.fromstring(made.files["EPUB/content.opf"])


def told(made: Made, name: str) -> list[str | None]:
    return [element.text for element in opf(made).iter(f"{DC}{name}")]


def property_of(made: Made, name: str) -> list[tuple[str | None, str | None]]:
    return [
        (meta.get("refines"), meta.text)
        for meta in opf(made).iter(f"{OPF}meta")
        if meta.get("property") == name
    ]


def test_titles_and_people_have_their_kind_and_their_pinyin(everything: Made) -> None:
    assert told(everything, "title") == ["示例工作条例", "附 <答> & 问"]
    assert property_of(everything, "title-type") == [
        ("#title-1", "main"),
        ("#title-2", "subtitle"),
    ]
    filed = dict(property_of(everything, "file-as"))
    assert filed["#title-1"] == "shi li gong zuo tiao li"
    assert filed["#title-2"] == "fu da wen"
    assert filed["#authority"] == "shi li ji guan"
    assert property_of(everything, "role") == [
        ("#authority", "isb"),
        ("#publisher", "pbl"),
    ]


def test_pinyin_keeps_latin_words_and_drops_marks() -> None:
    assert file_as("党史（附Q&A）、2024年") == "dang shi fu Q A 2024 nian"


def test_a_title_of_marks_alone_is_not_filed() -> None:
    made = make(books.prepared(books.talk(), title="——", subtitle=""))
    assert told(made, "title") == ["——"]
    assert "#title-1" not in dict(property_of(made, "file-as"))


def test_dates_sources_and_rights_are_the_books(everything: Made) -> None:
    assert told(everything, "date") == ["2024-02-05"]
    assert property_of(everything, "dcterms:dateAccepted") == [(None, "2024-01-18")]
    assert property_of(everything, "dcterms:valid") == [(None, "2024-03-01")]
    assert property_of(everything, "dcterms:modified") == [
        (None, "2024-02-05T12:00:00Z")
    ]
    (source,) = told(everything, "source")
    assert source == f"报纸版面识别文本（SHA-256 {'d25c' * 16}）"
    assert told(everything, "rights") == ["公开发布的文本"]


def test_a_bare_book_says_only_what_is_known() -> None:
    made = make(
        books.prepared(
            books.talk(),
            bare=True,
            id="page",
            title="",
            subtitle="",
            authority="",
            publisher="",
            dates={},
            rights="",
        )
    )
    assert told(made, "title") == ["负责人答记者问"]
    assert told(made, "creator") == told(made, "publisher") == []
    assert told(made, "date") == ["2024-02-05"]


def test_language_and_direction_are_never_left_to_guess(made: Made) -> None:
    root = opf(made)
    assert root.get(XML_LANG) == made.prepared.lang
    assert root.get("prefix") is None
    assert told(made, "language") == [made.prepared.lang]
    spine = root.find(f"{OPF}spine")
    assert spine is not None
    vertical = made.prepared.edition.writing == "vertical"
    turns = "rtl" if vertical else "ltr"
    assert spine.get("page-progression-direction") == turns
    assert spine.get("toc") == "ncx"


def test_editions_have_lasting_names_and_name_each_other(
    everything: Made, everywhere: Made
) -> None:
    assert told(everything, "identifier") == [
        "urn:uuid:1458f875-ee61-5dc7-b4a0-d8f264d4e49b"
    ]
    assert told(everywhere, "identifier")[0] in told(everything, "relation")
    assert told(everything, "identifier")[0] in told(everywhere, "relation")
    assert len(told(everything, "relation")) == 2


def test_an_edition_of_another_name_or_script_has_another_identifier(
    everything: Made,
) -> None:
    names = {
        identifier(everything.prepared, everything.imprint, edition)
        for edition in (
            Edition("epub", "epub"),
            Edition("epub", "epub", "zh-Hant-TW"),
            Edition("excerpt", "epub"),
        )
    }
    assert len(names) == 3


def test_two_bare_files_of_one_name_are_two_books() -> None:
    prepared = books.prepared(books.talk(), bare=True, id="page")
    one = books.imprint(())
    other = replace(one, sources=(("page.md", "0" * 64, ""),))
    assert identifier(prepared, one) != identifier(prepared, other)
    assert identifier(prepared, one) == identifier(prepared, books.imprint(()))


def test_accessibility_is_what_the_book_has(everything: Made) -> None:
    assert property_of(everything, "schema:accessMode") == [
        (None, "textual"),
        (None, "visual"),
    ]
    features = [
        text for _, text in property_of(everything, "schema:accessibilityFeature")
    ]
    assert "printPageNumbers" not in features
    assert "pageBreakMarkers" not in features
    assert "alternativeText" in features
    assert property_of(everything, "dcterms:conformsTo") == []
    alt = everything.pages["text/cover.xhtml"].xpath("//@alt")
    assert alt == ["封面：示例工作条例"]


def test_the_zip_file_is_plain(made: Made) -> None:
    with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
        entries = archive.infolist()
        assert archive.testzip() is None
    first = entries[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert made.data[30:58] == b"mimetypeapplication/epub+zip"
    items = [e.filename for e in entries if e.filename.startswith("EPUB/")]
    assert items[1:] == sorted(items[1:])
    for entry in entries:
        assert entry.date_time == (2024, 2, 5, 12, 0, 0)
        assert (entry.create_system, entry.extra) == (3, b"")
        assert entry.external_attr == 0o644 << 16


@pytest.mark.parametrize(
    ("year", "told_year"), [(1970, 1980), (2024, 2024), (3000, 2107)]
)
def test_days_that_a_zip_file_cannot_tell_are_the_nearest(
    year: int, told_year: int, excerpt: Made
) -> None:
    package = replace(excerpt.package, modified=datetime(year, 1, 1, tzinfo=UTC))
    data = write(package, excerpt.imprint)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.infolist()[0].date_time[0] == told_year


def test_the_same_book_gives_the_same_bytes_elsewhere(
    everything: Made, tmp_path: Path
) -> None:
    script = (
        "import sys; from tests.epub.conftest import make; "
        "from tests.epub import books; "
        "sys.stdout.buffer.write(make(books.everything()).data)"
    )
    for number, zone in enumerate(("Asia/Shanghai", "America/New_York")):
        folder = tmp_path / zone
        folder.mkdir(parents=True)
        environ = {"TZ": zone, "PYTHONHASHSEED": str(number), "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            cwd=folder,
            env={**os.environ, **environ},
            check=True,
        )
        assert done.stdout == everything.data


def test_a_books_own_template_wins(everything: Made, tmp_path: Path) -> None:
    folder = tmp_path / "epub"
    folder.mkdir()
    (folder / "book.css").write_text("p { margin: 1em }", "utf-8")
    imprint = replace(
        everything.imprint, templates=(tmp_path, *everything.imprint.templates)
    )
    package = render_epub(everything.prepared, imprint)
    css = next(file for file in package.files if file.id == "css")
    assert css.content == b"p { margin: 1em }"


def test_the_cover_is_large_white_black_and_vermilion(everything: Made) -> None:
    data = everything.files["EPUB/images/cover.jpg"]
    image = Image.open(io.BytesIO(data)).convert("RGB")
    assert image.size == (1600, 2560)
    assert image.getpixel((5, 5)) == (255, 255, 255)
    rule = image.getpixel((800, 259))
    assert isinstance(rule, tuple)
    assert abs(rule[0] - 0x9C) < 8
    assert abs(rule[1] - 0x2A) < 8
    title = image.crop((236, 700, 1364, 1100)).convert("L")
    assert min(title.tobytes()) == 0


def test_a_long_title_stays_between_the_margins() -> None:
    faces = loaded().of("zh-Hans")
    title = ("关于若干重大问题的", "联合工作机制及其实施细则的暂行规定", "解释", "续")
    data = draw(Cover(title, "", ""), faces)
    image = Image.open(io.BytesIO(data)).convert("L")
    for margin in ((0, 300, 230, 2200), (1372, 300, 1600, 2200)):
        darkest = min(image.crop(margin).tobytes())
        assert darkest > 240
    assert draw(Cover((), "", ""), faces)


def test_a_title_that_no_three_lines_hold_is_one_line() -> None:
    made = make(books.prepared(books.talk(), title="长" * 200))
    cover = next(f.content for f in made.package.files if f.id == "cover-image")
    assert isinstance(cover, Cover)
    assert cover.title == ("长" * 200,)


def test_without_a_face_the_cover_says_so(tmp_path: Path) -> None:
    cover = Cover(("题",), "", "")
    with pytest.raises(Problem) as none:
        draw(cover, ())
    assert none.value.status == 5
    broken = tmp_path / "broken.otf"
    broken.write_bytes(b"not a font")
    face = replace(loaded().of("zh-Hans")[0], role="song", file=broken)
    with pytest.raises(Problem) as unread:
        draw(cover, (face,))
    assert str(broken) in unread.value.message.zh


def test_another_face_sets_the_cover_where_a_role_has_none() -> None:
    song = tuple(f for f in loaded().of("zh-Hans") if f.role == "song")
    assert draw(Cover(("题",), "副题", "编者"), song)


@pytest.mark.parametrize(
    ("number", "wanted"),
    [(1, "①"), (20, "⑳"), (21, "㉑"), (35, "㉟"), (36, "㊱"), (50, "㊿"), (51, "51")],
)
def test_notes_are_signed_as_far_as_signs_go(number: int, wanted: str) -> None:
    assert sign(number) == wanted


def test_the_editors_brackets_are_not_doubled() -> None:
    assert bracketed("下缺") == bracketed("〔下缺〕") == "〔下缺〕"
