"""Write a document down as normalised text, so that reading it gives the same tree.

One paragraph a line and a blank line between, the title after ``#``, headings after
``##`` and deeper, an em space after 第三条, tables and pictures as in Markdown. Numbers
are the printed ones. What the editor added is not in it, and what the source lacks is
not made up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import assert_never

from publisher.source import NOWHERE
from publisher.tree.dump import label
from publisher.tree.nodes import (
    AdoptionNote,
    Answer,
    Article,
    Attachment,
    Block,
    Byline,
    Continuation,
    Division,
    Document,
    Figure,
    Fixed,
    Footnote,
    Gap,
    Heading,
    Image,
    Inline,
    Item,
    Marked,
    MarkKind,
    Note,
    Notice,
    Omission,
    Paragraph,
    Point,
    Prose,
    Question,
    Reference,
    Row,
    Ruby,
    Run,
    SignOff,
    Strong,
    Table,
    Text,
    Toc,
)

CLASSES: Mapping[MarkKind, str] = {
    "emphasis": "emphasis",
    "proper-name": "name",
    "work-title": "title",
}
GAP = "\u3000"
CLOSED = "）)、:："
"""A marker that ends so needs no gap after it."""
STOPS = "。！？；：…，、”’」』）)》!?;:.,"
"""A numbered provision that does not end so is a heading over what is under it."""
DEEPEST = 6


DIVIDER = "<!-- document -->"


def page(documents: Sequence[Document]) -> Iterator[str]:
    """The lines of several documents, with a mark between two that readers know."""
    for number, document in enumerate(documents):
        if number:
            yield from _apart(DIVIDER)
        yield from text(document)


def text(document: Document) -> Iterator[str]:
    """The lines of a document, a blank one after each; rows of a table stand close."""
    for line in drawn(document.title).splitlines():
        if line.strip():
            yield from _apart(f"# {_one(line)}")
    if document.note:
        yield from _note(document.note)
    for block in document.body:
        yield from _block(block, 2)


def _apart(line: str) -> Iterator[str]:
    if line:
        yield line
        yield ""


def _note(note: AdoptionNote) -> Iterator[str]:
    for line in drawn(note.run).splitlines():
        yield from _apart(_one(line))


def _block(block: Block, level: int) -> Iterator[str]:
    match block:
        case Division() | Attachment():
            marks = "#" * min(level, DEEPEST)
            yield from _apart(f"{marks} {_marked(block.label, block.heading, GAP)}")
            for inner in block.body:
                yield from _block(inner, level + 1)
        case Article():
            yield from _article(block)
        case Paragraph() | Prose():
            yield from _paragraph(block, drawn(block.run))
        case Point():
            head = _marked(block.label, block.run)
            headed = head[-1] not in STOPS
            yield from _apart(f"{'#' * min(level, DEEPEST)} {head}" if headed else head)
            for part in block.body:
                yield from _block(part, level + 1)
        case Table() | Image():
            yield from _figure(block)
        case Toc():
            yield from _toc(block, level)
        case Heading():
            yield from _apart(f"{'#' * min(level, DEEPEST)} {_one(drawn(block.run))}")
        case (
            Question()
            | Answer()
            | Footnote()
            | Byline()
            | SignOff()
            | Continuation()
            | Omission()
        ):
            yield from _apart(_marked(label(block), block.run))
        case Notice():
            pass
        case _:
            assert_never(block)


def _article(article: Article) -> Iterator[str]:
    head = f"{_one(article.label.text)}{GAP}"
    for paragraph in article.body:
        yield from _paragraph(paragraph, f"{head}{drawn(paragraph.run)}")
        head = ""
    if head:
        yield from _apart(head)


def _paragraph(paragraph: Paragraph | Prose, line: str) -> Iterator[str]:
    yield from _apart(_one(line))
    for item in paragraph.items:
        yield from _item(item)
    if isinstance(paragraph, Paragraph):
        for figure in paragraph.figures:
            yield from _figure(figure)


def _item(item: Item) -> Iterator[str]:
    yield from _apart(_marked(item.label, item.run))
    for paragraph in item.continued:
        yield from _paragraph(paragraph, drawn(paragraph.run))
    for figure in item.figures:
        yield from _figure(figure)
    for inner in item.items:
        yield from _item(inner)


def _toc(toc: Toc, level: int) -> Iterator[str]:
    if toc.heading:
        yield from _apart(f"{'#' * min(level, DEEPEST)} {_one(drawn(toc.heading))}")
    for entry in toc.entries:
        yield from _apart(_marked(entry.label, entry.run, GAP))


def _figure(figure: Figure) -> Iterator[str]:
    caption = _one(drawn(figure.caption.run)) if figure.caption else ""
    match figure:
        case Table():
            yield from _apart(caption)
            yield from _rows(figure.rows, figure.header)
        case Image():
            yield from _apart(f"![{_one(drawn(figure.run))}]({figure.src})")
            yield from _apart(caption)
        case _:
            assert_never(figure)


def _rows(rows: Sequence[Row], header: int) -> Iterator[str]:
    """A table as Markdown; one without heads of columns begins with its rule."""
    if not rows:
        return
    rule = "|" + " --- |" * max(map(len, rows))
    for number, row in enumerate(rows):
        if number == min(header, 1):
            yield rule
        cells = (_one(drawn(cell.run)) or " " for cell in row)
        yield f"| {' | '.join(cells)} |"
    if header and len(rows) == 1:
        yield rule
    yield ""


def _marked(marker: Text | None, run: Run, gap: str = "") -> str:
    """A marker and its text, apart where they would run together."""
    if marker is None:
        return _one(drawn(run))
    mark = _one(marker.text)
    if not gap and mark[-1:] not in CLOSED:
        gap = GAP
    return f"{mark}{gap}{drawn(run)}".rstrip()


def drawn(run: Run) -> str:
    """The characters of a run, and the source's own marks as attributes."""
    return "".join(map(_drawn, run))


def _drawn(inline: Inline) -> str:
    match inline:
        case Text():
            return inline.text
        case Strong() | Reference():
            return drawn(inline.inlines)
        case Marked(by="source"):
            return f"[{drawn(inline.inlines)}]{{.{CLASSES[inline.kind]}}}"
        case Ruby(by="source") if inline.reading:
            return f'[{drawn(inline.inlines)}]{{ruby="{inline.reading}"}}'
        case Fixed() if inline.span != NOWHERE:
            return f"[{drawn(inline.inlines)}]{{.fixed}}"
        case Marked() | Ruby() | Fixed():
            return drawn(inline.inlines)
        case Note() | Gap():
            return ""
        case _:
            assert_never(inline)


def _one(line: str) -> str:
    """On one line, and without space at its ends."""
    return " ".join(line.splitlines()).strip()
