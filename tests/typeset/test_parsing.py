"""A plain page makes the tree that tinyhtml5 makes of it; another is left to that."""

from __future__ import annotations

from io import StringIO
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5
from hypothesis import given
from hypothesis import strategies as st

from publisher import assets, pipeline
from publisher.fonts import load
from publisher.render import render_print
from publisher.typeset.swift.parsing import BLOCKS, PHRASES, VOID, read
from tests.conftest import ROOT
from tests.typeset.making import document
from tests.typeset.stress import BODY, CSS
from tests.typeset.test_swift import VARIED, VARIED_CSS

PAGE = """<!DOCTYPE html>
<html lang="zh">
<head>
<meta charset="utf-8">
<title>民法典&amp;</title>

<style>p > b { content: "</p>" }</style>
</head>
<body class="a &quot;b&quot;" hidden>
{body}
</body>
</html>

"""
PIECES = [
    *(f"<{name}>" for name in sorted(BLOCKS | PHRASES)),
    *(f"</{name}>" for name in sorted((BLOCKS | PHRASES) - VOID)),
    *("<li>", "</li>", "<tr>", "</tr>", "<td>", "</td>", "<th>", "</th>", "<tbody>"),
    *("</tbody>", "<caption>", "</caption>", "<colgroup>", "</colgroup>", "<col>"),
    *("<rt>", "</rt>", "<rp>", "</rp>", "<dt>", "</dt>", "<dd>", "</dd>", "<br/>"),
    *("<svg>", "</svg>", "<pre>", "</pre>", "<!-- a -->", "<title>", "</title>"),
    *("文", "&amp;", "&", "&copy;", "\n", " ", "<", ">", "\r", "</body>", "<style>"),
    *('<p class="a" id="b">', "<p class=a>", "<P>", "<p/>", '<p id="a" id="b">'),
]


def same(one: Element, other: Element) -> bool:
    """Whether two trees are alike to the last character."""
    return (
        (one.tag, one.text, one.tail) == (other.tag, other.text, other.tail)
        and [*one.attrib.items()] == [*other.attrib.items()]
        and len(one) == len(other)
        and all(same(a, b) for a, b in zip(one, other, strict=True))
    )


def theirs(page: str) -> Element:
    tree: Element = tinyhtml5.parse(StringIO(page), namespace_html_elements=False)
    return tree


def taken(body: str) -> bool:
    """Whether a page is read here; if so, it must be the same."""
    page = PAGE.replace("{body}", body)
    tree = read(page)
    assert tree is None or same(tree, theirs(page)), page
    return tree is not None


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_any_soup_of_tags_makes_the_same_tree_or_is_left_alone(body: str) -> None:
    taken(body)


def well_formed() -> st.SearchStrategy[str]:
    """Elements inside elements, all closed."""
    names = st.sampled_from(sorted((BLOCKS | PHRASES) - VOID - {"table", "dl"}))
    words = st.sampled_from(["", "文", " ", "\n", "&lt;", "<br>", '<img alt="&#39;">'])

    def wrap(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        held = st.lists(st.one_of(inside, words), max_size=3).map("".join)
        return st.tuples(names, held).map(lambda pair: "<{0}>{1}</{0}>".format(*pair))

    return st.recursive(words, wrap, max_leaves=10)


@given(well_formed())
def test_well_formed_elements_make_the_same_tree(body: str) -> None:
    taken(body)


GOOD = """
<section id="a"><h2>第一<br>章</h2>&#39;<p><a href="#b">第<b>一</b>条</a></p></section>
<ol> <li>一<ul><li>甲</li></ul></li> </ol>
<table> <tr><th>一</th> <td><p>二</p></td></tr> </table>文
<table><caption>表</caption><colgroup><col><col></colgroup><tbody><tr></tr></tbody></table>
<table><thead> <tr></tr></thead><tbody> <tr><td></td></tr></tbody></table>
<ruby>漢<rp>（</rp><rt>han</rt><rp>）</rp></ruby>
<b><i>甲</i><div>乙</div></b><dl><dt>甲</dt><dd><p>乙</p></dd></dl>
""".splitlines()
OTHER = [
    "<p>一<p>二",
    "<p>一<div>二</div></p>",
    "<p><a>一<a>二</a></a></p>",
    "<b><i>一</b>二</i>",
    "<ul>文<p>二</p></ul>",
    "<table>文<tr></tr></table>",
    "<h1><h2>一</h2></h1>",
    "<p>&copy;一</p>",
    "<p>一\r</p>",
    "<!-- 一 -->",
    "<svg></svg>",
    "</body><p>一</p>",
]


@pytest.mark.parametrize("body", GOOD)
def test_what_we_write_is_read_here(body: str) -> None:
    assert taken(body)


@pytest.mark.parametrize("body", OTHER)
def test_what_makes_another_tree_is_left_to_the_other(body: str) -> None:
    assert not taken(body)


@pytest.mark.parametrize(("body", "css"), [(VARIED, VARIED_CSS), (BODY, CSS)])
def test_the_varied_documents_make_the_same_tree(body: str, css: str) -> None:
    page = document(body, css=css)
    tree = read(page)
    assert tree is None or same(tree, theirs(page))


def test_the_seed_books_pages_are_read_here() -> None:
    for name in ("booklet", "booklet-tw"):
        page = html_of(name)
        tree = read(page)
        assert tree is not None
        assert same(tree, theirs(page))


def html_of(name: str) -> str:
    """The page that an edition of the seed book is printed from."""
    loaded = pipeline.load(ROOT / "sources" / "dangshi")
    reading = pipeline.read_book(loaded, lambda _: None)
    edition = next(e for e in loaded.book.editions if e.name == name)
    prepared = pipeline.prepared_of(loaded, reading, edition, lambda _: None)
    faces = load(assets.fonts())
    imprint = pipeline.imprint_of(loaded, reading, prepared.edition, faces)
    return render_print(prepared, imprint)
