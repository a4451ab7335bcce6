"""Characters of a PDF where they are drawn, through PDFium: the one door to it."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeAlias
from unicodedata import east_asian_width

from publisher.diagnostics import Problem, Words
from publisher.inspect.facts import Box, Font, Glyph, Page
from publisher.inspect.lines import lines
from publisher.inspect.tags import Held, held

Document: TypeAlias = Any
"""A document of PDFium, which has no types."""

_ENCRYPTED = Words(
    "{path} 加了密，要口令才能打开", "{path} is encrypted and wants a password"
)
_PASSWORD = Words("先用 qpdf --decrypt 去掉口令", "take it off with qpdf --decrypt")
_NO_PDF = Words("{path} 不是 PDF，或已损坏", "{path} is no PDF, or is broken")
_NO_PAGE = Words("{path} 第 {number} 页读不出", "page {number} of {path} is broken")
BOXES = ("media", "crop", "bleed", "trim", "art")


@contextmanager
def opened(path: Path, data: bytes) -> Iterator[Document]:
    """A document, closed at the end.

    Raises:
        Problem: 3, it is encrypted, or no PDF at all.
    """
    from pypdfium2 import PdfDocument, PdfiumError
    from pypdfium2.raw import FPDF_ERR_PASSWORD

    try:
        document = PdfDocument(data)
    except PdfiumError as error:
        if getattr(error, "err_code", 0) == FPDF_ERR_PASSWORD:
            words = _ENCRYPTED.fill(path=path)
            raise Problem(3, words, _PASSWORD, str(path)) from None
        raise Problem(3, _NO_PDF.fill(path=path), place=str(path)) from None
    try:
        yield document
    finally:
        document.close()


def pages(path: Path, document: Document) -> tuple[tuple[Page, ...], tuple[Font, ...]]:
    """All pages, and the fonts that their lines name by number.

    Raises:
        Problem: 4, a page cannot be read.
    """
    from pypdfium2 import PdfiumError

    known = _Fonts()
    out = []
    for index in range(len(document)):
        try:
            out.append(_page(document, index, known))
        except PdfiumError:
            words = _NO_PAGE.fill(path=path, number=index + 1)
            raise Problem(4, words, place=str(path)) from None
    return tuple(out), tuple(known.fonts)


def _page(document: Document, index: int, known: _Fonts) -> Page:
    page = document[index]
    text = page.get_textpage()
    known.turn()
    try:
        boxes = {name: box for name in BOXES if (box := _box(page, name))}
        top, left = page.get_mediabox()[3], page.get_mediabox()[0]
        drawn = lines(_glyphs(text, (left, top), known, held(page)))
        label = document.get_page_label(index) or str(index + 1)
        return Page(index + 1, label, page.get_rotation(), boxes, drawn)
    finally:
        text.close()
        page.close()


def _box(page: Any, name: str) -> Box | None:  # noqa: ANN401
    media = name == "media"  # which a page always has, if only by default
    box = getattr(page, f"get_{name}box")(fallback_ok=media)
    if box is None:
        return None
    left, bottom, right, top = (round(side, 3) for side in box)
    return left, bottom, right, top


def _glyphs(
    text: Any,  # noqa: ANN401
    corner: tuple[float, float],
    known: _Fonts,
    tagged: Mapping[int, Held],
) -> Iterator[Glyph]:
    from pypdfium2 import raw

    left, top = corner
    x, y = ctypes.c_double(), ctypes.c_double()
    loose, matrix = raw.FS_RECTF(), raw.FS_MATRIX()
    for at, char in _characters(text):
        if not raw.FPDFText_GetCharOrigin(text, at, x, y):
            continue
        raw.FPDFText_GetLooseCharBox(text, at, loose)
        raw.FPDFText_GetMatrix(text, at, matrix)
        angle = math.degrees(math.atan2(matrix.b, matrix.a))
        scale = math.hypot(matrix.c, matrix.d) or 1.0
        size = round(raw.FPDFText_GetFontSize(text, at) * scale, 2)
        drawn = raw.FPDFText_GetTextObject(text, at)
        font = known.number(drawn)
        marked = raw.FPDFPageObj_GetMarkedContentID(drawn) if tagged else -1
        cell, block = tagged.get(marked, (0, 0))
        place, down = x.value - left, top - y.value
        if abs(angle) < 0.1:
            width = _advance(char, loose.right - x.value, size)
            end = place + width
            yield Glyph(char, place, end, down, size, font, cell=cell, block=block)
        else:
            yield _turned(Glyph(char, place, place + size, down, size, font), angle)


def _advance(char: str, loose: float, size: float) -> float:
    """The advance width (pt) of a character.

    PDFium tells that, or the reach of the ink where that is more, as it is by a hair
    in 以 or 办. A full-width character is never wider than its em; a Latin letter
    with such ink stays as told.
    """
    return min(loose, size) if east_asian_width(char) in "WF" else loose


def _turned(glyph: Glyph, angle: float) -> Glyph:
    """A glyph of text at an angle, measured along and across its direction."""
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    along = glyph.x * cos - glyph.y * sin
    across = glyph.x * sin + glyph.y * cos
    size = glyph.size
    angle = round(angle, 1)
    return Glyph(glyph.text, along, along + size, across, size, glyph.font, angle)


def _characters(text: Any) -> Iterator[tuple[int, str]]:  # noqa: ANN401
    """Where each character stands in PDFium's list, without those that it made up."""
    from pypdfium2 import raw

    high = 0
    for at in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, at)
        if code == 0 or raw.FPDFText_IsGenerated(text, at) == 1:
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
        elif 0xDC00 <= code < 0xE000:
            if high:
                yield at, chr(0x10000 + ((high - 0xD800) << 10) + code - 0xDC00)
            high = 0
        else:
            yield at, chr(code)


class _Fonts:
    """Fonts by number, in the order in which they are met."""

    def __init__(self) -> None:
        self.fonts: list[Font] = []
        self._numbers: dict[int, int] = {}

    def turn(self) -> None:
        """Another page: PDFium may have put other fonts where the old ones were."""
        self._numbers.clear()

    def number(self, drawn: Any) -> int:  # noqa: ANN401
        """The number of the font of a text object of PDFium; -1 without one."""
        from pypdfium2 import raw

        held = raw.FPDFTextObj_GetFont(drawn) if drawn else None
        if not held:
            return -1
        address = ctypes.addressof(held.contents)
        if address not in self._numbers:
            font = Font(_name(held), raw.FPDFFont_GetIsEmbedded(held) == 1)
            if font not in self.fonts:
                self.fonts.append(font)
            self._numbers[address] = self.fonts.index(font)
        return self._numbers[address]


def _name(held: Any) -> str:  # noqa: ANN401
    from pypdfium2 import raw

    size = raw.FPDFFont_GetBaseFontName(held, None, 0)
    buffer = ctypes.create_string_buffer(max(size, 1))
    raw.FPDFFont_GetBaseFontName(held, buffer, size)
    name = buffer.value.decode("utf-8", "replace")
    prefix, plus, rest = name.partition("+")
    return rest if plus and len(prefix) == 6 and prefix.isupper() else name


def described(document: Document) -> tuple[str, bool, str, dict[str, str]]:
    """Version, whether it is tagged, language, and title, author, producer."""
    from pypdfium2 import raw

    found = document.get_metadata_dict()
    size = raw.FPDFCatalog_GetLanguage(document, None, 0)
    language = ""
    if size > 2:
        buffer = ctypes.create_string_buffer(size)
        raw.FPDFCatalog_GetLanguage(
            document, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size
        )
        with suppress(UnicodeDecodeError):
            language = buffer.raw[: size - 2].decode("utf-16-le")
    version = document.get_version() or 0
    said = f"{version // 10}.{version % 10}" if version else ""
    return said, bool(document.is_tagged()), language, found
