"""Worker processes on this machine.

They come from a `nursery`. Each takes one task after the other; one that has grown too
large is let go after its task and another takes its place. Work that its worker did not
even begin, because it had died, is given to another, once. While the nursery loads, the
first books are read by scouts, who are let go when they have read. An interrupt needs
only to end the nursery.
"""

from __future__ import annotations

import ctypes
import gc
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from publisher.diagnostics import Problem, Words
from publisher.jobs.files import FAILED
from publisher.jobs.nursery import Nursery
from publisher.jobs.work import Answer, ReadTask, Task, Work, do, failed

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

LARGE = 600 << 20
"""Bytes of memory between two tasks from which on a worker is let go."""
STATM = Path("/proc/self/statm")


@dataclass(slots=True)
class _Worker:
    home: Nursery
    number: int
    end: Connection
    scout: bool
    needs: tuple[str, ...]
    """What it has loaded at least."""
    work: Work | None = None
    again: bool = False
    """Whether the work was first given to another, who never began it."""
    made: set[str] = field(default_factory=set)
    """The outputs whose pages it may know."""


class Processes:
    """So many worker processes, started when there is work for them.

    ``modules`` are what a worker has loaded when it begins, in order; one whose first
    task is of a format in ``some`` does not wait for more than that has.
    """

    at_hand = False

    def __init__(
        self,
        workers: int,
        modules: Sequence[str] = (),
        some: Mapping[str, Sequence[str]] = MappingProxyType({}),
        *,
        large: int = LARGE,
    ) -> None:
        """No process is started yet."""
        self.expect(workers, modules, some)
        self.large = large
        self.nursery: Nursery | None = None
        self.told = False
        """Whether the nursery knows what to load."""
        self.workers: list[_Worker] = []
        self.answered = False

    def expect(
        self,
        workers: int,
        modules: Sequence[str],
        some: Mapping[str, Sequence[str]] = MappingProxyType({}),
    ) -> None:
        """Learn what work will come."""
        self.capacity = workers
        self.modules = tuple(modules)
        self.some = some

    def begin(self) -> None:
        """Start the nursery, which has much to load, before it is known what for."""
        self.nursery, self.told = Nursery(_work), False

    def submit(self, work: Work) -> None:
        """Give it to a worker that has nothing to do, or to a new one."""
        idle = [worker for worker in self.workers if worker.work is None]
        scout = isinstance(work, ReadTask) and not self.answered
        needs = () if scout else self._needs(work)
        if name := _kept(work):
            idle.sort(key=lambda worker: name not in worker.made)
        else:  # rather one who need not load anything, which the nursery does but once
            idle.sort(key=lambda worker: not set(needs) <= set(worker.needs))
            if idle and not set(needs) <= set(idle[0].needs):
                self._let_go(idle.pop(0))
                idle = []
        worker = idle[0] if idle else self._start(needs, scout=scout)
        if not self._give(worker, work):
            self._let_go(worker)
            self._give(self._start(needs, scout=scout), work, again=True)

    def _needs(self, work: Work) -> tuple[str, ...]:
        """What a worker should have loaded who begins with this."""
        kind = work.target.edition.format if isinstance(work, Task) else ""
        return tuple(self.some.get(kind, self.modules))

    def _give(self, worker: _Worker, work: Work, *, again: bool = False) -> bool:
        """Whether the worker can be reached; one that cannot is found out below."""
        worker.work, worker.again = work, again
        if name := _kept(work):
            worker.made.add(name)
        try:
            worker.end.send(work)
        except OSError:
            return False
        return True

    def finished(self) -> Iterable[tuple[Work, Answer]]:
        """What is done by now; waits until something is, if there is work at all."""
        from multiprocessing.connection import wait

        waits = True
        while waits and (busy := self._busy()):
            for end in wait(list(busy)):
                worker = busy[end]  # type: ignore[index]  # what was waited for
                work, worker.work = worker.work, None
                if work and (answer := self._answer(worker, work)):
                    waits = False
                    yield work, answer

    def _busy(self) -> dict[Connection, _Worker]:
        return {each.end: each for each in self.workers if each.work}

    def _answer(self, worker: _Worker, work: Work) -> Answer | None:
        """None if another worker will answer."""
        try:
            answer: Answer
            answer, memory = worker.end.recv()
        except (EOFError, OSError) as error:
            self._let_go(worker)
            if isinstance(error, ConnectionResetError) and not worker.again:
                # what was sent has not been read
                new = self._start(worker.needs, scout=worker.scout)
                self._give(new, work, again=True)
                return None
            return failed(work, _died(worker.home.ended(worker.number)))
        self.answered = True
        if memory > self.large or worker.scout:
            self._let_go(worker)
        return answer

    def _let_go(self, worker: _Worker) -> None:
        """It ends when it finds the end of its pipe."""
        self.workers.remove(worker)
        worker.end.close()

    def _start(self, needs: tuple[str, ...], *, scout: bool) -> _Worker:
        if self.nursery and not self.nursery.alive():
            self.nursery.close()
            self.nursery = None
        if not self.nursery:
            self.begin()
        home = cast("Nursery", self.nursery)
        if not self.told:
            home.load(self.modules)
            self.told = True
        number, end = home.fork(needs)
        self.workers.append(_Worker(home, number, end, scout, needs))
        return self.workers[-1]

    def rest(self) -> None:
        """Each worker puts things in order when it has answered."""

    def close(self) -> None:
        """End all workers, whatever they do."""
        if self.nursery:
            if not self.nursery.workers:  # nobody is waited for
                self.nursery.process.kill()
            self.nursery.close()
        for worker in self.workers:
            worker.end.close()
        self.nursery, self.workers = None, []


def _kept(work: Work) -> str:
    """The output whose pages are kept by who makes it, if they are."""
    return str(work.target.path) if isinstance(work, Task) and work.warm else ""


def _died(how: str) -> Problem:
    return Problem(FAILED, _DIED.fill(how=how), _DIED_HINT)


def _work(end: Connection) -> None:
    """What a worker process does."""
    memory = 0
    with suppress(EOFError, ConnectionError):  # its answer may not be wanted any more
        while True:
            work: Work = end.recv()
            end.send((do(work), memory))
            del work
            tidy()
            memory = resident()


def tidy() -> None:
    """Give back what a task left: a laid-out book is full of circles."""
    gc.collect()
    with suppress(OSError, AttributeError):
        _trim()(0)


def _trim() -> Callable[[int], int]:
    """The C library's own way to give free memory back (glibc)."""
    found: Callable[[int], int] = ctypes.CDLL(None).malloc_trim
    return found


def resident() -> int:
    """The memory that this process holds, in bytes; 0 where nobody says."""
    try:
        pages = int(STATM.read_text("ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


_DIED = Words("工作进程意外结束（{how}）", "a worker process died ({how})")
_DIED_HINT = Words(
    "可能是内存不够：用 -j 1 再试", "memory may have run out: try again with -j 1"
)
