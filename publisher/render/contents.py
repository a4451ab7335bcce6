"""The table of contents (目录), and what else is drawn from the documents' outline."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from publisher.check.series import between
from publisher.edition.prepared import Missing, Prepared
from publisher.numerals import to_chinese
from publisher.render.titles import width
from publisher.tree.ids import anchor
from publisher.tree.nodes import (
    Article,
    Attachment,
    Block,
    Division,
    DivisionKind,
    Document,
    DocumentKind,
    Number,
    Question,
)
from publisher.tree.walk import plain


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents; no ``href`` where the source has nothing there."""

    href: str
    label: str
    lines: tuple[str, ...]
    range: str = ""
    entries: tuple[Entry, ...] = ()
    kind: str = "division"
    hang: float = 0.0
    """How far lines after the first are set in, in ems."""
    apart: bool = False
    """Whether the range has a line of its own."""


@dataclass(frozen=True, slots=True)
class Room:
    """What there is room for in the contents.

    ``chars`` ems of the text's size in a line, ``small`` of the size of questions,
    ``lines`` in all.
    """

    chars: float
    small: float
    lines: int


LEADER = 3.0
"""Ems at the end of a line for the leader and the page number."""
SMALL = 6 / 7
"""The size of ranges by that of the text."""
Break = Callable[[str, float], tuple[str, ...]]
"""A text in lines of at most so many ems."""
DEEP: tuple[DivisionKind, ...] = ("subsection", "section")
"""Left out of contents that would run over too many pages, in this order."""
NAMELESS: dict[DocumentKind, str] = {
    "regulation": "〔法规{}〕",
    "press_qa": "〔答记者问{}〕",
    "news": "〔新闻{}〕",
    "decision": "〔决定{}〕",
    "prose": "〔文章{}〕",
}


def named(prepared: Prepared) -> Prepared:
    """The same with each document named: 〔新闻〕 in the editor's ink if need be.

    Of several they are 〔新闻一〕 and 〔新闻二〕, as the editor's account has them.
    """
    numbers = dict(prepared.apparatus.ordinals)

    def name(document: Document) -> Document:
        if title_of(document):
            return document
        number = numbers.get(document.id, 0)
        which = to_chinese(number) if number else ""
        said = prepared.convert(NAMELESS[document.kind].format(which))
        return replace(document, given_title=said)

    return replace(prepared, documents=tuple(map(name, prepared.documents)))


def nameless(document: Document) -> bool:
    """Whether it has no name but such a one."""
    return not plain(document.title).strip() and document.given_title.startswith("〔")


def title_of(document: Document) -> str:
    """A document's title, the editor's where the source has none."""
    return plain(document.title).strip() or document.given_title


def short_title_of(document: Document) -> str:
    """What contents and running heads call it."""
    return document.short_title or title_of(document)


def entries(prepared: Prepared, broken: Break, room: Room) -> tuple[Entry, ...]:
    """One entry for each document, with its divisions or its questions under it.

    The deepest divisions are left out where there would be too many lines.
    """
    missing = {missing.document: missing for missing in prepared.apparatus.missing}
    for cut in range(len(DEEP) + 1):
        found = tuple(
            _Maker(
                document,
                missing.get(document.id),
                prepared.convert,
                broken,
                room,
                DEEP[:cut],
                figures=any(a.number[0] >= LONG for a in articles(document.body)),
            ).entry()
            for document in prepared.documents
        )
        if _many(found) <= room.lines:
            break
    return found


def _many(held: Sequence[Entry]) -> int:
    """How many lines some entries take with all under them."""
    return sum(len(e.lines) + e.apart + _many(e.entries) for e in held)


@dataclass(frozen=True, slots=True)
class _Maker:
    document: Document
    gap: Missing | None
    convert: Callable[[str], str]
    broken: Break
    room: Room
    without: tuple[DivisionKind, ...]
    figures: bool
    """Whether ranges of articles are said in figures."""

    def entry(self) -> Entry:
        """The document with all under it."""
        lines = self.broken(short_title_of(self.document), self.room.chars - LEADER)
        inner = tuple(self.held())
        return Entry(self.document.id, "", lines, entries=inner, kind="document")

    def held(self) -> Iterator[Entry]:
        yield from self.inside(self.document.body, 1)
        for label, heading in self.gap.chapters if self.gap else ():
            lacks = self.convert("来源缺")
            yield Entry("", label, (heading,), lacks, kind="missing")

    def inside(self, body: Sequence[Block], depth: int) -> Iterator[Entry]:
        for block in body:
            match block:
                case Division():
                    name = anchor(self.document, block.id)
                    for label in unseen(self.gap, name):
                        told = self.convert("来源未见")
                        yield Entry("", label, ("",), told, kind="missing")
                    if block.kind not in self.without:
                        yield self.division(block, depth)
                case Attachment():
                    yield self.named(block, "", depth)
                case Question():
                    text = plain(block.run).strip()
                    href = anchor(self.document, block.id)
                    lines = self.broken(text, self.room.small - LEADER)
                    yield Entry(href, "", lines, kind="question")
                case _:
                    pass

    def division(self, block: Division, depth: int) -> Entry:
        inner = tuple(self.inside(block.body, depth + 1))
        held = [] if inner else list(articles(block.body))
        ends = bool(self.gap and held and self.gap.cut_in.endswith(_printed(held[-1])))
        span = article_range(held, self.convert, figures=self.figures) if held else ""
        span += self.convert("（未完）") if ends else ""
        made = self.named(block, span, depth)
        return replace(made, entries=inner, kind=block.kind)

    def named(self, block: Division | Attachment, span: str, depth: int) -> Entry:
        """A line with a label, a title and perhaps a range of articles."""
        label, title = block.label.text.strip(), plain(block.heading).strip()
        hang = width(label) + 1 if label else 0.0
        room = self.room.chars - depth - hang - LEADER
        lines = self.broken(title, room) if title else ("",)
        apart = bool(span) and width(lines[-1]) + 1 + SMALL * width(span) > room
        href = anchor(self.document, block.id)
        return Entry(href, label, lines, span, hang=hang, apart=apart)


def unseen(gap: Missing | None, name: str) -> Iterator[str]:
    """The labels that are skipped before the division of this anchor."""
    for each in gap.unseen if gap else ():
        if each.before == name:
            yield each.label


def articles(body: Sequence[Block]) -> Iterator[Article]:
    """The articles of a division, those of its divisions too."""
    for block in body:
        match block:
            case Article():
                yield block
            case Division():
                yield from articles(block.body)
            case _:
                pass


LONG = 100
"""A document that counts so far has ranges in figures, which are shorter: 第1至12条."""


RUNS = 3
"""How many runs of articles are told one by one."""


def article_range(
    held: Sequence[Article], convert: Callable[[str], str], *, figures: bool = False
) -> str:
    """第一至六条 for a run of articles; 第二十五条 for one; 第四条、第六条 with a gap.

    Of more than a few runs only the whole is said, and that it has gaps.
    """
    runs = list(_runs(held))
    if len(runs) > RUNS:
        return _span(held, convert, figures=figures) + convert("（有缺号）")
    return convert("、").join(_span(run, convert, figures=figures) for run in runs)


def _runs(held: Sequence[Article]) -> Iterator[Sequence[Article]]:
    """The articles cut where numbers are skipped."""
    numbers = [article.number for article in held]
    known, steps = set(numbers), enumerate(pairwise(numbers), 1)
    cuts = [at for at, (one, other) in steps if any(between(one, other, known))]
    yield from (held[a:b] for a, b in pairwise((0, *cuts, len(held))))


def _span(
    held: Sequence[Article], convert: Callable[[str], str], *, figures: bool
) -> str:
    first, last = held[0], held[-1]
    if first is last or first.number[1] or last.number[1]:
        both = dict.fromkeys((_printed(first), _printed(last)))
        return convert("至").join(both)
    if figures or any(char.isdecimal() for char in first.label.text):
        span = f"{first.number[0]}{convert('至')}{last.number[0]}"
        return convert("第") + span + convert("条")
    return convert(f"第{_number(first.number)}至{_number(last.number)}条")


def _number(number: Number) -> str:
    return to_chinese(number[0]) if 0 < number[0] < 10000 else str(number[0])


def _printed(article: Article) -> str:
    return "".join(article.label.text.split())
