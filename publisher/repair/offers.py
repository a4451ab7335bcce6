"""What the editor may still decide, and in which words a decision can name it.

Law: a decision made from an offer is found again. Its words stand once in its node,
and once in the whole text where a few more characters are enough for that, so that it
outlives changes elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from publisher.book import Decision
from publisher.repair.anchors import find
from publisher.repair.passages import Passage, Reading
from publisher.source import Span
from publisher.tree.nodes import Repair

LEAST, MOST = 6, 30
"""Characters that name a place: at least, and at most for the sake of the whole text."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A proposal or a doubt that waits for the editor, and the words around it."""

    record: Repair
    where: str
    text: str
    """The passage that it stands in, as it is now."""
    start: int
    end: int
    window: tuple[int, int]
    """The part of ``text`` that a decision names."""

    @property
    def place(self) -> tuple[Span, str]:
        """What tells it from all others, whatever else is decided."""
        return self.record.span, self.record.rule

    @property
    def now(self) -> str:
        """The characters in question, as they stand."""
        return self.text[self.start : self.end]

    def decide(self, after: str, reason: str) -> Decision:
        """The decision that these characters become others; by whose rule, too."""
        first, last = self.window
        head, tail = self.text[first : self.start], self.text[self.end : last]
        return self._decision("accept", f"{head}{after}{tail}", reason)

    def refuse(self, reason: str) -> Decision:
        """The decision that they stay as they are."""
        first, last = self.window
        head, tail = self.text[first : self.start], self.text[self.end : last]
        after = self.record.after
        return self._decision("reject", f"{head}{after}{tail}" if after else "", reason)

    def _decision(self, verdict: str, after: str, reason: str) -> Decision:
        return Decision(
            "accept" if verdict == "accept" else "reject",
            self.record.rule,
            self.where,
            self.text[slice(*self.window)],
            after,
            reason,
        )


def offers(reading: Reading) -> Iterator[Offer]:
    """Everything in a collection that is proposed or doubted, in its order."""
    for record in reading.collection.repairs:
        if record.status != "suggested" or record.kind != "replace":
            continue
        passage = reading.passage_at(record.span.file, record.span.start)
        if passage is None:
            continue
        start = passage.offset(record.span)
        end = passage.offset(record.span, end=True)
        window = _window(reading, passage, start, end)
        yield Offer(record, passage.where, passage.text, start, end, window)


def _window(
    reading: Reading, passage: Passage, start: int, end: int
) -> tuple[int, int]:
    """The stretch round some characters by which they can be told."""
    own: tuple[int, int] | None = None
    for first, last in _wider(len(passage.text), start, end):
        words = passage.text[first:last]
        if last - first < LEAST or len(find(reading, passage.where, words)) != 1:
            continue
        own = own or (first, last)
        if reading.count(words) == 1:
            return first, last
        if last - first >= MOST:
            break
    return own or (0, len(passage.text))


def _wider(size: int, first: int, last: int) -> Iterator[tuple[int, int]]:
    """A stretch, and ever wider ones, by turns before it and behind it."""
    yield first, last
    while first > 0 or last < size:
        first = max(first - 1, 0)
        yield first, last
        last = min(last + 1, size)
        yield first, last
