"""Whether characters on both sides of a seam make a word; by the dictionary of jieba.

The dictionary is loaded when a paragraph first breaks off, so that reading a clean law
never pays for it.
"""

from __future__ import annotations

from functools import lru_cache

from publisher.words import cut

ALONE = frozenset(
    "的和与及在是为对将把被由从向以或并等有不应当可按依其该就也都而因但未经至到使让后前中"
    "上下内外者于用之又再各每某本此个年月日元人事物處於與應為對從還個須並會已所"
    "、，,：:；;“”‘’《》〈〉()（）。"
)
"""Characters that are words by themselves in statutes and news."""
AROUND = 6
"""How many characters on each side are cut into words."""


_cut = lru_cache(maxsize=65536)(cut)


def across(before: str, after: str) -> int:
    """The length of the dictionary word that stands over a seam, or 0."""
    left, right, reached = before[-AROUND:], after[:AROUND], 0
    for word in _cut(left + right):
        if reached < len(left) < reached + len(word):
            return len(word)
        reached += len(word)
    return 0


def inside(text: str) -> frozenset[int]:
    """The places in a text that fall inside a word of the dictionary."""
    places, at = set[int](), 0
    for word in _cut(text):
        places |= set(range(at + 1, at + len(word)))
        at += len(word)
    return frozenset(places)


def torn(before: str) -> bool:
    """Whether a text ends in a character that is no word alone: 做好相关工."""
    words = _cut(before[-AROUND:])
    return bool(words) and words[-1] not in ALONE and len(words[-1]) == 1
