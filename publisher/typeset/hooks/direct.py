# ruff: noqa: ANN401  (WeasyPrint has no types)
"""The lines of a planned paragraph, made without looking for the end of each of them.

`line_boxes` stands for `iter_line_boxes` and `get_next_linebox` (WeasyPrint 70.0) where
nothing but the plan decides: no float stands beside the lines, nothing in them is out
of the flow or an atom, and the text runs from left to right. The same sums are made in
the same order, and the same is left on the boxes, so the bytes are the same without it
(``PUBLISHER_PLAIN=lines``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.layout.percent import resolve_one_percentage, resolve_percentages

from publisher.typeset.breaks import Line
from publisher.typeset.hooks.leaders import handle_leader
from publisher.typeset.hooks.lines import Around, Builder, locate, resume
from publisher.typeset.hooks.paragraphs import Paragraph
from publisher.typeset.hooks.shaping import Shaper


def possible(paragraph: Paragraph, context: Any, block: Any) -> bool:
    """Whether the plan alone decides about the lines of a paragraph."""
    return (
        paragraph.direct
        and not context.excluded_shapes
        and block.style["direction"] == "ltr"
    )


def line_boxes(
    paragraph: Paragraph, linebox: Any, around: Around, skip_stack: Any, shaper: Shaper
) -> Iterator[tuple[Any, Any]]:
    """Each line, laid out, and where the next begins."""
    block = around.block
    resolve_percentages(linebox, block)
    if skip_stack is None:
        resolve_one_percentage(linebox, "text_indent", block.width)
    else:
        linebox.text_indent = 0
    return _lines(paragraph, linebox, around, skip_stack, shaper)


def _lines(
    paragraph: Paragraph, linebox: Any, around: Around, skip_stack: Any, shaper: Shaper
) -> Iterator[tuple[Any, Any]]:
    block, planned, position_y = around.block, paragraph.planned, linebox.position_y
    left = block.content_box_x()
    width = left + block.width - left  # as `avoid_collisions` has it
    start = _start(paragraph, linebox, skip_stack)
    while start is not None:
        linebox.position_x, linebox.position_y = left, position_y
        x = left + linebox.text_indent
        available = left + width - x
        line = planned.line(start, available, block.width, narrowed=False)
        fitted = planned.fit(line, available)
        builder = Builder(paragraph, line, fitted, around, shaper)
        made = builder.build(linebox, start, x, position_y)
        resume_at = resume(paragraph, line.next)
        linebox.width, linebox.height = made.width, made.height
        if (
            line.hard
            or (made.children and type(made.children[-1]) is boxes.TextBox)
            or not inline.is_phantom_linebox(made)
        ):
            _place(made, builder.placed, paragraph, line, width, position_y)
        else:
            made.height = 0
        if paragraph.leader:
            handle_leader(around.context, made, block)
        position_y = made.position_y + made.height
        yield made, resume_at
        if resume_at is None:
            return
        linebox.text_indent = 0
        start = _start(paragraph, linebox, resume_at) if line.hard else line.next


def _start(paragraph: Paragraph, linebox: Any, skip_stack: Any) -> int | None:
    """The first character of a line, behind the spaces that none begins with."""
    if skip_stack is None and paragraph.planned.sorts.text[0] != " ":
        return 0
    skip_stack = inline.skip_first_whitespace(linebox, skip_stack)
    return None if skip_stack == "continue" else locate(paragraph, skip_stack)


def _place(  # noqa: PLR0913  (what `get_next_linebox` has at this place)
    made: Any,
    placed: list[Any],
    paragraph: Paragraph,
    line: Line,
    width: float,
    position_y: float,
) -> None:
    """Align a line, and put its boxes on its baseline."""
    planned = paragraph.planned
    if planned.sorts.text[line.last] == " ":
        inline.remove_last_whitespace(None, made)
    offset_x = 0
    if not planned.aside:
        is_last = line.hard or line.next >= len(planned.sorts.text)
        offset_x = inline.text_align(None, made, width, last=is_last)
    if paragraph.level:
        _stand(made, placed, offset_x, position_y)
    else:
        bottom, top = inline.line_box_verticality(made)
        made.baseline, made.position_y, made.height = -top, top, bottom - top
        made.margin_top = made.margin_bottom = 0
        made.translate(offset_x, position_y - top)
    made.position_y = position_y


def _stand(made: Any, placed: list[Any], offset_x: float, position_y: float) -> None:
    """`line_box_verticality` where all boxes stand on the line's own baseline."""
    top = -made.baseline
    bottom = top + made.margin_height()
    for box in placed:
        top = min(top, -box.baseline)
        bottom = max(bottom, box.margin_height() - box.baseline)
    offset_y = position_y - top
    for box in placed:
        box.position_y = offset_y - box.baseline
        box.position_x += offset_x
    made.baseline, made.height = -top, bottom - top
    made.margin_top = made.margin_bottom = 0
    made.position_x += offset_x
