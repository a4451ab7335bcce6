"""A document's lines → pieces: its paragraphs with their marks.

Lines that are one paragraph are put together; what stands inside a paragraph but is
one of its own (run-on items, 问…？答：, sign-off, continuation mark) is taken out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from publisher.read.cuts import cut
from publisher.read.marks import PLAIN, SIGNOFF, TO, Mark, counted, item
from publisher.read.split import run_on, turns
from publisher.read.text import Line
from publisher.read.thread import Thread
from publisher.source import Span
from publisher.tree.nodes import Run, Text
from publisher.tree.walk import slice_run, texts, texts_of


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph as it goes into the tree: what it is, and its characters."""

    mark: Mark
    run: Run
    text: str
    span: Span
    level: int = 0
    split: bool = False
    """Whether it begins inside a line."""

    @property
    def label(self) -> Text:
        """The marker as printed."""
        (first, *_) = self.run
        inner = next(texts(first))
        (label,) = slice_run((inner,), 0, self.mark.size)
        return label if isinstance(label, Text) else inner

    @property
    def rest(self) -> Run:
        """The text after the marker."""
        return cut(self.run, self.text, self.mark.size, len(self.text))


WHOLE = frozenset(("title", "heading", "note", "division", "byline", "signoff"))
"""Kinds of paragraph that are not taken apart; nor is one inside a quotation."""


def pieces(
    lines: Sequence[Line], marks: Sequence[Mark], thread: Thread
) -> tuple[Piece, ...]:
    """The paragraphs of a thread, in reading order."""
    joined = {seam.right for seam in thread.seams}
    asks = any(marks[i].kind in ("question", "answer") for i in thread.lines)
    whole: list[Piece] = []
    for i in thread.lines:
        line = lines[i]
        if i in joined:
            left = whole[-1]
            whole[-1] = replace(
                left, run=left.run + line.run, text=left.text + line.text
            )
        else:
            whole.append(_piece(marks[i], line.run, line.text, line.span, line.level))
    return tuple(part for piece in whole for part in _parts(piece, asks=asks))


def _piece(mark: Mark, run: Run, text: str, span: Span, level: int = 0) -> Piece:
    """A piece; a label with a hole in it is no label."""
    first = next(texts(run[0]))
    if mark.size > len(first.text):
        mark = PLAIN
    return Piece(mark, run, text, span, level)


def _parts(piece: Piece, *, asks: bool) -> Iterator[Piece]:
    """A paragraph taken apart into the paragraphs that stand in it."""
    cuts = sorted(set(_cuts(piece, asks=asks)), key=lambda found: found[0])
    if not cuts:
        yield piece
        return
    starts = [(0, piece.mark), *cuts]
    ends = [at for at, _ in cuts] + [len(piece.text)]
    for (start, mark), end in zip(starts, ends, strict=True):
        if run := cut(piece.run, piece.text, start, end):
            yield _part(piece, run, mark, split=start > 0)


def _part(piece: Piece, run: Run, mark: Mark, *, split: bool) -> Piece:
    text = "".join([inner.text for inner in texts_of(run)])
    first = next(texts(run[0])).span
    span = (
        Span(first.file, first.start, first.start + len(text)) if split else piece.span
    )
    part = _piece(mark, run, text, span, piece.level)
    return replace(part, split=split)


def _cuts(piece: Piece, *, asks: bool) -> Iterator[tuple[int, Mark]]:
    text, mark, end = piece.text, piece.mark, len(piece.text)
    if mark.kind in WHOLE or mark.style == "quoted":
        return
    if mark.kind == "from" and mark.size < end:
        yield mark.size, item(text[mark.size :].lstrip()) or PLAIN
    if found := SIGNOFF.search(text):
        yield found.start(), Mark("signoff")
        end = found.start()
    elif found := TO.search(text):
        yield found.start(), Mark("from", (counted(found[1]), 0), "to", len(found[0]))
        end = found.start()
    if asks:
        yield from turns(text[:end], mark.size)
    else:
        last, style = (mark.number[0], mark.style) if mark.kind == "item" else (0, "")
        yield from run_on(text[:end], mark.size, last, style)
