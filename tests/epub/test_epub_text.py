"""The text of the EPUB is the text of the tree, no more and no less."""

from __future__ import annotations

import re

import pytest

from publisher.render.epub.parts import parts
from publisher.tree.ids import anchor, identify
from publisher.tree.nodes import (
    Answer,
    Article,
    Document,
    Heading,
    Note,
    Paragraph,
    Prose,
    Question,
    SignOff,
    Text,
)
from publisher.tree.walk import ink, labels, plain, runs, walk
from tests.epub import books
from tests.epub.conftest import OPS, XHTML, Made, body, classes, make, text_of


def inked(made: Made) -> str:
    return "".join("".join(text_of(body(p)).split()) for _, p in made.documents())


def test_the_ink_of_the_files_is_the_ink_of_the_tree(made: Made) -> None:
    assert inked(made) == "".join(map(ink, made.prepared.documents))


def test_each_run_stands_in_its_element_without_a_blank_more(made: Made) -> None:
    elements = {
        element.get("id"): element
        for _, page in made.documents()
        for element in page.iter()
    }
    checked = 0
    for document in made.prepared.documents:
        marks = {owner: label.text for owner, label in labels(document)}
        for owner, run in runs(document):
            name = anchor(document, owner) if owner != document.id else owner
            suffix = ".title" if f"{name}.title" in elements else ""
            element = elements[name + suffix]
            if "item" in classes(element):
                element = element[0]
            mark = marks.get(owner, marks.get(owner.removesuffix("__para_1"), ""))
            spaced = f"{mark} {plain(run)}" if run else mark
            assert text_of(element) in {f"{mark}{plain(run)}", spaced}
            checked += bool(plain(run))
    assert checked > 5


def test_what_looks_like_markup_in_a_source_is_text(everything: Made) -> None:
    page = everything.pages["text/reg.xhtml"]
    held = next(e for e in page.iter() if e.get("id") == "reg.art_3__para_1")
    assert text_of(held) == f"第3条 {books.HOSTILE}"
    assert not list(page.iter(f"{XHTML}script"))
    assert not [e for e in page.iter() if "onclick" in e.attrib]


def test_rare_and_private_characters_come_through(everything: Made) -> None:
    assert books.STRANGE in everything.files["EPUB/text/reg.xhtml"].decode()


@pytest.mark.parametrize("char", ["\x00", "\x0c", "\x1b", "\ufffe", "\uffff", "\ud800"])
def test_what_xml_cannot_hold_leaves_a_mark(char: str) -> None:
    text = Paragraph(1, (Text(f"甲{char}乙"),))
    document = Document("prose", (Text("题"),), (text,), id="prose")
    made = make(books.prepared(identify(document)))
    assert "甲\ufffd乙" in made.files["EPUB/text/prose.xhtml"].decode()


def test_what_the_editor_says_is_marked_as_the_editors(everything: Made) -> None:
    said = [
        "".join(map(str, element.itertext()))
        for _, page in everything.documents()
        for element in page.iter()
        if {"gap", "notice"} & set(classes(element))
        and {"generated", "editor"} <= set(classes(element))
    ]
    assert said == ["〔下缺〕", "〔来源至此中断，参见《编辑说明》。〕"]


def test_every_note_is_called_once_and_leads_back(everything: Made) -> None:
    for name, page in everything.documents():
        calls = [e for e in page.iter() if e.get(f"{OPS}type") == "noteref"]
        notes = [e for e in page.iter() if e.get("role") == "doc-footnote"]
        backs = [e for e in page.iter() if e.get(f"{OPS}type") == "backlink"]
        assert [c.get("href") for c in calls] == [f"#{n.get('id')}" for n in notes]
        assert [b.get("href") for b in backs] == [f"#{c.get('id')}" for c in calls]
        assert [b.text for b in backs] == [c.text for c in calls], name
        for note, back in zip(notes, backs, strict=True):
            assert "".join(map(str, note.itertext())) != back.text  # not all a link


def test_notes_are_numbered_through_a_document_and_all_there(everything: Made) -> None:
    signs = {
        name: [e.text for e in page.iter() if e.get(f"{OPS}type") == "noteref"]
        for name, page in everything.documents()
    }
    assert signs["text/reg.xhtml"] == ["①", "②", "③", "④"]
    assert signs["text/reg.book_1__part_1__chp_2.xhtml"] == ["⑤", "⑥"]
    assert signs["text/qa.xhtml"] == ["①", "②"]
    held = [
        n for d in everything.prepared.documents for n in walk(d) if isinstance(n, Note)
    ]
    assert sum(map(len, signs.values())) == len(held)


def test_a_title_that_the_source_lacks_is_not_the_sources(everything: Made) -> None:
    heading = next(everything.pages["text/qa.xhtml"].iter(f"{XHTML}h1"))
    assert "负责人答记者问" in "".join(map(str, heading.itertext()))
    assert text_of(heading) == ""
    heading = next(everything.pages["text/news.xhtml"].iter(f"{XHTML}h1"))
    assert "".join(map(str, heading.itertext())) == "〔新闻〕"


def test_references_are_links_where_their_target_is_in_the_book(
    everything: Made, excerpt: Made
) -> None:
    def links(made: Made) -> list[tuple[str | None, str]]:
        return [
            (e.get("href"), "".join(map(str, e.itertext())))
            for _, page in made.documents()
            for e in page.iter(f"{XHTML}a")
            if "reference" in classes(e)
        ]

    assert links(everything) == [("reg.xhtml#reg.art_1", "第一条")] * 2
    assert links(excerpt) == []


def test_no_paragraph_is_empty_and_no_style_is_inline(made: Made) -> None:
    for name, page in made.pages.items():
        for element in page.iter():
            assert "style" not in element.attrib, name
            if element.tag == f"{XHTML}p":
                assert "".join(map(str, element.itertext())).strip(), name


def law_of(articles: int, size: int) -> Document:
    """A chapter of long articles, with a word before and one after."""
    body = tuple(
        Article((n, 0), Text(f"第{n}条"), (Paragraph(1, (Text("法" * size),)),))
        for n in range(1, articles + 1)
    )
    document = Document(
        "regulation",
        (Text("大法"),),
        (
            books.division(
                "book",
                1,
                "第一编",
                "总则",
                books.division("chapter", 1, "第一章", "一般", *body),
            ),
            SignOff((Text("落款"),)),
        ),
        id="reg",
    )
    return identify(document)


def test_a_chapter_too_large_for_one_file_is_cut_between_articles() -> None:
    made = make(books.prepared(law_of(60, 4000)))
    names = [name for name, _ in made.documents()]
    assert names == [
        "text/reg.xhtml",
        "text/reg.art_15.xhtml",
        "text/reg.art_29.xhtml",
        "text/reg.art_43.xhtml",
        "text/reg.art_57.xhtml",
    ]
    assert all(len(made.files[f"EPUB/{name}"]) < 250_000 for name in names)
    assert inked(made) == "".join(map(ink, made.prepared.documents))
    page = made.pages["text/reg.art_29.xhtml"]
    labels = [s.get("aria-label") for s in page.iter(f"{XHTML}section")]
    assert labels == ["第一编 总则", "第一章 一般"]
    assert not [e for e in page.iter() if re.fullmatch(r".*h\d", str(e.tag))]


def test_a_question_is_not_parted_from_its_answer_unless_it_must() -> None:
    def answered(size: int) -> list[str]:
        body = [
            block
            for n in range(1, 4)
            for block in (
                Question(n, Text("问："), (Text("何以？"),)),
                Answer(1, Text("答："), (Text("因" * size),)),
                Answer(2, None, (Text("故" * size),)),
            )
        ]
        document = identify(Document("press_qa", (), tuple(body), id="qa"))
        return [part.name for part in parts(document)]

    assert answered(20_000) == ["qa", "qa.q_2", "qa.q_3"]
    assert answered(40_000)[:3] == ["qa", "qa.q_1__ans_2", "qa.q_2"]


def test_a_subhead_goes_with_what_it_heads() -> None:
    body = [
        block
        for n in range(4)
        for block in (
            Heading((Text(f"小标题{n}"),)),
            Prose((Text("文" * 25_000),)),
        )
    ]
    document = identify(Document("prose", (Text("文"),), tuple(body), id="prose"))
    names = [part.name for part in parts(document)]
    assert names == ["prose", "prose.heading_3"]
