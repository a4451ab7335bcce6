"""Where worker processes come from: one process that loads what they need, and forks.

Law: nothing of the build's own process can leak into a book. The nursery is spawned,
not forked, and does nothing but load modules: a worker is as if it had just loaded them
itself. A scout, who only reads, can be had as soon as there is what reading needs.

The nursery ends with the process that started it, and its workers with it.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias

from publisher.jobs.engine import INTERRUPTS

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

READING = (
    *("publisher.pipeline", "publisher.read", "rjieba", "publisher.check"),
    *("publisher.repair.proposed", "publisher.edition.works"),
)
"""What a scout needs to have loaded."""
PATIENCE = 3.0
"""Seconds in which a nursery must find out that it is not wanted any more."""
Job: TypeAlias = "Callable[[Connection], None]"
"""What a worker does with its end of a pipe until the other end is closed."""


@dataclass(frozen=True, slots=True)
class _Load:
    """Load these modules too; of ``module:function``, call the function."""

    modules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Fork:
    """Fork a worker; the handle of its pipe follows."""

    number: int
    scout: bool


@dataclass(frozen=True, slots=True)
class _Ended:
    """Tell the exit code of a worker whose pipe has come to its end."""

    number: int


_Order: TypeAlias = _Load | _Fork | _Ended


class Nursery:
    """A nursery, as the process sees it that started it."""

    def __init__(self, job: Job) -> None:
        """Start it; it begins with what reading needs."""
        from multiprocessing import get_context

        context = get_context("spawn")
        with _deaf_to_interrupts():
            self.control, theirs = context.Pipe()
            self.process = context.Process(
                target=_nurse, args=(theirs, job), daemon=True
            )
            self.process.start()
            theirs.close()
        self.workers = 0

    def alive(self) -> bool:
        """Whether workers can be had."""
        return self.process.is_alive()

    def load(self, modules: Iterable[str]) -> None:
        """Have more loaded, for all workers but scouts.

        After the name of a module may follow, behind a colon, a function of it that
        gets something ready.
        """
        self._order(_Load(tuple(modules)))

    def fork(self, *, scout: bool) -> tuple[int, Connection]:
        """Have a worker forked: its number, and our end of its pipe.

        It is not waited for, and finds what is sent to it meanwhile.
        """
        from multiprocessing import Pipe
        from multiprocessing.reduction import send_handle

        ours, theirs = Pipe()
        self.workers += 1
        self._order(_Fork(self.workers, scout))
        with suppress(OSError):
            send_handle(self.control, theirs.fileno(), self.process.pid)
        theirs.close()
        return self.workers, ours

    def ended(self, number: int) -> int:
        """The exit code of a worker whose pipe has come to its end."""
        self._order(_Ended(number))
        try:
            code: int = self.control.recv()
        except (OSError, EOFError):  # it is the nursery that died
            self.process.join()
            code = self.process.exitcode or 0
        return code

    def close(self) -> None:
        """End it and all its workers, whatever they do."""
        self.control.close()
        self.process.join(PATIENCE)
        if self.process.is_alive():  # it hangs in a module
            self.process.kill()
            self.process.join()

    def _order(self, order: _Order) -> None:
        with suppress(OSError):  # one that died is found out when a worker is missed
            self.control.send(order)


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


# ------------------------------------------------------------------ the other side


def _nurse(control: Connection, job: Job) -> None:
    """What the nursery's process does."""
    nurse = _Nurse(control, job)
    gc.disable()  # what modules leave stays
    try:
        while True:
            if control.poll() or not nurse.load():
                nurse.obey(control.recv())
    except (EOFError, OSError):  # the build has ended, or has been ended
        nurse.end()


@dataclass(slots=True)
class _Nurse:
    control: Connection
    job: Job
    early: deque[str] = field(default_factory=lambda: deque(READING))
    late: deque[str] = field(default_factory=deque)
    alive: dict[int, int] = field(default_factory=dict)
    """Process ids of workers, by number."""
    codes: dict[int, int] = field(default_factory=dict)
    """Exit codes of those that have ended."""
    life: tuple[int, int] = field(default_factory=os.pipe)
    """Nothing is ever written; its end tells the workers that the nursery has died."""

    def obey(self, order: _Order) -> None:
        match order:
            case _Load(modules):
                self.late += modules
            case _Fork(number, scout):
                self.fork(number, scout=scout)
            case _Ended(number):
                self.reap(number)
                self.control.send(self.codes.pop(number))

    def load(self) -> bool:
        """Load one module more; whether there was one to load."""
        names = self.early or self.late
        if names:
            module, _, function = names.popleft().partition(":")
            with suppress(Exception):  # the task that needs it will say why it cannot
                loaded = import_module(module)
                if function:
                    getattr(loaded, function)()
            return True
        return False

    def fork(self, number: int, *, scout: bool) -> None:
        from multiprocessing.connection import Connection
        from multiprocessing.reduction import recv_handle

        end = Connection(recv_handle(self.control))
        while self.early or (self.late and not scout):
            self.load()
        gc.freeze()
        if process := os.fork():
            self.alive[number] = process
            end.close()
            self.reap()
        else:
            self.work(end)

    def work(self, end: Connection) -> None:
        """Be a worker, and end as one."""
        code = 1
        try:
            self.control.close()
            os.close(self.life[1])
            threading.Thread(target=self.die_with_nursery, daemon=True).start()
            gc.enable()
            self.job(end)
            code = 0
        except BaseException:  # noqa: BLE001  (it must not go on as a nursery)
            sys.excepthook(*sys.exc_info())
        finally:
            os._exit(code)

    def die_with_nursery(self) -> None:
        os.read(self.life[0], 1)
        os._exit(1)

    def reap(self, waited: int = 0) -> None:
        """See which workers have ended; one that must have is waited for."""
        for number, process in list(self.alive.items()):
            flags = 0 if number == waited else os.WNOHANG
            ended, status = os.waitpid(process, flags)
            if ended:
                del self.alive[number]
                self.codes[number] = os.waitstatus_to_exitcode(status)

    def end(self) -> None:
        for process in self.alive.values():
            os.kill(process, signal.SIGKILL)
        for process in self.alive.values():
            os.waitpid(process, 0)
