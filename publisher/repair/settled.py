"""Carry what the editor decided through all that hangs on the words that were changed.

A corrected label counts as what it says now; what is deleted leaves the tree, and the
paragraphs behind it are counted anew; citations mean what they say now. Laws: ids stay
those of the numbers as read, so that decisions, notes and allowances find their places;
what leaves the tree stays in the collection's layout and on record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from publisher.patterns import pattern
from publisher.read.findings import last
from publisher.read.labels import counts
from publisher.read.marks import ends_open
from publisher.read.references import refer_again
from publisher.source import Span
from publisher.tree import walk
from publisher.tree.ids import anchor
from publisher.tree.nodes import (
    Collection,
    Continuation,
    Document,
    Identified,
    Image,
    Inline,
    Layout,
    Node,
    Number,
    Repair,
    Run,
    Table,
    Text,
)

LINE_END = pattern(r"\s*\n\s*")


def settle(was: Collection, now: Collection) -> Collection:
    """A collection that decisions have changed, settled; ``was`` is it before them.

    The repairs of ``now`` are about places that are still there.
    """
    documents: list[Document] = []
    before: list[Document] = []
    lost: list[Layout] = []
    for one, other in zip(was.documents, now.documents, strict=True):
        made = other if one is other else _settled(one, other)
        if made != other:
            before.append(other)
            lost += _lost(other, made)
        documents.append(made if made != other else other)
    if not before:
        return now
    return replace(
        now,
        documents=tuple(documents),
        layout=(*now.layout, *lost),
        repairs=tuple(_placed(now.repairs, documents, before)),
        before=tuple(before),
    )


def unsettled(collection: Collection) -> Collection:
    """The collection with its documents as they stood before they were settled."""
    if not collection.before:
        return collection
    before = {document.id: document for document in collection.before}
    held = {text.span for d in collection.before for text in walk.texts(d)}
    return replace(
        collection,
        documents=tuple(before.get(d.id, d) for d in collection.documents),
        layout=tuple(each for each in collection.layout if each.span not in held),
        before=(),
    )


def _settled(was: Document, now: Document) -> Document:
    labels = {label.span: label.text for _, label in walk.labels(was)}
    emptied = {text.span for text in walk.texts(now) if _emptied(text)}

    def number(node: walk.Numbered) -> Number:
        return _number(node, labels)

    def gone(node: Node) -> bool:
        return bool(emptied) and _gone(node)

    made = walk.settle(now, walk.Settling(number, gone))
    if emptied:
        made = walk.map_document(made, _cleared, lambda label: label)
        made = replace(made, tail_missing=_broken(now, made))
    return refer_again(made)


def _number(node: walk.Numbered, labels: Mapping[Span, str]) -> Number:
    """The number of a node, read again where its label is another than it was."""
    label = node.label
    old = labels.get(label.span) if label else None
    if label is None or old is None or old == label.text:
        return node.number
    new = counts(node, label.text)
    return new if new and counts(node, old) == node.number else node.number


def _emptied(text: Text) -> bool:
    """Whether all characters of a text were taken away."""
    return not text.text.strip() and len(text.text) < len(text.span)


def _gone(node: Node) -> bool:
    """Whether all that a node says was deleted; one that shows something stays."""
    texts = list(walk.texts(node))
    if not any(map(_emptied, texts)) or any(text.text.strip() for text in texts):
        return False
    return not any(isinstance(inner, Table | Image) for inner in walk.walk(node))


def _cleared(run: Run) -> Run:
    """A run without the line end of a deleted line; nothing, where nothing is left."""
    texts = walk.texts_of(run)
    if not any(map(_emptied, texts)):
        return run
    if not any(text.text.strip() for text in texts):
        return ()
    out: list[Inline] = []
    for inline in run:
        if is_line_end(inline) and all(map(_nothing, out)):
            continue
        if _nothing(inline) and out and is_line_end(out[-1]):
            out.pop()
        out.append(inline)
    return tuple(out)


def _nothing(inline: Inline) -> bool:
    return isinstance(inline, Text) and _emptied(inline)


def is_line_end(inline: Inline) -> bool:
    """Whether it only parts two lines, as those of a title."""
    return isinstance(inline, Text) and LINE_END.fullmatch(inline.text) is not None


def _broken(now: Document, made: Document) -> bool:
    """Whether a document breaks off, when the line that seemed to is deleted."""
    (owner, _), (other, run) = last(now), last(made)
    if not now.tail_missing or owner == other:
        return now.tail_missing
    to = (n for n in walk.walk(made) if isinstance(n, Continuation))
    return ends_open(walk.plain(run)) or any(n.direction == "to" for n in to)


def _lost(now: Document, made: Document) -> Iterator[Layout]:
    """What was deleted together with its node."""
    kept = {text.span for text in walk.texts(made)}
    for text in walk.texts(now):
        if (_emptied(text) or is_line_end(text)) and text.span not in kept:
            yield Layout(text.text, span=text.span)


def _placed(
    repairs: Sequence[Repair],
    documents: Sequence[Document],
    before: Sequence[Document],
) -> Iterator[Repair]:
    """The repairs, each of a node that is gone at what it stood in."""
    kept = {name for document in documents for name, _ in _anchors(document)}
    above = dict(held for document in before for held in _anchors(document))
    for record in repairs:
        where = record.where
        while where in above and where not in kept:
            where = above[where]
        yield record if where == record.where else replace(record, where=where)


def _anchors(document: Document) -> Iterator[tuple[str, str]]:
    """Every anchor of a document, with that of the node around it."""
    pending: list[tuple[Node, str]] = [(document, document.id)]
    while pending:
        node, around = pending.pop()
        if isinstance(node, Identified) and node.id:
            own = anchor(document, "" if node is document else node.id)
            yield own, around
            around = own
        pending += [(inner, around) for inner in walk.children(node)]
