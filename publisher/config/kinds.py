"""What may stand in a settings file: kinds of values, and tables of them.

One description serves twice: `publisher.config.validate` reads files by it, and
`publisher.config.schema` says the same as JSON Schema. Nothing is known here about
books.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from publisher.diagnostics import Words

Value: TypeAlias = "str | int | float | bool | date | list[Value] | dict[str, Value]"
"""What ``tomllib`` gives (times of day, which nothing here takes, left aside)."""


PRINTABLE = r"[^\u0000-\u001f\u007f-\u009f\u2028\u2029\ufffe\uffff]"
"""One character that can be printed, and that XML can hold; no line end."""
FILLED = Words(
    "不能是空的，也不能换行或含控制字符",
    "it must not be empty, nor hold line ends or control characters",
)


@dataclass(frozen=True, slots=True)
class Text:
    """A string with at least one character that is no space, unless ``empty``.

    ``pattern`` must match the whole of it; ``form`` says in words what that means.
    """

    pattern: str = rf"{PRINTABLE}*(?!\s){PRINTABLE}+"
    form: Words = FILLED


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words; or what ``also`` matches, as other spellings of them."""

    words: tuple[str, ...]
    also: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """A number between two bounds, both included."""

    low: float
    high: float
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """A date, written without quotes: ``2024-02-05``."""


@dataclass(frozen=True, slots=True)
class Flag:
    """``true`` or ``false``."""


@dataclass(frozen=True, slots=True)
class Array:
    """A list of one kind of values; ``length`` where it is fixed."""

    of: Kind
    length: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """Named values, and no others."""

    keys: Mapping[str, Key]


@dataclass(frozen=True, slots=True)
class Named:
    """A table whose keys the editor makes up, as ``[edition.NAME]``."""

    names: Text
    of: Kind


@dataclass(frozen=True, slots=True)
class Either:
    """Any of a few kinds that differ in their type."""

    of: tuple[Text | Choice | Number | Array | Table, ...]


Kind: TypeAlias = Text | Choice | Number | Day | Flag | Array | Table | Named | Either


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a table: what it takes, what it is for, whether it must be there."""

    kind: Kind
    about: Words
    required: bool = False
