"""The runs of a document as plain text, and where their characters stand."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate

from publisher.source import NOWHERE, Span
from publisher.tree import walk
from publisher.tree.ids import anchor
from publisher.tree.nodes import Document, Node, Run, Text

NEAR = 8
"""How many characters are shown on each side of a place."""


@dataclass(frozen=True, eq=False)
class Place:
    """One run: its anchor and its characters."""

    where: str
    text: str
    run: Run

    @cached_property
    def _texts(self) -> tuple[tuple[int, ...], tuple[Text, ...]]:
        """Where each text of the run begins, and the texts."""
        texts = [text for text in walk.texts_of(self.run) if text.text]
        sizes = (len(text.text) for text in texts)
        return (0, *accumulate(sizes)), tuple(texts)

    def span(self, at: int) -> Span:
        """Where a character stands in the source."""
        starts, texts = self._texts
        index = bisect_right(starts, at) - 1
        if index >= len(texts):
            return NOWHERE
        span = texts[index].span
        start = span.start + min(at - starts[index], max(len(span) - 1, 0))
        return Span(span.file, start, start + 1)

    def stretch(self, start: int, end: int) -> Span:
        """Where some characters stand; only the first, if they are not together."""
        first, last = self.span(start), self.span(max(end - 1, start))
        whole = first.file == last.file and first.start < last.end
        return Span(first.file, first.start, last.end) if whole else first

    def near(self, at: int) -> str:
        """The words around a character."""
        return self.text[max(at - NEAR, 0) : at + NEAR]


def place(document: Document, node: str, run: Run) -> Place:
    """The run of a node."""
    where = anchor(document, "" if node == document.id else node)
    return Place(where, walk.plain(run), run)


def nodes(document: Document) -> tuple[Node, ...]:
    """A document and all inside it but what is in runs, in reading order."""
    return _nodes(Same(document))


def places(document: Document) -> tuple[Place, ...]:
    """Every run that has characters, in reading order."""
    return _places(Same(document))


@dataclass(frozen=True, eq=False, slots=True)
class Same:
    """A document that is looked up by what it is, not by what it says.

    Many checks ask the same of it, one after the other; comparing trees takes long.
    """

    document: Document

    def __eq__(self, other: object) -> bool:
        """Whether it is the very same document."""
        return isinstance(other, Same) and other.document is self.document

    def __hash__(self) -> int:
        """Any two documents differ."""
        return id(self.document)


@lru_cache(maxsize=16)
def _nodes(same: Same) -> tuple[Node, ...]:
    return tuple(walk.owners(same.document))


@lru_cache(maxsize=16)
def _places(same: Same) -> tuple[Place, ...]:
    document = same.document
    made = (place(document, node, run) for node, run in walk.runs(document))
    return tuple(stands for stands in made if stands.text)
