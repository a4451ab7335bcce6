"""Write results so that a build that stops leaves the last good ones.

A file is written beside its final place, forced to the disk and renamed; a reader sees
the old bytes or the new, never a part. A lock keeps two builds out of one folder; while
it is held, no other build can own a temporary file there, so any that is found is the
leaving of a build that was killed.
"""

from __future__ import annotations

import errno
import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from publisher.diagnostics import Problem, Words
from publisher.refusals import reason

FAILED = 4
LOCK = ".lock"
TEMPORARY = ".publisher-new"
"""How the names of files end that are still being written."""
PAUSE = 0.1
"""Seconds between two looks at a lock."""

ROOM = Words(
    "腾出空间，或用 -o 换一个文件夹；原有的成品没有动",
    "make room, or choose another folder with -o; the last good output is untouched",
)
ELSEWHERE = Words("用 -o 换一个文件夹", "choose another folder with -o")
HINTS = {errno.ENOSPC: ROOM, errno.EDQUOT: ROOM, errno.EFBIG: ROOM}


def write(path: Path, data: bytes) -> None:
    """Put an output in place.

    Raises:
        Problem: 4, with the path and the reason.
    """
    try:
        put(path, data)
    except OSError as error:
        raise unwritable(path, error) from error


def put(path: Path, data: bytes) -> None:
    """Put a file in place, whole or not at all; an interrupt leaves nothing behind.

    Raises:
        OSError: it cannot be written.
    """
    new = path.with_name(f".{path.name}{TEMPORARY}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with new.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
        _sync(path.parent)
    finally:
        with suppress(OSError):
            new.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    """Make a rename last: a folder's entries are forced to the disk by themselves."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def unwritable(path: Path, error: OSError) -> Problem:
    """What an operating system's refusal means to an editor."""
    why = reason(error)
    return Problem(
        FAILED,
        Words(f"写不了 {path}：{why.zh}", f"cannot write {path}: {why.en}"),
        HINTS.get(error.errno or 0, ELSEWHERE),
        str(path),
    )


class Busy(Problem):
    """Another build keeps a folder."""


@contextmanager
def locked(
    folder: Path, patience: float, waiting: Callable[[Path], None]
) -> Iterator[None]:
    """Have a folder to oneself, and clean of what killed builds left in it.

    Args:
        folder: made if it is not there.
        patience: seconds to wait for another build; then it is a problem.
        waiting: told once when there is a wait.

    Raises:
        Problem: 4, the folder cannot be made or another build keeps it.
    """
    lock = folder / LOCK
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError as error:
        raise unwritable(folder, error) from error
    try:
        _take(descriptor, folder, patience, waiting)
        _clean(folder)
        yield
    finally:
        os.close(descriptor)


def _take(
    descriptor: int, folder: Path, patience: float, waiting: Callable[[Path], None]
) -> None:
    until = time.monotonic() + patience
    told = False
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pass
        except OSError as error:
            raise unwritable(folder / LOCK, error) from error
        else:
            return
        if time.monotonic() >= until:
            raise Busy(FAILED, _BUSY.fill(folder=folder), _BUSY_HINT, str(folder))
        if not told:
            waiting(folder)
            told = True
        time.sleep(PAUSE)


def _clean(folder: Path) -> None:
    for left in folder.rglob(f".*{TEMPORARY}"):
        with suppress(OSError):
            left.unlink()


_BUSY = Words(
    "另一个 publisher 正在写 {folder}，等不到它结束",
    "another publisher is still building into {folder}",
)
_BUSY_HINT = Words(
    "等它做完再试，或用 -o 换一个文件夹",
    "try again when it is done, or choose another folder with -o",
)
