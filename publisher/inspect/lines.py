"""Characters to lines: those on one baseline, without a gap that parts columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from publisher.inspect.facts import Glyph, Line

RAISED = 0.5
"""A smaller character this much of the line's size off its baseline still belongs."""
SAME = 0.2
"""Baselines this near (pt) are one."""
GAP = 2.0
"""A gap of so many ems parts two lines of one baseline: columns, heads and folios; so
does the edge of a table's cell."""


def lines(glyphs: Iterable[Glyph]) -> tuple[Line, ...]:
    """The lines of a page, from the top, and from left to right."""
    by_angle: dict[float, list[Glyph]] = {}
    for glyph in glyphs:
        by_angle.setdefault(glyph.angle, []).append(glyph)
    found = [
        line
        for _, held in sorted(by_angle.items())
        for row in _rows(held)
        for line in _parted(row)
    ]
    return tuple(
        sorted(found, key=lambda line: (round(line.baseline, 1), line.glyphs[0].x))
    )


def _rows(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Characters by baseline; note calls and the like fall to the line they hang on."""
    rows: dict[float, list[Glyph]] = {}
    known: dict[float, list[Glyph]] = {}  # most characters share a baseline exactly
    for glyph in sorted(glyphs, key=lambda glyph: (-glyph.size, glyph.y)):
        if glyph.y in known:
            known[glyph.y].append(glyph)
            continue
        row = _row_of(glyph, rows)
        held = rows.setdefault(glyph.y if row is None else row, [])
        held.append(glyph)
        if row is None or abs(row - glyph.y) < SAME:
            known[glyph.y] = held
    yield from rows.values()


def _row_of(glyph: Glyph, rows: dict[float, list[Glyph]]) -> float | None:
    """The nearest row that a character can belong to."""
    near = [
        y
        for y, held in rows.items()
        if abs(y - glyph.y) < (RAISED * held[0].size if _beside(glyph, held) else SAME)
    ]
    return min(near, key=lambda y: abs(y - glyph.y), default=None)


def _beside(glyph: Glyph, row: Sequence[Glyph]) -> bool:
    """Whether a smaller character stands in a row, not over or under one of it."""
    if glyph.size >= row[0].size:
        return False
    middle = (glyph.x + glyph.right) / 2
    return not any(other.x < middle < other.right for other in row) and any(
        abs(glyph.x - other.right) < other.size or abs(glyph.right - other.x) < 1
        for other in row
    )


def _parted(row: Sequence[Glyph]) -> Iterator[Line]:
    """The lines of one baseline."""
    row = sorted(row, key=lambda glyph: glyph.x)
    cuts = [
        n
        for n, (one, two) in enumerate(pairwise(row), 1)
        if one.cell != two.cell or two.x - one.right > GAP * max(one.size, two.size)
    ]
    for start, end in pairwise((0, *cuts, len(row))):
        held = tuple(row[start:end])
        if any(glyph.text.strip() for glyph in held):
            yield _line(held)


def _line(held: tuple[Glyph, ...]) -> Line:
    inked = [glyph for glyph in held if glyph.text.strip()]
    size = Counter(glyph.size for glyph in inked).most_common(1)[0][0]
    main = [glyph for glyph in inked if glyph.size == size]
    said = [glyph for glyph in main if _han(glyph.text)] or main  # figures may differ
    font = Counter(glyph.font for glyph in said).most_common(1)[0][0]
    baseline = Counter(glyph.y for glyph in main).most_common(1)[0][0]
    return Line(held, round(baseline, 3), size, font)


def _han(text: str) -> bool:
    return "\u3400" <= text <= "\u9fff" or "\U00020000" <= text <= "\U0003ffff"
