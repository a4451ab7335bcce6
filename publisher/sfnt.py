"""What a font file says of itself, read from one of its tables alone.

FontTools gives the same answers: the characters by way of the name of every glyph, half
a second and 100 MB for the faces of one book, and the version after a while that it
takes to load. Only the forms that Unicode fonts use are read here (OpenType 1.9 §cmap:
4, segments of the first plane, and 12, groups of all planes; §name: what Windows is
told in English); a font with another one is left to FontTools.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from pathlib import Path
from struct import unpack_from
from sys import byteorder

COLLECTION = b"ttcf"
BEST = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0))
"""Platform and encoding of a subtable, the fullest first."""
SEGMENTS, GROUPS = 4, 12
LAST = 0xFFFF
WINDOWS_ENGLISH = (3, 1, 0x409)
"""Platform, encoding and language of a name."""
VERSION = 5
"""Which name it is."""


def characters(file: Path, index: int) -> frozenset[int] | None:
    """The code points that have a glyph; None if the table is of another form.

    Raises:
        OSError: the file cannot be read.
    """
    found = _table(file, index, b"cmap")
    return _best(found) if found else frozenset()


def version(file: Path, index: int) -> str | None:
    """What it says its version is; None if it says so in another form.

    Raises:
        OSError: the file cannot be read.
    """
    found = _table(file, index, b"name")
    if not found:
        return ""
    _, count, strings = unpack_from(">HHH", found)
    for at in range(6, 6 + 12 * count, 12):
        record = unpack_from(">6H", found, at)
        if record[:4] == (*WINDOWS_ENGLISH, VERSION):
            start = strings + record[5]
            words = found[start : start + record[4]]
            return words.decode("utf-16-be", "replace")
    return None


def _table(file: Path, index: int, wanted: bytes) -> bytes:
    """The bytes of a table; none if it is not there."""
    with file.open("rb") as font:
        head = font.read(12 + 4 * (index + 1))
        start = 0
        if head[:4] == COLLECTION:
            (start,) = unpack_from(">I", head, 12 + 4 * index)
        font.seek(start)
        (count,) = unpack_from(">H", font.read(12), 4)
        records = font.read(16 * count)
        for at in range(0, len(records), 16):
            tag, _, offset, length = unpack_from(">4sIII", records, at)
            if tag == wanted:
                font.seek(offset)
                return font.read(length)
    return b""


def _best(table: bytes) -> frozenset[int] | None:
    (count,) = unpack_from(">H", table, 2)
    places = {}
    for at in range(4, 4 + 8 * count, 8):
        platform, encoding, offset = unpack_from(">HHI", table, at)
        places[platform, encoding] = offset
    for kind in BEST:
        if kind in places:
            offset = places[kind]
            (form,) = unpack_from(">H", table, offset)
            if form == GROUPS:
                return frozenset(_groups(table, offset))
            if form == SEGMENTS:
                return frozenset(_segments(table, offset))
            return None
    return frozenset()


def _groups(table: bytes, at: int) -> Iterator[int]:
    (count,) = unpack_from(">I", table, at + 12)
    numbers = array("I", table[at + 16 : at + 16 + 12 * count])
    if byteorder == "little":
        numbers.byteswap()
    for first, last, _ in zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True):
        yield from range(first, last + 1)


def _segments(table: bytes, at: int) -> Iterator[int]:
    length, _, double = unpack_from(">HHH", table, at + 2)
    count = double // 2
    numbers = array("H", table[at + 14 : at + length - length % 2])
    if byteorder == "little":
        numbers.byteswap()
    ends, starts = numbers[:count], numbers[count + 1 : 2 * count + 1]
    deltas = numbers[2 * count + 1 : 3 * count + 1]
    ranges = numbers[3 * count + 1 : 4 * count + 1]
    glyphs = numbers[3 * count + 1 :]
    for n, (start, end) in enumerate(zip(starts, ends, strict=True)):
        for code in range(start, end + 1):
            if code == LAST:
                continue
            if ranges[n]:
                glyph = glyphs[n + ranges[n] // 2 + code - start]
                found = glyph and (glyph + deltas[n]) & LAST
            else:
                found = (code + deltas[n]) & LAST
            if found:
                yield code
