"""Diagnostics: what the tool has to say about a source, a book or an output.

A finding is a value that a stage hands to its ``report`` callback; exceptions mean
"I cannot go on" (`Problem`) or "you misused me". Everything said to people is said in
Chinese and in English (`Words`), and the language is chosen at the very edge.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Literal, TypeAlias

from publisher.source import NOWHERE, Span

Language: TypeAlias = Literal["zh", "en"]


class Severity(IntEnum):
    """How much a diagnostic matters; ordered, so that ``max`` works."""

    NOTE = 1
    WARNING = 2
    ERROR = 3


@dataclass(frozen=True, slots=True)
class Words:
    """One sentence in both languages."""

    zh: str
    en: str

    def fill(self, **values: object) -> Words:
        """Both sentences with ``{name}`` replaced by values."""
        return Words(self.zh.format(**values), self.en.format(**values))

    def list(self, **values: Sequence[str]) -> Words:
        """Both sentences with ``{name}`` replaced by lists, with each one's marks."""
        zh = {name: "、".join(each) for name, each in values.items()}
        en = {name: ", ".join(each) for name, each in values.items()}
        return Words(self.zh.format(**zh), self.en.format(**en))

    def say(self, language: Language) -> str:
        """The sentence in one language."""
        return self.zh if language == "zh" else self.en


NOTHING = Words("", "")


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing the tool can report. Codes are never reused.

    The first letter of a code is its family: ``R`` read, ``P`` repair, ``C`` check,
    ``E`` edition, ``T`` typeset, ``W`` write. ``example`` is a source text that makes
    the rule speak when it is read, repaired and checked (a test does so); rules that
    need more than one text (families E, T and W) describe the case in words instead.
    """

    code: str
    name: str
    severity: Severity
    why: Words
    example: str
    cure: Words


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding at one place.

    ``where`` is the anchor of the node it is about, ``<document id>.<node id>``, or a
    document id, or empty; ``span`` is its place in the source, or ``NOWHERE``.
    ``place`` is ``file:line:column`` of the line that is at fault, where that line is
    in no source but in the book's settings. ``instead`` is what the characters of the
    span should perhaps be; empty where nothing is proposed.
    """

    rule: Rule
    message: Words
    span: Span = NOWHERE
    where: str = ""
    hint: Words = NOTHING
    severity: Severity | None = None
    allowed: str = ""
    place: str = ""
    instead: str = ""

    @property
    def level(self) -> Severity:
        """The rule's severity, unless this finding has one of its own."""
        return self.rule.severity if self.severity is None else self.severity

    def allow(self, reason: str) -> Diagnostic:
        """The same finding, accepted by the editor: it counts as a note."""
        return replace(self, severity=Severity.NOTE, allowed=reason)


Report = Callable[[Diagnostic], None]
"""Where a stage sends its findings; ``[].append`` will do in a test."""


class Problem(Exception):  # noqa: N818  (it is not always somebody's error)
    """The tool cannot go on. Shown to people without a traceback.

    Attributes:
        message: what is wrong.
        hint: what to do about it, or `NOTHING`.
        place: ``file`` or ``file:line:column``, or empty.
        status: the exit code: 1 the source is at fault, as the findings say, 2 misuse,
            3 source or config invalid, 4 a render or write failed, 5 something missing
            on the machine.
    """

    def __init__(
        self, status: int, message: Words, hint: Words = NOTHING, place: str = ""
    ) -> None:
        """Keep the parts; ``str()`` gives the English message."""
        super().__init__(message.en)
        self.status = status
        self.message = message
        self.hint = hint
        self.place = place

    def __reduce__(self) -> tuple[type[Problem], tuple[int, Words, Words, str]]:
        """Let a worker process hand the problem to its parent."""
        return (type(self), (self.status, self.message, self.hint, self.place))
