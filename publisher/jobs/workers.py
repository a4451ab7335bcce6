"""Make outputs in worker processes, one process an output.

A worker is given values and gives bytes back; it writes no file. So a worker that
outlives its parent can spoil nothing, and an interrupt needs only to end processes.
Processes are spawned, not forked: nothing of the parent's state can leak into a book.
"""

from __future__ import annotations

import os
import signal
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias, cast

from publisher import inputs, pipeline
from publisher.cache import natives, pickled
from publisher.diagnostics import Diagnostic, Problem, Report, Words
from publisher.inputs import Input, State
from publisher.jobs.files import FAILED
from publisher.jobs.known import for_edition
from publisher.jobs.plan import Target
from publisher.pipeline import Loaded, Output, Reading
from publisher.refusals import reason

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess


@dataclass(frozen=True, slots=True)
class Task:
    """All that one output is made from."""

    target: Target
    loaded: Loaded
    reading: Reading | bytes
    """As a value, or as `publisher.cache.pickled` writes it."""
    digests: Mapping[str, tuple[State, str]] = field(default_factory=dict)
    """What is known of large files, so that they need not be read again."""


@dataclass(frozen=True, slots=True)
class Made:
    """One output, or why there is none; and what was found on the way."""

    output: Output | Problem
    found: tuple[Diagnostic, ...] = ()
    seconds: float = 0.0
    trace: str = ""
    """Where an accident happened, for developers."""
    read: tuple[Input, ...] | None = None
    """All that was read; None if some of it changed meanwhile."""
    libraries: str = ""
    """The libraries of the system that were loaded."""
    digests: Mapping[str, tuple[State, str]] = field(default_factory=dict)


Started: TypeAlias = Callable[[Target], None]


def make(task: Task) -> Made:
    """Make one output, here and now. What was not foreseen becomes a `Problem` too."""
    found: list[Diagnostic] = []
    began = time.perf_counter()
    inputs.remember(task.digests)
    try:
        with inputs.recording() as record:
            output = _make(task, found.append)
    except Problem as problem:
        return Made(problem, tuple(found))
    except Exception as error:  # noqa: BLE001  (one output's accident is not another's)
        trace = traceback.format_exc()
        return Made(unforeseen(error), tuple(found), trace=trace)
    read, took = record.inputs(), time.perf_counter() - began
    libraries, digests = natives.mapped(), dict(inputs.known())
    return Made(output, tuple(found), took, "", read, libraries, digests)


def _make(task: Task, report: Report) -> Output:
    reading = task.reading
    if isinstance(reading, bytes):
        reading = cast("Reading", pickled.loads(reading))
    edition = task.target.edition
    return pipeline.make(for_edition(task.loaded, edition), reading, edition, report)


def unforeseen(error: Exception) -> Problem:
    """An accident in our own code, as an editor should see it.

    A refusal of the operating system is told as what it is, not as our fault: a full
    disk can show anywhere.
    """
    if isinstance(error, OSError):
        return Problem(FAILED, reason(error), place=str(error.filename or ""))
    said = f"{type(error).__name__}: {error}"
    return Problem(FAILED, _UNFORESEEN.fill(error=said), _REPORT)


INTERRUPTS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
"""What ends a build early; a worker ends with its parent, by ``kill``."""


def run(
    tasks: Sequence[Task], workers: int, started: Started
) -> Generator[tuple[Task, Made], None, None]:
    """Make outputs, ``workers`` at a time; each is given as soon as it is made.

    With one worker, or one task, there are no processes at all.
    """
    if workers == 1 or len(tasks) <= 1:
        for task in tasks:
            started(task.target)
            yield task, make(task)
        return
    from multiprocessing.connection import wait

    waiting = deque(tasks)
    running: dict[Connection, tuple[Task, SpawnProcess]] = {}
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                task = waiting.popleft()
                started(task.target)
                with _deaf_to_interrupts():
                    end, process = _start(task)
                    running[end] = task, process
            ready = wait(list(running))
            for end in [each for each in running if each in ready]:
                task, process = running.pop(end)
                yield task, _collect(end, process)
    finally:
        for end, (_, process) in running.items():
            process.kill()
            process.join()
            end.close()


def _start(task: Task) -> tuple[Connection, SpawnProcess]:
    from multiprocessing import get_context

    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(theirs, task), daemon=True)
    process.start()
    theirs.close()
    return ours, process


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


def _collect(end: Connection, process: SpawnProcess) -> Made:
    with end:
        try:
            made: Made = end.recv()
        except EOFError:
            process.join()
            return Made(_died(process.exitcode or 0))
    process.join()
    return made


def _died(code: int) -> Problem:
    how = signal.Signals(-code).name if code < 0 else str(code)
    return Problem(FAILED, _DIED.fill(how=how), _DIED_HINT)


def _work(end: Connection, task: Task) -> None:
    """What a worker process does."""
    threading.Thread(target=_die_with_parent, daemon=True).start()
    end.send(make(task))
    end.close()


def _die_with_parent() -> None:
    from multiprocessing import parent_process

    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)


_UNFORESEEN = Words("没有料到的错误：{error}", "unforeseen: {error}")
_REPORT = Words(
    "这是 publisher 的毛病；请加 -v 再做一次，把全部输出报告给开发者",
    "this is a fault of publisher; run it again with -v and report all it says",
)
_DIED = Words("工作进程意外结束（{how}）", "a worker process died ({how})")
_DIED_HINT = Words(
    "可能是内存不够：用 -j 1 再试", "memory may have run out: try again with -j 1"
)
