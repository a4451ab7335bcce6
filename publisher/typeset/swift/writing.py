# ruff: noqa: ANN401  (WeasyPrint has no types)
"""Writing the PDF: what is asked for again and again, and what need not be copied."""

from __future__ import annotations

from typing import Any

import pydyf
from weasyprint.pdf import fonts as pdf_fonts

_write = pydyf.PDF.write
_stream_data = pydyf.Stream.data
_dictionary_data = pydyf.Dictionary.data
_references = pydyf.PDF.page_references
_data = pdf_fonts.get_hb_object_data
_init = pdf_fonts.Font.__init__


def references() -> dict[Any, Any]:
    """What stands for what."""
    return {_references: property(page_references)}


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
    return {_init: font_init, (pdf_fonts.Font, "file_content"): content}


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


def _content(font: Any) -> Any:
    held = font.__dict__["file_content"]
    if isinstance(held, _Whole):
        held = font.__dict__["file_content"] = _data(held.face)
    return held


def _set_content(font: Any, content: Any) -> None:
    font.__dict__["file_content"] = content


def once() -> dict[Any, Any]:
    """What stands for what."""
    return {
        _write: write,
        _stream_data: property(stream_data),
        _dictionary_data: property(dictionary_data),
    }


def write(
    pdf: Any,
    output: Any,
    version: Any = b"1.7",
    identifier: Any = False,  # noqa: FBT002  (as it is called)
    compress: Any = False,  # noqa: FBT002
) -> None:
    """Write a file; its objects are final, and the bytes of each are made once.

    They are asked for again to number the file by its content, which takes as long as
    to compress all of it.
    """
    for held in pdf.objects:
        held.__dict__["final"] = held.__dict__.get("done")
    _write(pdf, output, version, identifier, compress)


def stream_data(stream: Any) -> Any:
    """The bytes of a stream, compressed."""
    made = _once(stream, _stream_data)
    if "final" in stream.__dict__:
        stream.stream = []  # nobody asks for it any more
    return made


def dictionary_data(dictionary: Any) -> Any:
    """The bytes of a dictionary."""
    return _once(dictionary, _dictionary_data)


def _once(held: Any, data: Any) -> Any:
    own = held.__dict__
    if "final" not in own:
        return data.fget(held)
    if own["final"] is None:
        own["final"] = data.fget(held)
    return own["final"]
