"""A table of a page → rows of Markdown; tables that only lay out a page are none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from publisher.read.fields import TITLE

if TYPE_CHECKING:
    from lxml.etree import _Element

LONG = 400
"""A cell with more characters than this holds a text, and no entry of a table."""
PAIR, COLONS = 2, frozenset(":：")
WIDEST = 60
"""The most columns that a cell may span."""


def is_data(table: _Element) -> bool:
    """Whether it tabulates: two rows and two columns of short cells."""
    if any(inner is not table for inner in table.iter("table")):
        return False
    own = _rows(table)
    filled = [cells for cells in own if sum(map(_inked, cells)) > 1]
    longest = max((len(_text(c)) for cells in own for c in cells), default=0)
    return len(own) > 1 and bool(filled) and longest <= LONG


def rows(table: _Element, cell: Callable[[_Element], str]) -> Iterator[str]:
    """The rows as Markdown, heads of columns first where the table has them.

    A cell over several columns or rows stands in the first of them; the others are
    empty.
    """
    own = _rows(table)
    caption = next(table.iter("caption"), None)
    if caption is not None and _inked(caption):
        yield cell(caption)
    grid = [[*_spread(cells, cell)] for cells in _down(own)]
    width = max(map(len, grid))
    heads = all(c.tag == "th" for c in own[0])
    rule = "|" + " --- |" * width
    for number, cells in enumerate(grid):
        if number == (1 if heads else 0):
            yield rule
        full = [*cells, *[""] * (width - len(cells))]
        yield f"| {' | '.join(full)} |"


def fields(table: _Element, cell: Callable[[_Element], str]) -> tuple[str, ...]:
    """The lines of a table that says what a document is: 法規名稱：, 修正日期：.

    Nothing where it is another table: this one has a title, and names before values.
    """
    own = _rows(table)
    if not all(len(cells) == PAIR and _text(cells[0])[-1:] in COLONS for cells in own):
        return ()
    if not any(TITLE.match("".join(map(_text, cells))) for cells in own):
        return ()
    return tuple("".join(map(cell, cells)) for cells in own)


def _rows(table: _Element) -> list[list[_Element]]:
    found = ([c for c in row if c.tag in ("td", "th")] for row in table.iter("tr"))
    return [cells for cells in found if cells]


def _down(own: list[list[_Element]]) -> Iterator[list[_Element | None]]:
    """Rows with ``None`` where a cell of a row above reaches down."""
    reach: dict[int, int] = {}
    for cells in own:
        out: list[_Element | None] = []
        rest = list(cells)
        while rest or reach.get(len(out), 0) > 0:
            column = len(out)
            if reach.get(column, 0) > 0:
                reach[column] -= 1
                out.append(None)
                continue
            cell = rest.pop(0)
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            for each in range(column, column + width):
                reach[each] = height - 1
            out.append(cell)
            out.extend([None] * (width - 1))
        yield out


def _spread(
    cells: list[_Element | None], cell: Callable[[_Element], str]
) -> Iterator[str]:
    for each in cells:
        yield cell(each) if each is not None else ""


def _span(cell: _Element, name: str) -> int:
    given = cell.get(name) or "1"
    return min(max(int(given), 1), WIDEST) if given.isdecimal() else 1


def _text(element: _Element) -> str:
    return "".join("".join(map(str, element.itertext())).split())


def _inked(element: _Element) -> bool:
    return bool(_text(element))
