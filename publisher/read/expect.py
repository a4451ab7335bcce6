"""What a document expects next, and what a line costs that is not it.

The numbers of a document run on: 第三条 follows 第二条, （四） follows （三）, an answer
follows a question. Costs are in nats, as in `publisher.read.thread`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import assert_never

from publisher.read.marks import OPENER, SIGNOFF, Mark
from publisher.read.split import last_item

LEVEL = {
    "book": 0,
    "part": 1,
    "chapter": 2,
    "section": 3,
    "subsection": 4,
    "division": 5,
}


@dataclass(frozen=True, slots=True)
class Expected:
    """Where a document stands."""

    begun: bool = False
    """Whether it has anything but a title and notes."""
    titled: bool = False
    article: int = 0
    divisions: tuple[int, ...] = (0, 0, 0, 0, 0, 0)
    items: tuple[tuple[str, int], ...] = ()
    """The lists that are open, by style, with the last number of each."""
    asks: int = 0
    """Questions so far."""
    waits: bool = False
    """Whether a question has no answer yet."""
    paragraphs: int = 0
    """Unmarked paragraphs so far."""
    headless: bool = False
    ended: bool = False


def surprise(at: Expected, mark: Mark, text: str) -> float:
    """What it costs that a document goes on with this line."""
    cost = 8.0 if at.ended else 0.0
    match mark.kind:
        case "title":
            return 14.0 if at.begun or not at.titled else 0.0
        case "from":
            return 12.0
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
            return _plain(at, text)
        case _:
            assert_never(mark.kind)


def follow(at: Expected, mark: Mark, text: str) -> Expected:
    """Where the document stands after the line."""
    at = replace(at, ended=at.ended or bool(SIGNOFF.search(text)))
    match mark.kind:
        case "title":
            return replace(at, titled=True)
        case "note":
            return at
        case "division":
            level = LEVEL[mark.style]
            kept = (*at.divisions[:level], mark.number[0], *(0,) * (5 - level))
            return replace(at, begun=True, divisions=kept, items=())
        case "article":
            return replace(
                at, begun=True, article=mark.number[0], items=last_item(text)
            )
        case "item":
            items = _open_lists(at.items, mark)
            return replace(at, begun=True, items=items)
        case "question":
            waits = "答：" not in text and "答:" not in text
            return replace(at, begun=True, asks=at.asks + 1, waits=waits, items=())
        case "answer":
            return replace(at, begun=True, waits=False, items=last_item(text))
        case "from":
            return replace(at, begun=True, headless=True)
        case "byline" | "signoff":
            return replace(at, begun=True, ended=True)
        case "heading" | "bullet" | "omission":
            return replace(at, begun=True, items=())
        case "plain":
            items = last_item(text) or at.items
            count = at.paragraphs + 1
            return replace(at, begun=True, paragraphs=count, items=items)
        case _:
            assert_never(mark.kind)


def _division(at: Expected, mark: Mark) -> float:
    level = LEVEL[mark.style]
    if at.asks or at.headless:
        return 12.0
    last, number = at.divisions[level], mark.number[0]
    if number == last + 1:
        return 0.0 if at.article or not at.begun or level == 2 else 1.0
    if number == 1 or number == last:  # a 目录 in front, or 章之一
        return 3.0
    return 4.0 if number > last else 8.0


def _article(at: Expected, mark: Mark) -> float:
    if at.asks or at.headless:
        return 12.0
    number, zhi = mark.number
    if number == at.article + 1 or (zhi and number == at.article):
        return 0.0 if at.article or at.titled or not at.begun else 2.0
    if not at.article:
        return 2.0
    return 3.0 + min(3.0, 0.3 * (number - at.article)) if number > at.article else 8.0


def _item(at: Expected, mark: Mark) -> float:
    number = mark.number[0]
    for style, last in at.items:
        if style == mark.style:
            return 0.0 if number == last + 1 else 1.0 if number == 1 else 5.0
    return 0.5 if number == 1 else 5.0


def _question(at: Expected) -> float:
    if at.asks:
        return 0.5
    if at.article or at.headless:
        return 10.0
    return 1.0 + min(8.0, 1.5 * max(at.paragraphs - 2, 0))


def _open_lists(
    items: tuple[tuple[str, int], ...], mark: Mark
) -> tuple[tuple[str, int], ...]:
    styles = [style for style, _ in items]
    kept = items[: styles.index(mark.style)] if mark.style in styles else items
    return (*kept, (mark.style, mark.number[0]))


def _plain(at: Expected, text: str) -> float:
    if OPENER.match(text):
        return 9.0 if at.article else 5.0 if at.begun else 0.0
    if at.waits:
        return 5.0
    return 0.0
