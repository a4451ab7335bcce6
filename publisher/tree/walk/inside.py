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
    Inline,
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
    match node:  # the kinds that a tree has most of come first
        case Text() | Note() | Gap() | Notice():
            return ()
        case Strong() | Reference() | Marked() | Ruby() | Fixed():
            return node.inlines
        case Paragraph():
            return (*node.run, *node.items, *node.figures)
        case Item():
            inner = (*node.continued, *node.items, *node.figures)
            return (node.label, *node.run, *inner)
        case Article():
            return (node.label, *node.body)
        case Document():
            return (*node.title, *((node.note,) if node.note else ()), *node.body)
        case Division() | Attachment():
            return (node.label, *node.heading, *node.body)
        case Prose():
            return (*node.run, *node.items)
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
        case _:
            assert_never(node)


def walk(node: Node) -> Iterator[Node]:
    """A node and all inside it, in reading order."""
    pending = [node]
    while pending:
        node = pending.pop()
        yield node
        if inside := children(node):
            pending += inside[::-1]


def owners(node: Node) -> Iterator[Node]:
    """A node and all inside it but labels and what is in runs, in reading order."""
    pending = [node]
    while pending:
        node = pending.pop()
        yield node
        if inside := _owned(node):
            pending += inside[::-1]


def _owned(node: Node) -> tuple[Node, ...]:
    """The children that are no label and not in a run."""
    match node:
        case Paragraph():
            return node.items + node.figures
        case Article() | Division() | Attachment() | Point():
            return node.body
        case Item():
            return node.continued + node.items + node.figures
        case Prose():
            return node.items
        case Document():
            return (*((node.note,) if node.note else ()), *node.body)
        case Table() | Image() | Toc():
            return tuple([n for n in children(node) if type(n) not in _IN_RUNS])
        case _:  # all that the others have is labels and runs
            return ()


_IN_RUNS = frozenset((Text, Strong, Reference, Marked, Ruby, Fixed, Note, Gap))


def texts(node: Node) -> Iterator[Text]:
    """Every text of a node, labels included, in reading order."""
    return (inner for inner in walk(node) if isinstance(inner, Text))


def texts_of(run: Run) -> list[Text]:
    """Every text of a run, in reading order."""
    out: list[Text] = []
    for inline in run:
        match inline:
            case Text():
                out.append(inline)
            case Strong() | Reference() | Marked() | Ruby() | Fixed():
                out += texts_of(inline.inlines)
            case Note() | Gap():
                pass
            case _:
                assert_never(inline)
    return out


def plain(run: Run) -> str:
    """The characters of a run, without what the editor added."""
    return "".join([_said(inline) for inline in run])


def _said(inline: Inline) -> str:
    match inline:
        case Text():
            return inline.text
        case Strong() | Reference() | Marked() | Ruby() | Fixed():
            return plain(inline.inlines)
        case Note() | Gap():
            return ""
        case _:
            assert_never(inline)


def ink(node: Node) -> str:
    """The non-space characters of body text and printed markers, in reading order."""
    return "".join("".join(text.text for text in texts(node)).split())


def runs(node: Node) -> Iterator[tuple[str, Run]]:
    """Every run with the id of the node that owns it, in reading order.

    A run is a whole title, heading, paragraph or item: the stretch over which a phrase
    may run on, whatever markup is inside it.
    """
    for inner in owners(node):
        match inner:
            case Text() | Note() | Gap() | Notice() | Table() | Article():
                pass
            case Strong() | Reference() | Marked() | Ruby() | Fixed():
                pass
            case Document():
                yield inner.id, inner.title
            case Division() | Attachment() | Toc():
                yield inner.id, inner.heading
            case (
                Paragraph()
                | Item()
                | AdoptionNote()
                | Prose()
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
                yield inner.id, inner.run
            case _:
                assert_never(inner)


def labels(node: Node) -> Iterator[tuple[str, Text]]:
    """Every printed marker (第三条, （一）, 问：) with the id of the node it opens."""
    for inner in owners(node):
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
