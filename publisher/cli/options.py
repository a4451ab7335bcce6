"""Options and arguments that several commands share, and what they are checked for."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Sequence
from glob import glob
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import click

from publisher.book import BOOK
from publisher.cli import helping
from publisher.cli.usage import OneOf
from publisher.cli.voice import LANG, LANGUAGES, QUIET, VERBOSE
from publisher.diagnostics import Problem, Words
from publisher.patterns import pattern

Command: TypeAlias = Callable[..., Any]
Decorate: TypeAlias = Callable[[Command], Command]
F = TypeVar("F", bound=Command)

MISUSE = 2
GLOB = pattern(r"[*?\[]")
"""What makes a name a pattern that the shell left alone."""
SUFFIXES = frozenset({".md", ".markdown", ".txt", ".html", ".htm", ".docx"})
"""How the names of sources end that a pattern finds; others can be named."""
EPUB = ".epub"
SOURCES = Path("sources")
"""Where the books of a project are."""


def common(command: F) -> F:
    """``-v``, ``-q`` and ``--lang``, before or after the name of a command."""
    for option in (
        helping.option(
            "--lang",
            type=OneOf(LANGUAGES),
            is_eager=True,
            expose_value=False,
            callback=_keep(LANG),
            says=_LANG,
        ),
        helping.option(
            "-q",
            "--quiet",
            is_flag=True,
            expose_value=False,
            callback=_keep(QUIET),
            says=_QUIET,
        ),
        helping.option(
            "-v",
            "--verbose",
            is_flag=True,
            expose_value=False,
            callback=_keep(VERBOSE),
            says=_VERBOSE,
        ),
    ):
        command = option(command)
    return command


def _keep(name: str) -> Callable[[click.Context, click.Parameter, object], None]:
    def keep(context: click.Context, _: click.Parameter, value: object) -> None:
        if value:
            context.meta[name] = value

    return keep


def as_json(command: F) -> F:
    """``--json``: one object on stdout and nothing else."""
    return helping.option("--json", "json_", is_flag=True, says=_JSON)(command)


def formats(*names: str) -> Decorate:
    """``--format`` with these names, and ``--json`` short for one of them."""

    def decorate(command: Command) -> Command:
        choice = OneOf(names)
        command = helping.option("--json", "format_", flag_value="json", says=_SHORT)(
            command
        )
        return helping.option(
            "--format",
            "format_",
            type=choice,
            default=names[0],
            show_default=True,
            says=_FORMAT,
        )(command)

    return decorate


def fail_on(command: F) -> F:
    """``--fail-on``: the severity from which the exit code is 1."""
    return helping.option(
        "--fail-on",
        type=OneOf(["error", "warning", "never"]),
        says=_FAIL_ON,
    )(command)


def paths(name: str, *, required: bool = True) -> Decorate:
    """Paths that a person names; `existing` says whether they are there."""
    kind = click.Path(path_type=Path)
    return click.argument("paths", metavar=name, nargs=-1, required=required, type=kind)


def existing(named: Sequence[Path], *, epubs: bool = False) -> tuple[Path, ...]:
    """The same paths, all of them a book folder, a ``book.toml`` or a source file.

    With ``epubs`` a finished EPUB will do too.

    Raises:
        Problem: 2, one is not there, or is a folder without a book.
    """
    for path in named:
        if not os.path.exists(path):  # noqa: PTH110  (never raises)
            from publisher.config.neighbours import neighbours

            raise Problem(MISUSE, _ABSENT.fill(path=path), neighbours(path), str(path))
        if path.is_dir() and not (path / BOOK).is_file():
            raise Problem(MISUSE, _NO_BOOK.fill(path=path), _NO_BOOK_HINT, str(path))
        if path.suffix.lower() == EPUB and not epubs:
            raise Problem(MISUSE, _EPUB.fill(path=path), place=str(path))
        if path.suffix.lower() == ".toml" and path.name != BOOK:
            raise Problem(MISUSE, _SETTINGS.fill(path=path), _book(path), str(path))
    return tuple(named)


def _book(path: Path) -> Words:
    """What to name instead of a settings file: its book, if there is one."""
    if (path.parent / BOOK).is_file():
        folder = shlex.quote(str(path.parent))
        return Words(f"请写书的文件夹：{folder}", f"name the book's folder: {folder}")
    return Words(
        "请写书的文件夹、其中的 book.toml，或来源文件",
        "name a book's folder, its book.toml, or a source file",
    )


def books(named: Sequence[Path], *, epubs: bool = False) -> tuple[Path, ...]:
    """The books to work on: those named, or all of the project.

    Raises:
        Problem: 2, there are none.
    """
    if named:
        every = tuple(path for each in named for path in _globbed(each))
        # what a pattern finds and cannot be read stops no other book
        existing([p for p in every if p in named or p.exists()], epubs=epubs)
        return every
    found = tuple(sorted(path.parent for path in SOURCES.glob(f"*/{BOOK}")))
    if not found:
        command = click.get_current_context().command_path
        raise Problem(MISUSE, _NO_BOOKS, _NO_BOOKS_HINT.fill(command=command))
    return found


def _globbed(named: Path) -> Sequence[Path]:
    """What a pattern such as ``'laws/*.md'`` stands for: all that can be a book.

    Raises:
        Problem: 2, there is nothing of that kind.
    """
    if not _pattern(named):
        return [named]
    found = [Path(each) for each in _glob(str(named))]
    books = [path for path in found if _may_be_book(path)]
    if not books:
        raise Problem(MISUSE, _NO_MATCH.fill(pattern=named))
    return books


def _pattern(named: Path) -> bool:
    return bool(GLOB.search(str(named))) and not os.path.lexists(named)


def _glob(pattern: str) -> list[str]:
    return sorted(glob(pattern, recursive=True))  # noqa: PTH207  (may be absolute)


def _may_be_book(path: Path) -> bool:
    if path.is_dir():
        return (path / BOOK).is_file()
    return path.name == BOOK or path.suffix.lower() in SUFFIXES


_LANG = Words(
    "说明和提示用哪种语言；默认依 LC_ALL、LC_MESSAGES、LANG。",
    "Language of help and messages; default: LC_ALL, LC_MESSAGES or LANG.",
)
_QUIET = Words("只说错误。", "Show errors only.")
_VERBOSE = Words(
    "连说明一并列出；程序出错时说明出在哪里。",
    "Show all notes, and where an accident happened.",
)
_JSON = Words(
    "结果写成一个 JSON 对象，标准输出上没有别的。",
    "Print one JSON object on stdout, and nothing else there.",
)
_SHORT = Words("即 --format json。", "Short for --format json.")
_FORMAT = Words("写成什么格式。", "How to write it.")
_FAIL_ON = Words(
    "有这一级以上的问题时，退出码为 1；默认依书的设置，书未设则为 error。",
    "Exit with 1 from this severity on; default: the book's, else error.",
)
_NO_MATCH = Words("没有与 {pattern} 相符的书稿", "nothing to build matches {pattern}")
_ABSENT = Words(
    "没有这个文件或文件夹：{path}", "there is no such file or folder: {path}"
)
_SETTINGS = Words(
    "{path} 是设置文件，不是来源文本", "{path} holds settings; it is not a source text"
)
_NO_BOOK = Words("文件夹 {path} 里没有 book.toml", "the folder {path} has no book.toml")
_NO_BOOK_HINT = Words(
    "指明其中的来源文件；或用 publisher init sources/名称 --from 文件 为它建书稿文件夹",
    "name a source file in it, or make a book of one: "
    "publisher init sources/NAME --from FILE",
)
_NO_BOOKS = Words(
    "没有指明书，sources/ 下面也没有带 book.toml 的文件夹",
    "no book is named, and there is none under sources/",
)
_NO_BOOKS_HINT = Words(
    "写 {command} 文件；或先用 publisher init sources/名称 --from 文件",
    "write {command} FILE, or begin with publisher init sources/NAME --from FILE",
)
_EPUB = Words(
    "{path} 是成品 EPUB，不能作来源；要核校它，用 publisher check",
    "{path} is an EPUB: it cannot be a source; publisher check looks it over",
)
