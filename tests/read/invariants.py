"""The ten laws of a reading, each as one question that gives what breaks it.

Numbers as in the study of the corpora: 1 conservation and undo, 2 owners and order,
3 numbers, 4 paragraphs counted, 5 nothing inside a quotation, 6 joins, 7 ids, 8
targets, 9 normalised text reads as the same tree, 10 a clean file is not repaired.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from publisher.check import check
from publisher.check.series import serieses
from publisher.diagnostics import Diagnostic
from publisher.read import decode, read
from publisher.repair import repair, undo
from publisher.source import Source, Span
from publisher.tree import dump, markdown
from publisher.tree.nodes import (
    Article,
    Caption,
    Collection,
    Division,
    Document,
    Identified,
    Paragraph,
    Prose,
    Reference,
    Table,
)
from publisher.tree.walk import children, labels, plain, restore, texts, walk

QUOTE = "“「『"
NUMBERS = {
    *("skipped-number", "number-order", "first-number", "duplicate-number"),
    "restarted-list",
}
"""The rules that say where numbers do not count on."""
WIDTH = "fullwidth-punctuation"


@dataclass(frozen=True)
class Whole:
    """Files, what was read of them, the repaired copy, and all that was found."""

    raw: tuple[bytes, ...]
    sources: tuple[Source, ...]
    read: Collection
    mended: Collection
    found: tuple[Diagnostic, ...]


def whole(*raw: bytes, name: str = "a.md") -> Whole:
    """Read, repair and check files."""
    found: list[Diagnostic] = []
    sources = tuple(decode(name, each, found.append, n) for n, each in enumerate(raw))
    collection = read(sources, found.append)
    mended = repair(collection, (), found.append)
    check(mended, found.append)
    return Whole(raw, sources, collection, mended, tuple(found))


def broken(seen: Whole, *, clean: bool = False) -> list[str]:
    """Every law that a reading breaks, and where."""
    asked = [*LAWS, repaired] if clean else LAWS
    return [f"{ask.__name__}: {said}" for ask in asked for said in ask(seen)]


def conserved(seen: Whole) -> Iterator[str]:
    """1. Each character once; the repairs undone, the files are back, every byte."""
    count = len(seen.sources)
    held = tuple(source.text for source in seen.sources)
    try:
        back = restore(undo(seen.mended), count)
        if restore(seen.read, count) != held:
            yield "the reading is not the source"
    except ValueError as error:
        yield f"a stretch is missing, or there twice: {error}"
        return
    if undo(seen.mended).documents != seen.read.documents:
        yield "undone repairs are not the reading"
    for source, text, raw in zip(seen.sources, back, seen.raw, strict=True):
        if source.name.endswith((".md", ".txt")) and source.encode(text) != raw:
            yield "undone repairs are not the file"


def owned(seen: Whole) -> Iterator[str]:
    """2. A line has one document, and a document's lines are in order."""
    owner: dict[tuple[int, int], str] = {}
    for document in seen.read.documents:
        last = (-1, 0)
        drawn = {  # a cell of several lines, and a caption under its picture
            id(text)
            for node in walk(document)
            if isinstance(node, Table | Caption)
            for text in texts(node)
        }
        for text in texts(document):
            span = text.span
            if not text.text.strip():
                continue
            line = (span.file, seen.sources[span.file].locate(span.start)[0])
            if owner.setdefault(line, document.id) != document.id:
                yield f"line {line} is of {owner[line]} and {document.id}"
            if id(text) not in drawn:
                if (span.file, span.start) < last:
                    yield f"{document.id}: {span} comes after {last}"
                last = (span.file, span.start)


def counted(seen: Whole) -> Iterator[str]:
    """3. Numbers count on by one from 1, unless a finding says otherwise."""
    told = {d.where.partition(".")[0] for d in seen.found if d.rule.name in NUMBERS}
    for document in seen.mended.documents:
        for where, numbers in _numbers(document):
            steps = zip([(0, 0), *numbers], numbers, strict=False)
            odd = [b for a, b in steps if b not in ((a[0] + 1, 0), (a[0], a[1] + 1))]
            odd = [b for b in odd if b[1] < 2 or b[0] == 0]
            if odd and document.id not in told:
                yield f"{document.id} {where}: {odd[:3]} of {numbers[:9]}"


def _numbers(document: Document) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """The numbers of articles, of divisions in each place, and of each list."""
    for series in serieses(document):
        yield series.where, [number for number, _, _ in series.numbers]
    for node in walk(document):
        inside: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for child in children(node):
            if isinstance(child, Division):
                inside[child.kind].append(child.number)
        for kind, numbers in inside.items():
            if any(b <= a for a, b in pairwise(numbers)):
                yield f"{getattr(node, 'id', '')} {kind}", numbers


def numbered(seen: Whole) -> Iterator[str]:
    """4. Paragraphs of an article, and further ones of an item, count from 1 on."""
    for document in seen.read.documents:
        for node in walk(document):
            if isinstance(node, Article):
                numbers = [p.number for p in node.body]
                if numbers != list(range(1, len(numbers) + 1)):
                    yield f"{node.id}: {numbers}"
                for para in node.body:
                    if not re.search(rf"para_{para.number}(-dup\d+)?$", para.id):
                        yield f"{para.id} is paragraph {para.number}"


def unquoted(seen: Whole) -> Iterator[str]:
    """5. What stands in a quotation is no structure."""
    for document in seen.read.documents:
        for node in walk(document):
            if isinstance(node, Paragraph | Prose) and node.quoted:
                ends = [text.span.end for inline in node.run for text in texts(inline)]
                if any(item.label.span.start < max(ends) + 1 for item in node.items):
                    yield f"{node.id} is quoted and has items"
        for owner, label in labels(document):
            span = label.span
            if span.start and seen.sources[span.file].text[span.start - 1] in QUOTE:
                yield f"{owner} begins inside a quotation"


def joined(seen: Whole) -> Iterator[str]:
    """6. Joins go from a document's line to its next, and over no marker."""
    begins: dict[tuple[int, int], str] = {}
    lines: dict[str, list[tuple[int, int]]] = {}
    for document in seen.read.documents:
        for owner, label in labels(document):
            begins[label.span.file, label.span.start] = owner
        found = {(t.span.file, _line(seen, t.span)) for t in texts(document) if t.text}
        lines[document.id] = sorted(found)
    following = {(one, other) for own in lines.values() for one, other in pairwise(own)}
    for join in seen.read.joins:
        last = replace(join.left, start=max(join.left.start, join.left.end - 1))
        left, right = ((s.file, _line(seen, s)) for s in (last, join.right))
        if (left, right) not in following:
            yield f"{left} is joined to {right}"
        source = seen.sources[join.right.file].text
        at = join.right.start
        while at < join.right.end and source[at] in " \t\u3000*":
            at += 1
        if (join.right.file, at) in begins:
            yield f"{left} is joined to {begins[join.right.file, at]}"


def _line(seen: Whole, span: Span) -> int:
    return seen.sources[span.file].locate(span.start)[0]


def named(seen: Whole) -> Iterator[str]:
    """7. No id stands twice in a document, and no document's in a collection."""
    names = Counter(document.id for document in seen.read.documents)
    for document in seen.read.documents:
        nodes = [n for n in walk(document) if isinstance(n, Identified)]
        if bare := [type(n).__name__ for n in nodes if not n.id]:
            yield f"{document.id}: no id on {bare[:3]}"
        ids = Counter(n.id for n in nodes if n is not document)
        yield from (f"{document.id}.{i}: {n}" for i, n in ids.items() if n > 1)
    yield from (f"{name}: {n}" for name, n in names.items() if n > 1)


def resolved(seen: Whole) -> Iterator[str]:
    """8. What a citation resolves to stands in the document."""
    for collection in (seen.read, seen.mended):
        for document in collection.documents:
            nodes = list(walk(document))
            ids = {n.id for n in nodes if isinstance(n, Identified)}
            for node in nodes:
                if isinstance(node, Reference) and not set(node.targets) <= ids:
                    yield f"{document.id} {plain(node.inlines)}: {node.targets}"


def same_again(seen: Whole) -> Iterator[str]:
    """9. Normalised text, read again, is the same tree."""
    page = "\n".join(markdown.page(seen.mended.documents))
    again = repair(read([Source("a.md", page)], _unheard), (), _unheard)
    if (got := tree(again)) != (want := tree(seen.mended)):
        odd = next(
            (f"{a} / {b}" for a, b in zip(want, got, strict=False) if a != b),
            f"{len(want)} nodes / {len(got)}",
        )
        yield odd


def repaired(seen: Whole) -> Iterator[str]:
    """10. A clean file is not repaired, but for the width of its marks."""
    for record in seen.mended.repairs:
        if record.status == "applied" and record.rule != WIDTH:
            yield f"{record.rule}: {record.before} → {record.after}"


def _unheard(_: Diagnostic) -> None:
    """A report that nobody reads."""


def tree(collection: Collection) -> list[tuple[str, ...]]:
    """The kinds, ids, labels and characters of all nodes."""
    out: list[tuple[str, ...]] = []
    for document in collection.documents:
        out.append((document.kind, document.id, *plain(document.title).split()))
        for _, entry in dump.entries(document):
            mark = dump.label(entry)
            shown = mark.text.strip() if mark else ""
            text = " ".join(plain(dump.own_run(entry)).split())
            out.append((type(entry).__name__, entry.id, shown, text))
    return out


LAWS: Sequence[Callable[[Whole], Iterator[str]]] = (
    conserved,
    owned,
    counted,
    numbered,
    unquoted,
    joined,
    named,
    resolved,
)
"""Those that hold for any bytes; 9 and 10 are of texts that are laws."""
__all__ = [
    "LAWS",
    "Whole",
    "broken",
    "same_again",
    "tree",
    "whole",
]
