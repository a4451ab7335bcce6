"""What joining and splitting did, on record; and seams that do not read well."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from publisher.diagnostics import Rule, Severity, Words
from publisher.patterns import pattern
from publisher.repair.layout import carried, spaced
from publisher.repair.passages import HAN, Passage, Reading
from publisher.source import Span
from publisher.tree.nodes import Join, Repair

JOIN = Rule(
    "P103",
    "join",
    Severity.NOTE,
    Words(
        "一段文字在栏末或页末断开，后半段另起一行。"
        "接续只移动段落的边界，不增减一个字。",
        "A paragraph was broken at the end of a column and goes on elsewhere. Joining "
        "moves paragraph ends only; no character is added or lost.",
    ),
    "第一条 为了规范学校管理工作,保护学生和教师的合法权\n\n"
    "益,制定本条例。\n\n第二条 本条例适用于各级各类学校。\n",
    Words("核对接缝两边的文字是否连贯。", "See that both sides of the seam read on."),
)
SPLIT = Rule(
    "P104",
    "split",
    Severity.NOTE,
    Words(
        "几项条文或一问一答连排在一行里，应各自成段。"
        "分段只移动段落的边界，不增减一个字。",
        "Several points, or a question and its answer, run on in one line. Splitting "
        "moves paragraph ends only; no character is added or lost.",
    ),
    "第一条 工作遵循以下原则:(一)坚持全面领导;(二)坚持围绕中心;(三)坚持统筹推进。\n",
    Words("核对分段是否得当。", "See that each part should stand alone."),
)
SEAM_MISREAD = Rule(
    "P201",
    "seam-misread",
    Severity.WARNING,
    Words(
        "断开处最容易认错字。接缝上的两个字在别处从不相连，"
        "而前一个字在别处总是接另一个字，疑有一字误认。",
        "Recognition errs most where a line breaks. The two characters at the seam "
        "stand together nowhere else, while the first always goes with another.",
    ),
    "第一条 各单位应当把学习计划纳入日常工作,把培训纳入考核,把检查纳入评估。\n\n"
    "第二条 基层组织应当把宣传教育纳\n\n"
    "同年度工作计划,每年至少组织一次,并纳入考核。\n",
    Words(
        "对照原件；确认后在 decisions.toml 中接受。",
        "Compare the original; accept it in decisions.toml when it is so.",
    ),
)
SHOWN = 4
"""How many characters are shown on each side of a seam."""
HAN_PAIR = pattern(rf"[{HAN}]{{2}}")
SPLIT_BASIS = Words("连排的条项、问答各自成段", "run-on parts made paragraphs")


def joined(reading: Reading) -> Iterator[Repair]:
    """A record for each join that is a judgement, with the words on both sides."""
    for join in reading.collection.joins:
        if carried(reading, join):
            continue
        left, right = sides(reading, join)
        left, right = left[-SHOWN:], right[:SHOWN]
        yield Repair(
            rule=JOIN.name,
            status="applied",
            before=f"{left}\n{right}",
            after=left + right,
            basis=join.basis,
            confidence=join.confidence,
            where=_where(reading, join.right),
            kind="join",
            span=replace(join.right, end=join.right.start),
        )


def sides(reading: Reading, join: Join) -> tuple[str, str]:
    """The words before and after a seam, as read."""
    return reading.within(join.left).rstrip(), reading.within(join.right).lstrip()


def divided(reading: Reading) -> Iterator[Repair]:
    """A record for each split: the paragraph end that is new, with its neighbours."""
    for at in reading.collection.splits:
        if spaced(reading, at):
            continue
        left = reading.within(Span(at.file, max(at.start - SHOWN, 0), at.start))
        right = reading.within(Span(at.file, at.start, at.start + SHOWN))
        yield Repair(
            rule=SPLIT.name,
            status="applied",
            before=left + right,
            after=f"{left}\n{right}",
            basis=SPLIT_BASIS,
            confidence=1.0,
            where=_where(reading, at),
            kind="split",
            span=at,
        )


def _where(reading: Reading, span: Span) -> str:
    passage = reading.passage_at(span.file, span.start)
    return passage.where if passage else ""


def misread(reading: Reading) -> Iterator[Repair]:
    """Propose another character for the first one after an implausible seam."""
    for join in reading.collection.joins:
        passage = reading.passage_at(join.right.file, join.right.start)
        at = _offset(passage, join.right) if passage else None
        if passage is not None and at and HAN_PAIR.match(passage.text, at - 1):
            yield from _doubt(reading, passage, at)


def _offset(passage: Passage, right: Span) -> int | None:
    """Where in a passage the first character after a seam stands."""
    for start, text in zip(passage.starts, passage.texts, strict=True):
        if right.start <= text.span.start < right.end == max(right.end, text.span.end):
            return start
    return None


def _doubt(reading: Reading, passage: Passage, at: int) -> Iterator[Repair]:
    words, text = reading.words, passage.text
    left, wrong, beyond = text[at - 1], text[at], text[at + 1 : at + 2]
    if reading.count(left + wrong) > 1 or reading.count(wrong + beyond) > 1:
        return
    follow = Counter(re.findall(rf"{re.escape(left)}([{HAN}])", words))
    usual, often = follow.most_common(1)[0]
    span = passage.spot(at)
    if usual == wrong or often < 3 or often < sum(follow.values()) - 1 or span is None:
        return
    parallel = _parallel(words, left + usual, text[at + 1 : at + 9])
    if parallel:
        yield Repair(
            rule=SEAM_MISREAD.name,
            status="suggested",
            before=wrong,
            after=usual,
            basis=Words(
                f"接缝处“{left}{wrong}”他处不见，“{left}{usual}”凡{often}见，"
                f"如“{parallel}”",
                f"{left}{wrong} stands only at this seam, {left}{usual} stands {often} "
                f"times, as in {parallel}",
            ),
            confidence=0.9,
            where=passage.where,
            span=span,
        )


def _parallel(words: str, pair: str, after: str) -> str:
    """Another place where the pair is soon followed by a word that follows here."""
    pairs = {after[i : i + 2] for i in range(len(after) - 1)}
    common = {p for p in pairs if HAN_PAIR.fullmatch(p)}
    for match in re.finditer(rf"{re.escape(pair)}[{HAN}]{{1,8}}", words):
        found = match[0]
        if any(found[i : i + 2] in common for i in range(2, len(found) - 1)):
            return found
    return ""
