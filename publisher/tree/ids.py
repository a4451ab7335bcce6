"""Give nodes their ids, from printed numbers and never from position.

Akoma Ntoso style: ``chp_3__sec_1``, ``art_19__para_2__point_3``, 第一百二十条之一 →
``art_120-1``. Articles are counted through the whole document, so their id never holds
the chapter; in a law whose 编 restart the numbering the 编 stands in front. An id that
is already taken gets ``-dup2``. What is attached counts for itself: ``att_1__art_3``. A
point's points are inside it: ``point_5__point_1``. An anchor is
``<document id>.<node id>``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import assert_never

from publisher.tree.nodes import (
    Answer,
    Article,
    Attachment,
    Block,
    Byline,
    Continuation,
    Division,
    DivisionKind,
    Document,
    DocumentKind,
    Figure,
    Footnote,
    Heading,
    Image,
    Item,
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
)

DIVISION: dict[DivisionKind, str] = {
    "book": "book",
    "part": "part",
    "chapter": "chp",
    "section": "sec",
    "subsection": "subsec",
    "division": "div",
}
DOCUMENT: dict[DocumentKind, str] = {
    "regulation": "reg",
    "press_qa": "qa",
    "news": "news",
    "decision": "decision",
    "prose": "prose",
}
Duplicate = Callable[[str, Block | Item], None]
"""Told of each id that was already taken, with the node that came second."""


def anchor(document: Document, node_id: str) -> str:
    """The name of a node in HTML, PDF and EPUB: ``<document id>.<node id>``."""
    return f"{document.id}.{node_id}" if node_id else document.id


def identify_documents(documents: Iterable[Document]) -> tuple[Document, ...]:
    """Name documents by kind: ``reg``, ``qa``, ``news``, ``news-2`` …."""
    seen: Counter[str] = Counter()
    out = []
    for document in documents:
        name = DOCUMENT[document.kind]
        seen[name] += 1
        name += f"-{seen[name]}" if seen[name] > 1 else ""
        out.append(replace(document, id=name))
    return tuple(out)


def identify(document: Document, duplicate: Duplicate = lambda _, __: None) -> Document:
    """Copy a document with an id on every node that can be cited."""
    namer = _Namer(duplicate, restarts=_articles_restart(document.body))
    note = document.note
    return replace(
        document,
        note=replace(note, id="note") if note else None,
        body=tuple(namer.block(block, "") for block in document.body),
    )


def form(number: Number) -> str:
    """A number as ids write it: ``(120, 1)`` is ``120-1``."""
    return f"{number[0]}-{number[1]}" if number[1] else str(number[0])


@dataclass
class _Namer:
    duplicate: Duplicate
    restarts: bool
    taken: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    book: str = ""
    lists: dict[str, tuple[int, int]] = field(default_factory=dict)
    """For each place, how many lists of points it had, and the last point's number."""
    printed: set[str] = field(default_factory=set)
    """The labels of attachments so far."""
    attached: str = ""
    """The id of the attachment that is gone through."""
    question: str = "q_0"
    """The wanted id of the question that the next answers belong to."""

    def name(self, wanted: str, node: Block | Item, *, quiet: bool = False) -> str:
        if wanted in self.taken:
            if not quiet:
                self.duplicate(wanted, node)
            self.counts[wanted] += 1
            wanted = f"{wanted}-dup{self.counts[wanted] + 1}"
        self.taken.add(wanted)
        return wanted

    def count(self, kind: str) -> str:
        own = f"{self.attached}__{kind}" if self.attached else kind
        self.counts[own] += 1
        return f"{own}_{self.counts[own]}"

    def block(self, block: Block, inside: str) -> Block:
        match block:
            case Division():
                return self.division(block, inside)
            case Article():
                prefix = f"{self.book}__" if self.restarts and self.book else ""
                prefix = f"{self.attached}__" if self.attached else prefix
                name = self.name(f"{prefix}art_{form(block.number)}", block)
                body = tuple(self.paragraph(p, name) for p in block.body)
                return replace(block, id=name, body=body)
            case Paragraph():
                return self.paragraph(block, inside)
            case Question():
                self.question = f"q_{block.number}"
                return replace(block, id=self.name(self.question, block))
            case Answer():
                name = f"{self.question}__ans_{block.number}"
                return replace(block, id=self.name(name, block))
            case Prose() | Point() | Table() | Image():
                return self.inner(block, self.attached)
            case Attachment():
                return self.attachment(block)
            case Toc():
                name = self.name(self.count("toc"), block)
                entries = tuple(
                    replace(entry, id=f"{name}__entry_{n}")
                    for n, entry in enumerate(block.entries, 1)
                )
                return replace(block, id=name, entries=entries)
            case (
                Heading()
                | Footnote()
                | Byline()
                | SignOff()
                | Continuation()
                | Omission()
                | Notice()
            ):
                kind = type(block).__name__.lower()
                return replace(block, id=self.name(self.count(kind), block))
            case _:
                assert_never(block)

    def attachment(self, block: Attachment) -> Attachment:
        own = f"att_{form(block.number)}" if block.number[0] else "att"
        outside = self.attached
        wanted = f"{outside}__{own}" if outside else own
        # 附表一 beside 附件一 is no second 附件一
        printed = "".join(block.label.text.split()).rstrip(":：")
        quiet = printed not in self.printed
        self.printed.add(printed)
        self.attached = name = self.name(wanted, block, quiet=quiet)
        body = tuple(self.block(inner, name) for inner in block.body)
        self.attached = outside
        return replace(block, id=name, body=body)

    def inner(self, block: PointBody, inside: str) -> PointBody:
        match block:
            case Prose():
                name = self.name(self.count(block.kind), block)
                items = tuple(self.item(i, name, "point") for i in block.items)
                return replace(block, id=name, items=items)
            case Point():
                own = f"point_{form(block.number)}{self.copy(block, inside)}"
                name = self.name(f"{inside}__{own}" if inside else own, block)
                body = tuple(self.inner(inner, name) for inner in block.body)
                return replace(block, id=name, body=body)
            case Table() | Image():
                return self.figure(block)
            case _:
                assert_never(block)

    def copy(self, block: Point, inside: str) -> str:
        """What tells a point of a second list from that of the first: ``-dup2``."""
        lists, last = self.lists.get(inside, (1, 0))
        lists += block.number[0] <= last
        self.lists[inside] = lists, block.number[0]
        return f"-dup{lists}" if lists > 1 else ""

    def figure(self, figure: Figure) -> Figure:
        name = self.name(self.count(type(figure).__name__.lower()), figure)
        caption = figure.caption and replace(figure.caption, id=f"{name}__caption")
        if isinstance(figure, Image):
            return replace(figure, id=name, caption=caption)
        rows = tuple(
            tuple(
                replace(cell, id=f"{name}__r{r}c{c}") for c, cell in enumerate(row, 1)
            )
            for r, row in enumerate(figure.rows, 1)
        )
        return replace(figure, id=name, caption=caption, rows=rows)

    def division(self, block: Division, inside: str) -> Division:
        own = f"{DIVISION[block.kind]}_{form(block.number)}"
        name = self.name(f"{inside}__{own}" if inside else own, block)
        if block.kind == "book":
            self.book = name
        body = tuple(self.block(inner, name) for inner in block.body)
        return replace(block, id=name, body=body)

    def paragraph(self, block: Paragraph, inside: str) -> Paragraph:
        own = f"para_{block.number}"
        name = self.name(f"{inside}__{own}" if inside else own, block)
        items = tuple(self.item(item, name, "point") for item in block.items)
        figures = tuple(self.figure(figure) for figure in block.figures)
        return replace(block, id=name, items=items, figures=figures)

    def item(self, item: Item, inside: str, level: str) -> Item:
        name = self.name(f"{inside}__{level}_{form(item.number)}", item)
        inner = "subpara" if level == "point" else "indent"
        continued = tuple(
            replace(p, id=self.name(f"{name}__para_{n}", p))
            for n, p in enumerate(item.continued, 2)
        )
        items = tuple(self.item(sub, name, inner) for sub in item.items)
        figures = tuple(self.figure(figure) for figure in item.figures)
        return replace(item, id=name, continued=continued, items=items, figures=figures)


def _articles_restart(body: tuple[Block, ...]) -> bool:
    """Whether two 编 both have an article of one number, so that 编 must be named."""
    seen: set[Number] = set()
    for book in body:
        if isinstance(book, Division) and book.kind == "book":
            own = set(_article_numbers(book.body))
            if seen & own:
                return True
            seen |= own
    return False


def _article_numbers(body: tuple[Block, ...]) -> Iterable[Number]:
    for block in body:
        match block:
            case Article():
                yield block.number
            case Division():
                yield from _article_numbers(block.body)
            case _:
                pass
