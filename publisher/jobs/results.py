"""What a build gives, and what it tells while it runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from publisher.book import Book, Threshold
from publisher.diagnostics import Diagnostic, Problem, Severity
from publisher.jobs.plan import Target
from publisher.source import Source

LIMIT: dict[Threshold, int] = {
    "error": Severity.ERROR,
    "warning": Severity.WARNING,
    "never": Severity.ERROR + 1,
}


@dataclass(frozen=True, slots=True)
class Result:
    """One output that was made and is in its place."""

    target: Target
    pages: int | None
    bytes: int
    sha256: str
    faces: tuple[tuple[str, str], ...]
    seconds: float
    composed: int = 0
    """Paragraphs whose lines were composed."""
    plain: tuple[tuple[str, int], ...] = ()
    """Why Chinese paragraphs were not, and how many for each reason."""

    @property
    def path(self) -> Path:
        """Where it is."""
        return self.target.path


@dataclass(frozen=True, slots=True)
class Failure:
    """One output that was not made; what was there before is still there."""

    target: Target
    problem: Problem
    trace: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """All that was found in one book, each finding once.

    ``sources`` are those that the findings' spans count, named with the book's folder
    in front, as people find them.
    """

    book: Book
    sources: tuple[Source, ...]
    diagnostics: tuple[Diagnostic, ...]

    def reach(self, threshold: Threshold | None = None) -> bool:
        """Whether the worst finding is at or over a threshold, or the book's own."""
        worst = max((each.level for each in self.diagnostics), default=0)
        return worst >= LIMIT[threshold or self.book.fail_on]


@dataclass(frozen=True, slots=True)
class Results:
    """A whole build: outputs in the order they were asked for."""

    targets: tuple[Result, ...]
    failures: tuple[Failure, ...]
    findings: tuple[Findings, ...]

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All findings of all books."""
        return tuple(each for book in self.findings for each in book.diagnostics)

    def status(self, threshold: Threshold | None = None) -> int:
        """The exit code: the worst failure's, else 1 for findings, else 0."""
        if self.failures:
            return max(failure.problem.status for failure in self.failures)
        return int(any(book.reach(threshold) for book in self.findings))


@dataclass(frozen=True, slots=True)
class Waiting:
    """Another build is at work in this folder."""

    folder: Path


@dataclass(frozen=True, slots=True)
class Planned:
    """So many outputs are to be made."""

    targets: int


@dataclass(frozen=True, slots=True)
class Read:
    """A book's files were read; its findings so far."""

    findings: Findings


@dataclass(frozen=True, slots=True)
class Started:
    """Work on one output has begun."""

    target: Target


Event: TypeAlias = Waiting | Planned | Read | Started | Result | Failure
Progress: TypeAlias = Callable[[Event], None]
