"""How well two pieces of a paragraph fit together, judged by the file itself.

Chinese has no word spaces, so a seam inside a word shows as characters that stand
together elsewhere in the file: 不|懈奋斗史 beside 不懈奋斗史. Costs are in the unit of
`publisher.read.thread`: less is better, about one nat a point.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from math import log
from operator import add

from publisher.patterns import pattern
from publisher.read.marks import CLOSING, OPENER, STOPS
from publisher.read.words import across

WIDE = "，：；？！（）．"
FOLD = str.maketrans(WIDE, ",:;?!().")
SPACES = pattern(r"\s+")
REACH = 16
"""How many characters on each side of a seam are looked at."""
OCCURRENCES = 64
"""How many places of a pair of characters are looked at."""
BASE = 2.5
GAP = 0.5
PAIRS = (("“", "”"), ("‘", "’"), ("《", "》"), ("(", ")"), ("「", "」"), ("『", "』"))
HANGING = pattern(r"[、,的和与與及或对對为為在将將把被以從从向是并並等]$")
STOP = pattern(f"[{re.escape(STOPS)}]")
RUNNING = pattern("[，,;；。]")
"""What running text has and a heading or the row of a table has not."""
LATIN = pattern(r"[A-Za-z0-9]")
# How paragraphs of news, interviews and statutes like to begin.
STARTING = pattern(
    r"[〇零一二三四五六七八九\d]{4}年|但是|因此|同时|此外|对此|为了|《|“|——"
    r"|一是|首先|违反|有下列|前[款项條项]|本[法条條办辦规規]"
    r"|县级|各级|任何|未经|除|禁止|鼓励|会议|国家|国务院|对于|依照|根据|按照|凡"
)


class Echoes:
    """What stands in the file, for looking up the characters around a seam.

    What few seams ask for is counted when it is first asked for.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = [fold(text) for text in texts]
        self.whole = "\n".join(self.texts)

    @cached_property
    def pairs(self) -> Counter[str]:
        """How often each two characters stand together."""
        return Counter(map(add, self.whole, self.whole[1:]))

    @cached_property
    def heads(self) -> Counter[str]:
        """How often a line or a sentence begins with each two characters."""
        heads = Counter(text[:2] for text in self.texts)
        heads.update(
            self.whole[at.end() : at.end() + 2] for at in STOP.finditer(self.whole)
        )
        return heads

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each character stands there."""
        return Counter(self.whole)

    @cached_property
    def after(self) -> Counter[str]:
        """How many different characters follow each."""
        return Counter(pair[0] for pair in self.pairs)

    @cached_property
    def before(self) -> Counter[str]:
        """How many different characters stand before each."""
        return Counter(pair[1] for pair in self.pairs)


def fold(text: str) -> str:
    """A text for comparing: no space, punctuation of one width."""
    return SPACES.sub("", text).translate(FOLD)


def parallel(echoes: Echoes, left: int, right: int) -> int:
    """The length of the longest passage over the seam that stands elsewhere, or 0."""
    before = echoes.texts[left][-REACH:]
    after = echoes.texts[right][:REACH]
    if not before or not after or before[-1] + after[0] not in echoes.pairs:
        return 0
    best, ahead = 0, len(after)
    for size in range(1, len(before) + 1):
        tail = before[-size:]
        if tail + after[0] not in echoes.whole:
            break
        low = 1
        while low < ahead and tail + after[: low + 1] in echoes.whole:
            low += 1
        ahead = low
        best = max(best, size + low)
    return best


def gapped(echoes: Echoes, left: int, right: int) -> int:
    """The length of a passage elsewhere that fits but for one character at the seam.

    Recognition loses or misreads a character where a column ends: 专门规|口。《条例》
    beside 专门规定。《条例》. At least two characters must agree on each side.
    """
    before, after = echoes.texts[left][-REACH:], echoes.texts[right][: REACH + 1]
    if len(before) < 2 or len(after) < 3:
        return 0
    best, whole = 0, echoes.whole
    at = whole.find(before[-2:])
    for _ in range(OCCURRENCES):
        if at < 0:
            break
        gap = at + 2
        for head in (after, after[1:]):
            ahead = _common(whole[gap + 1 : gap + 1 + REACH], head)
            if ahead >= 2 and "\n" not in whole[gap]:
                tail = _common(whole[max(0, gap - REACH) : gap][::-1], before[::-1])
                best = max(best, tail + ahead)
        at = whole.find(before[-2:], gap)
    return best


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    size = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        size += 1
    return size


def fit(echoes: Echoes, left: int, right: int) -> float:
    """What it costs to read ``right`` as the continuation of ``left``."""
    before, after = echoes.texts[left], echoes.texts[right]
    length = parallel(echoes, left, right)
    cost = BASE - _echo(echoes, before, after, length)
    word = across(before, after)
    if word:
        cost -= 2.5 + (word > 2)
    elif length < 3:
        cost -= GAP * max(0, gapped(echoes, left, right) - 3)
    if HANGING.search(before):
        cost -= 0.7
    if CLOSING.match(after):
        cost -= 3
    if OPENER.match(after) or after.startswith("|"):
        cost += 9
    elif STARTING.match(after):
        cost += 2
    if not RUNNING.search(before):
        cost += 0.5
    if LATIN.match(after) and not LATIN.match(before[-1:]):
        cost += 1.5 if len(after) > 8 else 4.5
    cost += _headlike(echoes, after)
    return cost + _pairing(before, after)


def _echo(echoes: Echoes, before: str, after: str, length: int) -> float:
    if length == 2:
        count = echoes.pairs[before[-1] + after[0]]
        return min(2.0, 0.7 + 0.4 * count)
    if length:
        weight = min(8.0, 1.1 * (length - 1))
        return weight * _constant(echoes, before, after)
    left, right = before[-1:], after[:1]
    return -_bound(echoes, echoes.after, left) - _bound(echoes, echoes.before, right)


def _constant(echoes: Echoes, before: str, after: str) -> float:
    """How constantly the words beside the seam meet elsewhere, 0 to 1.

    党的不 is always 党的不懈; but 县级以上, which stands everywhere, says little when
    it stands behind one more 的.
    """
    tail, head = before[-4:], after[:4]
    shares = []
    meeting = ((tail, tail + after[:1]), (head, before[-1:] + head))
    for known, whole in meeting:
        elsewhere = echoes.whole.count(known) - 1
        shares.append(echoes.whole.count(whole) / elsewhere if elsewhere > 0 else 0.0)
    return min(1.0, max(*shares, 0.15))


def _bound(echoes: Echoes, kinds: Counter[str], char: str) -> float:
    """How much it speaks against a seam that its two characters never meet.

    Witten and Bell: a character with few different neighbours (工 before 作) is not
    likely to meet a new one; one that ends words (成) is.
    """
    seen, different = echoes.counts[char], kinds[char]
    return min(2.0, 0.7 * log((seen + different + 1) / (different + 1)))


def _headlike(echoes: Echoes, after: str) -> float:
    """Whether sentences elsewhere begin the way ``after`` does, or never do."""
    head = after[:2]
    starts, count = echoes.heads[head], echoes.pairs[head]
    if starts > 1:
        return 3.0 * starts / max(count, starts)
    return -1.0 if count - starts >= 2 else 0.0


def _pairing(before: str, after: str) -> float:
    """Quotes and brackets opened before the seam should be closed behind it."""
    cost = 0.0
    for opener, closer in PAIRS:
        depth = before.count(opener) - before.count(closer)
        first_open, first_close = after.find(opener), after.find(closer)
        closes = first_close >= 0 and (first_open < 0 or first_close < first_open)
        if depth > 0:
            cost += -4.0 if closes else 3.0
        elif closes:
            cost += 3.0
    return cost
