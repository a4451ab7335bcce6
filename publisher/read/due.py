"""Points whose mark is spoilt, known by the number that is due where they stand.

1.300总吨 looks like a measure, 十 進行 has lost its 、 and （三 its bracket. Between
九、 and 十一、 there is no doubt what 十 is: a run of numbers that count on from 1, one
of them at least with a whole mark, is a list, and all of them are its points.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from publisher.patterns import pattern
from publisher.read.marks import HAN, ItemStyle, Mark, counted
from publisher.read.text import Line

# 1.300总吨; 十  進行研究; 五．其他; （三 其他, 三）其他
SPOILT: tuple[tuple[ItemStyle, re.Pattern[str]], ...] = (
    ("dot", pattern(r"(\d{1,2})[.．、](?=\d)")),
    ("comma", pattern(rf"({HAN}{{1,3}})(?:[ \u3000]+|[.．，,·‧])(?=[^\s\d])")),
    (
        "paren",
        pattern(rf"[（(]\s?({HAN}{{1,3}})(?:[ \u3000]+|(?=[^\s）){HAN[1:-1]}]))"),
    ),
    ("paren", pattern(rf"({HAN}{{1,3}})[）)]")),
)
BOUNDS: frozenset[str] = frozenset(("article", "division", "title", "question"))
"""Kinds of line that end every list."""
OUTER: dict[str, frozenset[str]] = {
    "comma": frozenset(),
    "paren": frozenset(("comma",)),
    "dot": frozenset(("comma", "paren")),
}
"""The forms of point that a list of each form ends at."""
Entry = tuple[int, int, Mark | None]
"""A line, its number, and the mark that it should have if it has none."""


def due(lines: Sequence[Line], found: list[Mark]) -> None:
    """Mark the points whose own mark is spoilt."""
    runs: dict[str, list[Entry]] = {style: [] for style in OUTER}
    for i, line in enumerate(lines):
        mark = found[i]
        if mark.kind == "item":
            for style, outer in OUTER.items():
                if mark.style in outer:
                    runs[style] = _taken(runs[style], found)
            if mark.style in runs:
                _add(runs, mark.style, (i, mark.number[0], None), found)
        elif mark.kind in BOUNDS:
            runs = {style: _taken(run, found) for style, run in runs.items()}
        elif mark.kind == "plain" and not mark.style:
            for style, value, made in _spoilt(line):
                if value == (runs[style][-1][1] if runs[style] else 0) + 1:
                    _add(runs, style, (i, value, made), found)
                    break
                if value == 1:
                    _add(runs, style, (i, value, made), found)
                    break
    for run in runs.values():
        _taken(run, found)


def _spoilt(line: Line) -> list[tuple[str, int, Mark]]:
    """What a line may have been the point of."""
    return [
        (style, value, Mark("item", (value, 0), style, number.end()))
        for style, form in SPOILT
        if (number := form.match(line.text)) and (value := counted(number[1]))
    ]


def _add(
    runs: dict[str, list[Entry]], style: str, entry: Entry, found: list[Mark]
) -> None:
    """Go on with a run, or begin the next."""
    run = runs[style]
    if not run or entry[1] != run[-1][1] + 1:
        runs[style] = run = _taken(run, found)
    run.append(entry)


def _taken(run: Sequence[Entry], found: list[Mark]) -> list[Entry]:
    """A run is over: if it is a list its spoilt points are points. An empty run."""
    whole = [i for i, _, spoilt in run if not spoilt]
    if whole and run[0][1] == 1 and len(run) > 1:
        for i, value, spoilt in run:
            # a second and last one may be what a sentence begins with
            if spoilt and (value > 2 or i != run[-1][0]):
                found[i] = spoilt
    return []
