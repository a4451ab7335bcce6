"""How large a picture is, from the first bytes of its file, for those that print.

PNG, JPEG, GIF and SVG. Nothing is decoded; a file that is none of these, or broken, or
larger than a page could ever need, has no size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from publisher.patterns import pattern

MOST = 100_000_000
"""Pixels of the largest picture that is printed."""
PNG, GIF, JPEG = b"\x89PNG\r\n\x1a\n", (b"GIF87a", b"GIF89a"), b"\xff\xd8"
SVG = pattern(rb"<svg\b[^>]*>", re.DOTALL)
BOX = pattern(rb"\bviewBox\s*=\s*[\"'][-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)")
SIDE = rb"\b%s\s*=\s*[\"']([\d.]+)(?:px)?[\"']"
WIDTH, HEIGHT = re.compile(SIDE % b"width"), re.compile(SIDE % b"height")
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of a JPEG that begin a frame (ITU-T T.81 table B.1)."""


def size(data: bytes) -> tuple[float, float] | None:
    """Width and height in pixels."""
    found = _png(data) or _gif(data) or _jpeg(data) or _svg(data)
    if found is None or min(found) <= 0 or found[0] * found[1] > MOST:
        return None
    return found


def _png(data: bytes) -> tuple[float, float] | None:
    if not data.startswith(PNG) or len(data) < 24:
        return None
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


def _gif(data: bytes) -> tuple[float, float] | None:
    if not data.startswith(GIF) or len(data) < 10:
        return None
    return int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")


def _jpeg(data: bytes) -> tuple[float, float] | None:
    for marker, at in _segments(data):
        if marker in FRAMES and at + 7 <= len(data):
            height = int.from_bytes(data[at + 3 : at + 5], "big")
            return int.from_bytes(data[at + 5 : at + 7], "big"), height
    return None


def _segments(data: bytes) -> Iterator[tuple[int, int]]:
    """The markers of a JPEG, each with where its length stands."""
    at = 2 if data.startswith(JPEG) else len(data)
    while at + 4 <= len(data) and data[at] == 0xFF:
        yield data[at + 1], at + 2
        at += 2 + max(int.from_bytes(data[at + 2 : at + 4], "big"), 2)


def _svg(data: bytes) -> tuple[float, float] | None:
    found = SVG.search(data[:4096])
    if not found:
        return None
    wide, high = WIDTH.search(found[0]), HEIGHT.search(found[0])
    if wide and high:
        return float(wide[1]), float(high[1])
    box = BOX.search(found[0])
    return (float(box[1]), float(box[2])) if box else None
