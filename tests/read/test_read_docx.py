from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from publisher.diagnostics import Diagnostic
from publisher.read import decode, read
from publisher.read.docx.numbering import write
from publisher.tree import dump
from publisher.tree.nodes import Collection
from publisher.tree.walk import plain, restore
from tests.read.word import define, law, lists, number, packed, repacked


def take(raw: bytes) -> tuple[list[str], list[str]]:
    """The lines of a Word file, and what was reported of it."""
    found: list[Diagnostic] = []
    source = decode("a.docx", raw, found.append)
    collection = read([source], lambda _: None)
    assert restore(collection, 1) == (source.text,)
    lines = [line for line in source.text.split("\n") if line]
    return lines, [diagnostic.rule.name for diagnostic in found]


def tree(collection: Collection) -> list[tuple[str, ...]]:
    """Kinds, ids, labels and characters, spaces in them aside."""
    out: list[tuple[str, ...]] = []
    for document in collection.documents:
        out.append((document.kind, "".join(plain(document.title).split())))
        for _, entry in dump.entries(document):
            mark = dump.label(entry)
            own = (mark.text if mark else "", plain(dump.own_run(entry)))
            out.append((dump.kind(entry), entry.id, *("".join(o.split()) for o in own)))
    return out


@pytest.mark.parametrize("name", ["09-*", "14-*", "13-*"])
def test_a_law_in_word_with_automatic_numbers_is_the_law(
    shared: Path, name: str
) -> None:
    (path,) = (shared / "corpus" / "laws").glob(f"{name}.md")
    markdown = path.read_text("utf-8")
    found: list[Diagnostic] = []
    source = decode("a.docx", law(markdown), found.append)
    want = read([decode("a.md", markdown.encode(), found.append)], lambda _: None)
    assert tree(read([source], lambda _: None)) == tree(want)
    assert found == []


def test_styles_say_what_is_a_title_and_what_a_heading() -> None:
    word = Document()
    word.add_paragraph("某条例", style="Title")
    word.add_paragraph("总则", style="Heading 2")
    made = word.add_paragraph("附则")
    made._p.get_or_add_pPr().append(  # noqa: SLF001
        parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="0"/>')
    )
    word.add_paragraph("甲").add_run("乙").bold = True
    assert take(packed(word)) == (["# 某条例", "## 总则", "## 附则", "甲**乙**"], [])


POINTS = """<w:abstractNum {ns} w:abstractNumId="92">
<w:lvl w:ilvl="0"><w:start w:val="2"/><w:numFmt w:val="chineseCountingThousand"/>
<w:lvlText w:val="%1、"/><w:suff w:val="nothing"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:isLgl/>
<w:lvlText w:val="%1.%2"/><w:suff w:val="space"/></w:lvl>
<w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl>
<w:lvl w:ilvl="3"><w:numFmt w:val="none"/><w:lvlText w:val=""/></w:lvl>
</w:abstractNum>"""


def test_lists_count_as_word_counts_them() -> None:
    word = Document()
    define(word, POINTS)
    first, again = lists(word, 92), lists(word, 92, start=7)
    for text, list_id, level in (
        *(("甲", first, 0), ("乙", first, 1), ("丙", first, 1), ("丁", first, 0)),
        *(("戊", first, 1), ("己", first, 2), ("庚", first, 3), ("辛", again, 0)),
        *(("壬", first, 0), ("癸", 0, 0), ("子", first, 8), ("丑", 999, 0)),
    ):
        number(word.add_paragraph(text), list_id, level)
    assert take(packed(word))[0] == [
        *("二、甲", "2.1 乙", "2.2 丙", "三、丁", "3.1 戊", "• 己", "庚", "七、辛"),
        *("八、壬", "癸", "子", "丑"),
    ]


def test_a_style_that_is_numbered_numbers_its_paragraphs() -> None:
    word = Document()
    define(word, POINTS.replace('<w:start w:val="2"/>', '<w:start w:val="1"/>', 1))
    style = word.styles.add_style("条款", 1)
    style.base_style = word.styles["Body Text"]
    properties = style.element.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_numId().val = lists(word, 92)
    word.add_paragraph("甲", style="条款")
    word.add_paragraph("乙", style="条款")
    assert take(packed(word))[0] == ["一、甲", "二、乙"]


@pytest.mark.parametrize(
    ("value", "form", "printed"),
    [
        (110, "chineseCountingThousand", "一百一十"),
        (20, "ideographDigital", "二〇"),
        (12, "chineseLegalSimplified", "壹拾贰"[1:]),
        (3, "ideographLegalTraditional", "參"),
        (11, "ideographTraditional", "甲"),
        (12, "ideographZodiac", "亥"),
        (12, "decimalFullWidth", "１２"),
        (7, "decimalZero", "07"),
        (3, "decimalEnclosedCircleChinese", "③"),
        (21, "decimalEnclosedParen", "21"),
        (28, "lowerLetter", "bb"),
        (2, "upperLetter", "B"),
        (14, "lowerRoman", "xiv"),
        (9, "upperRoman", "IX"),
        (0, "chineseCounting", "0"),
        (99_999, "chineseCounting", "99999"),
        (5, "no such form", "5"),
    ],
)
def test_numbers_are_written_in_words_forms(
    value: int, form: str, printed: str
) -> None:
    assert write(value, form) == printed


def test_tables_pictures_and_breaks_are_kept() -> None:
    word = Document()
    table = word.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, "甲乙丙丁", strict=True):  # noqa: SLF001
        cell.text = text
    word.add_paragraph("上").add_run().add_break()
    word.paragraphs[-1].add_run("下")
    picture = word.add_picture(BytesIO(_png()))
    picture._inline.docPr.set("descr", "流程图")  # noqa: SLF001
    assert take(packed(word)) == (
        [
            "| --- | --- |",
            "| 甲 | 乙 |",
            "| 丙 | 丁 |",
            "上",
            "下",
            "![流程图](image1.png)",
        ],
        [],
    )


def _png() -> bytes:
    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (2, 2)).save(out, "png")
    return out.getvalue()


def test_tracked_changes_are_taken_as_accepted_and_reported() -> None:
    word = Document()
    made = word.add_paragraph("第一条 甲。")._p  # noqa: SLF001
    ns = nsdecls("w")
    made.append(parse_xml(f"<w:ins {ns}><w:r><w:t>增。</w:t></w:r></w:ins>"))
    made.append(
        parse_xml(f"<w:del {ns}><w:r><w:delText>删。</w:delText></w:r></w:del>")
    )
    assert take(packed(word)) == (["第一条 甲。增。"], ["left-out"])


def test_an_empty_word_file_is_empty() -> None:
    found: list[Diagnostic] = []
    read([decode("a.docx", packed(Document()), found.append)], found.append)
    assert [diagnostic.rule.name for diagnostic in found] == ["empty-source"]


# ---------------------------------------------------------------- hostile files

MAIN = "word/document.xml"
BODY = (
    '<?xml version="1.0"?>{dtd}<w:document xmlns:w='
    '"http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    "<w:p{attribute}>{text}</w:p></w:body></w:document>"
)
LAUGHS = '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE w [<!ENTITY b SYSTEM "file:///etc/passwd">]>'


def body(
    dtd: str = "", attribute: str = "", text: str = "<w:r><w:t>甲</w:t></w:r>"
) -> str:
    return BODY.format(dtd=dtd, attribute=attribute, text=text)


def word_with(**parts: bytes | str) -> bytes:
    return repacked(packed(Document()), **parts)


NESTED = "<w:p>" * 3000 + "</w:p>" * 3000
ENTITY = "<w:r><w:t>&b;</w:t></w:r>"
HOSTILE = {
    "billion laughs": {"word__document.xml": body(LAUGHS, text=ENTITY)},
    "an external entity": {"word__document.xml": body(OUTSIDE, text=ENTITY)},
    "entities in UTF-16": {
        "word__document.xml": body(OUTSIDE, text=ENTITY)
        .replace('"1.0"', '"1.0" encoding="UTF-16"')
        .encode("utf-16")
    },
    "an entity in the styles": {"word__styles.xml": f"{LAUGHS}<w>&b;</w>"},
    "a document type elsewhere": {
        "word__document.xml": body('<!DOCTYPE w SYSTEM "http://127.0.0.1:9/a.dtd">')
    },
    "a huge attribute": {"word__document.xml": body(attribute=f' a="{"A" * 300_000}"')},
    "nesting without end": {"word__document.xml": body(text=NESTED)},
    "many tags": {"word__document.xml": body(text="<w:r/>" * 300_000)},
    "a bomb": {"word__document.xml": body(text=" " * 9_000_000)},
    "a bomb beside": {"word__media__a.bin": b"\0" * 9_000_000},
    "a path that leads out": {"..__..__etc__passwd": b"x"},
    "an absolute path": {"__etc__passwd": b"x"},
    "a path of another system": {"word\\..\\a.xml": b"x"},
}


@pytest.mark.parametrize("parts", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_word_file_is_refused(parts: dict[str, bytes | str]) -> None:
    assert take(word_with(**parts)) == ([], ["hostile-file"])


def test_twins_in_an_archive_are_refused() -> None:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        made.writestr(MAIN, body())
        made.writestr("word/document.xm_", body())
    raw = out.getvalue().replace(b"document.xm_", b"document.xml")
    assert take(raw) == ([], ["hostile-file"])


def test_parts_that_are_large_together_are_refused() -> None:
    from random import Random

    noise = Random(1).randbytes(6_000_000).hex()  # noqa: S311
    parts = {f"word__{n}.xml": f"<a>{noise}</a>" for n in "ab"}
    assert take(word_with(**parts)) == ([], ["hostile-file"])


PACKED = packed(Document())
DAMAGED = {
    "text": "第一条 甲。".encode(),
    "nothing": b"",
    "half of it": PACKED[: len(PACKED) // 2],
    "an old Word file": bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600,
    "broken XML": word_with(**{"word__document.xml": "<w:document>"}),
    "no main part": word_with(**{"word__document.xml": "<a/>", "_rels__.rels": "<a/>"}),
    "no document": repacked(PACKED, **{"_rels__.rels": "<a/>"}).replace(
        b"word/document.xml", b"word/documemt.xml"
    ),
    "a password": re.sub(rb"(PK\x01\x02.{4})\x00\x00", b"\\1\x01\x00", PACKED),
    "an unknown packing": re.sub(rb"(PK\x01\x02.{6})\x08", b"\\1\x63", PACKED),
    "a wrong sum": PACKED[:80] + b"\xff" * 40 + PACKED[120:],
}


@pytest.mark.parametrize("raw", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_word_file_is_an_error_and_no_accident(raw: bytes) -> None:
    lines, found = take(raw)
    assert lines == []
    assert found == ["unreadable-file"]


def test_tables_inside_tables_do_not_exhaust_the_stack() -> None:
    inner = "<w:r><w:t>甲</w:t></w:r>"
    for _ in range(50):
        inner = (
            f"</w:p><w:tbl><w:tr><w:tc><w:p>{inner}</w:p></w:tc></w:tr></w:tbl><w:p>"
        )
    lines, found = take(word_with(**{"word__document.xml": body(text=inner)}))
    assert (lines, found) in ((["甲"], []), ([], ["unreadable-file"]))


def test_styles_that_are_based_on_each_other_come_to_an_end() -> None:
    word = Document()
    one, other = word.styles.add_style("甲", 1), word.styles.add_style("乙", 1)
    one.base_style, other.base_style = other, one
    word.add_paragraph("丙", style="甲")
    assert take(packed(word)) == (["丙"], [])
    assert one.element.find(qn("w:basedOn")) is not None
