"""The libraries of the system that a stage used: Pango, HarfBuzz, fontconfig, the rest.

Python tells of no file that they read or are; the kernel lists what a process has
mapped. They are told apart by size and times, since a package manager replaces files.
"""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from publisher.cache.store import Store
from publisher.inputs import covered, state

NAME = "natives "
MAPS = Path("/proc/self/maps")


def mapped() -> str:
    """One line a library that this process has loaded; empty where nobody says."""
    try:
        text = MAPS.read_text("utf-8", "replace")
    except OSError:
        return ""
    paths = {line.split(maxsplit=5)[-1] for line in text.splitlines()}
    loaded = (path for path in paths if ".so" in path and path[0] == "/")
    return "\n".join(sorted(path for path in loaded if not covered(path)))


def keep(store: Store, paths: str) -> str:
    """Keep a list of libraries and their states; its name."""
    lines = _lines(paths)
    digest = sha256(lines.encode()).hexdigest()
    if not store.trace(NAME + digest):
        store.put_trace(NAME + digest, [paths])
    return digest


@cache
def same(store: Store, digest: str) -> bool:
    """Whether libraries are as they were; asked once a build for each list."""
    known = store.trace(NAME + digest)
    return bool(known) and sha256(_lines(known[0]).encode()).hexdigest() == digest


def _lines(paths: str) -> str:
    return "\n".join(f"{path} {state(path)}" for path in paths.splitlines())
