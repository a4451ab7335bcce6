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

__all__ = ["DESKS", "begin", "desk", "forget", "keeping"]

DESKS: dict[str, dict[str, Any]] = {}
"""What is kept of each output in this process."""
_DESK: ContextVar[dict[str, Any] | None] = ContextVar("desk", default=None)


@contextmanager
def keeping(name: str) -> Iterator[None]:
    """While it lasts, what is laid out is kept under a name, and used."""
    token = _DESK.set(DESKS.setdefault(name, {}))
    try:
        yield
    except BaseException:
        DESKS.pop(name, None)  # who knows how far it came
        raise
    finally:
        _DESK.reset(token)


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


def forget() -> None:
    """Keep nothing any more."""
    DESKS.clear()
