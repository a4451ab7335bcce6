"""What converters leave in a text: pinyin behind characters, ?! for a title mark.

A tool that makes traditional text adds the readings of characters it is not sure of,
學(xué)習(xí); a wrong encoding turns 《 into two marks. Both are proposed only, since
a reading may be the author's own, behind a rare character of a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from publisher.diagnostics import Rule, Severity, Words
from publisher.patterns import pattern
from publisher.repair.passages import HAN, Passage, Reading
from publisher.tree.nodes import Repair

PINYIN_INSERTION = Rule(
    "P206",
    "pinyin-insertion",
    Severity.WARNING,
    Words(
        "汉字后面接连夹着括号注音，多是简繁转换软件加进去的，不是原文。",
        "Readings in brackets behind one character after another are the work of a "
        "converter, not of the author.",
    ),
    "第一條 為加強學(xué)習(xí)，訂定本條例。\n",
    Words(
        "对照原件；确认后在 decisions.toml 中接受。",
        "Compare the original; accept it in decisions.toml when it is so.",
    ),
)
LOST_TITLE_MARK = Rule(
    "P207",
    "lost-title-mark",
    Severity.WARNING,
    Words(
        "书名号少了一半，该有它的地方却是“?!”，多是编码转换时认错的。",
        "Half of a pair of title marks is missing, and ?! stands in its place: an "
        "encoding was taken for another.",
    ),
    "第一条 为了贯彻?!教育法》，制定本条例。\n",
    Words(
        "对照原件；确认后在 decisions.toml 中接受。",
        "Compare the original; accept it in decisions.toml when it is so.",
    ),
)
READING = pattern(
    rf"(?P<han>[{HAN}])[(（](?=[a-zü]{{0,5}}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ])"
    r"[a-züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]{1,6}[)）]"
)
ENOUGH = 3
"""So many readings in a document are no author's; two that meet are none either."""
NAME = r"[^《》?？!！，。；、]{1,40}"
OPENING = pattern(rf"[?？][!！](?={NAME}》)")
CLOSING = pattern(rf"(?<=《){NAME}(?P<mark>[?？][!！])(?!{NAME}》|》)")
TITLES = Words("书名号缺了一半", "half of the title marks is missing")
READINGS = Words("夹有注音", "readings stand in the text")


def unread(reading: Reading) -> Iterator[Repair]:
    """Propose the characters alone where readings stand behind them."""
    for document in reading.collection.documents:
        own = reading.of(document)
        found = [(p, m) for p in own for m in _readings(p)]
        many = sum(len(READING.findall(m[0])) for _, m in found) >= ENOUGH
        for passage, match in found:
            if many or len(READING.findall(match[0])) > 1:
                after = READING.sub(lambda one: one["han"], match[0])
                form = _form(PINYIN_INSERTION, after, READINGS)
                yield from _proposed(reading, passage, match.span(), form)


def _readings(passage: Passage) -> Iterator[re.Match[str]]:
    """Characters with readings that stand one behind the other."""
    if "(" in passage.text or "（" in passage.text:
        yield from STRETCHES.finditer(passage.text)


STRETCHES = pattern(f"(?:{READING.pattern.replace('?P<han>', '?:')})+")


def untitled(reading: Reading) -> Iterator[Repair]:
    """Propose 《 or 》 where the other half stands alone and ?! in its place."""
    for passage in reading.passages:
        text = passage.text
        if "!" not in text and "！" not in text:
            continue
        for match in OPENING.finditer(text):
            if text.rfind("《", 0, match.start()) <= text.rfind("》", 0, match.start()):
                form = _form(LOST_TITLE_MARK, "《", TITLES)
                yield from _proposed(reading, passage, match.span(), form)
        for match in CLOSING.finditer(text):
            form = _form(LOST_TITLE_MARK, "》", TITLES)
            yield from _proposed(reading, passage, match.span("mark"), form)


def _form(rule: Rule, after: str, basis: Words) -> Repair:
    """A proposal that has no place yet."""
    return Repair(
        rule=rule.name,
        status="suggested",
        before="",
        after=after,
        basis=basis,
        confidence=0.8,
        where="",
    )


def _proposed(
    reading: Reading, passage: Passage, place: tuple[int, int], form: Repair
) -> Iterator[Repair]:
    spans = passage.stretches(*place)
    if len(spans) == 1:
        before = reading.within(spans[0])
        yield replace(form, before=before, where=passage.where, span=spans[0])
