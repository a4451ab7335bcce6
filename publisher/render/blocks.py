"""Blocks of one document as HTML: for each node kind a case here and a macro there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import ceil
from typing import Any, assert_never

from markupsafe import Markup

from publisher.book import Typography
from publisher.patterns import pattern
from publisher.render import Picture, page, tables, titles
from publisher.render.contents import title_of
from publisher.render.runs import Runs, broken, sliced, trimmed
from publisher.render.sense import UNTOLD, Sense
from publisher.tree.ids import anchor
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
    Prose,
    Question,
    Run,
    SignOff,
    Table,
    Text,
    Toc,
)
from publisher.tree.walk import plain

HEADS = {"book": "head1", "part": "head1", "chapter": "head2", "division": "head3"}
"""The size token of each level's heading, as the style sheet has it."""
PRESS = pattern(r"^(.+?)(就《.+》)(答记者问|答記者問)$")
"""某某负责人 / 就《某条例》 / 答记者问."""


BESIDE = 6
"""Grid lines that a page keeps for what belongs to a picture."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture as it is printed: its size in points, and the grid lines it takes."""

    href: str
    width: float
    height: float
    lines: int


def placed(picture: Picture, typography: Typography) -> Placed:
    """A picture at its own size (96 pixels an inch), or as large as the page allows."""
    most = (typography.measure.lines - BESIDE) * typography.leading
    width, height = picture.width * 0.75, picture.height * 0.75
    scale = min(1.0, page.measure(typography) / width, most / height)
    lines = ceil(round(height * scale / typography.leading, 3))
    return Placed(picture.href, width * scale, height * scale, max(lines, 1))


@dataclass(frozen=True, slots=True)
class LaidTable:
    """A table ready for the template: rows of cells, each with its grid lines."""

    how: tables.Layout
    head: tuple[tuple[tuple[Markup, ...], int], ...]
    body: tuple[tuple[tuple[Markup, ...], int], ...]
    columns: int
    headed: int = 0
    """How many of the body's rows are heads."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """Makes the HTML of one document's nodes.

    ``macros`` is the module of ``nodes.html``; ``known`` are the anchors that exist.
    """

    document: Document
    macros: Any
    known: frozenset[str]
    typography: Typography
    sense: Sense = UNTOLD
    pictures: Mapping[tuple[int, str], Picture] = field(default_factory=dict)

    def run(self, run: Run, *, kai: bool = False) -> Markup:
        """The inlines of a run."""
        return Runs(self.document, self.macros, self.known).run(run, kai=kai)

    # ------------------------------------------------------------ opening

    def title(self) -> tuple[tuple[Markup, ...], bool]:
        """The title in lines, and whether all but the last are set small."""
        run: Run = self.document.title
        if not plain(run).strip():
            run = (Text(title_of(self.document)), *run)
        text = plain(run)
        if parts := PRESS.match(text):
            made = sliced(run, parts.groups())
        else:
            em = page.size("head1", self.typography.size) * 1.04
            limit = page.measure(self.typography) / em
            made = sliced(run, titles.lines(text, limit, titles.EVEN, self.sense))
        return tuple(self.run(line) for line in made), bool(parts)

    def adoption(self) -> tuple[Markup, ...]:
        """The promulgation note in lines."""
        if self.document.note is None:
            return ()
        lines = broken(
            self.document.note.run, self.typography.measure.chars, self.sense
        )
        return tuple(self.run(line, kai=True) for line in lines)

    def body(self) -> Markup:
        """All blocks."""
        return self.blocks(self.document.body, 2)

    # ------------------------------------------------------------ blocks

    def blocks(self, body: Iterable[Block], depth: int) -> Markup:
        """Some blocks; ``depth`` is the level of a heading among them."""
        return Markup("").join(self.block(block, depth) for block in body)

    def block(self, block: Block, depth: int) -> Markup:  # noqa: C901, PLR0912  (one case a kind)
        """One block with all that is in it."""
        name = anchor(self.document, block.id)
        match block:
            case Division():
                return self.division(block, name, depth)
            case Article():
                return self.article(block, name, depth)
            case Paragraph():
                return self.paragraph(block)
            case Question():
                return self.question(block, name, depth)
            case Prose():
                run = self.run(block.run, kai=block.kind == "lede")
                inner = self.items(block.items)
                return self._("prose", name, block.kind, run, inner)
            case Answer():
                return self._("answer", name, block.label, self.run(block.run))
            case Heading():
                runs = self.broken(block.run, "head3")
                text = plain(block.run).strip()
                return self._("heading", name, depth, runs, text)
            case Byline() | Continuation():
                return self._(_name(block), name, self.run(block.run, kai=True))
            case SignOff() | Omission():
                return self._(_name(block), name, self.run(block.run))
            case Notice():
                return self._("notice", name, block.text)
            case Point():
                return self.point(block, depth)
            case Table() | Image():
                return self.figure(block)
            case Attachment():
                return self.attachment(block, name, depth)
            case Footnote():
                return self._("footnote", name, block.label, self.run(block.run))
            case Toc():
                return self.toc(block, name)
            case _:
                assert_never(block)

    def _(self, macro: str, *values: object) -> Markup:
        made: Markup = getattr(self.macros, macro)(*values)
        return made

    def division(self, block: Division, name: str, depth: int) -> Markup:
        """编, 分编, 章, 节 …: a heading and what is under it."""
        text, label = plain(block.heading), block.label.text.strip()
        runs = self.broken(block.heading, HEADS.get(block.kind, "head3"), label)
        head = f"{label}　{text.strip()}" if text.strip() else label
        opened = len(text.strip()) == 2
        body = self.blocks(block.body, depth + 1)
        return self._("division", name, block, depth, runs, opened, head, body)

    def broken(self, run: Run, size: str, label: str = "") -> tuple[Markup, ...]:
        """A heading in lines by sense, the first of which stands beside its label."""
        em = page.size(size, self.typography.size)
        room = page.measure(self.typography) / em - titles.width(label) - bool(label)
        text = plain(run)
        if titles.width(text) <= room or room < 4:
            return (self.run(run),)
        lines = titles.lines(text, room, sense=self.sense)
        return tuple(self.run(trimmed(line)) for line in sliced(run, lines))

    def article(self, block: Article, name: str, depth: int) -> Markup:
        """条: its label stands in its first paragraph."""
        first = block.body[0] if block.body else Paragraph(1, ())
        opened = self._(
            "opened",
            anchor(self.document, first.id) if first.id else "",
            block.label,
            self.run(first.run),
        )
        rest = [self.under(first), *map(self.paragraph, block.body[1:])]
        return self._(
            "article",
            name,
            depth,
            block.label.text.strip(),
            opened,
            Markup("").join(rest),
        )

    def paragraph(self, block: Paragraph) -> Markup:
        """款, with the 项 under it."""
        name = anchor(self.document, block.id)
        return self._("paragraph", name, self.run(block.run), self.under(block))

    def under(self, block: Paragraph) -> Markup:
        """The 项 and the tables under a 款."""
        return self.items(block.items) + self.figures(block.figures)

    def items(self, items: Iterable[Item], level: int = 1) -> Markup:
        """项 and 目, each its own paragraph."""
        return Markup("").join(self.item(item, level) for item in items)

    def item(self, item: Item, level: int) -> Markup:
        """One 项 or 目, its further paragraphs, and its own points."""
        name = anchor(self.document, item.id)
        inner = [self.paragraph(paragraph) for paragraph in item.continued]
        inner.append(self.items(item.items, level + 1))
        inner.append(self.figures(item.figures))
        run = self.run(item.run)
        return self._("item", name, level, item.label, run, Markup("").join(inner))

    def point(self, block: Point, depth: int, level: int = 1) -> Markup:
        """一、 outside articles, with its points and paragraphs."""
        name = anchor(self.document, block.id)
        inner = (
            self.point(inner, depth, level + 1)
            if isinstance(inner, Point)
            else self.block(inner, depth)
            for inner in block.body
        )
        run = self.run(block.run)
        return self._("item", name, level, block.label, run, Markup("").join(inner))

    def attachment(self, block: Attachment, name: str, depth: int) -> Markup:
        """附件: a heading and what is under it."""
        label, text = block.label.text.strip(), plain(block.heading).strip()
        head = f"{label}　{text}" if text else label
        body = self.blocks(block.body, depth + 1)
        runs = self.broken(block.heading, "head2", label)
        return self._("attachment", name, depth, block.label, runs, head, body)

    def figures(self, figures: Iterable[Figure]) -> Markup:
        """Tables and pictures."""
        return Markup("").join(self.figure(figure) for figure in figures)

    def figure(self, figure: Figure) -> Markup:
        """A table with its cells, or what stands in for a picture."""
        name = anchor(self.document, figure.id)
        match figure:
            case Table():
                caption = self.caption(figure.caption)
                return self._("table", name, caption, self.laid(figure))
            case Image():
                run = self.run(figure.run, kai=True)
                caption = self.caption(figure.caption)
                if picture := self.pictures.get((figure.span.file, figure.src)):
                    shown = placed(picture, self.typography)
                    told = plain(figure.run).strip() or figure.src
                    return self._("picture", name, shown, told, run, caption)
                return self._("image", name, run, caption)
            case _:
                assert_never(figure)

    def laid(self, table: Table) -> LaidTable:
        """A table's rows with their heights, and the widths of its columns."""
        texts = [[plain(cell.run).strip() for cell in row] for row in table.rows]
        how = tables.layout(texts, self.typography)
        heights = how.heights or (0,) * len(table.rows)
        rows = [
            (tuple(self.run(cell.run) for cell in row), lines)
            for row, lines in zip(table.rows, heights, strict=True)
        ]
        heads = 0 if how.loose else table.header  # only heads that can be repeated
        head, body = rows[:heads], rows[heads:]
        columns = max(map(len, texts), default=0)
        return LaidTable(how, tuple(head), tuple(body), columns, table.header - heads)

    def caption(self, caption: Caption | None) -> Markup:
        """The line that names a table or a picture, if it has one."""
        if caption is None:
            return Markup("")
        name = anchor(self.document, caption.id)
        return self._("caption", name, self.run(caption.run, kai=True))

    def toc(self, block: Toc, name: str) -> Markup:
        """The source's own 目录."""
        entries = (
            (anchor(self.document, entry.id), entry.label, self.run(entry.run))
            for entry in block.entries
        )
        return self._("toc", name, self.run(block.heading), tuple(entries))

    def question(self, block: Question, name: str, depth: int) -> Markup:
        """问: one of two lines breaks at a phrase."""
        text = plain(block.run)
        label = titles.width(block.label.text)
        room = self.typography.measure.chars - 2 - label
        least = titles.pressed(text, block.label.text)
        centred = self.typography.punctuation in {"tw", "hk"}
        two = room < (titles.width(text) if centred else least) <= 2 * room
        lines = titles.lines(text, room, 0, self.sense) if two else (text,)
        runs = tuple(self.run(line) for line in sliced(block.run, lines))
        return self._("question", name, depth, block.label, runs, text.strip())


def _name(block: Block) -> str:
    return type(block).__name__.lower()
