"""Where worker processes come from: one process that loads what they need, and forks.

Law: nothing of the build's own process can leak into a book. The nursery is spawned,
not forked, and does nothing but load modules: a worker is as if it had just loaded them
itself. A scout, who only reads, can be had as soon as there is what reading needs.

The nursery ends with the process that started it, and its workers with it.
"""

from __future__ import annotations

import errno
import gc
import os
import signal
import socket
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn, TypeAlias

from publisher.jobs.engine import INTERRUPTS

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

READING = (
    *("publisher.pipeline", "publisher.read", "publisher.check"),
    *("publisher.repair.proposed", "publisher.edition.works"),
)
"""What a scout needs to have loaded; the dictionary of words only if a text needs it.
"""
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
    """Fork a worker as soon as what it needs is loaded; its pipe's handle follows."""

    number: int
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Ended:
    """Tell how a worker ended whose pipe has come to its end."""

    number: int


_Order: TypeAlias = _Load | _Fork | _Ended


class Nursery:
    """A nursery, as the process sees it that started it."""

    def __init__(self, job: Job) -> None:
        """Start it; it begins with what reading needs."""
        from multiprocessing import get_context
        from multiprocessing.util import Finalize

        context = get_context("spawn")
        with _deaf_to_interrupts():
            self.control, theirs = context.Pipe()
            self.process = context.Process(
                target=_nurse, args=(theirs, job), daemon=True
            )
            self.process.start()
            theirs.close()
        self.workers = 0
        # at the exit of our process, before multiprocessing waits for its children
        self.close = Finalize(self, _end, (self.control, self.process), exitpriority=1)
        """End it and all its workers, whatever they do."""

    def alive(self) -> bool:
        """Whether workers can be had; a nursery never says anything unasked."""
        return self.process.is_alive() and not self.control.poll()

    def load(self, modules: Iterable[str]) -> None:
        """Have more loaded, for all workers but scouts.

        After the name of a module may follow, behind a colon, a function of it that
        gets something ready.
        """
        self._order(_Load(tuple(modules)))

    def fork(self, needs: Iterable[str]) -> tuple[int, Connection]:
        """Have a worker forked: its number, and our end of its pipe.

        Of what was ordered to be loaded it has at least what it ``needs``. It is not
        waited for, and finds what is sent to it meanwhile.
        """
        from multiprocessing import Pipe
        from multiprocessing.reduction import sendfds

        ours, theirs = Pipe()
        self.workers += 1
        self._order(_Fork(self.workers, tuple(needs)))
        with suppress(OSError), _itself(self.control) as control:
            sendfds(control, [theirs.fileno()])
        theirs.close()
        return self.workers, ours

    def ended(self, number: int) -> str:
        """How a worker ended whose pipe has come to its end, or why it never began."""
        self._order(_Ended(number))
        try:
            how: str = self.control.recv()
        except (OSError, EOFError):  # it is the nursery that died
            self.process.join()
            how = _named(self.process.exitcode or 0)
        return how

    def _order(self, order: _Order) -> None:
        with suppress(OSError):  # one that died is found out when a worker is missed
            self.control.send(order)


def _end(control: Connection, process: BaseProcess) -> None:
    control.close()
    try:
        process.join(PATIENCE)
    finally:
        if process.is_alive():  # it hangs in a module, or nobody has patience
            process.kill()
            process.join()


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


@contextmanager
def _itself(control: Connection) -> Iterator[socket.socket]:
    """The socket of a connection, and no copy: there may be no file left to be had."""
    held = socket.socket(fileno=control.fileno())
    try:
        yield held
    finally:
        held.detach()


def _named(code: int) -> str:
    """An exit code; of a signal, its name."""
    with suppress(ValueError):
        return signal.Signals(-code).name
    return str(code)


# ------------------------------------------------------------------ the other side


def _nurse(control: Connection, job: Job) -> None:
    """What the nursery's process does."""
    nurse = _Nurse(control, job)
    gc.disable()  # what modules leave stays
    while order := nurse.hear():
        nurse.obey(order)
    nurse.end()


@dataclass(slots=True)
class _Nurse:
    control: Connection
    job: Job
    early: deque[str] = field(default_factory=lambda: deque(READING))
    late: deque[str] = field(default_factory=deque)
    alive: dict[int, int] = field(default_factory=dict)
    """Process ids of workers, by number."""
    gone: dict[int, str] = field(default_factory=dict)
    """How those ended that have, and why others never began."""
    life: tuple[int, int] = field(default_factory=os.pipe)
    """Nothing is ever written; its end tells the workers that the nursery has died."""

    def hear(self) -> _Order | None:
        """The next order; None if the build has ended, or has been ended."""
        try:
            while not self.control.poll() and self.load():
                pass
            order: _Order = self.control.recv()
        except (EOFError, OSError):
            return None
        return order

    def obey(self, order: _Order) -> None:
        match order:
            case _Load(modules):
                self.late += modules
            case _Fork(number, needs):
                self.fork(number, needs)
            case _Ended(number):
                self.reap(number)
                how = self.gone.pop(number, os.strerror(errno.ESRCH))
                with suppress(OSError):  # the build has ended: it is not heard any more
                    self.control.send(how)

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

    def fork(self, number: int, needs: tuple[str, ...]) -> None:
        """Fork a worker; what forbids it is told when the build misses the worker."""
        from multiprocessing.connection import Connection

        try:
            with Connection(self.handle()) as end:
                while self.early or any(name in self.late for name in needs):
                    self.load()
                gc.freeze()
                process = os.fork()
                if not process:
                    self.work(end)
        except OSError as error:
            self.gone[number] = error.strerror or str(error)
        else:
            self.alive[number] = process
            self.reap()

    def handle(self) -> int:
        """The end of a pipe that follows an order."""
        from multiprocessing.reduction import recvfds

        with _itself(self.control) as control:
            try:
                handle: int = recvfds(control, 1)[0]
            except RuntimeError as error:  # it came, but there is no place for it
                raise OSError(errno.EMFILE, os.strerror(errno.EMFILE)) from error
            except EOFError as error:
                raise OSError(errno.EPIPE, os.strerror(errno.EPIPE)) from error
        return handle

    def work(self, end: Connection) -> NoReturn:
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
            try:
                flags = 0 if number == waited else os.WNOHANG
                ended, status = os.waitpid(process, flags)
                how = _named(os.waitstatus_to_exitcode(status)) if ended else ""
            except ChildProcessError as error:  # a module had them waited for
                how = error.strerror or str(error)
            if how:
                del self.alive[number]
                self.gone[number] = how

    def end(self) -> None:
        for process in self.alive.values():
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        for process in self.alive.values():
            with suppress(ChildProcessError):
                os.waitpid(process, 0)
