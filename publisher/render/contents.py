"""The table of contents (目录), and what else is drawn from the documents' outline."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from publisher.edition.prepared import Missing, Prepared
from publisher.numerals import to_chinese
from publisher.tree.ids import anchor
from publisher.tree.nodes import (
    Article,
    Attachment,
    Block,
    Division,
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


Break = Callable[[str], tuple[str, ...]]
NAMELESS: dict[DocumentKind, str] = {
    "regulation": "〔法规〕",
    "press_qa": "〔答记者问〕",
    "news": "〔新闻〕",
    "decision": "〔决定〕",
    "prose": "〔文章〕",
}


def named(prepared: Prepared) -> Prepared:
    """The same with each document named: 〔新闻〕 in the editor's ink if need be."""
    documents = (
        document
        if title_of(document)
        else replace(document, given_title=prepared.convert(NAMELESS[document.kind]))
        for document in prepared.documents
    )
    return replace(prepared, documents=tuple(documents))


def nameless(document: Document) -> bool:
    """Whether it has no name but such a one."""
    return not plain(document.title).strip() and document.given_title.startswith("〔")


def title_of(document: Document) -> str:
    """A document's title, the editor's where the source has none."""
    return plain(document.title).strip() or document.given_title


def short_title_of(document: Document) -> str:
    """What contents and running heads call it."""
    return document.short_title or title_of(document)


def entries(prepared: Prepared, broken: Break) -> tuple[Entry, ...]:
    """One entry for each document, with its divisions or its questions under it."""
    missing = {missing.document: missing for missing in prepared.apparatus.missing}
    made = _Maker(prepared.convert, broken)
    return tuple(
        Entry(
            document.id,
            "",
            (short_title_of(document),),
            entries=made.document(document, missing.get(document.id)),
            kind="document",
        )
        for document in prepared.documents
    )


@dataclass(frozen=True, slots=True)
class _Maker:
    convert: Callable[[str], str]
    broken: Break

    def document(self, document: Document, gap: Missing | None) -> tuple[Entry, ...]:
        found = list(self.inside(document, document.body, gap))
        if gap:
            found += [
                Entry("", label, (heading,), self.convert("来源缺"), kind="missing")
                for label, heading in gap.chapters
            ]
        return tuple(found)

    def inside(
        self, document: Document, body: Sequence[Block], gap: Missing | None
    ) -> Iterator[Entry]:
        for block in body:
            match block:
                case Division():
                    name = anchor(document, block.id)
                    for label in unseen(gap, name):
                        told = self.convert("来源未见")
                        yield Entry("", label, ("",), told, kind="missing")
                    yield self.division(document, block, gap)
                case Attachment():
                    yield self.attachment(document, block)
                case Question():
                    text = plain(block.run).strip()
                    href = anchor(document, block.id)
                    yield Entry(href, "", self.broken(text), kind="question")
                case _:
                    pass

    def attachment(self, document: Document, block: Attachment) -> Entry:
        return Entry(
            anchor(document, block.id),
            block.label.text.strip(),
            (plain(block.heading).strip(),),
        )

    def division(
        self, document: Document, block: Division, gap: Missing | None
    ) -> Entry:
        inner = tuple(self.inside(document, block.body, gap))
        held = [] if inner else list(articles(block.body))
        cut = bool(gap and held and gap.cut_in.endswith(_printed(held[-1])))
        span = article_range(held, self.convert) if held else ""
        return Entry(
            anchor(document, block.id),
            block.label.text.strip(),
            (plain(block.heading).strip(),),
            span + (self.convert("（未完）") if cut else ""),
            inner,
        )


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


def article_range(held: Sequence[Article], convert: Callable[[str], str]) -> str:
    """第一至六条 for a run of articles; 第二十五条 for one."""
    first, last = held[0], held[-1]
    if first is last or first.number[1] or last.number[1]:
        both = dict.fromkeys((_printed(first), _printed(last)))
        return convert("至").join(both)
    if any(char.isdecimal() for char in first.label.text):
        return f"{convert('第')}{first.number[0]}{convert('至')}{last.number[0]}" + (
            convert("条")
        )
    return convert(f"第{_number(first.number)}至{_number(last.number)}条")


def _number(number: Number) -> str:
    return to_chinese(number[0]) if 0 < number[0] < 10000 else str(number[0])


def _printed(article: Article) -> str:
    return "".join(article.label.text.split())
