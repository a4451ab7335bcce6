# ruff: noqa: ANN401  (WeasyPrint has no types)
"""One planned line as WeasyPrint's boxes.

`build` stands for the call of `split_inline_box` (WeasyPrint 70) that fills one line;
what that function does besides finding the break is done here in its order: place the
children, keep decorations on the first and last fragment, register what is out of flow.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from weasyprint.layout import inline
from weasyprint.layout.absolute import absolute_layout

from publisher.typeset.adjust import Fitted
from publisher.typeset.breaks import Line
from publisher.typeset.hooks.drawing import SetText
from publisher.typeset.hooks.leaders import leader
from publisher.typeset.hooks.paragraphs import Paragraph, Part
from publisher.typeset.hooks.shaping import Shaper


@dataclass(slots=True)
class Around:
    """What `split_inline_box` is given to report to and to ask."""

    context: Any
    block: Any
    bottom_space: float
    absolutes: Any
    fixed: Any
    placeholders: Any = field(default_factory=list)
    waiting_floats: Any = field(default_factory=list)
    floats: dict[int, list[Any]] = field(default_factory=dict)
    """The floats of this line, laid out; those that wait have none."""


def locate(paragraph: Paragraph, skip_stack: Any) -> int:
    """Which character a skip stack of WeasyPrint's points to."""
    parts = paragraph.parts
    at: int = 0
    while skip_stack is not None:
        ((index, skip_stack),) = skip_stack.items()
        if index >= len(parts):
            return at
        part = parts[index]
        at = part.first
        if skip_stack is None:
            return at
        if part.kind == "text":
            ((skip, _),) = skip_stack.items()
            before: str = part.box.text.encode()[: skip or 0].decode()
            return at + len(before)
        parts, at = part.parts, part.end
    return at


def opening(paragraph: Paragraph, start: int) -> int:
    """Where a line begins, with the spaces that the first of a text leaves out."""
    text, at = paragraph.planned.sorts.text, start
    while at and text[at - 1] == " ":
        at -= 1
    return start if at and text[at - 1] != "\n" else at


def resume(paragraph: Paragraph, at: int) -> Any:
    """The skip stack that points to a character; None behind the last."""
    if at >= len(paragraph.planned.sorts.text):
        return None
    return _resume(paragraph.parts, at)


def _resume(parts: list[Part], at: int) -> Any:
    for index, part in enumerate(parts):
        if part.first <= at < part.end:
            if part.kind == "inline" and part.parts:
                return {index: _resume(part.parts, at)}
            if part.kind == "text" and at > part.first:
                skip = len(part.box.text[: at - part.first].encode())
                return {index: {skip: None}}
            return {index: None}
    raise AssertionError(at)


class Builder:
    """Builds the boxes of one line."""

    def __init__(
        self,
        paragraph: Paragraph,
        line: Line,
        fitted: Fitted,
        around: Around,
        shaper: Shaper,
    ) -> None:
        self.paragraph, self.line, self.fitted = paragraph, line, fitted
        self.around, self.shaper = around, shaper
        self.planned, self.sorts = paragraph.planned, paragraph.planned.sorts
        self.unit = self.planned.size / 1000
        self.gains = list(accumulate(fitted.gains, initial=0.0))

    def build(self, linebox: Any, start: int, x: float, y: float) -> Any:
        """The line box that begins with character ``start`` at ``x``."""
        self.start, self.origin = opening(self.paragraph, start), x
        self.placed: list[Any] = []
        children = self._children(self.paragraph.parts, y, self.around.absolutes)
        made = linebox.copy_with_children(children)  # it has no decoration to remove
        made.width = 0
        for child in reversed(children):
            if self.paragraph.direct or child.is_in_normal_flow():
                made.width = (
                    child.position_x + child.margin_width() - made.content_box_x()
                )
                break
        _lead(made)
        made.__dict__["composed"] = made.__dict__.pop("paragraph") is not None
        return made

    def _children(self, parts: list[Part], y: float, absolutes: Any) -> list[Any]:
        out: list[Any] = []
        for index, part in enumerate(parts):
            if part.first >= self.line.next and not (
                part.first == part.end == self.line.next
            ):
                break
            if part.end <= self.start and not self._begins(part):
                continue
            part.box.position_y = y
            self._child(index, part, out, y, absolutes)
        return out

    def _begins(self, part: Part) -> bool:
        """Whether a part without characters belongs to this line, not to the last."""
        return part.first == part.end and (part.first > self.start or not self.start)

    def _child(
        self, index: int, part: Part, out: list[Any], y: float, absolutes: Any
    ) -> None:
        match part.kind:
            case "text":
                made = self._text(part)
                if made is not None:
                    out.append(made)
            case "inline":
                out.append(self._inline(part, y))
            case "atom" | "leader":
                out.append(self._atom(part, absolutes))
            case "out":
                self._out_of_flow(index, part, out, absolutes)

    def _gained(self, at: int) -> float:
        """How much further to the right a character stands than in a natural line."""
        events = bisect_left(self.fitted.moves, (at,))
        return self.gains[events] + self.fitted.each * (at - self.line.first - events)

    def _x(self, at: int) -> float:
        """Where a character's body (or its decoration) begins on the page."""
        first = self.line.first
        if at <= first:
            return self.origin
        if at > self.line.last:
            return self._end(self.line.last)
        natural = self.sorts.starts[at] - self.sorts.starts[first]
        return self.origin + (natural + self._gained(at)) * self.unit

    def _end(self, at: int) -> float:
        """Where a character's body ends."""
        natural = self.sorts.ends[at] - self.sorts.starts[self.line.first]
        return self.origin + (natural + self._gained(at)) * self.unit

    def _text(self, part: Part) -> Any:
        first = max(part.first, self.line.first)
        last = min(part.end - 1, self.line.last)
        manner = part.manner
        if first > last or manner is None:
            return None
        text = SetText(self.sorts, self.fitted, first, last, manner, part.scale)
        height, baseline = self.shaper.height(manner, text)
        box = part.box.copy_with_text(text.text)
        box.pango_layout = text
        box.height = height
        half = (manner.leading - height) / 2
        box.margin_top = box.margin_bottom = half
        box.baseline = baseline + half
        box.position_x = self._x(first) + self._lead(first)
        box.width = self._end(last) - self._tail(last) - box.position_x
        self.placed.append(box)
        return box

    def _lead(self, at: int) -> float:
        return self.planned.before.get(at, 0.0) * self.unit

    def _tail(self, at: int) -> float:
        return self.planned.after.get(at, 0.0) * self.unit

    def _inline(self, part: Part, y: float) -> Any:
        around = self.around
        relative = part.box.style["position"] == "relative"
        absolutes: Any = [] if relative else around.absolutes
        children = self._children(part.parts, y, absolutes)
        begins, ends = part.first >= self.start, part.end <= self.line.next
        box = part.box.copy_with_children(children)
        self.placed.append(box)
        if not begins or not ends:
            box.remove_decoration(start=not begins, end=not ends)
        flow = children
        if not self.paragraph.direct:
            flow = [child for child in children if child.is_in_normal_flow()]
        left = part.left if begins else 0.0
        box.position_x = flow[0].position_x - left if flow else self._x(part.first)
        box.width = 0
        if flow:
            right = flow[-1].position_x + flow[-1].margin_width()
            box.width = right - box.content_box_x()
        _lead(box)
        if relative:
            for absolute in absolutes:
                absolute_layout(
                    around.context,
                    absolute,
                    box,
                    around.fixed,
                    around.bottom_space,
                    skip_stack=None,
                )
        return box

    def _atom(self, part: Part, absolutes: Any) -> Any:
        around, x = self.around, self._x(part.first) + self._lead(part.first)
        if part.kind == "leader":
            made = leader(around.context, part.box, around.block, x, self.shaper)
            self.placed += (made, *made.children)
            return made
        x -= part.left  # which a line does not begin with
        box = inline.atomic_box(
            around.context, part.box, x, None, around.block, absolutes, around.fixed
        )
        box.position_x = x
        return box

    def _out_of_flow(
        self, index: int, part: Part, out: list[Any], absolutes: Any
    ) -> None:
        around = self.around
        if id(part) in around.floats:
            out += around.floats[id(part)]
            return
        waiting: list[Any] = []
        inline._out_of_flow_layout(  # noqa: SLF001
            around.context,
            part.box,
            around.block,
            index,
            part.box,
            [],
            [],
            waiting,
            around.waiting_floats,
            absolutes,
            around.fixed,
            around.placeholders,
            {"left": 0, "right": 0},
            float("inf"),
            self._x(part.first),
            around.bottom_space,
        )
        out.extend(placed for _, placed, _ in waiting)


def _lead(box: Any) -> None:
    """`_adjust_line_height` (WeasyPrint 70), asked once a style where all is bare."""
    held = box.style.__dict__
    bare = not (
        box.border_top_width
        or box.padding_top
        or box.border_bottom_width
        or box.padding_bottom
    )
    if bare and "_leading" in held:
        box.baseline, box.height, half = held["_leading"]
        box.margin_top = box.margin_bottom = half
        return
    inline._adjust_line_height(box)  # noqa: SLF001
    if bare:
        held["_leading"] = box.baseline, box.height, box.margin_top
