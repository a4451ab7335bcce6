"""Go through a tree, or make a changed copy of one.

This is the only module that knows the children of every node. A new kind of node fails
type checking here, and nowhere else, until it has been given its case.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import assert_never

from publisher.tree.nodes import (
    AdoptionNote,
    Answer,
    Article,
    Block,
    Byline,
    Collection,
    Continuation,
    Division,
    Document,
    Gap,
    Heading,
    Inline,
    Item,
    Layout,
    Node,
    Note,
    Notice,
    Omission,
    Paragraph,
    Prose,
    Question,
    Reference,
    Run,
    SignOff,
    Strong,
    Text,
)

ChangeRun = Callable[[Run], Run]
ChangeLabel = Callable[[Text], Text]


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly inside a node, labels first, in reading order."""
    match node:
        case Document():
            return (*node.title, *((node.note,) if node.note else ()), *node.body)
        case Division():
            return (node.label, *node.heading, *node.body)
        case Article():
            return (node.label, *node.body)
        case Paragraph() | Prose():
            return (*node.run, *node.items)
        case Item():
            return (node.label, *node.run, *node.continued, *node.items)
        case Question():
            return (node.label, *node.run)
        case Answer():
            return (*((node.label,) if node.label else ()), *node.run)
        case (
            AdoptionNote()
            | Heading()
            | Byline()
            | SignOff()
            | Continuation()
            | Omission()
        ):
            return node.run
        case Strong() | Reference():
            return node.inlines
        case Text() | Note() | Gap() | Notice():
            return ()
        case _:
            assert_never(node)


def walk(node: Node) -> Iterator[Node]:
    """A node and all inside it, in reading order."""
    yield node
    for child in children(node):
        yield from walk(child)


def texts(node: Node) -> Iterator[Text]:
    """Every text of a node, labels included, in reading order."""
    return (inner for inner in walk(node) if isinstance(inner, Text))


def plain(run: Run) -> str:
    """The characters of a run, without what the editor added."""
    return "".join(text.text for inline in run for text in texts(inline))


def ink(node: Node) -> str:
    """The non-space characters of body text and printed markers, in reading order."""
    return "".join("".join(text.text for text in texts(node)).split())


def runs(node: Node) -> Iterator[tuple[str, Run]]:
    """Every run with the id of the node that owns it, in reading order.

    A run is a whole title, heading, paragraph or item: the stretch over which a phrase
    may run on, whatever markup is inside it.
    """
    match node:
        case Document():
            yield node.id, node.title
        case Division():
            yield node.id, node.heading
        case (
            AdoptionNote()
            | Paragraph()
            | Prose()
            | Item()
            | Question()
            | Answer()
            | Heading()
            | Byline()
            | SignOff()
            | Continuation()
            | Omission()
        ):
            yield node.id, node.run
        case Article() | Notice() | Text() | Strong() | Reference() | Note() | Gap():
            pass
        case _:
            assert_never(node)
    for child in children(node):
        yield from runs(child)


def labels(node: Node) -> Iterator[tuple[str, Text]]:
    """Every printed marker (第三条, （一）, 问：) with the id of the node it opens."""
    for inner in walk(node):
        match inner:
            case Division() | Article() | Item() | Question():
                yield inner.id, inner.label
            case Answer(label=Text() as label):
                yield inner.id, label
            case _:
                pass


def map_document(
    document: Document, change_run: ChangeRun, change_label: ChangeLabel
) -> Document:
    """Copy a document with each run and each label changed, in reading order."""
    note = document.note
    return replace(
        document,
        title=change_run(document.title),
        note=replace(note, run=change_run(note.run)) if note else None,
        body=tuple(_map_block(b, change_run, change_label) for b in document.body),
    )


def _map_block(block: Block, run: ChangeRun, label: ChangeLabel) -> Block:
    match block:
        case Division():
            return replace(
                block,
                label=label(block.label),
                heading=run(block.heading),
                body=tuple(_map_block(inner, run, label) for inner in block.body),
            )
        case Article():
            return replace(
                block,
                label=label(block.label),
                body=tuple(_map_paragraph(p, run, label) for p in block.body),
            )
        case Paragraph():
            return _map_paragraph(block, run, label)
        case Prose():
            return replace(
                block,
                run=run(block.run),
                items=tuple(_map_item(item, run, label) for item in block.items),
            )
        case Question():
            return replace(block, label=label(block.label), run=run(block.run))
        case Answer():
            mark = label(block.label) if block.label else None
            return replace(block, label=mark, run=run(block.run))
        case Heading() | Byline() | SignOff() | Continuation() | Omission():
            return replace(block, run=run(block.run))
        case Notice():
            return block
        case _:
            assert_never(block)


def _map_paragraph(
    paragraph: Paragraph, run: ChangeRun, label: ChangeLabel
) -> Paragraph:
    return replace(
        paragraph,
        run=run(paragraph.run),
        items=tuple(_map_item(item, run, label) for item in paragraph.items),
    )


def _map_item(item: Item, run: ChangeRun, label: ChangeLabel) -> Item:
    return replace(
        item,
        label=label(item.label),
        run=run(item.run),
        continued=tuple(_map_paragraph(p, run, label) for p in item.continued),
        items=tuple(_map_item(inner, run, label) for inner in item.items),
    )


def map_texts(run: Run, change: Callable[[Text], tuple[Inline, ...]]) -> Run:
    """Copy a run with each text replaced by what ``change`` gives for it."""
    out: list[Inline] = []
    for inline in run:
        match inline:
            case Text():
                out.extend(change(inline))
            case Strong() | Reference():
                inner = map_texts(inline.inlines, change)
                out.append(replace(inline, inlines=inner))
            case Note() | Gap():
                out.append(inline)
            case _:
                assert_never(inline)
    return tuple(out)


def slice_run(run: Run, start: int, end: int) -> Run:
    """The part of a run between two offsets in its `plain` characters.

    The editor's marks at ``start`` belong to the part before it, unless it is 0.
    """
    out: list[Inline] = []
    at = 0
    for inline in run:
        size = len(plain((inline,)))
        first, last = max(start - at, 0), min(end - at, size)
        match inline:
            case Text():
                if first < last:
                    out.append(_slice_text(inline, first, last))
            case Strong() | Reference():
                if inner := slice_run(inline.inlines, first, last):
                    out.append(replace(inline, inlines=inner))
            case Note() | Gap():
                if start < at <= end or at == start == 0:
                    out.append(inline)
            case _:
                assert_never(inline)
        at += size
    return tuple(out)


def _slice_text(text: Text, start: int, end: int) -> Text:
    span = text.span
    if len(span) == len(text.text):
        span = replace(span, start=span.start + start, end=span.start + end)
    elif (start, end) != (0, len(text.text)):
        raise ValueError(f"{text!r} was replaced as a whole and cannot be cut")
    return replace(text, text=text.text[start:end], span=span)


def pieces(collection: Collection) -> Iterator[Text | Layout]:
    """Every piece of source text that the collection holds, in no order."""
    yield from collection.layout
    for document in collection.documents:
        yield from texts(document)


def restore(collection: Collection, files: int) -> tuple[str, ...]:
    """The text of each file, put together again from the tree alone.

    Raises:
        ValueError: a stretch of a file is missing, or is there twice.
    """
    out: list[list[str]] = [[] for _ in range(files)]
    reached = [0] * files
    held = (piece for piece in pieces(collection) if piece.span.file >= 0)
    for piece in sorted(held, key=lambda piece: piece.span):
        span = piece.span
        if span.start != reached[span.file]:
            raise ValueError(f"file {span.file}: {reached[span.file]} … {span.start}")
        out[span.file].append(piece.text)
        reached[span.file] = span.end
    return tuple("".join(parts) for parts in out)
