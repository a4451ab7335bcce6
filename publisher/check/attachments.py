"""Tables and attachments (附件, 附表) that are spoken of and are not here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from publisher.check.places import Place, nodes, places
from publisher.diagnostics import Diagnostic, Rule, Severity, Words
from publisher.numerals import number
from publisher.patterns import pattern
from publisher.source import Span
from publisher.tree import walk
from publisher.tree.ids import anchor
from publisher.tree.nodes import (
    Article,
    Attachment,
    Block,
    Collection,
    Division,
    Document,
    Heading,
    Image,
    Prose,
    Table,
)

LOST_TABLE = Rule(
    "C111",
    "lost-table",
    Severity.WARNING,
    Words(
        "来源里写着“续表”或表的名称，却没有表：表格多半在收集时丢了。",
        "The source says that here is a table, or that one goes on, and has none: it "
        "was probably lost when the text was collected.",
    ),
    "# 某条例\n\n第一条 等级标准见附表。\n\n第二条 本条例自公布之日起施行。\n\n"
    "附表\n\n续表\n\n注：符合所列情形之一的，即为事故。\n",
    Words("找到原表补上。", "Find the table and put it back."),
)
MISSING_ATTACHMENT = Rule(
    "C112",
    "missing-attachment",
    Severity.WARNING,
    Words(
        "条文提到本文的附件或附表，来源里却没有。",
        "The text speaks of an attachment of its own, and the source has none.",
    ),
    "# 某条例\n\n第一条 分级标准见附表。\n\n第二条 本条例自公布之日起施行。\n",
    Words(
        "补上附件；确实不收的，在 book.toml 里写明理由予以允许。",
        "Supply it, or allow it in book.toml with a reason.",
    ),
)
NUMERALS = r"(?:[一二三四五六七八九十]{1,3}|\d{1,2})"
OWN = pattern(
    r"(?:本(?:法|条例|條例|规定|規定|办法|辦法|细则|細則|标准|標準|准则|準則|规则|規則|决定|決定)"
    r"(?:的|所列|所附|之)?|[见見如]|详见|詳見|列[于於入]|按照|依照|依)"
    rf"[（(“「]?(附[件表錄录]{NUMERALS}?)(?![之]?[件品])"
)
"""本条例附件一; 见附表; 如附件."""
NAMED = pattern(r"(?<![》」])(?:所附|后附|後附)(?:的)?[《「]([^《》「」]{2,40})[》」]")
"""本法所附《税目税额表》; 《环境保护税法》所附《税目税额表》 is another act's."""
APPENDED = pattern(r"附[件表錄录]")
NUMBER = pattern(NUMERALS)
SPACE = pattern(r"\s+")
CONTINUED = pattern(r"\s*[续續]\s*表\s*")
TABLE_NAME = pattern(r"续表|續表|表[一二三四五六七八九十\d]*$")


@dataclass(frozen=True, slots=True)
class Lost:
    """A table that a document announces and does not have."""

    name: str
    """What announces it: 续表, or 附表一 with its title."""
    node: Table | Attachment | Heading | Prose
    span: Span

    @property
    def called(self) -> str:
        """What is missing, in print: 附表一之表, or 续表."""
        if isinstance(self.node, Attachment):
            label = SPACE.sub("", self.node.label.text).rstrip(":：")
            return f"{label}之表"
        return SPACE.sub("", self.name)


def lost_tables(document: Document) -> Iterator[Lost]:
    """The tables that a document announces and does not have, in reading order."""
    for node in nodes(document):
        match node:
            case Table(lost=True):
                said = next(walk.texts(node), None)
                name = said.text if said else "续表"
                yield Lost(name, node, said.span if said else node.span)
            case Attachment(body=()) if TABLE_NAME.search(_title(node)):
                yield Lost(_title(node), node, node.label.span)
            case Heading() | Prose() if CONTINUED.fullmatch(walk.plain(node.run)):
                span = next(walk.texts(node)).span
                yield Lost(walk.plain(node.run), node, span)
            case _:
                pass


def tableless(collection: Collection) -> Iterator[Diagnostic]:
    """A finding for each table that the source announces and does not have."""
    for document in collection.documents:
        for lost in lost_tables(document):
            where = anchor(document, lost.node.id)
            message = _LOST.fill(name=lost.name)
            yield Diagnostic(LOST_TABLE, message, lost.span, where, LOST_TABLE.cure)


def _title(node: Attachment | Division) -> str:
    return SPACE.sub("", node.label.text + walk.plain(node.heading))


@dataclass(frozen=True, slots=True)
class Absent:
    """An attachment that a document names and does not have, and where it does."""

    name: str
    place: Place
    start: int
    end: int


def absent(document: Document) -> Iterator[Absent]:
    """The attachments that a document names and does not have, in reading order."""
    if document.kind not in {"regulation", "decision"}:
        return
    told: set[str] = set()
    here = "\n".join(_appended(document))
    for stands in places(document):
        if "附" in stands.text:
            for start, end in _mentions(stands):
                name = SPACE.sub("", stands.text[start:end])
                if name not in told and not _present(name, here):
                    told.add(name)
                    yield Absent(name, stands, start, end)


def unattached(collection: Collection) -> Iterator[Diagnostic]:
    """A finding for each attachment that a document names and does not have."""
    for document in collection.documents:
        for one in absent(document):
            yield Diagnostic(
                MISSING_ATTACHMENT,
                _MISSING.fill(name=one.name),
                one.place.stretch(one.start, one.end),
                one.place.where,
                MISSING_ATTACHMENT.cure,
            )


def _mentions(stands: Place) -> Iterator[tuple[int, int]]:
    for form in (OWN, NAMED):
        yield from (found.span(1) for found in form.finditer(stands.text))


def _present(name: str, here: str) -> bool:
    """Whether what stands behind the articles has an attachment of that name."""
    if not name.startswith("附"):
        return name in here
    if not (found := NUMBER.search(name)):
        return "附" in here
    wanted = number(found[0])
    return any(
        number(n) == wanted for n in re.findall(rf"附[件表錄录]({NUMERALS})", here)
    )


def _appended(document: Document) -> Iterator[str]:
    """The titles and lines of what is no article: attachments, tables, 第三章 附录."""
    pending: list[Block] = list(document.body)
    for block in pending:
        match block:
            case Attachment():
                yield _title(block) or "附"
                yield from _lines(block)
            case Heading() | Prose() | Table() | Image():
                yield from _lines(block)
            case Division():
                title = _title(block)
                if APPENDED.search(title):
                    yield title
                pending += [
                    inner for inner in block.body if not isinstance(inner, Article)
                ]
            case _:
                pass


def _lines(block: Block) -> Iterator[str]:
    for _, run in walk.runs(block):
        yield SPACE.sub("", walk.plain(run))


_LOST = Words("有“{name}”而没有表", "it says “{name}”, and there is no table")
_MISSING = Words(
    "提到“{name}”，来源里没有", "“{name}” is named, and is not in the source"
)
