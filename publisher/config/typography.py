"""The page of an edition (版面): trim, type area, type, margins.

The editor gives the trim, the type area and, if wanted, 天头 and 订口; 地脚 and 切口
are what is left. Where a page is not one of the presets' own, the measure and the
margins are worked out in the proportions of the A5 booklet.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import cast

from publisher.book import Measure, Punctuation, Script, Typography
from publisher.config.section import Section
from publisher.config.units import (
    PAGE_SPELLINGS,
    PAGES,
    POINTS_PER_MM,
    SIZES,
    length,
    points,
    size_name,
    size_of,
)
from publisher.diagnostics import Problem, Words

PUNCTUATION: dict[Script, Punctuation] = {
    "zh-Hans": "quanjiao",
    "zh-Hant-TW": "tw",
    "zh-Hant-HK": "hk",
    "zh-Hant": "tw",
}
"""What a script takes unless its edition says otherwise."""
AREA = (0.7009, 0.8165)
"""Share of the trim that the type area takes in the A5 booklet."""
SPINE, HEAD = 0.452, 0.5447
"""Share of 订口 in both side margins, and of 天头 in head and foot, there."""
LEADING = 12 / 7
"""Line to line by the size of type, there."""
LEAST = points(3)
"""No margin may be smaller: no printer holds less."""


def printed(page: str, measure: Measure, size: str, lead: float) -> Typography:
    """A page by names; margins are still those of the booklet."""
    width, height, _ = PAGES[page]
    return Typography(
        page=(points(width), points(height)),
        page_name=page,
        measure=measure,
        size=SIZES[size],
        size_name=size,
        leading=lead,
    )


def settle(section: Section, base: Typography) -> Typography:
    """What an edition's own table makes of the page of its base.

    Raises:
        Problem: 3, the type area does not fit the page.
    """
    page, name = _page(section, base)
    size, called = _size(section, base)
    leading = _length(section, "leading", 1.0, size)
    if leading is None:
        same = size == base.size
        leading = base.leading if same else round(size * LEADING * 2) / 2
    anew = page != base.page or (size, leading) != (base.size, base.leading)
    measure = _measure(section) or (
        _fill(page, size, leading) if anew else base.measure
    )
    out = replace(
        base,
        page=page,
        page_name=name,
        measure=measure,
        size=size,
        size_name=called,
        leading=leading,
        punctuation=cast("Punctuation", section.text("punctuation", base.punctuation)),
        hanging=section.flag("hanging") if "hanging" in section.table else base.hanging,
        ink="grey" if section.text("ink", base.ink) == "grey" else "two",
    )
    out = _margins(section, out, anew=anew)
    _check_margins(section, out)
    return out


def _page(section: Section, base: Typography) -> tuple[tuple[float, float], str]:
    if name := section.text("page"):
        name = PAGE_SPELLINGS.get(name, name)
        width, height, _ = PAGES[name]
        return (points(width), points(height)), name
    if sizes := section.numbers("page"):
        width, height = sizes
        return (points(width), points(height)), f"{width:g}×{height:g} mm"
    return base.page, base.page_name


def _size(section: Section, base: Typography) -> tuple[float, str]:
    if named := size_of(section.text("size")):
        return named
    if size := _length(section, "size", 1.0, base.size):
        return size, size_name(size)
    return base.size, base.size_name


LENGTHS = {"size": (4.0, 72.0), "leading": (4.0, 200.0)}
"""Points that these may be from and to, however they are written."""


def _length(
    section: Section, key: str, unit: float, char: float, line: float = 0.0
) -> float | None:
    """A length in points: a number of units, a 字号, or one that says its unit."""
    if (number := section.number(key)) is not None:
        return float(number) if unit == 1.0 else points(number)
    if not (text := section.text(key)):
        return None
    value = length(text, char, line)
    least, most = LENGTHS.get(key, (0.0, 1200.0))
    if not value or not least <= value <= most or (not line and text.endswith("行")):
        raise section.problem(
            key,
            Words(f"“{key}”不能是“{text}”", f"“{key}” cannot be “{text}”"),
            _LENGTH_HINT,
        )
    return value


_LENGTH_HINT = Words(
    "写字号、磅数，或带单位的长度（6.5mm、18pt；天头订口还可用 3行、2字）",
    "write a 字号 (五号, 小四), points, or a length such as 6.5mm or 18pt; margins may "
    "also be 3行 (lines) or 2字 (characters)",
)


def _measure(section: Section) -> Measure | None:
    inner = section.section("measure")
    chars, lines = inner.number("chars"), inner.number("lines")
    return Measure(int(chars), int(lines)) if chars and lines else None


def _fill(page: tuple[float, float], size: float, leading: float) -> Measure:
    """The measure that takes the booklet's share of another page."""
    chars = math.floor(page[0] * AREA[0] / size)
    lines = math.floor(page[1] * AREA[1] / leading)
    return Measure(max(1, chars), max(1, lines))


def _margins(section: Section, typography: Typography, *, anew: bool) -> Typography:
    """天头 and 订口: as given, else the base's, else their share of what is left."""
    measure, page = typography.measure, typography.page
    units = (POINTS_PER_MM, typography.size, typography.leading)
    head, spine = _length(section, "head", *units), _length(section, "spine", *units)
    across = page[0] - measure.chars * typography.size
    down = page[1] - measure.lines * typography.leading
    if anew and head is None:
        head = points(down * HEAD / POINTS_PER_MM)
    if anew and spine is None:
        spine = points(across * SPINE / POINTS_PER_MM)
    return replace(
        typography,
        head=typography.head if head is None else head,
        spine=typography.spine if spine is None else spine,
    )


def _check_margins(section: Section, typography: Typography) -> None:
    measure, page, size = typography.measure, typography.page, typography.size
    if typography.leading < size:
        raise section.problem(
            "leading" if "leading" in section.table else "size",
            Words(
                f"行距 {typography.leading:g} 磅小于字号 {size:g} 磅，行会重叠",
                f"lines of {size:g} pt would overlap at {typography.leading:g} pt",
            ),
        )
    fore = page[0] - typography.spine - measure.chars * size
    foot = page[1] - typography.head - measure.lines * typography.leading
    rooms = (
        (("spine",), "订口", "spine margin", typography.spine),
        (("measure", "spine"), "切口", "fore-edge margin", fore),
        (("head",), "天头", "head margin", typography.head),
        (("measure", "head"), "地脚", "foot margin", foot),
    )
    for keys, zh, en, room in rooms:
        if room < LEAST:
            raise _no_room(section, typography, keys, (zh, en, room))


def _no_room(
    section: Section,
    typography: Typography,
    keys: tuple[str, ...],
    what: tuple[str, str, float],
) -> Problem:
    zh, en, room = what
    mm = f"{room / POINTS_PER_MM:.1f}"
    most = _fill(typography.page, typography.size, typography.leading)
    blamed = (*keys, "page", "size", "leading")
    return section.problem(
        next((k for k in blamed if k in section.table), ""),
        Words(
            f"版心放不下：{zh}只剩 {mm} mm（至少 3 mm）",
            f"the type area does not fit: the {en} would be {mm} mm (least: 3 mm)",
        ),
        Words(
            f"这个开本和字号，版心宜用每行 {most.chars} 字、每页 {most.lines} 行",
            f"for this page and type, {most.chars} characters and {most.lines} lines "
            "would do",
        ),
    )
