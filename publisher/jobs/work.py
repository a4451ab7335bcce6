"""What a worker does: read a book, or make one output. Values in, values out.

A worker writes no file, so one that outlives its parent can spoil nothing, and it may
be in this process, in another, or on another machine.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias, assert_never, cast

from publisher import inputs, pipeline
from publisher.cache import natives, pickled
from publisher.diagnostics import Diagnostic, Problem, Report, Words
from publisher.inputs import Input, State
from publisher.jobs.files import FAILED
from publisher.jobs.known import Facts, for_edition, for_reading, read_now
from publisher.jobs.plan import Target
from publisher.pipeline import Loaded, Output, Reading
from publisher.refusals import reason
from publisher.remembered import remembering
from publisher.typeset import seldom_collected

if TYPE_CHECKING:
    from publisher.render.printed import Printed

Digests: TypeAlias = Mapping[str, tuple[State, str]]
"""What is known of large files, so that they need not be read again."""


@dataclass(frozen=True, slots=True)
class ReadTask:
    """A book to be read."""

    loaded: Loaded
    warm: bool = False
    """Whether it will be read again soon."""
    at_hand: bool = False
    """Whether the tree is wanted as it is, and not as bytes."""


@dataclass(frozen=True, slots=True)
class WasRead:
    """What a book's files say, or why they cannot be read."""

    facts: Facts | Problem
    tree: bytes = b""
    """The `Reading`, as `publisher.cache.pickled` writes it."""
    read: tuple[Input, ...] | None = None
    """All that was read; None if some of it changed meanwhile."""
    trace: str = ""
    """Where an accident happened, for developers."""
    reading: Reading | None = None
    """The `Reading` itself, where it is wanted so."""


@dataclass(frozen=True, slots=True)
class Task:
    """All that one output is made from."""

    target: Target
    loaded: Loaded
    reading: Reading | bytes
    """As a value, or as `publisher.cache.pickled` writes it."""
    digests: Digests = field(default_factory=dict)
    printed: Printed | None = None
    """For an EPUB, where the pages of its print begin, if that is known."""
    warm: bool = False
    """Whether its pages are kept for the next time: it will be made again soon."""


@dataclass(frozen=True, slots=True)
class Made:
    """One output, or why there is none; and what was found on the way."""

    output: Output | Problem
    found: tuple[Diagnostic, ...] = ()
    seconds: float = 0.0
    trace: str = ""
    read: tuple[Input, ...] | None = None
    libraries: str = ""
    """The libraries of the system that were loaded."""
    digests: Digests = field(default_factory=dict)


Work: TypeAlias = ReadTask | Task
Answer: TypeAlias = WasRead | Made


def do(work: Work) -> Answer:
    """Do it, here and now. What was not foreseen becomes a `Problem` too."""
    with seldom_collected():
        match work:
            case ReadTask():
                return read(work)
            case Task():
                return make(work)
            case _:
                assert_never(work)


def failed(work: Work, problem: Problem, trace: str = "") -> Answer:
    """The answer of a worker that gives none."""
    if isinstance(work, ReadTask):
        return WasRead(problem, trace=trace)
    return Made(problem, trace=trace)


def read(task: ReadTask) -> WasRead:
    """Read a book's files."""
    try:
        with _remembering(f"read {task.loaded.folder}", task):
            facts, reading, read = read_now(for_reading(task.loaded))
    except Problem as problem:
        return WasRead(problem)
    except Exception as error:  # noqa: BLE001  (one book's accident is not another's)
        return WasRead(unforeseen(error), trace=traceback.format_exc())
    if task.at_hand:
        return WasRead(facts, read=read, reading=reading)
    data = pickled.dumps(reading)
    _LAST[:] = [(data, reading)]
    return WasRead(facts, data, read)


def make(task: Task) -> Made:
    """Make one output."""
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
    return Made(
        output, tuple(found), took, "", read, natives.mapped(), inputs.known_large()
    )


def _make(task: Task, report: Report) -> Output:
    edition = task.target.edition
    loaded = for_edition(task.loaded, edition)
    reading = _reading(task)
    with _remembering(f"make {task.target.path}", task), _kept(task):
        return pipeline.make(loaded, reading, edition, report, task.printed)


def _kept(task: Task) -> AbstractContextManager[None]:
    if not task.warm:
        return nullcontext()
    from publisher.write.pdf.kept import keeping

    return keeping(str(task.target.path))


def _remembering(name: str, work: Work) -> AbstractContextManager[None]:
    return remembering(name) if work.warm else nullcontext()


_LAST: list[tuple[bytes, Reading]] = []
"""The reading that was last used: the editions of a book mostly come together."""


def _reading(task: Task) -> Reading:
    if not isinstance(task.reading, bytes):
        return task.reading
    if not _LAST or _LAST[0][0] != task.reading:
        _LAST[:] = []
        _LAST[:] = [(task.reading, cast("Reading", pickled.loads(task.reading)))]
    return _LAST[0][1]


def unforeseen(error: Exception) -> Problem:
    """An accident in our own code, as an editor should see it.

    A refusal of the operating system is told as what it is, not as our fault: a full
    disk can show anywhere.
    """
    if isinstance(error, OSError):
        return Problem(FAILED, reason(error), place=str(error.filename or ""))
    said = f"{type(error).__name__}: {error}"
    return Problem(FAILED, _UNFORESEEN.fill(error=said), _REPORT)


_UNFORESEEN = Words("没有料到的错误：{error}", "unforeseen: {error}")
_REPORT = Words(
    "这是 publisher 的毛病；请加 -v 再做一次，把全部输出报告给开发者",
    "this is a fault of publisher; run it again with -v and report all it says",
)
