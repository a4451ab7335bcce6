"""Pages that are kept from one build to the next while an editor works on a book.

The tree of elements is kept, with the pages that were laid out from it and the state in
which each page began. After a change only the pages are laid out again that it may have
touched (`flows`), and with those that were kept they are what a cold build makes. Law:
the bytes are those of a cold build; where this cannot be known, all is laid out again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

__all__ = ["DESKS", "begin", "desk", "forget", "keeping", "let_go"]

DESKS: dict[str, dict[str, Any]] = {}
"""What is kept of each output in this process, what was made last at the end."""
MOST = 8
"""Outputs of which something is kept: a long one takes 200 MB, and all editions of a
book change with it."""
_DESK: ContextVar[dict[str, Any] | None] = ContextVar("desk", default=None)


@contextmanager
def keeping(name: str) -> Iterator[None]:
    """While it lasts, what is laid out is kept under a name, and used.

    Those outputs go that were not made for the longest time, and so in the end those
    that are no more.
    """
    DESKS[name] = DESKS.pop(name, {})
    token = _DESK.set(DESKS[name])
    try:
        yield
    except BaseException:
        DESKS.pop(name, None)  # who knows how far it came
        raise
    finally:
        _DESK.reset(token)
        if len(DESKS) > MOST:
            let_go()


def desk() -> dict[str, Any] | None:
    """What is kept of the output that is made now; None where nothing is kept."""
    return _DESK.get()


KEY = "key"
"""What all depends on that is kept."""


def begin(key: str) -> None:
    """Keep nothing that was made in another world: with other faces, other settings."""
    held = desk()
    if held is not None and (not key or held.get(KEY) != key):
        held.clear()
        held[KEY] = key


def let_go() -> None:
    """Keep nothing of the output that was not made for the longest time."""
    if len(DESKS) > 1:
        del DESKS[next(iter(DESKS))]


def forget() -> None:
    """Keep nothing any more."""
    DESKS.clear()
