"""What an edition hands to the templates: documents ready to print, and the apparatus.

The apparatus is everything that 编辑说明 tells the reader about the editor's work. Its
strings are for print and already in the edition's script.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from publisher.book import Book, Edition, Script
from publisher.tree.nodes import Document

if TYPE_CHECKING:
    from publisher.edition.conversion.account import Audit


@dataclass(frozen=True, slots=True)
class Unseen:
    """A number that is not in the source, though the next one is."""

    name: str
    """As in 第三章第一节, or 第五条（三）."""
    label: str
    """As in 第一节."""
    before: str
    """The anchor of the division that comes next; empty for a point of a list."""


@dataclass(frozen=True, slots=True)
class Skip:
    """What is not where it should be, though numbers count it or a title announces it.

    It is marked in its place.
    """

    name: str
    """As in 第五条, 第五条至第七条, （三）, or 附表一之表."""
    after: str
    """The anchor of what is before the gap; of a table, empty."""
    before: str
    """The anchor of what is behind it; of a table, of what announces it."""
    level: str = "article"
    """As in `publisher.check.series`; or ``table``."""


@dataclass(frozen=True, slots=True)
class Missing:
    """What the source lacks of one document (缺文)."""

    document: str
    """Document id."""
    cut_in: str
    """The provision that breaks off, as in 第二十五条, or empty."""
    last_words: str
    """The last few characters before the cut, or empty."""
    articles: str
    """As in 第二十六条至第三十四条, or empty."""
    chapters: tuple[tuple[str, str], ...]
    """Label, and the heading where it is told, as in (第六章, 附则)."""
    claim: str
    """How that is known, as in 答记者问称《条例》共六章、三十四条, or empty."""
    tail: str = ""
    """What is missing after the last words, as in 第二十六条至第三十四条及第六章."""
    head: bool = False
    """Whether the document begins on another page."""
    begins: str = ""
    """The first article, if it is not 第一条 and nothing tells what came before."""
    unseen: tuple[Unseen, ...] = ()
    """Divisions and points whose numbers are skipped, in reading order."""
    unbroken: bool = False
    """Whether the articles are counted on over what is unseen."""
    skipped: tuple[str, ...] = ()
    """What is marked where it is missing: 某条, 某项."""
    unattached: str = ""
    """Tables that are announced, as in 附表一之表、续表, or empty."""
    bare: str = ""
    """What there is, as in 标题与题注, if there is no text at all."""


@dataclass(frozen=True, slots=True)
class JoinNote:
    """One join (接续): where, and the characters on both sides of the seam."""

    place: str
    left: str
    right: str
    interleaved: bool
    """Whether lines of another document stood between."""


@dataclass(frozen=True, slots=True)
class Change:
    """One row of 校改 or 存疑: the place, the source's words, ours or others, why."""

    place: str
    before: str
    after: str
    basis: str
    safe: bool = False
    """Done by a rule that may, without a word of the editor's."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A document of the source that is not printed."""

    name: str
    reason: str
    lines: int
    undecided: bool = False
    """The book says nothing of it, so there is no reason."""


@dataclass(frozen=True, slots=True)
class Apparatus:
    """The editor's account of the whole book."""

    missing: tuple[Missing, ...] = ()
    joins: tuple[JoinNote, ...] = ()
    mixed: bool = False
    """Whether the lines of two printed documents stand among one another."""
    widths: tuple[tuple[str, str, int], ...] = ()
    """Half-width mark, full-width mark, how many."""
    splits: tuple[str, ...] = ()
    """Places where run-on items or questions were given their own paragraph."""
    changed: tuple[Change, ...] = ()
    doubts: tuple[Change, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    allowed: tuple[tuple[str, str], ...] = ()
    """Place and the editor's reason for each allowance."""
    converted: tuple[tuple[str, Script], ...] = ()
    """The documents whose characters were changed, and the script they were in."""
    ordinals: tuple[tuple[str, int], ...] = ()
    """Document id, and which it is of those that have but the name of their kind."""
    selected: str = ""
    """For an excerpt edition, what was selected; else empty."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """One edition of a book, ready to be rendered.

    ``book`` has its own strings in the edition's script. ``convert`` turns generated
    words of a template (simplified) into that script; the identity for ``zh-Hans``.
    """

    book: Book
    edition: Edition
    documents: tuple[Document, ...]
    apparatus: Apparatus
    lang: str
    """The BCP 47 tag of the output, as in zh-Hans or zh-Hant-TW."""
    convert: Callable[[str], str]
    audits: tuple[Audit, ...] = ()
    """What became of the characters, for each script that a document came from."""
