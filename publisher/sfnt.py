"""What a font file says of itself, read from the table that says it and no other.

FontTools gives the same answers. But it takes 15 MB and a tenth of a second to load,
and finds a face's characters by way of the name of every glyph: half a second and
100 MB for the faces of one book. Only the two forms of the table ``cmap`` that Unicode
fonts use are read here (OpenType 1.9 §cmap: 4, segments of the first plane, and 12,
groups of all planes); a font with another one, or with a table that does not hold what
it says, is left to FontTools.
"""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache
from pathlib import Path
from struct import unpack_from
from sys import byteorder
from typing import Any, TypeVar

T = TypeVar("T")
COLLECTION = b"ttcf"
BEST = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 2), (0, 1), (0, 0))
"""Platform and encoding of a subtable, the fullest first."""
SEGMENTS, GROUPS = 4, 12
LAST = 0xFFFF
VERSION = 5
"""The number of the version among a face's names (OpenType 1.9 §name)."""
MACINTOSH = 1
ENGLISH = ((3, 0x409), (1, 0))
"""Platform and language."""
MALFORMED = (struct.error, ValueError, IndexError, OverflowError)
"""What reading numbers raises where there are none, or not so many."""


class Characters(AbstractSet[int]):
    """Code points, as the ranges that they come in."""

    __slots__ = ("firsts", "lasts")

    def __init__(self, ranges: Iterable[tuple[int, int]] = ()) -> None:
        """Take ranges in ascending order, each with its first and its last."""
        self.firsts, self.lasts = array("L"), array("L")
        for first, last in ranges:
            if self.lasts and first <= self.lasts[-1] + 1:
                self.lasts[-1] = max(last, self.lasts[-1])
            else:
                self.firsts.append(first)
                self.lasts.append(last)

    def __contains__(self, code: object) -> bool:
        """Whether it is in one of the ranges."""
        if not isinstance(code, int):
            return False
        at = bisect_right(self.firsts, code) - 1
        return at >= 0 and code <= self.lasts[at]

    def __and__(self, other: AbstractSet[Any]) -> AbstractSet[int]:
        """What is in both."""
        if other is self:
            return self
        if not isinstance(other, Characters):
            return frozenset(code for code in other if code in self)
        return Characters(self._shared(other))

    @classmethod
    def _from_iterable(cls, codes: Iterable[int]) -> frozenset[int]:  # type: ignore[override]
        """What any other operation of sets gives."""
        return frozenset(codes)

    def _shared(self, other: Characters) -> Iterator[tuple[int, int]]:
        one, two = 0, 0
        while one < len(self.firsts) and two < len(other.firsts):
            last = min(self.lasts[one], other.lasts[two])
            first = max(self.firsts[one], other.firsts[two])
            if first <= last:
                yield first, last
            one += self.lasts[one] == last
            two += other.lasts[two] == last

    def __iter__(self) -> Iterator[int]:
        """Each of them, in order."""
        for first, last in zip(self.firsts, self.lasts, strict=True):
            yield from range(first, last + 1)

    def __len__(self) -> int:
        """How many."""
        return sum(self.lasts) - sum(self.firsts) + len(self.firsts)


def characters(file: Path, index: int) -> Characters | None:
    """The code points that have a glyph; None if it cannot be read here.

    Raises:
        OSError: the file cannot be read.
    """
    return _told(file, index, b"cmap", _best)


def version(file: Path, index: int) -> str | None:
    """What a face says of its version, in English if it can; None as `characters`.

    Raises:
        OSError: the file cannot be read.
    """
    return _told(file, index, b"name", _version)


def _told(
    file: Path, index: int, table: bytes, reads: Callable[[bytes], T | None]
) -> T | None:
    """What a table says; None if it is not as it should be."""
    try:
        return reads(_table(file, index, table))
    except MALFORMED:
        return None


def _version(table: bytes) -> str:
    if not table:
        return ""
    _, count, strings = unpack_from(">3H", table)
    found: dict[tuple[int, int], str] = {}
    for at in range(6, 6 + 12 * count, 12):
        platform, _, language, name, length, offset = unpack_from(">6H", table, at)
        if name == VERSION:
            said = table[strings + offset :][:length]
            if len(said) < length:
                raise ValueError("cut off")
            code = "mac-roman" if platform == MACINTOSH else "utf-16-be"
            found.setdefault((platform, language), said.decode(code, "replace"))
    best = (found[key] for key in ENGLISH if key in found)
    return next(best, next(reversed(found.values()), ""))


def _table(file: Path, index: int, wanted: bytes) -> bytes:
    """The bytes of a table; none if the font has it not."""
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


@lru_cache(maxsize=4)
def _best(table: bytes) -> Characters | None:
    """The weights of a family have one table, and need it read but once."""
    if not table:
        return Characters()
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
                return Characters(_groups(table, offset))
            if form == SEGMENTS:
                return Characters((code, code) for code in _segments(table, offset))
            return None
    return Characters()


def _groups(table: bytes, at: int) -> Iterator[tuple[int, int]]:
    (count,) = unpack_from(">I", table, at + 12)
    numbers = array("I", table[at + 16 : at + 16 + 12 * count])
    if byteorder == "little":
        numbers.byteswap()
    return zip(numbers[::3], numbers[1::3], strict=True)


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
