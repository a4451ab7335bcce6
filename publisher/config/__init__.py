"""``book.toml`` and the files beside it → frozen settings (`publisher.book`).

Strict: what is not understood is an error that names file, line and column, and the
word that was probably meant. Nothing is guessed, and nothing outside the book's folder
can be named. `tables` and `desk` list every key; `schema` is made from them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from os.path import normpath
from pathlib import Path, PureWindowsPath
from typing import cast, get_args

from publisher.book import (
    BOOK,
    Allow,
    Book,
    Conformance,
    Conversion,
    LeaveOut,
    Script,
    Selector,
    SourceFile,
    Spelling,
    Threshold,
    Work,
)
from publisher.config import desk
from publisher.config.editions import (
    PRESETS,
    defaults,
    edition,
    numbered,
    resolve,
    spoken,
)
from publisher.config.kinds import Table
from publisher.config.schema import Json, schema_of
from publisher.config.section import Section, meant, read
from publisher.config.tables import BOOK_TOML
from publisher.diagnostics import Words
from publisher.patterns import pattern

__all__ = [
    "BOOK",
    "PRESETS",
    "SCRIPTS",
    "TABLES",
    "Json",
    "bare",
    "edition",
    "load",
    "meant",
    "schema",
]

SCRIPTS: tuple[Script, ...] = get_args(Script)
TABLES: Mapping[str, Table] = {
    BOOK: BOOK_TOML,
    desk.DECISIONS: desk.DECISIONS_TOML,
    desk.NOTES: desk.NOTES_TOML,
}
"""The files that hold settings, and what may stand in each."""
SCHEMA = 1
UNSAFE = pattern(r'[\x00-\x1f\x7f\\/:*?"<>|]+')
"""What a file's name may have here, but not everywhere that a book is taken to."""


def load(path: Path) -> Book:
    """The book that a ``book.toml`` describes, with the decisions beside it.

    Raises:
        Problem: 3, with file, line and column.
    """
    top = read(path, BOOK_TOML)
    if top.number("schema") != SCHEMA:
        raise top.problem("schema", _OTHER_SCHEMA)
    book, check = top.section("book"), top.section("check")
    language = book.text("language", "zh-Hans-CN")
    works = _works(top)
    made = Book(
        id=book.text("id"),
        title=book.text("title"),
        subtitle=book.text("subtitle"),
        authority=book.text("authority"),
        publisher=book.text("publisher"),
        language=language,
        dates=book.dates("dates"),
        rights=book.text("rights"),
        sources=_sources(top, path.parent),
        works=works,
        leave_out=_left_out(top, works),
        editions=tuple(
            spoken(each, language) for each in resolve(top.section("edition"))
        ),
        allow=tuple(_allow(section) for section in check.sections("allow")),
        decisions=desk.decisions(path.parent / desk.DECISIONS),
        notes=desk.notes(path.parent / desk.NOTES),
        conformance=_conformance(top.section("epub")),
        fail_on=cast("Threshold", check.text("fail_on", "error")),
        conversion=_conversion(top.section("conversion")),
    )
    editions = tuple(numbered(made, each) for each in made.editions)
    return replace(made, editions=editions)


def _conversion(section: Section) -> Conversion:
    """What the book says of conversion; its tables are read with the sources."""
    spelling = section.text("spelling")
    return Conversion(
        cast("Spelling", spelling) if spelling else None,
        section.flag("fail_on_unreviewed"),
    )


def bare(path: Path) -> Book:
    """A book made up for one source file: its id is the file's stem."""
    name = UNSAFE.sub("-", path.stem).strip(" .") or "book"
    return Book(
        id=name,
        sources=(SourceFile(path.name),),
        editions=defaults(),
        bare=True,
    )


def schema(name: str = BOOK) -> dict[str, Json]:
    """The JSON Schema of one of the files in a book's folder (`TABLES`)."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": name,
        **schema_of(TABLES[name]),
    }


def _sources(top: Section, folder: Path) -> tuple[SourceFile, ...]:
    found: list[SourceFile] = []
    for section in top.sections("source"):
        name = section.text("file")
        if _outside(name, folder):
            raise section.problem("file", _OUTSIDE.fill(name=name), _OUTSIDE_HINT)
        if any(normpath(name) == normpath(other.path) for other in found):
            raise section.problem("file", _TWICE.fill(name=name))
        digest, origin = section.text("sha256"), section.text("origin")
        found.append(SourceFile(name, digest, origin, section.place("file")))
    if not found:
        raise top.problem("source", _NO_SOURCES)
    return tuple(found)


def _outside(name: str, folder: Path) -> bool:
    """Whether a file's name leads out of the folder, by itself or through a link."""
    parts = PureWindowsPath(name)  # knows both kinds of slashes, and drives
    if "\0" in name or parts.anchor or ".." in parts.parts:
        return True
    return not (folder / name).resolve().is_relative_to(folder.resolve())


def _select(section: Section) -> Selector:
    inner = section.section("from")
    return Selector(inner.text("kind"), inner.text("title"), section.place("from"))


def _works(top: Section) -> tuple[Work, ...]:
    found: list[Work] = []
    for section in top.sections("document"):
        select = _select(section)
        if any(select == other.select for other in found):
            raise section.problem("from", _SAME_DOCUMENT)
        found.append(Work(select, section.text("title"), section.text("short_title")))
    return tuple(found)


def _left_out(top: Section, works: tuple[Work, ...]) -> tuple[LeaveOut, ...]:
    found = []
    for section in top.sections("leave_out"):
        select = _select(section)
        if any(select == work.select for work in works):
            raise section.problem("from", _PRINTED_AND_LEFT_OUT)
        found.append(LeaveOut(select, section.text("reason")))
    return tuple(found)


def _conformance(section: Section) -> Conformance | None:
    """The claim of accessibility, if somebody signs one."""
    if not section.table:
        return None
    names = ("conforms_to", "certified_by", "credential", "report")
    return Conformance(*map(section.text, names))


def _allow(section: Section) -> Allow:
    where, reason = section.text("where"), section.text("reason")
    return Allow(desk.rule(section), where, reason, section.place("rule"))


_OTHER_SCHEMA = Words(
    "这个版本的 publisher 只认 schema = 1",
    "this version of publisher knows only schema = 1",
)
_NO_SOURCES = Words("至少要有一个 [[source]]", "there must be at least one [[source]]")
_OUTSIDE = Words(
    "来源文件“{name}”在书的文件夹以外",
    "the source file “{name}” is outside the book's folder",
)
_OUTSIDE_HINT = Words(
    "把文件放进书的文件夹，写相对路径，不用 ..",
    "put the file into the book's folder and name it without ..",
)
_TWICE = Words("来源文件“{name}”写了两次", "the source file “{name}” is named twice")
_SAME_DOCUMENT = Words(
    "这篇文档在上面已经列过（同种类的几篇要用 title 区分）",
    "this document is listed above (tell several of one kind apart by title)",
)
_PRINTED_AND_LEFT_OUT = Words(
    "这篇文档既要印、又写在 leave_out 里",
    "this document is to be printed and is left out as well",
)
