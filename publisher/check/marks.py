"""Quotation marks and brackets: what is opened is closed, what is closed was opened."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.check.places import Place, places
from publisher.diagnostics import Diagnostic, Rule, Severity, Words
from publisher.patterns import pattern
from publisher.tree.nodes import Collection, Document

UNBALANCED_QUOTE = Rule(
    "C201",
    "unbalanced-quote",
    Severity.WARNING,
    Words(
        "引号有开无关，或有关无开，多半是漏认了一半。"
        "一段引文每段开头都用前引号、末段才用后引号的，不在此列。",
        "A quotation is opened and not closed, or closed and not opened. Quotations of "
        "several paragraphs, opened in each and closed in the last, are in order.",
    ),
    "第一条 增强“四个意识、坚定自信，制定本条例。\n\n第二条 本条例自公布之日起施行。\n",
    Words(
        "对照原件；要补的，在 decisions.toml 中写明。",
        "Compare the original; write the repair in decisions.toml.",
    ),
)
UNBALANCED_BRACKET = Rule(
    "C202",
    "unbalanced-bracket",
    Severity.WARNING,
    Words(
        "括号或书名号不成对，多半是漏认了一半。",
        "A bracket or title mark has no partner: half of it was probably lost.",
    ),
    "第一条 各级党委（党组承担主体责任，制定本条例。\n\n"
    "第二条 本条例自公布之日起施行。\n",
    Words(
        "对照原件；要补的，在 decisions.toml 中写明。",
        "Compare the original; write the repair in decisions.toml.",
    ),
)
CLOSING = {"”": "“", "’": "‘", "」": "「", "』": "『"}
OPENING = frozenset(CLOSING.values())
QUOTE = pattern(r"[“”‘「」『』]|(?<![A-Za-z])’|’(?![A-Za-z])")
"""Quotation marks, but not the apostrophe of a Latin word."""
PARTNER = {"）": "（", "》": "《", "〉": "〈", "】": "【", "〕": "〔", "]": "["}
BRACKET = pattern(r"[()（）《》〈〉【】〔〕\[\]]")
ENUMERATOR = pattern(r"(?:^|[\s。；;：:，,、])[A-Za-z0-9一二三四五六七八九十]{1,3}$")
"""What stands before a closing bracket that has no partner by nature: a), 1), 三)."""
DEEP = 16
"""How many quotations may stand inside each other."""
WIDE = str.maketrans("()", "（）")


def quotes(collection: Collection) -> Iterator[Diagnostic]:
    """A finding for each quotation mark without its partner."""
    for document in collection.documents:
        yield from _quotes(document)


def _quotes(document: Document) -> Iterator[Diagnostic]:
    pending: list[tuple[Place, int]] = []
    """Opened in an earlier paragraph, and the same mark has not been seen again."""
    for place in places(document):
        opened: list[tuple[Place, int]] = []
        for match in QUOTE.finditer(place.text):
            mark, at = match[0], match.start()
            if mark in OPENING:
                if pending and _mark(pending[-1]) == mark:
                    if at > 0:  # else the quotation goes on in a new paragraph
                        yield from (_quote(*one) for one in pending)
                    pending = []
                opened.append((place, at))
                continue
            within = opened if _has(opened, CLOSING[mark]) else pending
            if not _has(within, CLOSING[mark]):
                yield _quote(place, at)
                continue
            while _mark(last := within.pop()) != CLOSING[mark]:
                yield _quote(*last)
        pending += opened
    if not document.tail_missing:
        yield from (_quote(*one) for one in pending)


def _has(opened: list[tuple[Place, int]], mark: str) -> bool:
    return any(_mark(one) == mark for one in opened[-DEEP:])


def _mark(opened: tuple[Place, int]) -> str:
    place, at = opened
    return place.text[at]


def _quote(place: Place, at: int) -> Diagnostic:
    message = _UNBALANCED.fill(mark=place.text[at], near=place.near(at))
    return Diagnostic(
        UNBALANCED_QUOTE, message, place.span(at), place.where, UNBALANCED_QUOTE.cure
    )


def brackets(collection: Collection) -> Iterator[Diagnostic]:
    """A finding for each bracket without its partner in the same paragraph."""
    for document in collection.documents:
        for place in places(document):
            yield from (_bracket(place, at) for at in _lone(place.text))


def _lone(text: str) -> list[int]:
    opened: list[int] = []
    lone: list[int] = []
    wide = text.translate(WIDE)
    for match in BRACKET.finditer(wide):
        mark, at = match[0], match.start()
        if mark not in PARTNER:
            opened.append(at)
        elif opened and wide[opened[-1]] == PARTNER[mark]:
            opened.pop()
        elif not (mark == "）" and ENUMERATOR.search(text[max(at - 4, 0) : at])):
            lone.append(at)
    return sorted(lone + opened)


def _bracket(place: Place, at: int) -> Diagnostic:
    message = _UNBALANCED.fill(mark=place.text[at], near=place.near(at))
    return Diagnostic(
        UNBALANCED_BRACKET,
        message,
        place.span(at),
        place.where,
        UNBALANCED_BRACKET.cure,
    )


_UNBALANCED = Words("“{near}”里的 {mark} 没有配对", "{mark} in “{near}” has no partner")
