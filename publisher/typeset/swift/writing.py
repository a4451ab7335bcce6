# ruff: noqa: ANN401  (WeasyPrint has no types)
"""Writing the PDF: what is asked for again and again, and what need not be copied."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pydyf
from weasyprint.matrix import Matrix
from weasyprint.pdf import fonts as pdf_fonts

from publisher.inputs import unrecorded

_object = pydyf.Object.__init__
_reference = pydyf.Object.reference
_references = pydyf.PDF.page_references
_data = pdf_fonts.get_hb_object_data
_init = pdf_fonts.Font.__init__
_subset = pdf_fonts.Font.subset
_dictionary = pdf_fonts.build_fonts_dictionary
FILES = (".ttf", ".otf", ".ttc", ".otc")


def references() -> dict[Any, Any]:
    """What stands for what."""
    return {
        _references: property(page_references),
        Matrix.transform_point: transform_point,
    }


def transform_point(matrix: Any, x: float, y: float) -> list[float]:
    """Where a point comes to stand: each anchor and each corner of a link has one.

    The same sums as those of two matrices, in the same order.
    """
    (a, b, _), (c, d, _), (e, f, _) = matrix
    return [0 + x * a + y * c + e, 0 + x * b + y * d + f]


def page_references(pdf: Any) -> Any:
    """References to all pages: asked for once for each tag."""
    kids = pdf.pages["Kids"]
    known = pdf.__dict__.get("known_references")
    if known is None or known[0] != len(kids):
        known = len(kids), _references.fget(pdf)
        pdf.__dict__["known_references"] = known
    return known[1]


def fonts() -> dict[Any, Any]:
    """What stands for what."""
    content = property(_content, _set_content)
    return {
        _init: font_init,
        (pdf_fonts.Font, "file_content"): content,
        _dictionary: build_fonts_dictionary,
        _subset: subset,
    }


class _Whole:
    """Stands for the bytes of a font file: 26 MB, which nobody asks for mostly."""

    def __init__(self, face: Any) -> None:
        self.face = face


def font_init(font: Any, pango_font: Any, description: Any, font_size: Any) -> None:
    """Make a font without a copy of its whole file."""
    pdf_fonts.get_hb_object_data = _Whole
    try:
        _init(font, pango_font, description, font_size)
    finally:
        pdf_fonts.get_hb_object_data = _data


def build_fonts_dictionary(
    pdf: Any, fonts: Any, compress: Any, subset: Any, options: Any
) -> Any:
    """Take the fonts in, which needs much room for a while: make some before."""
    give_back()
    return _dictionary(pdf, fonts, compress, subset, options)


def subset(self: Any, to_unicode: Any, hinting: Any) -> None:
    """Reduce a font to its glyphs, and give back what that needed."""
    _subset(self, to_unicode, hinting)
    give_back()


def give_back() -> None:
    """Give back memory to the system that is not in use.

    That is what was freed, much of it by HarfBuzz; only glibc knows how
    (``malloc_trim``). And it is all that was read of font files, which are mapped, and
    read again where they are asked for (``madvise``, of Linux): 33 MB of a book's 210.
    """
    with suppress(OSError, AttributeError, ImportError, ValueError):
        from mmap import MADV_DONTNEED

        system = ctypes.CDLL(None)
        system.malloc_trim(0)
        for begin, end in _mapped():
            place, size = ctypes.c_void_p(begin), ctypes.c_size_t(end - begin)
            system.madvise(place, size, MADV_DONTNEED)


def _mapped() -> Iterator[tuple[int, int]]:
    """Where font files are mapped that can only be read."""
    with unrecorded():
        maps = Path("/proc/self/maps").read_text("utf-8", "replace")
    for line in maps.splitlines():
        place, rights, *_, name = line.split(maxsplit=5)
        if rights.startswith("r--") and name.lower().endswith(FILES):
            begin, _, end = place.partition("-")
            yield int(begin, 16), int(end, 16)


def _content(font: Any) -> Any:
    held = font.__dict__["file_content"]
    if isinstance(held, _Whole):
        held = font.__dict__["file_content"] = _data(held.face)
    return held


def _set_content(font: Any, content: Any) -> None:
    font.__dict__["file_content"] = content


def objects() -> dict[Any, Any]:
    """What stands for what."""
    usual = {"number": None, "offset": 0, "generation": 0, "free": "n"}
    at = {(pydyf.Object, name): value for name, value in usual.items()}
    return {_object: object_init, _reference: property(reference), **at}


def object_init(_: Any) -> None:
    """Most objects stand inside others: no number, and no room to keep one in."""


def reference(made: Any) -> bytes:
    """What others name an object with."""
    return b"%d %d R" % (made.number, made.generation)
