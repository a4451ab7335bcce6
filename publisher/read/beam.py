"""The search that deals lines out to documents.

Readings of the lines so far are kept side by side, the best few. A reading's state is
the documents that are open, each with the numbers that it expects next and with its
last paragraph, broken off or not; its cost is in nats, the sum of what each step is
unlikely by. Readings that leave the same state are one, the cheaper.

Law: the work for a line does not grow with the lines and documents before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from publisher.read.affinity import RECENT, Affinity
from publisher.read.expect import NOTHING_YET, Expected, Facts, follow, surprise
from publisher.read.marks import STRUCTURAL
from publisher.read.seam import Echoes, fit
from publisher.read.text import Line

BEAM = 48
"""How many readings of the lines so far are kept."""
OPEN = 12
"""How many documents are thought to be open at once."""
SETTLE, SETTLED = 32, 5.0
"""After so many lines, readings that are worse by so much are dropped."""
FAR, FARTHER = 600, 3000
"""A document is over after so many lines of others; if it breaks off, after more."""
MARGIN = 11.0
"""Readings that are worse than the best by more are dropped."""
BEST_FIT = -16.0
"""No seam fits better."""
SWITCH = 3.0
"""Going over to another document."""
ABANDON = 8.0
"""A broken paragraph that its document does not go on with."""
UNFINISHED = 2.0
"""A broken paragraph at the end of a document."""
PARAGRAPH = 1.0
"""An unmarked paragraph after a finished one."""
ASTRAY = 3.0
"""The same, where lines of another document stood between."""
JOINED_LIKE = 0.3
"""How much the likeness of words counts where a broken paragraph decides."""
BEGINNINGS = {"title": 0.5, "from": 0.5, "question": 7.0}


class Chain(NamedTuple):
    """The lines of a document, last first."""

    line: int
    joined: bool
    before: Chain | None


class _Open(NamedTuple):
    """A document in a reading of the lines so far."""

    chain: Chain
    recent: tuple[int, ...]
    expected: Expected
    broken: float
    state: int
    """The same number for documents that go on alike."""


class _Closed(NamedTuple):
    """Documents that nothing more is expected of, last first."""

    chain: Chain
    before: _Closed | None


class _Reading(NamedTuple):
    """One way to deal out the lines so far; ``last`` has the line before."""

    cost: float
    documents: tuple[_Open, ...]
    last: int
    closed: _Closed | None


class _Step(NamedTuple):
    """One more line for a reading: which document takes it, and whether by a join."""

    cost: float
    old: _Reading
    document: int
    joined: bool


@dataclass(frozen=True, slots=True)
class Page:
    """The lines to deal out, and what is known of them."""

    lines: Sequence[Line]
    facts: Sequence[Facts]
    echoes: Echoes
    affinity: Affinity
    broken: Sequence[float]
    """For each line, how much it looks like the first part of a broken paragraph."""
    fits: dict[tuple[int, int], float] = field(default_factory=dict)
    states: dict[tuple[Expected, int], int] = field(default_factory=dict)

    def fit(self, left: int, right: int) -> float:
        """The cost of a seam, computed once."""
        key = (left, right)
        if key not in self.fits:
            self.fits[key] = fit(self.echoes, left, right)
        return self.fits[key]


def search(page: Page) -> list[Chain]:
    """The lines of each document, in the best reading."""
    beam = [_Reading(0.0, (), -1, None)]
    for index in range(len(page.lines)):
        beam = _Turn(page, index).take(beam)
    best = min(beam, key=_final)
    chains = [document.chain for document in best.documents]
    closed = best.closed
    while closed:
        chains.append(closed.chain)
        closed = closed.before
    return chains


def _final(reading: _Reading) -> float:
    return reading.cost + UNFINISHED * sum(d.broken for d in reading.documents)


class _Turn:
    """One line, and what it costs after each document that a reading has open.

    Readings share documents, so that costs are kept by document.
    """

    def __init__(self, page: Page, index: int) -> None:
        self.page, self.index = page, index
        self.fact = page.facts[index]
        kind = self.fact.mark.kind
        self.plain = kind == "plain"
        self.mends = kind not in STRUCTURAL and not page.lines[index].level
        self.surprises: dict[int, float] = {}
        self.likes: dict[tuple[int, ...], float] = {}
        self.taken: dict[tuple[int, bool], _Open] = {}

    def take(self, beam: list[_Reading]) -> list[_Reading]:
        """The readings after the line; ``beam`` has the best first."""
        steps: list[_Step] = []
        best = float("inf")
        if self.index % SETTLE == 0:
            limit = beam[0].cost + SETTLED
            beam = [self._close(old) for old in beam if old.cost <= limit]
        for old in beam:
            for step in self._steps(old, best + MARGIN):
                if step.cost <= best + MARGIN:
                    best = min(best, step.cost)
                    steps.append(step)
        steps.sort(key=_cost)
        kept: dict[tuple[int, ...], _Reading] = {}
        for step in steps:
            if step.cost > best + MARGIN or len(kept) == BEAM:
                break
            new = self._after(step)
            key = (new.last, *(document.state for document in new.documents))
            kept.setdefault(key, new)
        return list(kept.values())

    def _steps(self, old: _Reading, limit: float) -> Iterator[_Step]:
        """Every way to go on with the line, but such as cost more than a limit.

        Unlikeness only adds to a cost, and takes long to tell: it is not asked for
        where all ways are too dear without it.
        """
        ways = list(self._ways(old, ()))
        if not self.plain or len(old.documents) < 2:
            yield from ways
        elif any(step.cost <= limit for step in ways):
            yield from self._ways(old, self._likes(old))
        first = _beginning(self.fact) if old.documents else 0.0
        yield _Step(old.cost + first, old, len(old.documents), joined=False)

    def _ways(self, old: _Reading, likes: Sequence[float]) -> Iterator[_Step]:
        """Every way to go on with the line in a document that is open."""
        for number, document in enumerate(old.documents):
            switched = number != old.last
            base = old.cost + (SWITCH if switched else 0.0)
            like = likes[number] if likes else 0.0
            if document.broken and self.mends:
                cost = self.page.fit(document.chain.line, self.index)
                yield _Step(base + cost + JOINED_LIKE * like, old, number, joined=True)
            cost = ABANDON * document.broken + self._surprise(document)
            if self.plain:
                cost += PARAGRAPH + (ASTRAY if switched else 0.0) + like
            yield _Step(base + cost, old, number, joined=False)

    def _surprise(self, document: _Open) -> float:
        key = id(document)  # the beam holds it while the turn lasts
        if key not in self.surprises:
            self.surprises[key] = surprise(document.expected, self.fact)
        return self.surprises[key]

    def _likes(self, old: _Reading) -> Sequence[float]:
        for document in old.documents:
            if document.recent not in self.likes:
                like = self.page.affinity.like(self.index, document.recent)
                self.likes[document.recent] = like
        return self.page.affinity.costs([self.likes[d.recent] for d in old.documents])

    def _after(self, step: _Step) -> _Reading:
        """The reading after a step."""
        cost, old, number, joined = step
        document = old.documents[number] if number < len(old.documents) else None
        key = (id(document), joined)
        if key not in self.taken:
            self.taken[key] = self._go_on(document, joined=joined)
        new = self.taken[key]
        documents = (*old.documents[:number], new, *old.documents[number + 1 :])
        reading = _Reading(cost, documents, number, old.closed)
        if len(documents) <= OPEN:
            return reading
        return _without(reading, min(documents, key=_last_line))

    def _close(self, old: _Reading) -> _Reading:
        """A reading without the documents that are over."""
        for document in old.documents:
            away = self.index - document.chain.line
            if away > (FARTHER if document.broken else FAR):
                old = _without(old, document)
        return old

    def _go_on(self, document: _Open | None, *, joined: bool) -> _Open:
        chain = Chain(self.index, joined, document.chain if document else None)
        recent = (*(document.recent if document else ()), self.index)[-RECENT:]
        before = document.expected if document else NOTHING_YET
        expected = follow(before, self.fact)
        broken = self.page.broken[self.index]
        key = (expected, self.index if broken else -1)
        state = self.page.states.setdefault(key, len(self.page.states))
        return _Open(chain, recent, expected, broken, state)


def _without(old: _Reading, document: _Open) -> _Reading:
    """A reading with one of its documents closed; never the one that goes on."""
    at = old.documents.index(document)
    documents = (*old.documents[:at], *old.documents[at + 1 :])
    cost = old.cost + UNFINISHED * document.broken
    closed = _Closed(document.chain, old.closed)
    return _Reading(cost, documents, old.last - (at < old.last), closed)


def _last_line(document: _Open) -> int:
    return document.chain.line


def _cost(step: _Step) -> float:
    return step.cost


def _beginning(fact: Facts) -> float:
    """What it costs to begin a document with a line."""
    mark = fact.mark
    if mark.kind == "plain":
        return 4.5 if fact.opener else 12.0
    if mark.kind in ("article", "division"):
        return 9.0 if mark.number == (1, 0) else 12.0 if mark.sure else 20.0
    return BEGINNINGS.get(mark.kind, 12.0)
