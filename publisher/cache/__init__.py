"""What was made before, so that nothing is made again that need not be.

`store` keeps values by their sha256, `traces` say what was made from what, `parts` tell
in short what a stage depends on besides files. Law: a cache never changes an output;
it can be deleted, damaged or shared by two builds at any moment.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from publisher.cache import natives, store, traces
from publisher.cache.store import FOLDER, Info, Json, Store, clear, info, limit
from publisher.cache.traces import FRESH, Found, Wanted
from publisher.inputs import Input

__all__ = [
    "Cache",
    "Found",
    "Info",
    "Json",
    "Wanted",
    "cache_in",
    "clear",
    "info",
    "limit",
    "store_in",
]


@dataclass(frozen=True, slots=True)
class Cache:
    """The cache of one build; a ``fresh`` one keeps, but finds nothing."""

    store: Store
    fresh: bool = False

    def look(self, wanted: Wanted) -> Found:
        """What was kept, or why nothing that holds."""
        return Found(why=FRESH) if self.fresh else traces.look(self.store, wanted)

    def keep(
        self, wanted: Wanted, read: Iterable[Input] | None, libraries: str, result: Json
    ) -> str:
        """Keep what was made; the key that tells it apart.

        Nothing is kept where a file changed while it was read (``read`` is None): what
        was made is of no state that could be looked for.
        """
        if read is None:
            return ""
        named = natives.keep(self.store, libraries)
        return traces.keep(self.store, wanted, read, named, result)

    def close(self) -> None:
        """Keep what is known of files, and let go what is too much."""
        store.keep_known(self.store)
        store.shrink(self.store)


def store_in(out: Path) -> Store:
    """Where the cache of a folder of results keeps things."""
    return Store(out / FOLDER)


def cache_in(out: Path, *, fresh: bool = False) -> Cache:
    """The cache of a folder of results."""
    made = store_in(out)
    store.remember(made)
    return Cache(made, fresh)
