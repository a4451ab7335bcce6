"""Read a settings file: TOML to `Section` values, whose errors name file, line, column.

What comes out has the types that its table promises; whoever reads on can still say
where a value stands (`Section.problem`).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path as File

from publisher.config.broken import cure, explain
from publisher.config.kinds import Table, Value
from publisher.config.places import Path, Places, places
from publisher.config.validate import INVALID, check, meant, nearest, place
from publisher.diagnostics import NOTHING, Problem, Words
from publisher.patterns import pattern
from publisher.refusals import reason
from publisher.source import Source

__all__ = ["Section", "meant", "nearest", "parse", "place", "read"]

WHERE = pattern(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
"""How ``tomllib`` ends its messages."""


@dataclass(frozen=True, slots=True)
class Section:
    """One table of a checked file, and where its values stand."""

    source: Source
    places: Places
    path: Path
    table: dict[str, Value]

    def text(self, key: str, default: str = "") -> str:
        """A string, or the default where the key is not given."""
        value = self.table.get(key, default)
        return value if isinstance(value, str) else default

    def number(self, key: str) -> float | None:
        """A number, or None where the key holds none."""
        value = self.table.get(key)
        return value if isinstance(value, int | float) else None

    def flag(self, key: str) -> bool:
        """Whether the key is given and true."""
        return self.table.get(key) is True

    def numbers(self, key: str) -> tuple[float, ...]:
        """A list of numbers."""
        value = self.table.get(key)
        items = value if isinstance(value, list) else []
        return tuple(item for item in items if isinstance(item, int | float))

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings."""
        value = self.table.get(key)
        items = value if isinstance(value, list) else []
        return tuple(item for item in items if isinstance(item, str))

    def dates(self, key: str) -> dict[str, date]:
        """A table of dates, sorted by name."""
        inner = self.section(key).table
        return {k: v for k, v in sorted(inner.items()) if isinstance(v, date)}

    def section(self, key: str) -> Section:
        """An inner table; empty where the key is not given."""
        value = self.table.get(key)
        table = value if isinstance(value, dict) else {}
        return Section(self.source, self.places, (*self.path, key), table)

    def sections(self, key: str) -> tuple[Section, ...]:
        """A list of inner tables."""
        value = self.table.get(key)
        items = value if isinstance(value, list) else []
        return tuple(
            Section(self.source, self.places, (*self.path, key, n), item)
            for n, item in enumerate(items)
            if isinstance(item, dict)
        )

    def problem(self, key: str, message: Words, hint: Words = NOTHING) -> Problem:
        """What is wrong with one of its values, with the place of its key."""
        return Problem(INVALID, message, hint, self.place(key))

    def place(self, key: str) -> str:
        """Where one of its keys stands: ``file:line:column``."""
        offset = self.places.of((*self.path, key) if key else self.path)
        return place(self.source, offset)


def read(file: File, table: Table) -> Section:
    """A settings file, read and checked against its table.

    Raises:
        Problem: 3, the file cannot be read, is not TOML, or says what it must not.
    """
    return parse(Source(str(file), _text(file)), table)


def parse(source: Source, table: Table) -> Section:
    """The text of a settings file, checked against its table.

    Raises:
        Problem: 3, it is not TOML, or says what it must not.
    """
    data = _parse(source)
    where = places(source.text)
    check(data, table, source, where)
    return Section(source, where, (), data)


def _text(file: File) -> str:
    try:
        raw = file.read_bytes()
    except OSError as error:
        why = reason(error)
        said = Words(f"读不了 {file}：{why.zh}", f"cannot read {file}: {why.en}")
        raise Problem(INVALID, said, place=str(file)) from error
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig")
        raise Problem(
            INVALID,
            Words("不是 UTF-8 编码", "it is not UTF-8"),
            Words("请用 UTF-8 编码另存此文件", "save this file as UTF-8"),
            place(Source(str(file), before), len(before)),
        ) from error


def _parse(source: Source) -> dict[str, Value]:
    try:
        return tomllib.loads(source.text)
    except ValueError as error:  # also an integer of thousands of digits
        found = WHERE.search(str(error))
        line, column = (found[1], found[2]) if found else (None, None)
        if not (line and column):
            line, column = map(str, source.locate(len(source.text)))
        said = explain(WHERE.sub("", str(error)))
        raise Problem(
            INVALID,
            Words(f"不是正确的 TOML：{said.zh}", f"this is not TOML: {said.en}"),
            cure(source.line(int(line)), int(column)),
            f"{source.name}:{line}:{column}",
        ) from error
    except RecursionError as error:
        raise Problem(
            INVALID,
            Words("括号套得太深", "brackets are nested too deep"),
            place=source.name,
        ) from error
