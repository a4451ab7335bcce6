"""A paragraph as the composer sees it: arrays with one entry for each character.

A sort is a piece of type. Positions are in 1/1000 em of the paragraph's own size and
count the bodies of marks, which take half an em; a mark's blank is part of the gap
between it and its neighbour. So the natural width of the characters i … j is
``ends[j] - starts[i]``, with the blanks at both edges cut off.

Only pairs that are not Han beside Han are visited one by one (`Event`); the rest is in
prefix sums.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, MutableSequence, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, compress, count
from math import inf
from operator import add, is_not
from typing import NamedTuple

from publisher.typeset.classes import CENTRED, HAN, NARROW, WHOLE, classes
from publisher.typeset.metrics import Face, Glyph
from publisher.typeset.pairs import FIRM, PLAIN, STIFF, Pairs, Shrink, Stretch
from publisher.typeset.settings import Settings

HALF = 500
SQUARE = 900
"""The least advance of a full-width mark."""
SPACE = (250, 500)
"""Least and most width of a word space (CLREQ 3.1.6.4)."""
WIDE = 400
"""So much of a margin between a label and its text takes as much of the stretch as the
gap between two Han."""
SEAM = 0.3
"""Share of the stretch that a change of face takes: past about 0.03 em programs that
read a PDF see a space there."""

MARKS = re.compile("[OCPKSXM]")
UNLIKE = re.compile("[^Hduny]+|d|n(?=u)")
"""What is not Han, or likes to stay together with the next."""


ONE_GLYPH = 4
"""Hexadecimal digits."""


class Event(NamedTuple):
    """A gap that is not as between Han: how its edges move apart or together."""

    at: int
    """The character before the gap."""
    less: float
    """By how much the gap as drawn is narrower than the glyphs' own advances."""
    shrink: Shrink
    stretch: Stretch
    weight: float
    """Its share when all gaps grow."""
    shown: int
    """How many glyphs the character before it has: none inside a ligature."""


@dataclass(slots=True)
class Cast:
    """The characters of a paragraph with what is known of each, before measuring."""

    text: str
    glyphs: Sequence[Glyph]
    sizes: Sequence[float] | None = None
    """Each character's size in ems of the paragraph; None where all are 1."""
    before: Mapping[int, float] = field(default_factory=dict)
    """Margins, borders and padding before a character, in 1/1000 em."""
    after: Mapping[int, float] = field(default_factory=dict)
    whole: Sequence[tuple[int, int]] = ()
    """Stretches of text whose marks keep their squares."""
    joined: Sequence[tuple[int, int]] = ()
    """Stretches of text that may not be broken."""
    tracking: Mapping[int, float] = field(default_factory=dict)
    """Letter-spacing, which does not count at the end of a line."""
    apart: Mapping[int, float] = field(default_factory=dict)
    """What stands between a character and the next, if no line ends there."""


class Tiers(NamedTuple):
    """Prefix sums over the characters; None where a tier has nothing to give."""

    shrink: tuple[list[float] | None, ...]
    stretch: tuple[list[float] | None, ...]
    weights: Sequence[float]
    """Of the gaps."""


@dataclass(slots=True)
class Sorts:
    """A measured paragraph."""

    text: str
    classes: str
    codes: Sequence[str]
    faces: Sequence[Face]
    starts: MutableSequence[float]
    """Where the body of each character begins, and where the last gap ends."""
    ends: MutableSequence[float]
    """Where each body ends, as a line ends there."""
    blanks: Mapping[int, float]
    """The blank at the end of a line that ``ends`` leaves off."""
    shifts: Mapping[int, float]
    """How far a glyph begins before its body: openers, centred marks."""
    costs: Sequence[float]
    """Of a break after each character."""
    events: list[Event]
    places: Sequence[int]
    """The characters that the events are at."""
    one_face: bool
    spaced: bool
    """Whether the text has spaces that a line's end swallows."""
    tiers: Tiers | None = None

    def tiered(self) -> Tiers:
        """What each tier can give: worked out when more than one line is planned."""
        if self.tiers is None:
            self.tiers = _tiers(self.events, len(self.text))
        return self.tiers

    def planned(self) -> None:
        """Keep only what drawing asks for: all lines are made."""
        self.costs, self.events, self.places = (), [], ()
        self.starts = self.ends = []
        self.tiers = None


OPENER_AND_SPACE = re.compile("[OV(] +")
"""“ and: a line may not end with the mark, whatever space follows it."""


def measure(cast: Cast, settings: Settings, pairs: Pairs) -> Sorts:
    """Work out the arrays."""
    glyphs = cast.glyphs
    codes, advances, faces = zip(*glyphs, strict=True)
    kinds = _kinds(cast, settings, advances)
    one_face = faces.count(faces[0]) == len(faces)
    bodies, shifts, blanks = _bodies(cast, kinds, advances)
    steps = list(bodies)
    visited = _visited(cast, kinds, codes, faces, one_face=one_face)
    odd = _odd(cast, kinds, codes)
    costs = [0.0] * len(kinds)
    events: list[Event] = []
    usual = pairs.usual
    for k in visited:
        key = kinds[k : k + 2], advances[k], advances[k + 1], faces[k] is faces[k + 1]
        known = None if k in odd else usual.get(key)
        if known is not None:
            event, gap, cost = known
            event = tuple.__new__(Event, (k, *event[1:]))
        else:
            found = _event(k, cast, kinds, pairs, faces, advances, bodies, shifts)
            event, gap, cost = found
            if k not in odd:
                usual[key] = found
        steps[k] += gap
        costs[k] = cost
        events.append(event)
    for k, width in cast.apart.items():
        steps[k] += width
    for first, last in cast.joined:
        for k in range(first, last - 1):
            costs[k] = inf
    for opener in OPENER_AND_SPACE.finditer(kinds):
        for k in range(opener.start() + 1, opener.end()):
            costs[k] = inf
    starts = list(accumulate(steps, initial=0.0))
    ends = list(map(add, starts, bodies))
    _edges(ends, kinds, blanks, bodies, cast, settings)
    return Sorts(
        cast.text,
        kinds,
        codes,
        faces,
        starts,
        ends,
        blanks,
        shifts,
        costs,
        events,
        visited,
        one_face=one_face,
        spaced=" " in kinds,
    )


def _kinds(cast: Cast, settings: Settings, advances: Sequence[float]) -> str:
    kinds = classes(cast.text)
    if settings.centred:
        kinds = kinds.translate(CENTRED)
    for first, last in cast.whole:
        kinds = kinds[:first] + kinds[first:last].translate(WHOLE) + kinds[last:]
    sizes = cast.sizes
    narrow = [
        k
        for k in map(re.Match.start, MARKS.finditer(kinds))
        if advances[k] <= SQUARE * (sizes[k] if sizes else 1)
    ]
    if not narrow:
        return kinds
    letters = list(kinds)
    for k in narrow:
        letters[k] = NARROW[letters[k]]
    return "".join(letters)


def _bodies(
    cast: Cast, kinds: str, advances: Sequence[float]
) -> tuple[list[float], dict[int, float], dict[int, float]]:
    """The width of each body, and the blanks before and behind it that it leaves."""
    bodies = list(advances)
    shifts: dict[int, float] = {}
    blanks: dict[int, float] = {}
    sizes = cast.sizes
    for found in MARKS.finditer(kinds):
        k = found.start()
        half = HALF * sizes[k] if sizes else HALF
        blank = advances[k] - half
        bodies[k] = half
        if kinds[k] == "O":
            shifts[k] = blank
        elif kinds[k] == "M":
            shifts[k] = blanks[k] = blank / 2
        else:
            blanks[k] = blank
    for extra in (cast.before, cast.after, cast.tracking):
        for k, width in extra.items():
            bodies[k] += width
    return bodies, shifts, blanks


def _visited(
    cast: Cast,
    kinds: str,
    codes: Sequence[str],
    faces: Sequence[Face],
    *,
    one_face: bool,
) -> Sequence[int]:
    final = len(kinds) - 1
    special = set(cast.tracking)
    special.discard(final)
    if not one_face:
        special.update(compress(count(), map(is_not, faces, faces[1:])))
    if "" in codes or not "".join(codes).isalnum():
        marked = [k for k, code in enumerate(codes) if not code.isalnum()]
        special.update(k - 1 for k in marked)
        special.update(marked)
        special -= {-1, final}
    unlike = _unlike(kinds)
    return sorted(special.union(unlike)) if special else unlike


def _unlike(kinds: str) -> list[int]:
    """Where a pair begins that is not Han beside Han, or likes to stay together."""
    out: list[int] = []
    following = 0
    for found in UNLIKE.finditer(kinds):
        first, end = found.span()
        if kinds[first] not in HAN:
            first -= 1
        out += range(max(first, following), end)
        following = end
    if out and out[-1] == len(kinds) - 1:
        out.pop()
    return out


def _odd(cast: Cast, kinds: str, codes: Sequence[str]) -> Container[int]:
    """Gaps of which classes, advances and faces do not say all."""
    if cast.sizes or cast.tracking:
        return range(len(kinds))
    odd = {*cast.after, *cast.before, *(k - 1 for k in cast.before)}
    if " " in kinds:
        odd.update(k for k, kind in enumerate(kinds) if kind == " ")
    if "" in codes or len("".join(codes)) != ONE_GLYPH * len(codes):
        for k, code in enumerate(codes):
            if len(code) != ONE_GLYPH:
                odd |= {k - 1, k}
    return odd


def _event(  # noqa: PLR0913, PLR0917  (the arrays of one paragraph)
    k: int,
    cast: Cast,
    kinds: str,
    pairs: Pairs,
    faces: Sequence[Face],
    advances: Sequence[float],
    bodies: Sequence[float],
    shifts: Mapping[int, float],
) -> tuple[Event, float, float]:
    pair = pairs[kinds[k : k + 2]] or PLAIN
    after, before = cast.after, cast.before
    margin = max(after.get(k, 0), before.get(k + 1, 0)) if after or before else 0
    if margin > 0 and pair.gap:  # the second begins its own square
        pair = (pairs[kinds[k] + "A"] or PLAIN)._replace(cost=pair.cost)
    scale = cast.sizes[k] if cast.sizes else 1
    gap = pair.gap * scale
    _, shrink, stretch, weight, cost = pair
    if scale != 1:
        a, b, c, d = shrink
        shrink = a * scale, b * scale, c * scale, d * scale
        a, b, c, d, e = stretch
        stretch = a * scale, b * scale, c * scale, d * scale, e * scale
    if cast.text[k] == " ":
        narrow = max(bodies[k] - SPACE[0] * scale, 0)
        wide = max(SPACE[1] * scale - bodies[k], 0)
        shrink, stretch = (narrow, *shrink[1:]), (wide, *stretch[1:])
    if margin > 0:
        weight = max(weight, 1 + margin / WIDE)  # a wide gap takes more
    elif faces[k] is not faces[k + 1] and weight and gap < 20:
        weight = SEAM
    if not cast.glyphs[k + 1].code and cast.glyphs[k + 1].advance == 0:
        weight, cost = 0, inf  # inside a ligature
    body = bodies[k] - before.get(k, 0)
    less = advances[k] - (body + gap - shifts.get(k + 1, 0) + shifts.get(k, 0))
    code = cast.glyphs[k].code
    shown = len(faces[k].glyphs.get(code, "1")) if code else 0
    return Event(k, less, shrink, stretch, weight, shown), gap, cost


def _edges(  # noqa: PLR0913, PLR0917  (the arrays of one paragraph)
    ends: MutableSequence[float],
    kinds: str,
    blanks: dict[int, float],
    bodies: Sequence[float],
    cast: Cast,
    settings: Settings,
) -> None:
    """Make ``ends`` what the end of a line is at each character, by the style."""
    for k, width in cast.tracking.items():
        if k not in cast.after:
            ends[k] -= width
    if settings.hang:
        for k, kind in enumerate(kinds):
            if kind in "PS":
                ends[k] -= bodies[k]
    elif settings.ends == "full":
        for k, blank in blanks.items():
            ends[k] += blank
        blanks.clear()


def _tiers(events: Sequence[Event], length: int) -> Tiers:
    """Sum up what the events have."""
    shrink: list[list[float] | None] = [None, None, None, None]
    stretch: list[list[float] | None] = [None, None, None, None, None]
    weights: list[float] | None = None
    for event in events:
        at, weight = event.at, event.weight
        if event.shrink is not FIRM:
            _give(shrink, at, event.shrink, length)
        if event.stretch is not STIFF:
            _give(stretch, at, event.stretch, length)
        if weight != 1:
            if weights is None:
                weights = [1] * length
            weights[at] = weight
    return Tiers(
        tuple(map(_sums, shrink)),
        tuple(map(_sums, stretch)),
        _sums(weights) or range(length + 1),
    )


def _give(
    tiers: list[list[float] | None], at: int, given: Sequence[float], length: int
) -> None:
    for tier, value in enumerate(given):
        if value:
            held = tiers[tier]
            if held is None:
                held = tiers[tier] = [0] * length
            held[at] = value


def _sums(values: list[float] | None) -> list[float] | None:
    return None if values is None else list(accumulate(values, initial=0.0))
