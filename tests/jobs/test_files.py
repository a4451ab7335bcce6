"""Writing results: whole or not at all, by one build at a time."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from publisher.diagnostics import Problem, Words
from publisher.jobs.files import LOCK, TEMPORARY, locked, write
from publisher.refusals import reason
from tests.conftest import ROOT


def nobody(_: Path) -> None:
    raise AssertionError("nobody should have to wait")


def left(folder: Path) -> list[Path]:
    return list(folder.rglob(f"*{TEMPORARY}"))


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "c.pdf"
    write(path, b"first")
    write(path, b"second")
    assert path.read_bytes() == b"second"
    assert left(tmp_path) == []


def test_a_written_file_may_be_read_by_others(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        write(tmp_path / "a", b"")
    finally:
        os.umask(before)
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o644


def test_a_path_below_a_file_is_a_problem_that_names_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    path = tmp_path / "file" / "book.pdf"
    with pytest.raises(Problem) as caught:
        write(path, b"x")
    assert caught.value.status == 4
    assert str(path) in caught.value.message.en
    assert "part of the path is a file" in caught.value.message.en
    assert caught.value.place == str(path)


def test_a_folder_in_the_place_of_a_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "book.pdf").mkdir()
    with pytest.raises(Problem) as caught:
        write(tmp_path / "book.pdf", b"x")
    assert "a folder of that name is there" in caught.value.message.en
    assert left(tmp_path) == []


def test_a_full_disk_leaves_the_last_good_file(tmp_path: Path) -> None:
    """``/dev/full`` answers every write as a full disk would."""
    path = tmp_path / "book.pdf"
    write(path, b"good")
    path.with_name(f".{path.name}{TEMPORARY}").symlink_to("/dev/full")
    with pytest.raises(Problem) as caught:
        write(path, b"x" * 100)
    assert caught.value.status == 4
    assert "the disk is full" in caught.value.message.en
    assert "last good output is untouched" in caught.value.hint.en
    assert path.read_bytes() == b"good"
    assert left(tmp_path) == []


def test_a_usual_refusal_is_told_in_both_languages() -> None:
    said = reason(OSError(errno.ENOENT, "No such file or directory"))
    assert said == Words("没有这个文件或文件夹", "there is no such file or folder")


def test_an_unusual_refusal_is_told_in_the_systems_words() -> None:
    said = reason(OSError(errno.EXDEV, "Invalid cross-device link"))
    assert said.zh == "系统报错（Invalid cross-device link）"
    assert said.en == "Invalid cross-device link"
    assert reason(OSError("odd")).en == "odd"


WRITER = """
import sys
from pathlib import Path
from publisher.jobs.files import write
write(Path(sys.argv[1]), b"new" * 100_000_000)
"""


def writer(path: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", WRITER, str(path)]
    environ = {k: v for k, v in os.environ.items() if not k.startswith("COVERAGE")}
    return subprocess.Popen(command, env={**environ, "PYTHONPATH": str(ROOT)})


def test_a_writer_that_is_killed_leaves_the_last_good_file(tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    write(path, b"good")
    new = path.with_name(f".{path.name}{TEMPORARY}")
    process = writer(path)
    while not (new.exists() and new.stat().st_size):
        assert process.poll() is None
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert path.read_bytes() == b"good"
    assert left(tmp_path) == [new]
    with locked(tmp_path, 0, nobody):
        assert left(tmp_path) == []


def test_a_writer_that_is_interrupted_leaves_nothing_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    write(path, b"good")
    process = writer(path)
    while not left(tmp_path):
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    process.wait()
    assert path.read_bytes() == b"good"
    assert left(tmp_path) == []


def test_a_locked_folder_is_made_and_freed(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    with locked(folder, 0, nobody):
        assert folder.is_dir()
        with pytest.raises(Problem) as caught, locked(folder, 0, nobody):
            pass
        assert caught.value.status == 4
        assert str(folder) in caught.value.message.zh
    with locked(folder, 0, nobody):
        pass


def test_waiting_is_told_once_and_ends_when_the_other_is_done(tmp_path: Path) -> None:
    told: list[Path] = []
    other = os.open(tmp_path / LOCK, os.O_RDWR | os.O_CREAT)
    fcntl.flock(other, fcntl.LOCK_EX)
    threading.Timer(0.4, os.close, [other]).start()
    began = time.monotonic()
    with locked(tmp_path, 10, told.append):
        pass
    assert told == [tmp_path]
    assert 0.3 < time.monotonic() - began < 5


def test_a_lock_dies_with_its_holder(tmp_path: Path) -> None:
    with contextlib.suppress(RuntimeError), locked(tmp_path, 0, nobody):
        raise RuntimeError
    with locked(tmp_path, 0, nobody):
        pass


def test_a_folder_that_cannot_be_made_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with (
        pytest.raises(Problem) as caught,
        locked(tmp_path / "file" / "x", 0, nobody),
    ):
        pass
    assert caught.value.status == 4
