"""Nodes of the tree → elements of Akoma Ntoso.

An ``act`` holds hierarchy only, so that prose in it stands in an ``hcontainer``; a
``doc`` holds blocks too. Points are ``point``, ``subparagraph`` and ``indent`` by
depth, as their ids say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import assert_never
from urllib.parse import quote

from publisher.tree.nodes import (
    Answer,
    Article,
    Attachment,
    Block,
    Byline,
    Continuation,
    Division,
    Figure,
    Footnote,
    Heading,
    Image,
    Item,
    Notice,
    Omission,
    Paragraph,
    Point,
    Prose,
    Question,
    Run,
    SignOff,
    Table,
    Text,
    Toc,
)
from publisher.tree.walk import plain
from publisher.write.akn.inlines import Sayer
from publisher.write.akn.xml import Element, add, say

POINTS = ("point", "subparagraph", "indent")
CLAUSES = ("clause", "subclause", "point")
DIVISIONS = {"division": "subdivision"}
"""Levels that are called otherwise there."""
Flow = (
    Heading | Byline | SignOff | Continuation | Omission | Prose | Toc | Table | Image
)


@dataclass(frozen=True, slots=True)
class Maker(Sayer):
    """Makes the elements of a document's blocks."""

    # ------------------------------------------------------------ hierarchy

    def provisions(self, parent: Element, blocks: Sequence[Block]) -> None:
        """Blocks where only hierarchy may stand."""
        for block in blocks:
            self.provision(parent, block)

    def contents(self, parent: Element, blocks: Sequence[Block]) -> None:
        """Blocks where hierarchy and blocks may stand, questions together."""
        for asked, run in groupby(blocks, lambda b: isinstance(b, Question | Answer)):
            if asked:
                whole = add(parent, "questions")
                for block in run:
                    self.turn(whole, block)
                continue
            for block in run:
                if isinstance(block, Flow) and not _has_items(block):
                    self.flow(parent, block)
                else:
                    self.provision(parent, block)

    def provision(self, parent: Element, block: Block) -> None:
        """One block as hierarchy."""
        match block:
            case Division():
                tag = DIVISIONS.get(block.kind, block.kind)
                made = self.numbered(parent, tag, block)
                self.head(made, block.label, block.heading)
                self.divided(made, block.body)
            case Article():
                made = self.numbered(parent, "article", block)
                add(made, "num", block.label.text)
                self.provisions(made, block.body)
            case Paragraph():
                made = self.numbered(parent, "paragraph", block)
                self.paragraph(made, block)
            case Point():
                self.clause(parent, block, 0)
            case Prose():
                made = self.named(parent, block.kind, block)
                self.paragraph(made, Paragraph(0, block.run, block.items))
            case Question() | Answer() | Footnote():
                made = self.named(parent, type(block).__name__.lower(), block)
                if block.label:
                    add(made, "num", block.label.text)
                self.inlines(add(add(made, "content"), "p"), block.run)
            case Attachment():
                made = self.named(parent, "attachment", block)
                self.head(made, block.label, block.heading)
                self.divided(made, block.body)
            case (
                Heading()
                | Byline()
                | SignOff()
                | Continuation()
                | Omission()
                | Toc()
                | Table()
                | Image()
            ):
                made = add(parent, "hcontainer", name=type(block).__name__.lower())
                self.flow(add(made, "content"), block)
            case Notice():
                pass
            case _:
                assert_never(block)

    def divided(self, parent: Element, blocks: Sequence[Block]) -> None:
        """What is in a division: there a heading without a number is one."""
        for block in blocks:
            if isinstance(block, Heading):
                made = self.numbered(parent, "crossHeading", block)
                self.inlines(made, block.run)
            else:
                self.provision(parent, block)

    def numbered(self, parent: Element, tag: str, block: Block | Item) -> Element:
        """An element that has the node's id."""
        return add(parent, tag, eId=self.prefix + block.id)

    def named(self, parent: Element, name: str, block: Block) -> Element:
        """A part of the hierarchy that the standard has no word for."""
        return add(parent, "hcontainer", eId=self.prefix + block.id, name=name)

    def head(self, parent: Element, label: Text, heading: Run) -> None:
        """A number and the heading after it."""
        add(parent, "num", label.text)
        if heading:
            self.inlines(add(parent, "heading"), heading)

    def paragraph(self, made: Element, block: Paragraph) -> None:
        """A paragraph with its points; tables after them wrap it up."""
        if not block.items:
            content = add(made, "content")
            self.line(content, block)
            self.figures(content, block.figures)
            return
        self.line(add(made, "intro"), block)
        for item in block.items:
            self.item(made, item, 0)
        if block.figures:
            self.figures(add(made, "wrapUp"), block.figures)

    def line(self, parent: Element, block: Paragraph) -> None:
        """A paragraph's own text; inside a quotation it is quoted structure."""
        line = add(parent, "p")
        if not block.quoted:
            self.inlines(line, block.run)
            return
        quoted = add(add(line, "mod"), "quotedStructure")
        self.inlines(add(quoted, "p"), block.run)

    def item(self, parent: Element, item: Item, depth: int) -> None:
        """A point, and the points in it."""
        made = self.numbered(parent, POINTS[min(depth, 2)], item)
        add(made, "num", item.label.text)
        own = add(made, "intro" if item.items else "content")
        self.inlines(add(own, "p"), item.run)
        for paragraph in item.continued:
            line = add(own, "p", eId=self.prefix + paragraph.id)
            self.inlines(line, paragraph.run)
            self.figures(own, paragraph.figures)
        self.figures(own, item.figures)
        for inner in item.items:
            self.item(made, inner, depth + 1)

    def clause(self, parent: Element, point: Point, depth: int) -> None:
        """A numbered provision outside articles, and what is in it."""
        made = self.numbered(parent, CLAUSES[min(depth, 2)], point)
        add(made, "num", point.label.text)
        if not point.body:
            self.inlines(add(add(made, "content"), "p"), point.run)
            return
        self.inlines(add(add(made, "intro"), "p"), point.run)
        for part in point.body:
            if isinstance(part, Point):
                self.clause(made, part, depth + 1)
            else:
                self.provision(made, part)

    def turn(self, parent: Element, block: Block) -> None:
        """A question, or a paragraph of an answer."""
        if not isinstance(block, Question | Answer):
            return
        tag, role = (
            ("question", "questioner")
            if isinstance(block, Question)
            else ("answer", "respondent")
        )
        by = f"#{self.prefix}{role}"
        made = add(parent, tag, eId=self.prefix + block.id, by=by)
        if block.label:
            add(made, "num", block.label.text)
        self.inlines(add(made, "p"), block.run)

    # ------------------------------------------------------------ blocks

    def flow(self, parent: Element, block: Block) -> None:
        """One block as a block."""
        match block:
            case Table() | Image():
                self.figures(parent, (block,))
            case Toc():
                self.toc(parent, block)
            case Omission():
                line = add(parent, "p", eId=self.prefix + block.id)
                self.inlines(add(line, "omissis"), block.run)
            case Prose():
                line = add(parent, "p", eId=self.prefix + block.id)
                self.inlines(line, block.run)
            case Heading() | Byline() | SignOff() | Continuation():
                name = type(block).__name__.lower()
                made = add(parent, "block", eId=self.prefix + block.id, name=name)
                self.inlines(made, block.run)
            case _:
                pass

    def toc(self, parent: Element, toc: Toc) -> None:
        """The source's own table of contents; its heading is a block before it."""
        if toc.heading:
            self.inlines(add(parent, "block", name="heading"), toc.heading)
        made = add(parent, "toc", eId=self.prefix + toc.id)
        for entry in toc.entries:
            line = add(made, "tocItem", href="#", level="1")
            if entry.label:
                say(line, f"{entry.label.text}\u3000")
            self.inlines(line, entry.run)

    def figures(self, parent: Element, figures: Sequence[Figure]) -> None:
        """Tables and pictures, with their captions."""
        for figure in figures:
            match figure:
                case Table():
                    self.table(parent, figure)
                case Image():
                    line = add(parent, "p", eId=self.prefix + figure.id)
                    alt = plain(figure.run)
                    src = quote(figure.src or "picture", safe="/%:")
                    add(line, "img", src=src, alt=alt)
                case _:
                    assert_never(figure)
            if figure.caption and not (isinstance(figure, Table) and figure.rows):
                self.inlines(add(parent, "block", name="caption"), figure.caption.run)

    def table(self, parent: Element, table: Table) -> None:
        """A table; one that the source has lost is only its caption."""
        if not table.rows:
            return
        made = add(parent, "table", eId=self.prefix + table.id)
        if table.caption:
            self.inlines(add(made, "caption"), table.caption.run)
        for number, row in enumerate(table.rows):
            line = add(made, "tr")
            for cell in row:
                held = add(line, "th" if number < table.header else "td")
                self.inlines(add(held, "p"), cell.run)


def _has_items(block: Block) -> bool:
    return isinstance(block, Prose) and bool(block.items)
