"""The contents (目录) of an EPUB, down to 条, and the places that readers name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import assert_never

from publisher.edition.prepared import Missing, Prepared
from publisher.render.contents import title_of, unseen
from publisher.render.editorial import Part
from publisher.render.package import Entry, Landmark
from publisher.tree.ids import anchor
from publisher.tree.nodes import (
    Answer,
    Article,
    Attachment,
    Block,
    Byline,
    Continuation,
    Division,
    Document,
    Footnote,
    Heading,
    Image,
    Notice,
    Omission,
    Paragraph,
    Point,
    Prose,
    Question,
    SignOff,
    Table,
    Toc,
)
from publisher.tree.walk import plain, walk

Where = Callable[[str], str]
"""Anchor → href."""
LANDMARKS = (
    ("cover", "cover", "封面"),
    ("titlepage", "title-page", "扉页"),
    ("colophon", "copyright-page", "版权页"),
    ("toc", "toc", "目录"),
    ("preface", "preface", "编辑说明"),
    ("bodymatter", "text", "正文"),
)
"""EPUB 3 word, OPF 2 word, name; in reading order."""


def entry(prepared: Prepared, document: Document, where: Where) -> Entry:
    """A document and all that can be gone to in it, in reading order."""
    below = _body(prepared, document, document.body, where)
    body = (*below, *_gone(prepared, document, where))
    return Entry(title_of(document), where(document.id), "document", body)


def preface(parts: Sequence[Part], title: str, href: str) -> Entry:
    """编辑说明 and its heads, numbered as they stand there."""
    inner = tuple(
        Entry(part.head, f"{href}#preface.{number}", "front")
        for number, part in enumerate(parts)
        if part.head
    )
    return Entry(title, href, "front", inner)


def caption(block: Division | Attachment | Article | Question | Heading) -> str:
    """What a heading says, as the contents have it."""
    match block:
        case Division() | Attachment():
            return f"{block.label.text} {plain(block.heading)}".strip()
        case Article():
            return block.label.text
        case Question() | Heading():
            return plain(block.run).strip()
        case _:
            assert_never(block)


def landmarks(prepared: Prepared, hrefs: Sequence[str]) -> Iterator[Landmark]:
    """The named places, one EPUB word each."""
    for (word, _, name), href in zip(LANDMARKS, hrefs, strict=False):
        yield Landmark(word, prepared.convert(name), href)


def guide(prepared: Prepared, hrefs: Sequence[str]) -> Iterator[Landmark]:
    """The same for readers of EPUB 2."""
    for (_, word, name), href in zip(LANDMARKS, hrefs, strict=False):
        yield Landmark(word, prepared.convert(name), href)


def depth(entries: Sequence[Entry]) -> int:
    """How many levels some entries have."""
    return max((1 + depth(entry.entries) for entry in entries), default=0)


def _body(
    prepared: Prepared, document: Document, body: Sequence[Block], where: Where
) -> Iterator[Entry]:
    for block in body:
        match block:
            case Division() | Attachment() | Article() | Question() | Heading():
                href = where(anchor(document, block.id))
                yield from _skipped(prepared, anchor(document, block.id), href)
                inner = block.body if isinstance(block, Division | Attachment) else ()
                name = type(block).__name__.lower()
                below = tuple(_body(prepared, document, inner, where))
                yield Entry(caption(block), href, name, below)
            case (
                Paragraph()
                | Answer()
                | Prose()
                | Byline()
                | SignOff()
                | Continuation()
                | Omission()
                | Notice()
                | Point()
                | Table()
                | Image()
                | Footnote()
                | Toc()
            ):
                pass
            case _:
                assert_never(block)


def _skipped(prepared: Prepared, name: str, href: str) -> Iterator[Entry]:
    """Divisions whose numbers are skipped, led to the one that comes next."""
    for gap in prepared.apparatus.missing:
        for label in unseen(gap, name):
            text = prepared.convert("来源未见")
            yield Entry(f"〔{label}，{text}〕", href, "missing")


def _gone(prepared: Prepared, document: Document, where: Where) -> Iterator[Entry]:
    """Chapters that the source lacks, led to the notice that closes the document.

    The contents go in reading order, so there are none if the notice does not.
    """
    notice = ""
    for node in walk(document):
        match node:
            case Notice():
                notice = node.id
            case Division() | Attachment() | Article() | Question() | Heading():
                notice = ""
            case _:
                pass
    if notice:
        for label, heading in _chapters(prepared.apparatus.missing, document):
            text = prepared.convert("来源缺")
            href = where(anchor(document, notice))
            yield Entry(f"〔{label} {heading}，{text}〕", href, "missing")


def _chapters(
    missing: Sequence[Missing], document: Document
) -> Iterator[tuple[str, str]]:
    for one in missing:
        if one.document == document.id:
            yield from one.chapters
