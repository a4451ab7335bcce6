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
from dataclasses import dataclass, replace

from publisher.read.affinity import Affinity
from publisher.read.expect import Expected, follow, surprise
from publisher.read.marks import OPENER, STRUCTURAL, Mark, ends_open
from publisher.read.seam import RUNNING, Echoes, fit, parallel
from publisher.read.text import Line

BEAM = 48
"""How many readings of the lines so far are kept."""
MARGIN = 16.0
"""Readings that are worse than the best by more are dropped."""
SWITCH = 2.5
ABANDON = 6.0
UNFINISHED = 3.0
PARAGRAPH = 1.0
"""An unmarked paragraph after a finished one."""
ASTRAY = 3.0
"""The same, where lines of another document stood between."""
AFTER_END = 8.0
"""Anything after a sign-off or byline."""
FRAGMENT = 12
"""A line shorter than this that has no comma is no broken paragraph."""
WEAK = 0.35
# 一、甲类物品; 专业界 200人: headings of lists and rows of tables
LISTED = re.compile(r"^[一二三四五六七八九十]+、|\s")


@dataclass(frozen=True, slots=True)
class Seam:
    """Two lines, by index, that are one paragraph."""

    left: int
    right: int
    cost: float
    echo: int
    """Length of the passage over the seam that stands elsewhere in the file."""
    runner_up: int | None
    margin: float
    """By how much the seam fits better than the runner-up."""


@dataclass(frozen=True, slots=True)
class Thread:
    """The lines of one document, by index, in reading order."""

    lines: tuple[int, ...]
    seams: tuple[Seam, ...]
    open: bool
    """Whether its last paragraph breaks off."""


@dataclass(frozen=True, slots=True)
class _Open:
    """A document in a reading of the lines so far."""

    lines: tuple[int, ...]
    joined: tuple[int, ...]
    """Lines that go on with the line before them in the document."""
    expected: Expected
    broken: float


@dataclass(frozen=True, slots=True)
class _Reading:
    cost: float
    documents: tuple[_Open, ...]
    last: int
    """The document of the line before."""


@dataclass
class _Page:
    lines: Sequence[Line]
    marks: Sequence[Mark]
    echoes: Echoes
    affinity: Affinity
    broken: Sequence[float]
    fits: dict[tuple[int, int], float]

    def fit(self, left: int, right: int) -> float:
        key = (left, right)
        if key not in self.fits:
            self.fits[key] = fit(self.echoes, left, right)
        return self.fits[key]


def thread(lines: Sequence[Line], marks: Sequence[Mark]) -> tuple[Thread, ...]:
    """Deal the lines of a file out to documents, in the order of their first lines."""
    if not lines:
        return ()
    echoes = Echoes([line.text for line in lines])
    broken = _broken(lines, marks)
    page = _Page(lines, marks, echoes, Affinity(echoes.texts), broken, {})
    beam = [_Reading(0.0, (), -1)]
    for index in range(len(lines)):
        beam = _prune([r for old in beam for r in _steps(page, old, index)])
    best = min(beam, key=_final)
    return tuple(_finish(page, document) for document in best.documents)


def _broken(lines: Sequence[Line], marks: Sequence[Mark]) -> list[float]:
    """For each line, how much it looks like the first part of a broken paragraph.

    1 is running text without a stop, 0 a finished paragraph; between them is what may
    be a heading or the row of a list. Where many lines end without a stop its lack
    says little.
    """
    body = [i for i, m in enumerate(marks) if m.kind in BODY and len(lines[i].text) > 8]
    bare = [i for i in body if ends_open(lines[i].text)]
    usual = len(bare) > 0.3 * len(body)
    out = [0.0] * len(lines)
    for i in bare:
        text = lines[i].text
        if text[0] == "|":
            continue
        if RUNNING.search(text) or marks[i].kind in SPOKEN:
            out[i] = 0.5 if usual else 1.0
        elif len(text) >= FRAGMENT and not usual and not LISTED.search(text):
            out[i] = WEAK
    return out


SPOKEN = frozenset(("article", "question", "answer", "from"))
"""Kinds of line whose text is sentences, and never a heading."""
BODY = frozenset(("article", "item", "question", "answer", "bullet", "plain", "from"))


def _prune(found: list[_Reading]) -> list[_Reading]:
    best: dict[tuple[int, ...], _Reading] = {}
    for reading in found:
        key = (reading.last, *(document.lines[-1] for document in reading.documents))
        if key not in best or reading.cost < best[key].cost:
            best[key] = reading
    kept = sorted(best.values(), key=lambda reading: reading.cost)[:BEAM]
    return [r for r in kept if r.cost <= kept[0].cost + MARGIN]


def _final(reading: _Reading) -> float:
    return reading.cost + UNFINISHED * sum(d.broken for d in reading.documents)


def _steps(page: _Page, old: _Reading, index: int) -> Iterator[_Reading]:
    """Every way to go on with one more line."""
    mark, line = page.marks[index], page.lines[index]
    likes = _likes(page, old, index)
    for number, document in enumerate(old.documents):
        switched = SWITCH if number != old.last else 0.0
        if document.broken and mark.kind not in STRUCTURAL and not line.level:
            cost = page.fit(document.lines[-1], index) + 0.3 * likes[number]
            yield _attach(
                page, old, number, index, old.cost + switched + cost, joined=True
            )
        cost = old.cost + switched + ABANDON * document.broken
        cost += surprise(document.expected, mark, line.text)
        if mark.kind == "plain":
            cost += PARAGRAPH + (ASTRAY if switched else 0.0) + likes[number]
            cost += AFTER_END if document.expected.ended else 0.0
        yield _attach(page, old, number, index, cost, joined=False)
    cost = old.cost + _beginning(mark, line.text) if old.documents else old.cost
    new = _Open((index,), (), follow(Expected(), mark, line.text), page.broken[index])
    yield _Reading(cost, (*old.documents, new), len(old.documents))


def _likes(page: _Page, old: _Reading, index: int) -> list[float]:
    if len(old.documents) < 2 or page.marks[index].kind != "plain":
        return [0.0] * len(old.documents)
    return page.affinity.costs(index, [document.lines for document in old.documents])


def _attach(
    page: _Page, old: _Reading, number: int, index: int, cost: float, *, joined: bool
) -> _Reading:
    document = old.documents[number]
    expected = follow(document.expected, page.marks[index], page.lines[index].text)
    new = replace(
        document,
        lines=(*document.lines, index),
        joined=(*document.joined, index) if joined else document.joined,
        expected=expected,
        broken=page.broken[index],
    )
    documents = (*old.documents[:number], new, *old.documents[number + 1 :])
    return _Reading(cost, documents, number)


BEGINNINGS = {"title": 0.5, "from": 0.5, "question": 7.0, "article": 10.0}


def _beginning(mark: Mark, text: str) -> float:
    """What it costs to begin a document with a line."""
    if mark.kind == "plain":
        return 4.5 if OPENER.match(text) else 12.0
    if mark.kind in ("article", "division") and mark.number == (1, 0):
        return 7.0
    return BEGINNINGS.get(mark.kind, 12.0)


def _finish(page: _Page, document: _Open) -> Thread:
    seams = tuple(_seam(page, document, right) for right in document.joined)
    return Thread(document.lines, seams, document.broken == 1.0)


def _seam(page: _Page, document: _Open, right: int) -> Seam:
    left = document.lines[document.lines.index(right) - 1]
    cost = page.fit(left, right)
    others = [
        (page.fit(left, other), other)
        for other in range(left + 1, len(page.lines))
        if other != right and page.marks[other].kind == "plain"
    ]
    best, other = min(others, default=(cost + 9, None))
    echo = parallel(page.echoes, left, right)
    return Seam(left, right, cost, echo, other, best - cost)
