"""The source's own footnotes: lines that a ① or a [1], called in the text, begins.

A ① may stand anywhere under its call. [1] is also how lists of literature, places left
to fill in and computer text look, so it counts only where a document's last lines count
on from [1] and are just those that the text above calls.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from publisher.patterns import pattern
from publisher.read.marks import Mark
from publisher.read.text import Line

CALL = pattern(r"(?<=[^\s\W])[①-⑳]|[①-⑳](?=[，。；])")
NOTED = pattern(r"[①-⑳]\s*(?=[^\s①-⑳])")
# 依照本法[1]处理。; [1] 见《某法》第三条。; ［2］
BRACKET = r"[\[［](\d{1,3})[\]］]"
CALLED = pattern(rf"(?<=\S){BRACKET}(?![({{])")
LISTED = pattern(rf"{BRACKET}\s*(?=[^\s\[［({{])")


def footnotes(lines: Sequence[Line], found: list[Mark]) -> None:
    """Mark the lines that are footnotes."""
    _circled(lines, found)
    starts = [i for i, m in enumerate(found) if i and m.kind == "title"]
    for start, end in zip([0, *starts], [*starts, len(lines)], strict=True):
        for i, number in _bracketed(lines, start, end):
            size = len(number[0].rstrip())
            found[i] = Mark("heading", (int(number[1]), 0), "footnote", size)


def _circled(lines: Sequence[Line], found: list[Mark]) -> None:
    called: set[str] = set()
    for i, line in enumerate(lines):
        m = found[i]
        noted = NOTED.match(line.text)
        if m.kind == "item" and m.style == "circle" and noted:
            if line.text[0] in called:
                found[i] = Mark("heading", m.number, "footnote", 1)
            continue
        called.update(char[0] for char in CALL.findall(line.text))


def _bracketed(
    lines: Sequence[Line], start: int, end: int
) -> Iterator[tuple[int, re.Match[str]]]:
    """The [1] … [n] that a document's lines end with, if the text calls just these."""
    listed: list[tuple[int, re.Match[str]]] = []
    for i in range(end - 1, start, -1):
        number = LISTED.match(lines[i].text)
        if not number or lines[i].level:
            break
        listed.append((i, number))
    listed.reverse()
    numbers = [int(number[1]) for _, number in listed]
    first = listed[0][0] if listed else start
    called = {
        int(number)
        for line in lines[start:first]
        for number in CALLED.findall(line.text)
    }
    if numbers == list(range(1, len(numbers) + 1)) and set(numbers) == called:
        yield from listed
