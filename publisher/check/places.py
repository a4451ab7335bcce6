"""The runs of a document as plain text, and where their characters stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from publisher.source import NOWHERE, Span
from publisher.tree import walk
from publisher.tree.ids import anchor
from publisher.tree.nodes import Document, Run

NEAR = 8
"""How many characters are shown on each side of a place."""


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """One run: its anchor and its characters."""

    where: str
    text: str
    run: Run

    def span(self, at: int) -> Span:
        """Where a character stands in the source."""
        for inline in self.run:
            for text in walk.texts(inline):
                if at < len(text.text):
                    start = text.span.start + min(at, max(len(text.span) - 1, 0))
                    return Span(text.span.file, start, start + 1)
                at -= len(text.text)
        return NOWHERE

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


def places(document: Document) -> Iterator[Place]:
    """Every run that has characters, in reading order."""
    for node, run in walk.runs(document):
        made = place(document, node, run)
        if made.text:
            yield made
