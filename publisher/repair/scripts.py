"""Characters of the other script: traditional in a simplified text, or the reverse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from publisher.diagnostics import Rule, Severity, Words
from publisher.repair.characters import SIMPLIFIED, TRADITIONAL
from publisher.repair.passages import Passage, Reading
from publisher.tree.nodes import Repair

STRAY_TRADITIONAL = Rule(
    "P204",
    "stray-traditional",
    Severity.WARNING,
    Words(
        "简体文本里夹着繁体字，或繁体文本里夹着简体字，多半是识别错误。"
        "地名、人名里的字可能是形近字误认，只列出可能，不提改法。",
        "A character of the other script stands in the text, mostly misread. In names "
        "it may stand for a look-alike, so possibilities are listed, none proposed.",
    ),
    "第一条 鄆城县人民政府应当加强管理,制定规划。\n",
    Words(
        "对照原件或地名录；要改的，在 decisions.toml 中写明改法。",
        "Compare the original or a gazetteer; write the right one in decisions.toml.",
    ),
)
NAME_AFTER = frozenset("省市县區区州县縣镇鎮乡鄉村城山江河湖姓氏某")
"""What follows a character that is part of a place's or a person's name."""
MOST = 0.02
"""Above this share of one script in the other, the text is mixed, not misread."""


@cache
def simplify() -> Mapping[str, tuple[str, ...]]:
    """Traditional characters, each with its one simplified form."""
    pairs = zip(TRADITIONAL, SIMPLIFIED, strict=True)
    return {traditional: (simplified,) for traditional, simplified in pairs}


@cache
def complicate() -> Mapping[str, tuple[str, ...]]:
    """Simplified characters that no traditional text uses, with what they stand for."""
    out: dict[str, tuple[str, ...]] = {}
    for traditional, simplified in zip(TRADITIONAL, SIMPLIFIED, strict=True):
        try:
            simplified.encode("big5")
        except UnicodeEncodeError:
            out[simplified] = (*out.get(simplified, ()), traditional)
    return out


def strays(reading: Reading) -> Iterator[Repair]:
    """Report each character of the script that a document is not written in."""
    for document in reading.collection.documents:
        own = reading.of(document)
        text = "".join([passage.text for passage in own])
        there = set(text)
        if there.isdisjoint(simplify()) or there.isdisjoint(complicate()):
            continue  # one script, as nearly every document is
        counts = Counter(text)
        simple = sum(n for char, n in counts.items() if char in complicate())
        old = sum(n for char, n in counts.items() if char in simplify())
        few = MOST * (simple + old) + 3
        if 0 < old <= few and old < simple:
            yield from _strays(reading, own, simplify())
        elif 0 < simple <= few and simple < old:
            yield from _strays(reading, own, complicate())


def _strays(
    reading: Reading, own: Sequence[Passage], table: Mapping[str, tuple[str, ...]]
) -> Iterator[Repair]:
    for passage in own:
        for at, char in enumerate(passage.text):
            span = passage.spot(at) if char in table else None
            if span is None:
                continue
            forms = table[char]
            name = passage.text[at + 1 : at + 2] in NAME_AFTER
            sure = len(forms) == 1 and not name
            yield Repair(
                rule=STRAY_TRADITIONAL.name,
                status="suggested",
                before=reading.within(span),
                after=forms[0] if sure else "",
                basis=_basis(char, forms, sure=sure),
                confidence=0.9 if sure else 0.5,
                where=passage.where,
                span=span,
            )


def _basis(char: str, forms: tuple[str, ...], *, sure: bool) -> Words:
    listed, spoken = "、".join(forms), ", ".join(forms)
    old = char in simplify()
    script, own = ("繁体字", "traditional") if old else ("简体字", "simplified")
    if sure:
        return Words(
            f"“{char}”是{script}，通作“{listed}”", f"{char} is {own}, {spoken} here"
        )
    return Words(
        f"“{char}”是{script}，可能是“{listed}”，也可能是形近字误认",
        f"{char} may be {spoken}, or a look-alike misread",
    )
