# ruff: noqa: ANN401  (WeasyPrint has no types)
"""From WeasyPrint's inline boxes to a paragraph that can be composed."""

from __future__ import annotations

import re
from typing import Any, TypeAlias

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.layout.percent import resolve_percentages

from publisher.typeset.classes import ATOM
from publisher.typeset.hooks.glyphs import Unshaped
from publisher.typeset.hooks.leaders import leader
from publisher.typeset.hooks.paragraphs import Paragraph, Part, Planned, texts
from publisher.typeset.hooks.shaping import Look, Manner, Shaper
from publisher.typeset.metrics import Face, Glyph
from publisher.typeset.pairs import Pairs
from publisher.typeset.settings import Settings
from publisher.typeset.sorts import Cast, measure

Reason: TypeAlias = str
"""Why a paragraph is set plain, for people: a CSS property or what it is about."""

NOBODY = Face(None)
"""The face of what is not drawn as text."""
IDEOGRAPH = re.compile("[\u2e81-\u2fff\u3001-\ufffb]")
"""A character, or a mark, that only East Asian text has."""


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
    if _is_foreign(linebox):
        return None
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
    return made.paragraph(linebox, planned)


def _is_foreign(linebox: Any) -> bool:
    """Whether a line box is a text without Han, as most page numbers are."""
    children = linebox.children
    if len(children) != 1 or type(children[0]) is not boxes.TextBox:
        return False
    return IDEOGRAPH.search(children[0].text) is None


class _Gathering:
    """Walks the boxes of one paragraph and collects its characters."""

    def __init__(self, linebox: Any, context: Any, block: Any, shaper: Shaper) -> None:
        self.context, self.block, self.shaper = context, block, shaper
        self.size = linebox.style["font_size"] or 1.0
        self.text = ""
        self.glyphs: list[Glyph] = []
        self.scaled: list[tuple[int, int, float]] = []
        self.before: dict[int, float] = {}
        self.after: dict[int, float] = {}
        self.tracking: dict[int, float] = {}
        self.apart: dict[int, float] = {}
        self.whole: list[tuple[int, int]] = []
        self.joined: list[tuple[int, int]] = []
        self.floats: list[Part] = []
        self.parts: list[Part] = []
        self.styles: list[Any] = []
        self.texts: list[tuple[int, str]] = []
        self.direct = self.level = True
        self.leader = False

    def has_han(self) -> bool:
        return IDEOGRAPH.search(self.text) is not None

    def key(self) -> Any:
        """What the measures of the text depend on."""
        return (
            self.text,
            tuple(self.styles),
            tuple(self.before.items()),
            tuple(self.after.items()),
            tuple(self.joined),
            tuple(self.apart.items()),
        )

    def cast(self) -> Cast:
        sizes = None
        if self.scaled:
            sizes = [1.0] * len(self.text)
            for first, end, scale in self.scaled:
                sizes[first:end] = [scale] * (end - first)
        return Cast(
            self.text,
            self.glyphs,
            sizes,
            self.before,
            self.after,
            self.whole,
            self.joined,
            self.tracking,
            {k: self.apart[k] for k in self.apart if 0 <= k < len(self.text) - 1},
        )

    def paragraph(self, linebox: Any, planned: Planned) -> Paragraph:
        return Paragraph(
            planned,
            self.parts,
            self.block.width,
            tuple(self.texts) if self.direct else texts(linebox),
            tuple(self.floats),
            direct=self.direct,
            level=self.level,
            leader=self.leader,
        )

    def children(self, box: Any, parts: list[Part]) -> None:
        for child in box.children:
            if not child.is_in_normal_flow():
                parts.append(self._out(child))
            elif isinstance(child, boxes.TextBox):
                parts.append(self._text(child))
            elif isinstance(child, boxes.InlineBox):
                parts.append((self._leader if child.is_leader else self._inline)(child))
            elif isinstance(child, boxes.AtomicInlineLevelBox):
                parts.append(self._atom(child))
            else:
                raise Unshaped(f"display: {' '.join(child.style['display'])}")

    def _out(self, box: Any) -> Part:
        self.direct = False
        part = Part(box, "out", len(self.text), len(self.text))
        if box.is_floated():
            self.floats.append(part)
        return part

    def _text(self, box: Any) -> Part:
        text: str = box.text
        look = self.shaper.look(box.style)
        look.settle(box, self.block)
        self.level = self.level and look.level
        self.texts.append((id(box), text))
        first = len(self.text)
        part = Part(box, "text", first, first)
        manner = look.manner
        if manner is None or not text:
            return part
        if text == "\n":
            self._add(text, [Glyph("", 0, NOBODY)], 1.0)
        else:
            look.must_be_plain(text)
            part.manner = manner
            self.styles.append((first, id(manner), look.white_space))
            part.scale = manner.size / self.size
            try:
                glyphs = self.shaper.glyphs(text, manner)
            except Unshaped:
                self.text += text  # so that `has_han` knows of it
                raise
            self._add(text, glyphs, part.scale)
            self._notices(part, look, manner)
        part.end = len(self.text)
        return part

    def _notices(self, part: Part, look: Look, manner: Manner) -> None:
        first, end = part.first, len(self.text)
        if manner.tracking:
            width = manner.tracking * part.scale
            self.tracking.update(dict.fromkeys(range(first, end), width))
        if look.joined:
            self.joined.append((first, end))
        if look.whole:
            self.whole.append((first, end))

    def _add(self, text: str, glyphs: Any, scale: float) -> None:
        first = len(self.text)
        self.text += text
        if scale == 1:
            self.glyphs += glyphs
            return
        self.glyphs += [
            Glyph(glyph.code, glyph.advance * scale, glyph.face) for glyph in glyphs
        ]
        self.scaled.append((first, len(self.text), scale))

    def _inline(self, box: Any) -> Part:
        resolve_percentages(box, self.block)
        for side in ("margin_left", "margin_right"):
            if getattr(box, side) == "auto":
                setattr(box, side, 0)
        style = box.style
        if style["box_decoration_break"] == "clone":
            raise Unshaped("box-decoration-break: clone")
        self.level = self.level and style["vertical_align"] == "baseline"
        part = Part(box, "inline", len(self.text))
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
        box.position_y = 0
        made = leader(self.context, box, self.block, 0, self.shaper)
        self.texts += texts(box)
        self.leader = True
        for each in (box, *box.children):
            self.level = self.level and each.style["vertical_align"] == "baseline"
        self._stand_in(made.margin_width())
        part.end = len(self.text)
        return part

    def _atom(self, box: Any) -> Part:
        resolve_percentages(box, self.block)
        part = Part(box, "atom", len(self.text))
        self.direct = False
        box.position_x = box.position_y = 0
        made = inline.atomic_box(self.context, box, 0, None, self.block, [], [])
        part.left, part.right = max(made.margin_left, 0), max(made.margin_right, 0)
        at, unit = len(self.text), 1000 / self.size
        for place, width in ((at - 1, part.left), (at, part.right)):
            if width:
                self.apart[place] = self.apart.get(place, 0) + width * unit
        self._stand_in(made.margin_width() - part.left - part.right)
        part.end = len(self.text)
        return part

    def _stand_in(self, width: float) -> None:
        self.styles.append((len(self.text), width))
        self._add(ATOM, [Glyph("", width * 1000 / self.size, NOBODY)], 1.0)
