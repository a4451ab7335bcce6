"""What a document expects next, and what a line costs that is not it.

The numbers of a document run on: 第三条 follows 第二条, （四） follows （三）, an
answer follows a question. Costs are in nats, as in `publisher.read.thread`.
"""

from __future__ import annotations

from typing import NamedTuple, assert_never

from publisher.read.marks import OPENER, SIGNOFF, Mark
from publisher.read.split import run_on, turns

LEVEL = {"book": 0, "part": 1, "chapter": 2, "section": 3, "subsection": 4}
LEVELS = 6
GAP, BACK = 3.0, 6.0
"""An article that skips numbers, and one that goes back."""
ITEM = 5.0
"""A point that is not the next."""
Lists = tuple[tuple[str, int], ...]
"""Lists that are open, by style, with the last number of each."""


class Facts(NamedTuple):
    """What matters of a line."""

    mark: Mark
    opener: bool
    """Whether it begins as news does."""
    ends: bool
    """Whether it closes a document."""
    lists: Lists
    answered: bool
    """Whether an answer stands inside it."""


class Expected(NamedTuple):
    """Where a document stands."""

    begun: bool = False
    """Whether it has anything but a title and notes."""
    titled: bool = False
    article: int = 0
    divisions: tuple[int, ...] = (0,) * LEVELS
    lists: Lists = ()
    asks: int = 0
    """Questions so far."""
    waits: bool = False
    """Whether a question has no answer yet."""
    paragraphs: int = 0
    """Unmarked paragraphs so far; 8 stands for more."""
    restarts: bool = False
    """Whether a 编 has begun, so that articles may count from 1 again."""
    headless: bool = False
    ended: bool = False


NOTHING_YET = Expected()
ATTACHED = Expected(begun=True, titled=True, restarts=True)
"""After 附件, where all numbers may begin again."""


def facts(mark: Mark, text: str) -> Facts:
    """What matters of a line for the document that it is put in."""
    last, style = (mark.number[0], mark.style) if mark.kind == "item" else (0, "")
    found = run_on(text, mark.size, last, style)
    lists = ((found[-1][1].style, found[-1][1].number[0]),) if found else ()
    answered = any(turn.kind == "answer" for _, turn in turns(text, mark.size))
    opener, ends = bool(OPENER.match(text)), bool(SIGNOFF.search(text))
    return Facts(mark, opener, ends, lists, answered)


def surprise(at: Expected, fact: Facts) -> float:
    """What it costs that a document goes on with this line."""
    mark = fact.mark
    cost = 8.0 if at.ended else 0.0
    match mark.kind:
        case "title" | "from":
            return 0.0 if at.titled and not at.begun else 13.0
        case "division":
            return cost + _division(at, mark)
        case "article":
            return cost + _article(at, mark)
        case "item":
            return cost + _item(at, mark)
        case "question":
            return cost + _question(at)
        case "answer":
            return cost + (0.0 if at.waits else 7.0)
        case "note":
            return cost + (0.0 if at.titled and not at.begun else 4.0)
        case "heading":
            return cost + (4.0 if at.asks else 0.5)
        case "byline" | "signoff":
            return cost + (5.0 if at.article or not at.begun else 0.0)
        case "bullet" | "omission":
            return cost + (4.0 if at.article else 0.0)
        case "plain":
            return cost + _plain(at, fact)
        case _:
            assert_never(mark.kind)


def follow(at: Expected, fact: Facts) -> Expected:
    """Where the document stands after the line."""
    mark = fact.mark
    ended = at.ended or fact.ends
    match mark.kind:
        case "title":
            return at._replace(titled=True)
        case "note":
            return at
        case "division":
            level = LEVEL.get(mark.style, LEVELS - 1)
            below = (0,) * (LEVELS - 1 - level)
            levels = (*at.divisions[:level], mark.number[0], *below)
            restarts = level == 0
            at = at._replace(begun=True, restarts=restarts or at.restarts)
            return at._replace(divisions=levels, lists=(), ended=ended)
        case "article":
            article, lists = mark.number[0], fact.lists
            at = at._replace(begun=True, restarts=False, ended=ended)
            return at._replace(article=article, lists=lists)
        case "item":
            return at._replace(begun=True, lists=_lists(at.lists, fact), ended=ended)
        case "question":
            asks, waits = at.asks + 1, not fact.answered
            return at._replace(
                begun=True, asks=asks, waits=waits, lists=(), ended=ended
            )
        case "answer":
            return at._replace(begun=True, waits=False, lists=fact.lists, ended=ended)
        case "from":
            return at._replace(begun=True, headless=True, ended=ended)
        case "byline" | "signoff":
            return at._replace(begun=True, ended=True)
        case "heading" | "bullet" | "omission":
            attached = mark.style == "attachment" and bool(at.article)
            at = ATTACHED if attached else at._replace(begun=True, lists=())
            return at._replace(ended=ended)
        case "plain":
            lists, count = fact.lists or at.lists, min(at.paragraphs + 1, 8)
            return at._replace(begun=True, paragraphs=count, lists=lists, ended=ended)
        case _:
            assert_never(mark.kind)


def _division(at: Expected, mark: Mark) -> float:
    if at.asks or at.headless:
        return 12.0
    level = LEVEL.get(mark.style, LEVELS - 1)
    last, number = at.divisions[level], mark.number[0]
    if number == last + 1:
        return 0.0
    if number in (1, last):  # a 目录 in front, or 章之一
        return 3.0
    return 4.0 if number > last else 8.0


def _article(at: Expected, mark: Mark) -> float:
    if at.asks or at.headless:
        return 12.0
    number, zhi = mark.number
    if number == at.article + 1 or (zhi and number == at.article):
        return 0.0 if at.article or at.titled or not at.begun else 2.0
    if not at.article:
        return 4.0 if at.begun else 2.0
    if number == 1 and at.restarts:
        return 1.0
    ahead = number - at.article
    if ahead > 0:
        return GAP + min(3.0, 0.3 * ahead)
    return BACK + min(6.0, 0.5 * at.article)


def _item(at: Expected, mark: Mark) -> float:
    number = mark.number[0]
    for style, last in at.lists:
        if style == mark.style:
            return 0.0 if number == last + 1 else 1.0 if number == 1 else ITEM
    return 0.5 if number == 1 else ITEM


def _question(at: Expected) -> float:
    if at.asks:
        return 0.5
    if at.article or at.headless:
        return 10.0
    return 1.0 + min(8.0, 1.5 * max(at.paragraphs - 2, 0))


def _lists(lists: Lists, fact: Facts) -> Lists:
    """The lists that are open after an item, and after the run-on items in it."""
    mark = fact.mark
    styles = [style for style, _ in lists]
    kept = lists[: styles.index(mark.style)] if mark.style in styles else lists
    return (*kept, *(fact.lists or ((mark.style, mark.number[0]),)))


def _plain(at: Expected, fact: Facts) -> float:
    if fact.opener:
        return 9.0 if at.article else 5.0 if at.begun else 0.0
    return 5.0 if at.waits else 0.0
