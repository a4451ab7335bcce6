"""What a stage reads from the disk: the one recorder, and how content is told apart.

Law: what a build opens is in its record, whoever opens it. Python itself tells of each
file that is opened and each folder that is listed (an audit hook), so nobody can forget
to say so. What is opened once and kept in memory is told by `per_file` each time it is
used. A file that was looked for and was not there is an input too, told as absent.

Not recorded: Python's own files, installed packages and this package's code. They are
told apart by version and as a whole (`publisher.cache.parts`).
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from hashlib import sha256
from stat import S_ISDIR, S_ISREG
from typing import Concatenate, ParamSpec, TypeAlias, TypeVar

State: TypeAlias = tuple[int, int, int, int]
"""Size, times of change of the content and of the entry (ns), inode."""
ABSENT: State = (-1, 0, 0, 0)
GONE = "absent"
"""The digest of what is not there."""
SMALL = 1 << 18
"""Files up to this size (bytes) are read again each time; a larger one only when its
`State` says that it changed."""
SETTLED = 2_000_000_000
"""Nanoseconds after which a file's times tell of a later change for certain: the clock
of a file system may be coarse."""
CODE = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120  (at once)
PYTHON = os.path.dirname(os.__file__)  # noqa: PTH120  (at once)
OURS_TO_RECORD = (f"{CODE}/templates/", f"{CODE}/fonts/")
"""What a wheel carries inside the package, and a checkout beside it."""
INSTALLED = ("/site-packages/", "/dist-packages/", f"{PYTHON}/")
NO_FILES = ("/proc/", "/dev/", "/sys/")

T = TypeVar("T")
P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Input:
    """A file, or a folder whose names were listed, and what was in it."""

    path: str
    """Absolute; a folder's ends in a slash."""
    digest: str


@dataclass(slots=True)
class Record:
    """What was read while it was kept, and in which state it was then."""

    seen: dict[str, State] = field(default_factory=dict)

    def note(self, path: str) -> None:
        """A file is about to be read."""
        if path not in self.seen and not covered(path):
            self.seen[path] = state(path)

    def inputs(self) -> tuple[Input, ...] | None:
        """All that was read; None if something of it has changed since."""
        out = []
        for path, before in sorted(self.seen.items()):
            found = told(path)
            if state(path) != before:
                return None
            out.append(Input(path, found))
        return tuple(out)


_RECORD: ContextVar[Record | None] = ContextVar("record", default=None)
_HEARING: list[bool] = []


@contextmanager
def recording() -> Iterator[Record]:
    """Record what is read while it lasts; a record around it hears of it too."""
    if not _HEARING:
        sys.addaudithook(_hear)
        _HEARING.append(True)
    outer, record = _RECORD.get(), Record()
    token = _RECORD.set(record)
    try:
        yield record
    finally:
        _RECORD.reset(token)
        if outer:
            outer.seen = {**record.seen, **outer.seen}


@contextmanager
def unrecorded() -> Iterator[None]:
    """Look at what is told apart as a whole, and in no record."""
    token = _RECORD.set(None)
    try:
        yield
    finally:
        _RECORD.reset(token)


def note(path: str) -> None:
    """Tell the record, if one is kept, that a file's content is used."""
    if record := _RECORD.get():
        record.note(os.path.abspath(path))  # noqa: PTH100  (no links resolved)


def per_file(
    function: Callable[Concatenate[str, P], T],
) -> Callable[Concatenate[str, P], T]:
    """Keep what a function makes of a file, as long as the file stays as it is."""
    kept: dict[object, T] = {}

    @wraps(function)
    def ask(file: str, /, *more: P.args, **named: P.kwargs) -> T:
        note(file)
        key = (file, state(file), more, tuple(named.items()))
        if key not in kept:
            kept[key] = function(file, *more, **named)
        return kept[key]

    return ask


def _hear(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open":
        path, mode, flags = arguments
        read = isinstance(flags, int) and flags & os.O_ACCMODE == os.O_RDONLY
        if read and (mode is None or "r" in str(mode)):
            _heard(path)
    elif event in {"os.scandir", "os.listdir"} and arguments:
        _heard(arguments[0], listed=True)


def _heard(named: object, *, listed: bool = False) -> None:
    record = _RECORD.get()
    if record is None or not isinstance(named, str | bytes | os.PathLike):
        return
    path = os.path.abspath(os.fsdecode(named))  # noqa: PTH100  (no links resolved)
    if path in sys.path:
        return  # where Python looks for modules
    if listed:
        record.note(f"{path}/")
    elif not S_ISDIR(_mode(path)):
        record.note(path)


def covered(path: str) -> bool:
    """Whether a file is told apart in another way, or is none."""
    if path.startswith(OURS_TO_RECORD):
        return False
    return (
        path.startswith((f"{CODE}/", *NO_FILES))
        or path.endswith((".py", ".pyc"))
        or any(each in path for each in INSTALLED)
    )


def _mode(path: str) -> int:
    try:
        return os.stat(path).st_mode  # noqa: PTH116  (at once)
    except (OSError, ValueError):
        return 0


def state(path: str) -> State:
    """What tells cheaply that a file may have changed."""
    try:
        found = os.stat(path)  # noqa: PTH116  (at once)
    except (OSError, ValueError):
        return ABSENT
    if not (S_ISREG(found.st_mode) or S_ISDIR(found.st_mode)):
        return ABSENT
    return (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


# ------------------------------------------------------------------ contents

_KNOWN: dict[str, tuple[State, str]] = {}


def told(path: str) -> str:
    """What is in a file, or which names are in a folder (its path ends in a slash)."""
    return _told(path, _names, 0) if path.endswith("/") else digest(path)


def digest(path: str, small: int = SMALL) -> str:
    """The sha256 of a file; `GONE` if there is none.

    A file over ``small`` bytes that did not change since it was last read is not read.
    """
    note(path)
    return _told(path, _content, small)


def _told(path: str, tell: Callable[[str], str], small: int) -> str:
    now = state(path)
    if now == ABSENT:
        return GONE
    before = _KNOWN.get(path)
    if before and before[0] == now and now[0] > small:
        return before[1]
    try:
        found = tell(path)
    except OSError:
        return GONE
    if now == state(path) and time.time_ns() - max(now[1:3]) > SETTLED:
        _KNOWN[path] = now, found
    return found


def _names(path: str) -> str:
    names = "\0".join(sorted(os.listdir(path)))  # noqa: PTH208  (names alone)
    return sha256(names.encode("utf-8", "surrogateescape")).hexdigest()


def _content(path: str) -> str:
    out = sha256()
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123  (at once)
        while block := file.read(1 << 20):
            out.update(block)
    return out.hexdigest()


def known() -> Mapping[str, tuple[State, str]]:
    """The digests that need not be taken again while a file keeps its state."""
    return _KNOWN


def known_large() -> dict[str, tuple[State, str]]:
    """The same, of the files that are not read again each time."""
    return {path: known for path, known in _KNOWN.items() if known[0][0] > SMALL}


def remember(digests: Mapping[str, tuple[State, str]]) -> None:
    """Take over digests that another process took."""
    _KNOWN.update(digests)
