"""Who is spoken to, in which language, how much, and in colour or not.

Data goes to stdout and only there; everything said to people goes to stderr.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import click

from publisher.diagnostics import Diagnostic, Language, Problem, Severity, Words
from publisher.report import Paint, painter, show, show_problem
from publisher.source import Source

LANGUAGES = ("zh", "en")
LANG, VERBOSE, QUIET = "publisher.lang", "publisher.verbose", "publisher.quiet"
"""Where the shared options keep their values (`click.Context.meta`)."""


@dataclass(frozen=True, slots=True)
class Voice:
    """How people are spoken to. ``level``: -1 quiet, 0, 1 with all notes."""

    language: Language
    level: int
    paint: Paint

    def say(self, words: Words | str) -> None:
        """Tell people, unless they asked for quiet."""
        if self.level >= 0:
            click.echo(words if isinstance(words, str) else self.words(words), err=True)

    def words(self, words: Words) -> str:
        """The words in the language that is spoken."""
        return words.say(self.language)

    def problem(self, problem: Problem) -> None:
        """Say what stopped the tool, also to those who asked for quiet."""
        click.echo(show_problem(problem, self.language, self.paint), err=True)

    def findings(
        self,
        found: Iterable[Diagnostic],
        sources: Sequence[Source],
        least: Severity = Severity.NOTE,
    ) -> None:
        """Show findings from a severity up: quiet hears errors, verbose hears all."""
        least = {-1: Severity.ERROR, 1: Severity.NOTE}.get(self.level, least)
        for each in found:
            if each.level >= least:
                shown = show(each, sources, self.language, self.paint)
                click.echo(f"{shown}\n", err=True)

    def count(self, found: Iterable[Diagnostic]) -> None:
        """One line that counts findings, also where there are none."""
        self._count(Counter(each.level for each in found))

    def count_levels(self, levels: Mapping[Severity, int]) -> None:
        """The same of findings that are counted already, if there are any."""
        if any(levels.values()):
            self._count(levels)

    def _count(self, levels: Mapping[Severity, int]) -> None:
        errors, warnings, notes = (
            levels.get(level, 0) for level in sorted(Severity, reverse=True)
        )
        self.say(_COUNT.fill(errors=errors, warnings=warnings, notes=notes))


_COUNT = Words(
    "错误 {errors} 条，警告 {warnings} 条，说明 {notes} 条",
    "errors: {errors}, warnings: {warnings}, notes: {notes}",
)


def voice() -> Voice:
    """How the command at hand speaks."""
    context = click.get_current_context(silent=True)
    meta: Mapping[str, object] = context.meta if context else {}
    level = 1 if meta.get(VERBOSE) else -1 if meta.get(QUIET) else 0
    colour = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    return Voice(language(meta.get(LANG)), level, painter(colour=colour))


def asked(arguments: Sequence[str]) -> str | None:
    """The language that a command line asks for, wherever in it that stands."""
    joined = " ".join(arguments).replace("--lang=", "--lang ").split()
    found = [b for a, b in pairwise(joined) if a == "--lang" and b in LANGUAGES]
    return found[-1] if found else None


def language(wanted: object = None) -> Language:
    """The language asked for, else the one of the environment (POSIX order)."""
    if wanted in LANGUAGES:
        return "zh" if wanted == "zh" else "en"
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    found = next((os.environ[name] for name in names if os.environ.get(name)), "")
    return "zh" if found.lower().startswith("zh") else "en"


def print_json(data: object) -> None:
    """The one object that ``--json`` prints.

    Bytes of a source that were no text are lone surrogates; JSON writes them escaped.
    """
    text = json.dumps(data, ensure_ascii=False, indent=2)
    click.echo(text.encode("utf-8", "backslashreplace"))
