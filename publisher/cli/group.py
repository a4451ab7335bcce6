"""The command ``publisher``: finds commands by name, and loads only the one asked."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from importlib import import_module

import click

from publisher.cli import helping
from publisher.cli.usage import NoCommand
from publisher.cli.voice import LANG, asked, voice
from publisher.diagnostics import Problem, Words

COMMANDS: dict[str, Words] = {
    "build": Words("做书：PDF 和 EPUB", "Build books: PDF and EPUB."),
    "outline": Words("看读出了什么：文档、条款、接续", "Show what was read."),
    "check": Words(
        "查稿：读、修、核，不写成品", "Read, repair and check; write nothing."
    ),
    "review": Words("逐条定夺校改建议", "Decide proposals, one by one."),
    "inspect": Words(
        "看成品 PDF 的版面：页、字体、行",
        "Look into a PDF: pages, fonts, lines.",
    ),
    "convert": Words("逐行繁简转换", "Convert lines between scripts."),
    "audit": Words("查繁简转换的选字", "List risky choices of characters."),
    "explain": Words("解释一条规则：为什么、怎么办", "Say why a rule matters."),
    "schema": Words("book.toml 的 JSON Schema", "Print the schema of book.toml."),
    "init": Words("建一个书稿文件夹", "Make a book folder that builds."),
    "doctor": Words("检查这台电脑缺什么", "See whether this machine has all it needs."),
    "cache": Words(
        "缓存：占多少，清空", "What is kept of earlier builds: how much; clear it."
    ),
    "fonts": Words("字体：列出、安装、查缺字", "List, install and audit fonts."),
}
"""In the order of ``--help``. Each is ``command`` in the module of its name."""


class Group(helping.Group):
    """Commands are imported when they are asked for, so that ``--help`` is quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in our order; a shell completes them."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:
        """One command, loaded now.

        Raises:
            NoCommand: there is none of that name.
        """
        del ctx
        if cmd_name not in COMMANDS:
            raise NoCommand(cmd_name, tuple(COMMANDS))
        module = import_module(f"publisher.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def list_words(self, ctx: click.Context) -> Iterator[tuple[str, str]]:
        """The list in ``--help``, without loading any command."""
        said = helping.spoken(ctx)
        yield from ((name, words.say(said)) for name, words in COMMANDS.items())

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command line; ``--lang`` holds for what stands before it too."""
        if lang := asked(args):
            ctx.meta[LANG] = lang
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; what stopped it is said in the language asked for."""
        try:
            return super().invoke(ctx)
        except Problem as problem:
            spoken = voice()
            spoken.problem(problem)
            if spoken.level > 0:
                for trace in getattr(problem, "__notes__", ()):
                    click.echo(trace, err=True)
            return problem.status
        except BrokenPipeError:
            return reader_left()


def reader_left() -> int:
    """``publisher … | head``: the rest is not wanted, and that is no error.

    What is still in the buffer goes nowhere.
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
    return 0
