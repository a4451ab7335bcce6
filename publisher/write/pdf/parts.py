"""Parts of one page of HTML, laid out apart and joined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
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


@dataclass(frozen=True, slots=True)
class Sheets:
    """The style sheets of a page, which are those of each of its parts."""

    read: list[Any] = field(default_factory=list)
    counters: dict[str, Any] = field(default_factory=dict)
    """The styles of counters in them."""


@contextmanager
def read_once(sheets: Sheets) -> Iterator[None]:
    """While it lasts, style sheets that were read are not read again."""
    from weasyprint import css

    find = css.find_stylesheets

    def found(*args: Any) -> list[Any]:  # noqa: ANN401  (WeasyPrint has no types)
        counters = args[5]
        if sheets.read:
            counters.update(sheets.counters)
        else:
            sheets.read.extend(find(*args))
            sheets.counters.update(counters)
        return sheets.read

    css.find_stylesheets = found
    try:
        yield
    finally:
        css.find_stylesheets = find
