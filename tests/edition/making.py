"""Small books, read by the real reader from texts that stand in the tests."""

from __future__ import annotations

from collections.abc import Sequence

from publisher.book import Book, Decision, Edition, Script
from publisher.diagnostics import Diagnostic
from publisher.edition import prepare
from publisher.edition.prepared import Prepared
from publisher.read import read
from publisher.repair import repair
from publisher.source import Source
from publisher.tree.nodes import Collection

BARE = Book("bare", bare=True)
SCRIPTS: tuple[Script, ...] = ("zh-Hans", "zh-Hant-TW", "zh-Hant-HK", "zh-Hant")


def unheard(_: Diagnostic) -> None:
    """What the other stages say is not what is tested here."""


def collect(text: str, *decisions: Decision) -> Collection:
    """A text, read and repaired."""
    return repair(read([Source("test.md", text)], unheard), decisions, unheard)


def edition(script: Script | None = "zh-Hans", select: Sequence[str] = ()) -> Edition:
    """An edition; ``None`` is what nobody gave a script."""
    given: Script = script or "zh-Hans"
    own = script is None
    return Edition("test", "pdf", given, select=tuple(select), own_script=own)


def made(
    text: str | Collection,
    script: Script | None = "zh-Hans",
    book: Book = BARE,
    select: Sequence[str] = (),
    report: list[Diagnostic] | None = None,
) -> Prepared:
    """An edition of a text."""
    collection = collect(text) if isinstance(text, str) else text
    found: list[Diagnostic] = [] if report is None else report
    return prepare(collection, book, edition(script, select), found.append)
