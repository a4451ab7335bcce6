"""Stretches of runs: cut out, or with each text changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from operator import is_
from typing import TypeAlias, assert_never

from publisher.source import Span
from publisher.tree.nodes import (
    Enclosing,
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
from publisher.tree.walk.inside import plain


def map_texts(run: Run, change: Callable[[Text], tuple[Inline, ...]]) -> Run:
    """Copy a run with each text replaced by what ``change`` gives for it.

    A run in which nothing changed is not copied.
    """
    out: list[Inline] = []
    for inline in run:
        match inline:
            case Text():
                out += change(inline)
            case Strong() | Reference() | Marked() | Ruby() | Fixed():
                inner = map_texts(inline.inlines, change)
                same = inner is inline.inlines
                out.append(inline if same else replace(inline, inlines=inner))
            case Note() | Gap():
                out.append(inline)
            case _:
                assert_never(inline)
    return run if len(out) == len(run) and all(map(is_, out, run)) else tuple(out)


def slice_run(run: Run, start: int, end: int) -> Run:
    """The part of a run between two offsets in its `plain` characters.

    The editor's marks at ``start`` belong to the part before it, unless it is 0.
    """
    out: list[Inline] = []
    at = 0
    for inline in run:
        size = len(plain((inline,)))
        first, last = max(start - at, 0), min(end - at, size)
        match inline:
            case Text():
                if first < last:
                    out.append(_slice_text(inline, first, last))
            case Strong() | Reference() | Marked() | Ruby() | Fixed():
                if inner := slice_run(inline.inlines, first, last):
                    out.append(_part(inline, inner, first, last))
            case Note() | Gap():
                if start < at <= end or at == start == 0:
                    out.append(inline)
            case _:
                assert_never(inline)
        at += size
    return tuple(out)


def _slice_text(text: Text, start: int, end: int) -> Text:
    span = text.span
    if (start, end) == (0, len(text.text)):
        return text
    if len(span) != len(text.text):
        raise ValueError(f"{text!r} was replaced as a whole and cannot be cut")
    own = Span(span.file, span.start + start, span.start + end)
    return Text(text.text[start:end], span=own)


def _part(whole: Enclosing, inner: Run, start: int, end: int) -> Enclosing:
    """What stays round a part of what was enclosed: of a reading, its own words."""
    match whole:
        case Ruby():
            words = spoken(whole.reading, len(plain(whole.inlines)), start, end)
            return replace(whole, inlines=inner, reading=words)
        case Fixed():
            cut = tuple((script, to[start:end]) for script, to in whole.renderings)
            return replace(whole, inlines=inner, renderings=cut)
        case Strong() | Reference() | Marked():
            return replace(whole, inlines=inner)
        case _:
            assert_never(whole)


def spoken(reading: str, size: int, start: int, end: int) -> str:
    """The words of a reading for some of its characters.

    A reading that cannot be told apart stays whole with the first character.
    """
    words = reading.split()
    if len(words) == size:
        return " ".join(words[start:end])
    return "" if start else reading


def readings(ruby: Ruby) -> tuple[tuple[Run, str], ...]:
    """The characters of a ruby, each with its reading; all together where unknown."""
    words = ruby.reading.split()
    if len(words) != len(plain(ruby.inlines)):
        return ((ruby.inlines, ruby.reading),)
    run = map_texts(ruby.inlines, _sliceable)
    at = range(len(words))
    return tuple((slice_run(run, i, i + 1), words[i]) for i in at)


def _sliceable(text: Text) -> tuple[Text, ...]:
    """The text without its true span: a stretch that a repair replaced may be cut."""
    return (replace(text, span=Span(0, 0, len(text.text))),)


Enclose: TypeAlias = Callable[[Run, int, int], Inline]
"""Puts a part of a stretch into a node: its inlines, and its offsets there."""


def enclose(run: Run, start: int, end: int, make: Enclose) -> Run:
    """A run with ``start`` to ``end`` of its `plain` characters inside a new node.

    What crosses the edge of another enclosing node becomes several, so that all are
    nested. An editor's note at either end stays outside.
    """
    out: list[Inline] = []
    held: list[Inline] = []
    at = 0

    def close(until: int) -> None:
        if held:
            inner = tuple(held)
            first = until - len(plain(inner)) - start
            out.append(make(inner, first, until - start))
            held.clear()

    for inline in run:
        size = len(plain((inline,)))
        first, last = max(start - at, 0), min(end - at, size)
        note = held and at < end
        if first < last and isinstance(inline, Text):
            before, inner, after = _cut(inline, first, last)
            out += before
            held += inner
            if after:
                close(end)
            out += after
        elif (first < last == size and not first) or (not size and note):
            held.append(inline)
        else:
            close(min(at, end))
            out.append(_within(inline, (first, last), make, at - start))
        at += size
    close(min(at, end))
    return tuple(out)


def _within(
    inline: Inline, place: tuple[int, int], make: Enclose, shift: int
) -> Inline:
    """An inline, a part of whose inside is enclosed once more if there is one."""
    match inline:
        case Strong() | Reference() | Marked() | Ruby() | Fixed():

            def inside(run: Run, start: int, end: int) -> Inline:
                moved = place[0] + shift
                return make(run, start + moved, end + moved)

            inner = inline.inlines
            if place[0] < place[1]:
                inner = enclose(inner, *place, inside)
            return replace(inline, inlines=inner)
        case Text() | Note() | Gap():
            return inline
        case _:
            assert_never(inline)


def _cut(
    text: Text, start: int, end: int
) -> tuple[tuple[Text, ...], tuple[Text, ...], tuple[Text, ...]]:
    """What is before a stretch of a text, the stretch, and what is after it."""
    before, rest = cut_text(text, start)
    inner, after = cut_text(rest, end - start)
    return before, inner, (after,) if after.text else ()


def cut_text(text: Text, at: int) -> tuple[tuple[Text, ...], Text]:
    """A text in two; of a stretch replaced as a whole the first part has the span."""
    if not at:
        return (), text
    span = text.span
    middle = span.start + at if len(span) == len(text.text) else span.end
    first = Text(text.text[:at], span=replace(span, end=middle))
    rest = Text(text.text[at:], span=replace(span, start=middle))
    return (first,), rest
