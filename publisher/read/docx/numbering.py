"""Word's automatic numbers: what it prints before the paragraphs of a list.

Lists count by their abstract definition (ECMA-376 part 1, 17.9): a deeper level begins
again after a higher one, and a list that overrides a start begins again there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from publisher.numerals import DIGITS, to_chinese
from publisher.patterns import pattern
from publisher.read.docx.styles import value, w

if TYPE_CHECKING:
    from lxml.etree import _Element

LEVELS = 9
PLACE = pattern(r"%([1-9])")
LEGAL = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
LEGAL_TRADITIONAL = str.maketrans(
    "零一二三四五六七八九十百千", "零壹貳參肆伍陸柒捌玖拾佰仟"
)
FULL = str.maketrans("0123456789", "０１２３４５６７８９")
ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = " "
    style: str = ""
    legal: bool = False
    """Whether all numbers in it are Arabic."""


@dataclass(frozen=True, slots=True)
class List:
    """One list: whose counters it uses, its levels, and where it begins again."""

    counters: str
    levels: dict[int, Level]
    starts: dict[int, int]


@dataclass
class Numbering:
    """The lists of a file, and how far each has counted."""

    lists: dict[str, List] = field(default_factory=dict)
    counts: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def level_of(self, list_id: str, style: str) -> str:
        """The level of a list that a style is bound to, or empty."""
        found = self.lists.get(list_id)
        levels = found.levels.items() if found else ()
        return next((str(n) for n, each in levels if each.style == style), "")

    def next(self, list_id: str, level: int) -> str:
        """Count on, and give what is printed; empty where the list prints nothing."""
        found = self.lists.get(list_id)
        if found is None or level not in found.levels:
            return ""
        counts = self.counts.setdefault(found.counters, [None] * LEVELS)
        before = counts[level]
        if level in found.starts and (list_id, level) not in self.begun:
            before = found.starts[level] - 1
        self.begun.add((list_id, level))
        own = found.levels[level]
        counts[level] = own.start if before is None else before + 1
        counts[level + 1 :] = [None] * (LEVELS - level - 1)
        for higher in range(level):
            if counts[higher] is None:
                counts[higher] = found.levels.get(higher, own).start
        return _printed(own, found.levels, counts)


def numbering(part: _Element | None) -> Numbering:
    """Read ``numbering.xml``."""
    if part is None:
        return Numbering()
    kinds = {
        element.get(w("abstractNumId")) or "": _levels(element)
        for element in part.iter(w("abstractNum"))
    }
    lists = {}
    for element in part.iter(w("num")):
        counters = value(element, "abstractNumId")
        levels, starts = dict(kinds.get(counters, {})), {}
        for change in element.iter(w("lvlOverride")):
            at = _whole(change.get(w("ilvl")))
            levels.update(_levels(change))
            if start := value(change, "startOverride"):
                starts[at] = _whole(start)
        lists[element.get(w("numId")) or ""] = List(counters, levels, starts)
    return Numbering(lists)


def _levels(parent: _Element) -> dict[int, Level]:
    return {_whole(e.get(w("ilvl"))): _level(e) for e in parent.findall(w("lvl"))}


def _level(element: _Element) -> Level:
    start = value(element, "start")
    suffix = {"nothing": "", "space": " "}.get(value(element, "suff"), " ")
    legal = element.find(w("isLgl")) is not None
    return replace(
        Level(),
        start=_whole(start) if start else 0,
        form=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText"),
        suffix=suffix,
        style=value(element, "pStyle"),
        legal=legal,
    )


def _whole(text: str | None) -> int:
    """A whole number that is not absurd."""
    return int(text) if text and text.isdecimal() and len(text) < 6 else 0


def _printed(own: Level, levels: dict[int, Level], counts: list[int | None]) -> str:
    if own.form == "bullet":
        return f"•{own.suffix}" if own.text else ""

    def shown(found: re.Match[str]) -> str:
        at = int(found[1]) - 1
        form = "decimal" if own.legal else levels.get(at, own).form
        return write(counts[at] or 0, form)

    text = PLACE.sub(shown, own.text)
    return f"{text}{own.suffix}" if text else ""


def write(number: int, form: str) -> str:
    """A number in one of Word's forms (ECMA-376 part 1, 17.18.59)."""
    writer = FORMS.get(form, str)
    return writer(number) if 0 < number < 10_000 else str(number)


def _from(first: str, count: int) -> Callable[[int], str]:
    """Characters that stand one after the other in Unicode: ①, ⑴, ⒈."""
    return lambda n: chr(ord(first) + n - 1) if n <= count else str(n)


def _of(characters: str) -> Callable[[int], str]:
    return lambda n: characters[(n - 1) % len(characters)]


def _letters(number: int) -> str:
    """Letters: a … z, aa, bb …."""
    return chr(97 + (number - 1) % 26) * min((number - 1) // 26 + 1, 9)


def _roman(number: int) -> str:
    out = ""
    for worth, sign in ROMAN:
        out += sign * (number // worth)
        number %= worth
    return out


def _digits(number: int) -> str:
    return "".join(DIGITS[int(d)] for d in str(number)).replace("零", "〇")


CHINESE = (
    *("chineseCounting", "chineseCountingThousand", "taiwaneseCounting"),
    *("taiwaneseCountingThousand", "japaneseCounting", "koreanCounting"),
)
FORMS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(CHINESE, to_chinese),
    **dict.fromkeys(("ideographDigital", "taiwaneseDigital"), _digits),
    "chineseLegalSimplified": lambda n: to_chinese(n).translate(LEGAL),
    "ideographLegalTraditional": lambda n: to_chinese(n).translate(LEGAL_TRADITIONAL),
    "ideographTraditional": _of("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _of("子丑寅卯辰巳午未申酉戌亥"),
    "decimalFullWidth": lambda n: str(n).translate(FULL),
    "decimalFullWidth2": lambda n: str(n).translate(FULL),
    "decimalZero": lambda n: f"{n:02}",
    "decimalEnclosedCircle": _from("①", 20),
    "decimalEnclosedCircleChinese": _from("①", 20),
    "decimalEnclosedParen": _from("⑴", 20),
    "decimalEnclosedFullstop": _from("⒈", 20),
    "ideographEnclosedCircle": _from("㊀", 10),
    "lowerLetter": _letters,
    "upperLetter": lambda n: _letters(n).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda n: _roman(n).upper(),
    "none": lambda _: "",
}
