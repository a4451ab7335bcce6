"""How large a picture is, from the beginning of its file."""

from __future__ import annotations

from struct import error, unpack_from

FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""The markers of a JPEG that its size comes after (ITU T.81, B.1.1.3)."""


def pixels(head: bytes) -> int:
    """Width times height; 0 where it cannot be told."""
    try:
        if head.startswith(b"\x89PNG"):
            width, height = unpack_from(">LL", head, 16)
        elif head.startswith(b"GIF8"):
            width, height = unpack_from("<HH", head, 6)
        elif head.startswith(b"\xff\xd8"):
            width, height = _jpeg(head)
        else:
            return 0
    except error:
        return 0
    return int(width * height)


def _jpeg(head: bytes) -> tuple[int, int]:
    at = 2
    while True:
        mark, kind, length = unpack_from(">BBH", head, at)
        if mark != 0xFF:
            return 0, 0
        if kind in FRAMES:
            height, width = unpack_from(">HH", head, at + 5)
            return width, height
        at += 2 + length
