# ruff: noqa: ANN401  (WeasyPrint has no types)
"""Floats that begin in a line: they are laid out before it, and take room from it."""

from __future__ import annotations

from typing import Any

from weasyprint.layout import inline

from publisher.typeset.breaks import Line
from publisher.typeset.hooks.lines import Around, opening
from publisher.typeset.hooks.paragraphs import CLOSE, Paragraph, Part


def fill(  # noqa: PLR0913  (as `split_inline_box` is called)
    paragraph: Paragraph, linebox: Any, around: Around, start: int, x: float, end: float
) -> tuple[Line, float, float]:
    """The line between ``x`` and ``end`` that begins at a character.

    Gives the line, where it begins beside the floats in it, and how long it may be. As
    in WeasyPrint a float stands beside its line if there is room behind the text before
    it; else it waits until the line is done.
    """
    # a left page's lines begin elsewhere, and are as long to the last bit
    planned, measure = paragraph.planned, round(around.block.width, 4)
    starts, unit = planned.sorts.starts, planned.size / 1000
    while True:
        available = round(end - x, 4)
        narrowed = available < measure - linebox.text_indent - CLOSE
        line = planned.line(start, available, measure, narrowed=narrowed)
        part = _next(paragraph, around, start, line)
        if part is None:
            return line, x, available
        natural = max(starts[part.first] - starts[start], 0) * unit
        left, right = _lay_out(part, linebox, around, x + natural, end)
        x, end = x + left, end - right


def _next(paragraph: Paragraph, around: Around, start: int, line: Line) -> Part | None:
    """The next float of a line that is not laid out."""
    begin = opening(paragraph, start)
    for part in paragraph.floats:
        inside = begin < part.first <= line.next or not (begin or part.first)
        if inside and id(part) not in around.floats:
            return part
    return None


def _lay_out(
    part: Part, linebox: Any, around: Around, x: float, end: float
) -> tuple[float, float]:
    """Lay a float out; how much it takes from its line at the left and the right."""
    taken = {"left": 0.0, "right": 0.0}
    placed: list[Any] = []
    part.box.position_y = linebox.position_y
    inline._out_of_flow_layout(  # noqa: SLF001
        around.context,
        linebox,
        around.block,
        0,
        part.box,
        [],
        [],
        placed,
        around.waiting_floats,
        around.absolutes,
        around.fixed,
        around.placeholders,
        taken,
        end,
        x,
        around.bottom_space,
    )
    around.floats[id(part)] = [box for _, box, _ in placed]
    return taken["left"], taken["right"]
