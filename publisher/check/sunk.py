"""Articles that begin inside a paragraph, because a line break was lost before them.

Law: only an article that the document has nowhere else is one; 违反第十六条 is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from publisher.check.places import Place, Same, nodes, places
from publisher.numerals import NUMERAL, number
from publisher.patterns import pattern
from publisher.read.marks import CITED
from publisher.tree.nodes import Article, Document

# …由主席团会议决定。 第十六条市人民代表大会…
SUNK = pattern(rf"[。；！？][ \u3000]*(第({NUMERAL}{{1,9}})[条條])(?=[^\s之])")


@dataclass(frozen=True, slots=True)
class Sunk:
    """An article's number inside a paragraph: where it stands in its words."""

    number: int
    place: Place
    start: int
    end: int


def sunk(document: Document) -> tuple[Sunk, ...]:
    """The articles that stand inside paragraphs of a document."""
    return _sunk(Same(document))


@lru_cache(maxsize=16)
def _sunk(same: Same) -> tuple[Sunk, ...]:
    own = {node.number[0] for node in nodes(same.document) if isinstance(node, Article)}
    return tuple(
        Sunk(counted, stands, *found.span(1))
        for stands in places(same.document)
        for found in SUNK.finditer(stands.text)
        if not CITED.match(stands.text, found.end())
        and (counted := number(found[2]))
        and own
        and min(own) <= counted <= max(own)
        and counted not in own
    )
