"""Progress of a build: a bar on a terminal, one plain line a target otherwise."""

from __future__ import annotations

import sys
import time
from collections import Counter
from dataclasses import replace
from types import TracebackType
from typing import TYPE_CHECKING, Self, assert_never

import click

from publisher.cli.voice import Voice
from publisher.diagnostics import Diagnostic, Severity, Words
from publisher.jobs import (
    Built,
    Event,
    Failure,
    Findings,
    Notice,
    Planned,
    Read,
    Result,
    Started,
    Unmade,
    Waiting,
)
from publisher.source import NOWHERE

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class Watch:
    """Shows what a build tells. Lines go to stdout, unless data goes there."""

    def __init__(
        self,
        voice: Voice,
        *,
        data_on_stdout: bool,
        explain: bool = False,
        stay: bool = False,
    ) -> None:
        """Nothing is shown before the build says something."""
        self.voice = voice
        self.to_stderr = data_on_stdout
        self.explain = explain
        self.stay = stay
        """Whether books come again: then only what is new of a book is said."""
        self.bar: Progress | None = None
        self.task: TaskID | None = None
        self.running: dict[str, None] = {}
        self.said = ""
        self.shown: dict[str, Counter[Diagnostic]] = {}
        """What was said of the books that are being made."""
        self.books = 1
        self.ready = 0
        self.began = 0.0

    def __enter__(self) -> Self:
        """Begin; the bar comes up with the first target."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the bar away, however the build ended."""
        if self.bar:
            self.bar.stop()

    def __call__(self, event: Event) -> None:
        """Show one step of the build."""
        match event:
            case Waiting():
                self.voice.say(_WAITING.fill(folder=event.folder))
            case Notice():
                self.voice.say(event.words)
            case Planned():
                self.start(event)
            case Read():
                self.found(event.findings)
            case Started():
                self.running[event.target.name] = None
                self.update()
            case Result():
                self.ended(event.target.name)
                self.line(_line(event, self.voice))
                if self.explain:
                    self.line(f"  {self.voice.words(event.why)}")
            case Failure():
                self.failed(event)
            case Unmade():
                if self.books > 1 or self.stay:
                    self.failed(event)
                self.done(str(event.path))
            case Built():
                self.found(event.findings)
                self.mended(event)
                self.done(event.findings.book.id)
            case _:
                assert_never(event)

    def start(self, planned: Planned) -> None:
        """Put up the bar, on a terminal: of outputs, or of books if they are many."""
        self.books = planned.books
        if not sys.stderr.isatty() or self.voice.level < 0:
            return
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        many = (TextColumn("{task.fields[rate]}"), TimeRemainingColumn(compact=True))
        columns = (
            *(BarColumn(), MofNCompleteColumn()),
            *(many if self.books > 1 else ()),
            TextColumn("{task.description}"),
        )
        self.bar = Progress(*columns, console=Console(stderr=True), transient=True)
        total = self.books if self.books > 1 else planned.targets
        self.task = self.bar.add_task("", total=total, rate="")
        self.began = time.monotonic()
        self.bar.start()

    def update(self, step: int = 0) -> None:
        """Show which targets are being made."""
        if self.bar and self.task is not None:
            names = "  ".join(self.running)
            self.bar.update(self.task, description=names, advance=step)

    def done(self, book: str) -> None:
        """One book is done with, and forgotten."""
        if not self.stay:
            self.shown.pop(book, None)
        if self.books > 1 and self.bar and self.task is not None:
            self.ready += 1
            minutes = (time.monotonic() - self.began) / 60
            rate = self.voice.words(_RATE.fill(rate=round(self.ready / minutes, 1)))
            self.bar.update(self.task, advance=1, rate=rate)

    def ended(self, name: str) -> None:
        """One target is done with."""
        self.running.pop(name, None)
        self.update(0 if self.books > 1 else 1)

    def found(self, findings: Findings) -> None:
        """Show what was not shown yet: errors and warnings, notes with -v."""
        shown = self.shown.setdefault(findings.book.id, Counter())
        new, seen = [], Counter[Diagnostic]()
        for each in findings.diagnostics:
            said = _wherever(each)
            seen[said] += 1
            if seen[said] > shown[said]:
                new.append(each)
        self.shown[findings.book.id] = shown | seen
        self.voice.findings(new, findings.sources, Severity.WARNING)

    def mended(self, built: Built) -> None:
        """Say how many findings of the last time are not there any more.

        Where a source could not be read, or an output not be made, what is not there
        was not looked for: it is kept until both are well again.
        """
        shown = self.shown.get(built.findings.book.id, Counter())
        gone = shown - Counter(map(_wherever, built.findings.diagnostics))
        if not gone or built.failures:
            return
        from publisher.read.rules import UNREAD

        if any(each.rule in UNREAD for each in built.findings.diagnostics):
            return
        shown -= gone
        worse = [
            each
            for each in gone.elements()
            if each.level > Severity.NOTE and each.rule not in UNREAD
        ]
        if worse:
            said = _MENDED_ONE if len(worse) == 1 else _MENDED
            self.voice.say(said.fill(count=len(worse)))

    def line(self, text: str) -> None:
        """One line about a target."""
        if self.voice.level < 0:
            return
        if self.bar:
            self.bar.console.print(text, markup=False, highlight=False, soft_wrap=True)
        else:
            click.echo(text, err=self.to_stderr)

    def failed(self, failure: Failure | Unmade) -> None:
        """Why a target was not made; the same reason is given once."""
        if isinstance(failure, Failure) and not failure.file:
            self.ended(failure.target.name)
        head = _FAILED.fill(name=failure.name)
        click.echo(self.voice.words(head), err=True)
        if str(failure.problem) != self.said:
            self.voice.problem(failure.problem)
        self.said = str(failure.problem)
        if failure.trace and self.voice.level > 0:
            click.echo(failure.trace, err=True)


def _wherever(found: Diagnostic) -> Diagnostic:
    """A finding by what it says: its place moves with each character before it."""
    return replace(found, span=NOWHERE)


def _line(result: Result, voice: Voice) -> str:
    pages = ""
    if result.pages is not None:
        pages = voice.words(_PAGES.fill(pages=result.pages)) + "  "
    size = f"{result.bytes / 1000:,.0f} kB"
    took = voice.words(_AS_IT_WAS) if result.cached else f"{result.seconds:.1f} s"
    return f"{result.target.name}  {pages}{size}  {took}  {result.path}"


_WAITING = Words(
    "另一个 publisher 正在写 {folder}，等它结束……",
    "another publisher is building into {folder}; waiting for it …",
)
_MENDED = Words("前次所报 {count} 条已不在", "{count} findings are gone")
_MENDED_ONE = Words("前次所报 1 条已不在", "1 finding is gone")
_RATE = Words("每分钟 {rate} 本", "{rate} books/min")
_AS_IT_WAS = Words("未变", "unchanged")
_PAGES = Words("{pages} 页", "{pages} pages")
_FAILED = Words("没有做成：{name}", "not made: {name}")
