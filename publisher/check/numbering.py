"""Printed numbers: none skipped, none out of order, the first one is 1."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.check.lost import within
from publisher.check.series import (
    LEVELS,
    Series,
    english_gap,
    missing,
    name_gap,
    name_number,
    serieses,
    skipped_over,
)
from publisher.check.sunk import sunk
from publisher.diagnostics import Diagnostic, Rule, Severity, Words
from publisher.source import Span
from publisher.tree.ids import form
from publisher.tree.nodes import Collection

FIRST = (1, 0)
"""第一条; 第一条之一 is not the first."""

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


def skipped(collection: Collection) -> Iterator[Diagnostic]:
    """One finding for each document and level, with every gap; one for each list."""
    for _, group in _by_owner(collection):
        gaps = [
            (one, gap) for one in group for gap in missing(n for n, _, _ in one.numbers)
        ]
        if not gaps:
            continue
        first, level = gaps[0][0], gaps[0][0].level
        listed = Words(
            "、".join(s.inside + name_gap(level, gap) for s, gap in gaps),
            ", ".join(english_gap(level, gap) for _, gap in gaps),
        )
        yield Diagnostic(
            SKIPPED_NUMBER,
            _SKIPPED.fill(listed_zh=listed.zh, listed_en=listed.en),
            _after_gap(first),
            first.where,
            _hint(collection, first),
            first.severity,
        )


def _hint(collection: Collection, series: Series) -> Words:
    """What to do; and which line may be the heading that is missed."""
    cure = SKIPPED_NUMBER.cure
    documents = [d for d in collection.documents if d.id == series.where]
    inside = [
        one.place.text[one.start : one.end + 8]
        for document in documents
        for one in (sunk(document) if series.level == "article" else ())
    ]
    if inside:
        listed = "”“".join(inside)
        return Words(
            f"{cure.zh}可能连在上一段里、缺了换行：“{listed}”。",
            f"{cure.en} Perhaps it stands inside the paragraph before, and a line "
            f"break is lost: “{listed}”.",
        )
    if not (lines := [line for d in documents for line in within(d, series)]):
        return cure
    listed = "”“".join(lines)
    return Words(
        f"{cure.zh}可能是失了编号的标题：“{listed}”。",
        f"{cure.en} Perhaps a heading that has lost its number: “{listed}”.",
    )


def _by_owner(collection: Collection) -> Iterator[tuple[str, list[Series]]]:
    for document in collection.documents:
        groups: dict[tuple[str, str], list[Series]] = {}
        for series in serieses(document):
            groups.setdefault((series.where, series.level), []).append(series)
        yield from ((where, group) for (where, _), group in groups.items())


def _after_gap(series: Series) -> Span:
    """Where the first number stands that comes too early."""
    for (one, _, _), (other, _, span) in series.steps():
        if any(skipped_over(one, other)):
            return span
    return series.numbers[0][2]


def misordered(collection: Collection) -> Iterator[Diagnostic]:
    """A finding for each number that is lower than the one before.

    One that is the same is told of by reading, but for points, which may begin again.
    """
    for _, group in _by_owner(collection):
        for series in group:
            for (one, _, _), (other, where, span) in series.steps():
                if other < one or (other == one and series.level == "point"):
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
    """A finding for each document and level whose numbers do not begin at 1.

    They may run on: 第二编 begins with 第三章 where 第一编 ends with 第二章.
    """
    for _, group in _by_owner(collection):
        following = FIRST
        for series in group:
            number, _, span = series.numbers[0]
            runs_on = number == following
            following = series.numbers[-1][0][0] + 1, 0
            if number > FIRST and not runs_on:
                message = _FIRST.fill(
                    inside=series.inside,
                    first=name_number(series.level, number),
                    level=LEVELS[series.level][1],
                    number=form(number),
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


_SKIPPED = Words("缺{listed_zh}", "missing: {listed_en}")
_ORDER = Words("{other}排在{one}之后", "{level} {then} comes after {level} {first}")
_FIRST = Words(
    "{inside}从{first}开始，前面的不在来源里",
    "the first is {level} {number}; those before it are not in the source",
)
