"""A regulation as one row of characters, beside which a quotation can be laid.

The place is found by diagonals: each stretch of a few characters that both have votes
for how far the quotation is shifted against the row. The cost is linear in the row
(once) and in the quotation.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import pairwise

from publisher.check.places import Place, place
from publisher.patterns import pattern
from publisher.tree import walk
from publisher.tree.nodes import Article, Document, Item, Node, Paragraph

GRAM = 4
"""How many characters in a row make an anchor."""
COMMON = 8
"""Of an anchor that stands in many places only so many are tried."""
SLACK = 8
"""How far, in characters, a quotation may be shifted by what it leaves out."""
LONG = 300
"""A sentence is compared up to here."""
INK = pattern(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Change:
    """``words[first:last]`` of a quotation stands for ``row[begin:end]``."""

    first: int
    last: int
    begin: int
    end: int

    @property
    def cost(self) -> int:
        """How many characters differ."""
        return max(self.last - self.first, self.end - self.begin)


@dataclass(frozen=True)
class Law:
    """The provisions of a regulation, without marks and space."""

    document: Document

    @cached_property
    def _runs(self) -> tuple[tuple[str, Place], ...]:
        return tuple(_spoken(self.document))

    @cached_property
    def _inks(self) -> tuple[str, ...]:
        return tuple(ink(stands.text)[0] for _, stands in self._runs)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        starts, at = [], 0
        for words in self._inks:
            starts.append(at)
            at += len(words)
        return tuple(starts)

    @cached_property
    def row(self) -> str:
        """All the characters, in reading order."""
        return "".join(self._inks)

    @cached_property
    def _anchors(self) -> Mapping[str, list[int]]:
        """Where each stretch of a few characters stands in the row."""
        found: dict[str, list[int]] = {}
        row = self.row
        for at in range(len(row) - GRAM + 1):
            listed = found.setdefault(row[at : at + GRAM], [])
            if len(listed) < COMMON:
                listed.append(at)
        return found

    def stands(self, at: int) -> tuple[str, str]:
        """The article's label, and the anchor of the run, of a place in the row."""
        label, run = self._runs[bisect_right(self._starts, at) - 1]
        return label, run.where

    def run(self, at: int) -> tuple[int, str]:
        """Where the run begins that has a place of the row, and its characters."""
        number = bisect_right(self._starts, at) - 1
        return self._starts[number], self._inks[number]

    def changes(self, words: str) -> tuple[Change, ...]:
        """What differs between words and the passage most like them; or nothing."""
        words = words[:LONG]
        votes: Counter[int] = Counter()
        for at in range(len(words) - GRAM + 1):
            for there in self._anchors.get(words[at : at + GRAM], ()):
                votes[(there - at) // SLACK] += 1
        if not votes:
            return ()
        near = {band: votes[band] + votes[band + 1] for band in votes}
        band = max(near, key=lambda one: (near[one], -one))
        begin = max((band - 1) * SLACK, 0)
        region = self.row[begin : (band + 3) * SLACK + len(words)]
        matcher = SequenceMatcher(None, words, region, autojunk=False)
        same = [(b.a, begin + b.b, b.size) for b in matcher.get_matching_blocks()]
        shifts = {b - a for a, b, size in same if size > 1}
        blocks = [one for one in same if one[2] and one[1] - one[0] in shifts]
        return tuple(_changes(blocks, len(words)))


def _changes(blocks: Sequence[tuple[int, int, int]], size: int) -> Iterator[Change]:
    """What is between, before and behind stretches that are the same."""
    if not blocks:
        return
    at, there, _ = blocks[0]
    if at:
        yield Change(0, at, max(there - at, 0), there)
    for one, two in pairwise(blocks):
        at, there = one[0] + one[2], one[1] + one[2]
        if (at, there) != two[:2]:
            yield Change(at, two[0], there, two[1])
    at, there, long = blocks[-1]
    if at + long < size:
        yield Change(at + long, size, there + long, there + size - at)


def ink(text: str) -> tuple[str, list[int]]:
    """The characters of a text without marks and space, and where each stands."""
    found = [(match[0], match.start()) for match in INK.finditer(text)]
    return "".join(char for char, _ in found), [at for _, at in found]


def _spoken(document: Document) -> Iterator[tuple[str, Place]]:
    """The runs of its provisions, each with the label of its article."""
    pending: list[tuple[Node, str]] = [(document, "")]
    while pending:
        node, label = pending.pop()
        match node:
            case Article():
                label = "".join(node.label.text.split())
            case Paragraph() | Item():
                yield label, place(document, node.id, node.run)
            case _:
                pass
        pending += [(child, label) for child in reversed(walk.children(node))]
