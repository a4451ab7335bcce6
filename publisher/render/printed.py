"""Where the pages of a printed edition begin, and how that is found in either output.

A place is told by the anchor of the nearest node and a number of characters after it;
anchors are the same in HTML, PDF and EPUB. What is counted is the *printed stream*: the
characters that both outputs show in the same order, without space. Calls of notes, the
notes themselves, ruby and what one output alone says are not in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, Protocol, TypeAlias

from publisher.diagnostics import Words

SHOWN = 12
"""Characters of a page that are kept, so that whoever places it can be sure."""
Kind: TypeAlias = Literal["cover", "contents", "colophon", "blank", "other"]
KINDS: dict[Kind, Words] = {
    "cover": Words("封面", "cover"),
    "contents": Words("目录", "contents"),
    "colophon": Words("版权页", "colophon"),
    "blank": Words("空白页", "blank"),
    "other": Words("无新字", "no new text"),
}


@dataclass(frozen=True, slots=True)
class PageStart:
    """One page that carries text: where it begins."""

    label: str
    """As the PDF labels it: iv, 8."""
    where: str
    """Anchor of the nearest node; ``titlepage`` and ``preface`` are pages of ours."""
    offset: int
    """How many characters of that node's own stream stand before it."""
    text: str
    """The first characters from there on, within the node."""


@dataclass(frozen=True, slots=True)
class Bare:
    """One page without new text of the book."""

    number: int
    """Counted from the first page of the file."""
    label: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Printed:
    """The pages of one printed edition."""

    edition: str
    script: str
    page: str
    """Its trim, as in A5."""
    starts: tuple[PageStart, ...]
    bare: tuple[Bare, ...] = ()
    """The pages without a start."""


def labels(total: int, front: int) -> list[str]:
    """The labels of a book's pages: i, ii … before the first document, then 1, 2 ….

    >>> labels(6, 4)
    ['i', 'ii', 'iii', 'iv', '1', '2']
    """
    first = [roman(number) for number in range(1, front + 1)]
    return first + [str(number) for number in range(1, total - front + 1)]


def roman(number: int) -> str:
    """A number in small roman figures.

    >>> roman(4), roman(19)
    ('iv', 'xix')
    """
    out = ""
    for value, figure in _ROMAN:
        out += figure * (number // value)
        number %= value
    return out


_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def ranges(pages: Iterable[Bare]) -> Iterator[tuple[str, Kind]]:
    """Pages without a start, neighbours of one kind together: v–vi."""
    numbered = enumerate(pages)
    for (kind, _), group in groupby(
        numbered, key=lambda pair: (pair[1].kind, pair[1].number - pair[0])
    ):
        held = [page.label for _, page in group]
        yield (held[0] if len(held) == 1 else f"{held[0]}–{held[-1]}"), kind


# ---------------------------------------------------------------- the printed stream


class Element(Protocol):
    """What an element of ``xml.etree`` and of lxml have in common."""

    tag: str
    text: str | None
    tail: str | None

    def get(self, key: str, /) -> str | None:
        """An attribute."""

    def __iter__(self) -> Iterator[Element]:
        """The elements inside it."""


@dataclass(slots=True)
class Own:
    """The characters of one element itself, and where they stand in the stream."""

    where: str
    ink: str
    offsets: list[int]


REGIONS: dict[str, str] = {"half": "titlepage", "editorial": "preface"}
"""Class of a page of ours in print → what its places are told by."""
TRANSPARENT = frozenset({"td", "th"})
"""Elements whose ids only one of the outputs has."""
SILENT = frozenset({"rt", "rp", "style", "script"})


def stream(root: Element) -> dict[Element, Own]:
    """The printed stream of a page of HTML: for each element, what it adds to it."""
    out: dict[Element, Own] = {}
    counts: dict[str, int] = {}
    for region, where in _regions(root):
        _gather(region, where, counts, out)
    return out


def anchor_of(name: str) -> str:
    """What a place is told by: a heading's own id stands for that of its node."""
    return name.removesuffix(".title")


def ink(text: str) -> str:
    """Text without space."""
    return "".join(text.split())


def _regions(element: Element) -> Iterator[tuple[Element, str]]:
    for child in element:
        words = (child.get("class") or "").split()
        own = next((REGIONS[word] for word in words if word in REGIONS), "")
        if own:
            yield child, own
        elif child.tag == "article":
            yield child, child.get("id") or ""
        else:
            yield from _regions(child)


def _gather(
    element: Element, where: str, counts: dict[str, int], out: dict[Element, Own]
) -> None:
    if silent(element.tag, element.get("class") or ""):
        return
    fixed = where in REGIONS.values()
    if not fixed and element.tag not in TRANSPARENT:
        where = anchor_of(element.get("id") or "") or where
    own = Own(where, "", [])
    _add(own, element.text, counts)
    for child in element:
        _gather(child, where, counts, out)
        _add(own, child.tail, counts)
    if own.ink:
        out[element] = own


def silent(tag: str, words: str) -> bool:
    """Whether an element is not in the stream."""
    own = words.split()
    return tag in SILENT or "apart" in own or any((tag, word) in ASIDE for word in own)


ASIDE = frozenset(
    {("small", "note"), ("small", "reading"), ("aside", "footnote"), ("a", "call")}
)
"""Tag and class of the editor's notes, in print and in EPUB, of their calls, and of
readings beside the text."""


def _add(own: Own, text: str | None, counts: dict[str, int]) -> None:
    new = ink(text or "")
    at = counts.get(own.where, 0)
    own.ink += new
    own.offsets.extend(range(at, at + len(new)))
    counts[own.where] = at + len(new)
