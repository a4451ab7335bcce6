# ruff: noqa: ANN401  (pikepdf has one type for all objects)
"""The text of a PDF as three programs read it, and as its structure has it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2


def pages(path: Path, way: str) -> list[str]:
    """The text of each page: ``layout`` and ``raw`` of pdftotext, or ``pdfium``."""
    if way == "pdfium":
        with pypdfium2.PdfDocument(path) as pdf:
            return [page.get_textpage().get_text_bounded() for page in pdf]
    options = ["-raw"] if way == "raw" else []
    run = subprocess.run(
        ["pdftotext", "-enc", "UTF-8", *options, str(path), "-"],
        capture_output=True,
        check=True,
        text=True,
    )
    return run.stdout.split("\f")[:-1]


def structure(path: Path) -> list[tuple[str, ...]]:
    """For each block of the document, the types of elements in it.

    How many there are of one type depends on how many lines there are: each line of a
    span has an element of its own.
    """
    with pikepdf.open(path) as pdf:
        document = pdf.Root.StructTreeRoot.K[0]
        return [tuple(dict.fromkeys(_types(kid, 1))) for kid in document.K]


def _types(element: Any, depth: int) -> Iterator[str]:
    if isinstance(element, pikepdf.Dictionary) and "/S" in element:
        yield f"{depth}{element.S}"
        for kid in element.K if isinstance(element.K, pikepdf.Array) else [element.K]:
            yield from _types(kid, depth + 1)


def links(path: Path) -> list[str]:
    """Where links lead, in order, once each."""
    with pikepdf.open(path) as pdf:
        found = [
            str(note.Dest if "/Dest" in note else note.A.URI)
            for page in pdf.pages
            for note in _annotations(page)
            if note.Subtype == "/Link"
        ]
    return [target for target, _ in groupby(found)]


def _annotations(page: Any) -> Any:
    return page.Annots if "/Annots" in page else ()
