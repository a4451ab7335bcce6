"""Where a text cites provisions, by its words alone: 第三条第二款, 前款, 第五至七条.

A chain (第三条、第五条和第七条) is one citation; 前款, 本条 and 同条 begin a new one,
unless a range ends there (第八百零五條至前條). Time is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from publisher.numerals import NUMERAL
from publisher.patterns import pattern
from publisher.read.marks import counted
from publisher.tree.nodes import Number

Manner: TypeAlias = Literal["number", "back", "here", "same"]
Joint: TypeAlias = Literal["", "and", "to"]

S = r"[ \u3000]{0,2}"
DIGIT = NUMERAL.replace("两", "").replace("兩", "")
B = rf"{S}[（(]?{S}{DIGIT}{{1,9}}{S}[）)]?{S}"
NEXT = rf"(?:(?:、|[和或及與与至到])第?{B}|[（(]{S}{DIGIT}{{1,4}}{S}[）)])"
MORE = rf"{NEXT}{{0,15}}[各两兩]?"
"""第八至十条, 第（一）（二）项, 第三、第四兩款: numbers share the unit after them."""
TIAO = r"[条條](?![件例約约]|文(?![书書]))"
KUAN = r"(?:款(?!项)|项(?!目)|項(?!目))"
ZHI = rf"(?:{S}之{S}{DIGIT}{{1,4}})?"
ARTICLE = rf"第{B}(?:[-－]\d{{1,3}}{S})?{MORE}{TIAO}{ZHI}"
POINT = rf"第{B}{MORE}(?:{KUAN}|目(?![的标標录錄]))"
BEFORE = rf"前{S}{NUMERAL}{{0,3}}{S}(?:{TIAO}|{KUAN}|目(?![的标標录錄光]))"
# 第三条之一第二款第（一）项; 第四项
NUMBERED = rf"(?:{ARTICLE}|{POINT})(?:{POINT})*"
# 前款第二项; 本条第一款; 本条前两款; 同条第二款
RELATIVE = (
    rf"(?:(?:本(?:{TIAO}|{KUAN}))?{BEFORE}(?:{POINT})*"
    rf"|[本同]一?(?:{TIAO}|{KUAN})(?:{POINT})+)"
)
AND = r"(?:、|[，,]?(?:以及|或者|或|[和及与與暨並]))"
TO = r"[至到～~]"
CHAIN = pattern(rf"(?:{NUMBERED}|{RELATIVE})(?:(?:{AND}|{TO}){NUMBERED}|{TO}{BEFORE})*")
STEP = pattern(
    rf"(?P<joint>{AND}(?=[第（(\s{DIGIT[1:]}))|(?P<to>{TO})"
    rf"|(?P<manner>[前本同]){S}一?(?P<back>{NUMERAL}{{0,3}}){S}(?P<unit>[条條款项項目])"
    rf"|第?{S}[（(]?{S}(?P<n>{DIGIT}{{1,9}}){S}[）)]?{S}(?:[-－](?P<dash>\d{{1,3}}){S})?"
    rf"[各两兩]?(?P<of>[条條款项項目])?(?:{S}之{S}(?P<zhi>{DIGIT}{{1,4}}))?"
)
# …作为第七项, …改为第八条: a number that the provision is being given
GIVEN = pattern(r"(?:作为|作為|改为|改為|改作|变更为)$")
MANNERS: dict[str, Manner] = {"前": "back", "本": "here", "同": "same"}


@dataclass(frozen=True, slots=True)
class Step:
    """One 第三条, 前两款 or 本条 of a citation, with its place in it.

    ``number`` counts for 前两款 how many. ``joint`` says what stands between it and
    the step before: nothing when it goes on downwards, ``to`` when a range ends here.
    """

    start: int
    end: int
    manner: Manner
    unit: str
    number: Number
    joint: Joint


def citations(text: str) -> Iterator[tuple[int, int]]:
    """Where the citations of a text begin and end, without the name of a law."""
    for found in CHAIN.finditer(text):
        start, end = found.span()
        if not GIVEN.search(text[max(start - 4, 0) : start]):
            yield start, end


def steps(surface: str) -> tuple[Step, ...]:
    """A citation step by step; a number without a unit has that of the one after it."""
    out: list[Step] = []
    joint: Joint = ""
    for found in STEP.finditer(surface):
        if found["joint"] or found["to"]:
            joint = "to" if found["to"] else "and"
            continue
        if not joint and out and found[0][0] in "（(":
            joint = "and"
        out.append(_step(found, joint))
        joint = ""
    unit = ""
    for at in range(len(out) - 1, -1, -1):
        unit = out[at].unit or unit
        if out[at].unit != unit:
            out[at] = replace(out[at], unit=unit)
    return tuple(out)


def _step(found: re.Match[str], joint: Joint) -> Step:
    start, end = found.span()
    if found["manner"]:
        count = counted(found["back"] or "一") or 1
        manner = MANNERS[found["manner"]]
        return Step(start, end, manner, found["unit"], (count, 0), joint)
    number = (counted(found["n"]), counted(found["dash"] or found["zhi"] or ""))
    return Step(start, end, "number", found["of"] or "", number, joint)
