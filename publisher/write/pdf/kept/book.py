"""A book on the desk: its documents and what stands before them, kept laid out.

The two phases (`publisher.write.pdf.phases`) are two flows of one tree. The documents
come first; the front matter is laid out again where it changed, and all of it where a
page number changed that it names.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from publisher.typeset import COMPOSER
from publisher.write.pdf.faces import configuration
from publisher.write.pdf.kept.flows import laid_out, laid_out_again
from publisher.write.pdf.kept.runs import Flow, Shared, Unkept
from publisher.write.pdf.kept.trees import Change, in_order, merged
from publisher.write.pdf.parts import numbers_of, only, opener

if TYPE_CHECKING:
    from weasyprint import HTML
    from weasyprint.document import Document, Page

BOOK = "book"


@dataclass(slots=True)
class Kept:
    """A book that was laid out."""

    key: tuple[Any, ...]
    root: Element
    shared: Shared
    front: list[Element]
    back: list[Element]
    documents: Flow = field(default_factory=Flow)
    matter: Flow = field(default_factory=Flow)
    numbers: dict[str, int] = field(default_factory=dict)
    """The pages that the front matter names."""


def again(source: HTML, at: int, held: dict[str, Any]) -> Document | None:
    """All pages, of which as many are kept as can be; ``source`` takes the kept tree.

    ``at`` says how many parts of the body stand before the documents. None if the
    pages cannot be kept.
    """
    kept: Kept | None = held.pop(BOOK, None)
    whole = _key(source, at)
    try:
        if kept and kept.key == whole:
            try:
                _bring_up_to_date(kept, source, at, held)
            except Unkept:
                kept = _new(source, at, whole, held)
        else:
            kept = _new(source, at, whole, held)
    except Unkept:
        return None
    held[BOOK] = kept
    return _joined(source, kept)


def _key(source: HTML, at: int) -> tuple[Any, ...]:
    """All of the page that is not a part of its body."""
    root = source.etree_element
    styles = tuple(style.text for style in root.iter("style"))
    body = root.find("body")
    return at, styles, dict(root.attrib), dict(body.attrib), source.base_url


def _new(source: HTML, at: int, key: tuple[Any, ...], held: dict[str, Any]) -> Kept:
    parts = list(source.etree_element.find("body"))
    front, back = [*parts[:at], opener(parts[at])], parts[at:]
    if COMPOSER in held:
        held[COMPOSER].begin_anew()  # what it knows is of fonts that go now
    shared = Shared(configuration(), {})
    kept = Kept(key, source.etree_element, shared, front, back)
    with only(source, back) as page:
        kept.documents = laid_out(page, shared, {})
    kept.numbers = _numbers(kept, kept.documents)
    _lay_out_matter(kept, source)
    return kept


def _bring_up_to_date(kept: Kept, source: HTML, at: int, held: dict[str, Any]) -> None:
    """Put the kept tree into the place of the new one, and lay out what changed."""
    new = source.etree_element
    parts = list(new.find("body"))
    before, documents = Change(in_order(kept.front)), Change(in_order(kept.back))
    front, back = [*parts[:at], opener(parts[at])], parts[at:]
    kept.front = merged(kept.front, front, before)
    kept.back = merged(kept.back, back, documents)
    _take(source, kept)
    if COMPOSER in held:
        held[COMPOSER].only(kept.root.iter())
    with only(source, kept.back) as page:
        flow = kept.documents
        kept.documents = laid_out_again(page, kept.shared, {}, flow, documents)
    named, kept.numbers = kept.numbers, _numbers(kept, kept.documents)
    if kept.numbers == named:
        own, flow = _numbers(kept, kept.matter), kept.matter
        known = kept.numbers | own
        with only(source, kept.front) as page, suppress(Unkept):
            kept.matter = laid_out_again(page, kept.shared, known, flow, before)
            if _numbers(kept, kept.matter) == own:
                return
    _lay_out_matter(kept, source)


def _lay_out_matter(kept: Kept, source: HTML) -> None:
    with only(source, kept.front) as page:
        kept.matter = laid_out(page, kept.shared, kept.numbers)


def _take(source: HTML, kept: Kept) -> None:
    """The kept tree with the new head and its own body, now up to date."""
    root, new = kept.root, source.etree_element
    body: Any = root.find("body")
    root[:] = [body if child.tag == "body" else child for child in new]
    body[:] = [*kept.front[:-1], *kept.back]
    source.etree_element = root
    source.wrapper_element = type(source.wrapper_element).from_html_root(
        root, content_language=None
    )


def _numbers(kept: Kept, flow: Flow) -> dict[str, int]:
    """The pages of a flow that the front matter points to."""
    links = (link.get("href") for part in kept.front for link in part.iter("a"))
    named = {link[1:] for link in links if link}
    return {name: n for name, n in numbers_of(flow.pages).items() if name in named}


def _joined(source: HTML, kept: Kept) -> Document:
    from weasyprint.document import Document, DocumentMetadata
    from weasyprint.html import get_html_metadata

    with only(source, ()) as head:  # what it says of itself stands there
        said = get_html_metadata(head)
    pages: Sequence[Page] = [*kept.matter.pages[:-1], *kept.documents.pages]
    joined = Document(
        list(pages),
        DocumentMetadata(**said),
        source.url_fetcher,
        kept.shared.font_config,
        {},
        None,
    )
    joined._html = source  # noqa: SLF001  (as `Document.copy` would not)
    return joined
