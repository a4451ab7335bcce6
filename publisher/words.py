"""Words of a text, as the segmenter has them; the only door to rjieba.

Its dictionary is loaded at the first text that is cut.
"""

from __future__ import annotations

from collections.abc import Sequence

from publisher.patterns import pattern

SURROGATE = pattern("[\ud800-\udfff]")


def cut(text: str) -> Sequence[str]:
    """The words of a text, none of them guessed; joined, they are as long as it is.

    A lone surrogate is no text for the segmenter; another character stands in for it.
    """
    import rjieba

    whole = SURROGATE.sub("\ufffd", text)
    words: Sequence[str] = rjieba.cut(whole, False)  # noqa: FBT003  (no guessed words)
    return words
