"""How sure a seam is, and which other one might be right.

Confidence is a table, counted on mixed pages made of clean laws
(tests/read/composites.py): of the seams that look so, how many were right. A seam over
another document never has 0.9: a person should look at it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from publisher.read.beam import Page
from publisher.read.seam import parallel
from publisher.read.words import across, torn

RIVAL = 1.0
"""How much worse (nats) another fragment may fit and still leave a doubt."""
NEAR, AFTER, FRAGMENTS = 30, 10, 40
"""How many lines after a fragment and beside its continuation may go on with it, and
how many fragments before a line it may go on with."""
WHOLE = 0.8
"""A line that looks this much like a broken paragraph is a fragment."""


@dataclass(frozen=True, slots=True)
class Seam:
    """Two lines, by index, that are one paragraph."""

    left: int
    right: int
    echo: int = 0
    """Length of the passage over the seam that stands elsewhere in the file."""
    word: bool = False
    """Whether a word of the dictionary stands over the seam."""
    torn: bool = False
    """Whether the characters at the seam belong to no word on either side."""
    runner_up: int | None = None
    """The line that would go on best, were it not for ``right``."""
    margin: float = 0.0
    """By how much (nats) the seam fits better than the runner-up."""
    rival: int | None = None
    """Another fragment that ``right`` would go on from about as well."""
    edge: bool = False
    """Whether the line before or after the two is of another document."""
    ruled: bool = False
    """Whether the editor has said that it is one."""
    left_over: bool = False
    """Whether a fragment before ``right`` was never gone on with."""

    @property
    def rivalled(self) -> bool:
        """Whether ``right`` goes on with another fragment about as well."""
        return self.rival is not None

    @property
    def beside(self) -> bool:
        """Whether the two lines stand next to each other."""
        return self.right == self.left + 1

    @property
    def known(self) -> bool:
        """Whether the file or the dictionary has the characters over the seam."""
        return self.word or self.echo > 2

    @property
    def doubtful(self) -> bool:
        """Whether another reading is nearly as good, or none is good."""
        return self.confidence < 0.7

    @property
    def confidence(self) -> float:
        """The share of seams like this one that are right."""
        if self.ruled:
            return 1.0
        if self.torn:
            return 0.55 if self.beside and not self.edge else 0.45
        if not self.beside:
            return 0.85 if self.known else 0.6 if self.rivalled else 0.75
        if not self.known:
            return 0.65 if self.edge else 0.8 if self.rivalled else 0.88
        if self.edge:
            return 0.93 if self.echo > 4 and not self.rivalled else 0.85
        if self.rivalled:
            return 0.89 if self.echo > 4 else 0.85
        if self.left_over and self.echo <= 4:
            return 0.88
        return 0.98 if self.echo > 4 else 0.96 if self.word else 0.93


def seams(
    page: Page,
    found: Sequence[Seam],
    owner: Mapping[int, int],
    gone_on: AbstractSet[int],
) -> tuple[Seam, ...]:
    """Seams with all that tells how sure they are.

    ``owner`` has lines' documents, ``gone_on`` the fragments that a seam goes on with.
    """
    fragments = [i for i, broken in enumerate(page.broken) if broken >= WHOLE]
    left = [i for i in fragments if i not in gone_on]
    return tuple(_known(page, made, owner, fragments, left) for made in found)


def _known(
    page: Page,
    made: Seam,
    owner: Mapping[int, int],
    fragments: Sequence[int],
    left_over: Sequence[int],
) -> Seam:
    left, right = made.left, made.right
    cost = page.fit(left, right)
    best, other = min(_others(page, left, right), default=(cost + 9, None))
    at = bisect_left(fragments, right)
    rivals = (i for i in fragments[max(0, at - FRAGMENTS) : at] if i != left)
    own = owner[left]
    before, after = page.echoes.texts[left], page.echoes.texts[right]
    echo, word = parallel(page.echoes, left, right), bool(across(before, after))
    return Seam(
        left,
        right,
        echo,
        word,
        torn=echo < 3 and not word and torn(before),
        runner_up=other,
        margin=best - cost,
        rival=next((i for i in rivals if page.fit(i, right) < cost + RIVAL), None),
        edge=owner.get(left - 1, own) != own or owner.get(right + 1, own) != own,
        left_over=bool(left_over) and left_over[0] < left,
    )


def _others(page: Page, left: int, right: int) -> list[tuple[float, int]]:
    """Lines that might go on with a fragment instead, and what each would cost."""
    end = len(page.lines)
    near = range(left + 1, min(end, left + 1 + NEAR))
    about = range(max(left + 1, right - AFTER), min(end, right + AFTER))
    return [
        (page.fit(left, at), at)
        for at in sorted({*near, *about} - {right})
        if page.facts[at].mark.kind == "plain"
    ]
