"""Markdown's spans inside a line: ``**第一条**``, ``[条例]{.emphasis}``, nested or not.

Law: only the characters that draw a span are its edges, and they become layout. A
bracket without one of our attributes after it (``[1]``, ``[文字]``) is text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from publisher.patterns import pattern
from publisher.source import Span
from publisher.tree.nodes import Enclosing, Fixed, Marked, MarkKind, Ruby, Run, Strong

BOLD = pattern(r"\*\*(?=\S)((?:(?!\*\*).)+?)(?<=\S)\*\*")  # **第一条**
CLASSES: dict[str, MarkKind] = {
    "emphasis": "emphasis",
    "着重": "emphasis",
    "name": "proper-name",
    "专名": "proper-name",
    "title": "work-title",
    "书名": "work-title",
}
FIXED = frozenset({"fixed", "照录"})
_CLASS = rf"\.(?:{'|'.join([*CLASSES, *sorted(FIXED)])})"
_SPOKEN = (
    r'[^"\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]{1,200}'
)
_ATTRIBUTE = rf'(?:{_CLASS}|ruby="(?!\s*"){_SPOKEN}")'
# what opens and closes a span: [ and ]{.emphasis} or ]{.name ruby="tiáo lì"}
EDGE = pattern(rf"\[|\](?:\{{\s?({_ATTRIBUTE}(?:\s{_ATTRIBUTE})*)\s?\}})?")
DEEPEST = 8
"""Spans in spans; what lies deeper is text."""
ATTRIBUTE = pattern(rf'({_CLASS})|ruby="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Bold:
    """``**``."""


@dataclass(frozen=True, slots=True)
class Reading:
    """``{ruby="…"}``."""

    text: str


@dataclass(frozen=True, slots=True)
class Literal:
    """``{.fixed}``: in every script as it is."""


Way: TypeAlias = Bold | Reading | Literal | MarkKind


@dataclass(frozen=True, slots=True)
class Stretch:
    """A span: where it stands with its edges, where its inside does, what it is."""

    start: int
    end: int
    inner: tuple[int, int]
    ways: tuple[Way, ...]
    """From the outside in; a span may have several attributes."""


def stretches(text: str, start: int, end: int) -> tuple[Stretch, ...]:
    """The spans of a line, outer before inner; of two that cross, the first."""
    if text.find("*", start, end) < 0 and text.find("[", start, end) < 0:
        return ()
    bold = (
        Stretch(*found.span(), found.span(1), (Bold(),))
        for found in BOLD.finditer(text, start, end)
    )
    found = [*bold, *_attributed(text, start, end)]
    found.sort(key=lambda each: (each.start, -each.end))
    out: list[Stretch] = []
    open_: list[Stretch] = []
    for each in found:
        while open_ and open_[-1].end <= each.start:
            open_.pop()
        first, last = open_[-1].inner if open_ else (start, end)
        if first <= each.start and each.end <= last and len(open_) < DEEPEST:
            out.append(each)
            open_.append(each)
    return tuple(out)


def _attributed(text: str, start: int, end: int) -> Iterator[Stretch]:
    opened: list[int] = []
    for edge in EDGE.finditer(text, start, end):
        if edge[0] == "[":
            opened.append(edge.start())
        elif opened:
            begin = opened.pop()
            inner = (begin + 1, edge.start())
            if edge[1] and text[slice(*inner)].strip():
                yield Stretch(begin, edge.end(), inner, tuple(_ways(edge[1])))


def _ways(attributes: str) -> Iterator[Way]:
    for found in ATTRIBUTE.finditer(attributes):
        if found[2]:
            yield Reading(found[2])
        elif found[1][1:] in FIXED:
            yield Literal()
        else:
            yield CLASSES[found[1][1:]]


def dress(inlines: Run, ways: Sequence[Way], span: Span) -> Enclosing:
    """The inside of a span, in the nodes that it stands for."""
    made = _dress(inlines, ways[-1], span)
    for way in reversed(ways[:-1]):
        made = _dress((made,), way, span)
    return made


def _dress(inlines: Run, way: Way, span: Span) -> Enclosing:
    match way:
        case Bold():
            return Strong(inlines, span=span)
        case Reading():
            return Ruby(inlines, way.text, span=span)
        case Literal():
            return Fixed(inlines, span=span)
        case _:
            return Marked(inlines, way, span=span)
