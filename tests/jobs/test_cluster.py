"""A build on many machines: a real scheduler and real workers, on the loopback."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from publisher import jobs
from publisher.cli import run
from publisher.jobs import cluster, remote
from tests.conftest import ROOT
from tests.jobs.test_many import laws, sums

Say = pytest.CaptureFixture[str]
NAMES = ("epub", "booklet")


class Farm:
    """A scheduler, and the workers that were started for it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "scheduler.json"
        self.processes: list[subprocess.Popen[bytes]] = []
        self.run("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        self.address = str(self.read()["address"])

    def run(self, kind: str, *arguments: str, **more: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}"]
        file = ("--scheduler-file", str(self.file))
        environ = {"PYTHONPATH": str(ROOT), remote.PLACE: str(self.folder / "objects")}
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(
                [*command, *file, *arguments],
                cwd=self.folder,
                env={**os.environ, **environ, **more},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def worker(self, **more: str) -> subprocess.Popen[bytes]:
        plain = ("--nthreads", "1", "--no-nanny", "--no-dashboard")
        return self.run("worker", *plain, "--host", "127.0.0.1", **more)

    def read(self) -> dict[str, Any]:
        until = time.monotonic() + 60
        while not self.file.exists() or not self.file.read_text():
            assert time.monotonic() < until, (self.folder / "log").read_text()
            time.sleep(0.05)
        found: dict[str, Any] = json.loads(self.file.read_text())
        return found

    def registered(self, workers: int) -> None:
        """Wait until so many workers have reported."""
        until = time.monotonic() + 60
        while (self.folder / "log").read_text().count("Registered to:") < workers:
            assert time.monotonic() < until, (self.folder / "log").read_text()
            time.sleep(0.05)

    def end(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.kill()
            process.wait()


@contextmanager
def farm(folder: Path) -> Iterator[Farm]:
    folder.mkdir()
    made = Farm(folder)
    try:
        yield made
    finally:
        made.end()


def build(
    farm: Farm, paths: list[Path], out: Path, progress: jobs.Progress = lambda _: None
) -> jobs.Results:
    return jobs.build(paths, NAMES, out, scheduler=farm.address, progress=progress)


def test_outputs_are_the_same_and_a_lost_workers_are_made_elsewhere(
    tmp_path: Path,
) -> None:
    paths = laws(tmp_path / "laws", 6)
    home = jobs.build(paths, NAMES, tmp_path / "home")
    killed: list[bool] = []

    def watch(event: jobs.Event) -> None:
        if isinstance(event, jobs.Result) and not killed:
            killed.append(True)
            lost.send_signal(signal.SIGKILL)

    with farm(tmp_path / "farm") as made:
        lost, _ = made.worker(), made.worker()
        away = build(made, paths, tmp_path / "away", progress=watch)
    assert killed
    assert not away.failures
    assert len(away.targets) == 12
    assert sums(away) == sums(home)
    assert [f.diagnostics for f in away.findings] == [
        f.diagnostics for f in home.findings
    ]
    for path in paths:
        one, other = (
            tmp_path / n / path.stem / "manifest.json" for n in ("home", "away")
        )
        assert one.read_bytes() == other.read_bytes()
    again = jobs.build(paths, NAMES, tmp_path / "away")
    assert all(each.cached for each in again.targets), "what was read away is known"


def test_a_machine_without_fonts_is_sent_them(tmp_path: Path) -> None:
    """It has no fonts of its own, and the book has a template of its own."""
    book = tmp_path / "book"
    (book / "templates" / "print").mkdir(parents=True)
    ours = (ROOT / "templates" / "print" / "book.css").read_text("utf-8")
    own = ours + "\n.article { color: #111 }\n"
    (book / "templates" / "print" / "book.css").write_text(own, "utf-8")
    (law,) = laws(tmp_path / "laws", 1)
    shutil.copy(law, book / "text.md")
    (book / "book.toml").write_text(
        'schema = 1\n[book]\nid = "own"\ntitle = "办法"\n[[source]]\n'
        'file = "text.md"\n',
        "utf-8",
    )
    (book / "part.md").write_text("一篇不收的文字。", "utf-8")
    (tmp_path / "bare").mkdir()
    config = tmp_path / "bare" / "fonts.conf"
    config.write_text(remote.CONFIGURATION.format(folder=tmp_path / "bare"))
    home = jobs.build([book], NAMES, tmp_path / "home")
    bare = str(tmp_path / "bare")
    with farm(tmp_path / "farm") as made:
        made.worker(
            FONTCONFIG_FILE=str(config),
            HOME=bare,
            XDG_DATA_DIRS=bare,
            XDG_DATA_HOME=bare,
        )
        away = build(made, [book], tmp_path / "away")
    assert not away.failures
    assert sums(away) == sums(home)
    faces = list((tmp_path / "farm" / "objects" / "faces").glob("*/fonts/*"))
    assert faces
    again = jobs.build([book], NAMES, tmp_path / "away")
    assert all(each.cached for each in again.targets)
    (book / "templates" / "print" / "book.css").write_text(own + "\n", "utf-8")
    changed = jobs.build([book], NAMES, tmp_path / "away")
    assert [each.cached for each in changed.targets] == [True, False]


def other_publisher(folder: Path) -> Path:
    """A checkout whose code is not ours, by one comment."""
    for name in ("publisher", "templates", "fonts"):
        skip = shutil.ignore_patterns("__pycache__", "*.otf", "*.ttf")
        shutil.copytree(ROOT / name, folder / name, ignore=skip)
    with (folder / "publisher" / "numerals.py").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    return folder


def test_a_worker_of_another_version_is_refused_with_what_differs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Say
) -> None:
    (law,) = laws(tmp_path / "laws", 1)
    other = other_publisher(tmp_path / "other")
    monkeypatch.chdir(tmp_path)
    with farm(tmp_path / "farm") as made:
        made.worker(PYTHONPATH=str(other))
        options = ("--engine", "dask", "--scheduler", made.address)
        code = run(["build", str(law), "-e", "epub", *options])
    said = capsys.readouterr().err
    assert code == 5
    assert "differs: publisher: " in said
    assert " here, " in said
    assert not (tmp_path / "build" / law.stem / "epub").exists()


def test_a_worker_of_another_version_that_comes_late_is_sent_away(
    tmp_path: Path,
) -> None:
    paths = laws(tmp_path / "laws", 4)
    other = other_publisher(tmp_path / "other")
    notices = []
    started: list[object] = []
    with farm(tmp_path / "farm") as made:

        def watch(event: jobs.Event) -> None:
            if isinstance(event, jobs.Planned):
                return
            if isinstance(event, jobs.Notice):
                notices.append(event.words.en)
            if isinstance(event, jobs.Read) and not started:
                started.append(made.worker(PYTHONPATH=str(other)))
                made.registered(2)

        made.worker()
        away = build(made, paths, tmp_path / "away", progress=watch)
    assert not away.failures
    assert len(away.targets) == 8
    assert sums(away) == sums(jobs.build(paths, NAMES, tmp_path / "home"))
    assert notices
    assert all("differs: publisher: " in each for each in notices)


def test_without_dask_the_line_to_run_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Say
) -> None:
    (law,) = laws(tmp_path / "laws", 1)
    monkeypatch.setitem(sys.modules, "distributed", None)
    options = ("--engine", "dask", "--scheduler", "tcp://127.0.0.1:9")
    assert run(["build", str(law), *options, "-o", str(tmp_path / "out")]) == 5
    line = ".venv/bin/pip install -c constraints.txt -e '.[dask]'"
    assert f"in a clone: {line}" in capsys.readouterr().err
    assert line in (ROOT / "README.md").read_text("utf-8")


def test_a_scheduler_that_is_not_there_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Say
) -> None:
    (law,) = laws(tmp_path / "laws", 1)
    monkeypatch.setattr(cluster, "TIMEOUT", 1)
    options = ("--engine", "dask", "--scheduler", "tcp://127.0.0.1:9")
    assert run(["build", str(law), *options, "-o", str(tmp_path / "out")]) == 5
    assert "no scheduler answers at tcp://127.0.0.1:9" in capsys.readouterr().err
    with farm(tmp_path / "farm") as made:
        options = ("--engine", "dask", "--scheduler", made.address)
        assert run(["build", str(law), *options, "-o", str(tmp_path / "out")]) == 5
    assert "has no workers" in capsys.readouterr().err


@pytest.mark.parametrize(
    "options", [["--engine", "dask"], ["--scheduler", "tcp://x:1"]]
)
def test_engine_and_scheduler_go_together(
    options: list[str], tmp_path: Path, capsys: Say
) -> None:
    (law,) = laws(tmp_path / "laws", 1)
    assert run(["build", str(law), *options]) == 2
    assert "go together" in capsys.readouterr().err


def test_differences_are_told_by_name() -> None:
    ours = {"Python": "3.11.7", "libpango-1.0": ".0.5000.12"}
    theirs = {"Python": "3.11.7", "libpango-1.0": ".0.5000.14", "libcairo": ".2"}
    assert remote.differences(ours, theirs) == (
        ("libcairo", "–", ".2"),
        ("libpango-1.0", ".0.5000.12", ".0.5000.14"),
    )
    assert remote.differences(ours, ours) == ()
