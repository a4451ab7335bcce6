"""Stretches of runs."""

from __future__ import annotations

from publisher.source import Span
from publisher.tree.nodes import Run, Text
from publisher.tree.walk import plain, slice_run


def cut(run: Run, text: str, start: int, end: int) -> Run:
    """A stretch of a run without the space at its ends; ``text`` is its characters."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return run if (start, end) == (0, len(text)) else slice_run(run, start, end)


def close_up(run: Run) -> Run:
    """A heading without the spaces that only spread it out: 总　则 → 总则."""
    text = plain(run)
    words = text.split()
    if len(words) < 2 or any(len(word) > 1 for word in words):
        return run
    out: list[Text] = []
    for inline in run:
        if not isinstance(inline, Text):
            return run
        out.extend(
            Text(
                c,
                span=Span(
                    inline.span.file, inline.span.start + i, inline.span.start + i + 1
                ),
            )
            for i, c in enumerate(inline.text)
            if not c.isspace()
        )
    return tuple(out)
