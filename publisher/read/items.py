"""Lists of numbered points (项, 目) under a paragraph.

Levels are told by order, not by form, since the mainland's （一） 1. and Taiwan's 一、
（一） begin with different marks: a new form inside a list opens a list in the point.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from publisher.read.marks import Mark
from publisher.read.pieces import Piece
from publisher.source import Span
from publisher.tree.nodes import Figure, Item, Paragraph

CARRIED = frozenset(("plain", "item", "bullet", "omission", "note"))
"""Kinds of piece that go on with the article, answer or prose before them."""
FAR = 200
"""So many pieces are looked ahead for the next point of a list."""


def items(
    parts: Sequence[Piece],
    at: int,
    intro: str,
    figures: Mapping[Span, Figure],
    *,
    loose: bool = True,
) -> tuple[tuple[Item, ...], int]:
    """The points that hang from a paragraph, and where they end.

    ``loose`` takes a list after any paragraph; else only after one that ends in a
    colon.
    """
    if not loose and intro[-1:] not in (":", "："):
        return (), at
    out: tuple[Item, ...] = ()
    while at < len(parts) and _begins(parts, at, intro):
        found, at = _list(parts, at, (), figures)
        out += found
        intro = ""
        if not loose:
            break
    return out, at


def _begins(parts: Sequence[Piece], at: int, intro: str) -> bool:
    """Whether the mark is one of a list, and not what a sentence begins with."""
    mark = parts[at].mark
    if mark.kind != "item":
        return False
    if mark.style == "paren":
        return True
    if mark.number[0] != 1:
        return False
    return intro[-1:] in (":", "：") or _goes_on(parts, at + 1, mark.style, 2)


def _goes_on(parts: Sequence[Piece], at: int, style: str, number: int) -> bool:
    """Whether the list has the number before the article ends."""
    for part in parts[at : at + FAR]:
        mark = part.mark
        if mark.kind == "item" and mark.style == style:
            return mark.number[0] == number
        if mark.kind not in CARRIED and mark.style not in ("table", "image"):
            return False
    return False


def _list(
    parts: Sequence[Piece],
    at: int,
    above: tuple[str, ...],
    figures: Mapping[Span, Figure],
) -> tuple[tuple[Item, ...], int]:
    """Points of one form, each with what is inside it."""
    style, out, last = parts[at].mark.style, list[Item](), 0
    while at < len(parts) and parts[at].mark.kind == "item":
        part = parts[at]
        number = part.mark.number[0]
        if part.mark.style != style or (out and number <= last):
            break
        if style != "paren" and out and number != last + 1:
            break
        last = number
        made = Item(part.mark.number, part.label, part.rest, span=part.span)
        made, at = _inside(parts, at + 1, made, (*above, style), figures)
        out.append(made)
    return tuple(out), at


def _inside(
    parts: Sequence[Piece],
    at: int,
    made: Item,
    styles: tuple[str, ...],
    figures: Mapping[Span, Figure],
) -> tuple[Item, int]:
    """A point with its further paragraphs and its own points."""
    continued: list[Paragraph] = []
    points: tuple[Item, ...] = ()
    drawn: list[Figure] = []
    style, following = styles[-1], made.number[0] + 1
    while at < len(parts):
        mark = parts[at].mark
        if mark.kind == "item" and mark.style not in styles and not points:
            if not _begins(parts, at, ""):
                break
            points, at = _list(parts, at, styles, figures)
        elif (
            mark.kind == "plain"
            and not points
            and (quoted(mark) or _goes_on(parts, at, style, following))
        ):
            part, number = parts[at], len(continued) + 2
            more = Paragraph(number, part.run, quoted=quoted(mark), span=part.span)
            continued.append(more)
            at += 1
        elif parts[at].span in figures and _goes_on(parts, at, style, following):
            drawn.append(figures[parts[at].span])
            at += 1
        else:
            break
    made = replace(made, continued=tuple(continued), figures=tuple(drawn))
    return replace(made, items=points), at


def quoted(mark: Mark) -> bool:
    """Whether a piece stands in a quotation that one before it opened."""
    return mark.style == "quoted"
