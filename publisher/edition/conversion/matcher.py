"""Longest match that may not straddle the edge of a word.

OpenCC reads 判断发行 as 判 断发 行, since it knows 断发 (to cut one's hair).
Here a phrase counts only if it begins and ends at edges of words, or lies inside one.

Laws: a match keeps its length; without edges the matches are OpenCC's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import add
from typing import NamedTuple

from publisher.edition.conversion.dictionaries import Phrases, Variants


class Match(NamedTuple):
    """A phrase that stands at an offset, and what becomes of it."""

    start: int
    size: int
    value: str

    @property
    def end(self) -> int:
        """The offset behind it."""
        return self.start + self.size


def edges_of(words: Sequence[str], size: int) -> bytearray:
    """1 at each offset where a word begins, and at the end of the text."""
    out, at = bytearray(size + 1), 0
    for word in words:
        out[at] = 1
        at += len(word)
    out[size] = 1
    return out


def matches(
    text: str,
    phrases: Phrases,
    edges: bytearray | None = None,
    barred: bytearray | None = None,
    blocked: list[Match] | None = None,
) -> list[Match]:
    """The phrases of a text, leftmost and longest.

    Without ``edges`` of words phrases straddle, as OpenCC's do. None begins or ends
    where ``barred`` is 1. What only an edge kept from matching goes to ``blocked``.
    """
    found: list[Match] = []
    values, end, reached = phrases.values, len(text), 0
    for at, sizes in enumerate(map(phrases.lengths.get, map(add, text, text[1:]))):
        if sizes is None or at < reached:
            continue
        for size in sizes:
            after = at + size
            if after > end or text[at:after] not in values:
                continue
            if not _inside(edges, at, after):
                if blocked is not None:
                    blocked.append(Match(at, size, values[text[at:after]]))
            elif not barred or not (barred[at] or barred[after]):
                found.append(Match(at, size, values[text[at:after]]))
                reached = after
                break
    return found


def _inside(edges: bytearray | None, start: int, end: int) -> bool:
    """Whether a stretch is made of whole words, or lies inside one."""
    if edges is None or (edges[start] and edges[end]):
        return True
    return edges.find(1, start + 1, end) < 0


def segments(size: int, found: Sequence[Match]) -> list[tuple[int, int]]:
    """The stretches that OpenCC converts apart: each phrase, and all between two."""
    out, at = [], 0
    for match in found:
        if at < match.start:
            out.append((at, match.start))
        out.append((match.start, match.end))
        at = match.end
    return [*out, (at, size)] if at < size else out


def regional(
    text: str,
    variants: Variants,
    found: Sequence[Match],
    edges: bytearray | None = None,
) -> str:
    """A text in the forms of a region; names of places and people keep theirs.

    ``found`` are the phrases of the text: no name reaches over the edge of one, nor
    over the edge of a word, if ``edges`` are given.
    """
    out = variants.apply(text)
    if not variants.names or not variants.names.search(text):
        return out
    parts = []
    for start, end in segments(len(text), found):
        part, at = text[start:end], start
        inside = edges[start : end + 1] if edges else None
        for match in matches(part, variants.phrases, inside):
            parts += [out[at : start + match.start], match.value]
            at = start + match.end
        parts.append(out[at:end])
    return "".join(parts)
