"""The commands, run in this process: what they print, and how they end."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import sys
import zipfile
from pathlib import Path
from typing import Any, NoReturn

import click
import pytest

from publisher import pipeline
from publisher.cli import doctor, group, run
from publisher.cli.group import COMMANDS
from publisher.cli.voice import language
from publisher.config import schema
from publisher.diagnostics import Problem, Words
from publisher.plain import SWITCHES
from publisher.report.rules import RULES
from publisher.typeset.swift import SPEEDUPS

TEXT = """# 阅览室管理办法

第一条　为了规范管理，制定本办法。

第二条　本办法自发布之日起施行。
"""
GAP = TEXT.replace("第二条", "第三条")
Say = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Messages in English, and a folder of one's own."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def source(text: str = TEXT, name: str = "text.md") -> str:
    Path(name).write_text(text, "utf-8")
    return name


def book(folder: str, text: str = TEXT, more: str = "") -> str:
    Path(folder).mkdir(parents=True)
    (Path(folder) / "text.md").write_text(text, "utf-8")
    settings = f'schema = 1\n[book]\nid = "{Path(folder).name}"\ntitle = "甲"\n'
    source = '[[source]]\nfile = "text.md"\n'
    (Path(folder) / "book.toml").write_text(settings + source + more, "utf-8")
    return folder


def output(say: Say) -> Any:  # noqa: ANN401  (whatever JSON holds)
    return json.loads(say.readouterr().out)


# ---------------------------------------------------------------- the command itself


def test_help_names_every_command(capsys: Say) -> None:
    assert run(["--help"]) == 0
    out = capsys.readouterr().out
    listed = out.partition("Commands:")[2].split()
    assert set(COMMANDS) <= set(listed)
    assert listed[0] == "build"


def test_help_speaks_chinese_where_asked(capsys: Say) -> None:
    assert run(["--lang", "zh", "--help"]) == 0
    assert "查稿" in capsys.readouterr().out


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_and_the_shared_options(name: str, capsys: Say) -> None:
    assert run([name, "--help"]) == 0
    out = capsys.readouterr().out
    for option in ("--lang", "--quiet", "--verbose"):
        assert option in out


def test_no_help_shows_a_mark_meant_for_click_or_fills_a_list(capsys: Say) -> None:
    for name in COMMANDS:
        assert run([name, "--help"]) == 0
        out = capsys.readouterr().out
        assert "\\b" not in out
        assert "\b" not in out
    assert run(["build", "--help"]) == 0
    listed = capsys.readouterr().out.partition("Exit codes:\n")[2].splitlines()
    assert [line.split()[0] for line in listed[:7]] == [*"012345", "130"]


def test_the_version_names_the_libraries(capsys: Say) -> None:
    assert run(["--version"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("publisher ")
    assert "WeasyPrint 70.0\n" in out
    assert "EbookLib 0.20\n" in out


MISUSE = [
    (["bild"], "there is no command “bild”", "did you mean “build”?"),
    (["check", "--lnag", "zh"], "No such option '--lnag'", "publisher check --help"),
    (["outline"], "SOURCE is missing", "publisher outline --help"),
    (["build", "-j", "0", "x"], "is not a number from 1", "publisher build --help"),
    (["build", "-j", "two", "x"], "is not a number from 1", "publisher build --help"),
    (["build", "--fail-on", "all"], "“all” is not one of", "known: error, never"),
    (["convert", "--to", "klingon"], "is not one of", "zh-Hant-HK, zh-Hant-TW"),
    (["convert", "--to", "zh-TW"], "is not one of", "did you mean “zh-Hant-TW”?"),
    (["convert", "--to", "zh_CN"], "is not one of", "did you mean “zh-Hans”?"),
    (["convert", "--from", "zh-HK"], "is not one of", "did you mean “zh-Hant-HK”?"),
    (["convert"], "--to is missing", "known: zh-Hans, zh-Hant, "),
    (["build", "--wait", "-1"], "must be a number from 0", "publisher build --help"),
    (["build", "--wait", "x"], "must be a number from 0", "publisher build --help"),
    (["fonts", "lst"], "No such command 'lst'", "publisher fonts --help"),
    (["--lang", "fr", "check"], "--lang: “fr” is not one of", "known: en, zh"),
]


@pytest.mark.parametrize(("arguments", "what", "hint"), MISUSE)
def test_misuse_ends_with_2_and_says_where_help_is(
    arguments: list[str], what: str, hint: str, capsys: Say
) -> None:
    assert run(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert what in said.err
    assert hint in said.err


IN_CHINESE = [
    (["check", "--lnag", "--lang", "zh"], "没有 --lnag 这个选项；是不是 --lang？"),
    (["check", "--zzz", "--lang=zh"], "没有 --zzz 这个选项"),
    (["outline", "--lang", "zh"], "缺少 SOURCE"),
    (["convert", "--lang", "zh"], "缺少 --to"),
    (["convert", "--to", "zh-TW", "--lang", "zh"], "是不是想写“zh-Hant-TW”？"),
    (["build", "-j", "0", "--lang", "zh"], "--jobs：应是 1 以上的整数或 auto"),
    (["build", "--wait", "x", "--lang", "zh"], "--wait：应是一个不小于 0 的数"),
    (["biuld", "--lang", "zh"], "没有“biuld”这个命令"),
    (["biuld", "--lang", "zh"], "是不是想写“build”？"),
    (["fonts", "lst", "--lang", "zh"], "没有“lst”这个命令；是不是 list？"),
    (["check", "--quiet=3", "--lang=zh"], "--quiet 后面不能带值"),
    (["--lang", "zh", "build", "-e"], "-e 后面要有一个值"),
    (["--lang", "zh"], "缺少子命令"),
    (["--lang", "zh", "zzz"], "没有“zzz”这个命令"),
    (["doctor", "more", "--lang", "zh"], "多出了：more"),
]


@pytest.mark.parametrize(("arguments", "what"), IN_CHINESE)
def test_misuse_is_explained_in_chinese_too(
    arguments: list[str], what: str, capsys: Say
) -> None:
    assert run(arguments) == 2
    said = capsys.readouterr().err
    assert what in said
    assert "\ufffd" not in said
    assert not re.search(r"Invalid|Missing|No such|Choose", said)


def test_no_command_at_all_shows_the_help(capsys: Say) -> None:
    assert run([]) == 2
    assert "Commands:\n  build " in capsys.readouterr().err


def test_the_language_is_that_of_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert language() == "en"
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert language() == "zh"
    monkeypatch.setenv("LC_MESSAGES", "en_US.UTF-8")
    assert language() == "en"
    monkeypatch.setenv("LC_ALL", "zh_TW")
    assert language() == "zh"
    assert language("en") == "en"


def test_an_option_counts_before_and_after_the_command(capsys: Say) -> None:
    for arguments in (["--lang", "zh", "check", "x"], ["check", "x", "--lang", "zh"]):
        assert run(arguments) == 2
        assert "没有这个文件或文件夹：x" in capsys.readouterr().err


# ---------------------------------------------------------------- build


def test_build_prints_one_line_a_target(capsys: Say) -> None:
    assert run(["build", source(), "-e", "epub", "-o", "out"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("text/epub  ")
    assert said.out.rstrip().endswith("out/text/epub/text.epub")
    assert len(said.out.splitlines()) == 1


def test_build_tells_pages_in_the_language_asked_for(capsys: Say) -> None:
    assert run(["build", source(), "-e", "booklet", "--lang", "zh"]) == 0
    assert " 页  " in capsys.readouterr().out


def test_quiet_says_nothing_when_all_is_well(capsys: Say) -> None:
    assert run(["build", source(), "-e", "epub", "-q"]) == 0
    assert capsys.readouterr() == ("", "")


def test_build_json_is_one_pure_object_with_the_contracted_keys(capsys: Say) -> None:
    assert run(["build", source(), "-e", "epub", "--json"]) == 0
    said = capsys.readouterr()
    data = json.loads(said.out)
    (target,) = data["targets"]
    assert list(target) == [
        "book",
        "edition",
        "format",
        "path",
        "pages",
        "bytes",
        "sha256",
        "seconds",
        "cached",
        "why",
    ]
    made = Path(target["path"])
    assert made == Path("build/text/epub/text.epub")
    assert target["sha256"] == hashlib.sha256(made.read_bytes()).hexdigest()
    assert set(data["diagnostics"]) == {"error", "warning", "note"}
    assert data["problems"] == []
    assert "text/epub" in said.err


def test_a_second_build_says_that_nothing_changed(capsys: Say) -> None:
    arguments = ["build", source(), "-e", "epub", "--explain"]
    assert run(arguments) == 0
    assert "  it was not made before\n" in capsys.readouterr().out
    assert run(arguments) == 0
    said = capsys.readouterr().out
    assert "  unchanged  build/text/epub/text.epub\n  nothing changed\n" in said
    assert run([*arguments, "--json"]) == 0
    (target,) = output(capsys)["targets"]
    assert (target["cached"], target["why"]) == (True, "nothing changed")
    assert run([*arguments, "--fresh", "--json"]) == 0
    assert output(capsys)["targets"][0]["cached"] is False


UNHEARD = [
    ("PUBLISHER_PLAIN", "gc,stiles", "no such switch: stiles"),
    ("PUBLISHER_PLAIN", "x", "known: all compose "),
    ("PUBLISHER_CACHE_MIB", "abc", "a whole number of MiB, not abc"),
    ("PUBLISHER_CACHE_MIB", "-1", "a whole number of MiB, not -1"),
]


@pytest.mark.parametrize(("name", "value", "what"), UNHEARD)
def test_a_variable_that_is_not_understood_is_misuse_and_makes_nothing(
    name: str,
    value: str,
    what: str,
    capsys: Say,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(name, value)
    for flag in ("--fresh", "--watch"):
        assert run(["build", source(), flag]) == 2
        said = capsys.readouterr()
        assert what in said.err
        assert not Path("build").exists()
    assert run(["build", source(), "--json"]) == 2
    assert output(capsys)["problems"][0]["status"] == 2


def test_the_readme_names_every_switch_and_the_code_asks_for_no_other() -> None:
    root = Path(__file__).parents[2]
    told = (root / "README.md").read_text("utf-8").partition("| `PUBLISHER_PLAIN`")[2]
    rows = [line for line in told.splitlines() if line.startswith("| `")]
    named = re.findall("`([a-z]+)`", " ".join(row.split("|")[1] for row in rows))
    assert sorted(named) == sorted(SWITCHES)
    code = " ".join(f.read_text("utf-8") for f in (root / "publisher").rglob("*.py"))
    asked = set(re.findall(r'\bplain\("([a-z]+)"\)', code)) | set(SPEEDUPS) | {"all"}
    assert asked == set(SWITCHES)


def test_the_cache_can_be_looked_at_and_cleared(capsys: Say) -> None:
    assert run(["build", source(), "-e", "epub", "-q"]) == 0
    assert run(["cache", "info", "--json"]) == 0
    data = output(capsys)
    assert data["folder"] == "build/.cache"
    assert data["objects"] >= 4
    assert 0 < data["bytes"] < data["limit"] == 1 << 30
    assert run(["cache", "info"]) == 0
    assert capsys.readouterr().out.startswith("build/.cache: ")
    assert run(["cache", "clear"]) == 0
    assert "cleared (" in capsys.readouterr().err
    assert not Path("build/.cache").exists()
    assert run(["cache", "clear", "--json"]) == 0
    assert output(capsys)["bytes"] == 0


def test_outputs_come_first_and_findings_set_the_code(capsys: Say) -> None:
    assert run(["build", source(GAP), "-e", "epub"]) == 1
    said = capsys.readouterr()
    assert Path("build/text/epub/text.epub").is_file()
    assert "error[C101 skipped-number]" in said.err
    assert "text.md:5:1" in said.err
    assert "^" in said.err
    assert run(["build", "text.md", "-e", "epub", "--fail-on", "never"]) == 0


def test_build_without_a_book_makes_all_under_sources(capsys: Say) -> None:
    book("sources/b")
    book("sources/a")
    Path("sources/not-a-book").mkdir()
    assert run(["build", "-e", "epub", "--json", "-j", "1"]) == 0
    assert [t["book"] for t in output(capsys)["targets"]] == ["a", "b"]


def test_a_finding_of_an_edition_is_shown_after_the_build(capsys: Say) -> None:
    odd = book("odd", TEXT.replace("管理，", "管理\ue000，"))
    assert run(["build", odd, "-e", "booklet", "-e", "booklet-tw"]) == 1
    err = capsys.readouterr().err
    assert "error[W001 missing-glyph]" in err
    assert "odd/text.md:3:11" in err


REFUSED = [
    (["build", "absent.md"], 2, "there is no such file or folder: absent.md"),
    (["build"], 2, "there is none under sources/"),
    (["build", "folder"], 2, "the folder folder has no book.toml"),
    (["build", "done.epub"], 2, "cannot be a source"),
    (["check", "txet.md"], 2, "did you mean text.md?"),
    (["check", "folder/none/"], 2, "there is no such file or folder: folder/none"),
    (["check"], 2, "write publisher check FILE"),
    (["build", "sums/decisions.toml"], 2, "name the book's folder: sums"),
    (["build", "folder/notes.toml"], 2, "name a book's folder, its book.toml"),
    (["build", "done.epub"], 2, "publisher check looks it over"),
    (["build", "text.md", "-e", "bookelt"], 2, "did you mean “booklet”?"),
    (["build", "text.md", "-o", "text.md/out"], 4, "part of the path is a file"),
    (["build", "broken"], 3, "broken/book.toml:1:10"),
    (["build", "typo"], 3, "did you mean “origin”?"),
    (["build", "sums"], 3, "sha256"),
    (["build", "gone"], 3, "gone/text.md"),
    (["build", "gone"], 3, "--> gone/book.toml:6:1"),
    (["build", "gone"], 3, "did you mean test.md?"),
]


@pytest.mark.parametrize(("arguments", "code", "what"), REFUSED)
def test_bad_input_is_said_plainly_and_json_stays_pure(
    arguments: list[str], code: int, what: str, capsys: Say
) -> None:
    source()
    Path("done.epub").write_bytes(b"PK")
    Path("folder").mkdir()
    Path(book("broken"), "book.toml").write_text("schema = \n")
    book("typo", more='orign = "x"')
    book("sums", more=f'sha256 = "{"0" * 64}"')
    Path(book("gone"), "text.md").rename("gone/test.md")
    Path("folder/notes.toml").touch()
    Path("sums/decisions.toml").touch()
    assert run(arguments) == code
    said = capsys.readouterr()
    assert said.out == ""
    assert what in said.err
    assert "Traceback" not in said.err
    assert run([*arguments, "--json"]) == code
    said = capsys.readouterr()
    data = json.loads(said.out)
    assert data["problems"][0]["status"] == code
    assert data["diagnostics"] in ({"error": 0, "warning": 0, "note": 0}, [])
    assert what in said.err


def test_a_wrong_checksum_names_both_sums(capsys: Say) -> None:
    wrong = "0" * 64
    assert run(["check", book("sums", more=f'sha256 = "{wrong}"')]) == 3
    err = capsys.readouterr().err
    assert wrong in err
    assert hashlib.sha256(TEXT.encode()).hexdigest() in err


BYTES = [
    (b"", "R001 empty-source"),
    (bytes(range(256)) * 20, "R002 binary-source"),
    ("第一条 甲。\n".encode() * 50 + b"\xff\xfe\x80", "R0"),
]


@pytest.mark.parametrize(("raw", "rule"), BYTES)
def test_empty_binary_and_broken_input_is_a_finding_and_no_accident(
    raw: bytes, rule: str, capsys: Say
) -> None:
    Path("text.md").write_bytes(raw)
    Path("build/text/epub").mkdir(parents=True)
    Path("build/text/epub/text.epub").write_text("the last good one")
    code = run(["build", "text.md", "-e", "epub", "-e", "epub-tw"])
    said = capsys.readouterr()
    assert rule in said.err
    assert "unforeseen" not in said.err
    assert code == 1
    assert run(["check", "text.md"]) == 1
    assert run(["outline", "text.md"]) == 0
    capsys.readouterr()
    assert Path("build/text/epub/text.epub").stat().st_size > 0


def test_text_in_an_old_encoding_is_read_with_a_warning(capsys: Say) -> None:
    Path("text.md").write_bytes(TEXT.encode("gb18030"))
    assert run(["check", "text.md"]) == 0
    assert "R004" in capsys.readouterr().err
    assert run(["check", "text.md", "--fail-on", "warning"]) == 1


def test_the_same_failure_is_explained_once(capsys: Say) -> None:
    Path("text.md").write_bytes(b"")
    assert run(["build", "text.md", "-j", "1"]) == 1
    err = capsys.readouterr().err
    assert err.count("not made: ") == 4
    assert err.count("no document is left to print") == 1


def test_an_accident_shows_its_traceback_only_when_asked(
    capsys: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stage of ours that fails: nothing that an editor writes should."""

    def make(*_: object) -> NoReturn:
        raise LookupError("no such thing")

    monkeypatch.setattr(pipeline, "make", make)
    arguments = ["build", book("a"), "-e", "epub"]
    assert run(arguments) == 4
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert "run it again with -v" in said
    assert run([*arguments, "-v"]) == 4
    assert "Traceback" in capsys.readouterr().err


def test_an_accident_outside_the_build_is_one_plain_message(capsys: Say) -> None:
    """No shell can pass a NUL; it stands here for any fault of ours."""
    assert run(["init", "a\0b"]) == 4
    err = capsys.readouterr().err
    assert "unforeseen: ValueError: " in err
    assert "Traceback" not in err
    assert run(["init", "a\0b", "-v", "--lang", "zh"]) == 4
    err = capsys.readouterr().err
    assert "没有料到的错误" in err
    assert "Traceback" in err


def test_a_shell_can_complete_commands() -> None:
    context = click.Context(group)
    assert group.list_commands(context) == list(COMMANDS)


# ---------------------------------------------------------------- check, outline


def test_check_shows_people_what_it_found_on_stderr(capsys: Say) -> None:
    assert run(["check", source(GAP)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "error[C101 skipped-number]" in said.err
    assert said.err.rstrip().splitlines()[-1].startswith("errors: 1, warnings: ")


def test_check_counts_where_there_is_nothing_to_find_too(capsys: Say) -> None:
    settings = Path(book("a")) / "book.toml"
    named = settings.read_text("utf-8").replace("title", 'publisher = "乙"\ntitle')
    settings.write_text(named, "utf-8")
    assert run(["check", "a"]) == 0
    assert capsys.readouterr().err == "errors: 0, warnings: 0, notes: 0\n"
    assert run(["check", source()]) == 0
    assert capsys.readouterr().err.endswith("errors: 0, warnings: 0, notes: 1\n")
    assert run(["build", source(), "-e", "epub"]) == 0
    made = "build/text/epub/text.epub"
    capsys.readouterr()
    assert run(["check", made, "--lang", "zh"]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines()[-1].startswith("错误 0 条，警告 0 条，说明 ")
    for flag in ("-q", "--json"):
        assert run(["check", made, flag]) == 0
        assert "errors: " not in capsys.readouterr().err


def test_an_epub_that_is_none_is_not_to_be_opened_in_word(capsys: Say) -> None:
    assert run(["check", source("no zip", "fake.epub")]) == 1
    err = capsys.readouterr().err
    assert "R007" in err
    assert "hint: Export the EPUB anew" in err
    assert "Word" not in err


def test_hints_of_settings_say_first_how_a_bare_file_becomes_a_book(
    capsys: Say,
) -> None:
    first = "make a book of it first: publisher init sources/text --from text.md\n"
    assert run(["check", source(GAP)]) == 1
    bare = capsys.readouterr().err
    assert "or allow it in book.toml with a reason.\n" in bare
    assert f"    This is a bare file; {first}" in bare
    assert run(["check", book("real", GAP)]) == 1
    real = capsys.readouterr().err
    assert "or allow it in book.toml with a reason.\n" in real
    assert "publisher init" not in real
    assert run(["check", source("", "empty.md")]) == 1
    assert "publisher init" not in capsys.readouterr().err


def test_lists_have_the_marks_of_the_language_that_is_spoken(capsys: Say) -> None:
    page = str(Path(__file__).parents[2] / "sources" / "dangshi" / "page.md")
    run(["check", "-v", page])
    err = capsys.readouterr().err
    assert "between the parts of reg《党史学习教育工作条例》, qa." in err
    run(["check", "-v", page, "--lang", "zh"])
    assert (
        "法规《党史学习教育工作条例》、答记者问的文字被别篇隔开"
        in capsys.readouterr().err
    )
    assert run(["review", book("a"), book("b")]) == 2
    assert "name one of a, b\n" in capsys.readouterr().err
    assert run(["review", "a", "b", "--lang", "zh"]) == 2
    assert "指明一本：a、b\n" in capsys.readouterr().err


def test_check_hides_notes_from_those_who_want_quiet(capsys: Say) -> None:
    half = source(GAP.replace("，", ","))
    assert run(["check", half]) == 1
    assert "note[" in capsys.readouterr().err
    assert run(["check", half, "-q"]) == 1
    err = capsys.readouterr().err
    assert "note[" not in err
    assert "error[" in err
    assert "errors: " not in err


def test_check_json_has_every_finding(capsys: Say) -> None:
    book("a", GAP)
    assert run(["check", "a", "--json"]) == 1
    data = output(capsys)
    assert data["files"] == ["a/text.md"]
    (found,) = [d for d in data["diagnostics"] if d["severity"] == "error"]
    assert (found["code"], found["name"]) == ("C101", "skipped-number")
    assert (found["file"], found["line"], found["book"]) == ("a/text.md", 5, "a")
    assert data["counts"]["error"] == 1


def test_check_github_prints_annotations(capsys: Say) -> None:
    assert run(["check", book("a", GAP), "--format", "github"]) == 1
    out = capsys.readouterr().out
    assert "::error file=a/text.md,line=5,col=1,title=C101 skipped-number::" in out


def test_an_allowed_finding_no_longer_fails(capsys: Say) -> None:
    allow = '[check]\nallow = [{rule="skipped-number", where="reg", reason="缺页"}]\n'
    assert run(["check", book("a", GAP, allow)]) == 0
    err = capsys.readouterr().err
    assert "note[C101 skipped-number]" in err
    assert "allowed: 缺页" in err


def test_outline_json_has_the_contracted_keys(capsys: Say) -> None:
    assert run(["outline", source(GAP), "--json"]) == 0
    data = output(capsys)
    keys = ["files", "documents", "joins", "repairs", "diagnostics"]
    assert list(data) == keys
    assert data["files"] == ["text.md"]
    found = data["diagnostics"][0]
    named = ["code", "name", "severity", "file", "line", "column", "message", "hint"]
    assert list(found)[:8] == named
    assert run(["outline", "text.md", "--format", "json"]) == 0
    assert output(capsys) == data


def test_outline_shows_people_the_tree_and_the_text(capsys: Say) -> None:
    assert (
        run(["outline", source(GAP.replace("第一条", "## 第一章 总则\n\n第一条"))]) == 0
    )
    said = capsys.readouterr()
    assert "art_3" in said.out
    assert "chp_1  第一章\u3000总则\n" in said.out
    assert "skipped-number" in said.err
    assert run(["outline", "text.md", "--format", "text"]) == 0
    said = capsys.readouterr()
    assert "第三条\u3000本办法自发布之日起施行。" in said.out
    assert said.err == ""


def test_outline_writes_akoma_ntoso(capsys: Say) -> None:
    assert run(["outline", source(GAP), "--format", "akn"]) == 0
    said = capsys.readouterr()
    assert said.out.startswith("<?xml version='1.0' encoding='utf-8'?>")
    assert '<article eId="art_3">' in said.out
    assert said.err == ""


def test_normalised_text_says_again_what_it_said(capsys: Say) -> None:
    assert run(["outline", source(GAP), "--format", "text"]) == 0
    first = capsys.readouterr().out
    assert run(["outline", source(first, "again.md"), "--format", "text"]) == 0
    assert capsys.readouterr().out == first


def test_a_web_page_is_a_source(capsys: Say) -> None:
    page = "<nav><a href='/'>首页</a></nav><h1>某办法</h1><p>第一条　甲。</p>"
    assert run(["outline", source(page, "a.html"), "--json"]) == 0
    (document,) = output(capsys)["documents"]
    assert (document["title"], document["nodes"][0]["id"]) == ("某办法", "art_1")


def test_outline_reads_several_files_as_one_collection(capsys: Say) -> None:
    Path("a").mkdir()
    Path("b").mkdir()
    files = [source(TEXT, "a/one.md"), source("# 通知\n\n正文。\n", "b/two.md")]
    assert run(["outline", *files, files[0], "--json"]) == 0
    assert output(capsys)["files"] == ["a/one.md", "b/two.md"]
    assert run(["outline", book("c"), "--json"]) == 0
    assert output(capsys)["files"] == ["text.md"]


# ---------------------------------------------------------------- the smaller ones


def feed(monkeypatch: pytest.MonkeyPatch, raw: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))


def test_convert_goes_line_by_line(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    feed(monkeypatch, "发展\r\n理发\n后来".encode())
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO()))
    assert run(["convert", "--to", "zh-Hant-TW"]) == 0
    out = sys.stdout.buffer
    assert isinstance(out, io.BytesIO)
    assert out.getvalue().decode() == "發展\r\n理髮\n後來"
    assert capfdbinary.readouterr().err == b""


def test_convert_names_the_place_that_is_no_utf8(
    monkeypatch: pytest.MonkeyPatch, capsys: Say
) -> None:
    feed(monkeypatch, "好\n你好".encode() + b"\xff")
    assert run(["convert", "--to", "zh-Hans", "--from", "zh-Hant"]) == 3
    err = capsys.readouterr().err
    assert "<stdin>:2:3" in err
    assert "iconv" in err


def test_explain_gives_why_example_and_cure(capsys: Say) -> None:
    for name in ("skipped-number", "c101", "C101"):
        assert run(["explain", name, "--lang", "zh"]) == 0
        out = capsys.readouterr().out
        assert out.startswith("C101  skipped-number  (错误)")
        assert "为什么" in out
        assert "怎么办" in out


def test_explain_lists_all_rules_each_with_one_code(capsys: Say) -> None:
    assert run(["explain"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(RULES)
    assert run(["explain", "--json"]) == 0
    listed = output(capsys)["rules"]
    assert len({rule["code"] for rule in listed}) == len(listed) == len(RULES)
    assert len({rule["name"] for rule in listed}) == len(listed)
    assert run(["explain", "C101", "--json"]) == 0
    assert output(capsys)["name"] == "skipped-number"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_can_be_explained_in_both_languages(
    rule: Any,  # noqa: ANN401  (a Rule; pytest hands it over)
    capsys: Say,
) -> None:
    for words in (rule.why, rule.cure):
        assert words.zh
        assert words.en
    assert run(["explain", rule.code]) == 0
    assert rule.name in capsys.readouterr().out


def test_explain_knows_what_was_meant(capsys: Say) -> None:
    assert run(["explain", "skiped-number"]) == 2
    assert "did you mean “skipped-number”?" in capsys.readouterr().err


def test_the_schema_is_printed(capsys: Say) -> None:
    assert run(["schema"]) == 0
    assert output(capsys) == schema()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_init_makes_a_book_that_checks_and_builds(lang: str, capsys: Say) -> None:
    assert run(["init", "书稿 1", "--lang", lang]) == 0
    assert "publisher build '书稿 1'" in capsys.readouterr().err
    assert run(["check", "书稿 1", "--fail-on", "warning"]) == 0
    capsys.readouterr()
    assert run(["build", "书稿 1", "-e", "epub", "-e", "booklet", "-j", "1"]) == 0
    assert Path("build/书稿-1/booklet/书稿-1.pdf").is_file()


def test_the_lines_of_the_sample_are_not_called_ragged(capsys: Say) -> None:
    assert run(["init", "mine"]) == 0
    assert run(["build", "mine", "-e", "booklet", "-j", "1"]) == 0
    capsys.readouterr()
    assert run(["inspect", "build/mine/booklet/mine.pdf"]) == 0
    said = capsys.readouterr().out
    assert "8 paragraphs, 8 lines" in said
    assert "no paragraph has a full line" in said
    assert "ragged" not in said


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_of_the_sample_is_in_a_book_whose_text_was_replaced(
    lang: str, capsys: Say
) -> None:
    assert run(["init", "mine", "--lang", lang]) == 0
    Path("mine/text.md").write_text("# 借书规则\n\n第一条 可以借书。\n", "utf-8")
    assert run(["build", "mine", "-e", "epub", "-j", "1"]) == 0
    capsys.readouterr()
    with zipfile.ZipFile("build/mine/epub/mine.epub") as made:
        names = [n for n in made.namelist() if n.endswith(("html", "opf"))]
        said = "".join(made.read(name).decode() for name in names)
    assert "<dt>书名</dt>\n<dd>借书规则</dd>" in said
    assert "文本日期" not in said
    for left in ("阅览室", "2024年", "样稿", "某某"):
        assert left not in said


def test_a_book_is_made_of_a_file_that_is_named(capsys: Say) -> None:
    Path("law.txt").write_bytes(TEXT.encode("gb18030"))
    assert run(["init", "sources/law", "--from", "law.txt", "--lang", "en"]) == 0
    assert "publisher build sources/law --lang en" in capsys.readouterr().err
    assert Path("sources/law/law.txt").read_bytes() == TEXT.encode("gb18030")
    assert run(["check", "sources/law"]) == 0
    for wrong in ("nowhere.txt", "sources/law", "sources/law/book.toml", "."):
        assert run(["init", "other", "--from", wrong]) == 2
    for odd in ("del\x7f.txt", "two\nlines.txt", "bad\udcff.txt"):
        Path(odd).write_text(TEXT, "utf-8")
        assert run(["init", "other", "--from", odd]) == 2
    assert not Path("other").exists()
    assert run(["init", "FILE", "--from", "law.txt"]) == 0
    assert 'id = "FILE"' in Path("FILE/book.toml").read_text("utf-8")


def test_the_next_command_has_the_language_only_where_it_was_asked_for(
    capsys: Say,
) -> None:
    assert run(["init", "one", "--lang", "zh"]) == 0
    said = capsys.readouterr().err
    assert "publisher check one --lang zh" in said
    assert "publisher build one --lang zh" in said
    assert run(["init", "two"]) == 0
    assert "--lang" not in capsys.readouterr().err


def test_init_never_overwrites(capsys: Say) -> None:
    Path("mine").mkdir()
    assert run(["init", "mine", "--json"]) == 0
    assert output(capsys) == {"folder": "mine", "files": ["book.toml", "text.md"]}
    Path("mine/text.md").write_text("precious")
    assert run(["init", "mine"]) == 2
    assert "is not empty" in capsys.readouterr().err
    assert Path("mine/text.md").read_text() == "precious"
    Path("file").write_text("x")
    assert run(["init", "file"]) == 4
    capsys.readouterr()
    assert run(["init", "file/x"]) == 4
    said = capsys.readouterr().err
    assert "cannot make the folder file/x: part of the path is a file" in said
    assert "--> file/x\n" in said
    assert "-o" not in said


def test_doctor_looks_at_everything(capsys: Say) -> None:
    assert run(["doctor", "--json"]) == 0
    found = {check["name"]: check for check in output(capsys)["checks"]}
    checks = found | {name.lower(): check for name, check in found.items()}
    for name in (
        "Python",
        "OpenCC (s2tw)",
        "WeasyPrint (Pango)",
        "LXGW WenKai",
        "Java",
    ):
        assert checks[name]["ok"], name
        assert checks[name]["cure"] is None
    assert checks["weasyprint"]["detail"] == "70.0"
    assert not checks["Java"]["needed"]
    assert run(["doctor", "--lang", "zh"]) == 0
    assert capsys.readouterr().out.endswith("一切就绪。\n")


def test_doctor_reads_what_packages_declare() -> None:
    lines = ["weasyprint==70.0", "click>=8.1", "rich", 'mypy; extra == "dev"']
    needed = list(doctor.required(lines))
    assert needed == [("weasyprint", "70.0"), ("click", ""), ("rich", "")]


def test_doctor_tells_a_missing_package_from_another_version() -> None:
    missing = doctor.library("no-such-package-anywhere")
    assert (missing.good, missing.detail) == (False, "–")
    assert missing.cure.en == "run: pip install no-such-package-anywhere"
    other = doctor.library("click", "0.1")
    assert (other.good, other.cure.en) == (False, "run: pip install click==0.1")
    assert doctor.library("click").good


def test_doctor_tells_what_does_not_work_and_what_to_do() -> None:
    cure = Words("装上", "install it")

    def lacks_a_library() -> str:
        raise OSError("cannot load library 'libpango'")

    def is_replaced() -> str:
        raise Problem(5, Words("", "another opencc"), Words("", "uninstall it"))

    found = doctor.works("Pango", lacks_a_library, cure)
    assert (found.good, found.cure) == (False, cure)
    assert "libpango" in found.detail
    found = doctor.works("OpenCC", is_replaced, cure)
    assert (found.detail, found.cure.en) == ("another opencc", "uninstall it")


def without_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine where fontconfig's folders are all empty."""
    for name in ("XDG_DATA_HOME", "XDG_DATA_DIRS", "HOME"):
        monkeypatch.setenv(name, str(Path.cwd() / "nothing"))


def test_a_missing_font_ends_with_5_and_the_line_to_run(
    monkeypatch: pytest.MonkeyPatch, capsys: Say
) -> None:
    without_fonts(monkeypatch)
    line = "apt-get install fonts-lxgw-wenkai fonts-noto-cjk"
    assert run(["build", source(), "-e", "booklet"]) == 5
    assert line in capsys.readouterr().err
    assert run(["doctor"]) == 5
    out = capsys.readouterr().out
    assert "✗ Noto Serif CJK SC  –" in out
    assert "what is marked ✗" in out
    assert run(["fonts", "list"]) == 5
    assert "–  (fonts-noto-cjk)" in capsys.readouterr().out
    assert run(["fonts", "list", "--json"]) == 5
    assert output(capsys)["faces"][0]["file"] is None


def test_fonts_are_listed_with_what_identifies_them(capsys: Say) -> None:
    assert run(["fonts", "list", "--json"]) == 0
    faces = output(capsys)["faces"]
    assert {face["role"] for face in faces} >= {"song", "hei", "kai"}
    assert all(len(face["sha256"]) == 64 and face["licence"] for face in faces)
    assert run(["fonts", "list"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(faces)


def test_fonts_that_cannot_be_installed_end_with_5_and_the_line(
    monkeypatch: pytest.MonkeyPatch, capfd: Say
) -> None:
    """Without apt, and with an apt that fails."""
    without_fonts(monkeypatch)
    monkeypatch.setenv("PATH", str(Path.cwd()))
    line = "apt-get install fonts-lxgw-wenkai fonts-noto-cjk"
    assert run(["fonts", "install"]) == 5
    assert capfd.readouterr().out.startswith(line)
    apt = Path("apt-get")
    apt.write_text('#!/bin/sh\necho "no network"\nexit 100\n')
    apt.chmod(0o755)
    assert run(["fonts", "install"]) == 5
    said = capfd.readouterr()
    assert said.out.startswith(line)
    assert said.err == ("no network\n" if os.geteuid() == 0 else "")


def test_nothing_is_installed_where_all_is_here(capsys: Say) -> None:
    assert run(["fonts", "install"]) == 0
    assert capsys.readouterr().out == "All fonts are here.\n"
    assert run(["fonts", "install", "--json"]) == 0
    assert output(capsys)["missing"] == []


def test_fonts_audit_names_each_missing_character_and_its_place(capsys: Say) -> None:
    odd = book("odd", TEXT.replace("管理，", "管理\ue000，"))
    assert run(["fonts", "audit", odd, "-e", "booklet"]) == 1
    err = capsys.readouterr().err
    assert "U+E000" in err
    assert "odd/text.md:3:11" in err
    assert run(["fonts", "audit", odd, "--json"]) == 1
    missing = output(capsys)["missing"]
    assert {each["line"] for each in missing} == {3}
    assert run(["fonts", "audit", book("good")]) == 0
    assert "No glyph is missing." in capsys.readouterr().err
