"""Break a title into lines by sense: never inside 《》, best before what it is (条例).

Chinese titles are set centred, and a line that ends in the middle of a word looks like
a mistake. Nothing here knows words: a few forms of speech tell where a phrase ends, and
the book's own text tells which characters belong together.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import pairwise
from math import sqrt

from publisher.edition import snippets
from publisher.tree.nodes import Document

KIND = re.compile(
    r"(?:(?:工作|管理|监督|監督|保护|保護|实施|實施|若干|教育|暂行|暫行)?"
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
_PLACE = re.compile(
    r"[\u4e00-\u9fff]{2,7}?(?:省|自治区|自治州|自治县|特别行政区|特別行政區|经济特区|"
    r"[市縣县区區](?![场場区區民政容域划劃间間内內])|州(?=市))"
)
"""青岛市, 汕头经济特区: whose law it is, at the beginning."""
_BODY = re.compile(
    r"人民代表大会(?:常务委员会)?|人民代表大會|委员会|委員會|人民政府|人民法院|人民检察院"
)
"""Who says it."""
NEVER, FAIR = 1e4, 1.0
WORD = 12.0
"""What a break costs, beside `FAIR`, between characters that are never apart."""
UNKNOWN = 0.25
"""How much two characters belong together where no text tells."""
LINE, SIZE, EVEN = 1.0, 4.0, 0.3
"""What a line more costs, a smaller size, and lines of many lengths."""
MOST = 3
"""Lines of a title that is set large."""
Bond = Callable[[str], float]
"""How much two neighbouring characters belong together, 0 to 1."""


def bonds(documents: Iterable[Document]) -> Bond:
    """How much characters belong together in the text of some documents."""
    known = snippets.counts(documents)

    def bond(pair: str) -> float:
        seen = all(known.get(char, 0) for char in pair)
        return sqrt(snippets.bond(pair, known)) if seen else UNKNOWN

    return bond


def unknown(_: str) -> float:
    """What is known of two characters without a text."""
    return UNKNOWN


def lines(
    text: str, limit: int, even: float = 1.0, bond: Bond = unknown
) -> tuple[str, ...]:
    """Break ``text`` into as few lines of at most ``limit`` characters as will do.

    ``even`` weighs lines of one length against breaks at the end of a phrase.
    """
    limit = max(limit, 1)
    return _cut(text, _best(text, limit, -(-len(text) // limit), even, bond)[1])


def fit(
    text: str, limits: Sequence[int], bond: Bond = unknown
) -> tuple[int, tuple[str, ...]]:
    """The best of several sizes, the largest first, for a title of a few lines.

    ``limits`` are the characters in a line of each. Gives which it is, and the lines.
    """
    tried = []
    for at, limit in enumerate(max(limit, 1) for limit in limits):
        least = -(-len(text) // limit)
        last = at == len(limits) - 1
        for count in range(least, max(MOST, least if last else 0) + 1):
            cost, cuts = _best(text, limit, count, EVEN, bond)
            tried.append((cost + SIZE * at + LINE * count, at, cuts))
    _, at, cuts = min(tried)
    return at, _cut(text, cuts)


def _cut(text: str, cuts: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(text[a:b] for a, b in pairwise((0, *cuts, len(text))))


def _best(
    text: str, limit: int, count: int, even: float, bond: Bond
) -> tuple[float, tuple[int, ...]]:
    """Where ``count`` lines begin, but for the first, and what that costs."""
    count = max(min(count, len(text)), 1)
    mean = len(text) / count
    costs = _costs(text, bond)

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

    return rest(0, count)


def _costs(text: str, bond: Bond) -> list[float]:
    """What a break before each character costs."""
    kind = KIND.search(text)
    whole = {n for found in _STATE.finditer(text) for n in range(*found.span())[1:]}
    names = [*_BODY.finditer(text), *filter(None, [_PLACE.match(text)])]
    ends = {found.end() for found in names}
    whole |= {n for found in names for n in range(*found.span())[1:]}
    out, depth = [NEVER], 0
    for at in range(1, len(text)):
        left, right = text[at - 1], text[at]
        depth += (left in _OPEN) - (left in _CLOSE)
        latin = _latin(left) and _latin(right)
        if depth > 0 or at in whole or right in _MARKS or latin:
            out.append(NEVER)
        elif at in ends or left in "，、；： 　" or (kind and kind.start() == at):
            out.append(0.0)
        elif left in _CLOSE + "的" or text.startswith(_BEFORE, at):
            out.append(FAIR)
        elif right in _LINK:
            out.append(FAIR + 1)
        else:
            out.append(FAIR + WORD * bond(left + right))
    return out


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
