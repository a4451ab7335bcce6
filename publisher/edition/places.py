"""What a place is called in print: 第二十二条, 第四条（二）, 答问十.

Articles and questions need no title in front of them as long as only one printed
document has any; everything else is named with its document.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from publisher.edition.works import title_of
from publisher.numerals import to_chinese
from publisher.source import Span
from publisher.tree import walk
from publisher.tree.ids import anchor
from publisher.tree.nodes import (
    Answer,
    Article,
    Attachment,
    Block,
    Byline,
    Caption,
    Cell,
    Continuation,
    Division,
    Document,
    DocumentKind,
    Footnote,
    Heading,
    Image,
    Item,
    Notice,
    Omission,
    Paragraph,
    Point,
    PointBody,
    Prose,
    Question,
    Run,
    SignOff,
    Table,
    Text,
    Toc,
)

KIND: Mapping[DocumentKind, str] = {
    "regulation": "本法规",
    "press_qa": "答记者问",
    "news": "新闻",
    "decision": "决定",
    "prose": "正文",
}
"""What a document without a title is called."""
PROSE = {"lede": "导语", "preamble": "序言"}


@dataclass(frozen=True, slots=True)
class Seat:
    """A stretch of source and the run, or label, that it was printed in."""

    span: Span
    anchor: str
    run: Run
    at: int
    """Its offset in the run's characters."""
    size: int
    """How many characters of the run it became."""
    label: bool = False
    """Whether it is a label, which is a run of its own."""

    def offset(self, source: int) -> int:
        """Where in the run a place of the source is; what was replaced is one place."""
        inside = source - self.span.start
        if len(self.span) == self.size:
            return self.at + inside
        return self.at + (self.size if inside else 0)


# ---------------------------------------------------------------- names


def name_document(document: Document) -> str:
    """A document in the editor's prose: 《…条例》, 答记者问."""
    title = title_of(document)
    if document.kind == "press_qa" or not title:
        return KIND[document.kind]
    if title == document.given_title and title[0] + title[-1] == "〔〕":
        return title[1:-1]  # given for want of any
    return f"《{document.short_title or title}》"


def ordinals(documents: Iterable[Document]) -> dict[str, int]:
    """By id, which of several documents it is that have but the name of their kind."""
    bare = [d for d in documents if name_document(d) == KIND[d.kind]]
    many = Counter(document.kind for document in bare)
    seen: Counter[DocumentKind] = Counter()
    out: dict[str, int] = {}
    for document in bare:
        seen[document.kind] += 1
        if many[document.kind] > 1:
            out[document.id] = seen[document.kind]
    return out


def name_documents(documents: Sequence[Document]) -> dict[str, str]:
    """The name of each document, told apart from the others: 新闻一, 新闻二."""
    out = {document.id: name_document(document) for document in documents}
    for name, number in ordinals(documents).items():
        out[name] = out[name].removeprefix("本") + to_chinese(number)
    return out


def names(documents: Sequence[Document]) -> dict[str, str]:
    """The name of every anchor of the documents, of the documents themselves too."""
    holders = Counter(_numbered(document) for document in documents)
    called = name_documents(documents)
    out: dict[str, str] = {}
    for document in documents:
        whole = called[document.id] if len(documents) > 1 else ""
        unique = holders[_numbered(document)] == 1
        out[document.id] = called[document.id]
        for node_id, name, numbered in _document(document):
            prefix = "" if numbered and unique else whole
            out[f"{document.id}.{node_id}"] = prefix + name
    return out


def _numbered(document: Document) -> str:
    """The series of numbers that a document has, if it has any."""
    if document.kind == "press_qa":
        return "答问"
    blocks = (b for b in document.body if isinstance(b, Article | Division))
    return "条" if any(blocks) else document.id


def _label(text: Text) -> str:
    """A label as prose says it: 第 10 條 is 第10條."""
    return "".join(text.text.split())


def _document(document: Document) -> Iterator[tuple[str, str, bool]]:
    if document.note:
        yield document.note.id, "题注", False
    prose: Counter[str] = Counter()
    yield from _blocks(document.body, prose)


def _blocks(
    body: Iterable[Block], prose: Counter[str]
) -> Iterator[tuple[str, str, bool]]:
    """Node id, name, and whether a printed number names it; in reading order."""
    for block in body:
        match block:
            case Division() | Attachment():
                yield block.id, _label(block.label), True
                yield from _blocks(block.body, prose)
            case Article():
                yield from _article(block)
            case Question() | Answer():
                yield block.id, f"答问{_question(block)}", True
            case Prose() | Point() | Table() | Image():
                yield from _inner(block, prose, "")
            case Paragraph():
                yield block.id, f"第{to_chinese(block.number)}款", False
                yield from _items(block.items, "", numbered=False)
            case _:
                yield block.id, _other(block), False


def _inner(
    block: PointBody, prose: Counter[str], inside: str
) -> Iterator[tuple[str, str, bool]]:
    """What may stand in a point is named with the point."""
    match block:
        case Prose():
            prose[block.kind] += 1
            own = f"第{to_chinese(prose[block.kind])}段"
            name = inside or PROSE.get(block.kind, own)
            yield block.id, name, False
            yield from _items(block.items, name, numbered=False)
        case Point():
            name = inside + _label(block.label).rstrip("、.．")
            yield block.id, name, True
            for inner in block.body:
                yield from _inner(inner, prose, name)
        case Table() | Image():
            yield from _figure(block, inside)
        case _:
            assert_never(block)


def _figure(figure: Table | Image, inside: str) -> Iterator[tuple[str, str, bool]]:
    name = inside + ("表" if isinstance(figure, Table) else "图")
    for node in walk.walk(figure):
        if isinstance(node, Table | Image | Cell | Caption):
            yield node.id, name, False


def _other(
    block: Heading
    | Byline
    | SignOff
    | Continuation
    | Omission
    | Notice
    | Footnote
    | Toc,
) -> str:
    match block:
        case Heading():
            return f"小标题“{walk.plain(block.run).strip()}”"
        case Byline():
            return "署名"
        case SignOff():
            return "文末"
        case Continuation():
            return walk.plain(block.run).strip()
        case Omission():
            return "省略处"
        case Notice():
            return ""
        case Footnote():
            return f"原注{_label(block.label)}"
        case Toc():
            return "目录"
        case _:
            assert_never(block)


def _question(block: Question | Answer) -> str:
    """The number of the question, from its id: an answer is numbered inside it."""
    number = block.id.split("__")[0].removeprefix("q_").split("-")[0]
    return to_chinese(int(number)) if number.isdecimal() and int(number) else ""


def _article(article: Article) -> Iterator[tuple[str, str, bool]]:
    name = _label(article.label)
    yield article.id, name, True
    for paragraph in article.body:
        yield paragraph.id, name, True
        yield from _items(paragraph.items, name, numbered=True)
        for figure in paragraph.figures:
            yield from _figure(figure, name)


def _items(
    items: Iterable[Item], inside: str, *, numbered: bool
) -> Iterator[tuple[str, str, bool]]:
    for item in items:
        name = inside + _label(item.label).rstrip("、.．")
        yield item.id, name, numbered
        for paragraph in item.continued:
            yield paragraph.id, name, numbered
        for figure in item.figures:
            yield from _figure(figure, name)
        yield from _items(item.items, name, numbered=numbered)


# ---------------------------------------------------------------- seats


def seats(documents: Iterable[Document]) -> tuple[Seat, ...]:
    """Where every stretch of source went, in the order of the source."""
    out: list[Seat] = []
    for document in documents:
        for node_id, run in walk.runs(document):
            name, at = where(document, node_id), 0
            for text in walk.texts_of(run):
                size = len(text.text)
                out.append(Seat(text.span, name, run, at, size))
                at += size
        for node_id, label in walk.labels(document):
            size = len(label.text)
            name = where(document, node_id)
            out.append(Seat(label.span, name, (label,), 0, size, label=True))
    return tuple(sorted(out, key=lambda seat: seat.span))


def where(document: Document, owner: str) -> str:
    """The anchor of what owns a run: a title belongs to the document itself."""
    return anchor(document, "" if owner == document.id else owner)


def first_after(found: Sequence[Seat], file: int, offset: int) -> Seat | None:
    """The first stretch of a file that begins at an offset or after it."""
    at = bisect_left(found, Span(file, offset, -1), key=lambda seat: seat.span)
    return found[at] if at < len(found) and found[at].span.file == file else None


def last_before(found: Sequence[Seat], line: Span) -> Seat | None:
    """The last stretch of a line."""
    end = Span(line.file, line.end, -1)
    at = bisect_left(found, end, key=lambda seat: seat.span) - 1
    return found[at] if at >= 0 and found[at].span >= line else None


def holding(found: Sequence[Seat], span: Span) -> Seat | None:
    """The stretch that a span of the source lies in."""
    after = Span(span.file, span.start, 1 << 60)
    at = bisect_right(found, after, key=lambda seat: seat.span) - 1
    if at < 0:
        return None
    seat = found[at].span
    inside = seat.file == span.file and span.end <= seat.end
    return found[at] if inside else None
