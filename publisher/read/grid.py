"""Tables drawn in ASCII: +---+ above and below, | between the cells.

Such lines are a table only where their bars stand under each other. How wide a Chinese
character is depends on who drew it, so a table need only line up in one of the ways to
count: by columns of a terminal, or by characters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from unicodedata import east_asian_width

from publisher.patterns import pattern
from publisher.read.cuts import cut
from publisher.read.text import Line
from publisher.tree.nodes import Cell, Row, Run, Table

RULE = pattern(r"\+(?:[-=]+\+)+")  # +----+----+
ROW = pattern(r"\|.*\|")  # | 甲 | 乙 |
GRID = pattern(rf"{RULE.pattern}|{ROW.pattern}")
SMALLEST = 3
"""A rule, a row, a rule."""
Width = Callable[[str], int]
WIDTHS: tuple[Width, ...] = (
    lambda char: 2 if east_asian_width(char) in "WF" else 1,
    lambda char: 2 if east_asian_width(char) in "WFA" else 1,
    lambda _: 1,
)


def begins(lines: Sequence[Line], at: int) -> bool:
    """Whether a table could begin with a line: a rule, and not one inside a table."""
    if not RULE.fullmatch(lines[at].text):
        return False
    return at == 0 or not ROW.fullmatch(lines[at - 1].text)


def end(lines: Sequence[Line], at: int, limit: int) -> int:
    """Where the table that begins with a rule ends: a rule closes it."""
    for i in range(at + 1, limit):
        if RULE.fullmatch(lines[i].text) and not (
            i + 1 < limit and ROW.fullmatch(lines[i + 1].text)
        ):
            return i + 1
    return at


def table(lines: Sequence[Line]) -> Table | None:
    """The table that some lines draw; None if their bars do not line up."""
    for width in WIDTHS:
        drawn = [_bars(line.text, width) for line in lines]
        if _agree(lines, drawn):
            return _table(lines, drawn)
    return None


def _bars(text: str, width: Width) -> dict[int, int]:
    """The offset of each + or | by the column that it stands in."""
    out: dict[int, int] = {}
    column = 0
    for at, char in enumerate(text):
        if char in "+|":
            out[column] = at
        column += width(char)
    return out


def _agree(lines: Sequence[Line], drawn: Sequence[dict[int, int]]) -> bool:
    """Whether all rules have the columns of the first, and rows no others' places."""
    if len(lines) < SMALLEST:
        return False
    columns = set(drawn[0])
    for line, bars in zip(lines, drawn, strict=True):
        if RULE.fullmatch(line.text):
            if set(bars) != columns:
                return False
        elif not columns <= set(bars) or max(bars) != max(columns):
            return False
    return True


def _table(lines: Sequence[Line], drawn: Sequence[dict[int, int]]) -> Table:
    """Rows from rule to rule; what stands above a rule of = are heads of columns."""
    rows: list[list[Run]] = []
    header, begin = 0, True
    for line, bars in zip(lines, drawn, strict=True):
        if RULE.fullmatch(line.text):
            begin = True
            header = len(rows) if "=" in line.text else header
            continue
        places = [at for column, at in bars.items() if column in drawn[0]]
        cells = list(_cells(line, places))
        if begin:
            rows.append(cells)
        else:
            rows[-1] = [a + b for a, b in zip(rows[-1], cells, strict=True)]
        begin = False
    made: list[Row] = [tuple(Cell(run) for run in row) for row in rows]
    return Table(tuple(made), header, form="box")


def _cells(line: Line, places: Sequence[int]) -> Iterator[Run]:
    for left, right in pairwise(places):
        inked = line.text[left + 1 : right].strip()
        yield cut(line.run, line.text, left + 1, right) if inked else ()
