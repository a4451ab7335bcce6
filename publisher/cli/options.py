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
from publisher.cli.usage import OneOf
from publisher.cli.voice import LANG, QUIET, VERBOSE
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
        click.option(
            "--lang",
            type=OneOf(["zh", "en"]),
            is_eager=True,
            expose_value=False,
            callback=_keep(LANG),
            help="Language of messages; default: LC_ALL, LC_MESSAGES or LANG.",
        ),
        click.option(
            "-q",
            "--quiet",
            is_flag=True,
            expose_value=False,
            callback=_keep(QUIET),
            help="Show errors only.",
        ),
        click.option(
            "-v",
            "--verbose",
            is_flag=True,
            expose_value=False,
            callback=_keep(VERBOSE),
            help="Show all notes, and where an accident happened.",
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
    text = "Print one JSON object on stdout, and nothing else there."
    return click.option("--json", "json_", is_flag=True, help=text)(command)


def formats(*names: str) -> Decorate:
    """``--format`` with these names, and ``--json`` short for one of them."""

    def decorate(command: Command) -> Command:
        choice = OneOf(names)
        command = click.option(
            "--json", "format_", flag_value="json", help="Short for --format json."
        )(command)
        return click.option(
            "--format",
            "format_",
            type=choice,
            default=names[0],
            show_default=True,
            help="How to write it.",
        )(command)

    return decorate


def fail_on(command: F) -> F:
    """``--fail-on``: the severity from which the exit code is 1."""
    return click.option(
        "--fail-on",
        type=OneOf(["error", "warning", "never"]),
        help="Exit with 1 from this severity on; default: the book's, else error.",
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
        named = [path for each in named for path in _globbed(each)]
        return existing(named, epubs=epubs)
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
    if not GLOB.search(str(named)) or os.path.lexists(named):
        return [named]
    found = [Path(each) for each in _glob(str(named))]
    books = [path for path in found if _may_be_book(path)]
    if not books:
        raise Problem(MISUSE, _NO_MATCH.fill(pattern=named))
    return books


def _glob(pattern: str) -> list[str]:
    return sorted(glob(pattern, recursive=True))  # noqa: PTH207  (may be absolute)


def _may_be_book(path: Path) -> bool:
    if path.is_dir():
        return (path / BOOK).is_file()
    return path.name == BOOK or path.suffix.lower() in SUFFIXES


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
