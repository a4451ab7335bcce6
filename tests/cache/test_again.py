"""Builds after builds: nothing is made that need not be, all is made that must."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from publisher import jobs
from publisher.cache import parts
from publisher.jobs import Results
from tests.conftest import ROOT

TEXT = """# 阅览室管理办法

第一条　为了规范管理，制定本办法。

第二条　本办法自发布之日起施行。
"""
SETTINGS = """schema = 1
[book]
id = "reading"
title = "阅览室管理办法"
[[source]]
file = "text.md"
[edition.epub]
format = "epub"
[edition.small]
extends = "booklet"
"""
DECISION = """[[accept]]
rule = "editor"
where = "reg.art_1"
before = "规范"
after = "方便"
reason = "校改"
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    folder = tmp_path / "book"
    folder.mkdir()
    (folder / "text.md").write_text(TEXT, "utf-8")
    (folder / "book.toml").write_text(SETTINGS, "utf-8")
    return folder


def build(book: Path, *names: str, fresh: bool = False) -> Results:
    results = jobs.build([book], names or ("epub",), book.parent / "out", fresh=fresh)
    assert not results.failures
    return results


def made(results: Results) -> list[str]:
    return [each.target.edition.name for each in results.targets if not each.cached]


def why(results: Results) -> list[str]:
    return [each.why.en for each in results.targets]


def test_nothing_is_made_again_when_nothing_changed(book: Path) -> None:
    names = ("epub", "epub-tw", "small")
    first = build(book, *names)
    manifest = (book.parent / "out/reading/manifest.json").read_bytes()
    again = build(book, *names)
    assert made(first) == list(names)
    assert made(again) == []
    assert why(again) == ["nothing changed"] * 3
    for one, two in zip(first.targets, again.targets, strict=True):
        same = ("pages", "bytes", "sha256", "faces", "sheets")
        assert [getattr(one, n) for n in same] == [getattr(two, n) for n in same]
    assert first.findings == again.findings
    assert (book.parent / "out/reading/manifest.json").read_bytes() == manifest


def write(name: str, text: str) -> Callable[[Path], object]:
    def change(book: Path) -> None:
        (book / name).parent.mkdir(parents=True, exist_ok=True)
        (book / name).write_text(text, "utf-8")

    return change


def own(name: str, more: str) -> Callable[[Path], object]:
    """A template of ours with something more, as the book's own."""
    whole = (ROOT / "templates" / name).read_text("utf-8") + more
    return write(f"templates/{name}", whole)


CHANGES: dict[str, tuple[Callable[[Path], object], str, list[str]]] = {
    "the source": (
        write("text.md", TEXT.replace("规范", "方便")),
        "text.md changed",
        ["epub", "small"],
    ),
    "settings of the book": (
        write("book.toml", SETTINGS.replace("办法", "条例")),
        "the book's settings changed",
        ["epub", "small"],
    ),
    "settings of one edition": (
        write("book.toml", SETTINGS + 'size = "小五"\n'),
        "the edition's settings changed",
        ["small"],
    ),
    "another edition": (
        write("book.toml", SETTINGS + '[edition.a4]\nformat = "pdf"\n'),
        "",
        [],
    ),
    "words in the settings that nobody reads": (
        write("book.toml", SETTINGS + "# what to do next\n"),
        "",
        [],
    ),
    "decisions that were not there": (
        write("decisions.toml", DECISION),
        "a file of settings or a template came or went",
        ["epub", "small"],
    ),
    "a template of the book's own": (
        own("epub/book.css", "p { margin: 0 }\n"),
        "a file of settings or a template came or went",
        ["epub", "small"],
    ),
    "a file that has nothing to do with the book": (
        write("letter.txt", "x"),
        "",
        [],
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_changed_is_made_again_and_nothing_else(book: Path, name: str) -> None:
    change, reason, expected = CHANGES[name]
    build(book, "epub", "small")
    change(book)
    after = build(book, "epub", "small")
    assert made(after) == expected
    assert {each.why.en for each in after.targets if not each.cached} == (
        {reason} if reason else set()
    )
    truth = jobs.build([book], ("epub", "small"), book.parent / "other")
    assert [t.sha256 for t in after.targets] == [t.sha256 for t in truth.targets]


def test_a_template_of_the_books_own_counts_for_those_that_use_it(book: Path) -> None:
    own("epub/book.css", "p { margin: 0 }\n")(book)
    build(book, "epub", "small")
    own("epub/book.css", "p { margin: 1px }\n")(book)
    results = build(book, "epub", "small")
    assert made(results) == ["epub"]
    assert why(results)[0] == "templates/epub/book.css changed"
    (book / "templates/epub/book.css").unlink()
    assert made(build(book, "epub")) == ["epub"]


def test_a_repair_is_made_anew_when_its_decision_changes(book: Path) -> None:
    write("decisions.toml", DECISION)(book)
    build(book)
    write("decisions.toml", DECISION.replace("方便", "便利"))(book)
    results = build(book)
    assert why(results) == ["the book's settings changed"]
    kept = results.findings[0].diagnostics
    assert kept == build(book).findings[0].diagnostics


def test_the_environment_counts(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build(book)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400000")
    assert why(build(book)) == ["the variable SOURCE_DATE_EPOCH changed"]
    monkeypatch.setenv("PUBLISHER_PLAIN", "gc")
    assert why(build(book)) == ["the variable PUBLISHER_PLAIN changed"]


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        ("code", "publisher itself changed"),
        ("libraries", "a library has another version"),
        ("faces", "the fonts of this machine changed"),
    ],
)
def test_the_tool_counts(
    book: Path, monkeypatch: pytest.MonkeyPatch, part: str, reason: str
) -> None:
    build(book)
    monkeypatch.setattr(parts, part, lambda: "other")
    assert why(build(book)) == [reason]


def test_going_back_finds_what_was_made_then(book: Path) -> None:
    first = build(book)
    write("text.md", TEXT.replace("规范", "方便"))(book)
    build(book)
    write("text.md", TEXT)(book)
    back = build(book)
    assert why(back) == ["nothing changed; put back from the cache"]
    assert back.targets[0].sha256 == first.targets[0].sha256


def test_fresh_makes_all_again(book: Path) -> None:
    first = build(book)
    again = build(book, fresh=True)
    assert why(again) == ["--fresh was given"]
    assert again.targets[0].sha256 == first.targets[0].sha256


@pytest.mark.parametrize("left", [b"", b"half of it", None])
def test_an_output_that_was_touched_is_put_back(book: Path, left: bytes | None) -> None:
    path = build(book).targets[0].path
    good = path.read_bytes()
    path.unlink()
    if left is not None:
        path.write_bytes(left)
    results = build(book)
    assert results.targets[0].cached
    assert path.read_bytes() == good


def test_whatever_is_damaged_in_the_cache_is_made_again(book: Path) -> None:
    first = build(book)
    good = first.targets[0].path.read_bytes()
    cache = book.parent / "out" / ".cache"
    files = sorted(each for each in cache.glob("*/*/*") if each.is_file())
    assert len(files) > 6
    for file in files:
        whole = file.read_bytes()
        first.targets[0].path.unlink()
        for damaged in (whole[: len(whole) // 2], b"\0" + whole[1:]):
            file.write_bytes(damaged)
            results = build(book)
            assert results.targets[0].path.read_bytes() == good
            assert results.findings == first.findings
        build(book, fresh=True)


def test_two_books_of_one_name_do_not_mix(book: Path, tmp_path: Path) -> None:
    build(book)
    other = tmp_path / "other"
    other.mkdir()
    write("text.md", TEXT.replace("规范", "方便"))(other)
    write("book.toml", SETTINGS)(other)
    assert made(build(other)) == ["epub"]
    assert made(build(book)) == []


# ------------------------------------------------------------ nothing is overlooked

OPENED = """
import json, os, stat, sys
opened, missed, on = set(), set(), []
def hear(event, arguments):
    if on and event == "open" and isinstance(arguments[0], (str, bytes, os.PathLike)):
        path = os.path.abspath(os.fsdecode(arguments[0]))
        if os.path.isfile(path) and not arguments[2] & (os.O_WRONLY | os.O_RDWR):
            opened.add(path)
sys.addaudithook(hear)
real = os.stat
def probe(path, *more, **named):
    try:
        return real(path, *more, **named)
    except OSError:
        if on and isinstance(path, (str, os.PathLike)):
            missed.add(os.path.abspath(os.fspath(path)))
        raise
os.stat = probe
from pathlib import Path
from publisher import jobs, pipeline
from publisher.jobs import known, workers
def watched(function):
    def call(*arguments, **named):
        on.append(1)
        try:
            return function(*arguments, **named)
        finally:
            on.pop()
    return call
pipeline.load, pipeline.read_book, pipeline.make = map(
    watched, (pipeline.load, pipeline.read_book, pipeline.make))
book, out = map(Path, sys.argv[1:3])
jobs.build([book], sys.argv[3:], out)
print(json.dumps([sorted(opened), sorted(missed)]))
"""


def recorded(out: Path, book: Path) -> set[str]:
    """Every file that a trace of this cache names."""
    found = set()
    for file in (out / ".cache").glob("traces-*/*/*"):
        for entry in json.loads(file.read_bytes().partition(b"\n")[2]):
            if isinstance(entry, dict):
                found |= {path for path, _ in entry["inputs"]}
    return {str(book / path) for path in found}


def test_every_file_that_a_stage_opens_or_looks_for_is_known(book: Path) -> None:
    """Another ear than the recorder's: all files opened, and all looked for in vain."""
    write("decisions.toml", DECISION)(book)
    own("epub/book.css", "p { margin: 0 }\n")(book)
    out = book.parent / "out"
    names = ("epub", "epub-tw", "booklet", "booklet-tw")
    done = subprocess.run(
        [sys.executable, "-c", OPENED, str(book), str(out), *names],
        capture_output=True,
        encoding="utf-8",
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    opened, missed = json.loads(done.stdout)
    known = recorded(out, book)
    programs = (".py", ".pyc", ".so")
    package = str(ROOT / "publisher") + "/"  # told as a whole: `parts.code`
    installed = ("/site-packages/", str(Path(os.__file__).parent))
    overlooked = [
        path
        for path in opened
        if path not in known
        and not path.endswith(programs)
        and not path.startswith((package, "/proc/"))
        and not any(each in path for each in installed)
    ]
    assert overlooked == []
    assert str(book / "text.md") in known
    assert str(book / "templates/epub/book.css") in known
    told = (".toml", ".tsv")  # told by their names: `parts.beside`
    looked_for = [
        path
        for path in missed
        if path.startswith(f"{book}/")
        and path not in known
        and not path.endswith(told)
        and not path.startswith(f"{book}/templates")
    ]
    assert looked_for == []


def test_a_second_build_in_one_process_records_as_much_as_the_first(
    book: Path,
) -> None:
    """What a stage keeps in memory is an input of the next book too."""
    out = book.parent / "out"
    build(book, "booklet", "epub-tw", fresh=True)
    first = recorded(out, book)
    for file in (out / ".cache").glob("traces-*/*/*"):
        file.unlink()
    build(book, "booklet", "epub-tw", fresh=True)
    assert recorded(out, book) == first


def test_no_variable_of_the_environment_is_overlooked() -> None:
    """Stages may ask for those that are a part, and for no others."""
    edges = ("cli/", "cache/", "jobs/")
    found = set[str]()
    for file in (ROOT / "publisher").rglob("*.py"):
        if not str(file.relative_to(ROOT / "publisher")).startswith(edges):
            text = file.read_text("utf-8")
            names = re.findall(r'os\.environ(?:\.get\(|\[)"?([A-Z_]+)"?', text)
            constants = dict(
                re.findall(r'^([A-Z_]+) = "([A-Z_]+)"$', text, re.MULTILINE)
            )
            names = [constants.get(name, name) for name in names]
            assert len(names) == text.count("os.environ") + text.count("getenv")
            found.update(names)
    assert found <= set(parts.ENVIRONMENT)
    assert "SOURCE_DATE_EPOCH" in found


QUICK = """
import sys
from publisher.cli import run
code = run(["build", *sys.argv[1:], "-q"])
heavy = {"weasyprint", "opencc", "jinja2", "ebooklib", "lxml", "fontTools", "rich"}
ours = {"publisher.tree.nodes", "publisher.read", "publisher.config"}
print(code, sorted((heavy | ours) & set(sys.modules)))
"""


def test_a_build_that_changes_nothing_loads_nothing(book: Path) -> None:
    build(book, "epub", "small")
    names = ("-e", "epub", "-e", "small")
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            QUICK,
            str(book),
            "-o",
            str(book.parent / "out"),
            *names,
        ],
        capture_output=True,
        encoding="utf-8",
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.stdout == "0 []\n"
