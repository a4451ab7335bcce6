"""Sizes as Chinese printers name them: 字号 for type, 开本 for paper.

字号 in points follow the usual table of Chinese typesetting (五号 = 10.5 pt). 开本 are
trim sizes in millimetres, with the number of leaves that a full sheet gives (开数).
"""

from __future__ import annotations

import math

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
}
"""Width and height in mm, and 开数."""


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
