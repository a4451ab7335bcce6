"""Lists that begin again, and lines that only look like a point of a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from publisher.check.places import nodes, place
from publisher.diagnostics import Diagnostic, Rule, Severity, Words
from publisher.patterns import pattern
from publisher.tree.ids import anchor
from publisher.tree.nodes import (
    Article,
    Collection,
    Document,
    Item,
    Node,
    Paragraph,
    Prose,
)

RESTARTED_LIST = Rule(
    "C109",
    "restarted-list",
    Severity.WARNING,
    Words(
        "同一列项的序号中途又从（一）起，中间没有引出新列项的话，"
        "可能漏了一款，或两条混在一起。",
        "A list begins again at 1 with no words that introduce a new one: a paragraph "
        "may be lost, or two articles mixed.",
    ),
    "第一条 任务是：\n\n（一）甲；\n\n（二）乙。\n\n（一）丙；\n\n（二）丁。\n",
    Words("对照原件核对序号。", "Compare the numbers with the original."),
)
SUSPECT_ITEM = Rule(
    "C110",
    "suspect-item",
    Severity.NOTE,
    Words(
        "一段以序号开头，却没有读成列项：前后没有与它相连的序号。"
        "可能本来不是序号（如“一、二级客运站”），也可能缺了别的项。",
        "A paragraph begins like a point of a list but was read as plain text, since "
        "no other point goes with it. It may be none, or the others are lost.",
    ),
    "第一条 道路客运站实行分级管理。\n\n一、二级客运站由市级主管部门核定。\n",
    Words("看一眼是否确实不是列项。", "See whether it really is none."),
)
MARKER = pattern(
    r"\s*([（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、"
    r"|[1-9]\d?[.．、](?!\d))"
)
DIGITS = pattern(r"[一二三四五六七八九十百零〇\d①-⑳\s]+")


def restarted(collection: Collection) -> Iterator[Diagnostic]:
    """A finding for each point 1 that follows another point of the same form."""
    for document in collection.documents:
        for node in nodes(document):
            for one, other in pairwise(_items(node)):
                if other.number <= one.number and _form(one) == _form(other):
                    yield Diagnostic(
                        RESTARTED_LIST,
                        _AGAIN.fill(one=one.label.text, other=other.label.text),
                        other.label.span,
                        anchor(document, other.id),
                        RESTARTED_LIST.cure,
                    )


def _items(node: Node) -> Sequence[Item]:
    match node:
        case Paragraph() | Prose() | Item():
            return node.items
        case _:
            return ()


def _form(item: Item) -> str:
    """What a marker looks like without its number: （） or 、."""
    return DIGITS.sub("", item.label.text).translate(WIDE)


WIDE = str.maketrans("().", "（）．")


def suspect(collection: Collection) -> Iterator[Diagnostic]:
    """A note for each paragraph of an article that begins with an idle marker."""
    for document in collection.documents:
        for node in nodes(document):
            if isinstance(node, Article):
                yield from _suspect(document, node)


def _suspect(document: Document, article: Article) -> Iterator[Diagnostic]:
    for paragraph in article.body:
        if paragraph.quoted:
            continue
        stands = place(document, paragraph.id, paragraph.run)
        if found := MARKER.match(stands.text):
            yield Diagnostic(
                SUSPECT_ITEM,
                _SUSPECT.fill(near=stands.text.strip()[:10]),
                stands.stretch(found.start(1), found.end()),
                stands.where,
                SUSPECT_ITEM.cure,
            )


_AGAIN = Words("{one}之后又是{other}", "{other} comes after {one}")
_SUSPECT = Words(
    "“{near}…”以序号开头，没有读成列项",
    "“{near}…” begins like a point but was read as a paragraph",
)
