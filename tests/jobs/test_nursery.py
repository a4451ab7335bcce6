"""The process that workers are forked from."""

from __future__ import annotations

import os
import signal
import time
from contextlib import closing
from pathlib import Path

import pytest

from publisher import jobs
from publisher.diagnostics import Problem
from publisher.jobs.plan import Job
from publisher.jobs.work import Made, ReadTask, Task, WasRead
from publisher.jobs.workers import Processes

TEXT = "阅览室管理条例\n\n第一条 为了规范阅览室管理，制定本条例。\n"


def plan(folder: Path) -> Job:
    source = folder / "text.md"
    source.write_text(TEXT, "utf-8")
    return jobs.plan([source], ["epub", "epub-tw"], folder / "out")[0]


def module(folder: Path, name: str, code: str, patch: pytest.MonkeyPatch) -> str:
    (folder / f"{name}.py").write_text(code)
    patch.syspath_prepend(folder)
    return name


def the(engine: Processes) -> Made | WasRead:
    ((_, answer),) = engine.finished()
    return answer


def test_a_book_is_read_while_the_nursery_still_loads(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = module(tmp_path, "slow", "import time; time.sleep(600)", monkeypatch)
    began = time.monotonic()
    with closing(Processes(2, [slow])) as engine:
        engine.submit(ReadTask(plan(tmp_path).loaded))
        answer = the(engine)
        assert isinstance(answer, WasRead)
        assert answer.tree
        assert engine.workers == []  # it had nothing else
    assert time.monotonic() - began < 60


def test_what_cannot_be_loaded_is_left_to_the_task_that_needs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = module(tmp_path, "broken", "raise OSError('no such font')", monkeypatch)
    job = plan(tmp_path)
    reading, _ = jobs.read(job.loaded)
    with closing(Processes(1, [broken, "no.such.module"])) as engine:
        engine.submit(Task(job.targets[0], job.loaded, reading))
        answer = the(engine)
    assert isinstance(answer, Made)
    assert not isinstance(answer.output, Problem)


def test_workers_end_with_their_nursery_and_the_next_has_a_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A system out of memory may choose the nursery."""
    waits = module(
        tmp_path,
        "waits",
        "import time\nclass Waits:\n"
        "    def __reduce__(self): return time.sleep, (600,)\n",
        monkeypatch,
    )
    job = plan(tmp_path)
    reading, _ = jobs.read(job.loaded)
    held = __import__(waits).Waits()
    with closing(Processes(1)) as engine:
        engine.submit(Task(job.targets[0], job.loaded, held))
        first = engine.nursery
        assert first
        assert first.process.pid
        os.kill(first.process.pid, signal.SIGKILL)
        answer = the(engine)
        assert isinstance(answer, Made)
        assert isinstance(answer.output, Problem)
        assert "a worker process died (SIGKILL)" in answer.output.message.en
        engine.submit(Task(job.targets[0], job.loaded, reading))
        assert engine.nursery is not first
        answer = the(engine)
        assert isinstance(answer, Made)
        assert not isinstance(answer.output, Problem)
