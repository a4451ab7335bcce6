"""Words that stand twice where they should stand once, and 等 that stands twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from publisher.diagnostics import Rule, Severity, Words
from publisher.patterns import pattern
from publisher.repair.passages import HAN, Passage, Reading
from publisher.tree.nodes import Repair

DOUBLED_WORD = Rule(
    "P202",
    "doubled-word",
    Severity.WARNING,
    Words(
        "一个词紧接着又出现一次，多半是识别或排字时重出。"
        "“讨论讨论”一类的重叠、两个词恰好相接的，不在此列。",
        "A word stands twice in a row, as recognition and typing leave it. Verbs that "
        "are doubled on purpose and words that merely meet are not reported.",
    ),
    "第一条 加强对马克思主义的学习,坚持马克思主义的指导。\n\n"
    "第二条 增强对马克思主义主义、共产主义的信仰。\n",
    Words(
        "对照原件；确认后在 decisions.toml 中接受。",
        "Compare the original; accept it in decisions.toml when it is so.",
    ),
)
DOUBLE_ETC = Rule(
    "P203",
    "double-etc",
    Severity.WARNING,
    Words(
        "一串列举里先后有两个“等”，后一个列举又只有一项，疑有脱误。",
        "One enumeration says 等 twice, and the second has a single member: something "
        "may be lost or misread.",
    ),
    "第一条 用好博物馆、纪念馆、烈士陵园等设施,革命旧址等红色资源。\n",
    Words(
        "对照原件；要改的，在 decisions.toml 中写明改法。",
        "Compare the original; write the right words in decisions.toml.",
    ),
)
DOUBLED = pattern(rf"(?=([{HAN}]{{2,6}})\1)")
DOUBLED_DE = pattern(rf"(?=([{HAN}]{{2,6}})的\1[{HAN}])")
ETC = pattern(
    rf"、[{HAN}]{{2,8}}等(?!进行|予以|加以)[{HAN}]{{2,6}}[，,](?P<second>[{HAN}]{{2,6}}等[{HAN}]{{2,6}})"
    r"(?=[，,。；])"
)
ETC_TWICE = pattern("等.{2,6}[，,].{2,6}等")
"""What `ETC` cannot do without, and what is quickly seen not to be there."""
VERBS = pattern(
    "讨论|研究|商量|考虑|学习|了解|打听|休息|收拾|整理|检查|体会|锻炼|交流|活动|琢磨|"
    "比较|介绍|参观|照顾|尝试|打扫|反省|教训|宣传|帮助|准备|观察|调查|分析"
)
"""Verbs commonly said twice (ABAB), meaning to do it a little: 讨论讨论."""
HAN_CHAR = pattern(rf"[{HAN}]")
HAN_PAIR = pattern(rf"[{HAN}]{{2}}")


def doubled(reading: Reading) -> Iterator[Repair]:
    """Propose the single word where a word stands twice, or a parallel of the place."""
    for passage in reading.passages:
        reached = 0
        for match in DOUBLED.finditer(passage.text):
            if match.start() >= reached:
                found = _double(reading, passage, match)
                reached = match.start() + 2 * len(match[1]) if found else reached
                yield from found
        for match in DOUBLED_DE.finditer(passage.text):
            yield from _double_de(reading, passage, match)


def _double(
    reading: Reading, passage: Passage, match: re.Match[str]
) -> tuple[Repair, ...]:
    word, text = match[1], passage.text
    start, end = match.start(), match.start() + 2 * len(match[1])
    meeting = word[-1] + word[0]
    if not _word(word) or reading.count(meeting) > text[start:end].count(meeting):
        return ()  # 使用信用信息: 信用 is a word of this text, 用信用信 is not
    left = text[max(start - 2, 0) : start]
    after = text[end : end + 1]
    if other := _sibling(reading.words, left, word):
        found = left + other + word
        return _proposed(reading, passage, (start - 2, end), found, found)
    if HAN_CHAR.match(after) and reading.count(word + after) > 1:
        return ()  # 保管保管物: 保管物 is a word of this text
    if HAN_PAIR.fullmatch(left) and reading.count(left + word) > 1:
        begin = _stem(reading, text, start, word)
        found = text[begin : start + len(word)]
        return _proposed(reading, passage, (begin, end), found, found)
    if not HAN_CHAR.match(after):
        return _proposed(reading, passage, (start, end), word, "")
    return ()


def _stem(reading: Reading, text: str, start: int, word: str) -> int:
    """Where the whole expression begins that stands elsewhere: 马克思 + 主义."""
    begin = start - 2
    count = reading.count(text[begin:start] + word)
    while begin > max(start - 6, 0) and HAN_CHAR.match(text, begin - 1):
        if reading.count(text[begin - 1 : start] + word) < count:
            break
        begin -= 1
    return begin


def _word(word: str) -> bool:
    """Whether a stretch may be a word that was doubled by mistake."""
    counted = word[0] in "一几" or (len(word) == 2 and word[1] == "一")  # 一人一票
    return len(set(word)) > 1 and not counted and not VERBS.fullmatch(word)


def _sibling(words: str, left: str, word: str) -> str:
    """A word that stands before this one elsewhere, where here it stands twice."""
    if not HAN_PAIR.fullmatch(left):
        return ""
    size = len(word)
    form = rf"{re.escape(left)}([{HAN}]{{{size}}}){re.escape(word)}"
    for match in re.finditer(form, words):
        if match[1] != word and set(match[1]) & set(word):
            return match[1]
    return ""


def _double_de(
    reading: Reading, passage: Passage, match: re.Match[str]
) -> Iterator[Repair]:
    """Propose 风险的 for 风险的风险, where what follows goes with 的, not with 风险."""
    word, text = match[1], passage.text
    start = match.start()
    end = start + 2 * len(word) + 1
    alone = reading.count(text[end - 1 : end + 1]) == 1
    if alone and reading.count("的" + text[end : end + 2]) > 0 and _word(word):
        yield from _proposed(reading, passage, (start, end), word + "的", "")


def _proposed(
    reading: Reading,
    passage: Passage,
    place: tuple[int, int],
    after: str,
    example: str,
) -> tuple[Repair, ...]:
    start, end = place
    spans = passage.stretches(start, end)
    if len(spans) != 1:
        return ()
    basis = Words("词语重出", "a word stands twice")
    if example:
        basis = Words(
            f"词语重出；他处作“{example}”", f"a word twice; elsewhere {example}"
        )
    return (
        Repair(
            rule=DOUBLED_WORD.name,
            status="suggested",
            before=reading.within(spans[0]),
            after=after,
            basis=basis,
            confidence=0.9 if example else 0.7,
            where=passage.where,
            span=spans[0],
        ),
    )


def double_etc(reading: Reading) -> Iterator[Repair]:
    """A doubt, without proposal, where an enumeration says 等 twice."""
    for passage in reading.passages:
        if not ETC_TWICE.search(passage.text):
            continue
        for match in ETC.finditer(passage.text):
            spans = passage.stretches(match.start() + 1, match.end())
            if len(spans) == 1:
                yield Repair(
                    rule=DOUBLE_ETC.name,
                    status="suggested",
                    before=reading.within(spans[0]),
                    after="",
                    basis=Words(
                        f"一串列举两用“等”：{match['second']}",
                        "等 twice in one enumeration",
                    ),
                    confidence=0.5,
                    where=passage.where,
                    span=spans[0],
                )
