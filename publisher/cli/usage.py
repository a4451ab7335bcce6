"""A command line that was misspelt: what is said of it, in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from publisher.diagnostics import NOTHING, Words
from publisher.patterns import pattern

# Got unexpected extra arguments (a b)
EXTRA = pattern(r"^Got unexpected extra arguments? \((.*)\)\.?$")
NEEDS_VALUE = pattern(r"requires (?:an argument|\d+ arguments)\.?$")
TAKES_NONE = pattern(r"does not take a value\.?$")


class Refused(click.BadParameter):
    """A value that one of our own types refuses, in words of both languages."""

    def __init__(self, words: Words, advice: Words = NOTHING) -> None:
        """Click adds the command and the parameter on the way out."""
        super().__init__(words.en)
        self.words = words
        self.advice = advice


class NoCommand(click.UsageError):
    """A command that does not exist."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        """The one that was probably meant is named."""
        from publisher.config import meant

        self.words = Words(f"没有“{name}”这个命令", f"there is no command “{name}”")
        self.advice = meant(name, known)
        super().__init__(self.words.en)


class OneOf(click.Choice[str]):
    """One of a few words; ``meaning`` has words that people write for them."""

    def __init__(
        self, words: Sequence[str], meaning: Mapping[str, str] | None = None
    ) -> None:
        """What is meant by a wrong word is named, else all that are right."""
        super().__init__(words)
        self.meaning = meaning or {}

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """The word itself."""
        del param, ctx
        text = str(value)
        if text in self.choices:
            return text
        from publisher.config import meant

        near = self.meaning.get(text.lower().replace("_", "-"), text)
        raise Refused(
            Words(f"没有“{text}”这一项", f"“{text}” is not one of its values"),
            meant(near, self.choices),
        )


class Amount(click.ParamType[float]):
    """A number that is not negative."""

    name = "number"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The number."""
        del param, ctx
        try:
            number = float(str(value))
        except ValueError:
            number = -1
        if not number >= 0:
            zh, en = "应是一个不小于 0 的数", "must be a number from 0"
            raise Refused(Words(f"{zh}，不是“{value}”", f"{en}, not “{value}”"))
        return number


def usage(error: click.ClickException) -> Words:
    """What is wrong, in both languages; click's own words only in unusual cases."""
    said = " ".join(error.format_message().split())
    match error:
        case NoCommand():
            return error.words
        case Refused():
            name = _name(error)
            return Words(f"{name}：{error.words.zh}", f"{name}: {error.words.en}")
        case click.NoSuchOption():
            return _suggest(f"没有 {error.option_name} 这个选项", said, error)
        case click.NoSuchCommand():
            return _suggest(f"没有“{error.command_name}”这个命令", said, error)
        case click.MissingParameter():
            return Words(f"缺少 {_name(error)}", f"{_name(error)} is missing")
        case click.BadParameter():
            return Words(f"{_name(error)} 的值不对（{said}）", said)
        case click.BadOptionUsage() if NEEDS_VALUE.search(said):
            return Words(f"{error.option_name} 后面要有一个值", said)
        case click.BadOptionUsage() if TAKES_NONE.search(said):
            return Words(f"{error.option_name} 后面不能带值", said)
        case _:
            return _other(said)


def advice(error: click.ClickException) -> Words:
    """What to do about it."""
    match error:
        case Refused() | NoCommand() if error.advice != NOTHING:
            return error.advice
        case click.MissingParameter(param=click.Parameter(type=OneOf() as kind)):
            from publisher.config import meant

            return meant("", kind.choices)
        case click.UsageError(ctx=click.Context(command_path=path)):
            return Words(f"看用法：{path} --help", f"see {path} --help")
        case _:
            return NOTHING


def _other(said: str) -> Words:
    if extra := EXTRA.match(said):
        return Words(f"多出了：{extra[1]}", f"there is too much: {extra[1]}")
    if said.startswith("Missing command"):
        return Words("缺少子命令", "a command is missing")
    return Words(f"命令的写法不对（{said}）", said)


def _suggest(
    zh: str, en: str, error: click.NoSuchOption | click.NoSuchCommand
) -> Words:
    near = "、".join(sorted(error.possibilities or ()))
    return Words(f"{zh}；是不是 {near}？" if near else zh, en)


def _name(error: click.BadParameter) -> str:
    """A parameter as it is typed: the long form of an option, an argument's name."""
    param = error.param
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    if param is None:
        return str(error.param_hint or "")
    return param.make_metavar(error.ctx or click.Context(click.Command(""))).strip(
        "[]."
    )
