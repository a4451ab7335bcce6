"""``publisher`` as a process of its own: interrupts, kills, limits, several at once."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import pty
import resource
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from publisher.jobs.files import LOCK, TEMPORARY
from tests.conftest import ROOT

TEXT = """# 阅览室管理办法

第一条　为了规范管理，制定本办法。

第二条　本办法自发布之日起施行。
"""
COMMAND = [sys.executable, "-m", "publisher"]


def environ(**more: str) -> dict[str, str]:
    own = {k: v for k, v in os.environ.items() if k not in ("LC_ALL", "LANG")}
    return {**own, "PYTHONPATH": str(ROOT), **more}


def start(folder: Path, *arguments: str, **more: str) -> subprocess.Popen[str]:
    """``publisher``, in a process group of its own."""
    return subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=folder,
        env=environ(**more),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )


def end(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = process.communicate(timeout=120)
    assert "Traceback" not in err
    return process.returncode, out, err


def run(folder: Path, *arguments: str, **more: str) -> tuple[int, str, str]:
    return end(start(folder, *arguments, **more))


def soon(true: Callable[[], bool], seconds: float = 120) -> bool:
    until = time.monotonic() + seconds
    while not true():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def source(folder: Path, text: str = TEXT) -> Path:
    path = folder / "text.md"
    path.write_text(text, "utf-8")
    return path


def group(process: subprocess.Popen[str]) -> list[int]:
    """The processes of a group that are alive."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[2]) == process.pid and fields[0] != "Z":
            found.append(int(entry.name))
    return found


def temporary(folder: Path) -> list[Path]:
    return list(folder.rglob(f"*{TEMPORARY}"))


def test_the_module_runs_and_data_goes_to_stdout_only(tmp_path: Path) -> None:
    source(tmp_path)
    code, out, err = run(tmp_path, "build", "text.md", "-e", "epub", "--json")
    assert (code, len(json.loads(out)["targets"])) == (0, 1)
    assert err.startswith("text/epub  ")


def test_output_that_the_locale_cannot_write_is_escaped(tmp_path: Path) -> None:
    source(tmp_path)
    more = {"PYTHONIOENCODING": "latin-1"}
    code, out, _ = run(tmp_path, "outline", "text.md", **more)
    assert code == 0
    assert "\\u7b2c" in out, "第, escaped"


IMPORTS = """
import sys
from publisher.cli import run
code = run(["check", *sys.argv[1:], "-q"])
heavy = {"weasyprint", "opencc", "jinja2", "ebooklib", "lxml", "fontTools", "rich"}
heavy.add("publisher.check.epub")
print(code, sorted(heavy & set(sys.modules)))
"""


def test_check_loads_nothing_heavy(page: Path) -> None:
    command = [sys.executable, "-c", IMPORTS]
    for given, code in ((page, 1), (page.parent, 0)):
        done = subprocess.run(
            [*command, str(given)],
            env=environ(),
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        assert done.stdout == f"{code} []\n"


HELP = """
import sys
from publisher.cli import run
run(["--help"])
print("loaded", sorted(m for m in sys.modules if m.startswith("publisher")))
"""


def test_help_loads_no_stage() -> None:
    done = subprocess.run(
        [sys.executable, "-c", HELP],
        env=environ(),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    loaded = done.stdout.rpartition("loaded")[2]
    assert "publisher.cli.group" in loaded
    for heavy in ("config", "tree", "read", "pipeline", "jobs"):
        assert f"publisher.{heavy}" not in loaded


EARLY = """
import sys
class Interrupted:
    def find_spec(self, name, path=None, target=None):
        if name == "publisher.cli.options":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupted())
from publisher.__main__ import main
main()
"""


def test_an_interrupt_while_the_command_is_loading_shows_no_traceback() -> None:
    done = subprocess.run(
        [sys.executable, "-c", EARLY],
        env=environ(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    process = start(tmp_path, "explain", "--json")
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    with process.stderr as said:
        assert said.read() == ""
    assert process.wait() == 0


def test_a_bar_is_shown_on_a_terminal_and_taken_away(tmp_path: Path) -> None:
    source(tmp_path, TEXT.replace("第二条", "第三条"))
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, "build", "text.md", "-e", "epub", "-e", "epub-tw", "-j", "1"],
        cwd=tmp_path,
        env=environ(TERM="xterm", COLUMNS="100"),
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            more = os.read(ours, 65536)
        except OSError:
            break
        if not more:
            break
        shown += more
    os.close(ours)
    assert process.wait() == 1
    text = shown.decode()
    assert "0/2" in text
    assert "text/epub  " in text
    assert "\x1b[1;31merror[C101 skipped-number]\x1b[0m" in text
    assert "\x1b[?25h" in text, "the cursor is given back"


def limited(size: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def test_a_file_that_may_not_grow_leaves_the_last_good_one(tmp_path: Path) -> None:
    """``RLIMIT_FSIZE`` is what a full disk looks like to one process."""
    source(tmp_path)
    assert run(tmp_path, "build", "text.md", "-e", "epub")[0] == 0
    made = tmp_path / "build" / "text" / "epub" / "text.epub"
    good = made.read_bytes()
    source(tmp_path, TEXT.replace("规范", "方便"))
    without = {k: v for k, v in environ().items() if not k.startswith("COVERAGE")}
    done = subprocess.run(
        [*COMMAND, "build", "text.md", "-e", "epub", "-e", "epub-tw", "--json"],
        cwd=tmp_path,
        env={**without, "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=limited(4096),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 4
    assert "larger than is allowed" in done.stderr
    assert "build/text/epub/text.epub" in done.stderr
    assert "Traceback" not in done.stderr
    assert json.loads(done.stdout)["targets"] == []
    assert made.read_bytes() == good
    assert temporary(tmp_path) == []


def test_a_second_build_gives_up_when_it_was_told_not_to_wait(tmp_path: Path) -> None:
    source(tmp_path)
    folder = tmp_path / "build" / "text"
    folder.mkdir(parents=True)
    with (folder / LOCK).open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        arguments = ("build", "text.md", "-e", "epub", "--wait", "0.3")
        code, out, err = run(tmp_path, *arguments)
    assert (code, out) == (4, "")
    assert "waiting for it" in err
    assert "another publisher is still building into build/text" in err
    assert run(tmp_path, *arguments)[0] == 0


def test_two_builds_into_one_folder_both_end_well(tmp_path: Path) -> None:
    source(tmp_path)
    arguments = ("build", "text.md", "-e", "epub", "-e", "epub-tw")
    both = [start(tmp_path, *arguments) for _ in range(2)]
    assert [end(process)[0] for process in both] == [0, 0]
    for name in ("epub", "epub-tw"):
        assert zipfile.is_zipfile(tmp_path / "build" / "text" / name / "text.epub")
    assert temporary(tmp_path) == []


def nurseries(process: subprocess.Popen[str]) -> list[int]:
    """The one process of a build that workers are forked from, once it is there."""
    return [each for each in children(process.pid) if b"spawn_main" in told(each)]


def workers_of(process: subprocess.Popen[str]) -> list[int]:
    """The workers of a build."""
    return [each for nursery in nurseries(process) for each in children(nursery)]


def children(process: int) -> list[int]:
    """The processes that a process has started; of one that has ended, none."""
    with contextlib.suppress(OSError):
        listed = Path(f"/proc/{process}/task/{process}/children").read_text()
        return [int(each) for each in listed.split()]
    return []


def told(process: int) -> bytes:
    """How a process was started; empty if it has ended."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{process}/cmdline").read_bytes()
    return b""


def made(process: int) -> bool:
    """Whether a worker has begun to make a PDF: then fontconfig is at work."""
    with contextlib.suppress(OSError):
        return b"fontconfig/" in Path(f"/proc/{process}/maps").read_bytes()
    return False


def at_work(folder: Path, workers: str) -> subprocess.Popen[str]:
    """A build whose outputs are just being made; its findings would fill no pipe."""
    source(folder, TEXT + "\n\n阅览室对读者开放。\n" * 400)
    names = ("-e", "booklet", "-e", "a4")
    process = start(folder, "build", "text.md", *names, "-j", workers, "--json")
    if workers == "1":
        loaded = Path(f"/proc/{process.pid}/maps")
        assert soon(lambda: "libpango" in loaded.read_text())
    else:
        assert soon(lambda: len(list(filter(made, workers_of(process)))) == 2)
    assert process.poll() is None
    return process


@pytest.mark.parametrize("workers", ["1", "2"])
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_an_interrupted_build_cleans_up_and_ends_with_130(
    tmp_path: Path, workers: str, name: str
) -> None:
    made = tmp_path / "build" / "text" / "booklet" / "text.pdf"
    made.parent.mkdir(parents=True)
    made.write_text("the last good one")
    process = at_work(tmp_path, workers)
    if name == "SIGINT":  # as a terminal does: to every process of the group
        os.killpg(process.pid, signal.SIGINT)
    else:
        process.send_signal(signal.SIGTERM)
    code, out, err = end(process)
    assert (code, out) == (130, "")
    assert "interrupted; earlier outputs are untouched" in err
    assert made.read_text() == "the last good one"
    assert temporary(tmp_path) == []
    assert soon(lambda: not group(process))


def test_no_worker_hears_an_interrupt_not_even_the_first(tmp_path: Path) -> None:
    process = at_work(tmp_path, "2")
    deaf = []
    for worker in (*nurseries(process), *workers_of(process)):
        status = Path(f"/proc/{worker}/status").read_text().partition("SigBlk:")[2]
        deaf.append(bool(int(status.split()[0], 16) >> signal.SIGINT - 1 & 1))
    process.terminate()
    end(process)
    assert deaf == [True, True, True]


def test_a_killed_build_leaves_no_workers_and_does_not_stop_the_next(
    tmp_path: Path,
) -> None:
    made = tmp_path / "build" / "text" / "booklet" / "text.pdf"
    made.parent.mkdir(parents=True)
    made.write_text("the last good one")
    process = at_work(tmp_path, "2")
    stale = made.with_name(f".text.pdf{TEMPORARY}")
    stale.write_text("half a file, as a kill in the middle of a write leaves it")
    process.kill()
    process.communicate()
    assert soon(lambda: not group(process))
    assert made.read_text() == "the last good one"
    assert run(tmp_path, "build", "text.md", "-e", "epub", "--wait", "0")[0] in (0, 1)
    assert not stale.exists()
    assert made.read_text() == "the last good one"


@pytest.mark.parametrize("delay", [0.5, 0.9, 1.3])
def test_a_kill_at_any_moment_leaves_whole_files(tmp_path: Path, delay: float) -> None:
    source(tmp_path)
    assert run(tmp_path, "build", "text.md", "-e", "epub")[0] == 0
    made = tmp_path / "build" / "text" / "epub" / "text.epub"
    process = start(tmp_path, "build", "text.md", "-e", "epub", "--fresh")
    time.sleep(delay)
    process.kill()
    process.communicate()
    with zipfile.ZipFile(made) as packed:
        assert packed.testzip() is None
