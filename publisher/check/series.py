"""The numbers of a document as series without gaps, and how they are named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TypeAlias

from publisher.check.places import Same, nodes
from publisher.diagnostics import Severity
from publisher.numerals import to_chinese
from publisher.patterns import pattern
from publisher.source import Span
from publisher.tree.ids import anchor, form
from publisher.tree.nodes import (
    Article,
    Attachment,
    Block,
    Division,
    Document,
    Heading,
    Item,
    Number,
    Paragraph,
    Point,
    Prose,
)

LEVELS = {
    "book": ("编", "book"),
    "part": ("分编", "part"),
    "chapter": ("章", "chapter"),
    "section": ("节", "section"),
    "subsection": ("款", "subsection"),
    "division": ("目", "division"),
    "article": ("条", "article"),
    "item": ("项", "point"),
    "point": ("点", "provision"),
}
SPACE = pattern(r"\s+")
Range = tuple[int, int]
"""The first and the last of whole numbers that are missing."""
Gap: TypeAlias = tuple[Number, Number]
"""The same, where 第六条之一 has a number of its own."""
Placed = tuple[Number, str, Span]
"""A number, the anchor of the node that has it, and where it stands."""


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers that should follow one another, and where each stands."""

    level: str
    numbers: tuple[Placed, ...]
    where: str
    """The anchor that owns a gap: the document for provisions, the list for items."""
    inside: str = ""
    """The label of the division that holds them, as in 第三编, or empty."""

    def steps(self) -> Iterator[tuple[Placed, Placed]]:
        """Each number with the next."""
        return pairwise(self.numbers)

    @property
    def severity(self) -> Severity:
        """A lost provision is an error; a list may be odd in the original."""
        listed = self.level in {"item", "point"}
        return Severity.WARNING if listed else Severity.ERROR


Scope: TypeAlias = Document | Attachment
"""What has numbers of its own."""


def serieses(document: Document) -> tuple[Series, ...]:
    """All the series of numbers of a document."""
    return _serieses(Same(document))


@lru_cache(maxsize=16)
def _serieses(same: Same) -> tuple[Series, ...]:
    return tuple(_all(same.document))


def _all(document: Document) -> Iterator[Series]:
    attached = (n for n in nodes(document) if isinstance(n, Attachment))
    scopes: tuple[Scope, ...] = (document, *attached)
    for scope in scopes:
        own = "" if isinstance(scope, Document) else scope.id
        where = anchor(document, own)
        yield from _article_series(document, scope, where)
        yield from _divisions(document, scope)
    yield from _points(document)
    yield from _lists(document)


def _article_series(document: Document, scope: Scope, where: str) -> Iterator[Series]:
    """The articles; of each 编 by itself, where each begins again."""
    books = [b for b in scope.body if isinstance(b, Division) and b.kind == "book"]
    whole = _articles(document, scope)
    if any(other[0] <= one[0] for one, other in pairwise(whole)) and books:
        for book in books:
            numbers = _articles(document, book)
            yield from _series("article", numbers, where, _label(book))
    else:
        yield from _series("article", whole, where)


def _series(
    level: str,
    numbers: Sequence[Placed],
    where: str,
    inside: str = "",
) -> Iterator[Series]:
    if numbers:
        yield Series(level, tuple(numbers), where, inside)


def _articles(document: Document, node: Scope | Division) -> list[Placed]:
    return [
        (inner.number, anchor(document, inner.id), inner.label.span)
        for inner in _own(node)
        if isinstance(inner, Article)
    ]


def _own(node: Scope | Division) -> Iterator[Block]:
    """What is inside a node and not in an attachment, in reading order."""
    pending = list(reversed(node.body))
    while pending:
        block = pending.pop()
        yield block
        if isinstance(block, Division):
            pending += reversed(block.body)


def _divisions(document: Document, node: Scope | Division) -> Iterator[Series]:
    """Divisions are counted among their siblings: chapters begin again in each 编.

    Under 分编 they may begin again or go on; a number 1 tells.
    """
    children = [block for block in node.body if isinstance(block, Division)]
    where = anchor(document, node.id) if isinstance(node, Attachment) else document.id
    for kind in dict.fromkeys(child.kind for child in children):
        own = [child for child in children if child.kind == kind]
        yield from _series(kind, _placed(document, own), where, _label(node))
    parts = [child for child in children if child.kind == "part"]
    for inner in _restarting(parts):
        numbers = _placed(document, inner)
        yield from _series(inner[0].kind, numbers, where, _label(node))
    for child in children:
        if child.kind != "part":
            yield from _divisions(document, child)
        else:
            for block in child.body:
                if isinstance(block, Division):
                    yield from _divisions(document, block)


def _points(document: Document) -> Iterator[Series]:
    """Points are counted among their siblings, and begin again at 1."""
    for node in nodes(document):
        match node:
            case Document() | Division() | Attachment() | Point():
                own = [inner for inner in node.body if isinstance(inner, Point)]
                numbers = [
                    (p.number, anchor(document, p.id), p.label.span) for p in own
                ]
                for series in _cut(numbers, anchor(document, _id(node))):
                    yield replace(series, level="point")
            case _:
                pass


def _id(node: Document | Division | Attachment | Point) -> str:
    return "" if isinstance(node, Document) else node.id


def _restarting(parts: Sequence[Division]) -> list[list[Division]]:
    """The divisions under 分编, one after the other, cut before every number 1."""
    out: list[list[Division]] = []
    for part in parts:
        for block in part.body:
            if isinstance(block, Division):
                if not out or _begins(block.number, out[-1][-1].number):
                    out.append([])
                out[-1].append(block)
    return out


def _begins(number: Number, before: Number) -> bool:
    """Whether numbers begin again: 第一章, and not 第一章之一 after it."""
    return number[0] == 1 and (before[0] != 1 or number <= before)


def _placed(document: Document, divisions: Iterable[Division]) -> list[Placed]:
    return [(d.number, anchor(document, d.id), d.label.span) for d in divisions]


def _label(node: Scope | Division) -> str:
    return "" if isinstance(node, Document) else SPACE.sub("", node.label.text)


def _lists(document: Document) -> Iterator[Series]:
    """Lists begin again at 1, and may go on after a paragraph that stands between."""
    pending: list[Placed] = []
    where = ""
    for node in nodes(document):
        match node:
            case Article() | Division() | Attachment() | Point() | Heading():
                yield from _cut(pending, where)
                pending = []
            case Paragraph(items=items) | Prose(items=items) if items:
                if not pending or items[0].number <= pending[-1][0]:
                    yield from _cut(pending, where)
                    pending, where = [], anchor(document, node.id)
                pending += _items(document, items)
            case Item(items=items) if items:
                yield from _cut(_items(document, items), anchor(document, node.id))
            case _:
                pass
    yield from _cut(pending, where)


def _items(document: Document, items: Iterable[Item]) -> list[Placed]:
    return [(i.number, anchor(document, i.id), i.label.span) for i in items]


def _cut(numbers: Sequence[Placed], where: str) -> Iterator[Series]:
    """Lists from a row of items: each number 1 begins one."""
    starts = [
        at
        for at, (number, _, _) in enumerate(numbers)
        if not at or _begins(number, numbers[at - 1][0])
    ]
    for start, end in zip(starts, [*starts[1:], len(numbers)], strict=False):
        yield Series("item", tuple(numbers[start:end]), where)


def name_number(level: str, number: Number) -> str:
    """As it is printed: 第一百二十条之一."""
    suffix = f"之{_chinese(number[1])}" if number[1] else ""
    return f"第{_chinese(number[0])}{LEVELS[level][0]}{suffix}"


def _chinese(number: int) -> str:
    return to_chinese(number) if 1 <= number <= 9999 else str(number)


def name_range(level: str, missed: Range) -> str:
    """As in 第二十六条至第三十四条, or 第六章 alone."""
    return name_gap(level, ((missed[0], 0), (missed[1], 0)))


def english_range(level: str, missed: Range) -> str:
    """As in articles 26–34, or chapter 6 alone."""
    return english_gap(level, ((missed[0], 0), (missed[1], 0)))


def name_gap(level: str, gap: Gap) -> str:
    """As in 第二十六条至第三十四条, or 第六条之一 alone."""
    first, last = (name_number(level, number) for number in gap)
    joint = "、" if last in _after(level, gap[0]) else "至"
    return first if first == last else f"{first}{joint}{last}"


def _after(level: str, number: Number) -> tuple[str, str]:
    whole, part = number
    following = (whole, part + 1), (whole + 1, 0)
    return name_number(level, following[0]), name_number(level, following[1])


def english_gap(level: str, gap: Gap) -> str:
    """As in articles 26–34, or article 6-1 alone."""
    word = LEVELS[level][1]
    first, last = (form(number) for number in gap)
    return f"{word} {first}" if first == last else f"{word}s {first}–{last}"


def missing(numbers: Iterable[Number]) -> tuple[Gap, ...]:
    """The numbers that are skipped and stand nowhere else, in reading order."""
    listed = list(numbers)
    present = set(listed)
    return tuple(
        gap for one, other in pairwise(listed) for gap in between(one, other, present)
    )


def between(one: Number, other: Number, present: AbstractSet[Number]) -> Iterator[Gap]:
    """The numbers that are skipped from one to the other and are nowhere else."""
    gone = [n for n in skipped_over(one, other) if n not in present]
    whole = ranges(number for number, zhi in gone if not zhi)
    yield from (((first, 0), (last, 0)) for first, last in whole)
    part = ranges(zhi for _, zhi in gone if zhi)
    yield from (((other[0], first), (other[0], last)) for first, last in part)


def skipped_over(one: Number, other: Number) -> Iterator[Number]:
    """What should stand between two numbers: 第六条 and its 之一 before its 之二."""
    first = one[1] + 1 if one[0] == other[0] else 1
    yield from ((n, 0) for n in range(one[0] + 1, other[0] + (other[1] > 0)))
    yield from ((other[0], zhi) for zhi in range(first, other[1]))


def ranges(numbers: Iterable[int]) -> tuple[Range, ...]:
    """Increasing numbers as ranges: 1 2 3 5 is 1–3 and 5–5."""
    out: list[Range] = []
    for number in numbers:
        if out and out[-1][1] == number - 1:
            out[-1] = (out[-1][0], number)
        else:
            out.append((number, number))
    return tuple(out)
