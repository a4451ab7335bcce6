"""Sizes as Chinese printers name them: 字号 for type, 开本 for paper.

字号 in points follow the usual table of Chinese typesetting (五号 = 10.5 pt). 开本 are
trim sizes in millimetres, with the number of leaves that a full sheet gives (开数).
Each name may be written as people do: 小五号, 5号, 五號; 大32K, 32開, a5. A length may
have its unit with it: "21mm", "60pt", "2字" and "3行" of the page at hand.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable

from publisher.patterns import pattern

POINTS_PER_MM = 72 / 25.4
FULL_SHEET = 890 * 1240
"""Square millimetres of the sheet that A5 and 大32开 are cut from."""

SIZES: dict[str, float] = {
    "初号": 42,
    "小初": 36,
    "一号": 26,
    "小一": 24,
    "二号": 22,
    "小二": 18,
    "三号": 16,
    "小三": 15,
    "四号": 14,
    "小四": 12,
    "五号": 10.5,
    "小五": 9,
    "六号": 7.5,
    "小六": 6.5,
    "七号": 5.5,
    "八号": 5,
}
PAGES: dict[str, tuple[float, float, int]] = {
    "A5": (148, 210, 32),
    "A4": (210, 297, 16),
    "16开": (185, 260, 16),
    "32开": (130, 184, 32),
    "大32开": (140, 203, 32),
    "大16开": (210, 285, 16),
    "64开": (92, 126, 64),
    "A6": (105, 148, 64),
    "B5": (176, 250, 16),
}
"""Width and height in mm, and 开数."""
_DIGITS = dict(zip("一二三四五六七八", "12345678", strict=True))


def _spellings(names: Iterable[str], *ways: Callable[[str], str]) -> dict[str, str]:
    """Every other way to write each name."""
    out: dict[str, str] = {}
    for name in names:
        said = {name}
        for way in ways:
            said |= {way(each) for each in said}
        out |= dict.fromkeys(sorted(said - {name}), name)
    return out


SIZE_SPELLINGS = _spellings(
    SIZES,
    lambda name: name if name.endswith("号") else f"{name}号",
    lambda name: "".join(_DIGITS.get(char, char) for char in name),
    lambda name: name.replace("号", "號"),
)
"""小五号, 5号, 五號 …, each with the name in `SIZES`."""
PAGE_SPELLINGS = _spellings(
    PAGES,
    lambda name: name.replace("开", "K"),
    lambda name: name.replace("开", "開"),
    str.lower,
)
"""大32K, 32開, a5 …, each with the name in `PAGES`."""
LENGTH = pattern(r"(\d+(?:\.\d+)?)\s*(mm|毫米|cm|厘米|pt|磅|字|行)")
"""21mm, 10.5 磅, 2字."""
_UNITS = {
    "mm": POINTS_PER_MM,
    "毫米": POINTS_PER_MM,
    "cm": 10 * POINTS_PER_MM,
    "厘米": 10 * POINTS_PER_MM,
    "pt": 1.0,
    "磅": 1.0,
}


def size_of(text: str) -> tuple[float, str] | None:
    """The points of a 字号 in any spelling, and its name in `SIZES`."""
    name = SIZE_SPELLINGS.get(text, text)
    return (SIZES[name], name) if name in SIZES else None


def length(text: str, char: float = 0.0, line: float = 0.0) -> float | None:
    """A length in points: ``21mm``, a 字号, or so many characters or lines."""
    if named := size_of(text):
        return named[0]
    found = LENGTH.fullmatch(text.strip())
    if not found:
        return None
    unit = {**_UNITS, "字": char, "行": line}[found[2]]
    return round(float(found[1]) * unit, 2)


def points(mm: float) -> float:
    """Millimetres in points, rounded as the page boxes of a PDF are."""
    return round(mm * POINTS_PER_MM, 2)


def size_name(size: float) -> str:
    """The 字号 of a size in points, or the points where no 字号 has it."""
    names = (name for name, value in SIZES.items() if math.isclose(value, size))
    return next(names, f"{size:g} pt")


def sheets(pages: int, page: tuple[float, float], page_name: str) -> float:
    """How much paper one copy takes (印张): pages by the number of leaves a sheet.

    ``page`` is in points; a page without a name counts as the nearest halving (对开,
    4开, 8开 …) of a full sheet.
    """
    if page_name in PAGES:
        leaves = PAGES[page_name][2]
    else:
        area = page[0] * page[1] / POINTS_PER_MM**2
        leaves = 2 ** max(0, round(math.log2(FULL_SHEET / area)))
    return round(pages / leaves, 3)
