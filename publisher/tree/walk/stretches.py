"""Stretches of runs: cut out, or with each text changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from publisher.tree.nodes import (
    Gap,
    Inline,
    Note,
    Reference,
    Run,
    Strong,
    Text,
)
from publisher.tree.walk.inside import plain


def map_texts(run: Run, change: Callable[[Text], tuple[Inline, ...]]) -> Run:
    """Copy a run with each text replaced by what ``change`` gives for it."""
    out: list[Inline] = []
    for inline in run:
        match inline:
            case Text():
                out.extend(change(inline))
            case Strong() | Reference():
                inner = map_texts(inline.inlines, change)
                out.append(replace(inline, inlines=inner))
            case Note() | Gap():
                out.append(inline)
            case _:
                assert_never(inline)
    return tuple(out)


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
            case Strong() | Reference():
                if inner := slice_run(inline.inlines, first, last):
                    out.append(replace(inline, inlines=inner))
            case Note() | Gap():
                if start < at <= end or at == start == 0:
                    out.append(inline)
            case _:
                assert_never(inline)
        at += size
    return tuple(out)


def _slice_text(text: Text, start: int, end: int) -> Text:
    span = text.span
    if len(span) == len(text.text):
        span = replace(span, start=span.start + start, end=span.start + end)
    elif (start, end) != (0, len(text.text)):
        raise ValueError(f"{text!r} was replaced as a whole and cannot be cut")
    return replace(text, text=text.text[start:end], span=span)
