"""A build on many machines: a real scheduler and real workers, on the loopback."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from publisher import jobs
from publisher.cli import run
from publisher.jobs import joining, outfit, versions
from tests.conftest import ROOT
from tests.jobs.farm import NAMES, build, farm
from tests.jobs.test_many import laws, sums

Say = pytest.CaptureFixture[str]


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
    config.write_text(outfit.CONFIGURATION.format(folder=tmp_path / "bare"))
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


OTHER = "the file publisher/numerals.py has other content there"


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
    assert f"differs: {OTHER}\n" in said
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
    assert all(f"differs: {OTHER}" in each for each in notices)


def test_a_worker_with_other_packages_is_refused_with_their_versions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Say
) -> None:
    (law,) = laws(tmp_path / "laws", 1)
    for name in ("lxml", "jinja2"):
        other = tmp_path / "site" / f"{name}-0.0.1.dist-info"
        other.mkdir(parents=True)
        (other / "METADATA").write_text(f"Name: {name}\nVersion: 0.0.1\n", "ascii")
    monkeypatch.chdir(tmp_path)
    with farm(tmp_path / "farm") as made:
        made.worker(PYTHONPATH=f"{ROOT}:{tmp_path / 'site'}")
        options = ("--engine", "dask", "--scheduler", made.address)
        code = run(["build", str(law), "-e", "epub", *options])
    said = capsys.readouterr().err
    ours = versions.stamp()
    assert code == 5
    assert f"jinja2: {ours['jinja2']} here, 0.0.1 there" in said
    assert f"lxml: {ours['lxml']} here, 0.0.1 there" in said


@contextmanager
def no_scheduler(kind: str) -> Iterator[str]:
    """The address of something else that listens: the dashboard is a web page."""
    if kind == "a web page":
        command = [sys.executable, "-u", "-m", "http.server", "0", "-b", "127.0.0.1"]
        page = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert page.stdout
        try:
            port = page.stdout.readline().split(b" port ")[1].split()[0].decode()
            yield f"tcp://127.0.0.1:{port}"
        finally:
            page.kill()
            page.communicate()
    else:
        with socket.create_server(("127.0.0.1", 0)) as silent:
            yield f"tcp://127.0.0.1:{silent.getsockname()[1]}"


@pytest.mark.parametrize("kind", ["a web page", "one that never says a word"])
def test_what_is_no_scheduler_is_told_as_soon(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Say
) -> None:
    (law,) = laws(tmp_path / "laws", 1)
    monkeypatch.setattr(joining, "TIMEOUT", 1)
    with no_scheduler(kind) as address:
        options = ("--engine", "dask", "--scheduler", address)
        began = time.monotonic()
        assert run(["build", str(law), *options, "-o", str(tmp_path / "out")]) == 5
        assert time.monotonic() - began < 30
    said = capsys.readouterr().err
    assert f"no scheduler answers at {address}" in said
    assert "8787 is its dashboard" in said


def test_a_scheduler_that_dies_is_told_once_and_the_build_goes_on_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: Say
) -> None:
    paths = laws(tmp_path / "laws", 12)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(joining, "TIMEOUT", 3)
    command = ["build", *map(str, paths), "-e", "epub", "--engine", "dask"]

    def done() -> list[Path]:
        return sorted((tmp_path / "build").glob("*/manifest.json"))

    def kill(scheduler: subprocess.Popen[bytes]) -> None:
        until = time.monotonic() + 60
        while not done() and time.monotonic() < until:
            time.sleep(0.01)
        scheduler.kill()

    with farm(tmp_path / "farm") as made:
        made.worker()
        killer = threading.Thread(target=kill, args=(made.processes[0],))
        killer.start()
        code = run([*command, "--scheduler", made.address])
        killer.join()
        address = made.address
    said = capfd.readouterr().err
    finished = {path: path.read_bytes() for path in done()}
    assert code == 5
    assert 0 < len(finished) < 12
    assert said.count("error: ") == 1
    told = f"error: the scheduler at {address} is gone; the {len(finished)} outputs"
    assert told in said
    assert f"{len(finished)}  books\n" in said
    assert f"{12 - len(finished)}  books not finished\n" in said
    assert "Error(" not in said
    assert "distributed" not in said
    with farm(tmp_path / "again") as made:
        made.worker()
        code = run([*command, "--scheduler", made.address, "--json"])
    out = json.loads(capfd.readouterr().out)
    assert code == 0
    assert [each["cached"] for each in out["targets"]].count(True) == len(finished)
    assert len(done()) == 12


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
    monkeypatch.setattr(joining, "TIMEOUT", 1)
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
    ours = {"Python": "3.11.7", "libpango-1.0": "0.5000.12", "publisher/a.py": "1"}
    theirs = {"Python": "3.11.7", "libpango-1.0": "0.5000.14", "libcairo": "2"}
    found = versions.differences(ours, theirs)
    assert found == (
        ("libcairo", "–", "2"),
        ("libpango-1.0", "0.5000.12", "0.5000.14"),
        ("publisher/a.py", "1", "–"),
    )
    assert versions.differences(ours, ours) == ()
    assert versions.refusal("w", found).en == (
        "worker w differs: libcairo: – here, 2 there; "
        "libpango-1.0: 0.5000.12 here, 0.5000.14 there; "
        "the file publisher/a.py is only here"
    )


def test_the_first_few_differences_are_named_and_the_rest_counted() -> None:
    ours = {f"publisher/{n}.py": "1" for n in range(9)}
    said = versions.refusal("w", versions.differences(ours, {}))
    assert said.en.count("only here") == 5
    assert said.en.endswith("publisher/4.py is only here; and 4 more")
    assert said.zh.endswith("publisher/4.py 只有这里有；另有 4 处")
