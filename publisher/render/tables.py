"""Tables of the source on the grid: how wide columns are, and how high rows.

Columns share the measure so that the table has few lines. Each row is a whole number
of grid lines high, so that the text after a table stands on the grid again; a small
line is three quarters of one. A table with more columns than a small face has room
for is set in the smallest, and one with more still row by row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import Literal

from publisher.book import Typography
from publisher.patterns import pattern
from publisher.render import page
from publisher.render.titles import width

Face = Literal["small", "tiny"]
GAP, CLOSE = 1, 2 / 3
"""Space after a column in ems, as the style sheet has it: usually, and where there is
little room."""
WAYS: tuple[tuple[Face, float], ...] = (
    ("small", GAP),
    ("small", CLOSE),
    ("tiny", CLOSE),
)
"""How a table may be set, the best way first."""
LEAST = 2
"""Ems that a column has at least, if its cells fill them."""
NARROW, ROOM = 7.0, 3.0
"""A column of cells of so many ems is kept whole while the others have this many."""
SLACK = 0.1
"""Ems that a column has over its widest cell."""
ROUNDING = 0.02
"""Ems that may be lost on the way to the page; Han characters are an em exactly."""
PIECE = pattern(r"[!-~]+(?:[—–～][!-~]+)*|.", re.DOTALL)
"""A word, or figures with a dash (9:00—12:00), which stay whole, or a character."""
_CLOSE = "，。、；：？！》）”’」』〉〕%％"
_OPENERS, _CLOSERS = "《（“‘「『〈〔", "》）”’」』〉〕"
_BRACKETS = frozenset(_OPENERS + _CLOSERS)
"""Two side by side take a square and a half, and one at the end of a line half of one,
in every style of marks."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is set; ``stacked``: it has more columns than there is room for."""

    face: Face
    widths: tuple[float, ...]
    """Of each column, in hundredths of the measure."""
    heights: tuple[int, ...]
    """Of each row, in grid lines."""
    stacked: bool = False
    loose: bool = False
    """A row is so high that it may break over pages: what follows begins a page."""
    short: bool = False
    """It does not break over pages."""
    close: bool = False
    """Its columns have less than an em between them."""


def layout(rows: Sequence[Sequence[str]], typography: Typography) -> Layout:
    """How a table with these cells is set."""
    columns = max(map(len, rows), default=0)
    if not columns:
        return Layout("small", (), ())
    made = [_in(face, gap, rows, typography) for face, gap in WAYS]
    fitting = [(cramped, how) for cramped, how in filter(None, made)]
    if not fitting:
        return Layout("tiny", (), (), stacked=True, loose=True)
    return next((how for cramped, how in fitting if not cramped), fitting[0][1])


def _in(
    face: Face, gap: float, rows: Sequence[Sequence[str]], typography: Typography
) -> tuple[bool, Layout] | None:
    """A table set in one way, and whether it is cramped; None if there is no room."""
    columns = max(map(len, rows))
    room = page.measure(typography) / page.size(face, typography.size)
    widths = fitted(rows, room - gap * (columns - 1))
    if widths is None:
        return None
    heights = tuple(height(row, widths) for row in rows)
    lines = typography.measure.lines
    parts = tuple(
        round(100 * (w + gap * (n < columns - 1)) / room, 2)
        for n, w in enumerate(widths)
    )
    how = Layout(
        face,
        parts,
        heights,
        loose=any(2 * h > lines for h in heights),
        short=3 * sum(heights) <= lines,
        close=gap < GAP,
    )
    return _cramped(rows, widths), how


def _cramped(rows: Sequence[Sequence[str]], widths: Sequence[float]) -> bool:
    """Whether a cell of a few characters breaks, or a long one into slivers."""
    return any(
        wrapped(cell, ems) > (1 if width(cell) <= NARROW else width(cell) / ROOM + 1)
        for row in rows
        for cell, ems in zip(row, widths, strict=False)
    )


def fitted(rows: Sequence[Sequence[str]], free: float) -> tuple[float, ...] | None:
    """The width of each column in ems, for few lines; None if there is no room.

    Each column begins at its least. Those whose cells are short are made wide enough
    for them, the shortest first, while the others keep some room; then what would make
    the table lower by most gets another em, as long as there are any.
    """
    columns = range(max(map(len, rows), default=0))
    cells = [[row[n] for row in rows if n < len(row)] for n in columns]
    most = [max(map(width, held), default=1.0) + SLACK for held in cells]
    words = [max((_word(cell) for cell in held), default=1.0) for held in cells]
    widths = [max(min(m, LEAST), w + SLACK) for m, w in zip(most, words, strict=True)]
    if sum(widths) > free:
        return None
    for n in sorted(columns, key=most.__getitem__):
        rest = sum(max(widths[m], min(most[m], ROOM)) for m in columns if m != n)
        if most[n] <= NARROW and most[n] + rest <= free:
            widths[n] = max(most[n], widths[n])
    left = free - sum(widths)
    while left >= 1:
        gains = [_gain(cells[n], widths[n], most[n]) for n in columns]
        best = max(columns, key=gains.__getitem__)
        if gains[best] <= 0:
            break
        widths[best] += 1
        left -= 1
    return tuple(each + left / len(widths) for each in widths)


def _gain(cells: Sequence[str], now: float, most: float) -> float:
    """What another em is worth to a column."""
    if now >= most:
        return 0.0
    sizes = [width(cell) for cell in cells]
    lines = sum(size / now - size / (now + 1) for size in sizes)
    highest = max(sizes, default=0.0)
    return lines / len(cells) + 2 * (highest / now - highest / (now + 1))


def _word(cell: str) -> float:
    """The longest piece of a cell that stays whole."""
    return max((width(piece) for piece in PIECE.findall(cell)), default=0.0)


def height(row: Sequence[str], widths: Sequence[float]) -> int:
    """The height of a row in grid lines: its highest cell and a quarter of a line."""
    lines = max((wrapped(c, w) for c, w in zip(row, widths, strict=False)), default=1)
    return max(ceil(lines * 0.75 + 0.25), 1)


def wrapped(text: str, ems: float) -> int:
    """How many lines a text fills at most in a column of so many ems."""
    lines, used, before = 1, 0.0, ""
    pieces = [piece for piece in PIECE.findall(text.strip()) if piece != "\n"]
    for at, piece in enumerate(pieces):
        size = _size(before, piece)
        if not _joined(before, piece) and used + size + _tail(pieces, at) > ems:
            lines, used = lines + bool(used), 0.0
        used += size
        before = piece
    return lines


def _joined(before: str, piece: str) -> bool:
    """Whether no line may end between these."""
    return piece in _CLOSE or (before != "" and before in _OPENERS)


def _size(before: str, piece: str) -> float:
    if not piece.strip():
        return 0.3
    return 0.5 if before in _BRACKETS and piece in _BRACKETS else width(piece)


def _tail(pieces: Sequence[str], at: int) -> float:
    """What must stand in the same line as a piece, and that all may not quite fit."""
    tail, spared = ROUNDING, 0.0
    for before, piece in pairwise(pieces[at:]):
        if not _joined(before, piece):
            break
        tail += _size(before, piece)
        spared = 0.5 * (piece in _CLOSERS)
    return tail - spared
