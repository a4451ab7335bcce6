"""Headings that have lost their number, or their line.

Crawlers and recognition drop 第二章 and keep its title, which then stands as a bare
line after the last article of the chapter before; or they drop the line end before it,
and the heading is glued to a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from publisher.check.places import Place, nodes, place
from publisher.check.series import LEVELS, Series, name_number
from publisher.diagnostics import Diagnostic, Rule, Severity, Words
from publisher.numerals import NUMERAL
from publisher.patterns import pattern
from publisher.source import Span
from publisher.tree.nodes import (
    Article,
    Collection,
    Division,
    Document,
    Heading,
    Item,
    Paragraph,
    Prose,
)

LOST_HEADING_NUMBER = Rule(
    "C105",
    "lost-heading-number",
    Severity.WARNING,
    Words(
        "一条的末尾单有一行短语，没有标点，后面又是新的一条：像是一章或一节的标题，"
        "“第几章”没有收进来。不会代补，排出来是普通段落。",
        "A bare line without any mark ends an article, and another article follows: it "
        "looks like a heading whose number was lost. No number is made up; it is "
        "printed as a paragraph.",
    ),
    "# 某条例\n\n## 第一章 总则\n\n第一条 甲部门负责。\n\n急救网络建设\n\n"
    "第二条 乙部门负责。\n\n## 第三章 附则\n\n第三条 丙部门负责。\n",
    Words(
        "对照原文补上序号，让它单独成为标题。",
        "Compare the original and give the line its number back.",
    ),
)
GLUED_HEADING = Rule(
    "C106",
    "glued-heading",
    Severity.ERROR,
    Words(
        "一段的句号后面紧接着“第几章”和短标题，标题粘在了上一段末尾，"
        "这一章因此没有读成一章。",
        "A heading stands behind the stop of a paragraph: its line end was lost, so it "
        "was not read as a heading.",
    ),
    "# 某条例\n\n## 第一章 总则\n\n第一条 有关部门应当建立反馈制度。第二章 管理\n\n"
    "第二条 乙部门负责。\n",
    Words(
        "在来源里让标题另起一行，再读一次。",
        "Give the heading a line of its own in the source, and read it again.",
    ),
)
HAN = r"[㐀-䶿一-鿿\U00020000-\U0003ffff]"
BARE = pattern(rf"(?!.{{25}}){HAN}{{2,20}}(?:、{HAN}{{2,8}}){{0,4}}")
"""A line without a stop: 急救网络建设, 选举、辞职、罢免和补选."""
SPACE = pattern(r"\s+")
GLUED = pattern(
    rf"(?<=[。；！？”）])\s*(第\s*{NUMERAL}{{1,6}}\s*(?:分?[编編]|[章节節]))"
    r"\s*[^，。；：！？,;:?!的规規]{2,30}$"
)
"""…反馈制度。第二章市容和环境卫生责任, at the end of a paragraph."""


WHOLLY = pattern("附[则則]")
"""What has no number of its own where it stands beside 编, as in the codes."""
Held: TypeAlias = Division | Article | Heading | Prose


@dataclass(frozen=True, slots=True)
class Bare:
    """A line that may be a heading, and the number it would have."""

    place: Place
    text: str
    label: str
    span: Span


def bare_headings(document: Document) -> Iterator[Bare]:
    """Bare lines between the articles of a document that has numbered headings.

    A line counts where a number is wanting for it: free, and in order.
    """
    above: Division | None = None
    since = 0
    held = list(_held(document))
    following = _following(held)
    books = any(isinstance(node, Division) and node.kind == "book" for node in held)
    for at, (node, after) in enumerate(pairwise(held)):
        if isinstance(node, Division):
            above, since = node, 0
        found = _last(node)
        if above is None or found is None or not isinstance(after, Article):
            continue
        stands = place(document, found.id, found.run)
        text = SPACE.sub("", stands.text)
        if BARE.fullmatch(text) and not (books and WHOLLY.fullmatch(text)):
            label = _label(above, since + 1, following[at])
            if label:
                since += 1
                yield Bare(stands, text, label, stands.stretch(0, len(stands.text)))


Coming: TypeAlias = dict[str, Division]
"""The next numbered heading of each kind, the nearest of all last."""


def _following(held: Sequence[Held]) -> list[Coming]:
    """For each node the numbered headings that come behind it."""
    out: list[Coming] = []
    coming: dict[str, Division] = {}
    for node in reversed(held):
        out.append(coming)
        if isinstance(node, Division):
            coming = {k: d for k, d in coming.items() if k != node.kind}
            coming[node.kind] = node
    return out[::-1]


def _label(above: Division, since: int, coming: Coming) -> str:
    """The number that is missing, or nothing where none is.

    It is 第一节 before a 第二节 that has none before it. A heading of the same kind
    that comes next has a higher one, or begins again.
    """
    nearest = next(reversed(coming.values()), None)
    if nearest and nearest.number == (2, 0) and _deeper(nearest, above):
        return name_number(nearest.kind, (1, 0))
    wanting = above.number[0] + since, 0
    alike = coming.get(above.kind)
    taken = alike and above.number < alike.number <= wanting
    return "" if taken else name_number(above.kind, wanting)


def _deeper(one: Division, other: Division) -> bool:
    order = tuple(LEVELS)
    return order.index(one.kind) > order.index(other.kind)


def _last(node: Held) -> Paragraph | Heading | Prose | None:
    """The line right before what follows a node, if it may be a heading."""
    match node:
        case Article(body=(_, *_, Paragraph(items=()) as last)):
            return last
        case Heading() | Prose(items=()):
            return node
        case _:
            return None


def _held(document: Document) -> Iterator[Held]:
    """The provisions and headings of a document itself, in reading order."""
    pending = list(reversed(document.body))
    while pending:
        block = pending.pop()
        match block:
            case Division():
                yield block
                pending += reversed(block.body)
            case Article() | Heading() | Prose():
                yield block
            case _:
                pass


def within(document: Document, series: Series) -> tuple[str, ...]:
    """The bare lines that stand where a series of headings has a gap."""
    if series.level not in {"chapter", "section", "part", "book"}:
        return ()
    gaps = [
        (begin, end)
        for (one, _, begin), (other, _, end) in series.steps()
        if other[0] > one[0] + 1
    ]
    return tuple(
        bare.text
        for bare in bare_headings(document)
        if any(begin <= bare.span <= end for begin, end in gaps)
    )


def numberless(collection: Collection) -> Iterator[Diagnostic]:
    """A finding for each bare line that may be a heading."""
    for document in collection.documents:
        for bare in bare_headings(document):
            yield Diagnostic(
                LOST_HEADING_NUMBER,
                _LOST.fill(text=bare.text, label=bare.label),
                bare.span,
                bare.place.where,
                _LOST_HINT.fill(text=bare.text, label=bare.label),
            )


def glued(collection: Collection) -> Iterator[Diagnostic]:
    """A finding for each heading at the end of a paragraph."""
    for document in collection.documents:
        for node in nodes(document):
            match node:
                case Paragraph() | Item():
                    stands = place(document, node.id, node.run)
                case _:
                    continue
            if "第" in stands.text and (found := GLUED.search(stands.text)):
                yield _glued(stands, found)


def _glued(stands: Place, found: re.Match[str]) -> Diagnostic:
    heading = found[0].strip()
    start = found.start(1)
    before = stands.text[max(start - 8, 0) : start].rstrip()
    return Diagnostic(
        GLUED_HEADING,
        _GLUED.fill(heading=heading, before=before),
        stands.stretch(start, found.end()),
        stands.where,
        _GLUED_HINT.fill(heading=heading, before=before),
    )


_LOST = Words(
    "“{text}”像是标题，没有序号", "“{text}” looks like a heading without its number"
)
_LOST_HINT = Words(
    "若是标题，按前后的编号应为“{label} {text}”；对照原文补上。",
    "If it is one, it would be “{label} {text}”; compare the original.",
)
_GLUED = Words(
    "“{heading}”粘在上一段末尾：…{before}",
    "the heading “{heading}” is glued to the paragraph before: …{before}",
)
_GLUED_HINT = Words(
    "在“{before}”之后换行，使“{heading}”单独成行。",
    "Begin a new line behind “{before}”, so that “{heading}” stands alone.",
)
