"""Contents, landmarks and links lead where they say, and say what stands there."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from posixpath import dirname, join, normpath

import pytest
from lxml import etree

from publisher.render.epub.contents import depth
from publisher.tree.ids import anchor
from publisher.tree.walk import walk
from tests.epub import books
from tests.epub.conftest import OPS, XHTML, Made, classes, make, text_of

NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
NAME = re.compile(r"[A-Za-z][A-Za-z0-9._-]*")


def named(made: Made) -> dict[str, etree._Element]:
    """Every element that can be linked to, by file and id."""
    return {
        f"{name}#{element.get('id')}": element
        for name, page in made.pages.items()
        for element in page.iter()
        if element.get("id")
    }


def navigation(made: Made, kind: str) -> list[tuple[str, str, etree._Element]]:
    page = made.pages["nav.xhtml"]
    nav = next(e for e in page.iter(f"{XHTML}nav") if e.get(f"{OPS}type") == kind)
    return [(str(a.get("href")), str(a.text), a) for a in nav.iter(f"{XHTML}a")]


def test_every_link_leads_somewhere(made: Made) -> None:
    places, count = named(made), 0
    for name, page in made.pages.items():
        for element in page.iter():
            for attribute in ("href", "src"):
                if target := element.get(attribute):
                    file, _, fragment = str(target).partition("#")
                    path = normpath(join(dirname(name), file)) if file else name
                    assert f"EPUB/{path}" in made.files, target
                    assert not fragment or f"{path}#{fragment}" in places, target
                    count += 1
    assert count > 30


def test_ids_are_valid_and_only_once_in_the_book(made: Made) -> None:
    ids = Counter(e.get("id") for e in named(made).values())
    assert all(NAME.fullmatch(str(name)) for name in ids)
    assert [name for name, count in ids.items() if count > 1] == []


def test_every_node_of_the_tree_is_there_under_its_anchor(made: Made) -> None:
    ids = {e.get("id") for e in named(made).values()}
    for document in made.prepared.documents:
        assert document.id in ids
        for node in walk(document):
            if node is not document and (name := getattr(node, "id", "")):
                assert anchor(document, name) in ids


def test_file_names_come_from_the_nodes_and_suit_a_url(made: Made) -> None:
    for file in made.package.files:
        assert re.fullmatch(r"[A-Za-z0-9_./-]+", file.name)
    names = [name for name, _ in made.documents()]
    assert "text/reg.xhtml" in names


def test_the_contents_say_what_the_headings_say(everything: Made) -> None:
    contents = {href: text for href, text, _ in navigation(everything, "toc")}
    places = named(everything)
    headings = {}
    for place, element in places.items():
        if re.fullmatch(r"\{.*\}h[1-6]", str(element.tag)):
            target = place.removesuffix(".title")
            texts = [str(text) for text in element.itertext()]
            calls = {
                "".join(map(str, e.itertext())) for e in element if "call" in classes(e)
            }
            headings[target] = "".join(t for t in texts if t not in calls)
    questions = {k: v.removeprefix("问：") for k, v in headings.items()}
    front = (
        "nav.",
        "text/titlepage",
        "text/colophon",
        "text/preface.xhtml#preface",
    )
    wanted = {k: v for k, v in questions.items() if not k.startswith(front)}
    assert len(wanted) > 10
    for target, text in wanted.items():
        assert contents[target] == text


def test_every_article_is_in_the_contents(everything: Made) -> None:
    articles = [href for href, _, _ in navigation(everything, "toc") if ".art_" in href]
    assert [href.split("#")[1] for href in articles] == [
        "reg.art_1", "reg.art_2", "reg.art_3", "reg.art_3-1", "reg.art_4",
        "reg.art_5", "reg.art_6", "reg.art_7", "reg.art_8", "reg.art_9",
    ]  # fmt: skip
    labels = [text_of(named(everything)[a]).split()[0] for a in articles]
    assert labels[3] == "第3条之1"


def test_a_chapter_that_the_source_lacks_is_listed_as_lacking(everything: Made) -> None:
    missing = [
        (href, text)
        for href, text, a in navigation(everything, "toc")
        if "to-missing" in classes(a.getparent())  # type: ignore[arg-type]
    ]
    assert missing == [("text/reg.att_2.xhtml#reg.notice_1", "〔第五章 附则，来源缺〕")]


def test_what_is_lacking_is_not_listed_where_more_text_follows() -> None:
    law = books.law()
    body = (law.body[-1], *law.body[:-1])  # the notice first
    made = make(books.prepared(replace(law, body=body)))
    assert "来源缺" not in made.files["EPUB/nav.xhtml"].decode()


def test_the_ncx_is_the_contents(made: Made) -> None:
    ncx = etree.fromstring(made.files["EPUB/toc.ncx"])
    points = [
        (
            str(p.find(f"{NCX}content").get("src")),  # type: ignore[union-attr]
            str(p.findtext(f"{NCX}navLabel/{NCX}text")),
        )
        for p in ncx.iter(f"{NCX}navPoint")
    ]
    assert points == [(href, text) for href, text, _ in navigation(made, "toc")]
    head = {m.get("name"): m.get("content") for m in ncx.iter(f"{NCX}meta")}
    assert head["dtb:uid"] == made.package.identifier
    assert head["dtb:depth"] == str(depth(made.package.contents))
    lang = ncx.get("{http://www.w3.org/XML/1998/namespace}lang")
    assert lang == made.prepared.lang


def test_landmarks_have_one_word_each_and_agree_with_the_guide(made: Made) -> None:
    marks = [
        (a.get(f"{OPS}type"), href) for href, _, a in navigation(made, "landmarks")
    ]
    words = ["cover", "titlepage", "colophon", "toc", "preface", "bodymatter"]
    assert [word for word, _ in marks] == words
    opf = etree.fromstring(made.files["EPUB/content.opf"])
    guide = [r.get("href") for r in opf.iter("{http://www.idpf.org/2007/opf}reference")]
    assert guide == [href for _, href in marks]
    assert guide[-1] == "text/reg.xhtml"


def test_the_contents_go_in_the_order_of_the_spine(made: Made) -> None:
    names = {file.id: file.name for file in made.package.files}
    order = [names[item] for item in made.package.spine]
    seen = [order.index(h.split("#")[0]) for h, _, _ in navigation(made, "toc")]
    assert seen == sorted(seen)
    assert order[:5] == [
        "text/cover.xhtml", "text/titlepage.xhtml", "text/colophon.xhtml",
        "nav.xhtml", "text/preface.xhtml",
    ]  # fmt: skip


def test_language_is_said_twice_on_every_page(made: Made) -> None:
    for name, page in made.pages.items():
        xml = page.get("{http://www.w3.org/XML/1998/namespace}lang")
        assert page.get("lang") == xml == made.prepared.lang, name


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("chapter", "doc-chapter"), ("part", "doc-part"), ("qna", "doc-qna"),
        ("footnote endnote", "doc-footnote"), ("noteref", "doc-noteref"),
        ("backlink", "doc-backlink"), ("toc", "doc-toc"), ("preface", "doc-preface"),
        ("colophon", "doc-colophon"), ("subtitle", "doc-subtitle"),
    ],
)  # fmt: skip
def test_structure_is_told_to_readers_and_to_ears(
    word: str, role: str, everything: Made
) -> None:
    elements = [
        element
        for page in everything.pages.values()
        for element in page.iter()
        if (element.get(f"{OPS}type") == word and element.tag != f"{XHTML}a")
        or element.get("role") == role
    ]
    assert elements
    assert {(e.get(f"{OPS}type"), e.get("role")) for e in elements} == {(word, role)}


def test_headings_go_down_one_level_at_a_time(made: Made) -> None:
    for name, page in made.pages.items():
        levels = [
            int(str(e.tag)[-1])
            for e in page.iter()
            if re.fullmatch(r"\{.*\}h[1-6]", str(e.tag))
        ]
        steps = pairwise(levels)
        assert all(b - a <= 1 for a, b in steps), name
