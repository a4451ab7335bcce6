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

    def near(self, at: int) -> str:
        """The words around a character."""
        return self.text[max(at - NEAR, 0) : at + NEAR]


def places(document: Document) -> Iterator[Place]:
    """Every run that has characters, in reading order."""
    for node, run in walk.runs(document):
        text = walk.plain(run)
        if text:
            where = anchor(document, "" if node == document.id else node)
            yield Place(where, text, run)
