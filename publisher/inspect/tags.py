"""Which characters of a page stand in a table: what the tags of the file say."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

CELLS = frozenset({"TD", "TH"})
DEEP = 200
"""Elements within elements; a file that has more is broken, or means harm."""


def cells(page: Any) -> dict[int, int]:  # noqa: ANN401
    """The cell of each marked content of a page, by numbers from 1; of tables only."""
    from pypdfium2 import raw

    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return {}
    try:
        return dict(_held(tree))
    finally:
        raw.FPDF_StructTree_Close(tree)


def _held(tree: Any) -> Iterator[tuple[int, int]]:  # noqa: ANN401
    from pypdfium2 import raw

    number = 0
    waiting = [
        (raw.FPDF_StructTree_GetChildAtIndex(tree, at), 0, 0)
        for at in range(raw.FPDF_StructTree_CountChildren(tree))
    ]
    while waiting:
        element, cell, depth = waiting.pop()
        if not element or depth > DEEP:
            continue
        if _type(element) in CELLS:
            cell = number = number + 1
        for at in range(raw.FPDF_StructElement_CountChildren(element)):
            content = raw.FPDF_StructElement_GetChildMarkedContentID(element, at)
            if content < 0:
                child = raw.FPDF_StructElement_GetChildAtIndex(element, at)
                waiting.append((child, cell, depth + 1))
            elif cell:
                yield content, cell


def _type(element: Any) -> str:  # noqa: ANN401
    from pypdfium2 import raw

    size = raw.FPDF_StructElement_GetType(element, None, 0)
    buffer = ctypes.create_string_buffer(max(size, 2))
    raw.FPDF_StructElement_GetType(element, buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")
