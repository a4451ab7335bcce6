"""Help is in one language: each command, each option, each heading of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest
from click import formatting

from publisher.cli import group, run
from publisher.cli.helping import filled
from publisher.report.terminal import columns

Say = pytest.CaptureFixture[str]
HAN = re.compile(r"[㐀-䶿一-鿿]")
FOREIGN = re.compile(r"[　-〿㐀-䶿一-鿿＀-￯]")
ONLY_AN_OPTION = re.compile(r"^  (?:-\w, )?--[\w-]+(?: \[[\w|-]+\]| [A-Z|]+)?$")
"""A name with its values that is so long that what it means stands below it."""
PROSE = re.compile(r"[a-z]{2,} (?!命)[a-z]{2,}")


def named(command: click.Command, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    yield path
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            found = command.get_command(context, name)
            assert found
            yield from named(found, (*path, name))


COMMANDS = list(named(group, ()))


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that no line is broken, and no language is that of the environment."""
    monkeypatch.setattr(formatting, "FORCED_WIDTH", 400)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


def helped(capsys: Say, *arguments: str) -> list[str]:
    assert run(arguments) == 0
    said = capsys.readouterr()
    assert said.err == ""
    return [line for line in said.out.splitlines() if line.strip()]


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_in_chinese_every_line_of_help_is_chinese(
    path: tuple[str, ...], capsys: Say
) -> None:
    lines = helped(capsys, *path, "--help", "--lang", "zh")
    assert [a for a in lines if not (HAN.search(a) or ONLY_AN_OPTION.match(a))] == []
    unnamed = [re.sub(r"--[\w-]+", "", line) for line in lines[1:]]
    assert [line for line in unnamed if PROSE.search(line)] == []


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_in_english_no_line_of_help_has_anything_chinese(
    path: tuple[str, ...], capsys: Say
) -> None:
    lines = helped(capsys, *path, "--help", "--lang", "en")
    assert [line for line in lines if FOREIGN.search(line)] == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("--lang", "zh", "build", "--help"),
        ("build", "--lang", "zh", "--help"),
        ("build", "--help", "--lang", "zh"),
        ("build", "--help", "--lang=zh"),
        ("--help", "--lang", "zh"),
        ("cache", "info", "-h", "--lang", "zh"),
    ],
)
def test_the_language_may_be_named_anywhere(
    arguments: tuple[str, ...], capsys: Say
) -> None:
    assert helped(capsys, *arguments)[0].startswith("用法：publisher ")


@pytest.mark.parametrize("name", ["LC_ALL", "LC_MESSAGES", "LANG"])
def test_the_language_of_help_is_that_of_messages(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: Say
) -> None:
    monkeypatch.setenv(name, "zh_CN.UTF-8")
    assert helped(capsys, "check", "--help")[0].startswith("用法：")
    assert helped(capsys, "check", "--help", "--lang", "en")[0].startswith("Usage: ")


def test_a_chinese_line_is_as_wide_as_there_is_room_and_begins_with_no_stop() -> None:
    text = "用 publisher build 做书，加 --watch 就不退出，改了再做（Ctrl-C 结束）。" * 4
    for room in range(20, 80):
        lines = filled(text, room)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert max(map(columns, lines)) <= room
        assert not [line for line in lines if line[0] in "，。）"]
        assert not [line for line in lines if line[-1] in "（ "]


def test_no_command_at_all_shows_help_in_the_language_too(capsys: Say) -> None:
    assert run(["--lang", "zh"]) == 2
    assert "缺少子命令" in capsys.readouterr().err
    assert run([]) == 2
    assert "Commands:" in capsys.readouterr().err
