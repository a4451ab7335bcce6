# ruff: noqa: ANN401  (pikepdf has one type for all objects)
"""What three programs read from a book's pages is the source, character by character.

Heads, folios, notes, calls and what else the editor adds are known from the tags, and
taken away as they stand; everything else must be the tree's ink, in its order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from publisher.tree.dump import entries, own_run
from publisher.tree.walk import ink, plain
from tests.print.conftest import Printed
from tests.print.designs import SEED, printed
from tests.typeset import extracted
from tests.typeset.measured import Glyph, page_glyphs

EDITORS = {"/NonStruct", "/Note"}
WAYS = ("layout", "raw", "pdfium")
CLAUSE = re.compile(r"[^，。；：？！\s]{4,}")


LAW = "25-*"
BOOKS = [(SEED, "booklet"), (SEED, "booklet-tw"), (SEED, "large-print")]


@pytest.fixture(scope="module", params=[*BOOKS, (LAW, "booklet")], ids=str)
def made(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Printed:
    book, edition = request.param
    if book == LAW:
        shared: Path = request.getfixturevalue("shared")
        book = next((shared / "corpus" / "laws").glob(LAW))
    return printed(book, edition, tmp_path_factory.mktemp("extracted"))


def flat(text: str) -> str:
    return "".join(text.split())


def said(glyphs: list[Glyph]) -> str:
    return flat("".join(glyph.text for glyph in glyphs))


def added(path: Path) -> tuple[list[list[str]], list[list[tuple[str, bool]]]]:
    """What each page has besides the source: heads and folios; the editor's words.

    Of these, whether they stand in the lower half: calls of notes, notes, titles.
    """
    with pikepdf.open(path) as pdf:
        drawn = [page_glyphs(page) for page in pdf.pages]
        numbers = {page.objgen: n for n, page in enumerate(pdf.pages)}
        root = pdf.Root.StructTreeRoot.K[0]
        told = {(numbers[page.objgen], mcid) for page, mcid in _content(root)}
        heads = [
            _lines([g for m, held in page.items() if (n, m) not in told for g in held])
            for n, page in enumerate(drawn)
        ]
        words: list[list[tuple[str, bool]]] = [[] for _ in drawn]
        source = _sources(root, inside=False)
        told -= {(numbers[page.objgen], mcid) for page, mcid in source}
        for number, mcid in sorted(told):
            if held := drawn[number].get(mcid):
                low = held[0].y < float(pdf.pages[number].mediabox[3]) / 2
                words[number].append((said(held), low))
        return heads, words


def _lines(glyphs: list[Glyph]) -> list[str]:
    rows = groupby(glyphs, key=lambda glyph: round(glyph.y))
    return [said(list(row)) for _, row in rows]


def _sources(element: Any, *, inside: bool) -> Iterator[tuple[Any, int]]:
    """The content of documents, without what the editor adds."""
    if inside and str(element.S) in EDITORS:
        return
    inside = inside or str(element.S) == "/Art"
    for kid in element.K if isinstance(element.K, pikepdf.Array) else [element.K]:
        if isinstance(kid, int):
            if inside:
                yield element.Pg, kid
        elif "/S" in kid:
            yield from _sources(kid, inside=inside)


def _content(element: Any) -> Iterator[tuple[Any, int]]:
    for kid in element.K if isinstance(element.K, pikepdf.Array) else [element.K]:
        if isinstance(kid, int):
            yield element.Pg, kid
        elif "/S" in kid:
            yield from _content(kid)


def text_pages(
    path: Path, way: str
) -> list[tuple[str, list[str], list[tuple[str, bool]]]]:
    """The text of each page with an arabic number, its heads, its editor's words."""
    with pikepdf.open(path) as pdf:
        first = next(
            int(start)
            for start, style in _labels(pdf.Root.PageLabels.Nums)
            if style.get("/S") == "/D"
        )
    pages = zip(extracted.pages(path, way), *added(path), strict=True)
    return list(pages)[first:]


def _labels(numbers: Any) -> Iterator[tuple[Any, Any]]:
    held = list(numbers)
    return zip(held[::2], held[1::2], strict=True)


@pytest.mark.parametrize("way", WAYS)
def test_what_is_read_is_the_ink_of_the_tree(made: Printed, way: str) -> None:
    source = ""
    for text, heads, words in text_pages(made.path, way):
        rest = flat(text)
        for head in filter(None, heads):
            first = way == "layout" and not head.isdigit()  # else in drawing order
            rest = _without(rest, head, last=not first)
        for told, low in sorted(words, key=lambda each: -len(each[0])):
            rest = _without(rest, told, last=low)
        source += rest
    assert source == "".join(ink(document) for document in made.prepared.documents)


def _without(text: str, words: str, *, last: bool) -> str:
    assert words in text
    at = text.rindex(words) if last else text.index(words)
    return text[:at] + text[at + len(words) :]


@pytest.mark.parametrize("way", WAYS)
def test_a_clause_is_found_but_over_the_edge_of_a_page_or_a_call(
    made: Printed, way: str
) -> None:
    pages = [re.sub("[\r\n]", "", text) for text, *_ in text_pages(made.path, way)]
    clauses = [
        clause
        for document in made.prepared.documents
        for _, entry in entries(document)
        for clause in CLAUSE.findall(plain(own_run(entry)))
    ]
    assert len(clauses) > 100
    lost = [clause for clause in clauses if not any(clause in text for text in pages)]
    over = ["".join(pair) for pair in pairwise(pages)]
    calls = [clause for clause in lost if _with_a_call(clause, pages)]
    broken = [clause for clause in lost if clause not in calls]
    assert len(calls) <= 2
    assert len(broken) <= len(pages)
    for clause in broken:
        ways = [(clause[:n], clause[n:]) for n in range(1, len(clause))]
        assert any(a in x and b in x for a, b in ways for x in over), clause


def _with_a_call(clause: str, pages: list[str]) -> bool:
    ways = (re.escape(clause[:n]) + "[①-⑳]" + re.escape(clause[n:]) for n in range(99))
    return any(re.search(way, text) for way in ways for text in pages)
