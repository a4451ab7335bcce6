"""Changed copies of documents, every run and label given to a function once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from operator import is_
from typing import TypeVar, assert_never

from publisher.tree.nodes import (
    Answer,
    Article,
    Attachment,
    Block,
    Byline,
    Caption,
    Cell,
    Continuation,
    Division,
    Document,
    Figure,
    Footnote,
    Heading,
    Image,
    Item,
    Node,
    Notice,
    Omission,
    Paragraph,
    Point,
    PointBody,
    Prose,
    Question,
    Row,
    Run,
    SignOff,
    Table,
    Text,
    Toc,
    TocEntry,
)

ChangeRun = Callable[[Run], Run]
ChangeLabel = Callable[[Text], Text]


def map_document(
    document: Document, change_run: ChangeRun, change_label: ChangeLabel
) -> Document:
    """Copy a document with each run and each label changed, in reading order.

    What has nothing changed inside it is not copied.
    """
    run, label, note = change_run, change_label, document.note
    return with_parts(
        document,
        title=run(document.title),
        note=with_parts(note, run=run(note.run)) if note else None,
        body=_each(document.body, _map_block, run, label),
    )


Copied = TypeVar("Copied", bound=Node)
Part = TypeVar("Part")


def with_parts(node: Copied, **parts: object) -> Copied:
    """A node with other parts; itself, if all of them are the ones it has."""
    for name, part in parts.items():
        if getattr(node, name) is not part:
            return replace(node, **parts)  # type: ignore[arg-type]
    return node


def _each(
    nodes: tuple[Part, ...],
    change: Callable[[Part, ChangeRun, ChangeLabel], Part],
    run: ChangeRun,
    label: ChangeLabel,
) -> tuple[Part, ...]:
    """Some nodes changed; the same tuple, if each of them is the same."""
    if not nodes:
        return nodes
    out = tuple([change(node, run, label) for node in nodes])
    return nodes if all(map(is_, out, nodes)) else out


def _map_block(block: Block, run: ChangeRun, label: ChangeLabel) -> Block:
    match block:
        case Division() | Attachment():
            return with_parts(
                block,
                label=label(block.label),
                heading=run(block.heading),
                body=_each(block.body, _map_block, run, label),
            )
        case Article():
            return with_parts(
                block,
                label=label(block.label),
                body=_each(block.body, _map_paragraph, run, label),
            )
        case Paragraph():
            return _map_paragraph(block, run, label)
        case Prose() | Point() | Table() | Image():
            return _map_inner(block, run, label)
        case Question() | Footnote():
            return with_parts(block, label=label(block.label), run=run(block.run))
        case Answer():
            mark = label(block.label) if block.label else None
            return with_parts(block, label=mark, run=run(block.run))
        case Toc():
            heading = run(block.heading)
            entries = _each(block.entries, _map_entry, run, label)
            return with_parts(block, heading=heading, entries=entries)
        case Heading() | Byline() | SignOff() | Continuation() | Omission():
            return with_parts(block, run=run(block.run))
        case Notice():
            return block
        case _:
            assert_never(block)


def _map_inner(block: PointBody, run: ChangeRun, label: ChangeLabel) -> PointBody:
    match block:
        case Prose():
            return with_parts(
                block,
                run=run(block.run),
                items=_each(block.items, _map_item, run, label),
            )
        case Point():
            return with_parts(
                block,
                label=label(block.label),
                run=run(block.run),
                body=_each(block.body, _map_inner, run, label),
            )
        case Table() | Image():
            return _map_figure(block, run, label)
        case _:
            assert_never(block)


def _map_figure(figure: Figure, run: ChangeRun, label: ChangeLabel) -> Figure:
    """Copy a figure; the caption stands before a table and under a picture."""
    match figure:
        case Table():
            caption = _map_caption(figure.caption, run)
            rows = _each(figure.rows, _map_row, run, label)
            return with_parts(figure, caption=caption, rows=rows)
        case Image():
            shown = run(figure.run)
            caption = _map_caption(figure.caption, run)
            return with_parts(figure, run=shown, caption=caption)
        case _:
            assert_never(figure)


def _map_row(row: Row, run: ChangeRun, label: ChangeLabel) -> Row:
    return _each(row, _map_cell, run, label)


def _map_cell(cell: Cell, run: ChangeRun, _: ChangeLabel) -> Cell:
    return with_parts(cell, run=run(cell.run))


def _map_caption(caption: Caption | None, run: ChangeRun) -> Caption | None:
    return caption and with_parts(caption, run=run(caption.run))


def _map_entry(entry: TocEntry, run: ChangeRun, label: ChangeLabel) -> TocEntry:
    mark = label(entry.label) if entry.label else None
    return with_parts(entry, label=mark, run=run(entry.run))


def _map_paragraph(
    paragraph: Paragraph, run: ChangeRun, label: ChangeLabel
) -> Paragraph:
    return with_parts(
        paragraph,
        run=run(paragraph.run),
        items=_each(paragraph.items, _map_item, run, label),
        figures=_each(paragraph.figures, _map_figure, run, label),
    )


def _map_item(item: Item, run: ChangeRun, label: ChangeLabel) -> Item:
    return with_parts(
        item,
        label=label(item.label),
        run=run(item.run),
        continued=_each(item.continued, _map_paragraph, run, label),
        items=_each(item.items, _map_item, run, label),
        figures=_each(item.figures, _map_figure, run, label),
    )
