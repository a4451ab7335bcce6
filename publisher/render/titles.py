"""Break a title into lines by sense: never inside 《》, best before what it is (条例).

Chinese titles are set centred, and a line that ends in the middle of a word looks like
a mistake. Nothing here knows words; a few forms of speech tell where a phrase ends.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

KIND = re.compile(
    r"(?:(?:工作|管理|监督|監督|实施|實施|若干|教育)?"
    r"(?:民?法典|条例|條例|规定|規定|办法|辦法|细则|細則|准则|準則|规则|規則|纲要|綱要|方案|"
    r"意见|意見|决定|決定|通知|法)|答记者问|答記者問)$"
)
"""工作条例 at the end of 党史学习教育工作条例: what kind of text it is."""

_OPEN, _CLOSE = "《（“‘「『〈〔", "》）”’」』〉〕"
_MARKS = _CLOSE + "，。、；：？！"
_BEFORE = ("就《", "关于", "關於", "应当", "應當")
_LINK = "和与與及暨或"
_STATE = re.compile("中华人民共和国|中華人民共和國")
"""Opens the titles of most laws, and is not to be cut."""
NEVER, BAD, FAIR = 1e4, 4.0, 1.0


def lines(text: str, limit: int, even: float = 1.0) -> tuple[str, ...]:
    """Break ``text`` into as few lines of at most ``limit`` characters as will do.

    ``even`` weighs lines of one length against breaks at the end of a phrase.
    """
    limit = max(limit, 1)
    if len(text) <= limit:
        return (text,)
    edges = (0, *_best(text, limit, -(-len(text) // limit), even), len(text))
    return tuple(text[a:b] for a, b in pairwise(edges))


def _best(text: str, limit: int, count: int, even: float) -> tuple[int, ...]:
    """Where ``count`` lines begin, but for the first."""
    mean = len(text) / count
    costs = _costs(text)

    @cache
    def rest(start: int, left: int) -> tuple[float, tuple[int, ...]]:
        if left == 1:
            size = len(text) - start
            return even * (size - mean) ** 2 + NEVER**2 * (size > limit), ()
        best: tuple[float, tuple[int, ...]] = (float("inf"), ())
        for cut in range(start + 1, min(start + limit, len(text) - left + 1) + 1):
            cost, cuts = rest(cut, left - 1)
            cost += even * (cut - start - mean) ** 2 + costs[cut]
            best = min(best, (cost, (cut, *cuts)))
        return best

    return rest(0, count)[1]


def _costs(text: str) -> list[float]:
    """What a break before each character costs."""
    kind = KIND.search(text)
    whole = {n for found in _STATE.finditer(text) for n in range(*found.span())[1:]}
    out, depth = [NEVER], 0
    for at in range(1, len(text)):
        left, right = text[at - 1], text[at]
        depth += (left in _OPEN) - (left in _CLOSE)
        latin = _latin(left) and _latin(right)
        if depth > 0 or at in whole or right in _MARKS or latin:
            out.append(NEVER)
        elif left in "，、；：" or (kind and kind.start() == at):
            out.append(0.0)

        elif left in _CLOSE + "的" or text.startswith(_BEFORE, at):
            out.append(FAIR)
        elif right in _LINK:
            out.append(FAIR + 1)
        else:
            out.append(BAD)
    return out


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
