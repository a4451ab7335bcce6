"""A document's paragraphs → its tree.

Law: every character of a paragraph goes into one run or one label, and reading never
fails: what fits nowhere is prose.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from publisher.read.items import items
from publisher.read.marks import ALONE, OPENER
from publisher.read.pieces import Piece
from publisher.source import Span
from publisher.tree.nodes import (
    AdoptionNote,
    Answer,
    Article,
    Block,
    Byline,
    Continuation,
    Division,
    DivisionKind,
    Document,
    DocumentKind,
    Event,
    Heading,
    Omission,
    Paragraph,
    Prose,
    ProseKind,
    Question,
    Run,
    SignOff,
    Text,
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
CONTENTS = re.compile(r"目\s*[录錄次]")
DECISION = re.compile(r"(?:决定|通知|意见|公告|批复|決定)$")
# 2024年2月5日中共中央发布
EVENT = re.compile(
    r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日\s*((?:(?!\d{4}\s*年).)*)"
)
INSIDE = frozenset(("plain", "item", "bullet", "omission", "note"))
"""Kinds of piece that go on with the article, answer or prose before them."""


def document(parts: Sequence[Piece], source: str, *, broken: bool) -> Document:
    """The tree of one document; ``source`` is the text of the file it stands in."""
    kind = _kind(parts)
    at = 0
    while at < len(parts) and parts[at].mark.kind == "title":
        at += 1
    title = _with_gaps(parts[:at], source)
    first = at
    while at < len(parts) and parts[at].mark.kind == "note" and title:
        at += 1
    note = _note(parts[first:at], source) if at > first else None
    reader = _Reader(parts, kind)
    body, _ = reader.blocks(at, -1)
    ends = any(part.mark.style == "to" for part in parts)
    return Document(
        kind,
        title,
        body,
        note,
        head_missing=any(p.mark.kind == "from" and not p.mark.style for p in parts[:2]),
        tail_missing=broken or ends,
        span=parts[0].span,
    )


def _kind(parts: Sequence[Piece]) -> DocumentKind:
    kinds = [part.mark.kind for part in parts]
    articles, asked = kinds.count("article"), kinds.count("question")
    if asked > articles:
        return "press_qa"
    if articles or kinds.count("division") > 1:
        return "regulation"
    if any(kind in ("from", "byline", "signoff") for kind in kinds):
        return "news"
    title = "".join(part.text for part in parts[:1] if part.mark.kind == "title")
    if DECISION.search(title):
        return "decision"
    return "news" if any(OPENER.match(part.text) for part in parts[:3]) else "prose"


def _with_gaps(parts: Sequence[Piece], source: str) -> Run:
    """Paragraphs that make one run, the line ends between them kept as text."""
    run: Run = ()
    for before, part in zip((None, *parts), parts, strict=False):
        if before:
            gap = Span(part.span.file, before.span.end, part.span.start)
            if (text := source[gap.start : gap.end]).isspace():
                run += (Text(text, span=gap),)
        run += part.run
    return run


def _note(parts: Sequence[Piece], source: str) -> AdoptionNote:
    run = _with_gaps(parts, source)
    events = tuple(
        Event(day, " ".join(act.strip(" 　，,；;()（）\n\r").split()))
        for *ymd, act in EVENT.findall(plain(run).replace("\n", " "))
        if (day := _day(*map(int, ymd)))
    )
    return AdoptionNote(run, events, span=parts[0].span)


def _day(year: int, month: int, day: int) -> str:
    """A day as ISO 8601 writes it, or nothing where the calendar has no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


class _Reader:
    """Goes through the pieces once; each method gives nodes and where it stopped."""

    def __init__(self, parts: Sequence[Piece], kind: DocumentKind) -> None:
        self.parts = parts
        self.kind = kind
        self.questions = 0
        self.answers = 0
        self.enacted = False
        self.contents = _contents(parts)

    def blocks(self, at: int, rank: int) -> tuple[tuple[Block, ...], int]:
        """Blocks up to the next division of this rank or higher."""
        out: list[Block] = []
        block: Block
        while at < len(self.parts):
            part = self.parts[at]
            if part.mark.kind != "division" or at in self.contents:
                block, at = self.block(at)
            elif RANK[part.mark.style] > rank:
                block, at = self.division(at)
            else:
                break
            out.append(block)
        return tuple(out), at

    def division(self, at: int) -> tuple[Division, int]:
        part = self.parts[at]
        kind = _division_kind(part.mark.style)
        body, at = self.blocks(at + 1, RANK[kind])
        heading = _close_up(part.rest)
        made = Division(
            kind, part.mark.number, part.label, heading, body, span=part.span
        )
        return made, at

    def block(self, at: int) -> tuple[Block, int]:
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
                return Heading(_close_up(part.run), span=part.span), at + 1
            case "item" | "bullet" | "note" | "plain":
                return self.prose(at)

    def article(self, at: int) -> tuple[Article, int]:
        self.enacted = True
        part = self.parts[at]
        body: list[Paragraph] = []
        run, span, at = part.rest, part.span, at + 1
        below = self.parts[at].mark.kind if at < len(self.parts) else "article"
        if not run and below in INSIDE - {"item"}:
            run, span, at = self.parts[at].run, self.parts[at].span, at + 1
        while True:
            points, at = items(self.parts, at, plain(run))
            body.append(Paragraph(len(body) + 1, run, points, span=span))
            if at >= len(self.parts) or self.parts[at].mark.kind not in INSIDE:
                break
            run, span, at = self.parts[at].run, self.parts[at].span, at + 1
        made = Article(part.mark.number, part.label, tuple(body), span=part.span)
        return made, at

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
        points, at = items(self.parts, at + 1, part.text, loose=False)
        return Prose(part.run, kind, points, span=part.span), at


def _division_kind(style: str) -> DivisionKind:
    match style:
        case "book" | "part" | "chapter" | "section" | "subsection":
            return style
        case _:
            return "division"


def _contents(parts: Sequence[Piece]) -> frozenset[int]:
    """Division marks that are entries of a table of contents (目录), by position."""
    start = next((i for i, p in enumerate(parts) if CONTENTS.fullmatch(p.text)), None)
    seen: list[int] = []
    for at in range(start + 1 if start is not None else len(parts), len(parts)):
        part = parts[at]
        key = (part.mark.style, part.mark.number)
        if part.mark.kind == "division":
            first = parts[seen[0]].mark if seen else None
            if first and (first.style, first.number) == key:
                return frozenset(seen)
            seen.append(at)
        elif part.mark.kind == "article" or not (ALONE.fullmatch(part.text)):
            break
    return frozenset()


def _close_up(run: Run) -> Run:
    """A heading without the spaces that only spread it out: 总　则 → 总则."""
    text = plain(run)
    words = text.split()
    if len(words) < 2 or any(len(word) > 1 for word in words):
        return run
    out: list[Text] = []
    for inline in run:
        if not isinstance(inline, Text):
            return run
        out.extend(
            Text(
                c,
                span=Span(
                    inline.span.file, inline.span.start + i, inline.span.start + i + 1
                ),
            )
            for i, c in enumerate(inline.text)
            if not c.isspace()
        )
    return tuple(out)
