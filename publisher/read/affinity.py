"""Which document's words a line shares: a cosine over pairs of characters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from math import log, sqrt
from operator import add, mul

from publisher.remembered import tally

RECENT = 14
"""How many of a document's last lines are compared."""
NEAREST = 3
"""How many of them count."""
FLOOR = 0.03
WEIGHT = 2.5


class Affinity:
    """Likeness of lines, computed when it is first asked for."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self.vectors: dict[int, dict[str, float]] = {}
        self.known: dict[tuple[int, int], float] = {}

    @cached_property
    def counts(self) -> Counter[str]:
        """How many lines have each pair."""
        return tally(_grams, self.texts)

    @cached_property
    def rarity(self) -> dict[int, float]:
        """What a pair weighs that so many lines have."""
        size = len(self.texts)
        return {count: log(size / count) for count in {*self.counts.values()}}

    def costs(self, likes: Sequence[float]) -> list[float]:
        """For each document, by its likeness to a line, how unlike it is (nats)."""
        best = max(likes)
        return [WEIGHT * log((best + FLOOR) / (like + FLOOR)) for like in likes]

    def like(self, index: int, lines: Sequence[int]) -> float:
        """How like a document's last lines a line is, 0 to 1."""
        near = sorted((self._like(index, line) for line in lines), reverse=True)
        return sum(near[:NEAREST]) / NEAREST

    def _like(self, one: int, other: int) -> float:
        key = (one, other)
        if key not in self.known:
            a, b = self._vector(one), self._vector(other)
            if len(b) < len(a):
                a, b = b, a
            self.known[key] = sum([w * b[g] for g, w in a.items() if g in b])
        return self.known[key]

    def _vector(self, index: int) -> dict[str, float]:
        if index not in self.vectors:
            grams = _grams(self.texts[index])
            counts = map(self.counts.__getitem__, grams)
            weights = [*map(self.rarity.__getitem__, counts)]
            length = sqrt(sum(map(mul, weights, weights))) or 1.0
            own = {g: w / length for g, w in zip(grams, weights, strict=True)}
            self.vectors[index] = own
        return self.vectors[index]


def _grams(text: str) -> dict[str, None]:
    """The pairs of a text, each once, in its order: sums are the same in every run."""
    return dict.fromkeys(map(add, text, text[1:]))
