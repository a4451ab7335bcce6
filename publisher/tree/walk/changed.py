"""Changed copies of documents, every run and label given to a function once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from publisher.tree.nodes import (
    Answer,
    Article,
    Attachment,
    Block,
    Byline,
    Caption,
    Continuation,
    Division,
    Document,
    Figure,
    Footnote,
    Heading,
    Image,
    Item,
    Notice,
    Omission,
    Paragraph,
    Point,
    PointBody,
    Prose,
    Question,
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
