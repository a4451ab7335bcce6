"""Worker processes on this machine.

Processes are spawned, not forked: nothing of the parent's state can leak into a book.
Each takes one task after the other; one that has grown too large is let go after its
task and another takes its place. An interrupt needs only to end them.
"""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.diagnostics import Problem, Words
from publisher.jobs.engine import INTERRUPTS
from publisher.jobs.files import FAILED
from publisher.jobs.work import Answer, Task, Work, do, failed

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

LARGE = 600 << 20
"""Bytes of memory between two tasks from which on a worker is let go."""
STATM = Path("/proc/self/statm")


@dataclass(slots=True)
class _Worker:
    process: SpawnProcess
    end: Connection
    work: Work | None = None
    made: set[str] = field(default_factory=set)
    """The outputs that it has made: it may know their pages."""


class Processes:
    """So many worker processes, started when there is work for them.

    While it waits for its first task, a worker loads ``modules``: they take longer to
    load than to read a book, which comes first.
    """

    def __init__(
        self, workers: int, modules: Sequence[str] = (), large: int = LARGE
    ) -> None:
        """No process is started yet."""
        self.capacity = workers
        self.modules = tuple(modules)
        self.large = large
        self.workers: list[_Worker] = []
        self.gone: list[_Worker] = []

    def submit(self, work: Work) -> None:
        """Give it to a worker that has nothing to do, or to a new one."""
        if not self.workers:
            self._ready()
        idle = [worker for worker in self.workers if worker.work is None]
        name = str(work.target.path) if isinstance(work, Task) else ""
        idle.sort(key=lambda worker: name not in worker.made)
        worker = idle[0] if idle else self._start()
        worker.work = work
        worker.made.add(name)
        with suppress(OSError):  # one that died meanwhile is found out below
            worker.end.send(work)

    def _ready(self) -> None:
        """Have all workers before there is work for them: they load what they need."""
        while len(self.workers) < self.capacity:
            self._start()

    def finished(self) -> Iterable[tuple[Work, Answer]]:
        """What is done by now; waits until something is, if there is work at all."""
        from multiprocessing.connection import wait

        busy = {each.end: each for each in self.workers if each.work}
        for end in wait(list(busy)) if busy else ():  # of none it would wait for ever
            worker = busy[end]  # type: ignore[index]  # what was waited for
            work, worker.work = worker.work, None
            if work:
                yield work, self._answer(worker, work)

    def _answer(self, worker: _Worker, work: Work) -> Answer:
        try:
            answer: Answer
            answer, memory = worker.end.recv()
        except (EOFError, OSError):
            self.workers.remove(worker)
            worker.process.join()
            worker.end.close()
            return failed(work, _died(worker.process.exitcode or 0))
        if memory > self.large:
            self._let_go(worker)
        return answer

    def _let_go(self, worker: _Worker) -> None:
        self.workers.remove(worker)
        self.gone = [each for each in self.gone if each.process.is_alive()]
        self.gone.append(worker)
        worker.end.close()

    def _start(self) -> _Worker:
        from multiprocessing import get_context

        context = get_context("spawn")
        with _deaf_to_interrupts():
            ours, theirs = context.Pipe()
            process = context.Process(
                target=_work, args=(theirs, self.modules), daemon=True
            )
            process.start()
            theirs.close()
            worker = _Worker(process, ours)
            self.workers.append(worker)
        return worker

    def close(self) -> None:
        """End all workers, whatever they do."""
        for worker in (*self.workers, *self.gone):
            worker.process.kill()
            worker.process.join()
            worker.end.close()
        self.workers, self.gone = [], []


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Ctrl-C reaches every process of a terminal: children inherit that they wait.

    The parent hears it a moment later, when it knows all its children, and ends them;
    a child that lost its parent half-way through its start would say so at length.
    """
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # starting it later would end the deafness
    before = signal.pthread_sigmask(signal.SIG_BLOCK, INTERRUPTS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _died(code: int) -> Problem:
    how = signal.Signals(-code).name if code < 0 else str(code)
    return Problem(FAILED, _DIED.fill(how=how), _DIED_HINT)


def _work(end: Connection, modules: Sequence[str]) -> None:
    """What a worker process does."""
    threading.Thread(target=_die_with_parent, daemon=True).start()
    for module in modules:
        if end.poll():
            break
        with suppress(Exception):  # the task that needs it will say why it cannot
            import_module(module)
    memory = 0
    with suppress(EOFError):
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


def _die_with_parent() -> None:
    from multiprocessing import parent_process

    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)


_DIED = Words("工作进程意外结束（{how}）", "a worker process died ({how})")
_DIED_HINT = Words(
    "可能是内存不够：用 -j 1 再试", "memory may have run out: try again with -j 1"
)
