# ruff: noqa: ANN401  (WeasyPrint has no types)
"""Questions that block layout asks of each box again and again, answered sooner.

The answers are those of WeasyPrint 70.0; most boxes are in the flow, break nowhere and
are on the page that their parents are on.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import block

_in_flow = boxes.Box.is_in_normal_flow
_establishes = boxes.Box.establishes_formatting_context
_page_values = boxes.ParentBox.page_values
_descendants = boxes.Box.descendants
_page_break = block.block_level_page_break
_page_name = block.block_level_page_name
_collapse = block.collapse_margin
STANDING = frozenset({"static", "relative"})
OWN = "is_floated"
"""What an item of a flex or grid box has of its own: it never floats, whatever its
style says."""
FLOATS = frozenset({"left", "right", "inline-start", "inline-end"})


def replaced() -> dict[Any, Any]:
    """What stands for what."""
    return {
        _in_flow: is_in_normal_flow,
        _page_values: page_values,
        _descendants: descendants,
        _page_break: block_level_page_break,
        _page_name: block_level_page_name,
        _establishes: establishes_formatting_context,
        _collapse: collapse_margin,
    }


# What stands for a method has its parameters: `typeset.guard` looks at their names.


def is_in_normal_flow(self: Any) -> bool:
    """Whether it is; positions of notes and running elements are tuples."""
    style = self.style
    if OWN in self.__dict__:
        floats = self.is_floated() or style["float"] == "footnote"
        return not floats and style["position"] in STANDING
    return style["float"] == "none" and style["position"] in STANDING


def page_values(self: Any) -> tuple[Any, Any]:
    """The pages that a box begins and ends on: those of its first and last child."""
    return _edge(self, 0), _edge(self, -1)


def _edge(box: Any, at: int) -> Any:
    """The page that a box begins (0) or ends (-1) on: what its innermost child says."""
    said = ""
    while type(box).page_values is page_values:
        said = box.style["page"] or said
        children = box.children if at == 0 else reversed(box.children)
        for child in children:
            if _flows(child):
                box = child
                break
        else:
            return said
    return box.page_values()[at] or said


def block_level_page_name(sibling_before: Any, sibling_after: Any) -> Any:
    """The name of the next page, if it is another one."""
    begun = _edge(sibling_after, 0)
    return None if _edge(sibling_before, -1) == begun else begun


def establishes_formatting_context(self: Any) -> Any:
    """Whether it does; of most boxes that is said by their style."""
    if type(self) is not boxes.BlockBox or OWN in self.__dict__:
        return _establishes(self)
    held = self.style.__dict__
    if "establishes" not in held:
        alone = copy(self)
        alone.is_column = False
        held["establishes"] = _establishes(alone)
    return self.is_column or held["establishes"]


def collapse_margin(adjoining_margins: Any) -> Any:
    """What margins that meet come to."""
    if not adjoining_margins:
        return 0
    return max(0, *adjoining_margins) + min(0, *adjoining_margins)


def _flows(box: Any) -> Any:
    """Whether a box is in normal flow, or a float."""
    if OWN in box.__dict__:
        return box.is_in_normal_flow() or box.is_floated()
    style = box.style
    side = style["float"]
    return style["position"] in STANDING if side == "none" else side in FLOATS


def descendants(self: Any, placeholders: Any = False) -> Iterator[Any]:  # noqa: FBT002
    """A box and all inside it, without a generator for each level."""
    yield self
    levels = [iter(self.children)]
    while levels:
        for child in levels[-1]:
            if isinstance(child, boxes.Box):
                yield child
                if child.children:
                    levels.append(iter(child.children))
                    break
            elif placeholders:
                yield from child.descendants(placeholders)
            else:
                yield child
        else:
            levels.pop()


def block_level_page_break(before: Any, after: Any) -> Any:
    """What wins between two siblings; mostly neither says anything."""
    if _silent(before, "after", -1) and _silent(after, "before", 0):
        return "auto"
    return _page_break(before, after)


PARALLEL = (boxes.BlockLevelBox, boxes.TableRowGroupBox, boxes.TableRowBox)
"""As in ``_add_break_values``."""


def _silent(box: Any, side: str, edge: int) -> bool:
    """Whether a box and what stands at its edge leaves the break to others."""
    name = f"break_{side}"
    while isinstance(box, PARALLEL) and _flows(box):
        if box.style[name] != "auto":
            return False
        if not box.children:
            break
        box = box.children[edge]
    return True
