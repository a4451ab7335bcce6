"""What became of a build, in a few numbers: for the table at the end of many books."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field

import click

from publisher.book import Threshold
from publisher.cli.voice import Voice
from publisher.diagnostics import Severity, Words
from publisher.jobs import Built, Failure, Result, Unmade

MOST = 20
"""Books named in the table at most."""


@dataclass(slots=True)
class Account:
    """Kept while a build runs. Books are counted, and forgotten unless ``keep``."""

    keep: bool = False
    books: int = 0
    made: int = 0
    unchanged: int = 0
    pages: int = 0
    bytes: int = 0
    results: list[Result] = field(default_factory=list)
    failed: list[Failure | Unmade] = field(default_factory=list)
    levels: Counter[Severity] = field(default_factory=Counter)
    reached: list[str] = field(default_factory=list)
    """Books whose findings reach the threshold."""
    status: int = 0
    began: float = field(default_factory=time.monotonic)

    def add(self, done: Built | Unmade, fail_on: Threshold | None) -> None:
        """One book is done."""
        self.books += 1
        if isinstance(done, Unmade):
            self.failed.append(done)
            self.status = max(self.status, done.problem.status)
            return
        for result in done.targets:
            self.made += not result.cached
            self.unchanged += result.cached
            self.pages += result.pages or 0
            self.bytes += result.bytes
        if self.keep:
            self.results += done.targets
        self.failed += done.failures
        self.levels.update(each.level for each in done.findings.diagnostics)
        if done.findings.reach(fail_on):
            self.reached.append(done.findings.book.id)
        self.status = max(self.status, done.status(fail_on))


def summary(account: Account, spoken: Voice, unfinished: int = 0) -> None:
    """The table at the end of many books, of which some may not have had their turn."""
    if spoken.level < 0:
        return
    seconds = time.monotonic() - account.began
    rows = [
        (_BOOKS, f"{account.books:,}"),
        *([(_UNFINISHED, f"{unfinished:,}")] if unfinished else []),
        (_MADE, f"{account.made:,}"),
        (_UNCHANGED, f"{account.unchanged:,}"),
        (_FAILED, f"{len(account.failed):,}"),
        (_PAGES, f"{account.pages:,}"),
        (_SIZE, f"{account.bytes / 1e6:,.1f} MB"),
        (_TIME, f"{seconds:,.1f} s"),
    ]
    width = max(len(value) for _, value in rows)
    for words, value in rows:
        click.echo(f"{value:>{width}}  {spoken.words(words)}", err=True)
    _name(spoken, _NOT_MADE, [each.name for each in account.failed])
    _name(spoken, _LOOK, account.reached)


def _name(spoken: Voice, words: Words, names: list[str]) -> None:
    if names:
        more = f" … (+{len(names) - MOST})" if len(names) > MOST else ""
        shown = "  ".join(sorted(names)[:MOST])
        click.echo(f"{spoken.words(words)}{shown}{more}", err=True)


_BOOKS = Words("本书", "books")
_UNFINISHED = Words("本没有做完", "books not finished")
_MADE = Words("个成品新做", "outputs made")
_UNCHANGED = Words("个未变", "unchanged")
_FAILED = Words("个没有做成", "not made")
_PAGES = Words("页", "pages")
_SIZE = Words("共计", "in all")
_TIME = Words("用时", "taken")
_NOT_MADE = Words("没有做成：", "not made: ")
_LOOK = Words("请看稿：", "look at the text of: ")
