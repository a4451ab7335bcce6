"""The stretches of text in which repairs look for damage, and where each stands.

A passage is one run or one label. Its characters are the tree's; `Passage.stretches`
says which characters of the source they stand for, which is what a repair records.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from itertools import accumulate

from publisher.source import Span
from publisher.tree import walk
from publisher.tree.ids import anchor
from publisher.tree.nodes import Collection, Document, Identified, Node, Text

HAN = r"〇㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff"
"""The inside of a character class for Han characters."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One run or one label: its words, its anchor, and the texts it is made of."""

    document: str
    node: str
    """The id of the node that owns it; the document's own id for a title."""
    text: str
    texts: tuple[Text, ...]
    starts: tuple[int, ...]
    """Where each of ``texts`` begins in ``text``."""
    where: str
    """The anchor of the node."""
    label: bool = False
    """Whether it is a printed marker (第三条), which always stays one text."""

    @property
    def source(self) -> Span:
        """Where its first character stands in the source."""
        return self.texts[0].span

    def piece(self, offset: int) -> tuple[int, Text]:
        """The text in which a character stands, and where that text begins."""
        index = bisect_right(self.starts, offset) - 1
        return self.starts[index], self.texts[index]

    def spot(self, offset: int) -> Span | None:
        """The source of one character; None inside a stretch replaced as a whole."""
        start, text = self.piece(offset)
        if len(text.text) == len(text.span):
            at = text.span.start + offset - start
            return Span(text.span.file, at, at + 1)
        return text.span if len(text.text) == 1 else None

    def stretches(self, start: int, end: int) -> tuple[Span, ...]:
        """The source of ``text[start:end]``, as spans without holes, in order.

        Empty where one end lies inside a stretch that was replaced as a whole.
        """
        out: list[Span] = []
        at = start
        while at < end:
            begin, text = self.piece(at)
            until = min(end, begin + len(text.text))
            span = text.span
            if len(text.text) == len(span):
                shift = span.start - begin
                span = Span(span.file, at + shift, until + shift)
            elif at != begin or until != begin + len(text.text):
                return ()
            if out and (out[-1].file, out[-1].end) == (span.file, span.start):
                span = Span(span.file, out.pop().start, span.end)
            out.append(span)
            at = until
        return tuple(out)

    def offset(self, span: Span, *, end: bool = False) -> int:
        """Where the beginning, or the end, of a span of the source stands in it."""
        at = span.end if end else span.start
        for start, text in zip(self.starts, self.texts, strict=True):
            own = text.span
            if own.file == span.file and own.start <= at - end < own.end:
                if len(text.text) == len(own):
                    return start + at - own.start
                return start + len(text.text) * end
        return len(self.text) * end


@dataclass(frozen=True)
class Reading:
    """A collection, laid out as passages, with what a repair wants to look up."""

    collection: Collection
    original: Collection
    """The same as it was read: what the source says."""

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every run and every label, document by document."""
        return tuple(
            passage
            for document in self.collection.documents
            for passage in passages(document)
        )

    def of(self, document: Document) -> Sequence[Passage]:
        """The passages of one document."""
        return self._by_document.get(document.id, ())

    @cached_property
    def _by_document(self) -> Mapping[str, list[Passage]]:
        out: dict[str, list[Passage]] = {}
        for passage in self.passages:
            out.setdefault(passage.document, []).append(passage)
        return out

    @cached_property
    def read(self) -> Reading:
        """The same, as it was read."""
        return Reading(self.original, self.original)

    @cached_property
    def _nodes(self) -> Mapping[str, Node]:
        """Every node that can be named, by its anchor."""
        out: dict[str, Node] = {}
        for document in self.collection.documents:
            for node in walk.walk(document):
                if isinstance(node, Identified) and node.id:
                    own = "" if node is document else node.id
                    out.setdefault(anchor(document, own), node)
        return out

    @cached_property
    def _pairs(self) -> Mapping[str, list[tuple[Passage, Passage]]]:
        """The passages of each node, by its anchor, beside what they were.

        What was deleted has none.
        """
        was: dict[tuple[str, bool], deque[Passage]] = {}
        for passage in self.read.passages:
            was.setdefault((passage.where, passage.label), deque()).append(passage)
        out: dict[str, list[tuple[Passage, Passage]]] = {}
        for passage in self.passages:
            pair = passage, was[passage.where, passage.label].popleft()
            out.setdefault(passage.where, []).append(pair)
        return out

    def nearest(self, where: str) -> str:
        """The anchor that was probably meant; empty where the node is there."""
        if where in self._nodes:
            return ""
        return next(iter(get_close_matches(where, self._nodes, 1, 0.6)), "")

    def inside(self, where: str) -> tuple[tuple[Passage, Passage], ...]:
        """The passages of a node and of all inside it, beside what they were."""
        node = self._nodes.get(where)
        if node is None:
            return ()
        document = where.partition(".")[0]
        inner = (n.id for n in walk.walk(node) if isinstance(n, Identified) and n.id)
        names = (
            document if name == document else f"{document}.{name}" for name in inner
        )
        return tuple(pair for name in names for pair in self._pairs.get(name, ()))

    @cached_property
    def words(self) -> str:
        """All passages, one a line: where else something stands is looked up here."""
        return "\n".join(passage.text for passage in self.passages)

    @cached_property
    def _counts(self) -> dict[str, int]:
        return {}

    def count(self, phrase: str) -> int:
        """How often a phrase stands in all the texts."""
        if phrase not in self._counts:
            self._counts[phrase] = self.words.count(phrase)
        return self._counts[phrase]

    @cached_property
    def files(self) -> tuple[str, ...]:
        """The text of each file, as it was read."""
        count = max(
            (piece.span.file for piece in walk.pieces(self.original)), default=0
        )
        return walk.restore(self.original, count + 1)

    @cached_property
    def leaves(self) -> tuple[Text, ...]:
        """Every text as it was read, in the order of the source."""
        found = (t for d in self.original.documents for t in walk.texts(d))
        return tuple(sorted(found, key=lambda text: text.span))

    @cached_property
    def _begins(self) -> tuple[tuple[int, int], ...]:
        return tuple((leaf.span.file, leaf.span.start) for leaf in self.leaves)

    def within(self, span: Span) -> str:
        """The characters of the tree, as read, that stand in a span of the source."""
        first = bisect_right(self._begins, (span.file, span.start)) - 1
        out: list[str] = []
        for index in range(max(first, 0), len(self.leaves)):
            leaf = self.leaves[index]
            if (leaf.span.file, leaf.span.start) >= (span.file, span.end):
                break
            if leaf.span.file == span.file:
                start = max(span.start - leaf.span.start, 0)
                end = max(span.end - leaf.span.start, 0)
                out.append(leaf.text[start:end])
        return "".join(out)

    @cached_property
    def _places(self) -> tuple[tuple[tuple[int, int], ...], tuple[Passage, ...]]:
        pairs = sorted(
            ((text.span.file, text.span.start), index)
            for index, passage in enumerate(self.passages)
            for text in passage.texts
        )
        return tuple(p for p, _ in pairs), tuple(self.passages[i] for _, i in pairs)

    def passage_at(self, file: int, start: int) -> Passage | None:
        """The passage that holds, or last began before, a place of the source."""
        begins, owners = self._places
        index = bisect_right(begins, (file, start)) - 1
        return owners[index] if index >= 0 else None


def passages(document: Document) -> Iterator[Passage]:
    """Every run and label of a document that has characters."""
    for node, run in walk.runs(document):
        texts = tuple([text for text in walk.texts_of(run) if text.text])
        if texts:
            yield _passage(document, node, texts)
    for node, label in walk.labels(document):
        if label.text:
            yield _passage(document, node, (label,), label=True)


def _passage(
    document: Document, node: str, texts: tuple[Text, ...], *, label: bool = False
) -> Passage:
    *starts, _ = accumulate((len(text.text) for text in texts), initial=0)
    words = "".join([text.text for text in texts])
    where = anchor(document, "" if node == document.id else node)
    return Passage(document.id, node, words, texts, tuple(starts), where, label)
