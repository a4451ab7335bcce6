"""Printed numbers: none skipped, none out of order, the first one is 1."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from publisher.diagnostics import Diagnostic, Rule, Severity, Words
from publisher.numerals import to_chinese
from publisher.source import Span
from publisher.tree import walk
from publisher.tree.ids import anchor
from publisher.tree.nodes import (
    Article,
    Collection,
    Division,
    Document,
    Item,
    Number,
    Paragraph,
    Prose,
)

SKIPPED_NUMBER = Rule(
    "C101",
    "skipped-number",
    Severity.ERROR,
    Words(
        "编号跳了，中间的条、章或项不在来源里，多半是漏收或认错了编号。"
        "缺的不会补造，后面的编号也不会改动。",
        "Numbers are skipped: provisions are lost, or a number is misread. What is "
        "missing stays missing, and later numbers stay as printed.",
    ),
    "# 某条例\n\n第一条 为了规范管理，制定本条例。\n\n"
    "第三条 本条例自公布之日起施行。\n",
    Words(
        "补上缺的文字；来源确实没有的，在 book.toml 里写明理由予以允许。",
        "Supply what is missing, or allow it in book.toml with a reason.",
    ),
)
NUMBER_ORDER = Rule(
    "C102",
    "number-order",
    Severity.ERROR,
    Words(
        "编号往回走，可能是栏序颠倒、两篇混在一起，或编号认错。",
        "Numbers run backwards: columns in the wrong order, two documents mixed, or a "
        "number misread.",
    ),
    "# 某条例\n\n第一条 甲部门负责。\n\n第三条 乙部门负责。\n\n第二条 丙部门负责。\n",
    Words("对照原件核对顺序和编号。", "Compare order and numbers with the original."),
)
FIRST_NUMBER = Rule(
    "C103",
    "first-number",
    Severity.ERROR,
    Words(
        "编号不是从一开始，前面的文字不在来源里，或第一个编号认错。",
        "Numbers do not begin at 1: what came first is not in the source, or the first "
        "number is misread.",
    ),
    "# 某条例\n\n第二条 甲部门负责。\n\n第三条 乙部门负责。\n",
    Words(
        "补上开头；只收一部分的，在 book.toml 里写明理由予以允许。",
        "Supply the beginning, or allow it in book.toml with a reason.",
    ),
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
}
SPACE = re.compile(r"\s+")
Range = tuple[int, int]
"""The first and the last of numbers that are missing."""


@dataclass(frozen=True, slots=True)
class Series:
    """Numbers that should follow one another, and where each stands."""

    level: str
    numbers: tuple[tuple[Number, str, Span], ...]
    where: str
    """The anchor that owns a gap: the document for provisions, the list for items."""
    inside: str = ""
    """The label of the division that holds them, as in 第三编, or empty."""
    begun: bool = False
    """Whether it goes on from another, and need not begin at 1."""

    @property
    def severity(self) -> Severity:
        """A lost provision is an error; a list may be odd in the original."""
        return Severity.WARNING if self.level == "item" else Severity.ERROR


def skipped(collection: Collection) -> Iterator[Diagnostic]:
    """One finding for each document and level, with every gap; one for each list."""
    for _, group in _by_owner(collection):
        gaps = [
            (one, gap) for one in group for gap in missing(n[0] for n in one.numbers)
        ]
        if not gaps:
            continue
        first, level = gaps[0][0], gaps[0][0].level
        listed = Words(
            "、".join(s.inside + name_range(level, gap) for s, gap in gaps),
            ", ".join(english_range(level, gap) for _, gap in gaps),
        )
        yield Diagnostic(
            SKIPPED_NUMBER,
            _SKIPPED.fill(listed_zh=listed.zh, listed_en=listed.en),
            _after_gap(first),
            first.where,
            SKIPPED_NUMBER.cure,
            first.severity,
        )


def _by_owner(collection: Collection) -> Iterator[tuple[str, list[Series]]]:
    for document in collection.documents:
        groups: dict[tuple[str, str], list[Series]] = {}
        for series in serieses(document):
            groups.setdefault((series.where, series.level), []).append(series)
        yield from ((where, group) for (where, _), group in groups.items())


def _after_gap(series: Series) -> Span:
    """Where the first number stands that comes too early."""
    for (one, _, _), (other, _, span) in pairwise(series.numbers):
        if other[0] > one[0] + 1:
            return span
    return series.numbers[0][2]


def missing(numbers: Iterable[Number]) -> tuple[Range, ...]:
    """The ranges of whole numbers that are skipped and stand nowhere else."""
    listed = [number[0] for number in numbers]
    present = set(listed)
    out: list[Range] = []
    for one, other in pairwise(listed):
        out += ranges(n for n in range(one + 1, other) if n not in present)
    return tuple(out)


def ranges(numbers: Iterable[int]) -> tuple[Range, ...]:
    """Increasing numbers as ranges: 1 2 3 5 is 1–3 and 5–5."""
    out: list[Range] = []
    for number in numbers:
        if out and out[-1][1] == number - 1:
            out[-1] = (out[-1][0], number)
        else:
            out.append((number, number))
    return tuple(out)


def misordered(collection: Collection) -> Iterator[Diagnostic]:
    """A finding for each number that is lower than the one before."""
    for _, group in _by_owner(collection):
        for series in group:
            for (one, _, _), (other, where, span) in pairwise(series.numbers):
                if other < one:
                    message = _ORDER.fill(
                        one=name_number(series.level, one),
                        other=name_number(series.level, other),
                        level=LEVELS[series.level][1],
                        first=one[0],
                        then=other[0],
                    )
                    yield Diagnostic(
                        NUMBER_ORDER,
                        message,
                        span,
                        where,
                        NUMBER_ORDER.cure,
                        series.severity,
                    )


def unfirst(collection: Collection) -> Iterator[Diagnostic]:
    """A finding for each document and level whose numbers do not begin at 1."""
    for _, group in _by_owner(collection):
        for series in group:
            number, _, span = series.numbers[0]
            if number[0] > 1 and not series.begun:
                message = _FIRST.fill(
                    inside=series.inside,
                    first=name_number(series.level, number),
                    level=LEVELS[series.level][1],
                    number=number[0],
                )
                yield Diagnostic(
                    FIRST_NUMBER,
                    message,
                    span,
                    series.where,
                    FIRST_NUMBER.cure,
                    series.severity,
                )
                break


def serieses(document: Document) -> Iterator[Series]:
    """All the series of numbers of a document."""
    books = [b for b in document.body if isinstance(b, Division) and b.kind == "book"]
    whole = _articles(document, document)
    if any(other[0] <= one[0] for one, other in pairwise(whole)) and books:
        for book in books:
            yield from _series(
                "article", _articles(document, book), document.id, _label(book)
            )
    else:
        yield from _series("article", whole, document.id)
    yield from _divisions(document, document)
    yield from _lists(document)


def _series(
    level: str,
    numbers: Sequence[tuple[Number, str, Span]],
    where: str,
    inside: str = "",
) -> Iterator[Series]:
    if numbers:
        yield Series(level, tuple(numbers), where, inside)


def _articles(
    document: Document, node: Document | Division
) -> list[tuple[Number, str, Span]]:
    return [
        (inner.number, anchor(document, inner.id), inner.label.span)
        for inner in walk.walk(node)
        if isinstance(inner, Article)
    ]


def _divisions(document: Document, node: Document | Division) -> Iterator[Series]:
    """Divisions are counted among their siblings: chapters begin again in each 编.

    Under 分编 they may begin again or go on; a number 1 tells.
    """
    children = [block for block in node.body if isinstance(block, Division)]
    for kind in dict.fromkeys(child.kind for child in children):
        own = [child for child in children if child.kind == kind]
        yield from _series(kind, _placed(document, own), document.id, _label(node))
    parts = [child for child in children if child.kind == "part"]
    for run in _restarting(parts):
        inner = [block for _, block in run]
        yield from _series(
            inner[0].kind, _placed(document, inner), document.id, _label(run[0][0])
        )
    for child in children:
        if child.kind != "part":
            yield from _divisions(document, child)
        else:
            for block in child.body:
                if isinstance(block, Division):
                    yield from _divisions(document, block)


def _restarting(parts: Sequence[Division]) -> list[list[tuple[Division, Division]]]:
    """The divisions under 分编, each with its 分编, cut before every number 1."""
    out: list[list[tuple[Division, Division]]] = []
    for part in parts:
        for block in part.body:
            if isinstance(block, Division):
                if not out or block.number[0] == 1:
                    out.append([])
                out[-1].append((part, block))
    return out


def _placed(
    document: Document, divisions: Iterable[Division]
) -> list[tuple[Number, str, Span]]:
    return [(d.number, anchor(document, d.id), d.label.span) for d in divisions]


def _label(node: Document | Division) -> str:
    return "" if isinstance(node, Document) else SPACE.sub("", node.label.text)


def _lists(document: Document) -> Iterator[Series]:
    """Lists begin again at 1, and may go on after a paragraph that stands between."""
    last: Number = (0, 0)
    for node in walk.walk(document):
        match node:
            case Article():
                last = (0, 0)
            case Paragraph(items=items) | Prose(items=items) if items:
                where = anchor(document, node.id)
                begun = items[0].number[0] == last[0] + 1
                yield from _cut(_items(document, items), where, begun=begun)
                last = items[-1].number
            case Item(items=items) if items:
                yield from _cut(_items(document, items), anchor(document, node.id))
            case _:
                pass


def _items(document: Document, items: Iterable[Item]) -> list[tuple[Number, str, Span]]:
    return [(i.number, anchor(document, i.id), i.label.span) for i in items]


def _cut(
    numbers: Sequence[tuple[Number, str, Span]], where: str, *, begun: bool = False
) -> Iterator[Series]:
    """Lists from a row of items: number 1 begins one; ``begun``: the first goes on."""
    starts = [i for i, (number, _, _) in enumerate(numbers) if not i or number[0] == 1]
    for start, end in zip(starts, [*starts[1:], len(numbers)], strict=True):
        goes_on = begun and start == 0
        yield Series("item", tuple(numbers[start:end]), where, begun=goes_on)


def name_number(level: str, number: Number) -> str:
    """As it is printed: 第一百二十条之一."""
    suffix = f"之{_chinese(number[1])}" if number[1] else ""
    return f"第{_chinese(number[0])}{LEVELS[level][0]}{suffix}"


def _chinese(number: int) -> str:
    return to_chinese(number) if 1 <= number <= 9999 else str(number)


def name_range(level: str, missed: Range) -> str:
    """As in 第二十六条至第三十四条, or 第六章 alone."""
    first, last = (name_number(level, (n, 0)) for n in missed)
    joint = "、" if missed[1] == missed[0] + 1 else "至"
    return first if missed[0] == missed[1] else f"{first}{joint}{last}"


def english_range(level: str, missed: Range) -> str:
    """As in articles 26–34, or chapter 6 alone."""
    word = LEVELS[level][1]
    one = missed[0] == missed[1]
    return f"{word} {missed[0]}" if one else f"{word}s {missed[0]}–{missed[1]}"


_SKIPPED = Words("缺{listed_zh}", "missing: {listed_en}")
_ORDER = Words("{other}排在{one}之后", "{level} {then} comes after {level} {first}")
_FIRST = Words(
    "{inside}从{first}开始，前面的不在来源里",
    "the first is {level} {number}; those before it are not in the source",
)
