"""Check an EPUB, ours or anybody's: what epubcheck and Ace do not see.

A check is given all that is known (`Examined`) and gives findings. What needs more than
the file itself (the tree it was made from, the pages of its print, the day) finds
nothing where that is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from publisher.check.epub.accessibility import CLAIM, WORDLESS, claims, wordless
from publisher.check.epub.examined import Examined, Expected
from publisher.check.epub.files import (
    BARE_MARKUP,
    DEAD_LINK,
    LARGE_FILE,
    UNSAFE_NAME,
    WRITING,
    bare,
    dead,
    large,
    unsafe,
    writing,
)
from publisher.check.epub.headings import CONTENTS, LOST_HEADING, contents, headless
from publisher.check.epub.languages import (
    LANGUAGES,
    OTHER_SCRIPT,
    TEXT_DIFFERS,
    TEXT_LANGUAGE,
    differing,
    foreign,
    mixed,
    spoken,
)
from publisher.check.epub.metadata import (
    FUTURE,
    NO_COVER,
    NO_DIRECTION,
    NO_FILE_AS,
    UNTOLD,
    coverless,
    directionless,
    future,
    unfiled,
    untold,
)
from publisher.check.epub.navigation import (
    LANDMARKS,
    NOT_PLACED,
    PAGES,
    UNMARKED,
    landmarks,
    misplaced,
    pages,
    unmarked,
)
from publisher.check.epub.notes import NO_RETURN, NO_ROLE, returns, roles
from publisher.diagnostics import Diagnostic, Report, Rule

__all__ = ["EPUB_CHECKS", "RULES", "EpubRow", "Examined", "Expected", "examine"]


@dataclass(frozen=True, slots=True)
class EpubRow:
    """One check of an EPUB: its rule, and what finds it."""

    rule: Rule
    find: Callable[[Examined], Iterable[Diagnostic]]


EPUB_CHECKS: tuple[EpubRow, ...] = (
    EpubRow(LANDMARKS, landmarks),
    EpubRow(CONTENTS, contents),
    EpubRow(TEXT_LANGUAGE, spoken),
    EpubRow(LANGUAGES, mixed),
    EpubRow(NO_DIRECTION, directionless),
    EpubRow(NO_RETURN, returns),
    EpubRow(NO_COVER, coverless),
    EpubRow(NO_FILE_AS, unfiled),
    EpubRow(LOST_HEADING, headless),
    EpubRow(FUTURE, future),
    EpubRow(OTHER_SCRIPT, foreign),
    EpubRow(PAGES, pages),
    EpubRow(CLAIM, claims),
    EpubRow(TEXT_DIFFERS, differing),
    EpubRow(LARGE_FILE, large),
    EpubRow(UNSAFE_NAME, unsafe),
    EpubRow(NO_ROLE, roles),
    EpubRow(DEAD_LINK, dead),
    EpubRow(WORDLESS, wordless),
    EpubRow(WRITING, writing),
    EpubRow(UNTOLD, untold),
    EpubRow(NOT_PLACED, misplaced),
    EpubRow(UNMARKED, unmarked),
    EpubRow(BARE_MARKUP, bare),
)
RULES: tuple[Rule, ...] = tuple(row.rule for row in EPUB_CHECKS)


def examine(examined: Examined, report: Report) -> None:
    """Report everything that is wrong with an EPUB, check by check."""
    for row in EPUB_CHECKS:
        for finding in row.find(examined):
            report(finding)
