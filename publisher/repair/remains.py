"""What decisions leave behind that cannot be meant: told, and left as it is."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.diagnostics import Diagnostic, Words
from publisher.outcomes import LEFT_BEHIND, UNREAD_LABEL
from publisher.read.labels import counts
from publisher.source import Span
from publisher.tree import walk
from publisher.tree.ids import anchor
from publisher.tree.nodes import Answer, Article, Collection, Document, Text


def remains(was: Collection, now: Collection) -> Iterator[Diagnostic]:
    """What there is to say of a collection; ``was`` is it before the decisions."""
    for before, after in zip(was.documents, now.documents, strict=True):
        if before != after:
            yield from _unread(before, after)
            yield from _left(before, after)


def _unread(before: Document, after: Document) -> Iterator[Diagnostic]:
    """Labels that say no number of their node any more: 第三款 of an article."""
    labels = {label.span: label.text for _, label in walk.labels(before)}
    for node in walk.owners(after):
        if isinstance(node, walk.Numbered) and node.label:
            label = node.label
            old = labels.get(label.span, label.text)
            changed = old != label.text and label.text.strip()
            if changed and counts(node, old) and not counts(node, label.text):
                message = _NO_NUMBER.fill(before=old, after=label.text)
                where = anchor(after, node.id) if node.id else after.id
                cure = UNREAD_LABEL.cure
                yield Diagnostic(UNREAD_LABEL, message, label.span, where, cure)


def _left(before: Document, after: Document) -> Iterator[Diagnostic]:
    """Answers and articles of which the question or all the text is deleted."""
    asked = {id_ for id_, _ in walk.labels(after)}
    was = {id_ for id_, _ in walk.labels(before)}
    told = {id_ for id_, _ in _bare(before)}
    bare = (each for each in _bare(after) if each[0] not in told)
    found = [(id_, label.span, _BARE.fill(label=label.text)) for id_, label in bare]
    for block in after.body:
        if isinstance(block, Answer):
            question = block.id.partition("__")[0]
            if question in was - asked:
                was.discard(question)
                found.append((block.id, _begins(block), _UNASKED))
    for id_, span, message in found:
        where, cure = anchor(after, id_), LEFT_BEHIND.cure
        yield Diagnostic(LEFT_BEHIND, message, span, where, cure)


def _bare(document: Document) -> Iterator[tuple[str, Text]]:
    """Articles that are nothing but their labels."""
    for node in walk.owners(document):
        if isinstance(node, Article) and not any(map(walk.ink, node.body)):
            yield node.id, node.label


def _begins(answer: Answer) -> Span:
    return next(walk.texts(answer)).span


_NO_NUMBER = Words(
    "“{before}”改为“{after}”，后者不是这一级的序号；编号仍按“{before}”计",
    "“{before}” is “{after}” now, which is no number of this level; it still counts "
    "as “{before}”",
)
_UNASKED = Words(
    "删去了问题，它的答还在", "the question is deleted, and its answer is still there"
)
_BARE = Words(
    "“{label}”的文字都删去了，只剩序号",
    "all the text of “{label}” is deleted, and its label alone is left",
)
