"""What a build gives, and what it tells while it runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from publisher.book import Book, Threshold
from publisher.diagnostics import NOTHING, Diagnostic, Problem, Severity, Words
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
    sheets: float | None = None
    """How much paper one copy takes (印张)."""
    cached: bool = False
    """Whether it was made by an earlier build, from the same things."""
    why: Words = NOTHING
    """Why it was made, or why it was not."""
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
    file: str = ""
    """What of the book was not written, where it is no output: its manifest."""

    @property
    def name(self) -> str:
        """As progress shows it."""
        return f"{self.target.book}/{self.file}" if self.file else self.target.name


@dataclass(frozen=True, slots=True)
class Unmade:
    """A book of which nothing was made; what was there before is still there."""

    path: Path
    """As it was named."""
    problem: Problem
    trace: str = ""

    @property
    def name(self) -> str:
        """As progress shows it."""
        return str(self.path)


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
class Built:
    """What became of one book: its outputs in the order they were asked for."""

    path: Path
    """As it was named."""
    targets: tuple[Result, ...]
    failures: tuple[Failure, ...]
    findings: Findings

    def status(self, threshold: Threshold | None = None) -> int:
        """The exit code: the worst failure's, else 1 for findings, else 0."""
        worst = max((failure.problem.status for failure in self.failures), default=0)
        return worst or int(self.findings.reach(threshold))


@dataclass(frozen=True, slots=True)
class Results:
    """A whole build: books, and their outputs, in the order they were asked for."""

    targets: tuple[Result, ...]
    failures: tuple[Failure, ...]
    findings: tuple[Findings, ...]
    unmade: tuple[Unmade, ...] = ()

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All findings of all books."""
        return tuple(each for book in self.findings for each in book.diagnostics)

    def status(self, threshold: Threshold | None = None) -> int:
        """The exit code: the worst failure's, else 1 for findings, else 0."""
        problems = [each.problem for each in self.failures]
        problems += [each.problem for each in self.unmade]
        if problems:
            return max(problem.status for problem in problems)
        return int(any(book.reach(threshold) for book in self.findings))


@dataclass(frozen=True, slots=True)
class Waiting:
    """Another build is at work in this folder."""

    folder: Path


@dataclass(frozen=True, slots=True)
class Notice:
    """Something happened that the build goes on in spite of."""

    words: Words


@dataclass(frozen=True, slots=True)
class Planned:
    """So many outputs are to be made, of so many books."""

    targets: int
    books: int = 1


@dataclass(frozen=True, slots=True)
class Read:
    """A book's files were read; its findings so far."""

    findings: Findings


@dataclass(frozen=True, slots=True)
class Started:
    """Work on one output has begun."""

    target: Target


Event: TypeAlias = (
    Waiting | Notice | Planned | Read | Started | Result | Failure | Unmade | Built
)
Progress: TypeAlias = Callable[[Event], None]
