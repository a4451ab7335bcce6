"""Trees made by hand, for what a check must see whatever the reader makes of a text."""

from __future__ import annotations

from publisher.check import check
from publisher.diagnostics import Diagnostic
from publisher.tree.ids import identify
from publisher.tree.nodes import (
    Article,
    Block,
    Collection,
    Division,
    DivisionKind,
    Document,
    Item,
    Paragraph,
    Text,
)

WORDS = {"book": "编", "part": "分编", "chapter": "章", "section": "节"}


def article(number: int, *paragraphs: str) -> Article:
    words = paragraphs or ("甲部门负责。",)
    body = tuple(Paragraph(n, (Text(w),)) for n, w in enumerate(words, 1))
    return Article((number, 0), Text(f"第{number}条"), body)


def listed(number: int, *items: Item) -> Article:
    body = (Paragraph(1, (Text("任务是："),), items),)
    return Article((number, 0), Text(f"第{number}条"), body)


def item(number: int, *items: Item, words: str = "甲；") -> Item:
    return Item((number, 0), Text(f"（{number}）"), (Text(words),), items=items)


def division(kind: DivisionKind, number: int, *body: Block) -> Division:
    label = Text(f"第{number}{WORDS[kind]}")
    return Division(kind, (number, 0), label, (Text("甲"),), body)


def findings(*body: Block, tail_missing: bool = False) -> list[Diagnostic]:
    made = Document("regulation", (), body, tail_missing=tail_missing, id="reg")
    found: list[Diagnostic] = []
    check(Collection((identify(made),)), found.append)
    return found
