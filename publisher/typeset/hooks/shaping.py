# ruff: noqa: ANN401  (WeasyPrint has no types)
"""Glyphs and advances from Pango, as WeasyPrint would have it shape the text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from weasyprint.css import AnonymousStyle
from weasyprint.formatting_structure import boxes
from weasyprint.layout.inline import strut
from weasyprint.layout.percent import resolve_percentages
from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.line_break import Layout, line_size

from publisher.typeset.classes import classes
from publisher.typeset.hooks.glyphs import Glyphs, Unshaped, must_be_outlines, runs
from publisher.typeset.metrics import Face, Glyph, lonely, warm

if TYPE_CHECKING:
    from publisher.typeset.hooks.drawing import SetText

FONT = (
    "font_family",
    "font_size",
    "font_style",
    "font_stretch",
    "font_weight",
    "font_kerning",
    "font_variant_ligatures",
    "font_variant_position",
    "font_variant_caps",
    "font_variant_numeric",
    "font_variant_alternates",
    "font_variant_east_asian",
    "font_feature_settings",
    "font_variation_settings",
    "font_language_override",
    "lang",
)
"""What `_font_style_cache_key` (WeasyPrint 70) names, and kerning."""
DEPENDS = (*FONT, "line_height", "letter_spacing")
"""All that a `Manner` depends on, but whether the text is decorated."""
CONTROLS = re.compile("[\n\t\u00ad]")
"""Characters that WeasyPrint breaks a line at, or that stand for more than a glyph."""
PATIENCE = 2
"""The first text of a face is shaped by itself, since it may be the only one."""


@dataclass(slots=True)
class Known:
    """What is known of one face at one size."""

    glyphs: dict[str, Glyph] = field(default_factory=dict)
    """Glyphs of characters that do not depend on their neighbours."""
    heights: dict[object, tuple[float, float]] = field(default_factory=dict)
    """The height of a line and its baseline, for each set of fonts."""
    missed: int = 0
    """Texts that had to be shaped."""


@dataclass(slots=True)
class Manner:
    """What one computed style means for the composer."""

    style: Any
    size: float
    """In CSS pixels."""
    leading: float
    base: float
    """`strut`: the used line-height, and the baseline below its top."""
    known: Known
    plain: bool
    """Whether glyphs may be remembered: no font features are asked for."""
    tracking: float
    """Letter-spacing, in 1/1000 em."""
    untracked: Any
    """The style without it."""
    decorated: bool
    """Whether there are lines under or through it."""
    lasting: bool
    """Whether a layout can be used again: the style marks no stretches of its text."""
    layout: Any = None
    """Pango's, used again for the next text."""


@dataclass(slots=True)
class Look:
    """What the style of text boxes means, looked up once; their other facts."""

    shaper: Shaper
    manner: Manner | None
    """None where the text has no size."""
    reason: str
    """Why it must be set plain, if it must."""
    white_space: str
    joined: bool
    """Whether it may not be broken."""
    whole: bool
    """Whether its marks keep their squares."""
    level: bool
    """Whether it stands on the baseline."""
    used: Mapping[str, Any] | None = None
    """What `resolve_percentages` finds, where it does not depend on the block."""

    def settle(self, box: Any, block: Any) -> None:
        """`resolve_percentages`; a box without an element of its own has none."""
        if self.used is None:
            resolve_percentages(box, block)
        else:
            box.__dict__.update(self.used)

    def must_be_plain(self, text: str) -> None:
        """Make sure that a text can be set from its glyphs.

        Raises:
            Unshaped: its style or a character of it forbids it.
        """
        if self.reason:
            raise Unshaped(self.reason)
        if CONTROLS.search(text):
            raise Unshaped("soft hyphens" if "\u00ad" in text else "control characters")


@dataclass(slots=True)
class Shaper:
    """Shapes the text of one document and remembers what it can.

    The fonts of a face are alive as long as one of the layouts that use them.
    """

    expected: list[tuple[Any, set[str]]] = field(default_factory=list)
    """The styles of the document, and every character that is set in each."""
    faces: dict[int, Face] = field(default_factory=dict)
    kept: list[Any] = field(default_factory=list)
    alike: dict[Any, Manner] = field(default_factory=dict)
    shared: dict[Any, Known] = field(default_factory=dict)
    shaped: dict[tuple[int, str], list[Glyph]] = field(default_factory=dict)
    leaders: dict[Any, Any] = field(default_factory=dict)
    """Laid out leaders, by their styles and text."""

    def look(self, style: Any) -> Look:
        """What a style means; the same object for the same style."""
        found: Look | None = style.__dict__.get("_look")
        if found is None or found.shaper is not self:
            found = style.__dict__["_look"] = self._look(style)
        return found

    def _look(self, style: Any) -> Look:
        reason = ""
        if style["direction"] != "ltr":
            reason = "direction: rtl"
        elif style["word_spacing"]:
            reason = "word-spacing"
        white_space = style["white_space"]
        return Look(
            shaper=self,
            manner=self._manner(style) if style["font_size"] else None,
            reason=reason,
            white_space=white_space,
            joined=white_space in {"nowrap", "pre"},
            whole="full-width" in style["font_variant_east_asian"],
            level=style["vertical_align"] == "baseline",
            used=_used(style),
        )

    def _manner(self, style: Any) -> Manner:
        decorated = style["text_decoration_line"] != "none"
        key = (*map(style.__getitem__, DEPENDS), decorated)
        known = self.alike.get(key)
        if known is not None:
            return known
        made = self.alike[key] = self._made(style, key)
        return made

    def _made(self, style: Any, key: tuple[Any, ...]) -> Manner:
        leading, base = strut(style)
        spacing = style["letter_spacing"]
        size = style["font_size"]
        untracked = style
        if spacing != "normal" and spacing:
            untracked = style.copy()
            untracked["letter_spacing"] = "normal"
        features = ("font_feature_settings", "font_variant_east_asian")
        return Manner(
            style=style,
            size=size,
            leading=leading,
            base=base,
            known=self.shared.setdefault(key[: len(FONT)], Known()),
            plain=all(style[feature] == "normal" for feature in features),
            tracking=0 if spacing == "normal" else spacing * 1000 / size,
            untracked=untracked,
            decorated=style["text_decoration_line"] != "none",
            lasting=style["overflow_wrap"] == "normal",
        )

    def glyphs(self, text: str, manner: Manner) -> Sequence[Glyph]:
        """The glyph of each character.

        Raises:
            Unshaped: colour glyphs, missing ones, raised ones, right to left.
        """
        known = manner.known
        try:
            return list(map(known.glyphs.__getitem__, text))
        except KeyError:
            known.missed += 1
        if known.missed == PATIENCE and manner.plain:
            if todo := warm(sorted(self._expected(manner))):
                self._learn(todo, manner)
            return self.glyphs(text, manner)
        key = (id(manner), text)
        if key not in self.shaped:
            self.shaped[key] = self._shape(text, manner)
        return self.shaped[key]

    def expect(self, root: Any) -> None:
        """Take note of the characters in all boxes of a document, style by style."""
        held: dict[int, tuple[Any, set[str]]] = {}
        for box in root.descendants():
            if isinstance(box, boxes.TextBox):
                found = held.setdefault(id(box.style), (box.style, set()))
                found[1].update(box.text)
        self.expected = list(held.values())

    def _expected(self, manner: Manner) -> set[str]:
        """The characters of a document that may be of the face and size of a manner."""
        asked = _face(manner.style)
        return set().union(
            *(held for style, held in self.expected if _face(style) == asked)
        )

    def _learn(self, text: str, manner: Manner) -> None:
        try:
            self._shape(text, manner)
        except Unshaped:  # then each text is shaped by itself
            return

    def _shape(self, text: str, manner: Manner) -> list[Glyph]:
        layout = manner.layout or Layout(manner.untracked)
        layout.set_text(text)
        line, _ = layout.get_first_line()
        made = Glyphs(text, 1000 * FROM_UNITS / manner.size)
        held = len(self.kept)
        for run in runs(line):
            face, is_new = self._face(run.item.analysis.font)
            if is_new:
                self.kept.append(layout.layout)
            made.add(run, face)
        manner.layout = layout if manner.lasting and len(self.kept) == held else None
        out = made.finish()
        self._remember(text, out, manner)
        return out

    def _face(self, font: Any) -> tuple[Face, bool]:
        key = int(ffi.cast("uintptr_t", font))
        known = self.faces.get(key)
        if known is not None:
            return known, False
        must_be_outlines(font)
        made = self.faces[key] = Face(font)
        return made, True

    def _remember(self, text: str, glyphs: Sequence[Glyph], manner: Manner) -> None:
        if not manner.plain:
            return
        known = manner.known.glyphs
        kinds = classes(text)
        company = set(kinds)
        for char, kind, glyph in zip(text, kinds, glyphs, strict=True):
            if (
                char not in known
                and len(glyph.code) == 4
                and lonely(char, kind, company)
                and glyph.face.spoken.get(int(glyph.code, 16)) == char
            ):
                known[char] = glyph

    def height(self, manner: Manner, text: SetText) -> tuple[float, float]:
        """The height of a piece of a line and its baseline, in CSS pixels."""
        sorts = text.sorts
        key: object = id(sorts.faces[text.first])
        if not sorts.one_face:
            faces = sorts.faces[text.first : text.last + 1]
            if faces.count(faces[0]) != len(faces):
                key = frozenset(map(id, faces))
        found = manner.known.heights.get(key)
        if found is None:
            layout = Layout(manner.style)
            layout.set_text(text.text)
            line, _ = layout.get_first_line()
            _, height = line_size(line, manner.style)
            baseline = pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS
            layout.deactivate()
            found = manner.known.heights[key] = (height, baseline)
        return found


def _face(style: Any) -> tuple[Any, ...]:
    """What mostly tells a style's face and size from others."""
    return style["font_size"], style["font_weight"], style["font_family"]


def _used(style: Any) -> Mapping[str, Any] | None:
    """The used values of an anonymous style: all are initial, none is a percentage."""
    if not isinstance(style, AnonymousStyle) or style["border_collapse"] == "collapse":
        return None
    probe = boxes.TextBox.__new__(boxes.TextBox)
    probe.style = style
    resolve_percentages(probe, (0, 0))
    return {name: value for name, value in vars(probe).items() if name != "style"}
