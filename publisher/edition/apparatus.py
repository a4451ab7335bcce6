"""The editor's account of a book: what is missing, joined, changed, doubted, left out.

Law: the record is conserved. Every repair of a printed document is told exactly once:
character widths as a count for each mark, every other replacement as a row, every join
and every split with its place. An excerpt tells of what is in it.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from publisher.book import Book
from publisher.edition import snippets
from publisher.edition.notes import ground
from publisher.edition.places import (
    KIND,
    Seat,
    first_after,
    holding,
    last_before,
    names,
    seats,
)
from publisher.edition.prepared import Apparatus, Change, JoinNote, LeftOut, Missing
from publisher.edition.select import anchors
from publisher.edition.works import left_out, title_of
from publisher.patterns import pattern
from publisher.source import Span
from publisher.tree import walk
from publisher.tree.nodes import Collection, Continuation, Document, Join, Repair

UNSURE = "待核"
DELETED = "（删去）"
BRACKETED = pattern(r"(.*)(（[^（）]+）)")
"""第四条（二）: the place, and the point in it."""
HAN = pattern(r"[\u3400-\u9fff]")


@dataclass(frozen=True)
class Desk:
    """What the rows of one account are made from; found out when a row asks for it."""

    collection: Collection
    whole: tuple[Document, ...]
    """The book's documents."""
    chosen: tuple[Document, ...]
    """What is printed of them."""

    @cached_property
    def every(self) -> tuple[Document, ...]:
        """All documents that were read, those of the book as they are in it."""
        by_id = {document.id: document for document in self.whole}
        return tuple(by_id.get(d.id, d) for d in self.collection.documents)

    @cached_property
    def names(self) -> dict[str, str]:
        """What each place is called in print."""
        if self.every == self.whole:
            return names(self.whole)
        return {**names(self.every), **names(self.whole)}

    @cached_property
    def seats(self) -> tuple[Seat, ...]:
        """Where every stretch of source went."""
        return seats(self.every)

    @cached_property
    def counts(self) -> snippets.Counts:
        """How often each pair of characters stands in the book."""
        return snippets.counts(self.whole)

    @cached_property
    def order(self) -> dict[str, int]:
        """The anchors that are printed, and which comes first."""
        return {anchor: at for at, anchor in enumerate(anchors(self.chosen))}

    @cached_property
    def printed(self) -> frozenset[str]:
        """The ids of the book's documents, those too that an excerpt leaves out."""
        return frozenset(document.id for document in self.whole)

    def named(self, anchor: str) -> str:
        """What a place is called in print; at least its document."""
        return self.names.get(anchor) or self.names.get(anchor.partition(".")[0], "")

    def place(self, repair: Repair) -> str:
        """The anchor of a repair: its own word, or else where its characters went."""
        if repair.where in self.order:
            return repair.where
        seat = holding(self.seats, repair.span)
        return seat.anchor if seat else repair.where

    def rank(self, repair: Repair) -> int | None:
        """Where it comes in print; what is deleted comes after what stood before it."""
        own = self.order.get(self.place(repair))
        if own is None or repair.after or holding(self.seats, repair.span):
            return own
        above = Span(repair.span.file, -1, repair.span.start)
        seat = last_before(self.seats, above)
        return max(own, self.order.get(seat.anchor, own)) if seat else own


def account(
    at: Desk, book: Book, missing: Sequence[Missing], selected: str
) -> Apparatus:
    """Everything that 编辑说明 tells, in the script of the source."""
    told = [r for r in repairs(at) if r.kind == "replace"]
    rows = [repair for repair in told if not is_width(repair)]
    done = [repair for repair in rows if repair.status == "applied"]
    open_ = [repair for repair in rows if repair.status != "applied"]
    return Apparatus(
        missing=tuple(missing),
        joins=tuple(_joins(at)),
        mixed=_mixed(at),
        widths=_widths(filter(is_width, told)),
        splits=_grouped(_splits(at)),
        changed=tuple(_change(at, repair) for repair in done),
        doubts=tuple(_change(at, repair) for repair in open_),
        left_out=tuple(_left_out(at.collection, book, at.printed)),
        allowed=tuple((at.named(a.where), a.reason) for a in book.allow),
        selected=selected,
    )


def repairs(at: Desk) -> list[Repair]:
    """The repairs of what is printed, in reading order."""
    placed = [(at.rank(r), r.span, r) for r in at.collection.repairs]
    kept = [(order, span, r) for order, span, r in placed if order is not None]
    return [repair for _, _, repair in sorted(kept, key=lambda entry: entry[:2])]


# ---------------------------------------------------------------- replacements


def is_width(repair: Repair) -> bool:
    """Whether only the shape of marks was changed, by a safe rule."""
    if repair.status != "applied" or repair.kind != "replace" or repair.reason:
        return False
    before, after = repair.before, repair.after
    same = unicodedata.normalize("NFKC", before) == unicodedata.normalize("NFKC", after)
    marks = not any(char.isalnum() or char.isspace() for char in before + after)
    return same or (marks and bool(before) and bool(after))


def _widths(found: Iterable[Repair]) -> tuple[tuple[str, str, int], ...]:
    count: Counter[tuple[str, str]] = Counter()
    for repair in found:
        before, after = repair.before, repair.after
        if len(before) == len(after):
            pairs = zip(before, after, strict=True)
            count.update((old, new) for old, new in pairs if old != new)
        else:
            count[before, after] += 1
    most = sorted(count.items(), key=lambda entry: (-entry[1], entry[0]))
    return tuple((old, new, many) for (old, new), many in most)


def _change(at: Desk, repair: Repair) -> Change:
    """One row: a short stretch is shown with a word from either side of it."""
    left, printed, right = _around(at, repair.span)
    short = len(HAN.findall(repair.before)) < 3
    lengths = snippets.WORD if short else snippets.EDGE
    head = snippets.left(left, at.counts, lengths, printed[:1])
    tail = snippets.right(right, at.counts, lengths, printed[-1:])
    applied = repair.status == "applied"
    before = repair.before if applied else printed or repair.before
    after = f"{head}{repair.after}{tail}" if applied or repair.after else UNSURE
    after = after or DELETED
    reason = ground(repair.reason) if applied else repair.reason
    basis = reason or repair.basis.zh
    place = at.named(at.place(repair))
    safe = applied and not repair.reason
    return Change(place, f"{head}{before}{tail}", after, basis, safe)


def _around(at: Desk, span: Span) -> tuple[str, str, str]:
    """The printed characters before a stretch of the source, of it, and after it."""
    first = holding(at.seats, Span(span.file, span.start, span.start))
    last = holding(at.seats, Span(span.file, max(span.end - 1, span.start), span.end))
    if first is None or last is None or first.run is not last.run:
        return "", "", ""
    text = walk.plain(first.run)
    start, end = first.offset(span.start), last.offset(span.end)
    return text[:start], text[start:end], text[end:]


# ---------------------------------------------------------------- joins, splits


def _joins(at: Desk) -> Iterator[JoinNote]:
    seams = [
        (first_after(at.seats, j.right.file, j.right.start), j)
        for j in at.collection.joins
    ]
    kept = [
        (seat, join)
        for seat, join in seams
        if seat and seat.anchor in at.order and seat.span.start < join.right.end
    ]
    for seat, join in sorted(kept, key=lambda e: (at.order[e[0].anchor], e[0].at)):
        before = last_before(at.seats, join.left)
        left = walk.plain(before.run)[: before.at + before.size] if before else ""
        right = walk.plain(seat.run)[seat.at :]
        if not (left and right):  # one of the two lines was deleted
            continue
        yield JoinNote(
            at.named(seat.anchor),
            snippets.left(left, at.counts, snippets.SEAM),
            snippets.right(right, at.counts, snippets.SEAM),
            _interleaved(at, join, seat.anchor),
        )


def _interleaved(at: Desk, join: Join, anchor: str) -> bool:
    """Whether lines of another document stand between the two lines."""
    if join.left.file != join.right.file:
        return False
    own = anchor.partition(".")[0]
    return any(
        join.left.end <= seat.span.start < join.right.start
        and seat.span.file == join.left.file
        and seat.anchor.partition(".")[0] != own
        for seat in at.seats
    )


def _mixed(at: Desk) -> bool:
    """Whether the lines of two documents of this edition stand among one another."""
    if len(at.chosen) < 2:
        return False
    held = {anchor.partition(".")[0] for anchor in at.order}
    known = [(s.span.file, s.anchor.partition(".")[0]) for s in at.seats]
    turns = [key for key, _ in groupby(entry for entry in known if entry[1] in held)]
    return len(turns) > len(set(turns))


def _splits(at: Desk) -> list[str]:
    """The anchor of what each split begins, in reading order."""
    deleted = {
        (piece.span.file, piece.span.start)
        for piece in at.collection.layout
        if len(piece.text) < len(piece.span)
    }
    begun = (
        first_after(at.seats, s.file, s.start)
        for s in at.collection.splits
        if (s.file, s.start) not in deleted
    )
    kept = {seat.anchor for seat in begun if seat and seat.anchor in at.order}
    return [at.named(anchor) for anchor in sorted(kept, key=at.order.__getitem__)]


def _grouped(places: Iterable[str]) -> tuple[str, ...]:
    """第五条（一）, 第五条（二）, 第五条（三） as 第五条（一）至（三）."""
    groups: dict[str, list[str]] = {}
    for place in places:
        match = BRACKETED.fullmatch(place)
        stem, point = (match[1], match[2]) if match else (place, "")
        groups.setdefault(stem, []).append(point)
    return tuple(stem + _points(points) for stem, points in groups.items())


def _points(points: Sequence[str]) -> str:
    return f"{points[0]}至{points[-1]}" if len(points) > 2 else "".join(points)


# ---------------------------------------------------------------- left out


def _left_out(
    collection: Collection, book: Book, printed: AbstractSet[str]
) -> Iterator[LeftOut]:
    others = [d for d in collection.documents if d.id not in printed]
    if not others:
        return
    ends = _line_ends(collection)
    out = {document.id: entry for document, entry in left_out(collection, book)}
    for document in others:
        spans = {text.span for text in walk.texts(document)}
        lines = {(s.file, bisect_right(ends, (s.file, s.start))) for s in spans}
        entry = out.get(document.id)
        reason = entry.reason if entry else ""
        yield LeftOut(_called(document), reason, len(lines), undecided=entry is None)


def _line_ends(collection: Collection) -> list[tuple[int, int]]:
    """File and offset of every line end; they are all layout."""
    return sorted(
        (piece.span.file, piece.span.start + at)
        for piece in collection.layout
        for at, char in enumerate(piece.text)
        if char == "\n"
    )


def _called(document: Document) -> str:
    """A document that is not printed: its title, or how its text begins."""
    if title := title_of(document):
        return f"《{title}》"
    begun = (block for block in document.body if not isinstance(block, Continuation))
    text = next((walk.ink(block) for block in begun), "")
    return f"{KIND[document.kind]}“{text[:12]}……”"
