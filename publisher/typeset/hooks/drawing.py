# ruff: noqa: ANN401  (WeasyPrint has no types)
"""Text that is set already: drawn from its glyphs, without shaping it again."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.text.line_break import Layout

from publisher.typeset.adjust import Fitted, whole
from publisher.typeset.breaks import Line
from publisher.typeset.hooks.shaping import Manner
from publisher.typeset.metrics import Face, Glyph
from publisher.typeset.sorts import Sorts

SIDES = ("top", "right", "bottom", "left")


class SetText(Layout):  # type: ignore[misc]  # the library has no types
    """Stands where a text box has its Pango layout.

    ``first`` … ``last`` are characters of the paragraph, ``scale`` the size of the text
    in ems of the paragraph.
    """

    first_line_direction = 0
    max_width = None
    justification_spacing = 0

    def __init__(  # noqa: PLR0913  (what drawing needs, and no more)
        self,
        sorts: Sorts,
        fitted: Fitted,
        first: int,
        last: int,
        manner: Manner,
        scale: float,
    ) -> None:
        self.sorts, self.fitted = sorts, fitted
        self.first, self.last = first, last
        self.manner, self.scale = manner, scale
        self.text = sorts.text[first : last + 1]
        self.decorated = manner.decorated
        if self.decorated:
            self._decorate(manner.style)

    def _decorate(self, style: Any) -> None:
        real = Layout(style)
        for name in (
            "ascent",
            "underline_position",
            "strikethrough_position",
            "underline_thickness",
            "strikethrough_thickness",
        ):
            setattr(self, name, getattr(real, name))

    def deactivate(self) -> None:
        """Nothing of Pango's is held."""

    def reactivate(self, style: Any) -> None:
        """Nothing is shaped again."""


def natural(text: str, glyphs: Sequence[Glyph], manner: Manner) -> SetText:
    """Text as its face sets it, no glyph moved."""
    codes, _, faces = zip(*glyphs, strict=True)
    one_face = faces.count(faces[0]) == len(faces)
    none: tuple[Any, ...] = ()
    sorts = Sorts(
        text=text,
        classes="",
        codes=codes,
        faces=faces,
        starts=[],
        ends=[],
        blanks={},
        shifts={},
        costs=none,
        events=[],
        places=none,
        one_face=one_face,
        spaced=False,
    )
    last = len(text) - 1
    fitted = Fitted(Line(0, last, last + 1), 0.0, 0.0, none, none)
    return SetText(sorts, fitted, 0, last, manner, 1.0)


def line(stream: Any, box: Any) -> bool:
    """`draw_inline_level` (WeasyPrint 70) for a tagged line of nothing but `SetText`.

    Gives False, and draws nothing, where there is more to draw.
    """
    if stream._tags is None or box.text_overflow == "ellipsis":  # noqa: SLF001
        return False
    texts: list[Any] = []
    if box.block_ellipsis != "none" or not _bare(box, texts):
        return False
    for each in texts:
        _marked(stream, each)
    return True


def _bare(box: Any, texts: list[Any]) -> bool:
    """Whether a box and all in it are only their texts, which are collected."""
    if (box.background is not None and box.background.layers) or _bordered(box.style):
        return False
    for child in box.children:
        if type(child) is boxes.TextBox:
            text = child.pango_layout
            if type(text) is not SetText or text.decorated:
                return False
            texts.append(child)
        elif type(child) is not boxes.InlineBox or not _bare(child, texts):
            return False
    return True


def _bordered(style: Any) -> bool:
    """Whether a style may draw something at the edges of a box."""
    found: bool | None = style.__dict__.get("_bordered")
    if found is None:
        found = style.__dict__["_bordered"] = (
            any(style[f"border_{side}_width"] for side in SIDES)
            or style["border_image_source"][0] != "none"
            or style["mask_border_source"][0] != "none"
        )
    return found


def _marked(stream: Any, box: Any) -> None:
    """`Stream.marked` (WeasyPrint 70) around `show`."""
    tags, out = stream._tags, stream.stream  # noqa: SLF001
    mcid = len(tags)
    tags[box] = {"tag": "Span", "mcid": mcid}
    out.append(b"/Span\n<</MCID %d>>\nBDC" % mcid)
    show(stream, box)
    out.append(b"EMC")


def show(stream: Any, box: Any) -> None:
    """`draw_text` (WeasyPrint 70) for a box that holds a `SetText` without lines."""
    style = box.style
    if style["visibility"] != "visible":
        return
    ink = style.__dict__.get("_ink") or _ink(style)
    if (stream._current_alpha, stream._current_color) != ink:  # noqa: SLF001
        stream.set_color(style["color"])
    stream.begin_text()
    if box.text.strip():
        draw(stream, box.pango_layout, box.position_x, box.position_y + box.baseline)
    stream.end_text()


def _ink(style: Any) -> tuple[str, tuple[Any, ...]]:
    """What `Stream.set_color` (WeasyPrint 70) remembers of a style's colour."""
    colour = style["color"]
    *channels, alpha = colour
    made = style.__dict__["_ink"] = f"a{alpha}", (colour.space, *channels)
    return made


def draw(stream: Any, text: SetText, x: float, y: float) -> None:
    """Show the glyphs of a text at a point."""
    sorts, scale = text.sorts, text.scale
    size = text.manner.size
    out = f"1 0 0 -1 {_number(x)} {_number(y)} Tm"
    each = text.fitted.each / scale * size / 1000
    if each:
        out += f"\n{each:.5f} Tc"
    moves = _moves(text)
    lead = sorts.shifts.get(text.first, 0) / scale
    at = text.first
    while at <= text.last:
        face = sorts.faces[at]
        end = _run(sorts, at, text.last)
        used = _font(stream, face, sorts.codes[at:end]).hash, size
        if used != stream._current_font:  # noqa: SLF001
            stream._current_font = used  # noqa: SLF001
            out += f"\n/{used[0]} {_number(size)} Tf"
        out += f"\n[{_string(sorts.codes, at, end, moves, lead)}] TJ"
        lead = 0
        at = end
    if each:
        out += "\n0 Tc"
    stream.stream.append(out.encode("ascii"))


def _number(value: float) -> str:
    """As `pydyf._to_bytes` (0.13) writes it."""
    if value == int(value):
        return str(int(value))
    return f"{value:f}".rstrip("0")


def _moves(text: SetText) -> list[tuple[int, int]]:
    moves, line = text.fitted.moves, text.fitted.line
    if not moves:
        return []
    if text.first == line.first and text.last == line.last:
        return whole(moves, text.scale)
    low = bisect_left(moves, (text.first, float("-inf")))
    high = bisect_left(moves, (text.last, float("-inf")))
    return whole(moves[low:high], text.scale)


def _run(sorts: Sorts, at: int, last: int) -> int:
    if sorts.one_face:
        return last + 1
    face = sorts.faces[at]
    at += 1
    while at <= last and sorts.faces[at] is face:
        at += 1
    return at


def _string(
    codes: Any, at: int, end: int, moves: list[tuple[int, int]], lead: float
) -> str:
    """Glyphs and moves of ``at`` … ``end``; moves that are used up are taken away."""
    out = f"{round(lead, 1):g}<" if lead else "<"
    while moves and moves[0][0] < end:
        k, move = moves.pop(0)
        out += "".join(codes[at : k + 1]) + f">{move}<"
        at = k + 1
    out += "".join(codes[at:end]) + ">"
    return out.replace("<>", " ")


def _font(stream: Any, face: Face, codes: Sequence[str]) -> Any:
    """The PDF's font for a face, with these glyphs entered into it."""
    fonts = stream._fonts  # noqa: SLF001
    if face.pdf is None or face.pdf[0] is not fonts:
        font, _ = stream.add_font(face.pointer)
        face.pdf = (fonts, font, set())
    _, font, entered = face.pdf
    if not entered.issuperset(codes):
        for code in codes:  # in their order: the same bytes each time
            if code not in entered:
                entered.add(code)
                for glyph in face.glyphs.get(code, ()):
                    font.widths[glyph] = face.widths[glyph]
                    font.to_unicode.setdefault(glyph, face.spoken[glyph])
    return font
