"""What documents are called when people are told of them."""

from __future__ import annotations

from collections.abc import Mapping

from publisher.diagnostics import Words
from publisher.numerals import to_chinese
from publisher.tree.nodes import Document, DocumentKind

KINDS: Mapping[DocumentKind, Words] = {
    "regulation": Words("法规", "regulation"),
    "press_qa": Words("答记者问", "press_qa"),
    "news": Words("新闻", "news"),
    "decision": Words("决定", "decision"),
    "prose": Words("文章", "prose"),
}
"""Each kind; in English as the settings have it."""


def called(document: Document, title: str = "") -> Words:
    """法规《某条例》, 第二篇新闻; in English by its id, reg 《某条例》."""
    kind = KINDS[document.kind].zh
    if title:
        return Words(f"{kind}《{title}》", f"{document.id}《{title}》")
    number = document.id.rpartition("-")[2]
    nth = f"第{to_chinese(int(number))}篇" if number.isdecimal() else ""
    return Words(nth + kind, document.id)


def listed(names: list[Words]) -> Words:
    """Several, with the marks of each language."""
    return Words("、".join(n.zh for n in names), ", ".join(n.en for n in names))
