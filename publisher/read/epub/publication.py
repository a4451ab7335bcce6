"""What is known of an EPUB: its package document, its pages, its other files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from posixpath import dirname, normpath
from typing import Protocol
from urllib.parse import unquote, urlsplit

from publisher.patterns import pattern

PLAIN = pattern(
    r"(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*(?:/(?=[A-Za-z0-9_-])|(?=#|$)))*(?:#[\w.-]*)?"
)
"""A link that is what it says: no address, no steps up, nothing escaped."""
XHTML = "{http://www.w3.org/1999/xhtml}"
OPS = "{http://www.idpf.org/2007/ops}"
TYPE = f"{OPS}type"
XML = "{http://www.w3.org/XML/1998/namespace}"


class Element(Protocol):
    """An element of a parsed file, as lxml has it."""

    tag: str
    text: str | None
    tail: str | None
    sourceline: int | None

    def get(self, key: str, /) -> str | None:
        """An attribute."""

    def iter(self, *tags: str) -> Iterator[Element]:
        """It and all elements inside, in order."""

    def itertext(self) -> Iterator[str]:
        """All text inside."""

    def getparent(self) -> Element | None:
        """The element that it is in."""

    def __iter__(self) -> Iterator[Element]:
        """The elements inside it."""


@dataclass(frozen=True, slots=True)
class Item:
    """One file that the manifest names; ``name`` is its place in the archive."""

    id: str
    name: str
    media_type: str
    properties: tuple[str, ...]
    remote: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One XHTML file, and what checks ask of it again and again."""

    name: str
    root: Element = field(repr=False)
    ids: Mapping[str, Element] = field(repr=False)
    by_name: Mapping[str, Sequence[Element]] = field(repr=False)
    """The elements of each name, in order."""
    typed: Sequence[Element] = field(repr=False)
    """The elements with EPUB structural words, in order."""
    words: str = field(repr=False)
    """Its text without space, as `words_of` has it."""

    @property
    def body(self) -> Element:
        """Its body, or all of it where it has none."""
        return next(iter(self.by_name.get("body", ())), self.root)

    def named(self, *names: str) -> Iterator[Element]:
        """The elements of some names; in order, if it is one name."""
        return (e for name in names for e in self.by_name.get(name, ()))

    def has(self, word: str) -> bool:
        """Whether an element has a structural word."""
        return any(word in types(e) for e in self.typed)

    @property
    def lang(self) -> str:
        """The language that it says it is in."""
        return self.root.get("lang") or self.root.get(f"{XML}lang") or ""


@dataclass(frozen=True, slots=True)
class Publication:
    """One EPUB."""

    name: str
    opf_name: str
    opf: Element = field(repr=False)
    items: tuple[Item, ...]
    spine: tuple[Item, ...]
    pages: Mapping[str, Page]
    """Every XHTML file by name; those of the spine first, in reading order."""
    nav: Page | None
    ncx: Element | None = field(repr=False)
    ncx_name: str
    styles: Mapping[str, str] = field(repr=False)
    pictures: Mapping[str, bytes] = field(repr=False)
    """The beginning of each picture's bytes, enough to know its size."""
    sizes: Mapping[str, int]
    """Of every file in the archive."""

    @property
    def read(self) -> tuple[Page, ...]:
        """The pages of the spine, in reading order."""
        return tuple(
            self.pages[item.name] for item in self.spine if item.name in self.pages
        )

    def metas(self, name: str) -> list[Element]:
        """The metadata with a property such as ``schema:accessMode``."""
        return [e for e in self.opf.iter() if e.get("property") == name]

    def told(self, name: str) -> list[str]:
        """What the metadata with a property say."""
        return [(e.text or "").strip() for e in self.metas(name)]

    def dc(self, name: str) -> list[Element]:
        """The Dublin Core elements of a name."""
        return list(self.opf.iter(f"{{http://purl.org/dc/elements/1.1/}}{name}"))

    def place(self, name: str, element: Element | None = None) -> str:
        """Where something stands, for people: ``book.epub!text/a.xhtml:3:1``."""
        line = (element.sourceline if element is not None else 1) or 1
        inside = f"!{name}" if name else ""
        return f"{self.name}{inside}:{line}:1"


def page(name: str, root: Element) -> Page:
    """A page, looked through once."""
    ids: dict[str, Element] = {}
    by_name: dict[str, list[Element]] = {}
    typed = []
    for element in root.iter():
        by_name.setdefault(local(element), []).append(element)
        if own := element.get("id"):
            ids.setdefault(own, element)
        if element.get(TYPE):
            typed.append(element)
    body = next(iter(by_name.get("body", ())), root)
    return Page(name, root, ids, by_name, typed, words_of(body))


def local(element: Element) -> str:
    """An element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def types(element: Element) -> list[str]:
    """The EPUB structural words of an element."""
    return (element.get(TYPE) or "").split()


def linked(base: str, href: str) -> tuple[str, str] | None:
    """The file and the id that a link inside an EPUB leads to; None if it leads out."""
    if PLAIN.fullmatch(href):  # nearly all are: no need to take them apart
        path, _, place = href.partition("#")
        return (f"{dirname(base)}/{path}".lstrip("/") if path else base), place
    try:
        parts = urlsplit(href.strip())
    except ValueError:
        return "?", ""
    if parts.scheme or parts.netloc:
        return None
    path = unquote(parts.path)
    name = normpath(f"{dirname(base)}/{path}".lstrip("/")) if path else base
    return name, unquote(parts.fragment)


def words_of(element: Element) -> str:
    """The text of an element without space, notes' signs and what is never shown."""
    return "".join("".join(_shown(element)).split())


def _shown(element: Element) -> Iterator[str]:
    if local(element) in {"script", "style", "rt", "rp"} or "noteref" in types(element):
        return
    yield element.text or ""
    for child in element:
        yield from _shown(child)
        yield child.tail or ""
