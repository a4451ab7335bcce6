"""Where the editor's words stand: what is anchored by text is found here.

Decisions and notes name a node and some of its characters, as the source has them or
as they stand after the safe repairs. Law: they are found exactly, or not at all. When
a source grows, nodes are numbered anew: words that stand nowhere in their node, and in
one other place alone, are taken to have gone there (`moved`), and that is reported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from publisher.diagnostics import NOTHING, Words
from publisher.repair.passages import Passage, Reading
from publisher.repair.punctuation import FULL
from publisher.source import Span

FOLD = str.maketrans({full: half for half, full in FULL.items()})


@dataclass(frozen=True, slots=True)
class Found:
    """Where some words stand: a stretch of a passage, and its source."""

    passage: Passage
    start: int
    end: int
    spans: tuple[Span, ...]

    def touches(self, span: Span) -> bool:
        """Whether a span of the source has a character in common with it."""
        return any(overlap(own, span) for own in self.spans)


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans share a character."""
    return one.file == other.file and one.start < other.end and other.start < one.end


def covers(one: Span, other: Span) -> bool:
    """Whether the first span holds the whole of the second."""
    same = one.file == other.file
    return same and one.start <= other.start and other.end <= one.end


def mistaken(reading: Reading, where: str) -> Words:
    """A hint, where an anchor names no node but is nearly that of one."""
    near = reading.nearest(where)
    return Words(f"是不是 {near}？", f"did you mean {near}?") if near else NOTHING


SURE = 4
"""Fewer characters may stand elsewhere by chance."""


def moved(
    reading: Reading,
    where: str,
    words: str,
    known: Callable[[Found], bool] = lambda _: False,
) -> Found | None:
    """The one place to which words have gone that are not in their node any more.

    ``known`` says of a place that it is the right one, though the words are few.
    """
    if find(reading, where, words):
        return None
    documents = (document.id for document in reading.collection.documents)
    found = [place for name in documents for place in find(reading, name, words)]
    if len(found) != 1 or not (len(words.strip()) >= SURE or known(found[0])):
        return None
    return found[0]


def find(reading: Reading, where: str, words: str) -> tuple[Found, ...]:
    """Every place inside the node ``where`` at which words stand.

    They may be written as the source has them or as they stand after the safe repairs,
    with marks of either width.
    """
    wanted = words.translate(FOLD)
    pairs = reading.inside(where) if wanted else ()
    now = [f for passage, _ in pairs for f in _stands(passage, passage, wanted)]
    return tuple(now or (f for one, was in pairs for f in _stands(one, was, wanted)))


def whole(reading: Reading, where: str, words: str) -> tuple[tuple[Found, ...], ...]:
    """Every node in ``where`` that says just these words: its label and all its text.

    Space does not count, since what stands between a label and its text is layout.
    """
    wanted = "".join(words.translate(FOLD).split())
    inside = [passage.where for passage, _ in reading.inside(where)] if wanted else []
    out: list[tuple[Found, ...]] = []
    for name in dict.fromkeys((where, *inside)):
        own = [passage for passage, _ in reading.inside(name)]
        own.sort(key=lambda passage: passage.source)
        said = "".join("".join(p.text.translate(FOLD).split()) for p in own)
        if wanted and said == wanted:
            out.append(tuple(map(_all, own)))
    return tuple(out)


def _all(passage: Passage) -> Found:
    size = len(passage.text)
    return Found(passage, 0, size, passage.stretches(0, size))


def _stands(passage: Passage, seen: Passage, wanted: str) -> Iterator[Found]:
    text = seen.text.translate(FOLD)
    at = text.find(wanted)
    while at >= 0:
        start, end = at, at + len(wanted)
        spans = seen.stretches(start, end)
        if seen is not passage:
            start, end = passage.offset(spans[0]), passage.offset(spans[-1], end=True)
        yield Found(passage, start, end, spans)
        at = text.find(wanted, at + 1)
