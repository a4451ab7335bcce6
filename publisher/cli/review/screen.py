"""How a proposal is shown: its place, the line as it is and would be, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from publisher.diagnostics import Language, Words
from publisher.repair.offers import Offer
from publisher.report.terminal import columns, visible
from publisher.source import Source

if TYPE_CHECKING:
    from rich.console import Console

WIDEST = 100
"""Columns that a line may have."""
MARGIN = 10
"""Columns for the word before a line, and to spare."""


@dataclass(slots=True)
class Screen:
    """Where it is shown. Colour and width are the terminal's; NO_COLOR is heard."""

    language: Language
    console: Console = field(init=False)

    def __post_init__(self) -> None:
        """Look at the terminal."""
        from rich.console import Console

        self.console = Console(highlight=False, soft_wrap=True, emoji=False)

    def words(self, words: Words) -> str:
        """The words in the language that is spoken."""
        return words.say(self.language)

    def say(self, words: Words | str, style: str = "") -> None:
        """A line for people."""
        text = words if isinstance(words, str) else self.words(words)
        for line in text.splitlines():
            self.console.print(visible(line), style=style, markup=False)

    def ask(self, words: Words) -> None:
        """A question; the answer stands on the same line."""
        self.console.print(self.words(words), style="dim", markup=False, end=" ")

    def show(
        self, offer: Offer, name: str, count: tuple[int, int], sources: Sequence[Source]
    ) -> None:
        """One proposal with its context; ``name`` is its place in print."""
        record = offer.record
        source = sources[record.span.file]
        line, column = source.locate(record.span.start)
        number, every = count
        self.console.rule(characters="─", style="dim")
        self.say(f"{number}/{every}  {name}  {record.rule}", "bold")
        self.say(f"{source.name}:{line}:{column}  {offer.where}", "dim")
        self._lines(offer)
        sure = self.words(_SURE.fill(sure=f"{record.confidence:.0%}"))
        self.labelled(_BASIS, f"{record.basis.say(self.language)}{sure}")

    def _lines(self, offer: Offer) -> None:
        """What stands there, and what would."""
        record = offer.record
        width = min(self.console.width, WIDEST) - MARGIN
        head, now, tail = excerpt(offer.text, offer.start, offer.end, width)
        if record.kind == "join":
            self.marked(_SEAM, (head, "⏎", tail), "bold red")
            return
        self.marked(_NOW, (head, now, tail), "bold red")
        if record.after:
            self.marked(_THEN, (head, record.after, tail), "bold green")

    def marked(self, label: Words, parts: tuple[str, str, str], style: str) -> None:
        """A line with a caret under the characters in question."""
        from rich.text import Text

        head, middle, tail = (visible(part) for part in parts)
        begin = self._label(label)
        line = Text.assemble((begin, "dim"), head, (middle, style), tail)
        self.console.print(line)
        indent = columns(begin) + columns(head)
        self.console.print(" " * indent + "^" * max(columns(middle), 1), style="dim")

    def labelled(self, label: Words, text: str) -> None:
        """A line with a word before it."""
        from rich.text import Text

        begin = self._label(label)
        self.console.print(Text.assemble((begin, "dim"), visible(text)))

    def _label(self, label: Words) -> str:
        said = self.words(label)
        return said + " " * (7 - columns(said))


def excerpt(text: str, start: int, end: int, width: int) -> tuple[str, str, str]:
    """Some characters of a text, with as many round them as ``width`` columns hold."""
    room = max(width - columns(text[start:end]), 8)
    first = start
    while first > 0 and columns(text[first - 1 : start]) <= room * 3 // 5:
        first -= 1
    last = end
    left = room - columns(text[first:start])
    while last < len(text) and columns(text[end : last + 1]) <= left:
        last += 1
    head = ("…" if first else "") + text[first:start]
    return head, text[start:end], text[end:last] + ("…" if last < len(text) else "")


_NOW = Words("原文", "now")
_SEAM = Words("接缝", "seam")
_THEN = Words("改为", "then")
_BASIS = Words("依据", "basis")
_SURE = Words("（把握 {sure}）", " (confidence {sure})")
