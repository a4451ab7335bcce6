"""Passages that another document repeats word for word, but for one character.

Texts on one page quote each other: a Q&A takes whole sentences from its regulation. An
inserted or a missing word is mostly the author's doing, so only a character that stands
in place of another is doubted.
"""

from __future__ import annotations

from collections.abc import Iterator

from publisher.diagnostics import Rule, Severity, Words
from publisher.patterns import pattern
from publisher.repair.passages import HAN, Passage, Reading
from publisher.tree.nodes import Repair

PARALLEL_PASSAGE = Rule(
    "P205",
    "parallel-passage",
    Severity.WARNING,
    Words(
        "同一来源里另一篇有同样的话，只差一个字，两处必有一处可疑。"
        "哪一处的字在别处更常见，就疑另一处误认。",
        "Another document says the same but for one character, so one of the two is "
        "doubtful: the one whose wording stands nowhere else.",
    ),
    "# 学校安全条例\n\n第一条 学校应当涵养师生高尚道德品质和行为习惯,制定本条例。\n\n"
    "第二条 本条例自公布之日起施行,高尚的品质应当受到表彰。\n\n"
    "近日,《学校安全条例》公布,负责人就有关问题回答了记者提问。\n\n"
    "问:请介绍一下主要内容。\n\n"
    "答:条例规定学校应当涵养师生高沿道德品质和行为习惯,并制定条例。\n",
    Words(
        "对照原件；确认后在 decisions.toml 中接受。",
        "Compare the original; accept it in decisions.toml when it is so.",
    ),
)
REACH = 6
"""How many Han characters must be the same on each side of the one that differs."""
MEANT = frozenset(
    "本该其此我你他她这那一二三四五六七八九十百千零两前后上下左右年月日将应须"
)
"""Characters that quoting changes on purpose: 本条例 becomes 该条例."""
SAME = pattern(rf"[{HAN}]{{{REACH}}}")


def parallels(reading: Reading) -> Iterator[Repair]:
    """Propose the other document's character where one of two seems misread."""
    documents = reading.collection.documents
    listed = [p for p in reading.passages if not p.label and len(p.text) > 2 * REACH]
    before: dict[str, tuple[Passage, int]] = {}
    for document in documents if len(documents) > 1 else ():
        own = [passage for passage in listed if passage.document == document.id]
        for passage in own:
            yield from _differing(reading, passage, before)
        for passage in own:
            text = passage.text
            for at in range(REACH, len(text) - REACH):
                before.setdefault(text[at - REACH : at], (passage, at))


def _differing(
    reading: Reading, passage: Passage, before: dict[str, tuple[Passage, int]]
) -> Iterator[Repair]:
    text = passage.text
    for at in range(REACH, len(text) - REACH):
        found = before.get(text[at - REACH : at])
        if found is None:
            continue
        other, there = found
        one, two = text[at], other.text[there]
        after = text[at + 1 : at + 1 + REACH]
        if (
            one != two
            and after == other.text[there + 1 : there + 1 + REACH]
            and not {one, two} & MEANT
            and SAME.fullmatch(text, at - REACH, at)
            and SAME.fullmatch(after)
            and SAME.fullmatch(one * REACH)
            and SAME.fullmatch(two * REACH)
        ):
            yield from _doubt(reading, (passage, at), (other, there))


def _doubt(
    reading: Reading, one: tuple[Passage, int], two: tuple[Passage, int]
) -> Iterator[Repair]:
    """The reading that stands less often elsewhere is doubted; neither, if equal."""
    often, rarely = sorted(
        (one, two), key=lambda place: _support(reading, *place), reverse=True
    )
    passage, at = rarely
    span = passage.spot(at)
    if span is None or _support(reading, *often) == _support(reading, *rarely):
        return
    right = often[0].text[often[1] - REACH : often[1] + 1 + REACH]
    yield Repair(
        rule=PARALLEL_PASSAGE.name,
        status="suggested",
        before=reading.within(span),
        after=often[0].text[often[1]],
        basis=Words(f"{often[0].where} 作“{right}”", f"{often[0].where} has {right}"),
        confidence=0.6,
        where=passage.where,
        span=span,
    )


def _support(reading: Reading, passage: Passage, at: int) -> int:
    """How often a character stands with either of its neighbours in all the texts."""
    text = passage.text
    return reading.count(text[at - 1 : at + 1]) + reading.count(text[at : at + 2])
