"""Whether characters on both sides of a seam make a word; the only door to jieba.

The dictionary is loaded when a paragraph first breaks off, so that reading a clean law
never pays for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

AROUND = 6
"""How many characters on each side are cut into words."""


@lru_cache(maxsize=65536)
def _cut(text: str) -> Sequence[str]:
    import rjieba

    words: Sequence[str] = rjieba.cut(text, False)  # noqa: FBT003  (no guessed words)
    return words


def across(before: str, after: str) -> int:
    """The length of the dictionary word that stands over a seam, or 0."""
    left, right, reached = before[-AROUND:], after[:AROUND], 0
    for word in _cut(left + right):
        if reached < len(left) < reached + len(word):
            return len(word)
        reached += len(word)
    return 0


def alone(before: str) -> bool:
    """Whether the last character before a seam is no word with what precedes it."""
    words = _cut(before[-AROUND:])
    return bool(words) and len(words[-1]) == 1
