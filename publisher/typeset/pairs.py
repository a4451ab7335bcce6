"""What stands between two characters: the gap, how it gives way, the cost of a break.

One `Pair` for each two classes, worked out when it is first met. Blanks are shared
between neighbours as CLREQ 3.1.6.2 says: closing + opening mark keep one, opening +
opening and closing + closing none. Widths in 1/1000 em.
"""

from __future__ import annotations

from math import inf
from typing import Any, NamedTuple, TypeAlias

from publisher.typeset.classes import CLOSED, FIXED, FULL, HAN, LATIN, OPEN
from publisher.typeset.settings import Settings

KEEP_TOGETHER = 30.0
"""Cost of a break inside 第三条 or 2024年."""
DASH_FIRST = 40.0
"""Cost of —— or …… at the start of a line, which CLREQ's strict level forbids."""
APART = 125
"""Least gap between a closing and an opening mark. With none the squares of their
glyphs would begin at one place, and programs that read a PDF would mix them up."""
SPARE = 55
"""What a blank may have over its square. With the stretch of the line it stays under
the tenth of an em at which programs that read a PDF see a space."""
HALF_EM = 500
"""What the gap between Han and Latin may grow to (CLREQ 3.1.6.4)."""
AFTER_JOINT = 60.0
"""Cost of a break after ·."""
IN_A_WORD = 800.0
"""Cost of a break after / or - inside a Latin word."""


BEHIND = frozenset("CPKSXM")
BEFORE = frozenset("OM")
"""Marks that have a blank behind them, and before them."""


Shrink: TypeAlias = tuple[float, float, float, float]
"""What each tier can take away: spaces and ·, brackets, ，、；, 。？！ and ：."""
Stretch: TypeAlias = tuple[float, float, float, float, float]
"""What each tier can add: word spaces and blanks before the gaps between Han grow,
blanks again where those would get wide, Han and Latin if nothing else can; and what
blanks have to spare where that spares the line a stretch that is seen."""


class Pair(NamedTuple):
    """Between two characters of some classes."""

    gap: int
    shrink: Shrink
    stretch: Stretch
    weight: float
    """Its share when the whole line is stretched."""
    cost: float
    """Of a break here; infinite where none may be."""


FIRM: Shrink = (0.0, 0.0, 0.0, 0.0)
STIFF: Stretch = (0.0, 0.0, 0.0, 0.0, 0.0)
PLAIN = Pair(0, FIRM, STIFF, 1, 0.0)
"""Between two Han."""


class Pairs(dict[str, Pair | None]):
    """The pairs of one style by their two classes; None where it is as between Han."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.usual: dict[tuple[str, float, float, bool], Any] = {}
        """The event, gap and cost between two classes, by their advances and whether
        they are of one face: what `sorts` made of them first."""

    def __missing__(self, key: str) -> Pair | None:
        """Work out a pair when it is first met."""
        made = _pair(key[0], key[1], self.settings)
        found = self[key] = None if made == PLAIN else made
        return found


def _pair(a: str, b: str, settings: Settings) -> Pair:
    weight = float(_stretches(a, b))
    gap = spaces = brackets = pauses = stops = grow = more = last = spare = 0
    after, before = _after(a, settings), _before(b, settings)
    if a == "A" and b == "O":
        pass  # an inline block ends its own square, as the label 答： does
    elif _mark(a) and _mark(b) and "M" not in (a, b):
        gap = _between_marks(a, b, after, before)
        brackets = max(gap - APART, 0)
    elif after or before:
        gap = after + before
        if a in "KSX":
            stops = gap
        elif "M" in (a, b):
            spaces = gap
        elif a == "P":
            pauses = gap
        else:
            brackets = gap
    blank = a in BEHIND or b in BEFORE
    if blank and a != "A" and not (_mark(a) and _mark(b)):
        spare = SPARE
        grow = max(settings.grow - gap, 0)
        more = max(settings.more - max(gap, settings.grow), 0)
    if (a in HAN and b in LATIN) or (a in LATIN and b in HAN):
        gap = pauses = settings.mixed
        weight, last = 0, HALF_EM - gap
    cost = _cost(a, b, weight)
    shrink = (spaces, brackets, pauses, stops)
    stretch = (0, grow, more, last, spare)
    return Pair(
        gap,
        shrink if any(shrink) else FIRM,
        stretch if any(stretch) else STIFF,
        weight,
        cost,
    )


def _mark(a: str) -> bool:
    return a in FULL or a in FIXED


def _after(a: str, settings: Settings) -> int:
    """The blank that a mark has behind it."""
    match a:
        case "C":
            return settings.bracket
        case "P":
            return settings.pause
        case "K" | "S" | "X":
            return settings.stop
        case "M":
            return settings.bracket // 2
        case _:
            return 0


def _before(b: str, settings: Settings) -> int:
    match b:
        case "O":
            return settings.bracket
        case "M":
            return settings.bracket // 2
        case _:
            return 0


def _between_marks(a: str, b: str, after: int, before: int) -> int:
    """CLREQ 3.1.6.2, adjacent marks."""
    if a in "OV":
        return 0
    return max(after, before, 2 * APART) if b == "O" and a not in FIXED else 0


def _stretches(a: str, b: str) -> bool:
    """Whether the gap is widened with the others of a stretched line."""
    if a in " GB" or b in " GB" or a == "-" or b == "-" or a == b == "N":
        return False
    western = {"0", "L", ".", "(", "Z"}
    return not (a in western and b in western)


def _cost(a: str, b: str, weight: float) -> float:
    if b in CLOSED or a in OPEN or b == " " or "G" in (a, b) or a == b == "N":
        return inf
    if a in " B":
        return 0.0
    if b == "B":
        return inf
    if a == "-":
        return inf if b == "0" else IN_A_WORD if b in "LZ" else KEEP_TOGETHER
    if a == "M":
        return AFTER_JOINT
    mixed = (a in HAN and b in LATIN) or (a in LATIN and b in HAN)
    if not weight and not mixed:
        return inf
    if a == "0" and b in "yu":
        return KEEP_TOGETHER
    if a == "d" or (b == "u" and a in "0n"):
        return KEEP_TOGETHER
    return DASH_FIRST if b == "N" else 0.0
