"""Help in the language that is spoken: click's commands, groups, options and headings.

Law: what help says is `Words`, as every message is, and nothing of it is in the other
language; which one is spoken is found by `publisher.cli.voice.language` alone. Only
names that are typed, and what stands for a value (``BOOK``, ``DIR``), are in neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from copy import copy
from typing import Any, TypeVar

import click

from publisher.cli.voice import LANG, language
from publisher.diagnostics import NOTHING, Language, Words
from publisher.patterns import pattern
from publisher.report.terminal import columns

F = TypeVar("F", bound=Callable[..., Any])

PIECE = pattern(r"[（《“〔]*(?:[!-~]+|[^ ])[，。；：、？！…）》”〕]*| ")
"""What no line of Chinese ends in: a word of Latin letters, a character, its marks."""
HEADINGS = {
    "Options": Words("选项", "Options"),
    "Commands": Words("命令", "Commands"),
}
USAGE = Words("用法：", "Usage: ")
IN_USAGE = {"[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 [参数]..."}
IN_OPTION = {"[default: ": "[默认：", "[required]": "[必填]"}
"""What click writes of itself, and how it is said in Chinese."""
HELP = Words("显示这份说明。", "Show this message and exit.")
EDGE = 2
"""Columns between the two of a list."""


class Formatter(click.HelpFormatter):
    """Click's, with our headings, and Chinese lines as wide as the terminal."""

    def __init__(self, said: Language, **how: Any) -> None:  # noqa: ANN401  (click's)
        """``said`` is the language of everything that is written."""
        super().__init__(**how)
        self.said = said

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The first line."""
        super().write_usage(prog, args, prefix or USAGE.say(self.said))

    def write_heading(self, heading: str) -> None:
        """The heading of a section."""
        if self.said == "en":
            super().write_heading(heading)
            return
        self.write(f"{'':>{self.current_indent}}{HEADINGS[heading].zh}：\n")

    def write_text(self, text: str) -> None:
        """Paragraphs; what has a backspace above it keeps its lines."""
        if self.said == "en":
            super().write_text(text)
            return
        indent = " " * self.current_indent
        for number, paragraph in enumerate(text.split("\n\n")):
            mark, _, kept = paragraph.partition("\b\n")
            lines = kept.split("\n") if kept else filled(mark, self.width - len(indent))
            self.write("\n" * bool(number))
            self.write("".join(f"{indent}{line}\n" for line in lines))

    def write_dl(
        self,
        rows: Iterable[tuple[str, str]],
        col_max: int = 30,
        col_spacing: int = EDGE,
    ) -> None:
        """A list of names and what they mean."""
        if self.said == "en":
            super().write_dl(rows, col_max, col_spacing)
            return
        listed = list(rows)
        first = min(max(len(name) for name, _ in listed), col_max) + col_spacing
        margin = " " * self.current_indent
        for name, text in listed:
            lines = filled(text, max(self.width - first - len(margin), 10))
            wide = len(name) > first - col_spacing
            self.write(f"{margin}{name}\n" if wide else "")
            terms = ["" if wide else name]
            for term, line in zip([*terms, *[""] * len(lines)], lines, strict=False):
                self.write(f"{margin}{term:<{first}}{line}\n")


def filled(text: str, room: int) -> list[str]:
    """A text in lines of so many columns, a Han character taking two."""
    lines, line = [], ""
    for piece in PIECE.findall(text):
        if line and columns(line + piece.rstrip()) > room:
            lines.append(line.rstrip())
            line = ""
        line += piece if line or piece != " " else ""
    return [*lines, line.rstrip()]


class Context(click.Context):
    """Click's, with a formatter that knows the language."""

    def make_formatter(self) -> Formatter:
        """The formatter of help and usage."""
        return Formatter(
            spoken(self), width=self.terminal_width, max_width=self.max_content_width
        )


def spoken(context: click.Context | None) -> Language:
    """The language of help."""
    return language(context.meta.get(LANG) if context else None)


class Option(click.Option):
    """An option that says in two languages what it is for."""

    def __init__(self, *args: Any, says: Words, **how: Any) -> None:  # noqa: ANN401
        """``says`` is its help."""
        super().__init__(*args, **{**how, "help": says.en})
        self.says = says

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Its names, and what it is for."""
        if spoken(ctx) == "en":
            return super().get_help_record(ctx)
        shown = copy(self)
        shown.help = self.says.zh
        record = click.Option.get_help_record(shown, ctx)
        if record is None:
            return None
        name, text = record
        for en, zh in IN_OPTION.items():
            text = text.replace(en, zh)
        return name, text


class Command(click.Command):
    """A command that says in two languages what it does."""

    context_class = Context

    def __init__(
        self,
        *args: Any,  # noqa: ANN401  (click's)
        says: Words = NOTHING,
        **how: Any,  # noqa: ANN401
    ) -> None:
        """``says`` is its help: a first line, and more below a blank one."""
        super().__init__(*args, **{**how, "help": says.en})
        self.says = says

    def format_help_text(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """What it does."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(self.says.say(spoken(ctx)))

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """What stands behind its name in the first line."""
        pieces = super().collect_usage_pieces(ctx)
        if spoken(ctx) == "en":
            return pieces
        return [IN_USAGE.get(piece, piece) for piece in pieces]

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """``--help`` itself."""
        option = super().get_help_option(ctx)
        if option:
            option.help = HELP.say(spoken(ctx))
        return option

    def get_short_help_str(self, limit: int = 45) -> str:
        """Its first line, as lists of commands and a shell have it."""
        del limit
        said = self.says.say(spoken(click.get_current_context(silent=True)))
        return said.partition("\n")[0]


class Group(Command, click.Group):
    """A command with commands of its own."""

    command_class = Command

    def list_words(self, ctx: click.Context) -> Iterator[tuple[str, str]]:
        """The names of its commands, and the first lines of what they say."""
        for name in self.list_commands(ctx):
            if found := self.get_command(ctx, name):
                yield name, found.get_short_help_str()

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """The list of its commands."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self.list_words(ctx)))


def option(*names: str, says: Words, **how: Any) -> Callable[[F], F]:  # noqa: ANN401
    """As ``click.option``, with help in two languages."""
    return click.option(*names, cls=Option, says=says, **how)


def command(name: str, *, says: Words) -> Callable[[Callable[..., Any]], Command]:
    """As ``click.command``, with help in two languages."""
    return click.command(name, cls=Command, says=says)


def group(name: str, *, says: Words) -> Callable[[Callable[..., Any]], Group]:
    """As ``click.group``, with help in two languages."""
    return click.group(name, cls=Group, says=says)
