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
    Attachment,
    Block,
    Byline,
    Caption,
    Cell,
    Collection,
    Continuation,
    Division,
    Document,
    Figure,
    Footnote,
    Gap,
    Heading,
    Image,
    Inline,
    Item,
    Layout,
    Node,
    Note,
    Notice,
    Omission,
    Paragraph,
    Point,
    PointBody,
    Prose,
    Question,
    Reference,
    Run,
    SignOff,
    Strong,
    Table,
    Text,
    Toc,
    TocEntry,
)

ChangeRun = Callable[[Run], Run]
ChangeLabel = Callable[[Text], Text]


def children(node: Node) -> tuple[Node, ...]:  # noqa: C901, PLR0912  (one case a kind)
    """The nodes directly inside a node, labels first, in reading order."""
    match node:
        case Document():
            return (*node.title, *((node.note,) if node.note else ()), *node.body)
        case Division() | Attachment():
            return (node.label, *node.heading, *node.body)
        case Article():
            return (node.label, *node.body)
        case Paragraph():
            return (*node.run, *node.items, *node.figures)
        case Prose():
            return (*node.run, *node.items)
        case Item():
            inner = (*node.continued, *node.items, *node.figures)
            return (node.label, *node.run, *inner)
        case Point():
            return (node.label, *node.run, *node.body)
        case Question() | Footnote():
            return (node.label, *node.run)
        case Answer() | TocEntry():
            return (*((node.label,) if node.label else ()), *node.run)
        case Table():
            cells = (cell for row in node.rows for cell in row)
            return (*((node.caption,) if node.caption else ()), *cells)
        case Image():
            return (*node.run, *((node.caption,) if node.caption else ()))
        case Toc():
            return (*node.heading, *node.entries)
        case (
            AdoptionNote()
            | Heading()
            | Cell()
            | Caption()
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
        case Division() | Attachment() | Toc():
            yield node.id, node.heading
        case (
            AdoptionNote()
            | Paragraph()
            | Prose()
            | Item()
            | Point()
            | Footnote()
            | TocEntry()
            | Image()
            | Cell()
            | Caption()
            | Question()
            | Answer()
            | Heading()
            | Byline()
            | SignOff()
            | Continuation()
            | Omission()
        ):
            yield node.id, node.run
        case (
            Table()
            | Article()
            | Notice()
            | Text()
            | Strong()
            | Reference()
            | Note()
            | Gap()
        ):
            pass
        case _:
            assert_never(node)
    for child in children(node):
        yield from runs(child)


def labels(node: Node) -> Iterator[tuple[str, Text]]:
    """Every printed marker (第三条, （一）, 问：) with the id of the node it opens."""
    for inner in walk(node):
        match inner:
            case (
                Division()
                | Attachment()
                | Article()
                | Item()
                | Point()
                | Footnote()
                | Question()
            ):
                yield inner.id, inner.label
            case Answer(label=Text() as label) | TocEntry(label=Text() as label):
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
        case Division() | Attachment():
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
        case Prose() | Point() | Table() | Image():
            return _map_inner(block, run, label)
        case Question() | Footnote():
            return replace(block, label=label(block.label), run=run(block.run))
        case Answer():
            mark = label(block.label) if block.label else None
            return replace(block, label=mark, run=run(block.run))
        case Toc():
            heading = run(block.heading)
            entries = tuple(_map_entry(entry, run, label) for entry in block.entries)
            return replace(block, heading=heading, entries=entries)
        case Heading() | Byline() | SignOff() | Continuation() | Omission():
            return replace(block, run=run(block.run))
        case Notice():
            return block
        case _:
            assert_never(block)


def _map_inner(block: PointBody, run: ChangeRun, label: ChangeLabel) -> PointBody:
    match block:
        case Prose():
            return replace(
                block,
                run=run(block.run),
                items=tuple(_map_item(item, run, label) for item in block.items),
            )
        case Point():
            return replace(
                block,
                label=label(block.label),
                run=run(block.run),
                body=tuple(_map_inner(inner, run, label) for inner in block.body),
            )
        case Table() | Image():
            return _map_figure(block, run)
        case _:
            assert_never(block)


def _map_figure(figure: Figure, run: ChangeRun) -> Figure:
    """Copy a figure; the caption stands before a table and under a picture."""
    match figure:
        case Table():
            caption = _map_caption(figure.caption, run)
            rows = tuple(
                tuple(replace(cell, run=run(cell.run)) for cell in row)
                for row in figure.rows
            )
            return replace(figure, caption=caption, rows=rows)
        case Image():
            shown = run(figure.run)
            caption = _map_caption(figure.caption, run)
            return replace(figure, run=shown, caption=caption)
        case _:
            assert_never(figure)


def _map_caption(caption: Caption | None, run: ChangeRun) -> Caption | None:
    return caption and replace(caption, run=run(caption.run))


def _map_entry(entry: TocEntry, run: ChangeRun, label: ChangeLabel) -> TocEntry:
    mark = label(entry.label) if entry.label else None
    return replace(entry, label=mark, run=run(entry.run))


def _map_paragraph(
    paragraph: Paragraph, run: ChangeRun, label: ChangeLabel
) -> Paragraph:
    return replace(
        paragraph,
        run=run(paragraph.run),
        items=tuple(_map_item(item, run, label) for item in paragraph.items),
        figures=tuple(_map_figure(figure, run) for figure in paragraph.figures),
    )


def _map_item(item: Item, run: ChangeRun, label: ChangeLabel) -> Item:
    return replace(
        item,
        label=label(item.label),
        run=run(item.run),
        continued=tuple(_map_paragraph(p, run, label) for p in item.continued),
        items=tuple(_map_item(inner, run, label) for inner in item.items),
        figures=tuple(_map_figure(figure, run) for figure in item.figures),
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
