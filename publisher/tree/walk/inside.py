"""What is inside a node: its children, texts, runs and labels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from publisher.tree.nodes import (
    AdoptionNote,
    Answer,
    Article,
    Attachment,
    Byline,
    Caption,
    Cell,
    Continuation,
    Division,
    Document,
    Fixed,
    Footnote,
    Gap,
    Heading,
    Image,
    Item,
    Marked,
    Node,
    Note,
    Notice,
    Omission,
    Paragraph,
    Point,
    Prose,
    Question,
    Reference,
    Ruby,
    Run,
    SignOff,
    Strong,
    Table,
    Text,
    Toc,
    TocEntry,
)


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
        case Strong() | Reference() | Marked() | Ruby() | Fixed():
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
            | Marked()
            | Ruby()
            | Fixed()
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
