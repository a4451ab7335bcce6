"""A document's paragraphs → its tree.

Law: every character of a paragraph goes into one run or one label, and reading never
fails: what fits nowhere is prose.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from publisher.patterns import pattern
from publisher.read.bare import bare, titled
from publisher.read.contents import contents, division_kind, entry
from publisher.read.cuts import close_up
from publisher.read.items import CARRIED, items
from publisher.read.kinds import kind_of
from publisher.read.notes import note, with_gaps
from publisher.read.pieces import Piece
from publisher.read.points import Points, headed
from publisher.source import Span
from publisher.tree.nodes import (
    Answer,
    Article,
    Attachment,
    Block,
    Byline,
    Continuation,
    Division,
    Document,
    DocumentKind,
    Figure,
    Footnote,
    Heading,
    Omission,
    Paragraph,
    Prose,
    ProseKind,
    Question,
    Run,
    SignOff,
    Toc,
)
from publisher.tree.walk import plain

RANK: dict[str, int] = {
    "book": 0,
    "part": 1,
    "chapter": 2,
    "section": 3,
    "subsection": 4,
    "division": 5,
}
TOP, ATTACHED = -1, -2
"""Ranks of what no division ends; only at the top an attachment begins."""
DELETED = pattern(r"[（(]?\s*[删刪]\s*除\s*[）)]?。?")


def document(
    parts: Sequence[Piece],
    source: str,
    figures: Mapping[Span, Figure],
    *,
    broken: bool,
) -> Document:
    """The tree of one document; ``source`` is the text of the file it stands in.

    ``figures`` are the file's tables and pictures, by the span of their lines.
    """
    kind = kind_of(parts)
    at = 0
    while at < len(parts) and parts[at].mark.kind == "title":
        at += 1
    title = with_gaps(parts[:at], source)
    first = at
    while at < len(parts) and parts[at].mark.kind == "note" and title:
        at += 1
    noted = note(parts[first:at], source) if at > first else None
    reader = _Reader(parts, kind, figures)
    body, _ = reader.blocks(at, TOP)
    ends = any(part.mark.style == "to" for part in parts)
    return Document(
        kind,
        title,
        body,
        noted,
        head_missing=any(p.mark.kind == "from" and not p.mark.style for p in parts[:2]),
        tail_missing=broken or ends,
        span=parts[0].span,
    )


class _Reader:
    """Goes through the pieces once; each method gives nodes and where it stopped."""

    def __init__(
        self,
        parts: Sequence[Piece],
        kind: DocumentKind,
        figures: Mapping[Span, Figure],
    ) -> None:
        articles = any(part.mark.kind == "article" for part in parts)
        self.kind = kind
        self.pointed = kind in ("regulation", "decision", "prose") and not articles
        attached = not self.pointed
        self.parts: list[Piece] = []
        for part in parts:
            attached = attached and part.mark.style != "attachment"
            self.parts.append(part if attached else headed(part))
        self.figures = figures
        self.points = Points(self.parts, figures)
        self.contents = contents(parts)
        self.questions = 0
        self.answers = 0
        self.enacted = False
        self.footnotes: list[Footnote] = []

    def blocks(self, at: int, rank: int) -> tuple[tuple[Block, ...], int]:
        """Blocks up to the next division of this rank or higher."""
        out: list[Block] = []
        while at < len(self.parts):
            part = self.parts[at]
            listed = at in self.contents
            if part.mark.style == "attachment" and not listed:
                if rank != TOP:
                    break
                block, at = self.attachment(at)
                out.append(block)
            elif part.mark.kind == "division" and not listed:
                if RANK[part.mark.style] <= rank:
                    break
                made, at = self.division(at)
                out.append(made)
            else:
                found, at = self.block(at)
                out.extend(found)
            out.extend(self.footnotes)
            self.footnotes = []
        return tuple(out), at

    def division(self, at: int) -> tuple[Division, int]:
        part = self.parts[at]
        kind = division_kind(part.mark)
        body, at = self.blocks(at + 1, RANK[kind])
        heading = close_up(part.rest)
        made = Division(
            kind,
            part.mark.number,
            part.label,
            heading,
            body,
            deleted=bool(DELETED.fullmatch(plain(heading))),
            span=part.span,
        )
        return made, at

    def attachment(self, at: int) -> tuple[Attachment, int]:
        """What is attached, up to the next that is."""
        part = self.parts[at]
        heading, at = part.rest, at + 1
        if not heading and titled(self.parts, at):
            heading, at = self.parts[at].run, at + 1
        pointed, self.pointed = self.pointed, True
        self.points = Points(self.parts, self.figures)
        out: list[Block] = []
        while at < len(self.parts) and self.parts[at].mark.style != "attachment":
            found, at = self.blocks(at, ATTACHED)
            out.extend(found)
        self.pointed = pointed
        made = Attachment(
            part.mark.number, part.label, heading, tuple(out), span=part.span
        )
        return made, at

    def block(self, at: int) -> tuple[tuple[Block, ...], int]:
        part = self.parts[at]
        if self.pointed and self.points.begins(at):
            self.enacted = True
            return self.points.list(at)
        if figure := self.figures.get(part.span):
            return (figure,), at + 1
        if at in self.contents or part.mark.style == "toc":
            return self.toc(at)
        made, at = self.one(at)
        return (made,), at

    def one(self, at: int) -> tuple[Block, int]:
        part = self.parts[at]
        match part.mark.kind:
            case "article":
                return self.article(at)
            case "question":
                self.questions += 1
                self.answers = 0
                run = part.rest
                return Question(self.questions, part.label, run, span=part.span), at + 1
            case "answer":
                self.answers += 1
                made = Answer(self.answers, part.label, part.rest, span=part.span)
                return made, at + 1
            case "from":
                to = part.mark.style == "to"
                page = part.mark.number[0] or None
                run = part.run
                mark = Continuation(run, "to" if to else "from", page, span=part.span)
                return mark, at + 1
            case "byline":
                return Byline(part.run, span=part.span), at + 1
            case "signoff":
                return SignOff(part.run, span=part.span), at + 1
            case "omission":
                return Omission(part.run, span=part.span), at + 1
            case "heading" | "title" | "division":
                if part.mark.style == "footnote":
                    return self.footnote(at), at + 1
                return Heading(close_up(part.run), span=part.span), at + 1
            case "plain" if (
                self.enacted and not self.questions and bare(self.parts, at)
            ):
                return Heading(close_up(part.run), span=part.span), at + 1
            case "item" | "bullet" | "note" | "plain":
                return self.prose(at)

    def toc(self, at: int) -> tuple[tuple[Block, ...], int]:
        """目录, or the entries of one whose heading is lost."""
        part = self.parts[at]
        heading: Run = ()
        if part.mark.style == "toc":
            heading, at = close_up(part.run), at + 1
        held = range(at, self.contents.stop) if at in self.contents else range(0)
        entries = tuple(entry(self.parts[i]) for i in held)
        if not entries:
            return (Heading(heading, span=part.span),), at
        return (Toc(heading, entries, span=part.span),), held.stop

    def footnote(self, at: int) -> Footnote:
        part = self.parts[at]
        return Footnote(part.mark.number, part.label, part.rest, span=part.span)

    def article(self, at: int) -> tuple[Article, int]:
        self.enacted = True
        part = self.parts[at]
        body: list[Paragraph] = []
        run, span, quoted, at = part.rest, part.span, False, at + 1
        if not run and self.carried(at) and self.parts[at].mark.kind != "item":
            run, span = self.parts[at].run, self.parts[at].span
            at += 1
        while True:
            number = len(body) + 1
            made, at = self.paragraph(Paragraph(number, run, span=span), at)
            body.append(replace(made, quoted=quoted))
            if not self.carried(at) or bare(self.parts, at):
                break
            run, span = self.parts[at].run, self.parts[at].span
            quoted = self.parts[at].mark.style == "quoted"
            at += 1
        gone = len(body) == 1 and bool(DELETED.fullmatch(plain(body[0].run)))
        number_, label = part.mark.number, part.label
        return Article(number_, label, tuple(body), deleted=gone, span=part.span), at

    def carried(self, at: int) -> bool:
        """Whether a piece goes on with the article before it."""
        return at < len(self.parts) and self.parts[at].mark.kind in CARRIED

    def paragraph(self, made: Paragraph, at: int) -> tuple[Paragraph, int]:
        """A paragraph with the points, tables and notes that follow it."""
        points, at = items(self.parts, at, plain(made.run), self.figures)
        drawn: list[Figure] = []
        while at < len(self.parts):
            part = self.parts[at]
            if figure := self.figures.get(part.span):
                drawn.append(figure)
            elif part.mark.style == "footnote":
                self.footnotes.append(self.footnote(at))
            else:
                break
            at += 1
        return replace(made, items=points, figures=tuple(drawn)), at

    def prose(self, at: int) -> tuple[Block, int]:
        part = self.parts[at]
        if self.questions:
            self.answers += 1
            return Answer(self.answers, None, part.run, span=part.span), at + 1
        kind: ProseKind = "prose"
        if self.kind == "press_qa":
            kind = "lede"
        elif self.kind == "regulation" and not self.enacted:
            kind = "preamble"
        if self.pointed:
            quoted = part.mark.style == "quoted"
            return Prose(part.run, kind, quoted=quoted, span=part.span), at + 1
        points, at = items(self.parts, at + 1, part.text, self.figures, loose=False)
        return Prose(part.run, kind, points, span=part.span), at
