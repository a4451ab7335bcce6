"""A book laid out in two phases: its documents first, then what stands before them.

The contents name pages. In one phase WeasyPrint lays the whole book out, learns the
numbers, and lays it out again. Here the documents are laid out once, and the front
matter after them, with numbers that are known. Both are of one tree of elements, and
are joined before anything is written: links, bookmarks, tags and anchors are those of
one book. A book with templates of its own is laid out in one phase, since its style
sheet may count or carry something over from the one part to the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

from publisher.plain import plain
from publisher.typeset import COMPOSER, as_written_for, numbered
from publisher.write.pdf.faces import configuration
from publisher.write.pdf.kept import desk
from publisher.write.pdf.parts import (
    BODY,
    Sheets,
    numbers_of,
    only,
    opener,
    read_once,
)

if TYPE_CHECKING:
    from weasyprint import HTML
    from weasyprint.document import Document, Page


def lay_out(source: HTML, first: str, *, own: bool) -> Document:
    """All pages.

    ``first`` is the id of the first document, ``own`` whether templates of the book's
    own made the page.
    """
    body = source.etree_element.find(BODY)
    parts = list(body)
    at = next((n for n, part in enumerate(parts) if part.get("id") == first), 0)
    held = desk()
    if not at or own or plain("phases") or not as_written_for():
        _begin_anew(held)
        return source.render(font_config=configuration())
    if held is not None and not plain("kept") and as_written_for("kept"):
        from publisher.write.pdf.kept.book import again

        pages = again(source, at, held)
        if pages:
            return pages
    _begin_anew(held)
    return _joined(source, parts[:at], parts[at:])


def _begin_anew(held: dict[str, Any] | None) -> None:
    """Know nothing of pages that were kept: all are laid out anew."""
    if held and COMPOSER in held:
        held[COMPOSER].begin_anew()


def _joined(source: HTML, front: Sequence[Any], back: Sequence[Any]) -> Document:
    shared: dict[str, Any] = {"font_config": configuration(), "cache": {}}
    before = [*front, opener(back[0])]
    with _read_once():
        with only(source, back) as page:
            documents = page.render(**shared)
        numbers = numbers_of(documents.pages)
        with only(source, before) as page, numbered(numbers):
            pages: list[Page] = page.render(**shared).pages
    joined = documents.copy([*pages[:-1], *documents.pages])
    joined._html = source  # noqa: SLF001  (`copy` forgets it)
    return joined


def _read_once() -> AbstractContextManager[None]:
    """Both parts have the same style sheets."""
    return read_once(Sheets()) if as_written_for("kept") else nullcontext()
