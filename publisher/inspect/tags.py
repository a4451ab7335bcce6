"""Which characters of a page are one paragraph, or a table's: what its tags say."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any, TypeAlias

CELLS = frozenset({"TD", "TH"})
BLOCKS = frozenset({"P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "Caption", "LBody"})
"""What holds the lines of one paragraph, in elements of its own or not."""
Held: TypeAlias = tuple[int, int]
"""A cell and a block by their numbers from 1; 0: in none."""
DEEP = 200
"""Elements within elements; a file that has more is broken, or means harm."""


def held(page: Any) -> dict[int, Held]:  # noqa: ANN401
    """The cell and the block that each marked content of a page stands in."""
    from pypdfium2 import raw

    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return {}
    try:
        return dict(_held(tree))
    finally:
        raw.FPDF_StructTree_Close(tree)


def _held(tree: Any) -> Iterator[tuple[int, Held]]:  # noqa: ANN401
    from pypdfium2 import raw

    number = 0
    waiting = [
        (raw.FPDF_StructTree_GetChildAtIndex(tree, at), (0, 0), 0)
        for at in range(raw.FPDF_StructTree_CountChildren(tree))
    ]
    while waiting:
        element, (cell, block), depth = waiting.pop()
        if not element or depth > DEEP:
            continue
        number += 1
        kind = _type(element)
        cell = number if kind in CELLS else cell
        block = number if kind in BLOCKS else block
        for at in range(raw.FPDF_StructElement_CountChildren(element)):
            content = raw.FPDF_StructElement_GetChildMarkedContentID(element, at)
            if content < 0:
                child = raw.FPDF_StructElement_GetChildAtIndex(element, at)
                waiting.append((child, (cell, block), depth + 1))
            elif cell or block:
                yield content, (cell, block)


def _type(element: Any) -> str:  # noqa: ANN401
    from pypdfium2 import raw

    size = raw.FPDF_StructElement_GetType(element, None, 0)
    buffer = ctypes.create_string_buffer(max(size, 2))
    raw.FPDF_StructElement_GetType(element, buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")
