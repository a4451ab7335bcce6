"""The source's own table of contents (目录): where it stands among the paragraphs.

With 目录 above it or without, it is a run of headings at the head of a document with
nothing under them, the first of which comes again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from publisher.read.marks import ALONE, Mark
from publisher.read.pieces import Piece
from publisher.tree.nodes import DivisionKind, Number, Run, TocEntry

_Key: TypeAlias = tuple[str, Number, str]


def contents(parts: Sequence[Piece]) -> range:
    """The entries of the table of contents, by position; 目录 itself is before them."""
    start = _start(parts)
    if start is None:
        return range(0)
    first: _Key | None = None
    for at in range(start, len(parts)):
        part = parts[at]
        if part.mark.kind not in ("division", "heading") and not ALONE.fullmatch(
            part.text
        ):
            break
        if part.mark.style in ("table", "image"):
            break
        if first == (key := _key(part)):
            return range(start, at)
        first = first or key
    return range(0)


def _start(parts: Sequence[Piece]) -> int | None:
    for at, part in enumerate(parts):
        if part.mark.style == "toc":
            return at + 1
        if part.mark.kind == "division":
            return at
        if part.mark.kind == "article":
            return None
    return None


def _key(part: Piece) -> _Key:
    """What makes two headings the same: a number, or words without their spaces."""
    if part.mark.kind == "division":
        return part.mark.style, part.mark.number, ""
    return "", (0, 0), "".join(part.text.split())


def entry(part: Piece) -> TocEntry:
    """One line of it."""
    if part.mark.kind != "division":
        return TocEntry(part.run, span=part.span)
    kind = division_kind(part.mark)
    rest: Run = part.rest
    return TocEntry(rest, part.label, part.mark.number, kind, span=part.span)


def division_kind(mark: Mark) -> DivisionKind:
    """The kind of division that a mark begins."""
    match mark.style:
        case "book" | "part" | "chapter" | "section" | "subsection":
            return mark.style
        case _:
            return "division"
