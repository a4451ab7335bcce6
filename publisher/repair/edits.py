"""Put repairs into the texts of a tree, and take them out again.

Laws: every text stays what `publisher.tree.nodes.Text` promises to be; what is bold or
a reference stays so; `undo` needs nothing but the records, so that the files can be
put together again from the tree alone.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from publisher.repair.passages import Passage
from publisher.repair.settled import is_line_end, unsettled
from publisher.source import Span
from publisher.tree import walk
from publisher.tree.nodes import (
    Collection,
    Fixed,
    Inline,
    Marked,
    Reference,
    Repair,
    Ruby,
    Run,
    Strong,
    Text,
)


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Other characters for a stretch of the source that stands in one text."""

    span: Span
    text: str


def edits(passage: Passage, start: int, end: int, after: str) -> tuple[Edit, ...]:
    """The smallest edits that make ``text[start:end]`` of a passage say ``after``.

    Empty when nothing changes, and when it cannot be done inside single texts: across
    a seam or the edge of a reference, say.
    """
    before = passage.text[start:end]
    if len(before) == len(after):
        pairs = enumerate(zip(before, after, strict=True), start)
        changed = [(at, new) for at, (old, new) in pairs if old != new]
        spots = [(passage.spot(at), new) for at, new in changed]
        if all(span for span, _ in spots):
            return tuple(Edit(span, new) for span, new in spots if span)
    head = common(before, after)
    tail = common(before[head:][::-1], after[head:][::-1])
    first, last = start + head, end - tail
    middle = after[head : len(after) - tail]
    if first < last and middle:
        return _single(passage, first, last, middle)
    return _beside(passage, (start, end), (first, last), middle)


def deletion(passage: Passage, start: int, end: int) -> tuple[Edit, ...]:
    """The edits that take ``text[start:end]`` of a passage away, text by text.

    Empty where one end lies inside a stretch that another repair replaced as a whole.
    """
    ends = zip(passage.starts, passage.texts, strict=True)
    out: list[Edit] = []
    for begin, text in ends:
        first = max(start, begin)
        last = min(end, begin + len(text.text))
        if first < last:
            spans = passage.stretches(first, last)
            if len(spans) != 1:
                return ()
            out.append(Edit(spans[0], ""))
    return tuple(out)


def common(one: str, other: str) -> int:
    """How many characters two words begin with in common."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _beside(
    passage: Passage, stretch: tuple[int, int], place: tuple[int, int], middle: str
) -> tuple[Edit, ...]:
    """Nothing cannot be replaced, nor by nothing: one character beside goes along.

    Rather one inside the stretch that is to be changed than one outside it.
    """
    first, last = place
    if first == last and not middle:
        return ()
    text = passage.text
    ways = [
        (first, last + 1, middle + text[last : last + 1]),
        (first - 1, last, text[max(first - 1, 0) : first] + middle),
    ]
    ways.sort(key=lambda way: way[0] < stretch[0] or way[1] > stretch[1])
    inside = (way for way in ways if way[0] >= 0 and way[1] <= len(text))
    return next((done for way in inside if (done := _single(passage, *way))), ())


def _single(passage: Passage, first: int, last: int, after: str) -> tuple[Edit, ...]:
    begin, text = passage.piece(first)
    spans = passage.stretches(first, last)
    if last > begin + len(text.text) or len(spans) != 1:
        return ()
    return (Edit(spans[0], after),)


def apply(collection: Collection, changes: Iterable[Edit]) -> Collection:
    """Copy a collection with edits made; edits must not overlap."""
    ordered = sorted(changes)
    begins = [(edit.span.file, edit.span.start) for edit in ordered]

    def change(text: Text) -> tuple[Text, ...]:
        span = text.span
        first = bisect_left(begins, (span.file, span.start))
        last = bisect_left(begins, (span.file, span.end))
        return _edited(text, ordered[first:last]) if first < last else (text,)

    return _changed(collection, change) if ordered else collection


def _changed(
    collection: Collection, change: Callable[[Text], tuple[Text, ...]]
) -> Collection:
    def label(text: Text) -> Text:
        """A label is one text: a replacement that changes its length takes it whole."""
        words = "".join([part.text for part in change(text)])
        return text if words == text.text else replace(text, text=words)

    def run(inlines: Run) -> Run:
        return walk.map_texts(inlines, change)

    documents = (walk.map_document(d, run, label) for d in collection.documents)
    return replace(collection, documents=tuple(documents))


def _edited(text: Text, changes: Sequence[Edit]) -> tuple[Text, ...]:
    """A text with edits made; what changes its length becomes a text of its own."""
    if len(text.text) != len(text.span):
        return (replace(text, text=changes[0].text),)
    begin, at = text.span.start, 0
    out: list[Text] = []
    kept = list(text.text)
    for edit in changes:
        first, last = edit.span.start - begin, edit.span.end - begin
        if len(edit.text) == len(edit.span):
            kept[first:last] = edit.text
        else:
            out += _part(text, kept, at, first)
            out.append(Text(edit.text, span=edit.span))
            at = last
    return (*out, *_part(text, kept, at, len(kept)))


def _part(text: Text, chars: Sequence[str], start: int, end: int) -> tuple[Text, ...]:
    if start >= end:
        return ()
    span, begin = text.span, text.span.start
    words = "".join(chars[start:end])
    return (Text(words, span=Span(span.file, begin + start, begin + end)),)


def undo(collection: Collection) -> Collection:
    """Take back every applied replacement, from the records alone.

    Afterwards `walk.restore` gives the files as they were read.
    """
    collection = unsettled(collection)
    records = sorted(filter(replaced, collection.repairs), key=lambda r: r.span)
    if not records:
        return collection
    begins = [(record.span.file, record.span.start) for record in records]
    longest = max(len(record.span) for record in records)

    def restored(text: Text) -> Text:
        span = text.span
        first = bisect_left(begins, (span.file, span.start - longest))
        last = bisect_left(begins, (span.file, span.end))
        return _restored(text, records[first:last]) if first < last else text

    documents = tuple(
        walk.map_document(document, lambda run: _undone(run, restored), restored)
        for document in collection.documents
    )
    kept = tuple(record for record in collection.repairs if not replaced(record))
    return replace(collection, documents=documents, repairs=kept)


def replaced(record: Repair) -> bool:
    """Whether a record tells of characters that were changed in the tree."""
    return record.kind == "replace" and record.status == "applied"


def _restored(text: Text, records: Sequence[Repair]) -> Text:
    span = text.span
    whole = len(text.text) != len(span)
    chars = [""] * len(span) if whole else list(text.text)
    for record in records:
        first = max(record.span.start, span.start)
        last = min(record.span.end, span.end)
        if first < last:
            shift = record.span.start
            chars[first - span.start : last - span.start] = record.before[
                first - shift : last - shift
            ]
    return replace(text, text="".join(chars))


def _undone(run: Run, restored: Callable[[Text], Text]) -> Run:
    """A run restored; what a replacement had cut apart is one text again."""
    out: list[Inline] = []
    cut = False
    for inline in run:
        match inline:
            case Text():
                whole = len(inline.text) != len(inline.span)
                text, last = restored(inline), out[-1] if out else None
                if isinstance(last, Text) and (whole or cut) and _one(last, text):
                    span = replace(last.span, end=text.span.end)
                    out[-1] = Text(last.text + text.text, span=span)
                else:
                    out.append(text)
                cut = whole
            case Strong() | Reference() | Marked() | Ruby() | Fixed():
                out.append(replace(inline, inlines=_undone(inline.inlines, restored)))
            case _:
                out.append(inline)
    return tuple(out)


def _one(one: Text, other: Text) -> bool:
    """Whether two texts stood in one line, one behind the other."""
    if is_line_end(one) or is_line_end(other):
        return False
    return (one.span.file, one.span.end) == (other.span.file, other.span.start)
