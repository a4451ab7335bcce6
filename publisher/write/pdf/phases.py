"""A book laid out in two phases: its documents first, then what stands before them.

The contents name pages. In one phase WeasyPrint lays the whole book out, learns the
numbers, and lays it out again. Here the documents are laid out once, and the front
matter after them, with numbers that are known. Both are of one tree of elements, and
are joined before anything is written: links, bookmarks, tags and anchors are those of
one book. A book with templates of its own is laid out in one phase, since its style
sheet may count or carry something over from the one part to the other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from typing import TYPE_CHECKING, Any

from publisher.plain import plain
from publisher.typeset import as_written_for, numbered

if TYPE_CHECKING:
    from weasyprint import HTML
    from weasyprint.document import Document, Page

BODY = "body"


def lay_out(source: HTML, first: str, *, own: bool) -> Document:
    """All pages.

    ``first`` is the id of the first document, ``own`` whether templates of the book's
    own made the page.
    """
    body = source.etree_element.find(BODY)
    parts = list(body)
    at = next((n for n, part in enumerate(parts) if part.get("id") == first), 0)
    if not at or own or plain("phases") or not as_written_for():
        return source.render()
    return _joined(source, parts[:at], parts[at:])


def _joined(source: HTML, front: Sequence[Any], back: Sequence[Any]) -> Document:
    from weasyprint.text.fonts import FontConfiguration

    shared: dict[str, Any] = {"font_config": FontConfiguration(), "cache": {}}
    with _only(source, back) as page:
        documents = page.render(**shared)
    numbers: dict[str, int] = {}
    for number, laid in enumerate(documents.pages, 1):
        for anchor in laid.anchors:
            numbers.setdefault(anchor, number)
    with _only(source, [*front, _opener(back[0])]) as page, numbered(numbers):
        pages: list[Page] = page.render(**shared).pages
    joined = documents.copy([*pages[:-1], *documents.pages])
    joined._html = source  # noqa: SLF001  (`copy` forgets it)
    return joined


def _opener(first: Any) -> Any:  # noqa: ANN401  (an element)
    """An empty stand-in for the first document.

    It begins a page where that one does, so that a blank page before it is made; its
    own page is left out.
    """
    held = {name: value for name, value in first.items() if name != "id"}
    return first.makeelement(first.tag, held)


@contextmanager
def _only(source: HTML, parts: Sequence[Any]) -> Iterator[HTML]:
    """The page with some of the elements of its body, for a while."""
    body = source.etree_element.find(BODY)
    everything = list(body)
    body[:] = parts
    made = copy(source)
    made.wrapper_element = type(source.wrapper_element).from_html_root(
        source.etree_element, content_language=None
    )
    try:
        yield made
    finally:
        body[:] = everything
