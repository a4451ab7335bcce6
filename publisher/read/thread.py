"""Lines → documents: which line goes on with which.

A newspaper page runs several documents through one another. The lines are dealt out by
a beam search over the whole file. Its state is the documents that are open, each with
the numbers that it expects next and with its last paragraph, broken off or not; its
cost is in nats, the sum of what each step is unlikely by.

Law: a line is in exactly one thread, order inside a thread is that of the file, and no
join goes over a structural marker.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from heapq import nlargest
from typing import NamedTuple

from publisher.read.affinity import RECENT, Affinity
from publisher.read.expect import NOTHING_YET, Expected, Facts, facts, follow, surprise
from publisher.read.marks import STRUCTURAL, Mark, ends_open
from publisher.read.seam import RUNNING, Echoes, fit, parallel
from publisher.read.text import Line

BEAM = 48
"""How many readings of the lines so far are kept."""
OPEN = 12
"""How many documents are thought to be open at once."""
MARGIN = 11.0
"""Readings that are worse than the best by more are dropped."""
SWITCH = 2.5
"""Going over to another document."""
ABANDON = 6.0
"""A broken paragraph that its document does not go on with."""
UNFINISHED = 3.0
"""A broken paragraph at the end of a document."""
PARAGRAPH = 1.0
"""An unmarked paragraph after a finished one."""
ASTRAY = 3.0
"""The same, where lines of another document stood between."""
JOINED_LIKE = 0.3
"""How much the likeness of words counts where a broken paragraph decides."""
RIVAL = 1.0
"""How much worse another fragment may fit and still leave a doubt."""
FRAGMENT = 12
"""A line shorter than this that has no comma is no broken paragraph."""
WEAK = 0.35
SPOKEN = frozenset(("article", "question", "answer", "from"))
"""Kinds of line whose text is sentences, and never a heading."""
BODY = frozenset(("article", "item", "question", "answer", "bullet", "plain", "from"))
# 一、甲类物品; 专业界 200人: headings of lists and rows of tables
LISTED = re.compile(r"^[一二三四五六七八九十]+、|\s")


@dataclass(frozen=True, slots=True)
class Seam:
    """Two lines, by index, that are one paragraph."""

    left: int
    right: int
    echo: int
    """Length of the passage over the seam that stands elsewhere in the file."""
    runner_up: int | None
    margin: float
    """By how much (nats) the seam fits better than the runner-up."""
    rival: tuple[int, int] | None = None
    """Two other lines that may belong together instead, as one of them is of this seam;
    None where there is no doubt."""


@dataclass(frozen=True, slots=True)
class Thread:
    """The lines of one document, by index, in reading order."""

    lines: tuple[int, ...]
    seams: tuple[Seam, ...]
    open: bool
    """Whether its last paragraph breaks off."""
    loose: tuple[int, ...] = ()
    """Lines before the last that break off and that the next does not go on with."""


class _Chain(NamedTuple):
    """The lines of a document, last first."""

    line: int
    joined: bool
    before: _Chain | None


class _Open(NamedTuple):
    """A document in a reading of the lines so far."""

    chain: _Chain
    recent: tuple[int, ...]
    expected: Expected
    broken: float


class _Reading(NamedTuple):
    """One way to deal out the lines so far; ``last`` has the line before."""

    cost: float
    documents: tuple[_Open, ...]
    last: int


class _Step(NamedTuple):
    """One more line for a reading: which document takes it, and whether by a join."""

    cost: float
    old: _Reading
    document: int
    joined: bool


@dataclass(frozen=True, slots=True)
class _Page:
    lines: Sequence[Line]
    facts: Sequence[Facts]
    echoes: Echoes
    affinity: Affinity
    broken: Sequence[float]
    fits: dict[tuple[int, int], float] = field(default_factory=dict)

    def fit(self, left: int, right: int) -> float:
        """The cost of a seam, computed once."""
        key = (left, right)
        if key not in self.fits:
            self.fits[key] = fit(self.echoes, left, right)
        return self.fits[key]


def thread(lines: Sequence[Line], marks: Sequence[Mark]) -> tuple[Thread, ...]:
    """Deal the lines of a file out to documents, in the order of their first lines."""
    echoes = Echoes([line.text for line in lines])
    known = [facts(m, line.text) for m, line in zip(marks, lines, strict=True)]
    affinity = Affinity(echoes.texts)
    page = _Page(lines, known, echoes, affinity, _broken(lines, marks))
    beam = [_Reading(0.0, (), -1)]
    for index in range(len(lines)):
        steps = [step for old in beam for step in _steps(page, old, index)]
        beam = [_take(page, step, index) for step in _prune(steps)]
    best = min(beam, key=_final)
    found = [_finish(page, document) for document in best.documents]
    left = [i for made in found for i in (*made.loose, *made.lines[-1:])]
    broken = [i for i in left if page.broken[i]]
    return tuple(_doubt(page, made, broken) for made in found)


def _broken(lines: Sequence[Line], marks: Sequence[Mark]) -> list[float]:
    """For each line, how much it looks like the first part of a broken paragraph.

    1 is running text without a stop, 0 a finished paragraph; between them is what may
    be a heading or the row of a list. Where many lines end without a stop its lack
    says little.
    """
    body = [
        i
        for i, m in enumerate(marks)
        if m.kind in BODY and m.size < len(lines[i].text) > 8
    ]
    bare = [i for i in body if ends_open(lines[i].text) and lines[i].text[0] != "|"]
    usual = len(bare) > max(4, 0.3 * len(body))
    out = [0.0] * len(lines)
    for i in bare:
        text = lines[i].text
        if RUNNING.search(text) or marks[i].kind in SPOKEN:
            out[i] = 0.5 if usual else 1.0
        elif len(text) >= FRAGMENT and not usual and not LISTED.search(text):
            out[i] = WEAK
    return out


# ---------------------------------------------------------------- the search


def _steps(page: _Page, old: _Reading, index: int) -> Iterator[_Step]:
    """Every way to go on with one more line."""
    fact = page.facts[index]
    plain = fact.mark.kind == "plain"
    mends = fact.mark.kind not in STRUCTURAL and not page.lines[index].level
    near = _near(old)
    likes = _likes(page, old, near, index) if plain else [0.0] * len(near)
    for number, like in zip(near, likes, strict=True):
        document = old.documents[number]
        switched = number != old.last
        base = old.cost + (SWITCH if switched else 0.0)
        if document.broken and mends:
            cost = page.fit(document.chain.line, index) + JOINED_LIKE * like
            yield _Step(base + cost, old, number, joined=True)
        cost = ABANDON * document.broken + surprise(document.expected, fact)
        if plain:
            cost += PARAGRAPH + (ASTRAY if switched else 0.0) + like
        yield _Step(base + cost, old, number, joined=False)
    first = _beginning(fact) if old.documents else 0.0
    yield _Step(old.cost + first, old, len(old.documents), joined=False)


def _near(old: _Reading) -> Sequence[int]:
    """The documents that a line may go to: those that had one of the last lines."""
    every = range(len(old.documents))
    if len(every) <= OPEN:
        return every
    return nlargest(OPEN, every, key=lambda number: old.documents[number].chain.line)


def _likes(
    page: _Page, old: _Reading, near: Sequence[int], index: int
) -> Sequence[float]:
    if len(near) < 2:
        return [0.0] * len(near)
    return page.affinity.costs(index, [old.documents[n].recent for n in near])


BEGINNINGS = {"title": 0.5, "from": 0.5, "question": 7.0, "article": 10.0}


def _beginning(fact: Facts) -> float:
    """What it costs to begin a document with a line."""
    mark = fact.mark
    if mark.kind == "plain":
        return 4.5 if fact.opener else 12.0
    if mark.kind in ("article", "division") and mark.number == (1, 0):
        return 9.0
    return BEGINNINGS.get(mark.kind, 12.0)


def _prune(steps: list[_Step]) -> list[_Step]:
    """The best steps; of those that leave the same ends open only the best."""
    steps.sort(key=lambda step: step.cost)
    limit = steps[0].cost + MARGIN
    kept: dict[tuple[int, ...], _Step] = {}
    for step in steps:
        if step.cost > limit or len(kept) == BEAM:
            break
        ends = [document.chain.line for document in step.old.documents]
        ends[step.document : step.document + 1] = [-1]
        kept.setdefault((step.document, *ends), step)
    return list(kept.values())


def _take(page: _Page, step: _Step, index: int) -> _Reading:
    """The reading after a step."""
    cost, old, number, joined = step
    document = old.documents[number] if number < len(old.documents) else None
    chain = _Chain(index, joined, document.chain if document else None)
    recent = (*(document.recent if document else ()), index)[-RECENT:]
    expected = follow(document.expected if document else NOTHING_YET, page.facts[index])
    new = _Open(chain, recent, expected, page.broken[index])
    documents = (*old.documents[:number], new, *old.documents[number + 1 :])
    return _Reading(cost, documents, number)


def _final(reading: _Reading) -> float:
    return reading.cost + UNFINISHED * sum(d.broken for d in reading.documents)


# ---------------------------------------------------------------- the result


def _finish(page: _Page, document: _Open) -> Thread:
    chain: _Chain | None = document.chain
    lines, seams, loose, joined = [], [], [], True
    while chain:
        lines.append(chain.line)
        if not joined and page.broken[chain.line] == 1.0:
            loose.append(chain.line)
        joined = chain.joined
        if chain.joined and chain.before:
            seams.append(_seam(page, chain.before.line, chain.line))
        chain = chain.before
    ends = document.broken == 1.0
    return Thread(tuple(lines[::-1]), tuple(seams[::-1]), ends, tuple(loose[::-1]))


def _seam(page: _Page, left: int, right: int) -> Seam:
    cost = page.fit(left, right)
    others = [
        (page.fit(left, other), other)
        for other in range(left + 1, min(len(page.lines), left + 200))
        if other != right and page.facts[other].mark.kind == "plain"
    ]
    best, other = min(others, default=(cost + 9, None))
    echo = parallel(page.echoes, left, right)
    return Seam(left, right, echo, other, best - cost)


def _doubt(page: _Page, made: Thread, broken: Sequence[int]) -> Thread:
    """Mark seams that another fragment, or another continuation, fits about as well."""
    seams = []
    for seam in made.seams:
        left, right = seam.left, seam.right
        limit = page.fit(left, right) + RIVAL
        rivals = [
            (i, right) for i in broken if i < right and page.fit(i, right) < limit
        ]
        if seam.runner_up and right != left + 1 and seam.margin < 0:
            rivals.insert(0, (left, seam.runner_up))
        rival = rivals[0] if rivals and seam.echo < 3 else None
        seams.append(replace(seam, rival=rival))
    return replace(made, seams=tuple(seams))
