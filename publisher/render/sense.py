"""What is known of words, for titles that are broken by sense.

The book's own text tells which characters belong together, a dictionary where a word
is; it takes a while to load, so it is asked last (`publisher.render.titles`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from math import sqrt

from publisher.edition import snippets
from publisher.tree import walk
from publisher.tree.nodes import Document

UNKNOWN = 0.25
"""How much two characters belong together where no text tells."""


@dataclass(frozen=True, slots=True)
class Sense:
    """What is known of words: ``bond`` of two neighbours from 0 to 1, and ``inside``.

    ``inside`` gives the places of a text that are inside a word; none if the text has
    no words that are known.
    """

    bond: Callable[[str], float] = lambda _: UNKNOWN
    inside: Callable[[str], frozenset[int]] = lambda _: frozenset()


UNTOLD = Sense()


def senses(documents: Sequence[Document]) -> Sense:
    """What the text of some documents tells, and the dictionary."""

    @cache
    def text() -> str:
        runs = (run for document in documents for _, run in walk.runs(document))
        return "\n".join(map(walk.plain, runs))

    @cache
    def often(words: str) -> int:
        # of a title few pairs are asked for, so the text is not counted as a whole
        if words == words[:1] * 2:
            return len(re.findall(f"(?={re.escape(words)})", text()))
        return text().count(words)

    def bond(pair: str) -> float:
        known = {part: often(part) for part in (pair, *pair)}
        seen = all(known[char] for char in pair)
        return sqrt(snippets.bond(pair, known)) if seen else UNKNOWN

    return Sense(bond, _inside)


def _inside(text: str) -> frozenset[int]:
    """The places inside words; the dictionary knows only simplified characters."""
    from publisher.read.words import inside

    simple = text
    if not _simplified(text):  # the dictionaries of conversion take a while to load
        from publisher.edition.lines import convert

        simple = convert(text, "zh-Hans", "zh-Hant")
    return inside(simple if len(simple) == len(text) else text)


def _simplified(text: str) -> bool:
    """Whether the old standard of simplified Chinese has all of a text."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
