"""Where the cache lies: ``DIR/.cache`` in the folder of results.

``objects/`` holds values by the sha256 of their bytes: what is half-written or was
changed does not have its name's sha256, and is thrown away when it is asked for.
``traces/`` holds what was made from what; each file begins with the sha256 of the rest.
Nothing here is needed: a folder that cannot be written, or is deleted at any moment,
costs time only. The least recently used objects go when they are too many.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeAlias

from publisher import inputs
from publisher.diagnostics import Problem, Words

Json: TypeAlias = Any
"""Read back from a file that anybody may have changed."""

FOLDER = ".cache"
TRACES = "traces-1"
"""The number grows when traces say other things."""
LIMIT_NAME = "PUBLISHER_CACHE_MIB"
LIMIT = 1024
"""MiB of objects, and of traces, that are kept, unless `LIMIT_NAME` says otherwise."""
LEAST = 0.8
"""The share of the limit that is kept when it was passed."""
NAME_OF_TAG = "CACHEDIR.TAG"
TAG = "Signature: 8a477f597d28d172789f06886806bc55\n# A cache of publisher.\n"
"""What tells tools for copies that a folder is a cache (bford.info/cachedir)."""


@dataclass(frozen=True, slots=True)
class Store:
    """The cache of one folder of results."""

    folder: Path

    def get(self, digest: str) -> bytes | None:
        """An object's bytes, whole; None if it is not there any more."""
        path = self._object(digest)
        try:
            data = path.read_bytes()
        except (OSError, ValueError):
            return None
        if sha256(data).hexdigest() != digest:
            with suppress(OSError):
                path.unlink()
            return None
        with suppress(OSError):
            os.utime(path)  # used now: the last to go
        return data

    def put(self, data: bytes) -> str:
        """Keep an object; its digest."""
        digest = sha256(data).hexdigest()
        if self.get(digest) is None:  # what lies there may be damaged
            self._write(self._object(digest), data)
        return digest

    def trace(self, name: str) -> list[Json]:
        """What is known under a name, the newest first."""
        try:
            whole = self._trace(name).read_bytes()
        except OSError:
            return []
        head, _, text = whole.partition(b"\n")
        if sha256(text).hexdigest().encode() != head:
            return []
        found: list[Json] = json.loads(text)
        return found

    def put_trace(self, name: str, entries: list[Json]) -> None:
        """Keep what is known under a name."""
        text = json.dumps(entries, ensure_ascii=False, separators=(",", ":")).encode()
        head = sha256(text).hexdigest().encode()
        self._write(self._trace(name), b"%s\n%s" % (head, text))

    def _object(self, digest: str) -> Path:
        return self.folder / "objects" / digest[:2] / digest[2:]

    def _trace(self, name: str) -> Path:
        digest = sha256(name.encode("utf-8", "surrogateescape")).hexdigest()
        return self.folder / TRACES / digest[:2] / digest[2:]

    def _write(self, path: Path, data: bytes) -> None:
        """Write whole or not at all; a cache that cannot be written is none."""
        new = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            if not path.parent.is_dir():
                path.parent.mkdir(parents=True, exist_ok=True)
                _tag(self.folder)
            new.write_bytes(data)
            new.replace(path)
        except OSError:
            with suppress(OSError):
                new.unlink(missing_ok=True)


def results(folder: Path) -> bool:
    """Whether a folder is one of results: a cache of ours lies in it."""
    try:
        return (folder / FOLDER / NAME_OF_TAG).read_text("utf-8") == TAG
    except (OSError, ValueError):
        return False


def _tag(folder: Path) -> None:
    with suppress(OSError), (folder / NAME_OF_TAG).open("x") as tag:
        tag.write(TAG)


# ------------------------------------------------------------------ digests

KNOWN = "digests of files"


def remember(store: Store) -> None:
    """Take over what is known of large files, so that they need not be read again."""
    for path, state, digest in store.trace(KNOWN):
        inputs.remember({path: (tuple(state), digest)})


def keep_known(store: Store) -> None:
    """Keep what is known of files, if it is new."""
    now = [[path, list(s), digest] for path, (s, digest) in inputs.known().items()]
    if now and sorted(now) != sorted(store.trace(KNOWN)):
        store.put_trace(KNOWN, sorted(now))


# ------------------------------------------------------------------ size


@dataclass(frozen=True, slots=True)
class Info:
    """How much a cache holds; sizes in bytes."""

    folder: Path
    objects: int
    traces: int
    bytes: int
    limit: int


def limit() -> int:
    """How many bytes are kept.

    Raises:
        Problem: 2, the variable holds no whole number.
    """
    said = os.environ.get(LIMIT_NAME) or str(LIMIT)
    if not said.isdecimal():
        raise Problem(2, _NO_NUMBER.fill(name=LIMIT_NAME, value=said))
    return int(said) << 20


def info(store: Store) -> Info:
    """How much is there."""
    objects = [size for _, size, _ in _files(store.folder / "objects")]
    traces = [size for _, size, _ in _files(store.folder / TRACES)]
    total = sum(objects) + sum(traces)
    return Info(store.folder, len(objects), len(traces), total, limit())


def clear(store: Store) -> int:
    """Throw everything away; how many bytes that were."""
    gone = info(store).bytes
    for path, _, _ in _files(store.folder):
        with suppress(OSError):
            path.unlink()
    for folder, _, _ in os.walk(store.folder, topdown=False):
        with suppress(OSError):
            Path(folder).rmdir()
    return gone


def shrink(store: Store) -> None:
    """Let the least recently used go, if there is too much."""
    for part in ("objects", TRACES):
        files = [(used, size, path) for path, size, used in _files(store.folder / part)]
        over = sum(size for _, size, _ in files) - limit()
        if over > 0:
            _drop(sorted(files), over + int(limit() * (1 - LEAST)))


def _drop(files: list[tuple[int, int, Path]], over: int) -> None:
    for _, size, path in files:
        if over <= 0:
            return
        with suppress(OSError):
            path.unlink()
            over -= size


def _files(folder: Path) -> Iterator[tuple[Path, int, int]]:
    """Each file with its size and when it was last used (ns)."""
    for root, _, names in os.walk(folder):
        for name in names:
            path = Path(root, name)
            with suppress(OSError):
                found = path.stat()
                yield path, found.st_size, found.st_mtime_ns


_NO_NUMBER = Words(
    "环境变量 {name} 应为一个整数（MiB），现为 {value}",
    "{name} must be a whole number of MiB, not {value}",
)
