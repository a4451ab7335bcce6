"""Parts of one page of HTML, laid out apart and joined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from weasyprint import HTML
    from weasyprint.document import Page

BODY = "body"


def numbers_of(pages: Iterable[Page]) -> dict[str, int]:
    """The number of the page that each anchor is on."""
    numbers: dict[str, int] = {}
    for number, laid in enumerate(pages, 1):
        for anchor in laid.anchors:
            numbers.setdefault(anchor, number)
    return numbers


def opener(first: Any) -> Any:  # noqa: ANN401  (an element)
    """An empty stand-in for the first document.

    It begins a page where that one does, so that a blank page before it is made; its
    own page is left out.
    """
    held = {name: value for name, value in first.items() if name != "id"}
    return first.makeelement(first.tag, held)


@contextmanager
def only(source: HTML, parts: Sequence[Any]) -> Iterator[HTML]:
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
