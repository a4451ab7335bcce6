"""Build again whenever something changes that a book is made from.

The same build as any other, in a process that stays: modules, dictionaries and faces
are loaded once, and what did not change is not made again. What to watch is what the
stages read (`publisher.inputs`), by the traces of the cache, and all that lies in a
book's folder, so that a file which comes is noticed too.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import count
from pathlib import Path
from typing import TypeAlias

from publisher.book import BOOK
from publisher.cache import Cache
from publisher.cache.traces import whole
from publisher.inputs import State, state
from publisher.jobs import known
from publisher.jobs.plan import Job

PAUSE = 0.03
"""Seconds between two looks."""
STILL = 0.02
"""Seconds that nothing may change before a build begins: an editor is still writing."""
REST = 1.0
"""Seconds without a change after which there is time for other things."""
Look: TypeAlias = dict[str, State]


def looks(
    folders: Sequence[Path],
    out: Path,
    files: Callable[[], Iterable[str]],
    unsettled: Callable[[], bool] = lambda: False,
    rest: Callable[[], None] = lambda: None,
) -> Iterator[int]:
    """Give a number each time that something has changed, the first time at once.

    ``files`` gives what was read last time; it is asked after each build, and
    ``unsettled`` whether something changed while it was read. What lies in
    ``out`` is made, and not looked at. ``rest`` is called when nothing has changed for
    a while.
    """
    for number in count():
        watched = tuple(files())
        before, then = _look(folders, out, watched), time.time_ns()
        yield number
        meanwhile = _look(folders, out, watched)
        changed = unsettled() or _any_since(then, set(files()) - set(before))
        watched = tuple(files())
        last = _look(folders, out, watched)
        if before == meanwhile and not changed:
            _wait(partial(_look, folders, out, watched), last, rest)


def _wait(look: Callable[[], Look], last: Look, rest: Callable[[], None]) -> None:
    """Wait until something changes, and no more of it does."""
    began, rested = time.monotonic(), False
    while (now := look()) == last:
        time.sleep(PAUSE)
        if not rested and time.monotonic() - began > REST:
            rested = True
            rest()
    while now != last:
        last = now
        time.sleep(STILL)
        now = look()


def _any_since(began: int, files: Iterable[str]) -> bool:
    """Whether a file that was not looked at before has changed since then.

    It may have been read before it did; then what was made is not in the cache.
    """
    states = map(state, files)
    return any(max(changed) >= began for _, *changed, _ in states)


def _look(folders: Sequence[Path], out: Path, files: Iterable[str]) -> Look:
    made = out.resolve()
    held = (path for folder in folders for path in _below(folder, made))
    return {path: state(path) for path in (*held, *files)}


def _below(place: Path, made: Path) -> Iterator[str]:
    """A book's folder whole; of a bare source its own templates too."""
    if place.is_dir() or place.name == BOOK:
        yield from _walk(place if place.is_dir() else place.parent, made)
    else:
        yield str(place)
        yield from _walk(place.parent / "templates", made)


def _walk(folder: Path, made: Path) -> Iterator[str]:
    for root, inner, names in os.walk(folder):
        kept = (name for name in inner if not name.startswith("."))
        inner[:] = sorted(n for n in kept if Path(root, n).resolve() != made)
        yield from (f"{root}/{name}" for name in sorted(names))


def read_for(cache: Cache, job: Job) -> set[str]:
    """The files that were read for a book when it was last made."""
    names = [known.wanted_reading(job.loaded).name]
    names += [known.name_of(job.loaded, target.edition) for target in job.targets]
    out: set[str] = set()
    for name in names:
        for entry in cache.store.trace(name)[:1]:
            out |= {whole(path, job.loaded.folder) for path, _ in entry["inputs"]}
    return out
