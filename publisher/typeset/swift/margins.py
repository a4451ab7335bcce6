# ruff: noqa: ANN401, SLF001  (WeasyPrint has no types)
"""What stands in the margins of pages, laid out once for each thing that it says.

WeasyPrint makes sixteen boxes for each page, of which a book has two. Mirrors
``make_margin_boxes`` of WeasyPrint 70.0 for pages that have at most one box on a side,
and leaves all others to it. A box that says what one said before on a page of the same
kind is that one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from weasyprint.formatting_structure import boxes, build
from weasyprint.layout import page as pages

_make = pages.make_margin_boxes
BETWEEN = ("left", "center", "right")
ACROSS = ("top", "middle", "bottom")
SIDES = {
    **{f"@{side}-{at}": (side, at) for side in ("top", "bottom") for at in BETWEEN},
    **{f"@{side}-{at}": (side, at) for side in ("left", "right") for at in ACROSS},
}
"""Boxes along the sides of a page, in the order in which they are painted."""
CORNERS = tuple(
    f"@{y}-{x}-corner" for y in ("top", "bottom") for x in ("left", "right")
)
NOTHING = ("normal", "inhibit", "none")
COUNTERS = ("counter_set", "counter_reset", "counter_increment")
MADE = "margins"


def replaced() -> dict[Any, Any]:
    """What stands for what."""
    return {_make: make_margin_boxes}


@dataclass
class _Kind:
    """The margins of one kind of pages."""

    style: Any
    """Of the page; held here, so that no other has its identity."""
    styles: dict[str, Any] | None
    """Of the boxes that there are, by keyword; None if WeasyPrint is to make them."""
    known: dict[Any, Any]
    """Finished boxes by their keyword and what they say."""


def make_margin_boxes(context: Any, page: Any, state: Any) -> Iterator[Any]:
    """All boxes in the margins of a page."""
    kinds = context.__dict__.setdefault(MADE, {})
    kind = kinds.get(id(page.style))
    if kind is None:
        styles = _styles(context, page)
        kind = kinds[id(page.style)] = _Kind(page.style, styles, {})
    if kind.styles is None:
        yield from _make(context, page, state)
        return
    for keyword, style in kind.styles.items():
        said = _said(context, page, state, style)
        box = kind.known.get((keyword, said)) if said else None
        if box is None:
            box = _placed(context, page, keyword, _box(context, page, state, keyword))
            box = pages.margin_box_content_layout(context, page, box)
            if said:
                kind.known[keyword, said] = box
        yield box


def _styles(context: Any, page: Any) -> dict[str, Any] | None:
    """The styles of the boxes of a page; None if two of them share a side."""
    found = {}
    for keyword in (*SIDES, *CORNERS):
        style = context.style_for(page.page_type, keyword)
        if style is not None and style["content"] not in NOTHING:
            pages._standardize_page_based_counters(style, keyword)
            found[keyword] = style
    sides = [SIDES[keyword][0] for keyword in found if keyword in SIDES]
    corners = any(keyword in CORNERS for keyword in found)
    return None if corners or len(sides) != len(set(sides)) else found


def _said(context: Any, page: Any, state: Any, style: Any) -> tuple[Any, ...] | None:
    """All that the content of a box depends on; None if that is more than text."""
    if any(style[name] for name in COUNTERS):
        return None
    said: list[Any] = []
    for kind, value in style["content"]:
        if kind == "string":
            said.append(value)
        elif kind == "string()":
            said.append(context.get_string_set_for(page, *value))
        elif kind == "counter()":
            said.append(state[1].get(value[0], [0])[-1])
        else:
            return None
    return tuple(said)


def _box(context: Any, page: Any, state: Any, keyword: str) -> Any:
    """A box with its content, as ``make_box`` in ``make_margin_boxes`` makes it."""
    style = context.style_for(page.page_type, keyword)
    box = boxes.MarginBox(keyword, style)
    box.is_generated = True
    quotes, values, scopes, _ = state
    depth = list(quotes)
    counters = {name: list(held) for name, held in values.items()}
    build.update_counters((depth, counters, [*map(set, scopes), set()], []), style)
    box.children = build.content_to_boxes(
        style,
        box,
        depth,
        counters,
        context.get_image_from_uri,
        context.target_collector,
        context.counter_style,
        context,
        page,
    )
    box.process_whitespace()
    box.process_text_transform()
    return build.create_anonymous_boxes(box)


def _placed(context: Any, page: Any, keyword: str, box: Any) -> Any:
    """Give a box its size and place, as ``make_margin_boxes`` does."""
    side, at = SIDES[keyword]
    vertical = side in {"left", "right"}
    along = page.border_height() if vertical else page.border_width()
    across = getattr(page, f"margin_{side}")
    pages.resolve_percentages(box, (across, along) if vertical else (along, across))
    place = (ACROSS if vertical else BETWEEN).index(at)
    _fill(context, box, place, along, vertical=vertical)
    box.position_x, box.position_y = page.margin_left, page.margin_top
    if side == "bottom":
        box.position_y = page.margin_top + page.border_height()
    elif side == "right":
        box.position_x = page.margin_left + page.border_width()
    elif side == "left":
        box.position_x = 0
    else:
        box.position_y = 0
    offset = (0, 0.5, 1)[place]
    if vertical:
        box.position_y += offset * (along - box.margin_height())
    else:
        box.position_x += offset * (along - box.margin_width())
    pages.compute_fixed_dimension(
        context, box, across, not vertical, side in {"top", "left"}
    )
    return box


def _fill(context: Any, box: Any, place: int, along: Any, *, vertical: bool) -> None:
    """Give a box its size along its side, as ``compute_variable_dimension`` does.

    One at an end of it is as long as what it says, if there is room: then it need not
    be known how short it can be.
    """
    kind = pages.VerticalBox if vertical else pages.HorizontalBox
    made = kind(context, box)
    if place == 1 or made.inner != "auto" or "auto" in (made.margin_a, made.margin_b):
        row = [_absent(), _absent(), _absent()]
        row[place] = box
        pages.compute_variable_dimension(context, row, vertical, along)
        return
    longest, room = made.max_content_size, along - made.sugar
    if room < longest:
        room = max(made.min_content_size, room)
    made.inner = min(room, longest)
    made.restore_box_attributes()


def _absent() -> Any:
    """Stands for a box that there is not."""
    edges = ("top", "right", "bottom", "left")
    spaces = {f"{kind}_{edge}": 0 for kind in ("margin", "padding") for edge in edges}
    borders = {f"border_{edge}_width": 0 for edge in edges}
    return SimpleNamespace(is_generated=False, width=0, height=0, **spaces, **borders)
