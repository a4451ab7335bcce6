"""What a PDF claims to be, from its XMP metadata: the one door to pikepdf."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO

_UA = "http://www.aiim.org/pdfua/ns/id/"
_A = "http://www.aiim.org/pdfa/ns/id/"


def variants(data: bytes) -> tuple[tuple[str, ...], bool]:
    """PDF/UA-1, PDF/A-3b …, and whether the file is encrypted.

    A file whose metadata cannot be read claims nothing.
    """
    from pikepdf import Pdf, PdfError

    with suppress(PdfError), Pdf.open(BytesIO(data)) as pdf:
        encrypted = pdf.is_encrypted
        with suppress(PdfError, ValueError, TypeError, SyntaxError):
            return tuple(_claimed(pdf.open_metadata())), encrypted
        return (), encrypted
    return (), False


def _claimed(found: object) -> Iterator[str]:
    get = found.get  # type: ignore[attr-defined]  # a mapping of XMP's names
    if part := get(f"{{{_UA}}}part"):
        yield f"PDF/UA-{part}"
    if part := get(f"{{{_A}}}part"):
        yield f"PDF/A-{part}{str(get(f'{{{_A}}}conformance') or '').lower()}"
