"""Many books in one build: none stops another, and none is made twice."""

from __future__ import annotations

import json
import signal
from collections.abc import Sequence
from pathlib import Path

import pytest

from publisher import jobs
from publisher.cli import run
from publisher.diagnostics import Problem
from publisher.jobs import Built, Event, Planned, Read, Unmade
from publisher.jobs.files import locked
from tests.cli.test_process import end, soon, start, temporary

Say = pytest.CaptureFixture[str]
WORDS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"


def laws(folder: Path, number: int) -> list[Path]:
    """So many files that are each other's like, but not the same."""
    folder.mkdir(exist_ok=True)
    paths = []
    for n in range(number):
        word = WORDS[n % len(WORDS)] + WORDS[n // len(WORDS)]
        path = folder / f"law-{n:03}.md"
        path.write_text(
            f"# {word}馆管理办法\n\n第一条　为了规范{word}馆的管理，制定本办法。\n\n"
            f"第二条　{word}馆对读者开放。\n\n第三条　本办法自发布之日起施行。\n",
            "utf-8",
        )
        paths.append(path)
    return paths


def sums(results: jobs.Results) -> dict[str, str]:
    return {each.target.name: each.sha256 for each in results.targets}


@pytest.mark.parametrize("workers", [1, 3])
def test_many_books_are_the_same_as_each_by_itself(
    tmp_path: Path, workers: int
) -> None:
    paths = laws(tmp_path / "laws", 4)
    names = ("epub", "booklet") if workers == 3 else ("epub", "epub-tw")
    many = jobs.build(paths, names, tmp_path / "many", workers=workers)
    assert [each.target.book for each in many.targets[::2]] == [p.stem for p in paths]
    single: dict[str, str] = {}
    for path in paths:
        single |= sums(jobs.build([path], names, tmp_path / "single"))
    assert sums(many) == single
    for path in paths:
        one, other = (tmp_path / n / path.stem for n in ("many", "single"))
        manifest = "manifest.json"
        assert (one / manifest).read_bytes() == (other / manifest).read_bytes()


def bad_settings(folder: Path) -> Path:
    (folder / "bad").mkdir(parents=True)
    (folder / "bad" / "book.toml").write_text("schema = 2\n")
    return folder / "bad"


def no_source(folder: Path) -> Path:
    (folder / "gone").mkdir(parents=True)
    (folder / "gone" / "book.toml").write_text(
        'schema = 1\n[book]\nid = "gone"\ntitle = "无"\n[[source]]\nfile = "no.md"\n'
    )
    return folder / "gone"


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("bad", [bad_settings, no_source])
def test_a_book_that_cannot_be_made_stops_no_other(
    tmp_path: Path, workers: int, bad: object
) -> None:
    first, last = laws(tmp_path / "laws", 2)
    assert callable(bad)
    wrong = bad(tmp_path)
    events: list[Event] = []
    paths = [first, wrong, last]
    results = jobs.build(
        paths, ["epub"], tmp_path / "out", workers=workers, progress=events.append
    )
    assert [each.target.book for each in results.targets] == ["law-000", "law-001"]
    assert [each.path for each in results.unmade] == [wrong]
    assert results.status() == results.unmade[0].problem.status == 3
    assert [e for e in events if isinstance(e, Unmade)] == list(results.unmade)
    with pytest.raises(Problem):
        jobs.build([wrong], ["epub"], tmp_path / "out")


def test_a_book_whose_folder_another_build_keeps_comes_last(tmp_path: Path) -> None:
    paths = laws(tmp_path / "laws", 3)
    folder = tmp_path / "out" / "law-000"
    with locked(folder, 0, lambda _: None):
        results = jobs.build(paths, ["epub"], tmp_path / "out", patience=0.2)
    assert [each.target.book for each in results.targets] == ["law-001", "law-002"]
    assert [each.path.stem for each in results.unmade] == ["law-000"]
    assert results.status() == 4


@pytest.mark.parametrize("workers", [1, 2])
def test_only_a_few_books_are_open_at_a_time(tmp_path: Path, workers: int) -> None:
    """What is kept in mind does not grow with the number of books."""
    open_, most = 0, 0

    def watch(event: Event) -> None:
        nonlocal open_, most
        match event:
            case Planned():
                assert (event.books, event.targets) == (16, 16)
            case Read():
                open_ += 1
                most = max(most, open_)
            case Built():
                open_ -= 1
            case _:
                pass

    paths = laws(tmp_path / "laws", 16)
    for done in jobs.build_each(
        paths, ["epub"], tmp_path / "out", workers=workers, progress=watch
    ):
        assert isinstance(done, Built)
    assert open_ == 0
    assert most <= 3 * workers


def finished(out: Path, books: Sequence[str]) -> set[str]:
    return {book for book in books if (out / book / "manifest.json").exists()}


@pytest.mark.parametrize(
    ("how", "workers"), [(signal.SIGKILL, "2"), (signal.SIGINT, "1")]
)
def test_a_build_that_was_stopped_goes_on_where_it_was(
    tmp_path: Path, how: signal.Signals, workers: str
) -> None:
    books = [path.stem for path in laws(tmp_path / "laws", 12)]
    arguments = ("build", "laws/*.md", "-e", "epub", "-j", workers)
    process = start(tmp_path, *arguments)
    out = tmp_path / "build"
    assert soon(lambda: len(finished(out, books)) >= 3)
    process.send_signal(how)
    process.communicate()
    done = finished(out, books)
    assert 3 <= len(done) < 12
    code, text, _ = end(start(tmp_path, *arguments, "--json"))
    assert code == 0
    targets = json.loads(text)["targets"]
    assert {each["book"] for each in targets} == set(books)
    assert done <= {each["book"] for each in targets if each["cached"]}
    assert len([each for each in targets if not each["cached"]]) >= 12 - len(done) - 4
    assert temporary(tmp_path) == []


def test_two_builds_of_the_same_books_share_the_work(tmp_path: Path) -> None:
    laws(tmp_path / "laws", 6)
    arguments = ("build", "laws/*.md", "-e", "epub", "-j", "1", "--json")
    both = [start(tmp_path, *arguments) for _ in range(2)]
    ended = [end(process) for process in both]
    assert [code for code, _, _ in ended] == [0, 0]
    first, second = (json.loads(text)["targets"] for _, text, _ in ended)
    key = ("book", "sha256")
    assert sorted([each[k] for k in key] for each in first) == sorted(
        [each[k] for k in key] for each in second
    )


# ---------------------------------------------------------------- the command


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_pattern_finds_what_can_be_a_book(here: Path, capsys: Say) -> None:
    laws(here / "laws", 2)
    (here / "laws" / "notes.csv").write_text("x")
    (here / "laws" / "folder").mkdir()
    no_source(here / "laws")
    assert run(["build", "laws/*", "-e", "epub", "--json", "-j", "1"]) == 3
    data = json.loads(capsys.readouterr().out)
    assert [each["book"] for each in data["targets"]] == ["law-000", "law-001"]
    assert [each["target"] for each in data["problems"]] == ["laws/gone"]
    assert run(["build", "laws/*.epub"]) == 2
    assert "nothing to build matches laws/*.epub" in capsys.readouterr().err


def test_a_link_that_leads_nowhere_stops_no_other_book(here: Path, capsys: Say) -> None:
    laws(here / "laws", 1)
    (here / "laws" / "link.md").symlink_to("nowhere.md")
    assert run(["build", "laws/*.md", "-e", "epub", "-j", "1", "--lang", "en"]) == 3
    said = capsys.readouterr()
    assert "law-000/epub" in said.out
    assert "not made: laws/link.md\n" in said.err
    assert "it leads to nowhere.md: nothing is there" in said.err
    assert run(["build", "laws/link.md", "-e", "epub"]) == 2


def test_a_file_whose_name_is_a_pattern_is_itself(here: Path, capsys: Say) -> None:
    (law,) = laws(here / "laws", 1)
    law.rename(here / "[1].md")
    assert run(["build", "[1].md", "-e", "epub", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["targets"][0]["book"] == "[1]"


def test_many_books_end_with_a_table(here: Path, capsys: Say) -> None:
    laws(here / "laws", 2)
    gap = (here / "laws" / "law-001.md").read_text("utf-8").replace("第二条", "第五条")
    (here / "laws" / "law-001.md").write_text(gap, "utf-8")
    bad_settings(here / "laws")
    code = run(["build", "laws/law-*.md", "laws/bad", "-e", "epub", "-j", "1"])
    said = capsys.readouterr()
    assert code == 3
    assert said.out.count("law-00") == 6
    table = said.err.partition("3  books\n")[2]
    rows = [line.strip() for line in table.splitlines()]
    assert rows[:3] == ["2  outputs made", "0  unchanged", "1  not made"]
    assert "not made: laws/bad" in rows
    assert "look at the text of: law-001" in rows
    assert "not made: laws/bad" in said.err
    assert "--> laws/bad/book.toml:1:1" in said.err
    assert run(["build", "laws/law-*.md", "-e", "epub", "-q", "-j", "1"]) == 1
    assert capsys.readouterr().out == ""
