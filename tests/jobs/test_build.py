"""Builds: what is planned, made, put in place and recorded."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import shutil
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from publisher import jobs, pipeline
from publisher.diagnostics import Problem, Severity
from publisher.jobs import Built, Event, Failure, Planned, Read, Result, Started, work
from publisher.jobs.work import Made, Task, unforeseen
from publisher.jobs.workers import Processes

TEXT = """# 阅览室管理办法

第一条　为了规范管理，制定本办法。

第二条　本办法自发布之日起施行。
"""


def book(folder: Path, id_: str = "reading", text: str = TEXT, more: str = "") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "text.md").write_text(text, "utf-8")
    settings = f'schema = 1\n[book]\nid = "{id_}"\ntitle = "阅览室管理办法"\n'
    source = '[[source]]\nfile = "text.md"\n'
    (folder / "book.toml").write_text(settings + source + more, "utf-8")
    return folder


def manifest(out: Path, id_: str = "reading") -> dict[str, object]:
    data: dict[str, object] = json.loads((out / id_ / "manifest.json").read_text())
    return data


def test_a_book_named_twice_is_planned_once(tmp_path: Path) -> None:
    folder = book(tmp_path / "a")
    plan = jobs.plan([folder, folder / "book.toml"], (), tmp_path / "out")
    assert [target.name for job in plan for target in job.targets] == [
        "reading/booklet",
        "reading/epub",
        "reading/booklet-tw",
        "reading/epub-tw",
    ]
    files = [target.path.relative_to(tmp_path) for target in plan[0].targets]
    assert str(files[1]) == "out/reading/epub/reading.epub"
    assert str(files[2]) == "out/reading/booklet-tw/reading.pdf"


def test_an_edition_asked_for_twice_is_planned_once(tmp_path: Path) -> None:
    plan = jobs.plan([book(tmp_path / "a")], ["epub", "a4-hk", "epub"], tmp_path)
    names = [target.edition.name for target in plan[0].targets]
    assert names == ["epub", "a4-hk"]


def test_two_books_of_one_id_are_refused(tmp_path: Path) -> None:
    folders = [book(tmp_path / "a"), book(tmp_path / "b")]
    with pytest.raises(Problem) as caught:
        jobs.plan(folders, (), tmp_path)
    assert caught.value.status == 3
    assert "reading" in caught.value.message.zh


def test_a_build_tells_what_it_does_and_gives_what_it_made(tmp_path: Path) -> None:
    events: list[Event] = []
    out = tmp_path / "out"
    results = jobs.build([book(tmp_path / "a")], ["epub"], out, progress=events.append)
    kinds = [type(event) for event in events]
    assert kinds == [Planned, Read, Started, Result, Built]
    (made,) = results.targets
    data = made.path.read_bytes()
    assert made.path == out / "reading" / "epub" / "reading.epub"
    assert (made.bytes, made.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert made.pages is None
    assert made.seconds > 0
    assert zipfile.is_zipfile(made.path)
    assert results.status() == 0


def test_worker_processes_make_the_same_bytes(tmp_path: Path) -> None:
    folder, names = book(tmp_path / "a"), ["epub", "epub-tw"]
    one = jobs.build([folder], names, tmp_path / "1", workers=1)
    two = jobs.build([folder], names, tmp_path / "2", workers=2)
    assert [r.target.edition.name for r in two.targets] == names
    assert [r.sha256 for r in one.targets] == [r.sha256 for r in two.targets]
    for file in ("manifest.json", "epub/reading.epub", "epub-tw/reading.epub"):
        first, second = (tmp_path / n / "reading" / file for n in "12")
        assert first.read_bytes() == second.read_bytes()


def test_the_manifest_names_what_went_in_and_what_came_out(tmp_path: Path) -> None:
    folder = book(tmp_path / "a", text=TEXT.replace("，", ","))
    results = jobs.build([folder], ["booklet", "epub"], tmp_path)
    data = manifest(tmp_path)
    digest = hashlib.sha256((folder / "text.md").read_bytes()).hexdigest()
    assert data["sources"] == [{"file": "text.md", "sha256": digest, "origin": ""}]
    assert data["characters"] == len("".join(TEXT.replace("# ", "").split()))
    assert data["repairs"] == {"fullwidth-punctuation": {"applied": 1}}
    assert data["versions"] == dict(pipeline.versions())
    targets = data["targets"]
    assert isinstance(targets, list)
    booklet, epub = targets
    assert booklet["path"] == "booklet/reading.pdf"
    assert booklet["sha256"] == results.targets[0].sha256
    assert booklet["sheets"] == booklet["pages"] / 32
    assert booklet["page"] == "A5"
    assert booklet["composed"] > 0
    assert booklet["plain"] == {}
    assert epub["pages"] is None
    assert "sheets" not in epub
    fonts = data["fonts"]
    assert isinstance(fonts, list)
    assert {len(font["sha256"]) for font in fonts} == {64}
    assert str(tmp_path) not in json.dumps(data)
    assert "seconds" not in json.dumps(data)


def names(data: dict[str, object]) -> list[str]:
    targets = data["targets"]
    assert isinstance(targets, list)
    return [target["edition"] for target in targets]


def test_the_manifest_keeps_earlier_outputs_that_still_hold(tmp_path: Path) -> None:
    folder, out = book(tmp_path / "a"), tmp_path / "out"
    jobs.build([folder], ["epub"], out)
    jobs.build([folder], ["epub-tw"], out)
    assert names(manifest(out)) == ["epub", "epub-tw"]
    (out / "reading" / "epub" / "reading.epub").write_bytes(b"changed by somebody")
    jobs.build([folder], ["epub-tw"], out)
    assert names(manifest(out)) == ["epub-tw"]
    jobs.build([folder], ["epub"], out)
    shutil.rmtree(out / "reading" / "epub")
    jobs.build([folder], ["epub-tw"], out)
    assert names(manifest(out)) == ["epub-tw"]


@pytest.mark.parametrize("old", ["", "[]", '{"sources": 1}', "\xff", None])
def test_a_manifest_that_is_none_of_ours_is_replaced(
    tmp_path: Path, old: str | None
) -> None:
    folder, out = book(tmp_path / "a"), tmp_path / "out"
    (out / "reading").mkdir(parents=True)
    if old is not None:
        (out / "reading" / "manifest.json").write_text(old, "latin-1")
    jobs.build([folder], ["epub"], out)
    assert names(manifest(out)) == ["epub"]


def test_a_manifest_that_cannot_be_written_is_told_and_no_output_is_called_unmade(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from publisher.cli import run

    folder, out = book(tmp_path / "a"), tmp_path / "out"
    (out / "reading" / "manifest.json" / "a folder").mkdir(parents=True)
    code = run(["build", str(folder), "-e", "epub", "-o", str(out), "--lang", "en"])
    said = capsys.readouterr()
    assert code == 4
    assert "not made: reading/manifest.json\nerror: " in said.err
    assert "not made: reading/epub" not in said.err
    assert (out / "reading" / "epub" / "reading.epub").exists()


def test_other_sources_make_a_new_manifest(tmp_path: Path) -> None:
    out = tmp_path / "out"
    jobs.build([book(tmp_path / "a")], ["epub"], out)
    changed = book(tmp_path / "a", text=TEXT.replace("规范", "方便"))
    jobs.build([changed], ["epub-tw"], out)
    assert names(manifest(out)) == ["epub-tw"]


def test_findings_are_counted_once_a_book_and_set_the_status(tmp_path: Path) -> None:
    gap = TEXT.replace("第二条", "第三条")
    folder = book(tmp_path / "a", text=gap)
    results = jobs.build([folder], ["epub", "epub-tw"], tmp_path / "out")
    errors = [f for f in results.diagnostics if f.level is Severity.ERROR]
    assert [error.rule.name for error in errors] == ["skipped-number"]
    assert len(results.targets) == 2
    assert results.status() == 1
    assert results.status("warning") == 1
    assert results.status("never") == 0
    (findings,) = results.findings
    assert findings.sources[0].name == str(folder / "text.md")


def test_the_books_own_threshold_holds_unless_another_is_given(tmp_path: Path) -> None:
    gap = TEXT.replace("第二条", "第三条")
    folder = book(tmp_path / "a", text=gap, more='[check]\nfail_on = "never"\n')
    results = jobs.build([folder], ["epub"], tmp_path / "out")
    assert results.status() == 0
    assert results.status("error") == 1


@pytest.mark.parametrize("count", [1, 2])
def test_one_output_that_fails_does_not_stop_the_others(
    tmp_path: Path, count: int
) -> None:
    """The book's own print template is broken; the EPUB does not use it."""
    folder, out = book(tmp_path / "a"), tmp_path / "out"
    first = jobs.build([folder], ["booklet"], out)
    good = first.targets[0].path.read_bytes()
    ours = Path(__file__).parents[2] / "templates" / "print"
    for template in ours.iterdir():
        (folder / "templates" / "print").mkdir(parents=True, exist_ok=True)
        broken = folder / "templates" / "print" / template.name
        broken.write_text("{% broken")
    events: list[Event] = []
    results = jobs.build(
        [folder], ["booklet", "epub"], out, workers=count, progress=events.append
    )
    assert [made.target.edition.name for made in results.targets] == ["epub"]
    (failure,) = results.failures
    assert failure in events
    assert failure.target.edition.name == "booklet"
    assert failure.problem.status == results.status() == 4
    assert (out / "reading" / "booklet" / "reading.pdf").read_bytes() == good


def test_an_output_that_cannot_be_written_is_a_failure_of_its_own(
    tmp_path: Path,
) -> None:
    folder, out = book(tmp_path / "a"), tmp_path / "out"
    (out / "reading").mkdir(parents=True)
    (out / "reading" / "epub").write_text("a file where a folder must be")
    results = jobs.build([folder], ["epub", "epub-tw"], out)
    assert [made.target.edition.name for made in results.targets] == ["epub-tw"]
    (failure,) = results.failures
    assert "part of the path is a file" in failure.problem.message.en
    assert results.status() == 4
    assert names(manifest(out)) == ["epub-tw"]


def test_without_any_output_there_is_no_manifest(tmp_path: Path) -> None:
    folder, out = book(tmp_path / "a", text=""), tmp_path / "out"
    results = jobs.build([folder], ["epub"], out)
    assert results.status() == 1
    assert results.failures[0].problem.status == 1
    assert not (out / "reading" / "manifest.json").exists()


def test_an_accident_in_our_own_code_is_a_problem_too(tmp_path: Path) -> None:
    """A reading without digests cannot be; it stands here for any fault of ours."""
    plan = jobs.plan([book(tmp_path / "a")], ["epub"], tmp_path)
    task = Task(plan[0].targets[0], plan[0].loaded, None)  # type: ignore[arg-type]
    made = work.make(task)
    assert isinstance(made.output, Problem)
    assert made.output.status == 4
    assert "AttributeError" in made.output.message.en
    assert "Traceback" in made.trace


def test_a_refusal_of_the_system_is_told_as_what_it_is() -> None:
    problem = unforeseen(OSError(28, "No space left on device", "/x"))
    assert problem.message.zh == "磁盘已满"
    assert problem.place == "/x"
    assert unforeseen(OSError("odd")).place == ""


def test_nothing_is_waited_for_where_there_is_no_work() -> None:
    with closing(Processes(1)) as engine:
        assert list(engine.finished()) == []


def test_a_worker_that_dies_is_a_failure_that_says_how(tmp_path: Path) -> None:
    """What a worker is given cannot be unpickled there, so it ends at once."""
    plan = jobs.plan([book(tmp_path / "a")], ["epub", "epub-tw"], tmp_path)
    tasks = [
        Task(target, plan[0].loaded, Deadly())  # type: ignore[arg-type]
        for target in plan[0].targets
    ]
    with closing(Processes(2)) as engine:
        for task in tasks:
            engine.submit(task)
        made = [each for _ in tasks for _, each in engine.finished()]
    assert len(made) == 2
    for each in made:
        assert isinstance(each, Made)
        assert isinstance(each.output, Problem)
        assert each.output.status == 4
        assert "a worker process died (SIGKILL)" in each.output.message.en
        assert "-j 1" in each.output.hint.zh


class Deadly:
    """Kills the process that unpickles it, as a system out of memory would."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (eval, ("__import__('os').kill(__import__('os').getpid(), 9)",))


def test_a_failure_keeps_its_problem_when_it_crosses_processes(tmp_path: Path) -> None:
    target = jobs.plan([book(tmp_path / "a")], ["epub"], tmp_path)[0].targets[0]
    failure = Failure(target, unforeseen(ValueError("x")))
    assert failure.problem.message.en == "unforeseen: ValueError: x"


def test_work_that_is_not_wanted_any_more_is_ended(tmp_path: Path) -> None:
    (job,) = jobs.plan([book(tmp_path / "a")], ["epub", "booklet"], tmp_path)
    reading, _ = jobs.read(job.loaded)
    engine = Processes(2)
    for target in job.targets:
        engine.submit(Task(target, job.loaded, reading))
    ((task, _),) = engine.finished()
    assert isinstance(task, Task)
    (nursery,) = multiprocessing.active_children()
    workers = children(nursery.pid)
    assert len(workers) == 2
    engine.close()
    assert multiprocessing.active_children() == []
    assert not [each for each in workers if Path(f"/proc/{each}").exists()]


def children(process: int | None) -> list[int]:
    """The processes that a process has started."""
    listed = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(each) for each in listed.split()]


def test_a_worker_that_grew_too_large_is_replaced(tmp_path: Path) -> None:
    """It is let go after a task that began when it was too large already."""
    (job,) = jobs.plan([book(tmp_path / "a")], ["epub"], tmp_path)
    reading, _ = jobs.read(job.loaded)
    processes = []
    with closing(Processes(1, large=1)) as engine:
        for _ in range(4):
            engine.submit(Task(job.targets[0], job.loaded, reading))
            processes.append(engine.workers[0].number)
            ((_, made),) = engine.finished()
            assert isinstance(made, Made)
            assert not isinstance(made.output, Problem)
    assert processes[0] == processes[1] != processes[2] == processes[3]


def test_cores_are_those_this_process_may_use() -> None:
    assert 1 <= jobs.cores() <= (os.cpu_count() or 1)


def test_a_manifest_that_cannot_be_written_hides_no_output(tmp_path: Path) -> None:
    folder = book(tmp_path / "a")
    out = tmp_path / "out"
    (out / "reading" / "manifest.json").mkdir(parents=True)
    results = jobs.build([folder], ["epub"], out)
    assert [each.path.is_file() for each in results.targets] == [True]
    assert [failure.problem.status for failure in results.failures] == [4]
