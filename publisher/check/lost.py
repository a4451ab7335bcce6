"""Lines that may be a heading which has lost its number.

Crawlers and recognition drop 第二章 and keep its title, which then stands as a bare
line after the last article of the chapter before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from publisher.check.series import Series
from publisher.tree import walk
from publisher.tree.ids import anchor
from publisher.tree.nodes import (
    Collection,
    Document,
    Heading,
    Identified,
    Paragraph,
    Prose,
)

BARE = re.compile(r"[^，。；：？！,;:?!、（）()\s]{2,20}")
"""A line without any mark: 急救网络建设, 保障少数民族政治权利."""


def bare_headings(collection: Collection, series: Series) -> tuple[str, ...]:
    """Bare lines where the numbers of chapters, sections … have a gap."""
    if series.level in {"article", "item"}:
        return ()
    return tuple(
        line
        for document in collection.documents
        if document.id == series.where
        for (one, begin, _), (other, end, _) in pairwise(series.numbers)
        if other[0] > one[0] + 1
        for line in _between(document, begin, end)
    )


def _between(document: Document, begin: str, end: str) -> Iterator[str]:
    inside = False
    for node in walk.walk(document):
        if isinstance(node, Identified) and anchor(document, node.id) in {begin, end}:
            inside = not inside
        match node:
            case Paragraph() | Heading() | Prose() if inside:
                text = walk.plain(node.run).strip()
                if BARE.fullmatch(text):
                    yield text
            case _:
                pass
