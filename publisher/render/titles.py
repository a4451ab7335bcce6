"""Break a title into lines by sense: never inside 《》, best before what it is (条例).

Chinese titles are set centred, and a line that ends in the middle of a word looks like
a mistake. A few forms of speech tell where a phrase ends, a dictionary where a word
does, and the book's own text which characters belong together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from math import ceil

from publisher.patterns import pattern
from publisher.render.sense import UNKNOWN, UNTOLD, Sense

KIND = pattern(
    r"(?:(?:工作|管理|监督|監督|保护|保護|实施|實施|若干|教育|暂行|暫行)?"
    r"(?:民?法典|条例|條例|规定|規定|办法|辦法|细则|細則|准则|準則|规则|規則|纲要|綱要|方案|"
    r"意见|意見|决定|決定|通知|法)|答记者问|答記者問)$"
)
"""工作条例 at the end of 党史学习教育工作条例: what kind of text it is."""

_OPEN, _CLOSE = "《（“‘「『〈〔", "》）”’」』〉〕"
_MARKS = _CLOSE + "，。、；：？！ \u3000\u00a0"
_ENDS = _CLOSE + "，。、；：？！"
_BEFORE = ("就《", "关于", "關於", "应当", "應當")
_LINK = pattern("以及|并且|並且|[和与與及暨或]")
"""Joins two phrases, and begins the line of the second."""
_LEADS = pattern("关于|關於|[对對就在为為从從向将將把被由按依]$")
"""Leads a phrase, and does not end a line."""
_TRAILS = "的之中内內上下里裡间間时時后後前等者"
"""A word of one character that leans on what stands before it."""
_SHORT = pattern(r"（[^）]{1,4}）$")
"""（七）, （试行）: belongs to what stands before it."""
_STATE = pattern("中华人民共和国|中華人民共和國")
"""Opens the titles of most laws, and is not to be cut."""
_PLACE = pattern(
    r"[\u4e00-\u9fff]{2,7}?(?:省|自治区|自治州|自治县|特别行政区|特別行政區|经济特区|"
    r"[市縣县区區](?![场場区區民政容域划劃间間内內])|州(?=市))"
)
"""青岛市, 汕头经济特区: whose law it is, at the beginning."""
_BODY = pattern(
    r"人民代表大会(?:常务委员会)?|人民代表大會|委员会|委員會|人民政府|人民法院|人民检察院"
)
"""Who says it."""
TOO_LONG, NEVER, FAIR = 1e8, 1e4, 1.0
WORD = 12.0
"""What a break costs, beside `FAIR`, between characters that are never apart."""
LOOSE = 4.0
"""What it costs, beside `FAIR`, between two words that are never apart."""
LINE, SIZE, EVEN = 1.0, 4.0, 0.15
"""What a line more costs, a smaller size, and lines of many lengths."""
STUB = 2.5
"""A shorter line than this looks forgotten."""
FILL = 0.1
"""What an em left empty costs in lines set from the left, but in the last."""
MOST = 3
"""Lines of a title that is set large."""


def width(text: str) -> float:
    """How many ems a text takes, about: figures and letters little more than half."""
    return sum(map(_ems, text.rstrip()))


def _ems(char: str) -> float:
    """As wide as Noto Serif draws it, or a little more."""
    if char > "\u2000":
        return 1.0
    if char in "MWmw@%&":
        return 0.95
    if char.isupper():
        return 0.7
    return 0.3 if char == " " else 0.45 if char in ".,:;'!|-()[]ijl" else 0.57


def pressed(text: str, before: str = "") -> float:
    """How many ems a text takes at least in a composed line, after ``before``.

    Of two marks beside each other, and of a mark at the end, half is not needed
    (CLREQ #h-adjustment_of_adjacent_punctuation_marks, GB/T 15834 5.1.10).
    """
    text = text.strip()
    spared = 0.5 * (text[-1:] in _ENDS)
    for left, right in pairwise(before[-1:] + text):
        spared += 0.5 * (left in _ENDS and right in _ENDS + _OPEN)
        spared += 0.5 * (left in _OPEN and right in _OPEN)
    return width(text) - spared


def lines(
    text: str, limit: float, even: float = EVEN, sense: Sense = UNTOLD
) -> tuple[str, ...]:
    """Break ``text`` into as few lines of at most ``limit`` ems as will do.

    ``even`` weighs lines of one length against breaks at the end of a phrase; with 0
    the lines are set from the left, and all but the last are better full than even.
    """
    limit = max(limit, 1)
    if width(text) <= limit:
        return (text,)

    def fewest(scale: _Scale) -> tuple[int, tuple[int, ...]]:
        for count in range(ceil(width(text) / limit), len(text) + 1):
            cost, cuts = _best(scale, limit, count, even)
            if cost < TOO_LONG:
                return 0, cuts
        return 0, ()

    return _settled(text, sense, fewest)[1]


def fit(
    text: str, limits: Sequence[float], sense: Sense = UNTOLD
) -> tuple[int, tuple[str, ...]]:
    """The best of several sizes, the largest first, for a title of a few lines.

    ``limits`` are the ems in a line of each. Gives which it is, and the lines.
    """
    if width(text) <= max(limits[0], 1):  # a line of the largest: nothing costs less
        return 0, (text,)

    def best(scale: _Scale) -> tuple[int, tuple[int, ...]]:
        tried = []
        for at, limit in enumerate(max(limit, 1) for limit in limits):
            least = ceil(width(text) / limit)
            last = at == len(limits) - 1
            for count in range(least, max(MOST, least + 1 if last else 0) + 1):
                cost, cuts = _best(scale, limit, count, EVEN)
                tried.append((cost + SIZE * at + LINE * count, at, cuts))
        return min(tried)[1:]

    return _settled(text, sense, best)


def _settled(
    text: str, sense: Sense, choose: Callable[[_Scale], tuple[int, tuple[int, ...]]]
) -> tuple[int, tuple[str, ...]]:
    """What is chosen, and the lines: without the dictionary, if it could not tell else.

    It takes a while to load, and most titles are cut where their form tells. So each
    place that only words can price has at first the least price that words may give it:
    where none of these is chosen even so, none would be at its true price.
    """
    scale = _Scale.of(text, sense, None)
    chosen, cuts = choose(scale)
    if not scale.open.isdisjoint(cuts):
        chosen, cuts = choose(_Scale.of(text, sense, sense.inside(text)))
    return chosen, tuple(text[a:b] for a, b in pairwise((0, *cuts, len(text))))


@dataclass(frozen=True, slots=True)
class _Scale:
    """A text measured: how far each place is, the space before it, what a cut costs."""

    far: tuple[float, ...]
    space: tuple[float, ...]
    costs: tuple[float, ...]
    open: frozenset[int]
    """Where a cut may cost more, as words will tell."""

    @classmethod
    def of(cls, text: str, sense: Sense, inside: frozenset[int] | None) -> _Scale:
        """The scale of one text; ``inside`` is None where words were not asked for."""
        far = tuple(accumulate(map(_ems, text), initial=0.0))
        space = [0.0]
        for char in text:
            space.append(space[-1] + _ems(char) if char.isspace() else 0.0)
        costs, unsure = _costs(text, sense, inside)
        return cls(far, tuple(space), tuple(costs), frozenset(unsure))

    def size(self, start: int, end: int) -> float:
        """How wide a line is, without the space at its end."""
        return round(max(self.far[end] - self.space[end] - self.far[start], 0.0), 6)


def _best(
    scale: _Scale, limit: float, count: int, even: float
) -> tuple[float, tuple[int, ...]]:
    """Where ``count`` lines begin, but for the first, and what that costs."""
    end = len(scale.costs)
    count = max(min(count, end), 1)
    mean = scale.size(0, end) / count

    def line(start: int, stop: int) -> float:
        size = scale.size(start, stop)
        cost = even * (size - mean) ** 2 + TOO_LONG * (size > limit)
        if not even and stop < end:
            cost += FILL * (limit - size)
        return cost + WORD * (size < STUB and count > 1)

    @cache
    def rest(start: int, left: int) -> tuple[float, tuple[int, ...]]:
        if left == 1:
            return line(start, end), ()
        best: tuple[float, tuple[int, ...]] = (float("inf"), ())
        for cut in range(start + 1, end - left + 2):
            if best[1] and scale.size(start, cut) > limit:
                break
            cost, cuts = rest(cut, left - 1)
            cost += line(start, cut) + scale.costs[cut]
            best = min(best, (cost, (cut, *cuts)))
        return best

    return rest(0, count)


def _costs(
    text: str, sense: Sense, inside: frozenset[int] | None
) -> tuple[list[float], set[int]]:
    """What a break before each character costs, and where words may make it dearer."""
    kept, ends = _names(text)
    kind = KIND.search(text)
    states = {found.end() for found in _STATE.finditer(text)}
    links = {found.start() for found in _LINK.finditer(text)}
    out, unsure, depth = [NEVER], set[int](), 0
    for at in range(1, len(text)):
        left, right = text[at - 1], text[at]
        depth += (left in _OPEN) - (left in _CLOSE)
        cost = NEVER * (depth > 0 or at in kept)
        if (
            right in _MARKS
            or left in _OPEN + "\u00a0"
            or (_latin(left) and _latin(right))
        ):
            cost += NEVER
        elif at in ends or left in "，；： 　" or (kind and kind.start() == at):
            pass
        elif at in states or left in _CLOSE + "、的" or text.startswith(_BEFORE, at):
            cost += FAIR
        else:
            cost += _cut_cost(text, at, inside, sense, linking=at in links)
            unsure |= {at} if inside is None else set()
        out.append(cost)
    return out, unsure


def _cut_cost(
    text: str, at: int, inside: frozenset[int] | None, sense: Sense, *, linking: bool
) -> float:
    """What a break costs between two characters that are no end of a phrase."""
    if linking and at not in (inside or ()):
        return 1.5 * FAIR
    bond = sense.bond(text[at - 1] + text[at])
    if inside is None:  # as below, whatever the words may be
        return FAIR + min(LOOSE * max(bond, UNKNOWN), WORD * bond)
    if not inside or at in inside:
        return FAIR + WORD * (max(bond, 0.5) if inside else bond)
    led = bool(_LEADS.search(text, max(at - 2, 0), at))
    linked = text[at - 1] in "和与與及暨或" and at - 1 not in inside
    trails = text[at] in _TRAILS and at + 1 not in inside
    return FAIR + LOOSE * max(bond, UNKNOWN) + WORD / 2 * (led or linked or trails)


def _names(text: str) -> tuple[set[int], set[int]]:
    """Places inside names, which are kept whole, and places where some end."""
    found = [*_BODY.finditer(text), *filter(None, [_PLACE.match(text)])]
    whole = [*found, *_STATE.finditer(text)]
    kept = {found.start() for found in _SHORT.finditer(text)}
    kept |= {n for name in whole for n in range(*name.span())[1:]}
    return kept, {name.end() for name in found}


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
