"""What the source lacks of a document (缺文), by its numbers and by what is told of it.

Law: nothing is guessed. A provision counts as missing when its neighbours are there, or
when another document says how many there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from publisher.edition import snippets
from publisher.edition.places import name_document
from publisher.edition.prepared import Missing
from publisher.numerals import to_chinese
from publisher.tree import walk
from publisher.tree.nodes import Article, Division, Document

LAST = (4, 3, 2, 1)
"""How many of the last words are shown, the best first."""


def articles(document: Document) -> list[Article]:
    """Every article in reading order."""
    return [node for node in walk.walk(document) if isinstance(node, Article)]


def holes(numbers: Sequence[int], total: int) -> list[tuple[int, int]]:
    """The stretches of numbers that are not there, from 1 and up to a known total.

    Where the numbers begin again (编 that count their own 条) nothing is missing.
    """
    ends = [0, *numbers, *([total + 1] if total else [])] if numbers else []
    return [(a + 1, b - 1) for a, b in pairwise(ends) if b > a + 1]


def stretch(first: int, last: int, word: str = "条") -> str:
    """第二十六条至第三十四条."""
    names = [f"第{to_chinese(n)}{word}" for n in dict.fromkeys((first, last))]
    return "至".join(names)


@dataclass(frozen=True, slots=True)
class Told:
    """What another document says of this one: how much there is of it."""

    by: str = ""
    """The name of the document that says so, as in 答记者问."""
    articles: int = 0
    chapters: int = 0
    headings: tuple[tuple[int, str], ...] = ()
    """Number and heading of each chapter that it names."""


def missing(
    document: Document, told: Told, called: str, known: snippets.Counts
) -> Missing | None:
    """What a document lacks, or None; ``called`` is where its last words are."""
    numbers = [article.number[0] for article in articles(document)]
    lost = holes(numbers, told.articles)
    gone = _chapters(document, told)
    cut = document.tail_missing
    if not (cut or document.head_missing or lost or gone):
        return None
    runs = [run for _, run in walk.runs(document)]
    return Missing(
        document=document.id,
        cut_in=called if cut and numbers else "",
        last_words=snippets.left(walk.plain(runs[-1]), known, LAST) if cut else "",
        articles="、".join(stretch(*hole) for hole in lost),
        chapters=gone,
        claim=_claim(document, told) if told.articles or told.chapters else "",
    )


def _chapters(document: Document, told: Told) -> tuple[tuple[str, str], ...]:
    """The chapters that are told of and are not there."""
    here = {
        node.number[0]
        for node in walk.walk(document)
        if isinstance(node, Division) and node.kind == "chapter"
    }
    headings = dict(told.headings)
    gone = [n for n in range(1, told.chapters + 1) if n not in here]
    return tuple((f"第{to_chinese(n)}章", headings.get(n, "")) for n in gone)


def _claim(document: Document, told: Told) -> str:
    """As in 答记者问称《条例》共六章、三十四条."""
    chapters = f"{to_chinese(told.chapters)}章" if told.chapters else ""
    many = f"{to_chinese(told.articles)}条" if told.articles else ""
    counts = "、".join(part for part in (chapters, many) if part)
    return f"{told.by}称{name_document(document)}共{counts}"
