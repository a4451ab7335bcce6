"""What a printed label counts as, by itself: 第三条之一 is (3, 1), （三） is (3, 0).

Reading takes a label and its number from a line at once. Where the editor corrects a
misread label, its number is read again here, with the same forms.
"""

from __future__ import annotations

from typing import assert_never

from publisher.patterns import pattern
from publisher.read.footnotes import BRACKET
from publisher.read.marks import ARTICLE, DIVISION, LEVELS, counted, item
from publisher.read.settle import ATTACHED
from publisher.tree.nodes import (
    Article,
    Attachment,
    Division,
    Footnote,
    Item,
    Number,
    Point,
    TocEntry,
)
from publisher.tree.walk import Numbered

NOTED = pattern(BRACKET)
# 5.1.1; 5
FIGURES = pattern(r"(?:\d{1,2}\.)*(\d{1,3})")


def counts(node: Numbered, label: str) -> Number | None:
    """The number of a node, were this its label; None where that is no label of it."""
    text = label.strip()
    match node:
        case Article():
            return _article(text)
        case Division() | TocEntry():
            return _division(text, node.kind)
        case Attachment():
            return _attachment(text)
        case Item() | Point() | Footnote():
            return _point(text)
        case _:
            assert_never(node)


def _article(text: str) -> Number | None:
    found = ARTICLE.fullmatch(text)
    return _some(counted(found[1]), found[2] or found[3]) if found else None


def _division(text: str, kind: str | None) -> Number | None:
    found = DIVISION.fullmatch(text)
    if not found or LEVELS["".join(found[2].split())] != kind:
        return None
    return _some(counted(found[1]), found[3])


def _some(number: int, zhi: str | None) -> Number | None:
    return (number, counted(zhi) if zhi else 0) if number else None


def _attachment(text: str) -> Number | None:
    found = ATTACHED.match(text)
    if not found or found.end() != len(text):
        return None
    printed = "".join((found[1] or "").split())
    letter = printed.isalpha() and printed.isascii()
    return ord(printed) - 64 if letter else counted(printed), 0


def _point(text: str) -> Number | None:
    if (found := item(text)) and found.size == len(text):
        return found.number
    figures = FIGURES.fullmatch(text) or NOTED.fullmatch(text)
    return (int(figures[1]), 0) if figures else None
