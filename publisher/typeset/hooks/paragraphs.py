# ruff: noqa: ANN401  (WeasyPrint has no types)
"""A paragraph that can be composed: its boxes, its measured text, and its plan.

A paragraph is kept beside its line box, so that a later pass over the same text at the
same measure finds its lines ready.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal, TypeAlias

from weasyprint.formatting_structure import boxes

from publisher.typeset import breaks
from publisher.typeset.adjust import Fitted, fit
from publisher.typeset.breaks import Line, Room
from publisher.typeset.hooks.shaping import Manner
from publisher.typeset.settings import Settings
from publisher.typeset.sorts import Sorts

CLOSE = 0.01
"""Lengths (CSS px) that differ by less are the same."""

ASIDE = frozenset({"justify", "left", "start", "auto"})
"""Values of ``text-align`` and ``text-align-last`` that leave a line at the left."""

Kind: TypeAlias = Literal["text", "inline", "atom", "leader", "out"]


@dataclass(slots=True)
class Part:
    """One inline box, and which characters of the paragraph are in it."""

    box: Any
    kind: Kind
    first: int
    end: int = 0
    manner: Manner | None = None
    scale: float = 1.0
    parts: list[Part] = field(default_factory=list)
    left: float = 0.0
    right: float = 0.0
    """Margin, border and padding, in CSS px."""


@dataclass(slots=True)
class Planned:
    """A measured text; and its lines, at the measure they were last planned for."""

    sorts: Sorts
    size: float
    """The size of its type in CSS px."""
    align: str
    last_align: str
    settings: Settings
    before: Mapping[int, float]
    after: Mapping[int, float]
    """Margins, borders and padding around characters, in 1/1000 em."""
    plan: dict[int, tuple[Line, float]] = field(default_factory=dict)
    """For the start of each planned line: the line, and the length it is for."""
    fitted: dict[tuple[int, float], Fitted] = field(default_factory=dict)
    aside: bool = field(init=False)
    """Whether all its lines begin at the left."""

    def __post_init__(self) -> None:
        self.aside = self.align in ASIDE and self.last_align in ASIDE

    def line(
        self, start: int, available: float, measure: float, *, narrowed: bool
    ) -> Line:
        """The line that begins at a character; lengths in CSS px.

        ``narrowed``: a float takes something away from this line, and who knows from
        which others.
        """
        found = self.plan.get(start)
        if found is not None and abs(found[1] - available) < CLOSE:
            return found[0]
        available, measure = _exact(available), _exact(measure)
        unit = 1000 / self.size
        room = Room(
            available * unit,
            measure * unit,
            flush=self.align == "justify",
            full_ends=self.settings.ends == "auto",
        )
        if narrowed:
            last = self._spans(start)[0][1]
            return breaks.greedy(self.sorts, start, last, room)
        self._plan(start, available, measure, room)
        return self.plan[start][0]

    def _plan(self, start: int, available: float, measure: float, room: Room) -> None:
        """Plan from a character to the end of the paragraph."""
        way = breaks.balanced if self.align == "center" else breaks.lines
        for first, last, hard in self._spans(start):
            made = way(self.sorts, first, last, room) if first <= last else []
            for line in made[:-1]:
                self.plan[line.first] = (line, available)
                available = measure
            final = made[-1] if made else Line(first, last, last + 1)
            following = hard + 1 if hard >= 0 else len(self.sorts.text)
            closed = Line(final.first, final.last, following, hard >= 0)
            planned = self.plan[final.first] = (closed, available)
            self.plan.setdefault(first, planned)
            available = measure
            room = Room(room.others, room.others, room.flush, room.full_ends)

    def _spans(self, start: int) -> list[tuple[int, int, int]]:
        """From ``start``: first and last character, and the forced break behind."""
        text = self.sorts.text
        out = []
        while True:
            at = text.find("\n", start)
            first, last = start, (at if at >= 0 else len(text)) - 1
            while last > first and self.sorts.classes[last] == " ":
                last -= 1
            while first < last and text[first] == " ":
                first += 1
            out.append((first, last, at))
            start = at + 1
            if at < 0 or start >= len(text):
                return out

    def fit(self, line: Line, available: float) -> Fitted:
        """How a line fits into a length (CSS px)."""
        available = _exact(available)
        key = (line.first, available)
        found = self.fitted.get(key)
        if found is None:
            final = line.hard or line.next >= len(self.sorts.text)
            align = self.align
            if final and self.last_align != "auto":
                align = self.last_align
            flush = align == "justify" and (not final or self.last_align == "justify")
            found = self.fitted[key] = fit(
                self.sorts,
                line,
                available * 1000 / self.size,
                flush=flush,
                full_end=self.settings.ends == "auto",
            )
        return found


@lru_cache(1024)
def _exact(length: float) -> float:
    """A length that is the same on a left and a right page.

    What is left of a line there differs in the last bits, since lines begin elsewhere;
    a plan may turn on that.
    """
    return round(length, 4)


@dataclass(slots=True)
class Paragraph:
    """The boxes of one line box, and the plan of their text."""

    planned: Planned
    parts: list[Part]
    width: float
    """Of the containing block, which percentages are of."""
    texts: tuple[Any, ...]
    floats: tuple[Part, ...]
    direct: bool
    """Whether it is all text, inline boxes of it, and leaders."""
    level: bool
    """Whether all of them stand on the line's baseline."""
    leader: bool
    """Whether it holds one."""


def same(paragraph: Paragraph, linebox: Any, width: float) -> bool:
    """Whether a paragraph is still what its line box holds."""
    if abs(paragraph.width - width) >= CLOSE:
        return False
    return texts(linebox) == paragraph.texts


def texts(box: Any) -> tuple[Any, ...]:
    """Every text box in a box, by its identity, with its text."""
    return tuple(
        (id(each), each.text)
        for each in box.descendants()
        if isinstance(each, boxes.TextBox)
    )
