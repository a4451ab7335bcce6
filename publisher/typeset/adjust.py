"""What is done to one line to make it as long as the measure.

Compress first, stretch second, each in the order of CLREQ 3.1.6.4. The numbers that
move glyphs are whole 1/1000 em, and what rounding loses is carried on to the next, so
no line is off by more than half of one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from publisher.typeset.breaks import EASE, GAPING, SHOWN, SLACK, TIGHT, Line
from publisher.typeset.sorts import Event, Sorts


class Fitted(NamedTuple):
    """A line as it is drawn. Widths in 1/1000 em of the paragraph."""

    line: Line
    width: float
    """From the first body to the last."""
    each: float
    """What every gap of weight 1 is wider by."""
    moves: Sequence[tuple[int, float]]
    """Characters, and by how much the gap behind is narrower than the advances say."""
    gains: Sequence[float]
    """By how much more each of these gaps is wider than in the natural line."""


def fit(
    sorts: Sorts, line: Line, length: float, *, flush: bool, full_end: bool = False
) -> Fitted:
    """Fit a line into a length: to its end if ``flush``, else only if it is longer.

    ``full_end``: a mark at its end keeps its square where that fits (``auto``).
    """
    first, last = line.first, line.last
    natural = sorts.ends[last] - sorts.starts[first]
    low = bisect_left(sorts.places, first)
    high = bisect_left(sorts.places, last, low)
    events = sorts.events[low:high]
    if full_end and flush and sorts.blanks.get(last, length) <= length - natural:
        length -= sorts.blanks[last]
    left = length - natural
    gaps = last - first - len(events) + sum(event.weight for event in events)
    if left < -1e-6:
        gains, left = _squeeze(events, -left)
        if left < -TIGHT * gaps - SLACK:  # it cannot be had
            return Fitted(line, length - left, 0.0, _moved(events, gains, 0.0), gains)
    elif not flush or left < 1e-6:
        gains = [0.0] * len(events)
        return Fitted(line, natural, 0.0, _moved(events, gains, 0.0), gains)
    else:
        gains, left = _grow(events, left, gaps)
    each = left / gaps if gaps > 0 else 0.0
    width = length if gaps > 0 else length - left
    if each:
        gains = [g + each * e.weight for g, e in zip(gains, events, strict=True)]
    return Fitted(line, width, each, _moved(events, gains, each), gains)


def _squeeze(events: Sequence[Event], need: float) -> tuple[list[float], float]:
    """What each gap loses, and how much too long the line still is (negated)."""
    gains = [0.0] * len(events)
    for tier in range(4):
        held = sum(event.shrink[tier] for event in events)
        if held > 0 and need > 0:
            share = min(held, need) / held
            need -= share * held
            gains = [
                g - share * e.shrink[tier] for g, e in zip(gains, events, strict=True)
            ]
    return gains, -need if need > 1e-6 else 0.0


def _grow(
    events: Sequence[Event], left: float, gaps: float
) -> tuple[list[float], float]:
    """What each gap gains before the even stretch, and what that has left to do."""
    gains = [0.0] * len(events)
    for tier, even in enumerate((0.0, 0.0, EASE, GAPING[1])):
        held = sum(event.stretch[tier] for event in events)
        wanted = left - even * gaps
        if held > 0 and wanted > 0:
            share = min(held, wanted) / held
            left -= share * held
            gains = [
                g + share * e.stretch[tier] for g, e in zip(gains, events, strict=True)
            ]
    spare = sum(event.stretch[4] for event in events)
    if 0 < left - SHOWN[0] * gaps <= spare:
        share = (left - SHOWN[0] * gaps) / spare
        left = SHOWN[0] * gaps
        gains = [g + share * e.stretch[4] for g, e in zip(gains, events, strict=True)]
    return gains, left


def _moved(
    events: Sequence[Event], gains: Sequence[float], each: float
) -> list[tuple[int, float]]:
    return [
        (event.at, event.less - gain + each * event.shown)
        for event, gain in zip(events, gains, strict=True)
    ]


def whole(moves: Sequence[tuple[int, float]], scale: float) -> list[tuple[int, int]]:
    """Moves as whole 1/1000 em of a size, the error handed on from each to the next."""
    out = []
    error = 0.0
    for at, exact in moves:
        wanted = exact / scale + error
        rounded = round(wanted)
        error = wanted - rounded
        if rounded:
            out.append((at, rounded))
    return out
