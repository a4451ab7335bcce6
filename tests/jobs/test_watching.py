"""Builds that follow an editor: each is what a cold build would have made."""

from __future__ import annotations

import gc
import random
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Timer

import pytest

from publisher import assets, fonts, jobs
from publisher.cli.progress import Watch
from publisher.cli.voice import Voice
from publisher.diagnostics import Problem
from publisher.jobs import Built, Unmade, workers
from publisher.jobs.engine import OFTEN, Here
from publisher.jobs.watching import REST, looks
from publisher.jobs.work import Made, Task
from publisher.remembered import MEMORIES
from publisher.report import painter
from tests.cli.test_process import soon, start

TEXT = """# 阅览室管理办法

第一条　为了规范管理，制定本办法。

第二条　阅览室对读者开放。

第三条　本办法自发布之日起施行。
"""
SETTINGS = """schema = 1
[book]
id = "reading"
title = "阅览室管理办法"
[[source]]
file = "text.md"
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    folder = tmp_path / "book"
    folder.mkdir()
    (folder / "text.md").write_text(TEXT, "utf-8")
    (folder / "book.toml").write_text(SETTINGS, "utf-8")
    return folder


def edited(text: str, chance: random.Random) -> str:
    """One edit as editors make them: a character, a word, a line more or less."""
    at = chance.randrange(len(text))
    match chance.randrange(4):
        case 0:
            return text[:at] + chance.choice("的了，。、“”条第") + text[at:]
        case 1:
            return text[:at] + text[at + 1 :]
        case 2:
            return (
                text + f"\n第{chance.choice('四五六')}条　附带一句，另有规定的除外。\n"
            )
        case _:
            lines = text.split("\n")
            lines.insert(chance.randrange(len(lines)), "　　另起一段的话。")
            return "\n".join(lines)


@pytest.mark.parametrize("workers", [1, 2])
def test_after_each_edit_the_book_is_what_a_cold_build_makes(
    book: Path, workers: int
) -> None:
    chance = random.Random(workers)  # noqa: S311
    names, text = ("booklet", "epub"), TEXT
    watching = jobs.watch([book], names, book.parent / "warm", workers=workers)
    with closing(watching):  # type: ignore[type-var]
        next(watching)
        for round_ in range(6):
            text = edited(text, chance)
            (book / "text.md").write_text(text, "utf-8")
            (warm,) = next(watching)
            assert isinstance(warm, Built)
            cold = jobs.build([book], names, book.parent / f"cold{round_}")
            assert [t.sha256 for t in warm.targets] == [t.sha256 for t in cold.targets]
            assert warm.findings == cold.findings[0]
            for one, other in zip(warm.targets, cold.targets, strict=True):
                assert one.path.read_bytes() == other.path.read_bytes()


def test_while_watching_no_more_is_kept_than_the_last_build_needs(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of pages, of what became of their tags, and of what was counted."""
    from publisher.write.pdf.kept.tagged import Tagging

    # the tests before this one may have made the process large: then all is let go
    monkeypatch.setattr(workers, "LARGE", 1 << 50)
    watching = jobs.watch([book], ["booklet", "epub"], book.parent / "warm")
    known: list[int] = []
    with closing(watching):  # type: ignore[type-var]
        next(watching)
        for word in "甲乙丙丁戊己":
            text = TEXT.replace("开放", f"{word}日开放")
            (book / "text.md").write_text(text, "utf-8")
            next(watching)
            gc.collect()
            held = sum(isinstance(each, Tagging) for each in gc.get_objects())
            kept = sum(len(each.now) for each in MEMORIES.values())
            known.append(held + kept)
            assert held
    assert len(set(known)) == 1
    assert not MEMORIES


def test_a_book_that_breaks_is_made_when_it_is_whole_again(book: Path) -> None:
    watching = jobs.watch([book], ["epub"], book.parent / "out")
    with closing(watching):  # type: ignore[type-var]
        next(watching)
        (book / "book.toml").write_text(SETTINGS.replace("schema = 1", ""), "utf-8")
        (broken,) = next(watching)
        assert isinstance(broken, Unmade)
        (book / "book.toml").write_text(SETTINGS.replace("办法", "条例"), "utf-8")
        (whole,) = next(watching)
        assert isinstance(whole, Built)
        assert whole.findings.book.title == "阅览室管理条例"
        (book / "decisions.toml").write_text("broken [", "utf-8")
        (again,) = next(watching)
        assert isinstance(again, Unmade), "a file that came is noticed"


def test_a_booklet_that_fails_stays_as_it_was_and_is_made_when_it_can_be(
    book: Path,
) -> None:
    watching = jobs.watch([book], ["booklet"], book.parent / "warm")
    with closing(watching):  # type: ignore[type-var]
        (first,) = next(watching)
        assert isinstance(first, Built)
        (made,) = first.targets
        good = made.path.read_bytes()
        (book / "text.md").write_text("\n", "utf-8")
        (failed,) = next(watching)
        assert isinstance(failed, Built)
        assert failed.failures
        assert made.path.read_bytes() == good
        (book / "text.md").write_text(TEXT.replace("开放", "全天开放"), "utf-8")
        (again,) = next(watching)
        cold = jobs.build([book], ["booklet"], book.parent / "cold")
        assert isinstance(again, Built)
        assert again.targets[0].sha256 == cold.targets[0].sha256 != made.sha256


def test_what_is_made_is_not_watched(tmp_path: Path) -> None:
    """Results may lie in the book's own folder."""
    (tmp_path / "book.toml").write_text("x")
    out = tmp_path / "build"
    seen: list[str] = []

    def files() -> Iterator[str]:
        yield from seen

    watching = looks([tmp_path], out, files)
    assert next(watching) == 0
    out.mkdir()
    (out / "made.pdf").write_text("made")
    seen.append(str(tmp_path / "elsewhere"))
    (tmp_path / "text.md").write_text("changed while the build was running")
    assert next(watching) == 1
    (out / "made.pdf").write_text("made again")
    (tmp_path / "text.md").unlink()
    assert next(watching) == 2


def test_a_file_elsewhere_that_changes_during_the_first_build_is_seen(
    tmp_path: Path,
) -> None:
    """What a build reads is known after it; a file that it did not read is not."""
    book, elsewhere = tmp_path / "book", tmp_path / "elsewhere"
    book.mkdir()
    old, read = elsewhere / "old", elsewhere / "read"
    elsewhere.mkdir()
    for file in (old, read):
        file.write_text("before")
    time.sleep(0.05)
    seen: list[str] = []
    watching = looks([book], tmp_path / "build", lambda: seen)
    assert next(watching) == 0
    read.write_text("changed after it was read")
    seen += [str(old), str(read)]
    assert next(watching) == 1
    Timer(0.3, lambda: old.write_text("changed when all was still")).start()
    assert next(watching) == 2
    assert old.read_text() == "changed when all was still"


def test_there_is_a_rest_when_nothing_changes_for_a_while(tmp_path: Path) -> None:
    """And one alone, however long that is."""
    rests: list[float] = []
    text = tmp_path / "text.md"
    text.write_text("before")
    still: list[str] = []
    watching = looks(
        [text], tmp_path / "out", lambda: still, rest=lambda: rests.append(1)
    )
    assert next(watching) == 0
    Timer(0.2, lambda: text.write_text("soon after")).start()
    assert next(watching) == 1
    assert not rests, "somebody types"
    Timer(REST * 3, lambda: text.write_text("later")).start()
    assert next(watching) == 2
    assert rests == [1]


def test_outputs_without_a_rest_are_put_in_order_all_the_same(book: Path) -> None:
    (job,) = jobs.plan([book], ["epub"], book.parent / "out")
    (target,) = job.targets
    reading, _ = jobs.read(job.loaded)
    engine = Here()
    collected: list[str] = []
    gc.callbacks.append(
        lambda phase, told: collected.append(phase) if told["generation"] == 2 else None
    )
    gc.disable()
    try:
        for number in range(OFTEN):
            assert not collected, number
            engine.submit(Task(target, job.loaded, reading, warm=True))
            for _, answer in engine.finished():
                assert isinstance(answer, Made)
                assert not isinstance(answer.output, Problem)
        assert collected
        collected.clear()
        engine.rest()
        assert not collected, "nothing was made"
    finally:
        gc.enable()
        del gc.callbacks[-1]
        engine.close()


def test_a_face_that_changes_while_it_is_read_makes_another_build(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the first build nothing is known in the cache, nor that it read the file."""
    folder = tmp_path / "fonts"
    shutil.copytree(assets.fonts(), folder)
    table, load, loads = folder / "fonts.toml", fonts.load, list[int]()

    def loaded(place: Path) -> fonts.Faces:
        faces = load(place)
        loads.append(1)
        if len(loads) == 1:
            table.write_text(table.read_text("utf-8") + "# another\n", "utf-8")
        return faces

    monkeypatch.setattr(assets, "fonts", lambda: folder)
    monkeypatch.setattr(fonts, "load", loaded)
    watching = jobs.watch([book], ["epub"], tmp_path / "out")
    with closing(watching):  # type: ignore[type-var]
        next(watching)
        before = len(loads)
        late = Timer(30, lambda: (book / "text.md").write_text("so that it ends"))
        late.start()
        next(watching)
        late.cancel()
    assert len(loads) > before
    assert (book / "text.md").read_text("utf-8") == TEXT


def test_the_command_stays_tells_what_changes_and_ends_with_ctrl_c(
    book: Path, tmp_path: Path
) -> None:
    process = start(tmp_path, "build", "book", "-e", "epub", "-j", "1", "--watch")
    made = tmp_path / "build" / "reading" / "epub" / "reading.epub"
    try:
        assert soon(made.exists, 60)
        time.sleep(1)
        first = made.read_bytes()
        (book / "text.md").write_text(TEXT.replace("第二条", "第五条"), "utf-8")
        assert soon(lambda: made.read_bytes() != first, 60)
        time.sleep(0.5)
        (book / "text.md").write_text(TEXT, "utf-8")
        assert soon(lambda: made.read_bytes() == first, 60)
        time.sleep(0.5)
    finally:
        process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0
    assert out.count("reading/epub  ") == 3
    assert err.count("watching for changes") == 3
    assert err.count("[C101 skipped-number]") == 1
    assert "gone" in err
    assert "Traceback" not in err


@pytest.mark.parametrize("flag", ["--json", "--fresh"])
def test_watching_does_not_go_with(
    flag: str, book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from publisher.cli import run

    assert run(["build", str(book), "--watch", flag]) == 2
    assert "--watch does not go with" in capsys.readouterr().err


def test_findings_are_gone_only_between_two_readings_that_succeeded(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An empty file has no gap in its numbers either: nobody looked for one."""
    text = TEXT.replace("第二条", "第五条")
    (book / "text.md").write_text(text, "utf-8")
    voice = Voice("en", 0, painter(colour=False))
    progress = Watch(voice, data_on_stdout=False, stay=True)
    out = book.parent / "out"
    watching = jobs.watch([book], ["epub"], out, progress=progress)
    said = []
    with closing(watching):  # type: ignore[type-var]
        for written in (text, "\n", text, "\n", TEXT):
            (book / "text.md").write_text(written, "utf-8")
            next(watching)
            said.append(capsys.readouterr().err)
    first, empty, whole, again, mended = said
    findings = first.count("[C")
    assert findings
    assert "R001" in empty
    assert "R001" in again
    assert "gone\n" not in empty + whole + again
    assert "[C" not in whole, "what was said is not said again"
    many = "1 finding is" if findings == 1 else f"{findings} findings are"
    assert f"{many} gone" in mended


def test_a_finding_that_only_moves_is_neither_new_nor_gone(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = TEXT.replace("第二条", "第五条")
    at = text.index("\n", text.index("第一条"))
    voice = Voice("en", 0, painter(colour=False))
    progress = Watch(voice, data_on_stdout=False, stay=True)
    watching = jobs.watch([book], ["epub"], book.parent / "out", progress=progress)
    said = []
    with closing(watching):  # type: ignore[type-var]
        for more in ("", "又按规定办理。", "\n\n又按规定办理。"):
            written = text[:at] + more + text[at:]
            (book / "text.md").write_text(written, "utf-8")
            next(watching)
            said.append(capsys.readouterr().err)
    assert said[0].count("[C101 ") == 1
    assert [each for each in said[1:] if "[C" in each or "gone" in each] == []


def test_one_finding_that_is_gone_is_told_in_the_singular(
    book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    voice = Voice("en", 0, painter(colour=False))
    progress = Watch(voice, data_on_stdout=False, stay=True)
    (book / "text.md").write_bytes(TEXT.encode("gb18030"))
    watching = jobs.watch([book], ["epub"], book.parent / "out", progress=progress)
    with closing(watching):  # type: ignore[type-var]
        next(watching)
        assert "guessed-encoding" in capsys.readouterr().err
        (book / "text.md").write_text(TEXT, "utf-8")
        next(watching)
    assert "1 finding is gone\n" in capsys.readouterr().err
