"""Citations of provisions (条文引用) in a document's runs, resolved to ids.

`surfaces` finds them, `laws` says which law they are of, `resolve` what they mean in
the tree of `provisions`. A chain of targets is one reference. What another law says
has no target here, nor has what a quotation says of itself (wording in an amendment).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from itertools import pairwise

from publisher.read.references.laws import Laws, Named, laws
from publisher.read.references.provisions import Provision, Provisions
from publisher.read.references.resolve import sense
from publisher.read.references.surfaces import citations, steps
from publisher.source import Span
from publisher.tree.nodes import Document, Inline, Reference, Run
from publisher.tree.walk import map_document, plain, runs, slice_run, texts

__all__ = ["Known", "Provisions", "known", "refer", "sense"]

QUOTES = re.compile(r"[“”「」]")


@dataclass(frozen=True, slots=True)
class Known:
    """What a document has to refer to, and what names of laws mean in it."""

    provisions: Provisions
    laws: Laws


def known(document: Document) -> Known:
    """Collect what the citations of a document may mean; it must have its ids."""
    listed = list(runs(document))
    provisions = Provisions(document)
    first = next(iter(provisions.series.get("", ())), None)
    within = {name for name, one in provisions.owners.items() if one.up(0) is first}
    shown = [plain(run) for _, run in listed]
    opening = "".join(
        text
        for (owner, _), text in zip(listed, shown, strict=True)
        if first and owner in within
    )
    return Known(provisions, laws(plain(document.title), shown, opening))


def refer(document: Document) -> Document:
    """The document with its citations marked and resolved; it must have its ids."""
    owners = iter([owner for owner, _ in runs(document)])
    marker = _Marker(known(document))
    # map_document goes in the order of runs
    return map_document(
        document, lambda run: marker.mark(run, next(owners)), lambda label: label
    )


@dataclass(slots=True)
class _Marker:
    """Goes through a document; what was cited last counts within an article."""

    known: Known
    here: Provision | None = None
    article: Provision | None = None
    last: Provision | None = None
    law: str = ""
    """The other law that was named last in this article, for 同法."""
    quoted: bool = False
    """Whether a quotation is open: it may go on over the paragraphs of an article."""
    quotes: list[int] = field(default_factory=list)
    """Where in the run that is being marked a quotation begins or ends, in turn."""

    def mark(self, run: Run, owner: str) -> Run:
        """One run with its citations marked."""
        self._enter(owner)
        text = plain(run)
        self._quotations(text)
        found: list[tuple[int, int, Reference]] = []
        floor = 0
        for start, end in citations(text):
            named = self.known.laws.naming(text, floor, start)
            if made := self._reference(text, start, end, named):
                found.append((named.start, end, made))
                floor = end
        self.quoted ^= len(self.quotes) % 2 == 1
        return _marked(run, found) if found else run

    def _enter(self, owner: str) -> None:
        """Begin a run: what was cited last is forgotten where an article ends."""
        self.here = self.known.provisions.owners.get(owner)
        article = self.here.up(0) if self.here else None
        if article is not self.article or not article:
            self.last, self.law, self.quoted = None, "", False
        self.article = article

    def _quotations(self, text: str) -> None:
        """Find the quotations of a run: opened again and again, closed once."""
        inside, self.quotes = self.quoted, []
        for found in QUOTES.finditer(text):
            opening = found[0] in "“「"
            if opening is not inside:
                self.quotes.append(found.start())
                inside = opening

    def _reference(
        self, text: str, start: int, end: int, named: Named
    ) -> Reference | None:
        law = self._law(named, quoted=self._is_quoted(start))
        if law is None:
            return None
        if law:
            self.law = law
            return Reference((), law, ())
        self.law = ""
        if not self.here:
            return None
        found = sense(
            text[start:end],
            self.here,
            self.known.provisions,
            own=named.how == "own",
            last=self.last,
        )
        if not found.targets and _is_count(text[start:end], text[end : end + 1]):
            return None
        self.last = found.last
        return Reference((), None, found.targets)

    def _is_quoted(self, at: int) -> bool:
        return self.quoted ^ (bisect_right(self.quotes, at) % 2 == 1)

    def _law(self, named: Named, *, quoted: bool) -> str | None:
        """The other law a citation is of, "" for this one, None where nobody says."""
        match named.how:
            case "other":
                return named.law
            case "last":
                return self.law or None
            case "own" if not quoted:
                return ""
            case _ if self.known.laws.amended:
                return self.known.laws.amended
            case _:
                return (self.law or None) if quoted else ""


# 前三项污染物; 第一项任务: a number of things
THING = re.compile(r"[\u4e00-\u9fff]")
CITING = re.compile(
    r"[规規所的之中情行规事以、和及或与與至内內外但则則不有者可应應為为於于將将除并並]"
)


def _is_count(surface: str, after: str) -> bool:
    """Whether what finds nothing only counts things, as in 前三项污染物."""
    said = steps(surface)
    if len(said) != 1 or said[0].unit not in "款项項目":
        return False
    if said[0].unit == "目":
        return True
    counts = said[0].manner == "back" and said[0].number[0] > 1
    return counts or bool(THING.match(after) and not CITING.match(after))


def _marked(run: Run, found: list[tuple[int, int, Reference]]) -> Run:
    """A run with stretches of it made references, in one pass over its inlines."""
    cuts = sorted({at for start, end, _ in found for at in (start, end)})
    pieces = _cut(run, cuts)
    made = {start: (end, reference) for start, end, reference in found}
    out: list[Inline] = []
    inner: list[Inline] = []
    until = -1
    reference = None
    for at, inline in pieces:
        if reference and at >= until:
            out.append(_filled(reference, inner))
            reference, inner = None, []
        if not reference and at in made and plain((inline,)):
            until, reference = made[at]
        (inner if reference else out).append(inline)
    if reference:
        out.append(_filled(reference, inner))
    return tuple(out)


def _filled(reference: Reference, inner: list[Inline]) -> Reference:
    spans = [text.span for inline in inner for text in texts(inline)]
    last = max(spans[0].end, spans[-1].end)
    span = Span(spans[0].file, spans[0].start, last)
    return replace(reference, inlines=tuple(inner), span=span)


def _cut(run: Run, cuts: list[int]) -> list[tuple[int, Inline]]:
    """The inlines of a run cut at offsets, each with its own offset."""
    out: list[tuple[int, Inline]] = []
    at = 0
    for inline in run:
        size = len(plain((inline,)))
        first, last = bisect_right(cuts, at), bisect_right(cuts, at + size - 1)
        edges = [0, *(cut - at for cut in cuts[first:last]), size]
        for start, end in pairwise(edges):
            parts = slice_run((inline,), start, end) if len(edges) > 2 else (inline,)
            out.extend((at + start, part) for part in parts)
        at += size
    return out
