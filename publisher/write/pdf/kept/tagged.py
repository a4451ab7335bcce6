# ruff: noqa: ANN401  (WeasyPrint has no types)
"""The tags of pages that are kept, as the bytes that they became in the last file.

A page's tags are a tree of its own under the document's: they name each other, the
document, their page and its links, by the numbers of these objects. So what they became
is kept with those numbers left open (`Tagging`). A page is tagged anew if it was
painted anew, and each time if its tags say anything that is not the page's own alone:
notes are counted through the book, cells of a table name their heads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import repeat
from typing import Any, NamedTuple

import pydyf
from weasyprint.pdf import tags

from publisher.write.pdf.kept.painted import Painted

REFERENCE = re.compile(rb"(\d+) 0 R")
ELEMENT = frozenset({"Type", "S", "K", "Pg", "P"})
LINKED = frozenset({"Type", "Obj", "Pg"})
"""What a tag, and what leads from it to a link, may say and be kept."""
DOCUMENT, PAGE, LINKS = -1, -2, -3
"""Open numbers that are not of the page's tags: these are counted from 0 up; links
from `LINKS` down."""


def _elsewhere() -> pydyf.Array:
    held = pydyf.Array()
    held.number, held.free = None, "f"
    return held


ELSEWHERE = _elsewhere()
"""Holds the numbers of objects whose bytes are known."""


@dataclass(frozen=True, slots=True)
class Tagging:
    """What became of a page's tags."""

    count: int
    template: bytes
    """The objects, one a line, with ``%d`` where a number was."""
    numbers: tuple[int, ...]
    roots: tuple[int, ...]
    """Those of the tags that stand right under the document."""
    content: tuple[tuple[int, int], ...]
    """For each piece of marked content, the tag that it belongs to."""
    links: tuple[tuple[int, Any], ...]
    """The tags that hold a link, and its box."""
    dropped: frozenset[int]
    """The links that the page was not left with in the end."""


@dataclass(slots=True)
class _Made:
    """The tags of a page that was tagged now."""

    document: int
    page: int
    own: range
    roots: list[int]
    content: dict[int, int]
    links: list[tuple[int, Any]]


class _At(NamedTuple):
    """What WeasyPrint says when it has a page tagged."""

    parent: Any
    pdf: Any
    number: int
    nums: dict[int, bytes]
    """The tags of pieces of marked content."""
    annotations: list[tuple[bytes, Any]]
    content: dict[Any, Any]
    """What of the marked content is not tagged yet."""

    def page(self) -> int:
        """The number of the page's object."""
        found: int = self.pdf.pages["Kids"][self.number * 3]
        return found


class Tagger:
    """Tags the pages of one file."""

    def __init__(self, pages: Sequence[Any]) -> None:
        """Nothing is tagged yet."""
        self.pages = pages
        self.build = tags._build_box_tree  # noqa: SLF001  (there is no public way)
        self.made: dict[int, _Made] = {}
        """By the numbers of the pages."""
        self.known: dict[int, list[bytes]] = {}
        """Objects that are bytes already, by the number of the first of them."""

    def tree(self, box: Any, *given: Any) -> Any:
        """The tags of a box, as WeasyPrint's function of the same parameters."""
        at = _At(*given)
        page = self.pages[at.number]
        if box is not page._page_box:  # noqa: SLF001
            return self.build(box, *given)
        known = page.tagging if isinstance(page, Painted) else None
        if known and all(_is_in(at.pdf, box.link_annotation) for _, box in known.links):
            return self._again(known, at)
        return self._anew(box, at)

    def _again(self, known: Tagging, at: _At) -> list[Any]:
        objects, page = at.pdf.objects, at.page()
        begin = len(objects)
        links = [(begin + tag, box.link_annotation) for tag, box in known.links]
        others = [at.parent.number, page, *(link.number for _, link in links)]
        filled = [begin + n if n >= 0 else others[-n - 1] for n in known.numbers]
        self.known[begin] = (known.template % tuple(filled)).split(b"\n")
        objects.extend(repeat(ELSEWHERE, known.count))
        at.content.clear()
        at.annotations.extend((_reference(tag), link) for tag, link in links)
        at.nums.update((mark, _reference(begin + tag)) for mark, tag in known.content)
        if known.dropped:
            gone = {links[n][1].reference for n in known.dropped}
            held = objects[page]["Annots"]
            held[:] = [each for each in held if each not in gone]
        return [_Root(begin + root) for root in known.roots]

    def _anew(self, box: Any, at: _At) -> list[Any]:
        begin, before = len(at.pdf.objects), len(at.annotations)
        made = list(self.build(box, *at))
        self.made[at.number] = _Made(
            at.parent.number,
            at.page(),
            range(begin, len(at.pdf.objects)),
            [each.number - begin for each in made],
            {mark: _number(tag) - begin for mark, tag in at.nums.items()},
            [(_number(tag) - begin, link) for tag, link in at.annotations[before:]],
        )
        return made

    def keep(self, pdf: Any, numbers: Sequence[int], lines: Sequence[bytes]) -> None:
        """Keep what became of the tags of pages that may be painted as they are again.

        ``lines`` are the bytes of the objects of these ``numbers``.
        """
        held = dict(zip(numbers, lines, strict=True)) if self.made else {}
        for number, made in self.made.items():
            page = self.pages[number]
            if isinstance(page, Painted) and page.painting:
                page.tagging = _tagging(pdf, page, made, held)


def _tagging(
    pdf: Any, page: Any, made: _Made, held: Mapping[int, bytes]
) -> Tagging | None:
    own = made.own
    if not all(_plain(pdf.objects[number]) for number in own):
        return None
    boxes = {id(box.link_annotation): box for *_, box in page.links}
    if any(id(link) not in boxes for _, link in made.links):
        return None
    open_ = {number: number - own.start for number in own}
    open_ |= {made.document: DOCUMENT, made.page: PAGE}
    open_ |= {link.number: LINKS - n for n, (_, link) in enumerate(made.links)}
    whole = b"\n".join([held[number] for number in own])
    named = [open_.get(int(found)) for found in REFERENCE.findall(whole)]
    if None in named or whole.count(b"\n") != len(own) - 1:
        return None
    left = set(pdf.objects[made.page].get("Annots", ()))
    return Tagging(
        len(own),
        REFERENCE.sub(b"%d 0 R", whole.replace(b"%", b"%%")),
        tuple(n for n in named if n is not None),
        tuple(made.roots),
        tuple(made.content.items()),
        tuple((tag, boxes[id(link)]) for tag, link in made.links),
        frozenset(
            n for n, (_, link) in enumerate(made.links) if link.reference not in left
        ),
    )


def _plain(made: Any) -> bool:
    """Whether an object says nothing that is not its page's own."""
    said = frozenset(made)
    return said <= ELEMENT or (said <= LINKED and made["Type"] == "/OBJR")


def _is_in(pdf: Any, link: Any) -> bool:
    """Whether a link was made for this file."""
    return any(each is link for each in pdf.objects[link.number : link.number + 1])


class _Root:
    """A tag that is known by its number alone."""

    def __init__(self, number: int) -> None:
        self.reference = _reference(number)


def _reference(number: int) -> bytes:
    return b"%d 0 R" % number


def _number(reference: bytes) -> int:
    return int(reference.partition(b" ")[0])


@contextmanager
def tagging(pages: Sequence[Any]) -> Iterator[Tagger]:
    """While it lasts, pages are tagged as they were if they can be."""
    tagger = Tagger(pages)
    tags._build_box_tree = tagger.tree  # noqa: SLF001
    try:
        yield tagger
    finally:
        tags._build_box_tree = tagger.build  # noqa: SLF001
