# ruff: noqa: ANN401  (WeasyPrint has no types)
"""Writing the PDF: what is asked for again and again, and what need not be copied."""

from __future__ import annotations

import ctypes
from contextlib import suppress
from typing import Any

import pydyf
from weasyprint.matrix import Matrix
from weasyprint.pdf import fonts as pdf_fonts

_object = pydyf.Object.__init__
_reference = pydyf.Object.reference
_references = pydyf.PDF.page_references
_data = pdf_fonts.get_hb_object_data
_init = pdf_fonts.Font.__init__
_dictionary = pdf_fonts.build_fonts_dictionary


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
    """Take the fonts in, and give back what HarfBuzz needed to make them small.

    9 MB that the tags can have next; only glibc knows how (``malloc_trim``).
    """
    made = _dictionary(pdf, fonts, compress, subset, options)
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
    return made


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
