"""Which regulation of the book the words of another document are said to come from.

What stands in “” goes with the title, the short name (以下简称) or 本条例 that stands
last before it in the paragraph, and with the 第十条 behind that. Where none stands,
第十条 alone goes with the one regulation that the document speaks of, if it is one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from publisher.check.claims import SHORT, TITLE, named
from publisher.check.places import Place, places
from publisher.numerals import NUMERAL
from publisher.patterns import pattern
from publisher.tree.nodes import Collection, Document

QUOTED = pattern(r"“([^“”]{4,3000})”|「([^「」]{4,3000})」")
OWN = pattern(r"[本该該](?:法|条例|條例|规定|規定|办法|辦法|细则|細則|章程|准则|準則)")
ARTICLE = pattern(rf"第{NUMERAL}{{1,9}}[条條](?:之{NUMERAL}{{1,3}})?")
MENTION = pattern(f"{TITLE.pattern}|{OWN.pattern}")
FAR = 200
"""How far before a quotation, in characters, its source may be named."""
BESIDE = 30
"""The same for a provision without a title."""


@dataclass(frozen=True, slots=True)
class Attributed:
    """Words in quotation marks, and the regulation they are said to come from."""

    place: Place
    start: int
    text: str
    law: Document
    article: str
    """As printed, 第十条; empty where no provision is named."""


@dataclass(frozen=True)
class Speaker:
    """A document that speaks of regulations, and the names it gives them."""

    collection: Collection
    document: Document
    listed: tuple[Place, ...]
    shorts: Mapping[str, str] = field(default_factory=dict)
    usual: Document | None = None

    def law(self, name: str) -> Document | None:
        """The regulation of a title or a short name."""
        return named(self.collection, self.shorts.get(name, name))

    def subject(self, text: str, at: int) -> tuple[Document | None, str]:
        """The regulation, and its provision, that a place in a paragraph is about."""
        begin = max(at - FAR, 0)
        mentions = list(MENTION.finditer(text, begin, at))
        law, reached = self.usual, max(at - BESIDE, 0)
        if mentions:
            last = mentions[-1]
            law = self.law(last[1]) if last[1] else self.usual
            reached = last.end()
        articles = ARTICLE.findall(text, reached, at)
        return (law if mentions or articles else None), (articles or [""])[-1]


def speakers(collection: Collection) -> Iterator[Speaker]:
    """The documents that may speak of the regulations they stand beside."""
    if not any(document.kind == "regulation" for document in collection.documents):
        return
    for document in collection.documents:
        if document.kind != "regulation":
            yield _speaker(collection, document)


def _speaker(collection: Collection, document: Document) -> Speaker:
    listed = places(document)
    words = "\n".join(stands.text for stands in listed)
    shorts = {short: full for full, short in SHORT.findall(words)}
    known = {
        name: named(collection, shorts.get(name, name))
        for name in set(TITLE.findall(words))
    }
    laws = {law.id: law for law in known.values() if law}
    usual = next(iter(laws.values())) if len(laws) == 1 else None
    return Speaker(collection, document, listed, shorts, usual)


def attributions(collection: Collection) -> Iterator[Attributed]:
    """Every quotation that is said to come from a regulation of the book."""
    for speaker in speakers(collection):
        for stands in speaker.listed:
            for found in QUOTED.finditer(stands.text):
                law, article = speaker.subject(stands.text, found.start())
                if law:
                    group = 1 if found[1] else 2
                    start, text = found.start(group), found[group]
                    yield Attributed(stands, start, text, law, article)
