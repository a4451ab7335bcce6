"""Pages laid out one after the other, from any page on whose beginning is known.

What WeasyPrint knows when it begins a page is kept for each of them (`Start`). After a
change it begins at a page before the change, on a tree of no more than the pages that
it is about, and goes on until a page would begin as it did before: from there on all
pages are what they were. Only what stands before a page, and the look that WeasyPrint
takes at what comes next, has a say in it; so two pages are gone back for the one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from publisher.typeset import numbered
from publisher.write.pdf.kept.places import between
from publisher.write.pdf.kept.runs import Flow, Run, Shared, Start, Unkept
from publisher.write.pdf.kept.trees import BEGIN, Change, Numbers, in_order

if TYPE_CHECKING:
    from weasyprint import HTML

BACK = 2
"""Pages before a change that are laid out again."""
AHEAD = 3
"""Pages behind it that are in the tree, at first."""


def laid_out(source: HTML, shared: Shared, numbers: Mapping[str, int]) -> Flow:
    """All pages of a document; ``numbers`` are pages of anchors that are elsewhere.

    Raises:
        Unkept: it cannot be laid out page by page.
    """
    flow = Flow()
    with numbered(numbers):
        Run(source, shared, flow, 0, None).all()
    return flow


def laid_out_again(
    source: HTML,
    shared: Shared,
    numbers: Mapping[str, int],
    flow: Flow,
    change: Change,
) -> Flow:
    """All pages of a document that has changed; those that are as before are kept.

    ``numbers`` are pages of anchors, here or elsewhere, as they should be.

    Raises:
        Unkept: it must be laid out anew.
    """
    if not change:
        return flow
    order = in_order(source.etree_element.find("body"))
    index = _first(flow, change)
    made = Flow(flow.pages[:index], flow.starts[:index], flow.sizes)
    again = _Again(source, shared, numbers, flow, made, order, change.last(order))
    start: Start | None = flow.starts[index]
    ahead = AHEAD
    while start and not again.is_back(start):
        start = again.go_on(start, ahead)
        ahead *= 2
    if start:
        made.starts += flow.starts[len(made.pages) :]
        made.pages += flow.pages[len(made.pages) :]
    return made


@dataclass(slots=True)
class _Again:
    """A document that is laid out again, some pages at a time."""

    source: HTML
    shared: Shared
    numbers: Mapping[str, int]
    flow: Flow
    made: Flow
    order: Numbers
    last: int
    """Where the change ends."""

    def is_back(self, begun: Start) -> bool:
        """Whether the next page begins as it did before, and so all that follow."""
        number, known = len(self.made.pages), self.flow.starts
        alike = number < len(known) and known[number] == begun
        return alike and _number(self.order, begun, -1) >= self.last

    def go_on(self, start: Start, ahead: int) -> Start | None:
        """Lay out some pages; where the next one begins, None at the end."""
        end, beyond = _end(self.flow, self.order, self.last, start, ahead)
        low = start.place.elements[1:] if start.place else ()
        high = beyond.place.elements[1:] if beyond and beyond.place else ()

        def stops(begun: Start) -> bool:
            past = end is not None and _number(self.order, begun, -1) >= end
            return past or self.is_back(begun)

        body: Any = self.source.etree_element.find("body")
        with between(body, low, high), numbered(self.numbers):
            page, index = _seen(self.source), len(self.made.pages)
            following = Run(page, self.shared, self.made, index, start).go(stops)
        if following is None and high:
            raise Unkept
        return following


def _first(flow: Flow, change: Change) -> int:
    """The page to begin with."""
    begins = [_number(change.before, start, 0) for start in flow.starts]
    begins = list(accumulate(begins, max))  # notes alone on a page begin nowhere
    index = max(bisect_left(begins, change.first) - 1 - BACK, 0)
    while index and not flow.starts[index].whole:
        index -= 1
    return index


def _end(
    flow: Flow, numbers: Numbers, last: int, start: Start, ahead: int
) -> tuple[int | None, Start | None]:
    """Where the tree may end: a page that must not be gone past, and one behind it."""
    least = max(last, _number(numbers, start, 0))
    known = [
        (number, each)
        for each in flow.starts
        if (number := _number(numbers, each, -1)) >= least
    ]
    if len(known) < ahead + 2:
        return None, None
    return known[ahead][0], known[ahead + 1][1]


def _number(numbers: Numbers, start: Start, unknown: int) -> int:
    if start.place is None:
        return 0
    found = numbers.get(start.place.path[-1][0])
    return unknown if found is None else found[BEGIN]


def _seen(source: HTML) -> HTML:
    """A page as it is now: what looks at the tree remembers what it saw."""
    made = copy(source)
    made.wrapper_element = type(source.wrapper_element).from_html_root(
        source.etree_element, content_language=None
    )
    return made
