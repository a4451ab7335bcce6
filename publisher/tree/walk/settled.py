"""A copy of a document with other numbers, and without the nodes that are gone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, assert_never

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
    Node,
    Notice,
    Number,
    Omission,
    Paragraph,
    Point,
    PointBody,
    Prose,
    Question,
    SignOff,
    Table,
    Toc,
    TocEntry,
)
from publisher.tree.walk.changed import with_parts

Numbered: TypeAlias = (
    Division | Attachment | Article | Item | Point | Footnote | TocEntry
)
"""What has a number of its own, which is printed in its label."""


@dataclass(frozen=True, slots=True)
class Settling:
    """What a node's number is, and whether a node with all inside it is gone."""

    number: Callable[[Numbered], Number]
    gone: Callable[[Node], bool]


def settle(document: Document, by: Settling) -> Document:
    """Copy a document with numbers settled and without the nodes that are gone.

    Paragraphs are counted anew. An article keeps its first one: its label stands there.
    """
    note = document.note
    return with_parts(
        document,
        note=None if note and by.gone(note) else note,
        body=tuple([_block(b, by) for b in document.body if not by.gone(b)]),
    )


def _block(block: Block, by: Settling) -> Block:
    match block:
        case Division() | Attachment():
            body = tuple([_block(b, by) for b in block.body if not by.gone(b)])
            return with_parts(block, number=by.number(block), body=body)
        case Article():
            paragraphs = _paragraphs(block.body, by, 1)
            first = tuple([_paragraph(p, by, 1) for p in block.body[:1]])
            return with_parts(block, number=by.number(block), body=paragraphs or first)
        case Paragraph():
            return _paragraph(block, by, block.number)
        case Prose() | Point() | Table() | Image():
            return _inner(block, by)
        case Footnote():
            return with_parts(block, number=by.number(block))
        case Toc():
            kept = [entry for entry in block.entries if not by.gone(entry)]
            entries = tuple([with_parts(e, number=by.number(e)) for e in kept])
            return with_parts(block, entries=entries)
        case (
            Question()
            | Answer()
            | Heading()
            | Byline()
            | SignOff()
            | Continuation()
            | Omission()
            | Notice()
        ):
            return block
        case _:
            assert_never(block)


def _paragraphs(
    paragraphs: tuple[Paragraph, ...], by: Settling, first: int
) -> tuple[Paragraph, ...]:
    kept = [paragraph for paragraph in paragraphs if not by.gone(paragraph)]
    return tuple([_paragraph(p, by, n) for n, p in enumerate(kept, first)])


def _paragraph(paragraph: Paragraph, by: Settling, number: int) -> Paragraph:
    return with_parts(
        paragraph,
        number=number,
        items=_items(paragraph.items, by),
        figures=_figures(paragraph.figures, by),
    )


def _items(items: tuple[Item, ...], by: Settling) -> tuple[Item, ...]:
    return tuple([_item(item, by) for item in items if not by.gone(item)])


def _item(item: Item, by: Settling) -> Item:
    return with_parts(
        item,
        number=by.number(item),
        continued=_paragraphs(item.continued, by, 2),
        items=_items(item.items, by),
        figures=_figures(item.figures, by),
    )


def _inner(block: PointBody, by: Settling) -> PointBody:
    match block:
        case Prose():
            return with_parts(block, items=_items(block.items, by))
        case Point():
            body = tuple([_inner(b, by) for b in block.body if not by.gone(b)])
            return with_parts(block, number=by.number(block), body=body)
        case Table() | Image():
            return _figure(block, by)
        case _:
            assert_never(block)


def _figures(figures: tuple[Figure, ...], by: Settling) -> tuple[Figure, ...]:
    return tuple([_figure(figure, by) for figure in figures if not by.gone(figure)])


def _figure(figure: Figure, by: Settling) -> Figure:
    return with_parts(figure, caption=_caption(figure.caption, by))


def _caption(caption: Caption | None, by: Settling) -> Caption | None:
    return None if caption and by.gone(caption) else caption
