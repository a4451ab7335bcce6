"""Where the lines of a paragraph end: the best for the whole of it (Knuth and Plass).

From each place where a line may begin, only those ends are looked at that lie between
the most a line can be squeezed and the most it is well stretched, so the time grows
with the text and not with its square. All widths are in 1/1000 em.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from heapq import heappop, heappush
from math import inf
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from publisher.typeset.classes import HAN, LATIN
from publisher.typeset.sorts import Sorts, Tiers

SLACK = 1.0
"""A line that is longer by this much still fits."""
SQUEEZE = (4.0, 12.0, 15.0, 20.0)
"""Cost of using up each shrinking tier."""
TIGHT = 20.0
"""How much nearer than solid two Han may come, where a line else would show that it is
stretched. CLREQ has no such step; a fiftieth of an em is not seen, twice that is."""
TIGHTENED = (18.5, 2.5)
"""What that costs at least, as much as a stretch of 0.04; and at most more."""
LOOSE = 30.0
"""A stretch of each gap, in 1/1000 em, that costs 10."""
SHOWN = (39.5, 12.0)
"""A greater stretch can be seen where lines are long, and costs so much more."""
GAPING = (95.0, 300.0)
"""From the first on, programs that read a PDF see spaces; the second is a hole."""
EASE = 25.0
"""Up to this stretch of each gap, blanks keep to their usual width."""
LONE = 2e4
"""Cost of a last line with one Han alone (CLREQ 3.1.5, 孤字); with figures, as in
300人, it is"""
LONE_MIXED = 8e3
OVERFULL = 1e6
HOLES = (1000.0, 15000.0)
"""A line that costs more is looked at only if there is no better: usually, and"""
NARROW = 15000.0
"""at a measure of less than this."""
SHORT = 8
"""Characters of a last line that are looked at one by one."""


class Line(NamedTuple):
    """Characters ``first`` … ``last`` are seen on it; the next begins at ``next``."""

    first: int
    last: int
    next: int
    hard: bool = False
    """Whether it ends because the text says so."""


class Room(NamedTuple):
    """How long the lines may be, and whether they are to be flush."""

    first: float
    others: float
    flush: bool = True
    full_ends: bool = False
    """Whether a mark at a line's end may keep its square where it fits (``auto``)."""


def lines(sorts: Sorts, first: int, last: int, room: Room) -> list[Line]:
    """The lines of the characters ``first`` … ``last``, both seen.

    They always cover the text; a line is longer than the measure only where there is no
    place to break it.
    """
    if sorts.ends[last] - sorts.starts[first] <= room.first + SLACK:
        return [Line(first, last, last + 1)]
    best: dict[int, tuple[float, int, int]] = {first: (0.0, -1, -1)}
    search = Search(sorts, last, room, first)
    bound = _bound(search, first)
    waiting, done = [first], set()
    while waiting:
        start = heappop(waiting)
        if start in done:
            continue
        done.add(start)
        so_far = best[start][0]
        for following, seen, cost in search.starts(start):
            total = so_far + cost
            if total > bound:
                continue
            known = best.get(following)
            if known is None or total < known[0]:
                best[following] = (total, start, seen)
                if following <= last:
                    heappush(waiting, following)
    return _backwards(best, first, last + 1)


def _bound(search: Search, start: int) -> float:
    """What the lines cost if each is the best that it can be, whatever the next are.

    The best lines of the whole do not cost more, so what does is not looked into.
    """
    total = 0.0
    while start <= search.last:
        start, _, cost = min(search.starts(start), key=COST)
        total += cost
    return total


def greedy(sorts: Sorts, first: int, last: int, room: Room) -> Line:
    """The best single line from ``first`` on, where the next has another length."""
    if sorts.ends[last] - sorts.starts[first] <= room.first + SLACK:
        return Line(first, last, last + 1)
    found = Search(sorts, last, room, -1).endings(first, room.first)
    following, seen, _ = min(found, key=COST)
    return Line(first, seen, following)


def balanced(sorts: Sorts, first: int, last: int, room: Room) -> list[Line]:
    """The lines of a heading: as few as must be, as even as may be."""
    found = lines(sorts, first, last, room)
    if len(found) < 2:
        return found
    indent = room.others - room.first
    low, high = room.others / (len(found) + 1), room.others
    for _ in range(12):
        middle = (low + high) / 2
        tried = lines(sorts, first, last, Room(middle - indent, middle, flush=False))
        if len(tried) <= len(found) and _fit(sorts, tried, middle, indent):
            high, found = middle, tried
        else:
            low = middle
    return found


def _fit(sorts: Sorts, made: list[Line], width: float, indent: float) -> bool:
    widths = [sorts.ends[line.last] - sorts.starts[line.first] for line in made]
    widths[0] += indent
    return max(widths) <= width + SLACK and all(line.last > line.first for line in made)


def _skip(sorts: Sorts, at: int, last: int) -> int:
    if sorts.spaced:
        while at <= last and sorts.classes[at] == " ":
            at += 1
    return at


def _backwards(
    best: dict[int, tuple[float, int, int]], first: int, at: int
) -> list[Line]:
    made = []
    while at != first:
        _, start, seen = best[at]
        made.append(Line(start, seen, at))
        at = start
    return made[::-1]


Ending: TypeAlias = tuple[int, int, float]
"""Where the next line begins, the last character seen on this one, and the cost."""
COST = itemgetter(2)


@dataclass(slots=True)
class Search:
    """Looks for ends of lines in the characters up to ``last``."""

    sorts: Sorts
    last: int
    room: Room
    origin: int
    """Where the first line begins: a paragraph of one line may be one character."""
    known: dict[int, list[Ending]] = field(default_factory=dict)

    def starts(self, start: int) -> list[Ending]:
        """Every good end of the line that begins at ``start``, looked for once."""
        found = self.known.get(start)
        if found is None:
            length = self.room.first if start == self.origin else self.room.others
            found = self.known[start] = self.endings(start, length)
        return found

    def endings(self, start: int, length: float) -> list[Ending]:
        """Every good end of a line that begins at ``start``; at least one."""
        sorts = self.sorts
        limit = sorts.starts[start] + length + SLACK
        fitting = bisect_right(sorts.ends, limit, start, self.last + 1) - 1
        found, over = self._squeezed(start, limit, fitting)
        found += self._stretched(start, limit, fitting, alone=not found)
        return found or [over or self._forced(start)]

    def _squeezed(
        self, start: int, limit: float, fitting: int
    ) -> tuple[list[Ending], Ending | None]:
        """Ends past the limit, if blanks can give way; the first that cannot be had."""
        sorts, last, found = self.sorts, self.last, list[Ending]()
        costs, ends, tiers = sorts.costs, sorts.ends, sorts.tiered()
        for end in range(fitting + 1, last + 1):
            own = costs[end]
            if own == inf and end != last:
                continue
            seen = self._seen(start, end) if sorts.spaced else end
            need = ends[seen] - limit
            if need > 0:
                cost = squeeze(tiers, start, seen, need, tight=self.room.flush)
            else:  # only its space is too much
                cost = self._loosened(start, seen, limit)
            if cost == inf:
                return found, (self._next(end), seen, OVERFULL + need * 100)
            cost += self._lonely(start, end) if end == last else own
            found.append((self._next(end), seen, cost))
        return found, None

    def _stretched(
        self, start: int, limit: float, fitting: int, *, alone: bool
    ) -> list[Ending]:
        """Ends before the limit, from the nearest to where a line gets too loose."""
        sorts, last, found = self.sorts, self.last, list[Ending]()
        costs = sorts.costs
        holes = HOLES[limit - sorts.starts[start] < NARROW]
        for end in range(min(fitting, last), start - 1, -1):
            own = costs[end]
            if own == inf and end != last:
                continue
            seen = self._seen(start, end) if sorts.spaced else end
            if end == last:
                cost = self._lonely(start, end)
            else:
                cost = self._loosened(start, seen, limit)
                if cost > holes and not (alone and not found):
                    break
                cost += own
            found.append((self._next(end), seen, cost))
        return found

    def _loosened(self, start: int, seen: int, limit: float) -> float:
        sorts = self.sorts
        left = limit - sorts.ends[seen] - SLACK
        if self.room.full_ends and sorts.blanks.get(seen, inf) <= left:
            left -= sorts.blanks[seen]
        return loosen(sorts.tiered(), start, seen, left, flush=self.room.flush)

    def _seen(self, start: int, end: int) -> int:
        while end > start and self.sorts.classes[end] == " ":
            end -= 1
        return end

    def _next(self, end: int) -> int:
        """Where the next line begins if this one ends with a character."""
        if end == self.last or not self.sorts.spaced:
            return end + 1
        return _skip(self.sorts, end + 1, self.last)

    def _lonely(self, start: int, end: int) -> float:
        """The cost of a last line with a lone Han, if it is not also the first."""
        if start == self.origin or end - start > SHORT:
            return 0.0
        kinds = self.sorts.classes[start : end + 1]
        han = sum(kind in HAN for kind in kinds)
        said = han + sum(kind in LATIN for kind in kinds)
        if han > 1 or (said > 1 and not han):
            return 0.0
        return LONE_MIXED if said > 1 else LONE

    def _forced(self, start: int) -> Ending:
        """Where a line ends that has no good end: the first break there is."""
        for end in range(start, self.last):
            if self.sorts.costs[end] != inf:
                return self._next(end), self._seen(start, end), OVERFULL
        return self.last + 1, self.last, OVERFULL


def squeeze(
    tiers: Tiers, start: int, end: int, need: float, *, tight: bool = False
) -> float:
    """What it costs to make a line shorter by ``need``; infinite if it cannot be."""
    cost = 0.0
    for sums, weight in zip(tiers.shrink, SQUEEZE, strict=True):
        if sums is None:
            continue
        held = sums[end] - sums[start]
        if held > 0:
            used = min(need, held)
            cost += weight * (used / held) ** 2
            need -= used
            if need <= 1e-6:
                return cost
    if tight and need > 1e-6:
        weights = tiers.weights
        held = TIGHT * (weights[end] - weights[start])
        if need > held:
            return inf
        least, more = TIGHTENED
        return cost + least + more * (need / held) ** 2
    return cost if need <= 1e-6 else inf


def loosen(
    tiers: Tiers, start: int, end: int, left: float, *, flush: bool = True
) -> float:
    """What it costs to make a line longer by ``left``."""
    _, stretch, weights = tiers
    gaps = weights[end] - weights[start]
    if flush:
        spaces, blanks, more, mixed, spare = stretch
        if spaces is not None:
            left -= min(left, spaces[end] - spaces[start])
        if blanks is not None:
            left -= min(left, blanks[end] - blanks[start])
        if more is not None and left > EASE * gaps:
            left -= min(left - EASE * gaps, more[end] - more[start])
        if mixed is not None and left > GAPING[1] * gaps:
            left -= min(left - GAPING[1] * gaps, mixed[end] - mixed[start])
        if spare is not None:
            over = left - SHOWN[0] * gaps
            if 0 < over <= spare[end] - spare[start]:
                left = SHOWN[0] * gaps
    if left <= 1e-6:
        return 2.0
    if gaps <= 0:
        return 1e5 + left * 100
    each = left / gaps
    cost = 2 + 10 * (each / LOOSE) ** 2
    if each > SHOWN[0]:
        cost += SHOWN[1]
    if each > GAPING[0] and flush:
        cost += 500 if each <= GAPING[1] else 5500
    return cost
