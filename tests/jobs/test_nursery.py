"""The process that workers are forked from."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from multiprocessing import active_children
from multiprocessing.connection import wait
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


def output(folder: Path) -> Task:
    """What the first output of the plan is made from."""
    job = plan(folder)
    reading, _ = jobs.read(job.loaded)
    return Task(job.targets[0], job.loaded, reading)


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
    loaded = tmp_path / "loaded"
    code = f"""
import pathlib, time
time.sleep(600)
pathlib.Path({str(loaded)!r}).touch()
"""
    slow = module(tmp_path, "slow", code, monkeypatch)
    with closing(Processes(2, [slow])) as engine:
        engine.submit(ReadTask(plan(tmp_path).loaded))
        answer = the(engine)
        assert isinstance(answer, WasRead)
        assert answer.tree
        assert engine.workers == []  # it had nothing else
        assert not loaded.exists()


def test_a_worker_waits_for_no_more_than_its_first_task_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = module(tmp_path, "quick", "", monkeypatch)
    slow = module(tmp_path, "slow", "import time\ntime.sleep(600)", monkeypatch)
    with closing(Processes(1, [quick, slow], {"epub": [quick]})) as engine:
        engine.submit(output(tmp_path))
        answer = the(engine)
    assert isinstance(answer, Made)
    assert not isinstance(answer.output, Problem)


def test_a_worker_gives_place_to_one_who_has_loaded_more_and_that_one_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = module(tmp_path, "some", "", monkeypatch)
    more = module(tmp_path, "more", "", monkeypatch)
    epub, numbers = output(tmp_path), list[list[int]]()
    with closing(Processes(1, [some, more], {"epub": [some]})) as engine:
        for work in (epub, epub, ReadTask(epub.loaded), epub):
            engine.submit(work)
            the(engine)
            numbers.append([worker.number for worker in engine.workers])
    assert numbers == [[1], [1], [2], [2]]


def test_a_nursery_that_was_begun_for_a_book_that_cannot_be_read_ends(
    tmp_path: Path,
) -> None:
    book = tmp_path / "book"
    book.mkdir()
    (book / "book.toml").write_text("schema = 1\n[bok]\n", "utf-8")
    with pytest.raises(Problem):
        jobs.build([book], out=tmp_path / "out", workers=2)
    assert active_children() == []


def test_workers_that_are_begun_early_learn_later_what_to_load(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = tmp_path / "loaded"
    code = f"import pathlib\npathlib.Path({str(loaded)!r}).touch()"
    late = module(tmp_path, "late", code, monkeypatch)
    with closing(Processes(1)) as engine:
        engine.begin()
        engine.expect(1, [late])
        engine.submit(output(tmp_path))
        the(engine)
    assert loaded.exists()


def test_what_cannot_be_loaded_is_left_to_the_task_that_needs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = module(tmp_path, "broken", "raise OSError('no such font')", monkeypatch)
    with closing(Processes(1, [broken, "no.such.module"])) as engine:
        engine.submit(output(tmp_path))
        answer = the(engine)
    assert isinstance(answer, Made)
    assert not isinstance(answer.output, Problem)


class Runs:
    """A reading that is code, run where it is unpacked: in the worker."""

    def __init__(self, code: str) -> None:
        self.code = code

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return exec, (self.code,)


def until(path: Path) -> None:
    while not path.exists():
        time.sleep(0.05)


def why_not(answer: Made | WasRead) -> str:
    assert isinstance(answer, Made)
    assert isinstance(answer.output, Problem)
    return answer.output.message.en


NO_FORK = """
import os
fork = os.fork
def cannot():
    raise BlockingIOError(11, "Resource temporarily unavailable")
def once():
    os.fork = cannot
    return fork()
os.fork = once
"""


def test_a_worker_that_cannot_be_had_costs_its_own_work_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = module(tmp_path, "no_fork", NO_FORK, monkeypatch)
    job = plan(tmp_path)
    reading, _ = jobs.read(job.loaded)
    go = tmp_path / "go"
    slow = Runs(f"""
import pathlib, time
while not pathlib.Path({str(go)!r}).exists():
    time.sleep(0.05)
""")
    with closing(Processes(2, [one])) as engine:
        engine.submit(Task(job.targets[0], job.loaded, slow))  # type: ignore[arg-type]
        engine.submit(Task(job.targets[1], job.loaded, reading))
        assert "(Resource temporarily unavailable)" in why_not(the(engine))
        go.touch()
        assert "worker" not in why_not(the(engine))  # that one did its work
        assert engine.nursery
        assert engine.nursery.alive()


def test_a_nursery_without_a_file_to_spare_says_so_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = tmp_path / "done"
    full = f"""
import os, pathlib, resource
pathlib.Path({str(done)!r}).touch()
free = os.dup(0)
os.close(free)
most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (free, most))
"""
    job = plan(tmp_path)
    with closing(Processes(1, [module(tmp_path, "full", full, monkeypatch)])) as engine:
        engine.submit(ReadTask(job.loaded))
        read = the(engine)
        assert isinstance(read, WasRead)
        first = engine.nursery
        until(done)
        for target in job.targets:
            engine.submit(Task(target, job.loaded, read.tree))
            assert "(Too many open files)" in why_not(the(engine))
        assert engine.nursery is first


def test_a_worker_whose_end_somebody_else_saw_is_missed_and_the_next_is_forked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "import signal; signal.signal(signal.SIGCHLD, signal.SIG_IGN)"
    job = plan(tmp_path)
    reading, _ = jobs.read(job.loaded)
    dies = Runs("import os; os._exit(3)")
    with closing(Processes(1, [module(tmp_path, "deaf", code, monkeypatch)])) as engine:
        engine.submit(Task(job.targets[0], job.loaded, dies))  # type: ignore[arg-type]
        first = engine.nursery
        assert "(No child processes)" in why_not(the(engine))
        engine.submit(Task(job.targets[0], job.loaded, reading))
        answer = the(engine)
        assert isinstance(answer, Made)
        assert not isinstance(answer.output, Problem)
        assert engine.nursery is first


@pytest.mark.parametrize("late", [False, True])
def test_work_whose_worker_died_before_it_began_is_done_by_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, late: bool
) -> None:
    """Idle workers are large, and a system out of memory may choose one."""
    known = tmp_path / "process"
    code = f"""
import os, pathlib
known = pathlib.Path({str(known)!r})
os.register_at_fork(after_in_child=lambda: known.write_text(str(os.getpid())))
"""
    task = output(tmp_path)
    with closing(
        Processes(1, [module(tmp_path, "tells", code, monkeypatch)])
    ) as engine:
        engine.submit(task)
        the(engine)
        process, (worker,) = int(known.read_text()), engine.workers
        if late:  # it has been sent its work, and has not looked
            os.kill(process, signal.SIGSTOP)
            engine.submit(task)
            os.kill(process, signal.SIGKILL)
        else:
            os.kill(process, signal.SIGKILL)
            wait([worker.end])
            engine.submit(task)
        answer = the(engine)
        assert isinstance(answer, Made)
        assert not isinstance(answer.output, Problem)
        assert worker not in engine.workers


def test_a_worker_is_known_by_what_it_made_only_if_it_keeps_that(
    tmp_path: Path,
) -> None:
    job = plan(tmp_path)
    reading, _ = jobs.read(job.loaded)
    cold, warm = (Task(each, job.loaded, reading) for each in job.targets)
    warm = replace(warm, warm=True)
    with closing(Processes(2)) as engine:
        engine.submit(cold)
        engine.submit(warm)
        one, two = engine.workers
        assert not one.made
        assert two.made == {str(warm.target.path)}
        while one.work or two.work:
            list(engine.finished())
        engine.submit(warm)
        assert two.work is warm


LEAVES = """
import sys
from pathlib import Path
from publisher import jobs

if __name__ == "__main__":
    here = Path(sys.argv[1])
    books = [here / "one.md", here / "two.md"]
    built = jobs.build_each(books, ["epub", "epub-tw"], here / "out", workers=2)
    print(next(built).path.name, flush=True)
"""


def test_a_process_may_end_in_the_middle_of_a_build(tmp_path: Path) -> None:
    script = tmp_path / "leaves.py"
    script.write_text(LEAVES)
    for name in ("one.md", "two.md"):
        (tmp_path / name).write_text(TEXT, "utf-8")
    run = subprocess.run(
        [sys.executable, str(script), str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert run.stdout in {"one.md\n", "two.md\n"}
    assert (run.stderr, run.returncode) == ("", 0)


def test_an_end_that_is_interrupted_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = tmp_path / "begun"
    code = f"""
import pathlib, time
pathlib.Path({str(begun)!r}).touch()
time.sleep(600)
"""
    with closing(Processes(2, [module(tmp_path, "slow", code, monkeypatch)])) as engine:
        engine.submit(ReadTask(plan(tmp_path).loaded))
        the(engine)
        until(begun)
        assert engine.nursery
        process = engine.nursery.process
        before = signal.signal(signal.SIGALRM, signal.default_int_handler)
        try:
            signal.setitimer(signal.ITIMER_REAL, 0.2)
            with pytest.raises(KeyboardInterrupt):
                engine.close()
        finally:
            signal.signal(signal.SIGALRM, before)
        assert process.exitcode == -signal.SIGKILL


def test_workers_end_with_their_nursery_and_the_next_has_a_new_one(
    tmp_path: Path,
) -> None:
    """A system out of memory may choose the nursery."""
    job = plan(tmp_path)
    reading, _ = jobs.read(job.loaded)
    begun = tmp_path / "begun"
    held = Runs(
        f"import pathlib, time; pathlib.Path({str(begun)!r}).touch(); time.sleep(600)"
    )
    with closing(Processes(1)) as engine:
        engine.submit(Task(job.targets[0], job.loaded, held))  # type: ignore[arg-type]
        first = engine.nursery
        until(begun)
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
