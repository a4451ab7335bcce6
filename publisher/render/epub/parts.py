"""Cut a document into files: one a chapter, and none too large for a small reader.

A file is named after the first node in it (``reg.xhtml``, ``reg.chp_2.xhtml``), so that
its name, too, comes from printed numbers. Where a file goes on inside a division that
was opened in an earlier one, the division is there again without its heading.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import TypeAlias

from publisher.tree.ids import anchor
from publisher.tree.nodes import (
    Answer,
    Article,
    Attachment,
    Block,
    Byline,
    Continuation,
    Division,
    Document,
    Footnote,
    Heading,
    Image,
    Notice,
    Omission,
    Paragraph,
    Point,
    Prose,
    Question,
    SignOff,
    Table,
    Text,
    Toc,
)
from publisher.tree.walk import walk

LIMIT = 180_000
"""Bytes of XHTML to aim at, below the 250 KB that slow readers can take."""
MARKUP = 160
"""Bytes of tags that a node takes, on the safe side."""
OPENS_FILE = frozenset({"book", "part", "chapter", "attachment"})


@dataclass(frozen=True, slots=True)
class Section:
    """A division or an attachment, or as much of it as is in one file."""

    division: Division | Attachment
    level: int
    """Of its heading: 2 is right under the document's title."""
    body: tuple[Piece, ...]
    resumed: bool
    """Whether its heading stands in an earlier file."""


Piece: TypeAlias = (
    Section
    | Article
    | Paragraph
    | Heading
    | Question
    | Answer
    | Prose
    | Byline
    | SignOff
    | Continuation
    | Omission
    | Notice
    | Point
    | Table
    | Image
    | Footnote
    | Toc
)
Pieces: TypeAlias = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What one file holds of a document; the first also holds its title."""

    document: Document
    name: str
    opening: bool
    body: Pieces


def parts(document: Document) -> tuple[Part, ...]:
    """Cut a document into the files it is to have."""
    first, *rest = (pieces for pieces, _ in _cut(document.body, 2))
    return (
        Part(document, document.id, opening=True, body=first),
        *(
            Part(document, anchor(document, _name(body)), opening=False, body=body)
            for body in rest
        ),
    )


def blocks(body: Pieces) -> Iterator[Block]:
    """The blocks of a file, with a division only where its heading stands."""
    for piece in body:
        if not isinstance(piece, Section):
            yield piece
            continue
        if not piece.resumed:
            yield piece.division
        yield from blocks(piece.body)


def weight(*nodes: Block) -> int:
    """How many bytes of XHTML some blocks take, at most."""
    inner = [node for block in nodes for node in walk(block)]
    ink = "".join(node.text for node in inner if isinstance(node, Text))
    return len(escape(ink).encode(errors="replace")) + MARKUP * len(inner)


def sort(block: Block) -> str:
    """What kind of section a block makes, if any."""
    match block:
        case Division():
            return block.kind
        case Attachment():
            return "attachment"
        case _:
            return ""


Weighed: TypeAlias = tuple[Pieces, int]
"""What one file holds, or goes on with, and its bytes."""


def _cut(body: tuple[Block, ...], level: int) -> list[Weighed]:
    """Cut blocks into files; the first of them goes on in the file that is open."""
    files: list[list[Piece]] = [[]]
    sizes = [0]
    chapters = False
    for unit in _units(body):
        (first, own), *rest = _fit(unit, level)
        opens = any(sort(b) in OPENS_FILE for b in unit)
        if files[-1] and ((opens and chapters) or sizes[-1] + own > LIMIT):
            files.append([])
            sizes.append(0)
        files[-1] += first
        sizes[-1] += own
        files += [list(pieces) for pieces, _ in rest]
        sizes += [size for _, size in rest]
        chapters |= opens
    return [(tuple(file), size) for file, size in zip(files, sizes, strict=True)]


def _fit(unit: tuple[Block, ...], level: int) -> list[Weighed]:
    """What stays together, in one file; or a division, in as many as it needs."""
    out: list[Piece] = []
    for block in unit:
        if isinstance(block, Division | Attachment):
            return [
                ((Section(block, level, inner, resumed=number > 0),), size)
                for number, (inner, size) in enumerate(_cut(block.body, level + 1))
            ]
        out.append(block)
    return [(tuple(out), weight(*unit))]


def _units(body: tuple[Block, ...]) -> Iterator[tuple[Block, ...]]:
    """Blocks that a file end should not part: a question and its answers, a subhead."""
    unit: list[Block] = []
    for block in body:
        stays = isinstance(block, Answer) or (unit and isinstance(unit[-1], Heading))
        if unit and (not stays or isinstance(block, Division | Attachment)):
            yield from _small(unit)
            unit = []
        unit.append(block)
    if unit:
        yield from _small(unit)


def _small(unit: list[Block]) -> Iterator[tuple[Block, ...]]:
    """One unit; where it is larger than a file, its first two blocks, then each."""
    if len(unit) > 1 and weight(*unit) > LIMIT:
        yield tuple(unit[:2])
        yield from ((block,) for block in unit[2:])
    else:
        yield tuple(unit)


def _name(body: Pieces) -> str:
    """The id of the first node of a file."""
    return next(block.id for block in blocks(body))
