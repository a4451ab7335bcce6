"""What the editor answers: single keys on a terminal, lines in a pipe."""

from __future__ import annotations

import os
import sys
import termios
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, Self, TypeAlias

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
    """A terminal: a key at a time, and a line where words are wanted.

    Between questions it shows no keys and keeps them. While a key is waited for, Ctrl-C
    is one too, so that none is lost on the way.
    """

    input: int
    """The file descriptor."""
    usual: list[Any] = field(default_factory=list)

    def __enter__(self) -> Self:
        """Take the terminal."""
        self.usual = termios.tcgetattr(self.input)
        self._take()
        return self

    def __exit__(self, *_: object) -> None:
        """Leave it as it was."""
        termios.tcsetattr(self.input, termios.TCSADRAIN, self.usual)

    def _take(self, *, signals: bool = True) -> None:
        mode = termios.tcgetattr(self.input)
        mode[3] &= ~(termios.ECHO | termios.ICANON | termios.ISIG)
        mode[3] |= termios.ISIG if signals else 0
        mode[6][termios.VMIN], mode[6][termios.VTIME] = 1, 0
        termios.tcsetattr(self.input, termios.TCSADRAIN, mode)

    def fresh(self) -> None:
        """Forget keys that were pressed before the question could be seen."""
        termios.tcflush(self.input, termios.TCIFLUSH)

    def key(self) -> Key:
        """The next key; the end of input is ``quit``.

        Raises:
            KeyboardInterrupt: Ctrl-C.
        """
        self._take(signals=False)
        try:
            pressed = os.read(self.input, 32).decode("utf-8", "replace")
        finally:
            self._take()
        if pressed[:1] == "\x03":
            raise KeyboardInterrupt
        return KEYS.get(pressed[:1].lower(), "") if pressed else "quit"

    def words(self, prompt: str, given: str = "") -> str | None:
        """A line, ``given`` being in it already; None for Ctrl-D."""
        import readline

        readline.set_startup_hook(lambda: readline.insert_text(given))
        termios.tcsetattr(self.input, termios.TCSADRAIN, self.usual)
        try:
            return input(prompt).strip()
        except EOFError:
            return None
        finally:
            readline.set_startup_hook(None)
            self._take()


@dataclass(slots=True)
class Script:
    """A pipe: a key, or its word, on each line; what stands behind it are the words."""

    line: Callable[[], str]
    rest: str = ""

    def __enter__(self) -> Self:
        """Nothing to prepare."""
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to leave."""

    def fresh(self) -> None:
        """What was written beforehand is meant."""

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
    if not sys.stdin:  # it was closed: nobody answers
        return Script(str)
    if sys.stdin.isatty():
        return Keyboard(sys.stdin.fileno())
    return Script(sys.stdin.readline)
