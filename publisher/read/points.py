"""Numbered points outside articles: 一、 of a decision, 5.1.1 of a standard.

Levels are told by order, as in `publisher.read.items`. What stands under a point is in
it as long as its list goes on, or where the point is but a heading.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from publisher.read.items import CARRIED, FAR
from publisher.read.marks import STOPS, item
from publisher.read.pieces import Piece
from publisher.source import Span
from publisher.tree.nodes import Figure, Number, Point, PointBody, Prose

SKIPPED = 3
"""A heading's number may be ahead of the one expected by less than this."""


def headed(part: Piece) -> Piece:
    """The piece with the number that its heading begins with, if it does."""
    if part.mark.kind == "heading" and not part.mark.style:
        return replace(part, mark=item(part.text) or part.mark)
    return part


class Points:
    """Goes through the points of one document."""

    def __init__(self, parts: Sequence[Piece], figures: Mapping[Span, Figure]) -> None:
        self.parts = parts
        self.figures = figures
        self.reached: dict[str, int] = {}
        """The last number of each form of list that stood outside all others."""

    def begins(self, at: int, *, nested: bool = False) -> bool:
        """Whether a list begins, or goes on after a heading, at a place."""
        mark = self.parts[at].mark
        if mark.kind != "item":
            return False
        last = 0 if nested else self.reached.get(mark.style, 0)
        number = mark.number[0]
        if (number == last + 1 and last) or mark.style.startswith("decimal"):
            return True
        if number != 1:
            return bool(self.parts[at].level)
        before = self.parts[at - 1].text[-1:] if at else ""
        return (
            mark.style in ("paren", "paren-digit")
            or bool(self.parts[at].level)
            or before in (":", "：")
            or self.goes_on(at + 1, mark.style, 2)
        )

    def goes_on(self, at: int, style: str, number: int) -> bool:
        """Whether the next point of that form has that number."""
        for part in self.parts[at : at + FAR]:
            mark = part.mark
            if mark.kind == "item" and mark.style == style:
                return number <= mark.number[0] < number + SKIPPED
            if mark.kind not in CARRIED and mark.style not in ("table", "image"):
                return False
        return False

    def list(self, at: int) -> tuple[tuple[Point, ...], int]:
        """The points of a list that stands in no other, and where it ends."""
        style = self.parts[at].mark.style
        found, at = self._list(at, ())
        self.reached[style] = found[-1].number[0]
        return found, at

    def _list(self, at: int, above: tuple[str, ...]) -> tuple[tuple[Point, ...], int]:
        style, out, last = self.parts[at].mark.style, list[Point](), 0
        while at < len(self.parts):
            part = self.parts[at]
            number = part.mark.number[0]
            if part.mark.kind != "item" or part.mark.style != style:
                break
            if out and not last < number < last + (SKIPPED if part.level else 2):
                break
            last = number
            made, at = self._point(at, (*above, style))
            out.append(made)
        return tuple(out), at

    def _point(self, at: int, styles: tuple[str, ...]) -> tuple[Point, int]:
        part = self.parts[at]
        head = part.text[-1:] not in STOPS
        number, at = part.mark.number, at + 1
        body: list[PointBody] = []
        while at < len(self.parts):
            mark = self.parts[at].mark
            if mark.kind == "item" and mark.style in styles:
                break
            if mark.kind == "item" and self.begins(at, nested=True):
                inner, at = self._list(at, styles)
                body.extend(inner)
                continue
            if not self._inside(at, styles, number, head=head):
                break
            body.append(self._leaf(at))
            at += 1
        label, run = part.label, part.rest
        return Point(number, label, run, tuple(body), span=part.span), at

    def _inside(
        self, at: int, styles: tuple[str, ...], number: Number, *, head: bool
    ) -> bool:
        """Whether what is no point belongs to the point above."""
        mark = self.parts[at].mark
        if mark.style in ("table", "image", "quoted"):
            return True
        if mark.kind not in CARRIED:
            return False
        return head or self.goes_on(at, styles[-1], number[0] + 1)

    def _leaf(self, at: int) -> PointBody:
        part = self.parts[at]
        if figure := self.figures.get(part.span):
            return figure
        return Prose(part.run, quoted=part.mark.style == "quoted", span=part.span)
