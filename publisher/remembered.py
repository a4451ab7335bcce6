"""What a process that stays remembers of the last round, so as not to do it again.

While an editor works on a book it is read and made again and again, and of its lines
one is another. Law: what is remembered depends on nothing but what it is asked with,
told apart by its value, so nothing ever has to be thrown away as wrong; nobody changes
what was given. What a round does not ask for is forgotten: no more is kept than one
round needs. In a process that makes a book once, nothing is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, TypeVar

from publisher.plain import plain

T = TypeVar("T")
MOST = 16
"""Rounds of which something is kept: readings of books, and their outputs."""


@dataclass(slots=True)
class _Memory:
    """What one kind of round was asked for."""

    before: dict[Any, Any] = field(default_factory=dict)
    now: dict[Any, Any] = field(default_factory=dict)
    tallied: Counter[Any] = field(default_factory=Counter)
    """How many tallies of each kind were asked for in this round."""


MEMORIES: dict[str, _Memory] = {}
"""By the names of the rounds, the last one at the end."""
_MEMORY: ContextVar[_Memory | None] = ContextVar("memory", default=None)


@contextmanager
def remembering(name: str) -> Iterator[None]:
    """A round: while it lasts, what the last of this name was asked for is known."""
    memory = MEMORIES[name] = MEMORIES.pop(name, _Memory())
    if len(MEMORIES) > MOST:
        del MEMORIES[next(iter(MEMORIES))]
    memory.before, memory.now, memory.tallied = memory.now, {}, Counter()
    token = _MEMORY.set(None if plain("remembered") else memory)
    try:
        yield
    except BaseException:
        MEMORIES.pop(name, None)  # it was not asked for all that it needs
        raise
    finally:
        _MEMORY.reset(token)
        memory.before = {}


def forget() -> None:
    """Keep nothing any more."""
    MEMORIES.clear()


def tally(of: Callable[[str], Iterable[T]], texts: Sequence[str]) -> Counter[T]:
    """How often each thing stands in some texts; ``of`` tells those of one text.

    Of texts that were counted before only those are counted that are others now.
    """
    memory = _MEMORY.get()
    if memory is None:
        return Counter(chain.from_iterable(map(of, texts)))
    key = (tally, of, memory.tallied[of])
    memory.tallied[of] += 1
    now = Counter(texts)
    known, counts = memory.before.get(key, _NOTHING)
    if (now & known).total() < len(texts) * FEW:
        counts = Counter(chain.from_iterable(map(of, texts)))
    else:
        counts = _changed(counts, of, now - known, known - now)
    memory.now[key] = now, counts
    return counts


FEW = 0.5
"""Where fewer of the texts were there before, all are counted."""
_NOTHING: tuple[Counter[str], Counter[Any]] = Counter(), Counter()


def _changed(
    counts: Counter[T],
    of: Callable[[str], Iterable[T]],
    came: Counter[str],
    went: Counter[str],
) -> Counter[T]:
    out = Counter(counts)
    out.update(chain.from_iterable(map(of, came.elements())))
    for each in chain.from_iterable(map(of, went.elements())):
        if out[each] == 1:
            del out[each]
        else:
            out[each] -= 1
    return out
