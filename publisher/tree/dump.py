"""Write a tree down: as the JSON of ``publisher outline``, and as lines for people.

The JSON's names are a contract (README, "The outline"): nodes in reading order, each
with the numbers of the input lines its own characters come from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias, assert_never

from publisher.diagnostics import Language
from publisher.source import NOWHERE, Source
from publisher.tree.nodes import (
    AdoptionNote,
    Answer,
    Article,
    Attachment,
    Block,
    Byline,
    Caption,
    Cell,
    Collection,
    Continuation,
    Division,
    Document,
    Fixed,
    Footnote,
    Heading,
    Image,
    Item,
    Join,
    Marked,
    Node,
    Note,
    Notice,
    Number,
    Omission,
    Paragraph,
    Point,
    Prose,
    Question,
    Reference,
    Repair,
    Ruby,
    Run,
    SignOff,
    Table,
    Text,
    Toc,
    TocEntry,
)
from publisher.tree.walk import children, plain, runs, texts, walk

Json: TypeAlias = dict[str, Any]
Entry: TypeAlias = Document | AdoptionNote | Block | Item | TocEntry
"""A node with an id, and so with a line of its own in the outline."""


def outline(
    collection: Collection,
    sources: Sequence[Source],
    diagnostics: Sequence[Json] = (),
    language: Language = "en",
) -> Json:
    """The outline of all that was read, ready for ``json.dumps``."""
    return {
        "files": [source.name for source in sources],
        "documents": [_document(d, sources) for d in collection.documents],
        "joins": [_join(join, sources) for join in collection.joins],
        "repairs": [_repair(r, sources, language) for r in collection.repairs],
        "diagnostics": list(diagnostics),
    }


def entries(node: Node) -> Iterator[tuple[int, Entry]]:
    """Every node with an id below a node, with its depth, in reading order."""
    yield from _entries(node, 0)


def _entries(node: Node, depth: int) -> Iterator[tuple[int, Entry]]:
    for child in children(node):
        match child:
            case (
                AdoptionNote()
                | Division()
                | Article()
                | Paragraph()
                | Item()
                | Heading()
                | Question()
                | Answer()
                | Prose()
                | Byline()
                | SignOff()
                | Continuation()
                | Omission()
                | Notice()
                | Point()
                | Table()
                | Image()
                | Footnote()
                | Attachment()
                | TocEntry()
            ):
                yield depth, child
                yield from _entries(child, depth + 1)
            case Toc():
                if child.heading:
                    yield depth, child
                yield from _entries(child, depth + 1)
            case _:
                pass


def kind(node: Entry, parent: Entry | None = None) -> str:
    """The outline's word for a node."""
    match node:
        case Document():
            return node.kind
        case Division():
            return node.kind
        case Paragraph():
            return "continued" if isinstance(parent, Item) else "para"
        case Prose():
            return "preamble" if node.kind == "preamble" else "prose"
        case AdoptionNote():
            return "adoption_note"
        case Omission() | Footnote():
            return "prose"
        case Toc():
            return "heading"
        case TocEntry():
            return "toc_entry"
        case Image():
            return "prose"
        case (
            Article()
            | Item()
            | Heading()
            | Question()
            | Answer()
            | Byline()
            | SignOff()
            | Continuation()
            | Notice()
            | Point()
            | Table()
            | Attachment()
        ):
            return type(node).__name__.lower()
        case _:
            assert_never(node)


def label(node: Entry) -> Text | None:
    """The printed marker that opens a node, if it has one."""
    match node:
        case (
            Division()
            | Attachment()
            | Article()
            | Item()
            | Point()
            | Footnote()
            | Question()
            | Answer()
            | TocEntry()
        ):
            return node.label
        case _:
            return None


def own_run(node: Entry) -> Run:
    """The run that belongs to a node itself."""
    match node:
        case Document():
            return node.title
        case Division() | Attachment() | Toc():
            return node.heading
        case Article() | Notice():
            return ()
        case Table():
            return tuple(
                inline
                for own in children(node)
                if isinstance(own, Caption | Cell)
                for inline in own.run
            )
        case _:
            return node.run


def _number(node: Entry) -> Number | None:
    match node:
        case Division() | Attachment() | Article() | Item() | Point() | Footnote():
            return node.number
        case TocEntry():
            return node.number if node.label else None
        case Paragraph() | Question() | Answer():
            return (node.number, 0)
        case _:
            return None


def _document(document: Document, sources: Sequence[Source]) -> Json:
    found = list(entries(document))
    parents: dict[int, Entry] = {}
    for _, entry in found:
        parents.update({id(c): entry for c in children(entry)})
    first = next((t.span.file for t in texts(document)), 0)
    return {
        "id": document.id,
        "kind": document.kind,
        "title": plain(document.title) or None,
        "complete": not (document.head_missing or document.tail_missing),
        "head_missing": document.head_missing,
        "tail_missing": document.tail_missing,
        "file": first,
        "lines": _lines(texts(document), sources),
        "nodes": [_node(e, parents.get(id(e)), sources) for _, e in found],
        "xrefs": list(_references(document)),
        "marks": list(_marks(document)),
    }


def _node(node: Entry, parent: Entry | None, sources: Sequence[Source]) -> Json:
    mark = label(node)
    own = [*([mark] if mark else []), *(t for i in own_run(node) for t in texts(i))]
    number = _number(node)
    text = plain(own_run(node))
    headed = isinstance(node, Division | Attachment)
    heading = text if headed or isinstance(node, Heading | Toc) else None
    return {
        "id": node.id,
        "type": kind(node, parent),
        "num": list(number) if number else None,
        "label": mark.text if mark else None,
        "heading": heading,
        "text": "" if headed else text,
        "lines": _lines(iter(own), sources),
    }


def _references(document: Document) -> Iterator[Json]:
    for _, entry in entries(document):
        inside = "__".join(_up_to_article(entry.id.split("__")))
        for inline in own_run(entry):
            for node in walk(inline):
                if isinstance(node, Reference):
                    yield {
                        "in": inside,
                        "surface": plain(node.inlines),
                        "law": node.law,
                        "targets": list(node.targets),
                    }


def _marks(document: Document) -> Iterator[Json]:
    """The editor's notes, and the marks of the editor and of the source, in order."""
    for node_id, run in runs(document):
        for node in (inner for inline in run for inner in walk(inline)):
            if found := _mark(node):
                yield {"in": node_id, **found}


def _mark(node: Node) -> Json | None:
    match node:
        case Marked():
            text = plain(node.inlines)
            return {"kind": node.kind, "text": text, "by": node.by}
        case Ruby():
            text, said = plain(node.inlines), node.reading
            return {"kind": "ruby", "text": text, "by": node.by, "reading": said}
        case Fixed():
            by = "editor" if node.span == NOWHERE else "source"
            text, to = plain(node.inlines), dict(node.renderings)
            return {"kind": "fixed", "text": text, "by": by, "to": to}
        case Note():
            return {"kind": "note", "text": node.text, "by": "editor"}
        case _:
            return None


def _up_to_article(parts: list[str]) -> list[str]:
    found = (i for i, part in enumerate(parts) if part.startswith("art_"))
    return parts[: next(found, len(parts)) + 1]


def _lines(found: Iterator[Text], sources: Sequence[Source]) -> list[int]:
    """The line numbers that texts come from, in reading order, each once."""
    numbers: dict[int, None] = {}
    for text in found:
        if text.span.file >= 0 and text.text.strip():
            numbers[sources[text.span.file].locate(text.span.start)[0]] = None
    return list(numbers)


def _join(join: Join, sources: Sequence[Source]) -> list[Any]:
    """The last line of what was there and the first of what was put to it."""
    last = max(join.left.start, join.left.end - 1)
    ends = [
        (join.left.file, sources[join.left.file].locate(last)[0]),
        (join.right.file, sources[join.right.file].locate(join.right.start)[0]),
    ]
    if len(sources) > 1:
        return [list(end) for end in ends]
    return [line for _, line in ends]


def _repair(repair: Repair, sources: Sequence[Source], language: Language) -> Json:
    line, column = sources[repair.span.file].locate(repair.span.start)
    return {
        "rule": repair.rule,
        "kind": repair.kind,
        "status": repair.status,
        "where": repair.where,
        "file": repair.span.file,
        "line": line,
        "col": column,
        "before": repair.before,
        "after": repair.after,
        "basis": repair.basis.say(language),
        "confidence": repair.confidence,
        "reason": repair.reason,
    }


def lines(document: Document) -> Iterator[str]:
    """A document as lines for people: one a node, indented by depth."""
    title = plain(document.title) or document.given_title or "—"
    yield f"{document.id}  {document.kind}  {title}"
    for depth, entry in entries(document):
        mark = label(entry)
        shown = (mark.text if mark else "") + plain(own_run(entry))
        if isinstance(entry, Article):
            shown = mark.text if mark else ""
        if isinstance(entry, Division):
            shown = _titled(entry)
        yield f"{'  ' * (depth + 1)}{entry.id}  {_short(shown)}"


def _titled(division: Division | Attachment) -> str:
    """第一章　总则: the label apart from the heading, as it is printed."""
    return f"{division.label.text}\u3000{plain(division.heading)}".rstrip()


def _short(shown: str, most: int = 48) -> str:
    return shown if len(shown) <= most else shown[: most - 1] + "…"
