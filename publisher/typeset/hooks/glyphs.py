# ruff: noqa: ANN401  (WeasyPrint has no types)
"""The glyphs that Pango chose for a text, read from its runs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from weasyprint.text.ffi import ffi, harfbuzz, pango

from publisher.typeset.metrics import Face, Glyph

EMPTY = 0x0FFFFFFF
UNKNOWN = 0x10000000
"""Pango's glyph for nothing, and its flag on a character that no face has."""
GLYPH_INFO = 20
"""Bytes of a PangoGlyphInfo: glyph, width, x and y offset, attributes."""


class Unshaped(Exception):  # noqa: N818  (a reason, not an error)
    """This text cannot be set from its glyphs; ``args[0]`` is the reason."""


def runs(line: Any) -> Iterable[Any]:
    """The runs of a line of Pango's: each has one font and one direction."""
    run = line.runs[0] if line.runs != ffi.NULL else ffi.NULL
    while run != ffi.NULL:
        yield run.data
        run = run.next


def must_be_outlines(font: Any) -> None:
    """Make sure that a font is none of colours or pixels: WeasyPrint draws those.

    Raises:
        Unshaped: it is one.
    """
    from weasyprint.text.fonts import get_pango_font_hb_face

    face = get_pango_font_hb_face(font)
    colour = harfbuzz.hb_ot_color_has_png(face) or harfbuzz.hb_ot_color_has_svg(face)
    if harfbuzz.hb_version_atleast(7, 0, 0):
        colour = colour or harfbuzz.hb_ot_color_has_paint(face)
        colour = colour or harfbuzz.hb_ot_color_has_layers(face)
    if colour:
        raise Unshaped("colour glyphs")


class Glyphs:
    """Collects the glyphs of one text, run by run."""

    def __init__(self, text: str, unit: float) -> None:
        """Nothing is read yet; ``unit`` is one of Pango's, in 1/1000 em."""
        self.text, self.unit = text, unit
        self.starts: dict[int, int] = {}
        at = 0
        for k, char in enumerate(text):
            self.starts[at] = k
            at += len(char.encode())
        self.codes = [""] * len(text)
        self.advances = [0.0] * len(text)
        self.ids: list[tuple[int, ...]] = [()] * len(text)
        self.faces: list[Face | None] = [None] * len(text)
        self.ink, self.logical = (
            ffi.new("PangoRectangle *"),
            ffi.new("PangoRectangle *"),
        )

    def add(self, run: Any, face: Face) -> None:
        """Take in one run of Pango's.

        Raises:
            Unshaped: it has no glyph, a raised one, or runs from right to left.
        """
        if run.item.analysis.level % 2:
            raise Unshaped("right to left")
        count, offset = run.glyphs.num_glyphs, run.item.offset
        held = ffi.buffer(run.glyphs.glyphs, count * GLYPH_INFO)
        numbers = memoryview(held).cast("i").tolist()
        log = ffi.buffer(run.glyphs.log_clusters, count * 4)
        clusters = memoryview(log).cast("i").tolist()
        clusters.append(run.item.length)
        starts, spoken, length = self.starts, face.spoken, len(self.text)
        glyphs = zip(*(numbers[field::5] for field in range(4)), strict=True)
        for i, (glyph, width, right, up) in enumerate(glyphs):
            if glyph < 0 or glyph & UNKNOWN or glyph == EMPTY or up:
                raise Unshaped("no glyph" if not up else "raised glyphs")
            k = starts[offset + clusters[i]]
            self._glyph(k, face, glyph, width * self.unit, right * self.unit)
            if not spoken.get(glyph):
                end = starts.get(offset + clusters[i + 1], length)
                spoken[glyph] = self.text[k:end]

    def _glyph(
        self, k: int, face: Face, glyph: int, width: float, right: float
    ) -> None:
        own = face.widths.get(glyph)
        if own is None:
            own = face.widths[glyph] = self._width(face.pointer, glyph)
        code = f"{glyph:04x}"
        if right:
            code = f">{-right:.1f}<{code}"
        kern = own + right - width
        if abs(kern) > 0.5:
            code += f">{kern:.1f}<"
        else:
            width = own + right
        self.faces[k] = face
        self.codes[k] += code
        self.advances[k] += width
        self.ids[k] += (glyph,)

    def _width(self, font: Any, glyph: int) -> int:
        """As `draw_first_line` (WeasyPrint 70) writes it into the PDF."""
        pango.pango_font_get_glyph_extents(font, glyph, self.ink, self.logical)
        width: float = self.logical.width * self.unit
        return round(width)

    def finish(self) -> list[Glyph]:
        """The glyph of each character; those inside a ligature have an empty one.

        Raises:
            Unshaped: there is none at all.
        """
        out = []
        face = next((face for face in self.faces if face), None)
        if face is None:
            raise Unshaped("no glyph")
        for k, code in enumerate(self.codes):
            face = self.faces[k] or face
            if code and code not in face.glyphs:
                face.glyphs[code] = self.ids[k]
            out.append(Glyph(code, self.advances[k], face))
        return out
