"""Where each page of a laid-out book begins, taken from WeasyPrint's own boxes.

A box of text knows the element it comes from, and the text of an element is laid out in
order. So the characters are counted element by element, and compared: what the layout
adds (hyphens, the repeated head of a table) is in no element and is passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any

from publisher.render.printed import SHOWN, Bare, Element, Kind, Own, PageStart, stream

if TYPE_CHECKING:
    from weasyprint.document import Page

FURNITURE: dict[str, Kind] = {
    "cover": "cover",
    "back": "cover",
    "contents": "contents",
    "colophon": "colophon",
}
"""Class of a page of ours → what it is."""
TEXTS = "shown"
"""What a page's texts are remembered as."""

Pages = tuple[tuple[PageStart, ...], tuple[Bare, ...]]


def page_starts(root: Element, pages: Sequence[Page], labels: Sequence[str]) -> Pages:
    """The start of each page that carries text, and the other pages with their kinds.

    ``root`` is the element tree that the pages were made from.
    """
    owned = stream(root)
    at: dict[Element, int] = dict.fromkeys(owned, 0)
    places: dict[str, list[Own]] = {}
    for own in owned.values():
        places.setdefault(own.where, []).append(own)
    regions = _regions(root)
    starts, bare = [], []
    for number, (page, label) in enumerate(zip(pages, labels, strict=True)):
        found = _first(_texts(page), owned, at)
        if found is None:
            bare.append(Bare(number, label, _kind(page, regions)))
            continue
        where, offset = found
        text = _whole(places[where])[offset : offset + SHOWN]
        starts.append(PageStart(label, where, offset, text))
    return tuple(starts), tuple(bare)


def _whole(held: Sequence[Own]) -> str:
    """All characters of one place, in order."""
    pairs = (zip(own.offsets, own.ink, strict=True) for own in held)
    return "".join(char for _, char in sorted(chain.from_iterable(pairs)))


def _first(
    texts: Iterable[tuple[Element, str]],
    owned: Mapping[Element, Own],
    at: dict[Element, int],
) -> tuple[str, int] | None:
    """The first new place of a page; all of the page is counted in ``at``."""
    first: tuple[str, int] | None = None
    for element, text in texts:
        own = owned.get(element)
        if own is None:
            continue
        begin = at[element]
        at[element] = _counted(own.ink, begin, text)
        if first is None and at[element] > begin:
            first = own.where, own.offsets[begin]
    return first


def _counted(ink: str, at: int, text: str) -> int:
    """How much of an element's characters is counted, once a text of it is too."""
    if ink.startswith(text, at):
        return at + len(text)
    for char in text:
        if at < len(ink) and char == ink[at]:
            at += 1
    return at


def _texts(page: Page) -> Sequence[tuple[Element, str]]:
    """What the boxes of a page show, in reading order, without what CSS makes up.

    A page that is kept while watching (`publisher.write.pdf.kept`) is not asked again.
    """
    known: dict[str, tuple[tuple[Element, str], ...]] = vars(page)
    if TEXTS not in known:
        known[TEXTS] = tuple(_shown(page))
    return known[TEXTS]


def _shown(page: Page) -> Iterator[tuple[Element, str]]:
    from weasyprint.formatting_structure.boxes import MarginBox, TextBox

    def inside(box: Any) -> Iterator[tuple[Element, str]]:  # noqa: ANN401  (no types)
        if isinstance(box, MarginBox):
            return
        if isinstance(box, TextBox):
            if "::" not in box.element_tag:
                yield box.element, box.text
            return
        for child in getattr(box, "children", ()):
            yield from inside(child)

    yield from inside(page._page_box)  # noqa: SLF001  (there is no public way)


def _regions(root: Element) -> dict[Element, Kind]:
    """What each element of our own pages stands on."""
    return {
        inner: FURNITURE[word]
        for element in _all(root)
        for word in (element.get("class") or "").split()
        if word in FURNITURE
        for inner in _all(element)
    }


def _kind(page: Page, regions: Mapping[Element, Kind]) -> Kind:
    """What a page without a start of its own is."""
    kinds = [regions.get(element) for element, _ in _texts(page)]
    if not kinds:
        return "blank"
    return next((kind for kind in kinds if kind), "other")


def _all(element: Element) -> Iterator[Element]:
    yield element
    for child in element:
        yield from _all(child)
