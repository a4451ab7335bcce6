"""What the editor has ruled on: lines that go on with each other, or are furniture.

A ruling names the words on both sides of the line end, as the source has them or as
they are printed, with marks of full width. It is obeyed where exactly one pair of lines
has them; `publisher.repair` reports the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from publisher.book import Decision
from publisher.read.seam import fold
from publisher.read.text import Line

JOIN = "join"
"""The rule that such decisions name."""
TOGETHER, APART = -60.0, 1000.0
"""Costs in nats that nothing else outweighs."""


def ruled(
    lines: Sequence[Line], decisions: Sequence[Decision]
) -> Mapping[tuple[int, int], float]:
    """The costs of the seams that decisions are about."""
    return {
        pair: TOGETHER if decision.verdict == "accept" else APART
        for decision in decisions
        if decision.rule == JOIN and (pair := _pair(lines, decision.before))
    }


def _pair(lines: Sequence[Line], words: str) -> tuple[int, int] | None:
    left, _, right = map(fold, words.partition("\n"))
    if not (left and right):
        return None
    folded = [fold(line.text) for line in lines]
    ends = [i for i, text in enumerate(folded) if text.endswith(left)]
    starts = [i for i, text in enumerate(folded) if text.startswith(right)]
    if len(ends) == len(starts) == 1 and ends < starts:
        return ends[0], starts[0]
    return None
