# ruff: noqa: ANN401  (WeasyPrint has no types)
"""From WeasyPrint's inline boxes to a paragraph that can be composed, and its plan.

A paragraph is kept beside its line box, so that a later pass over the same text at the
same measure finds its lines ready.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.layout.percent import resolve_percentages

from publisher.typeset import breaks
from publisher.typeset.adjust import Fitted, fit
from publisher.typeset.breaks import Line, Room
from publisher.typeset.classes import ATOM
from publisher.typeset.hooks.shaping import Manner, Shaper, Unshaped
from publisher.typeset.metrics import Face, Glyph
from publisher.typeset.pairs import Pairs
from publisher.typeset.settings import Settings
from publisher.typeset.sorts import Cast, Sorts, measure

Reason: TypeAlias = str
"""Why a paragraph is set plain, for people: a CSS property or what it is about."""

NOBODY = Face(None)
"""The face of what is not drawn as text."""
CLOSE = 0.01
"""Lengths (CSS px) that differ by less are the same."""

Kind: TypeAlias = Literal["text", "inline", "atom", "leader", "out"]


@dataclass(slots=True)
class Part:
    """One inline box, and which characters of the paragraph are in it."""

    box: Any
    kind: Kind
    first: int
    end: int = 0
    manner: Manner | None = None
    scale: float = 1.0
    parts: list[Part] = field(default_factory=list)
    left: float = 0.0
    right: float = 0.0
    """Margin, border and padding, in CSS px."""


@dataclass(slots=True)
class Planned:
    """A measured text; and its lines, at the measure they were last planned for."""

    sorts: Sorts
    size: float
    """The size of its type in CSS px."""
    align: str
    last_align: str
    settings: Settings
    before: Mapping[int, float]
    after: Mapping[int, float]
    """Margins, borders and padding around characters, in 1/1000 em."""
    plan: dict[int, tuple[Line, float]] = field(default_factory=dict)
    """For the start of each planned line: the line, and the length it is for."""
    fitted: dict[tuple[int, float], Fitted] = field(default_factory=dict)

    def line(
        self, start: int, available: float, measure: float, *, narrowed: bool
    ) -> Line:
        """The line that begins at a character; lengths in CSS px.

        ``narrowed``: a float takes something away from this line, and who knows from
        which others.
        """
        found = self.plan.get(start)
        if found is not None and abs(found[1] - available) < CLOSE:
            return found[0]
        last = self._last(start)
        unit = 1000 / self.size
        room = Room(
            available * unit,
            measure * unit,
            flush=self.align == "justify",
            full_ends=self.settings.ends == "auto",
        )
        if narrowed:
            return breaks.greedy(self.sorts, start, last, room)
        self._plan(start, available, measure, room)
        return self.plan[start][0]

    def _plan(self, start: int, available: float, measure: float, room: Room) -> None:
        """Plan from a character to the end of the paragraph."""
        way = breaks.balanced if self.align == "center" else breaks.lines
        for first, last, hard in self._spans(start):
            made = way(self.sorts, first, last, room) if first <= last else []
            for line in made[:-1]:
                self.plan[line.first] = (line, available)
                available = measure
            final = made[-1] if made else Line(first, last, last + 1)
            following = hard + 1 if hard >= 0 else len(self.sorts.text)
            closed = final._replace(next=following, hard=hard >= 0)
            self.plan[final.first] = (closed, available)
            self.plan.setdefault(first, self.plan[final.first])
            available = measure
            room = Room(room.others, room.others, room.flush, room.full_ends)

    def _spans(self, start: int) -> list[tuple[int, int, int]]:
        """From ``start``: first and last character, and the forced break behind."""
        text = self.sorts.text
        out = []
        while True:
            at = text.find("\n", start)
            first, last = start, (at if at >= 0 else len(text)) - 1
            while last > first and self.sorts.classes[last] == " ":
                last -= 1
            while first < last and text[first] == " ":
                first += 1
            out.append((first, last, at))
            start = at + 1
            if at < 0 or start >= len(text):
                return out

    def _last(self, start: int) -> int:
        return self._spans(start)[0][1]

    def fit(self, line: Line, available: float) -> Fitted:
        """How a line fits into a length (CSS px)."""
        key = (line.first, available)
        found = self.fitted.get(key)
        if found is None:
            final = line.hard or line.next >= len(self.sorts.text)
            align = self.align
            if final and self.last_align != "auto":
                align = self.last_align
            flush = align == "justify" and (not final or self.last_align == "justify")
            found = self.fitted[key] = fit(
                self.sorts,
                line,
                available * 1000 / self.size,
                flush=flush,
                full_end=self.settings.ends == "auto",
            )
        return found


@dataclass(slots=True)
class Paragraph:
    """The boxes of one line box, and the plan of their text."""

    planned: Planned
    parts: list[Part]
    width: float
    """Of the containing block, which percentages are of."""
    texts: tuple[Any, ...]
    floats: tuple[int, ...]
    """Places where a float begins."""
    direct: bool
    """Whether it is all text and inline boxes of it."""
    level: bool
    """Whether all of them stand on the line's baseline."""


def same(paragraph: Paragraph, linebox: Any, width: float) -> bool:
    """Whether a paragraph is still what its line box holds."""
    if abs(paragraph.width - width) >= CLOSE:
        return False
    return _texts(linebox) == paragraph.texts


def _texts(box: Any) -> tuple[Any, ...]:
    return tuple(
        (id(each), each.text)
        for each in box.descendants()
        if isinstance(each, boxes.TextBox)
    )


def gather(  # noqa: PLR0913
    linebox: Any,
    context: Any,
    block: Any,
    shaper: Shaper,
    settings: Settings,
    pairs: Pairs,
    known: dict[Any, Planned],
) -> Paragraph | Reason | None:
    """Measure a line box; or why it cannot be composed; None if it is not Chinese.

    ``known`` are the texts of the document that are measured already.
    """
    made = _Gathering(linebox, context, block, shaper)
    try:
        made.children(linebox, made.parts)
        if not made.text or not made.has_han():
            return None
        cast = made.cast()
    except Unshaped as reason:
        return str(reason) if made.has_han() else None
    align = linebox.style["text_align_all"], linebox.style["text_align_last"]
    key = (made.key(), align, made.size)
    planned = known.get(key)
    if planned is None:
        planned = known[key] = Planned(
            measure(cast, settings, pairs),
            made.size,
            *align,
            settings,
            cast.before,
            cast.after,
        )
    return Paragraph(
        planned,
        made.parts,
        block.width,
        _texts(linebox),
        tuple(made.floats),
        direct=made.direct,
        level=made.level,
    )


class _Gathering:
    """Walks the boxes of one paragraph and collects its characters."""

    def __init__(self, linebox: Any, context: Any, block: Any, shaper: Shaper) -> None:
        self.context, self.block, self.shaper = context, block, shaper
        self.size = linebox.style["font_size"] or 1.0
        self.text = ""
        self.glyphs: list[Glyph] = []
        self.sizes: list[float] = []
        self.before: dict[int, float] = {}
        self.after: dict[int, float] = {}
        self.tracking: dict[int, float] = {}
        self.whole: list[tuple[int, int]] = []
        self.joined: list[tuple[int, int]] = []
        self.floats: list[int] = []
        self.parts: list[Part] = []
        self.styles: list[Any] = []
        self.direct = self.level = True

    def has_han(self) -> bool:
        return any("\u2e80" < char < ATOM and char != "\u3000" for char in self.text)

    def key(self) -> Any:
        """What the measures of the text depend on."""
        return (
            self.text,
            tuple(self.styles),
            tuple(self.before.items()),
            tuple(self.after.items()),
            tuple(self.joined),
        )

    def cast(self) -> Cast:
        mixed = any(size != 1 for size in self.sizes)
        return Cast(
            self.text,
            self.glyphs,
            self.sizes if mixed else None,
            self.before,
            self.after,
            self.whole,
            self.joined,
            self.tracking,
        )

    def children(self, box: Any, parts: list[Part]) -> None:
        for child in box.children:
            if not child.is_in_normal_flow():
                if child.is_floated():
                    self.floats.append(len(self.text))
                at = len(self.text)
                parts.append(Part(child, "out", at, at))
                self.direct = False
            elif isinstance(child, boxes.TextBox):
                parts.append(self._text(child))
            elif isinstance(child, boxes.InlineBox) and child.is_leader:
                parts.append(self._leader(child))
            elif isinstance(child, boxes.InlineBox):
                parts.append(self._inline(child))
            elif isinstance(child, boxes.AtomicInlineLevelBox):
                parts.append(self._atom(child))
            else:
                raise Unshaped(f"display: {' '.join(child.style['display'])}")

    def _text(self, box: Any) -> Part:
        resolve_percentages(box, self.block)
        style = box.style
        self.level = self.level and style["vertical_align"] == "baseline"
        first = len(self.text)
        part = Part(box, "text", first)
        if not style["font_size"] or not box.text:
            part.end = first
            return part
        if box.text == "\n":
            self._add(box.text, [Glyph("", 0, NOBODY)], 1.0)
        else:
            self._must_be_plain(box)
            manner = part.manner = self.shaper.manner(style)
            self.styles.append((first, id(manner), style["white_space"]))
            part.scale = manner.size / self.size
            self.text += box.text  # so that `has_han` knows of it if this fails
            glyphs = self.shaper.glyphs(box.text, manner)
            self.text = self.text[:first]
            self._add(box.text, glyphs, part.scale)
            self._notices(part, style, manner)
        part.end = len(self.text)
        return part

    def _notices(self, part: Part, style: Any, manner: Manner) -> None:
        first, end = part.first, len(self.text)
        if manner.tracking:
            width = manner.tracking * part.scale
            self.tracking.update(dict.fromkeys(range(first, end), width))
        if style["white_space"] in ("nowrap", "pre"):
            self.joined.append((first, end))
        if "full-width" in style["font_variant_east_asian"]:
            self.whole.append((first, end))

    def _must_be_plain(self, box: Any) -> None:
        style = box.style
        if style["direction"] != "ltr":
            raise Unshaped("direction: rtl")
        if style["word_spacing"]:
            raise Unshaped("word-spacing")
        if not {"\n", "\t", "\u00ad"}.isdisjoint(box.text):
            raise Unshaped(
                "soft hyphens" if "\u00ad" in box.text else "control characters"
            )

    def _add(self, text: str, glyphs: Any, scale: float) -> None:
        self.text += text
        if scale == 1:
            self.glyphs += glyphs
        else:
            self.glyphs += [
                Glyph(glyph.code, glyph.advance * scale, glyph.face) for glyph in glyphs
            ]
        self.sizes += [scale] * len(text)

    def _inline(self, box: Any) -> Part:
        resolve_percentages(box, self.block)
        for side in ("margin_left", "margin_right"):
            if getattr(box, side) == "auto":
                setattr(box, side, 0)
        if box.style["box_decoration_break"] == "clone":
            raise Unshaped("box-decoration-break: clone")
        part = Part(box, "inline", len(self.text))
        self.level = self.level and box.style["vertical_align"] == "baseline"
        self.children(box, part.parts)
        part.left = box.margin_left + box.border_left_width + box.padding_left
        part.right = box.margin_right + box.border_right_width + box.padding_right
        if part.left or part.right:
            self._decorated(part)
        part.end = len(self.text)
        return part

    def _decorated(self, part: Part) -> None:
        unit = 1000 / self.size
        if len(self.text) == part.first:
            self._stand_in(part.left + part.right)
            return
        first, last = part.first, len(self.text) - 1
        self.before[first] = self.before.get(first, 0) + part.left * unit
        self.after[last] = self.after.get(last, 0) + part.right * unit

    def _leader(self, box: Any) -> Part:
        resolve_percentages(box, self.block)
        part = Part(box, "leader", len(self.text))
        made = split_leader(self.context, box, self.block, 0)
        self._stand_in(made.margin_width())
        part.end = len(self.text)
        return part

    def _atom(self, box: Any) -> Part:
        resolve_percentages(box, self.block)
        part = Part(box, "atom", len(self.text))
        box.position_x = box.position_y = 0
        made = inline.atomic_box(self.context, box, 0, None, self.block, [], [])
        self._stand_in(made.margin_width())
        part.end = len(self.text)
        return part

    def _stand_in(self, width: float) -> None:
        self.direct = False
        self.styles.append((len(self.text), width))
        self._add(ATOM, [Glyph("", width * 1000 / self.size, NOBODY)], 1.0)


def split_leader(context: Any, box: Any, block: Any, x: float) -> Any:
    """A leader as WeasyPrint makes it; `handle_leader` repeats its text later."""
    box.position_y = getattr(box, "position_y", 0)
    made, *_ = inline.split_inline_box(
        context, box, x, x + 1e6, 0, None, block, [], [], [], [], [], None, None
    )
    return made
