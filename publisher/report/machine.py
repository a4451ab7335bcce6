"""Diagnostics as plain data for ``--json``. The names of the keys are a contract."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from publisher.diagnostics import Diagnostic, Language, Problem, Severity
from publisher.source import Source

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"


def diagnostic(
    found: Diagnostic, sources: Sequence[Source], language: Language
) -> dict[str, Json]:
    """One diagnostic; ``file``, ``line`` and ``column`` are null where it has none."""
    file, line, column = place(found, sources)
    return {
        "code": found.rule.code,
        "name": found.rule.name,
        "severity": found.level.name.lower(),
        "file": file,
        "line": line,
        "column": column,
        "message": found.message.say(language),
        "hint": found.hint.say(language) or None,
        "where": found.where or None,
        "allowed": found.allowed or None,
    }


def place(
    found: Diagnostic, sources: Sequence[Source]
) -> tuple[str | None, int | None, int | None]:
    """File, line and column of what is at fault: in the settings, or in a source."""
    if found.place:
        file, line, column = found.place.rsplit(":", 2)
        return file, int(line), int(column)
    if found.span.file < 0:
        return None, None, None
    source = sources[found.span.file]
    return (source.name, *source.locate(found.span.start))


def counts(found: Iterable[Diagnostic]) -> dict[str, Json]:
    """How many of each severity."""
    return by_level(Counter(each.level for each in found))


def by_level(levels: Mapping[Severity, int]) -> dict[str, Json]:
    """The same, of findings that are counted already."""
    order = sorted(Severity, reverse=True)
    return {level.name.lower(): levels.get(level, 0) for level in order}


def problem(stopped: Problem, language: Language) -> dict[str, Json]:
    """What stopped the tool, or one output of it."""
    return {
        "status": stopped.status,
        "message": stopped.message.say(language),
        "hint": stopped.hint.say(language) or None,
        "place": stopped.place or None,
    }
