"""Markers inside a line: run-on items, questions and answers without a break."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.patterns import pattern
from publisher.read.marks import HAN, Mark, MarkKind, item

# What may stand before a marker in running text: 任务是:(一)…。(二)…
BEFORE = pattern(rf"[:：︰;；。]\s*(?=[（(①-⑳]|{HAN})")
OPENERS, CLOSERS = "“‘《〈「『", "”’》〉」』"
# …哪些要求?答:…; …。问：…
TURN = pattern(r"(?<=[?？。！!”」])\s*((?:(答)|[问問])\s*[:：])")


def run_on(
    text: str, start: int = 0, last: int = 0, style: str = ""
) -> tuple[tuple[int, Mark], ...]:
    """The item markers inside a text that count on, with their offsets.

    A list begins with number 1 after a colon; ``last`` and ``style`` continue a list
    whose marker the text itself begins with. No marker inside a quotation counts.
    """
    found: list[tuple[int, Mark]] = []
    for at, before in _candidates(text, start):
        mark = item(text, at)
        if not mark or mark.style not in ("paren", "circle", "comma", "paren-digit"):
            continue
        if style and mark.style == style and mark.number[0] == last + 1:
            found.append((at, mark))
            last += 1
        elif not style and mark.number[0] == 1 and before in ":：︰":
            found.append((at, mark))
            style, last = mark.style, 1
    return tuple(found)


def turns(text: str, start: int) -> Iterator[tuple[int, Mark]]:
    """Where a question or an answer begins inside a text."""
    for found in TURN.finditer(text, start):
        kind: MarkKind = "answer" if found[2] else "question"
        yield found.start(1), Mark(kind, size=len(found[1]))


def _candidates(text: str, start: int) -> Iterator[tuple[int, str]]:
    """Places after ：；。 outside quotations, with the stop before each."""
    depth, reached = 0, 0
    for found in BEFORE.finditer(text, start):
        for char in text[reached : found.end()]:
            depth += char in OPENERS
            depth -= char in CLOSERS
        reached = found.end()
        if depth <= 0:
            yield found.end(), found[0][0]
