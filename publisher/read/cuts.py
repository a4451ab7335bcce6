"""Stretches of runs."""

from __future__ import annotations

from publisher.tree.nodes import Run
from publisher.tree.walk import slice_run


def cut(run: Run, text: str, start: int, end: int) -> Run:
    """A stretch of a run without the space at its ends; ``text`` is its characters."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return run if (start, end) == (0, len(text)) else slice_run(run, start, end)
