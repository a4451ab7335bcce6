"""How wide the columns of a ruled table are: as suits what is in them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise
from math import ceil

from publisher.book import Typography
from publisher.render import page

FIRST = 9
"""Characters that the first column, which has places, holds at most."""
TOLD = 40
"""Rows that decide; of more, the longest."""
GAP = 1
"""Space after a column, in characters of 9 points, as the style sheet has it."""


ROUNDING = 0.05
"""So much more, so that as many characters do stand in a line."""


def shares(
    heads: Sequence[str], rows: Sequence[Sequence[str]], typography: Typography
) -> tuple[float, ...]:
    """What each column has for text, in hundredths, so that all rows are low."""
    small = page.size("small", typography.size)
    spaces = GAP * (len(heads) - 1)
    room = int(page.measure(typography) / small - spaces)
    longest = sorted(rows, key=lambda row: sum(map(len, row)))[-TOLD:]
    first = min(max(len(heads[0]), *(len(row[0]) for row in rows)), FIRST)
    rest = [[max(len(cell), 1) for cell in row[1:]] for row in longest]
    least = [len(head) for head in heads[1:]]
    free = room - first - sum(least)
    if free < 0:
        return ()
    best = min(_widths(free, least), key=lambda widths: _height(rest, widths))
    whole = first + sum(best) + spaces
    widths = (first + ROUNDING, *(each + ROUNDING for each in best[:-1]), best[-1])
    return tuple(round(100 * width / whole, 2) for width in widths)


def held(shares: Sequence[float], typography: Typography) -> tuple[float, ...]:
    """The ems that the cells of these columns have for text; the last has the rest."""
    room = page.measure(typography) / page.size("small", typography.size)
    widths = [share * room / 100 for share in shares[:-1]]
    return (*widths, room - sum(widths) - GAP * len(widths)) if shares else ()


def _widths(free: int, least: Sequence[int]) -> list[tuple[int, ...]]:
    """Every way to give out so many characters over the least of each column."""
    slots = range(free + len(least) - 1)
    out = []
    for bars in combinations(slots, len(least) - 1):
        parts = pairwise((-1, *bars, len(slots)))
        out.append(tuple(n + b - a - 1 for n, (a, b) in zip(least, parts, strict=True)))
    return out


def _height(rows: Sequence[Sequence[int]], widths: Sequence[int]) -> tuple[int, float]:
    """Lines of all rows; and how unevenly they fill their cells."""
    cells = [
        [size / width for size, width in zip(r, widths, strict=True)] for r in rows
    ]
    lines = sum(max(map(ceil, row)) for row in cells)
    return lines, sum(part * part for row in cells for part in row)
