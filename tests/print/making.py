"""Small editions, made by hand, for tests of the printed booklet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from publisher import assets, fonts
from publisher.book import Book, Edition, Typography
from publisher.diagnostics import Diagnostic
from publisher.edition.prepared import Apparatus, Prepared
from publisher.render import Imprint, render_print
from publisher.tree.nodes import Article, Block, Document, Paragraph, Text
from publisher.write.pdf import Pdf, write

FACES = fonts.load(assets.fonts())


def article(number: int, label: str, text: str) -> Article:
    paragraph = Paragraph(1, (Text(text),), id=f"art_{number}__para_1")
    return Article((number, 0), Text(label), (paragraph,), id=f"art_{number}")


def regulation(*body: Block, title: str = "工作条例") -> Document:
    return Document("regulation", (Text(title),), body, id="reg")


def prepared(
    *documents: Document,
    apparatus: Apparatus | None = None,
    book: Book | None = None,
    typography: Typography | None = None,
    convert: Callable[[str], str] = str,
) -> Prepared:
    edition = Edition("booklet", "pdf", typography=typography or Typography())
    return Prepared(
        book=book or Book("test", title="工作条例"),
        edition=edition,
        documents=documents or (regulation(article(1, "第一条", "为了学习。")),),
        apparatus=apparatus or Apparatus(),
        lang="zh-Hans",
        convert=convert,
    )


def imprint(*templates: Path) -> Imprint:
    return Imprint(
        tools=(("publisher", "1"),),
        faces=FACES.of("zh-Hans"),
        sources=(("page.md", "0" * 64, "报纸"), ("other.md", "", "")),
        stamp=datetime(2024, 2, 5, tzinfo=UTC),
        templates=(*templates, assets.templates()),
        css_fonts=FACES.css("zh-Hans"),
    )


def made(
    edition: Prepared, *templates: Path, roots: tuple[Path, ...] = ()
) -> tuple[Pdf, list[Diagnostic]]:
    """An edition as a PDF, with all that was reported."""
    found: list[Diagnostic] = []
    with_templates = imprint(*templates)
    html = render_print(edition, with_templates)
    roots = roots or (assets.templates(),)
    return write(html, edition, with_templates, roots, found.append), found


def retitled(document: Document, title: str, given: str = "") -> Document:
    return replace(document, title=(Text(title),) if title else (), given_title=given)
