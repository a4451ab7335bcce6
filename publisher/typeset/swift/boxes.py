# ruff: noqa: ANN401  (WeasyPrint has no types)
"""What is worked out of a box from its style alone, worked out once a style."""

from __future__ import annotations

from operator import itemgetter
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import background, percent
from weasyprint.text import line_break

_resolve = percent.resolve_percentages
_strut = line_break.strut
_layout_backgrounds = background.layout_box_backgrounds
SIDES = ("top", "right", "bottom", "left")
CORNERS = ("top_left", "top_right", "bottom_right", "bottom_left")
USED = (
    *(f"margin_{side}" for side in SIDES),
    *(f"padding_{side}" for side in SIDES),
    *(f"border_{side}_width" for side in SIDES),
    *("width", "height", "min_width", "min_height", "max_width", "max_height"),
)
"""The used values that are resolved."""
CHANGED = ("width", "height", "min_width", "min_height", "max_width", "max_height")
"""The computed values that flex and grid layout write into a style."""
_changed = itemgetter(*CHANGED)
ROUND = ((0, "px"), (0, "px"))


def percentages() -> dict[Any, Any]:
    """What stands for what."""
    return {_resolve: resolve_percentages}


def struts() -> dict[Any, Any]:
    """What stands for what."""
    return {_strut: strut}


def strut(style: Any) -> Any:
    """The height of an empty line; WeasyPrint makes a long key of a style each time."""
    held = style.__dict__
    if "strut" not in held:
        held["strut"] = _strut(style)
    return held["strut"]


def backgrounds() -> dict[Any, Any]:
    """What stands for what."""
    bare = {f"border_{corner}_radius": (0, 0) for corner in CORNERS}
    usual = {**bare, "background": None}
    at = {(boxes.Box, name): value for name, value in usual.items()}
    return {_layout_backgrounds: layout_box_backgrounds, **at}


def resolve_percentages(box: Any, containing_block: Any) -> None:
    """Take what was resolved for this style in a block of this size."""
    style = box.style
    if isinstance(containing_block, boxes.Box):
        key = containing_block.width, containing_block.height, type(box)
    else:
        width, height = containing_block
        key = width, height, type(box)
    held = style.__dict__
    known = held.get("resolved")
    if known is None:
        known = held["resolved"] = {}
    own = _changed(style)
    found = known.get(key)
    if found is not None and found[0] == own:
        box.__dict__.update(found[1])
        return
    _resolve(box, containing_block)
    if style["border_collapse"] != "collapse":  # borders are the table's business
        values = box.__dict__
        known[key] = own, {name: values[name] for name in USED}


def layout_box_backgrounds(
    page: Any,
    box: Any,
    get_image_from_uri: Any,
    layout_children: Any = True,  # noqa: FBT002  (as it is called)
    style: Any = None,
) -> None:
    """Boxes mostly have no background to lay out, and say so by themselves."""
    held = box.style.__dict__
    if style is not None or box is page:
        _layout_backgrounds(page, box, get_image_from_uri, layout_children, style)
        return
    if "bare" not in held:
        held["bare"] = _bare(box.style)
    if not held["bare"]:
        _layout_backgrounds(page, box, get_image_from_uri, layout_children, style)
        return
    if layout_children:
        for child in box.all_children():
            layout_box_backgrounds(page, child, get_image_from_uri)


def _bare(style: Any) -> bool:
    """Whether nothing of a style makes a background, a border image or a mask."""
    colour = style["background_color"]
    return (
        getattr(colour, "alpha", 1) == 0
        and all(kind == "none" for kind, _ in style["background_image"])
        and all(style[f"border_{corner}_radius"] == ROUND for corner in CORNERS)
        and not style["box_shadow"]
        and style["border_image_source"][0] == "none"
        and style["mask_border_source"][0] == "none"
    )
