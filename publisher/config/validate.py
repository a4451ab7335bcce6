"""Hold values against the table that describes them; each error names its place."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import assert_never

from publisher.config.kinds import (
    Array,
    Choice,
    Day,
    Either,
    Flag,
    Kind,
    Named,
    Number,
    Table,
    Text,
    Value,
)
from publisher.config.places import Path, Places
from publisher.config.vocabulary import WORDS_STAY, vocabulary
from publisher.diagnostics import NOTHING, Problem, Words
from publisher.source import Source

INVALID = 3


def place(source: Source, offset: int) -> str:
    """``file:line:column`` of an offset."""
    line, column = source.locate(offset)
    return f"{source.name}:{line}:{column}"


def meant(word: str, words: Iterable[str]) -> Words:
    """A hint that names the nearest word, or all of them where none is near."""
    known = sorted(words)
    if near := nearest(word, known):
        return Words(f"是不是想写“{near}”？", f"did you mean “{near}”?")
    listed = "、".join(known), ", ".join(known)
    return Words(f"可用的有：{listed[0]}", f"known: {listed[1]}")


def nearest(word: str, words: Iterable[str]) -> str:
    """The word that was probably meant, or empty."""
    return next(iter(difflib.get_close_matches(word, sorted(words), 1, 0.6)), "")


def check(value: Value, kind: Kind, source: Source, places: Places) -> None:
    """Hold all of a file against the table that describes it.

    Raises:
        Problem: 3, at the place of the first thing that does not fit; keys that are
            not known come before all else, and are named all at once.
    """
    checking = _Check(source, places)
    if strange := list(_strange(value, kind, ())):
        raise checking.strange(strange)
    checking.value(value, kind, ())


def _strange(
    value: Value, kind: Kind, path: Path
) -> Iterator[tuple[Path, Collection[str]]]:
    """Every key that no table knows, with the keys that are known there."""
    match kind, value:
        case Table(), dict():
            for key, item in value.items():
                if key in kind.keys:
                    yield from _strange(item, kind.keys[key].kind, (*path, key))
                else:
                    yield (*path, key), kind.keys
        case Named(), dict():
            for key, item in value.items():
                yield from _strange(item, kind.of, (*path, key))
        case Array(), list():
            for n, item in enumerate(value):
                yield from _strange(item, kind.of, (*path, n))
        case Either(), _:
            for option in kind.of:
                yield from _strange(value, option, path)
        case _:
            pass


@dataclass(frozen=True, slots=True)
class _Check:
    source: Source
    places: Places

    def stop(self, path: Path, message: Words, hint: Words = NOTHING) -> Problem:
        where = place(self.source, self.places.of(path))
        return Problem(INVALID, message, hint, where)

    def strange(self, found: Sequence[tuple[Path, Collection[str]]]) -> Problem:
        """All keys that are not known: the first is the message, the rest the hint."""
        (path, known), *others = found
        key, hint = path[-1], meant(str(path[-1]), known)
        zh, en = [hint.zh], [hint.en]
        for other, words in others:
            line, _ = self.source.locate(self.places.of(other))
            more = meant(str(other[-1]), words)
            zh.append(f"第 {line} 行也有不认识的键“{other[-1]}”；{more.zh}")
            en.append(f"line {line} has unknown key “{other[-1]}” too; {more.en}")
        message = Words(f"不认识的键“{key}”", f"unknown key “{key}”")
        return self.stop(path, message, Words("\n".join(zh), "\n".join(en)))

    def value(self, value: Value, kind: Kind, path: Path) -> None:
        match kind:
            case Text():
                self.text(value, kind, path)
            case Choice():
                self.choice(value, kind, path)
            case Number():
                self.number(value, kind, path)
            case Day():
                if isinstance(value, datetime) or not isinstance(value, date):
                    raise self.wrong(value, kind, path)
            case Flag():
                if not isinstance(value, bool):
                    raise self.wrong(value, kind, path)
            case Array():
                self.array(value, kind, path)
            case Table():
                self.table(value, kind, path)
            case Named():
                self.named(value, kind, path)
            case Either():
                self.either(value, kind, path)
            case _:
                assert_never(kind)

    def wrong(self, value: Value, kind: Kind, path: Path) -> Problem:
        name, wanted, got = _name(path), _kind_name(kind), _type_name(value)
        return self.stop(
            path,
            Words(
                f"“{name}”应当是{wanted.zh}，这里是{got.zh}",
                f"“{name}” must be {wanted.en}, not {got.en}",
            ),
        )

    def text(self, value: Value, kind: Text, path: Path) -> None:
        if not isinstance(value, str):
            raise self.wrong(value, kind, path)
        if not re.fullmatch(kind.pattern, value):
            name = _name(path)
            message = Words(f"“{name}”不能是“{value}”", f"“{name}” cannot be “{value}”")
            raise self.stop(path, message, kind.form)

    def choice(self, value: Value, kind: Choice, path: Path) -> None:
        if not isinstance(value, str):
            raise self.wrong(value, kind, path)
        other = kind.also and re.fullmatch(kind.also, value)
        if value not in kind.words and not other:
            name = _name(path)
            if why := vocabulary(value):
                raise self.stop(path, why, WORDS_STAY)
            message = Words(
                f"“{name}”没有“{value}”这一项", f"“{name}” cannot be “{value}”"
            )
            raise self.stop(path, message, meant(value, kind.words))

    def number(self, value: Value, kind: Number, path: Path) -> None:
        types = int if kind.whole else (int, float)
        if isinstance(value, bool) or not isinstance(value, types):
            raise self.wrong(value, kind, path)
        if not kind.low <= value <= kind.high:
            name, low, high = _name(path), f"{kind.low:g}", f"{kind.high:g}"
            raise self.stop(
                path,
                Words(
                    f"“{name}”应当在 {low} 到 {high} 之间，这里是 {value}",
                    f"“{name}” must be from {low} to {high}, not {value}",
                ),
            )

    def array(self, value: Value, kind: Array, path: Path) -> None:
        if not isinstance(value, list) or (kind.length and len(value) != kind.length):
            raise self.wrong(value, kind, path)
        for n, item in enumerate(value):
            self.value(item, kind.of, (*path, n))

    def table(self, value: Value, kind: Table, path: Path) -> None:
        if not isinstance(value, dict):
            raise self.wrong(value, kind, path)
        for key, item in value.items():
            self.value(item, kind.keys[key].kind, (*path, key))
        for name, wanted in kind.keys.items():
            if wanted.required and name not in value:
                message = Words(f"缺少“{name}”", f"“{name}” is missing")
                raise self.stop(path, message, wanted.about)

    def named(self, value: Value, kind: Named, path: Path) -> None:
        if not isinstance(value, dict):
            raise self.wrong(value, kind, path)
        for key, item in value.items():
            self.text(key, kind.names, (*path, key))
            self.value(item, kind.of, (*path, key))

    def either(self, value: Value, kind: Either, path: Path) -> None:
        for option in kind.of:
            if _fits(value, option):
                self.value(value, option, path)
                return
        raise self.wrong(value, kind, path)


def _fits(value: Value, kind: Text | Choice | Number | Array | Table) -> bool:
    """Whether a value has the type of a kind, right or wrong in its contents."""
    match kind:
        case Text() | Choice():
            return isinstance(value, str)
        case Table():
            return isinstance(value, dict)
        case Number():
            return isinstance(value, int | float) and not isinstance(value, bool)
        case Array():
            return isinstance(value, list)
        case _:
            assert_never(kind)


def _name(path: Path) -> str:
    keys = [part for part in path if isinstance(part, str)]
    return keys[-1] if keys else "book.toml"


def _kind_name(kind: Kind) -> Words:
    match kind:
        case Text() | Choice():
            return Words("文字（加引号）", "text in quotes")
        case Number(whole=True):
            return Words("整数", "a whole number")
        case Number():
            return Words("数", "a number")
        case Day():
            return Words(
                "日期（不加引号，如 2024-02-05）",
                "a date without quotes such as 2024-02-05",
            )
        case Flag():
            return Words("true 或 false", "true or false")
        case Array():
            inner = _kind_name(kind.of)
            zh = f"{kind.length} 项的列表" if kind.length else "列表"
            en = f"a list of {kind.length}" if kind.length else "a list"
            return Words(f"{zh} [{inner.zh}, …]", f"{en} [{inner.en}, …]")
        case Table() | Named():
            return Words("一张表", "a table")
        case Either():
            names = [_kind_name(option) for option in kind.of]
            return Words(
                "或".join(name.zh for name in names),
                " or ".join(name.en for name in names),
            )
        case _:
            assert_never(kind)


def _type_name(value: Value) -> Words:
    match value:
        case bool():
            return Words("true 或 false", "true or false")
        case str():
            return Words("文字", "text")
        case int() | float():
            return Words("数", "a number")
        case date():
            return Words("日期", "a date")
        case list():
            return Words("列表", f"a list of {len(value)}")
        case dict():
            return Words("一张表", "a table")
        case _:
            return Words("时刻", "a time of day")
