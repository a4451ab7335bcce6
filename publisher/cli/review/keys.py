"""What the editor answers: single keys on a terminal, lines in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import click

Key: TypeAlias = Literal[
    "accept", "reject", "edit", "skip", "undo", "more", "help", "quit", ""
]
"""What is wanted; empty for a key that means nothing."""
KEYS: dict[str, Key] = {
    "a": "accept",
    "r": "reject",
    "e": "edit",
    "s": "skip",
    "u": "undo",
    "m": "more",
    "h": "help",
    "?": "help",
    "？": "help",
    "q": "quit",
    " ": "skip",
    "\r": "skip",
    "\n": "skip",
    "\x04": "quit",
    "\x1b": "",
}


@dataclass(slots=True)
class Keyboard:
    """A terminal: a key at a time, and a line where words are wanted."""

    def key(self) -> Key:
        """The next key; Ctrl-C is an interrupt, the end of input is ``quit``."""
        try:
            pressed = click.getchar()
        except EOFError:
            return "quit"
        return KEYS.get(pressed.lower(), "")

    def words(self, prompt: str, given: str = "") -> str | None:
        """A line, ``given`` being in it already; None for Ctrl-D."""
        import readline

        readline.set_startup_hook(lambda: readline.insert_text(given))
        try:
            return input(prompt).strip()
        except EOFError:
            return None
        finally:
            readline.set_startup_hook(None)


@dataclass(slots=True)
class Script:
    """A pipe: a key, or its word, on each line; what stands behind it are the words."""

    line: Callable[[], str] = field(default=sys.stdin.readline)
    rest: str = ""

    def key(self) -> Key:
        """The key of the next line that is not blank; ``quit`` at the end."""
        while line := self.line():
            first, _, self.rest = line.strip().partition(" ")
            if first:
                return KEYS.get(first.lower()[0], "")
        return "quit"

    def words(self, prompt: str, given: str = "") -> str | None:
        """What stood behind the key, else the next line; None at the end."""
        del given
        click.echo(prompt, nl=False)
        said, self.rest = self.rest.strip(), ""
        if not said:
            line = self.line()
            said = line.strip()
            if not line:
                click.echo()
                return None
        click.echo(said)
        return said


Answers: TypeAlias = Keyboard | Script


def answers() -> Answers:
    """The way in which this process is answered."""
    return Keyboard() if sys.stdin.isatty() else Script(sys.stdin.readline)
