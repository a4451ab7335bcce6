"""HTML → PDF through WeasyPrint: tagged (PDF/UA-1), labelled, the same bytes each time.

The documents are laid out before what names their pages (`phases`). The book ends with
blank pages and a back cover; as many blanks are dropped as leave a number of pages that
is a multiple of four.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from publisher.diagnostics import Diagnostic, Problem, Report, Words
from publisher.edition.prepared import Prepared
from publisher.fonts import states
from publisher.plain import plain
from publisher.render import Imprint
from publisher.render.printed import Printed, labels
from publisher.render.voices import audit
from publisher.typeset import Account, as_written_for, composing, settings, swiftly
from publisher.write.pdf.kept import begin, desk
from publisher.write.pdf.rules import BLOCKED_FETCH, LAYOUT_ENGINE, OTHER_FACE, RULES

if TYPE_CHECKING:
    from pydyf import PDF
    from weasyprint.document import Document, Page

    from publisher.write.pdf.kept.tagged import Tagger

__all__ = ["RULES", "Pdf", "printed", "write"]

SIGNATURE = 4
"""A folded sheet has four pages; a booklet is a multiple of them."""


@dataclass(frozen=True, slots=True)
class Pdf:
    """A PDF's bytes, how many pages it has, and where they begin."""

    data: bytes
    pages: int
    printed: Printed
    composed: int = 0
    """Paragraphs whose lines were composed."""
    plain: tuple[tuple[str, int], ...] = ()
    """Why Chinese paragraphs were not, and how many for each reason."""


@dataclass(frozen=True, slots=True)
class _Laid:
    """A book whose pages are laid out and folded."""

    document: Document
    pages: list[Page]
    front: int
    """How many pages stand before the first document."""
    printed: Printed


def write(
    html: str,
    prepared: Prepared,
    imprint: Imprint,
    roots: Sequence[Path],
    report: Report,
) -> Pdf:
    """Lay out and write one edition.

    ``roots`` are the folders that the page may read files from; relative addresses
    start at the first.

    Raises:
        Problem: 4, the layout engine gave up.
    """
    for diagnostic in audit(prepared, imprint.faces):
        report(diagnostic)
    begin(_key(prepared, imprint, roots))
    with swiftly(), _listening(report), _composing(prepared, report) as account:
        try:
            laid = _lay_out(html, prepared, imprint, roots, report)
            account.laid_out()
            with _tagging(laid.pages) as tagger:
                finish = _finisher(laid.front, imprint, report, tagger)
                data: bytes = laid.document.copy(laid.pages).write_pdf(
                    finisher=finish,
                    pdf_variant="pdf/ua-1",
                    pdf_identifier=_identifier(html, imprint),
                )
        except Exception as error:  # whatever it is, people get a message
            raise Problem(4, _FAILED.fill(why=repr(error))) from error
    begin(_key(prepared, imprint, roots))  # it may have changed meanwhile
    plain = tuple(account.plain.items())
    return Pdf(data, len(laid.pages), laid.printed, account.composed, plain)


@contextmanager
def _composing(prepared: Prepared, report: Report) -> Iterator[Account]:
    page = prepared.edition.typography
    how = settings(page.punctuation, hang=page.hanging)
    composed = (
        nullcontext(Account()) if plain("compose") else composing(how, report, desk())
    )
    with composed as account:
        yield account


def _tagging(pages: Sequence[Page]) -> AbstractContextManager[Tagger | None]:
    """Tags of pages that are kept need not be made again."""
    if desk() is None or plain("kept") or not as_written_for("kept") or not _own_file():
        return nullcontext()
    from publisher.write.pdf.kept.tagged import tagging

    return tagging(pages)


def _own_file() -> bool:
    return not plain("file") and as_written_for("file")


def _key(prepared: Prepared, imprint: Imprint, roots: Sequence[Path]) -> str:
    """Tells apart what pages depend on and the page of HTML does not say.

    Empty if nothing can be kept: templates of the book's own name what they like.
    """
    if desk() is None or _own(imprint):
        return ""
    typography = prepared.edition.typography
    pictures = sorted((p.href, sha256(p.data)) for p in imprint.pictures.values())
    shown = [(href, digest.hexdigest()) for href, digest in pictures]
    faces = [(face, face.sha256) for face in imprint.faces]
    known = typography, prepared.edition.script, shown, faces, imprint.font_css
    return repr((*known, list(roots), states()))


def _own(imprint: Imprint) -> bool:
    """Whether templates of the book's own made the page; the last are ours."""
    return len(imprint.templates) > 1


def printed(
    html: str, prepared: Prepared, imprint: Imprint, roots: Sequence[Path]
) -> Printed:
    """Lay an edition out only to see where its pages begin.

    Raises:
        Problem: 4, the layout engine gave up.
    """
    begin(_key(prepared, imprint, roots))
    with swiftly(), _listening(_unheard), _composing(prepared, _unheard):
        try:
            return _lay_out(html, prepared, imprint, roots, _unheard).printed
        except Exception as error:
            raise Problem(4, _FAILED.fill(why=repr(error))) from error


def _unheard(_: Diagnostic) -> None:
    """The printed edition says it when it is made itself."""


_FAILED = Words("排版失败：{why}", "the layout engine failed: {why}")
_BLOCKED = Words("拒绝读取 {url}", "refused to read {url}")
_OTHER = Words("“{chars}”排成了 {name}", "{chars} came out in {name}")
_SAID = Words("排版引擎：{line}", "WeasyPrint: {line}")


def _lay_out(
    html: str,
    prepared: Prepared,
    imprint: Imprint,
    roots: Sequence[Path],
    report: Report,
) -> _Laid:
    from weasyprint import HTML

    from publisher.write.pdf.fetch import fetcher
    from publisher.write.pdf.pages import page_starts
    from publisher.write.pdf.phases import lay_out

    def refuse(url: str) -> None:
        report(Diagnostic(BLOCKED_FETCH, _BLOCKED.fill(url=url)))

    base = roots[0].resolve().as_uri() + "/" if roots else None
    source = HTML(string=html, base_url=base, url_fetcher=fetcher(roots, refuse))
    own = _own(imprint)
    document = lay_out(source, prepared.documents[0].id, own=own)
    pages = _fold(document.pages)
    front = _front(pages, prepared)
    named = labels(len(pages), front)
    edition = prepared.edition
    starts = page_starts(source.etree_element, pages, named)
    size = edition.typography.page_name
    printed = Printed(edition.name, edition.script, size, *starts)
    return _Laid(document, pages, front, printed)


def _fold(pages: Sequence[Page]) -> list[Page]:
    """Drop as many of the blanks before the back cover as are not needed."""
    from publisher.render.print import BLANKS

    body, back = pages[: -BLANKS - 1], pages[-1]
    blanks = pages[-BLANKS - 1 : -1][: -(len(body) + 1) % SIGNATURE]
    return [*body, *blanks, back]


def _front(pages: Sequence[Page], prepared: Prepared) -> int:
    """How many pages stand before the first document."""
    first = prepared.documents[0].id
    return next(n for n, page in enumerate(pages) if first in page.anchors)


def _finisher(
    front: int, imprint: Imprint, report: Report, tagger: Tagger | None
) -> Callable[[Document, PDF], None]:
    from publisher.write.pdf.finish import (
        held,
        label_pages,
        link_once,
        other_faces,
        scope_heads,
        tag_notes,
    )

    def finish(_: Document, pdf: PDF) -> None:
        label_pages(pdf, front)
        made = held(pdf)
        tag_notes(made.elements)
        link_once(made)
        scope_heads(made.elements)
        families = (face.family for face in imprint.faces)
        for name, chars in other_faces(pdf, made.fonts, families):
            report(Diagnostic(OTHER_FACE, _OTHER.fill(name=name, chars=chars)))
        if _own_file():
            from publisher.write.pdf import file

            pdf.write = partial(file.write, pdf, tagger=tagger)

    return finish


def _identifier(html: str, imprint: Imprint) -> bytes:
    """The file's identifier: of its content alone, not of where fonts are kept."""
    content = html.replace(imprint.font_css, "") if imprint.font_css else html
    return sha256(content.encode()).digest()[:16]


@contextmanager
def _listening(report: Report) -> Iterator[None]:
    """While it lasts, what WeasyPrint logs is reported.

    Of a page that it has something to say about nothing is kept: it would be silent
    about it the next time.
    """
    held = desk()

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            spoken.append(record)
            report(Diagnostic(LAYOUT_ENGINE, _SAID.fill(line=record.getMessage())))

    logger = logging.getLogger("weasyprint")
    spoken: list[logging.LogRecord] = []
    listener, passes = Listener(logging.WARNING), logger.propagate
    logger.addHandler(listener)
    logger.propagate = False
    try:
        yield
    finally:
        logger.removeHandler(listener)
        logger.propagate = passes
        if held and spoken:
            held.clear()
