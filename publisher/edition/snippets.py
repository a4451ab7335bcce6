"""A few characters from beside a place, cut where a reader would cut them.

No dictionary: a cut falls at punctuation, or between the two characters that belong
together least in the book's own text, which is mostly the edge of a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, pairwise
from operator import add

from publisher.remembered import tally
from publisher.tree import walk
from publisher.tree.nodes import Document

Counts = Mapping[str, int]
"""How often each character, and each pair of neighbours, stands in the book."""
SEAM = (1, 2, 3, 4)
"""Lengths beside a seam, the best first."""
WORD = (2, 3, 1, 4)
"""Lengths beside a change of a character or two."""
EDGE = (0, 1, 2, 3, 4)
"""Lengths beside a longer stretch, which may stand alone."""


def counts(documents: Iterable[Document]) -> Counts:
    """Every character and every pair in the runs of the documents, counted."""
    runs = (run for document in documents for _, run in walk.runs(document))
    return tally(_grams, [walk.plain(run) for run in runs])


def _grams(text: str) -> Iterable[str]:
    return chain(text, map(add, text, text[1:]))


def right(text: str, known: Counts, lengths: Sequence[int], edge: str = "") -> str:
    """The first few characters of a text that stands after the character ``edge``.

    Punctuation ends them. Beside a seam there must be some: what begins with
    punctuation is shown with it.
    """
    size = _leading(text) if lengths is SEAM else 0
    marks, words = text[:size], text[size : size + _reach(text[size:])]
    bonds = [bond(a + b, known) for a, b in pairwise((marks[-1:] or edge, *words, ""))]
    return marks + words[: _best(bonds, lengths)]


def left(text: str, known: Counts, lengths: Sequence[int], edge: str = "") -> str:
    """The last few characters of a text that stands before the character ``edge``."""
    text = text[::-1]
    size = _leading(text) if lengths is SEAM else 0
    marks, words = text[:size], text[size : size + _reach(text[size:])]
    bonds = [bond(b + a, known) for a, b in pairwise((marks[-1:] or edge, *words, ""))]
    return (marks + words[: _best(bonds, lengths)])[::-1]


def bond(pair: str, known: Counts) -> float:
    """How much two neighbours belong together, 0 to 1; 0 at the end of the words."""
    if len(pair) < 2:
        return 0.0
    both = known.get(pair, 0)
    return both * both / max(known.get(pair[0], 0) * known.get(pair[1], 0), 1)


def _leading(text: str) -> int:
    """How many characters there are before the first Han, letter or digit."""
    return next((at for at, char in enumerate(text) if char.isalnum()), len(text))


def _reach(text: str) -> int:
    """How many characters there are up to the first that is no Han, letter or digit."""
    return next((at for at, char in enumerate(text) if not char.isalnum()), len(text))


def _best(bonds: Sequence[float], lengths: Sequence[int]) -> int:
    """The length whose cut parts what is least bound; ``bonds[0]`` is of length 0."""
    fitting = [n for n in lengths if n < len(bonds)]
    return min(fitting, key=bonds.__getitem__, default=0)
