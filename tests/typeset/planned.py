"""Paragraphs planned without a layout engine: every Han one em, Latin about half."""

from __future__ import annotations

from publisher.book import Punctuation
from publisher.typeset import breaks
from publisher.typeset.breaks import Line, Room
from publisher.typeset.metrics import Face, Glyph
from publisher.typeset.pairs import Pairs
from publisher.typeset.settings import Settings, settings
from publisher.typeset.sorts import Cast, Sorts, measure

FACE = Face(None)


def cast(text: str) -> Cast:
    return Cast(text, [Glyph(f"{ord(c):04x}", _advance(c), FACE) for c in text])


def _advance(char: str) -> float:
    if char == " ":
        return 224
    return 1000 if char > "\u2000" or char == "·" else 555


def sorts(text: str, style: Punctuation | Settings = "kaiming") -> Sorts:
    how = settings(style) if isinstance(style, str) else style
    return measure(cast(text), how, Pairs(how))


def planned(
    text: str, chars: float, style: Punctuation | Settings = "kaiming"
) -> tuple[Sorts, list[Line]]:
    """The lines of a paragraph with an indent of two ems."""
    made = sorts(text, style)
    room = Room((chars - 2) * 1000, chars * 1000)
    return made, breaks.lines(made, 0, len(text) - 1, room)


def texts(text: str, lines: list[Line]) -> list[str]:
    return [text[line.first : line.last + 1] for line in lines]
