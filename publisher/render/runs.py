"""Runs as HTML, and runs cut into lines: the inlines of titles, paragraphs and items.

For each inline kind a case here and a macro in ``nodes.html``. In 楷体 figures and
quotation marks stay in 宋体; a reading has the room that its letters need.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from typing import Any, assert_never
from unicodedata import normalize

from markupsafe import Markup

from publisher.patterns import pattern
from publisher.render import titles
from publisher.render.sense import UNTOLD, Sense
from publisher.source import Span
from publisher.tree.ids import anchor
from publisher.tree.nodes import (
    Document,
    Fixed,
    Gap,
    Inline,
    Marked,
    Note,
    Reference,
    Ruby,
    Run,
    Strong,
    Text,
)
from publisher.tree.walk import map_texts, plain, readings, slice_run

DATE = pattern(r"[0-9０-９〇一二三四五六七八九]{4}年|民國|民国")
"""2024年 in a promulgation note: each act of it begins with one."""


def broken(run: Run, limit: float = inf, sense: Sense = UNTOLD) -> tuple[Run, ...]:
    """A promulgation note in lines: each dated act after the first begins one.

    A line of more than ``limit`` ems is broken by sense. Space at the ends of lines,
    which would shift what is centred, is left out.
    """
    text = plain(run)
    cuts = [found.start() for found in DATE.finditer(text)][1:]
    acts = [text[a:b] for a, b in pairwise((0, *cuts, len(text)))]
    made = sliced(
        run,
        tuple(
            line
            for act in acts
            for line in (
                titles.lines(act, limit, sense=sense)
                if titles.width(act) > limit
                else (act,)
            )
        ),
    )
    return tuple(map(trimmed, made))


def trimmed(run: Run) -> Run:
    """A run without the space at its ends."""
    text = plain(run)
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    if start == 0 and end == len(text):
        return run
    return slice_run(map_texts(run, _sliceable), start, max(start, end))


def _slices(run: Run, cuts: Iterable[int], end: int) -> tuple[Run, ...]:
    edges = [0, *cuts, end]
    run = map_texts(run, _sliceable)
    return tuple(slice_run(run, a, b) for a, b in pairwise(edges))


def _sliceable(text: Text) -> tuple[Text, ...]:
    """The text without its true span: a stretch that a repair replaced may be cut."""
    return (Text(text.text, span=Span(0, 0, len(text.text))),)


def sliced(run: Run, lines: tuple[str, ...]) -> tuple[Run, ...]:
    """A run cut where its lines end."""
    ends, at = [], 0
    for line in lines:
        at += len(line)
        ends.append(at)
    return _slices(run, ends[:-1], at)


@dataclass(frozen=True, slots=True)
class Runs:
    """Makes the HTML of one document's runs.

    ``macros`` is the module of ``nodes.html``; ``known`` are the anchors that exist.
    """

    document: Document
    macros: Any
    known: frozenset[str]

    def run(self, run: Run, *, kai: bool = False, dots: bool = False) -> Markup:
        """The inlines of a run; in 楷体 figures and quotation marks stay in 宋体.

        ``dots``: each character has a 着重号 of its own.
        """
        out, before = Markup(""), None
        for inline in run:
            out += self.inline(inline, kai=kai, dots=dots, before=before)
            before = inline
        return out

    def inline(
        self, inline: Inline, *, kai: bool, dots: bool, before: Inline | None
    ) -> Markup:
        """One inline; ``before`` is the one that it touches."""
        match inline:
            case Text():
                return self.text(inline.text, kai=kai, dots=dots)
            case Strong():
                return self._("strong", self.run(inline.inlines, dots=dots))
            case Marked():
                dotted = dots or inline.kind == "emphasis"
                inner = self.run(inline.inlines, kai=kai, dots=dotted)
                touching = isinstance(before, Marked) and inline.kind != "emphasis"
                return self._("marked", inline.kind, inline.by, inner, touching)
            case Ruby():
                return self.ruby(inline, kai=kai)
            case Fixed():
                return self.run(inline.inlines, kai=kai, dots=dots)
            case Reference():
                names = (anchor(self.document, target) for target in inline.targets)
                found = next((name for name in names if name in self.known), "")
                inner = self.run(inline.inlines, kai=kai, dots=dots)
                return self._("reference", found, inner)
            case Note():
                return self._("note", inline.text)
            case Gap():
                return self._("gap", inline.text)
            case _:
                assert_never(inline)

    def text(self, text: str, *, kai: bool, dots: bool) -> Markup:
        """Characters of the source; marks of punctuation have no 着重号."""
        if not dots:
            return self._("voiced", text) if kai else Markup.escape(text)
        return Markup("").join(
            self._("dotted", self.text(char, kai=kai, dots=False))
            if char.isalnum()
            else self.text(char, kai=kai, dots=False)
            for char in text
        )

    def ruby(self, ruby: Ruby, *, kai: bool) -> Markup:
        """Characters with their readings, one by one where that is known."""
        parts = [
            (self.run(run, kai=kai), said, room_beside(plain(run), said))
            for run, said in readings(ruby)
        ]
        return self._("ruby", ruby.by, parts)

    def _(self, macro: str, *values: object) -> Markup:
        made: Markup = getattr(self.macros, macro)(*values)
        return made


READING = 0.5
"""The size of a reading by that of the characters."""


NARROW, BROAD = "fijlrt", "mw"
"""Letters a third of an em wide, and nine tenths; most others have about .58."""


def room_beside(text: str, reading: str) -> float:
    """Ems on each side that keep a reading clear of its neighbours (CLREQ ruby)."""
    reach = READING * (sum(map(_letter, reading)) + READING)
    return round(max((reach - titles.width(text)) / 2, 0.0), 3)


def _letter(char: str) -> float:
    """How wide a letter of a reading is: zhuāng, or ㄓㄨㄤ with its full widths."""
    if char > "\u2000":
        return 1.0
    base = normalize("NFD", char)[0]
    return 0.34 if base in NARROW else 0.9 if base in BROAD else 0.58
