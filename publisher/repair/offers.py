"""What the editor may still decide, and in which words a decision can name it.

Law: a decision made from an offer is found again. Its words stand once in its node,
and once in the whole text where a few more characters are enough for that, so that it
outlives changes elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from publisher.book import Decision
from publisher.repair.anchors import find, overlap
from publisher.repair.joints import DOUBTFUL, words
from publisher.repair.passages import Passage, Reading
from publisher.repair.seams import JOIN
from publisher.source import Span
from publisher.tree.nodes import Join, Repair

LEAST, MOST = 6, 30
"""Characters that name a place: at least, and at most so that it is the only one."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A proposal or a doubt that waits for the editor, and the words around it."""

    record: Repair
    where: str
    text: str
    """The passage that it stands in, as it is now."""
    start: int
    end: int
    before: str
    """The words by which a decision names it."""
    head: str = ""
    tail: str = ""
    """What of these is before the characters in question, and behind them."""

    @property
    def place(self) -> tuple[Span, str, str]:
        """What tells it from all others, whatever else is decided."""
        return self.record.span, self.record.rule, self.record.before

    @property
    def now(self) -> str:
        """The characters in question, as they stand."""
        return self.text[self.start : self.end]

    def decide(
        self, verdict: Literal["accept", "reject"], after: str, reason: str
    ) -> Decision:
        """The decision that these characters become others, or shall not."""
        new = f"{self.head}{after}{self.tail}" if after else ""
        rule, where = self.record.rule, self.where
        return Decision(verdict, rule, where, self.before, new, reason)


def offers(reading: Reading) -> Iterator[Offer]:
    """Everything in a collection that is proposed or doubted."""
    for record in reading.collection.repairs:
        if record.status == "suggested" and record.kind == "replace":
            yield from _proposal(reading, record)
    for join in reading.collection.joins:
        if join.confidence < DOUBTFUL:
            yield from _seam(reading, join)


def _proposal(reading: Reading, record: Repair) -> Iterator[Offer]:
    """A proposal, named by words of the source: others may be decided meanwhile."""
    shown = reading.passage_at(record.span.file, record.span.start)
    passage = reading.read.passage_at(record.span.file, record.span.start)
    if shown and passage:
        start, end = stretch(passage, record.span)
        first, last = window(reading, passage, start, end)
        text = passage.text
        yield Offer(
            record,
            passage.where,
            shown.text,
            *stretch(shown, record.span),
            before=text[first:last],
            head=text[first:start],
            tail=text[end:last],
        )


def stretch(passage: Passage, span: Span) -> tuple[int, int]:
    """Where a span of the source stands in a passage."""
    return passage.offset(span), passage.offset(span, end=True)


def _seam(reading: Reading, join: Join) -> Iterator[Offer]:
    """A join that is not sure: whether the two lines go on with each other."""
    passage = reading.passage_at(join.right.file, join.right.start)
    if passage:
        before = words(reading, join)
        record = Repair(
            rule=JOIN.name,
            status="suggested",
            before=before,
            after=before.replace("\n", ""),
            basis=join.basis,
            confidence=join.confidence,
            where=passage.where,
            kind="join",
            span=replace(join.right, end=join.right.start),
        )
        at = passage.offset(join.right)
        yield Offer(record, passage.where, passage.text, at, at, before)


def window(reading: Reading, passage: Passage, start: int, end: int) -> tuple[int, int]:
    """The stretch round some characters by which they can be told.

    Rather a short one than one that reaches into another proposal, or into what a safe
    repair has made longer or shorter.
    """
    own: tuple[int, int] | None = None
    apart: tuple[int, int] | None = None
    others = [
        record.span
        for record in reading.collection.repairs
        if record.kind == "replace"
        and (record.status == "suggested" or len(record.before) != len(record.after))
    ]
    read = reading.read
    for first, last in _wider(len(passage.text), start, end):
        said = passage.text[first:last]
        if len(find(read, passage.where, said)) != 1:
            continue
        own = own or (first, last)
        spans = [*passage.stretches(first, start), *passage.stretches(end, last)]
        if any(overlap(one, other) for one in spans for other in others):
            break
        apart = (first, last)
        if (last - first >= LEAST and read.count(said) == 1) or last - first >= MOST:
            break
    return apart or own or (0, len(passage.text))


def _wider(size: int, first: int, last: int) -> Iterator[tuple[int, int]]:
    """A stretch, and ever wider ones, by turns before it and behind it."""
    yield first, last
    while first > 0 or last < size:
        first = max(first - 1, 0)
        yield first, last
        last = min(last + 1, size)
        yield first, last
