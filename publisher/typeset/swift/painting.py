# ruff: noqa: ANN401, SLF001  (WeasyPrint has no types)
"""Painting: boxes that are where they stand, and have nothing but text to show.

Mirrors functions of WeasyPrint 70.0 for these, and leaves all others to them.
"""

from __future__ import annotations

from operator import is_
from typing import Any

from pydyf import _to_bytes
from weasyprint import document, draw, stacking
from weasyprint.draw import border
from weasyprint.formatting_structure import boxes

_inline_level = draw.draw_inline_level
_border = border.draw_border
_paint = document.Page.paint
_dispatch = stacking._dispatch
_dispatch_children = stacking._dispatch_children
INLINE = frozenset({boxes.LineBox, boxes.InlineBox, boxes.TextBox})


def replaced() -> dict[Any, Any]:
    """What stands for what."""
    return {
        _inline_level: draw_inline_level,
        _border: draw_border,
        _paint: paint,
        _dispatch: dispatch,
        _dispatch_children: dispatch_children,
    }


def _stands(box: Any) -> bool:
    """Whether a box is painted where it stands, and not above or below others."""
    style = box.style
    held = style.__dict__
    if "stands" not in held:
        held["stands"] = (
            style["position"] == "static"
            and style["opacity"] >= 1
            and not style["transform"]
            and style["overflow"] == "visible"
            and style["float"] == "none"
        )
    return held["stands"] and not box.is_grid_item


def _all_stand(box: Any) -> bool:
    if type(box) not in INLINE or not _stands(box):
        return False
    return all(map(_all_stand, box.children))


def dispatch(  # noqa: PLR0913, PLR0917  (as it is called)
    box: Any, page: Any, contexts: Any, blocks: Any, floats: Any, inside: Any
) -> Any:
    """Take what is painted apart out of a box; mostly there is nothing."""
    if type(box) is boxes.BlockBox and _stands(box):
        index = len(blocks)
        own: dict[Any, Any] = {}
        box = dispatch_children(box, page, contexts, blocks, floats, own)
        blocks.insert(index, box)
        inside[box] = own
        return box
    if _all_stand(box):
        return box
    return _dispatch(box, page, contexts, blocks, floats, inside)


def dispatch_children(  # noqa: PLR0913, PLR0917  (as it is called)
    box: Any, page: Any, contexts: Any, blocks: Any, floats: Any, inside: Any
) -> Any:
    """The box itself, if none of its children is painted apart, else a copy."""
    if not isinstance(box, boxes.ParentBox):
        return box
    found = [
        dispatch(child, page, contexts, blocks, floats, inside)
        for child in box.children
    ]
    if all(map(is_, found, box.children)):
        return box
    return box.copy_with_children([each for each in found if each is not None])


def draw_border(stream: Any, box: Any) -> None:
    """Draw what there is around a box; mostly there is nothing."""
    if (
        box.border_top_width
        or box.border_right_width
        or box.border_bottom_width
        or box.border_left_width
        or not _unruled(box.style)
    ):
        _border(stream, box)


def _unruled(style: Any) -> bool:
    """Whether a style has no rules but borders, if any."""
    held = style.__dict__
    if "unruled" not in held:
        held["unruled"] = (
            style["border_image_source"][0] == "none"
            and style["column_width"] == style["column_count"] == "auto"
        )
    return held["unruled"]  # type: ignore[no-any-return]


def draw_inline_level(  # noqa: PLR0913, PLR0917  (as it is called)
    stream: Any,
    page: Any,
    box: Any,
    offset_x: Any = 0,
    text_overflow: Any = "clip",
    block_ellipsis: Any = "none",
) -> None:
    """Draw a line, or a part of one; text is marked without a detour."""
    kind = type(box)
    if kind is boxes.LineBox:
        text_overflow, block_ellipsis = box.text_overflow, box.block_ellipsis
    elif kind is not boxes.InlineBox:
        _inline_level(stream, page, box, offset_x, text_overflow, block_ellipsis)
        return
    border.set_mask_border(stream, box)
    draw.draw_background(stream, box.background)
    draw_border(stream, box)
    last = len(box.children) - 1
    for number, child in enumerate(box.children):
        ellipsis_ = block_ellipsis if number == last else "none"
        x = offset_x
        if not isinstance(child, stacking.StackingContext):
            x = offset_x + child.position_x - box.position_x
        if isinstance(child, boxes.TextBox):
            _text(stream, child, x, text_overflow, ellipsis_)
        else:
            draw_inline_level(stream, page, child, x, text_overflow, ellipsis_)


def _text(
    stream: Any, box: Any, offset_x: Any, text_overflow: Any, ellipsis_: Any
) -> None:
    """Draw text, marked in the content as ``Stream.marked`` does it."""
    tags = stream._tags
    if tags is not None:
        number = len(tags)
        tags[box] = {"tag": "Span", "mcid": number}
        stream.stream += (b"/Span", b"<</MCID %d>>" % number, b"BDC")
    draw.draw_text(stream, box, offset_x, text_overflow, ellipsis_)
    if tags is not None:
        stream.stream.append(b"EMC")


def paint(self: Any, stream: Any, scale: Any = 1) -> None:
    """Paint a page, and keep what that gives as bytes, in a tenth of the room."""
    _paint(self, stream, scale)
    if type(self) is document.Page:
        stream.stream[:] = [b"\n".join(map(_line, stream.stream))]


def _line(made: Any) -> bytes:
    if type(made) is bytes:
        return made
    if type(made) is str:
        return made.encode("ascii")
    return _to_bytes(made)  # type: ignore[no-any-return]
