# ruff: noqa: ANN401  (WeasyPrint has no types)
"""Leaders: the dots between a title and its page.

WeasyPrint sets a leader's text once in a line, and `handle_leader` then fills with
copies of it what the line has left. Here the text is shaped once a style, drawn from
its glyphs, and what is left is counted from the edges of the line: WeasyPrint adds up
the widths of its boxes, and a composed line has gaps between them.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.layout.leader import leader_index

from publisher.typeset.hooks.drawing import natural
from publisher.typeset.hooks.glyphs import Unshaped
from publisher.typeset.hooks.shaping import Shaper

_handle_leader = inline.handle_leader
OWN = frozenset({"element", "element_tag", "style", "children"})
"""What a box does not have in common with others of its style."""
LEAST = 1e-6
"""Gaps (CSS px) that are less are none."""


def leader(context: Any, box: Any, block: Any, x: float, shaper: Shaper) -> Any:
    """A leader as `split_inline_box` makes it at ``x``, its text from its glyphs."""
    children = box.children
    if not all(type(child) is boxes.TextBox for child in children):
        return _split(context, box, block, x)
    key = (id(box.style), block.width, *((id(c.style), c.text) for c in children))
    known = shaper.leaders.get(key)
    if known is None:
        known = _split(context, box, block, 0)
        for child in known.children:
            _from_glyphs(child, shaper)
        shaper.leaders[key] = known
    if len(known.children) != len(children):
        return _split(context, box, block, x)
    made = _like(known, box, x, box.position_y)
    made.children = [
        _like(like, child, x, box.position_y)
        for like, child in zip(known.children, children, strict=True)
    ]
    return made


def _split(context: Any, box: Any, block: Any, x: float) -> Any:
    made, *_ = inline.split_inline_box(
        context, box, x, x + 1e6, 0, None, block, [], [], [], [], [], None, None
    )
    return made


def _from_glyphs(box: Any, shaper: Shaper) -> None:
    look = shaper.look(box.style)
    if look.manner is None:
        return
    try:
        look.must_be_plain(box.text)
        glyphs = shaper.glyphs(box.text, look.manner)
    except Unshaped:  # then Pango draws it
        return
    box.pango_layout = natural(box.text, glyphs, look.manner)


def _like(known: Any, box: Any, x: float, y: float) -> Any:
    """A box laid out as another of its style, which was at 0, is laid out."""
    made = box.copy()
    made.__dict__.update(
        (name, value) for name, value in vars(known).items() if name not in OWN
    )
    made.position_x, made.position_y = x + known.position_x, y
    return made


def handle_leader(context: Any, line: Any, containing_block: Any) -> None:
    """Fill what a line has left, gaps and indent taken off."""
    if "composed" not in line.__dict__:
        _handle_leader(context, line, containing_block)
        return
    if leader_index(line)[0] is None:
        return  # adding gaps and taking them off again would change the last bits
    flow = [child for child in line.children if child.is_in_normal_flow()]
    gaps = [(b, b.position_x - _right(a)) for a, b in pairwise(flow)]
    gaps += [(b, b.position_x - line.content_box_x()) for b in flow[:1]]
    gaps = [(box, gap) for box, gap in gaps if abs(gap) > LEAST]
    for box, gap in gaps:
        box.width += gap
    _handle_leader(context, line, containing_block)
    for box, gap in gaps:
        box.width -= gap


def _right(box: Any) -> float:
    right: float = box.position_x + box.margin_width()
    return right
