"""The frozen settings that stages may name. `publisher.config` reads them from files.

Lengths are in points unless a name says otherwise; a character is ``size`` wide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

Script: TypeAlias = Literal["zh-Hans", "zh-Hant-TW", "zh-Hant-HK", "zh-Hant"]
Format: TypeAlias = Literal["pdf", "epub"]
Punctuation: TypeAlias = Literal["kaiming", "quanjiao", "banjiao", "tw", "hk"]
Threshold: TypeAlias = Literal["error", "warning", "never"]
Spelling: TypeAlias = Literal["tw", "tw-legal", "hk", "hk-legal", "common"]
Writing: TypeAlias = Literal["horizontal", "vertical"]
Fonts: TypeAlias = Literal["none", "subset"]


BOOK = "book.toml"
"""The file that makes a folder a book."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One untouched input file; ``sha256`` is empty where the book does not say."""

    path: str
    """Relative to the book's folder."""
    sha256: str = ""
    origin: str = ""
    place: str = field(default="", compare=False)
    """Where the book names it: ``file:line:column``, or empty."""


@dataclass(frozen=True, slots=True)
class Selector:
    """Which of the read documents is meant: by kind, and by title if one is given."""

    kind: str
    """A document kind of `publisher.tree.nodes`, which lies above this module."""
    title: str = ""
    place: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Work:
    """A document to print; ``title`` is the editor's where the source has none."""

    select: Selector
    title: str = ""
    short_title: str = ""


@dataclass(frozen=True, slots=True)
class LeaveOut:
    """Documents that are read but not printed, by name and with a reason."""

    select: Selector
    reason: str


@dataclass(frozen=True, slots=True)
class Allow:
    """A finding that the editor accepts: one rule, one place, a reason."""

    rule: str
    where: str
    reason: str
    place: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Decision:
    """The editor's word on one proposed repair (or a repair of the editor's own).

    It is anchored by text: ``before`` must stand in the node ``where`` (an anchor such
    as ``reg.art_19``, which covers all inside it). ``after`` is empty for a rejection.
    """

    verdict: Literal["accept", "reject"]
    rule: str
    where: str
    before: str
    after: str
    reason: str
    place: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Remark:
    """A note of the editor's, after words that are anchored as a decision's are.

    ``every``: after each place in the node where the words stand, not after one.
    """

    where: str
    text: str
    note: str
    every: bool = False
    place: str = field(default="", compare=False)


Highlight: TypeAlias = Literal["emphasis", "name", "title", "ruby", "fixed"]


@dataclass(frozen=True, slots=True)
class Highlighted:
    """Words that the editor marks (着重 专名 书名 注音), or keeps from conversion.

    ``reading`` belongs to ``ruby``; ``renderings`` to ``fixed``: what is printed
    instead in another script, of the same length as ``text``.
    """

    where: str
    text: str
    kind: Highlight
    reading: str = ""
    renderings: tuple[tuple[Script, str], ...] = ()
    every: bool = False
    place: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Override:
    """One entry of a table of conversions: these characters become those.

    Both sides have the same number of characters. One character alone stands for each
    of its places, unless a longer entry says otherwise.
    """

    simplified: str
    traditional: str
    region: str = ""
    """``tw`` or ``hk``; empty for every region."""
    note: str = ""
    """Why."""
    place: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Conversion:
    """What a book says about its editions in the other script."""

    spelling: Spelling | None = None
    """``None``: that of the laws of the edition's region."""
    fail_on_unreviewed: bool = False
    overrides: tuple[Override, ...] = ()
    """The reviewed decisions of ``conversions.tsv``."""
    names: tuple[Override, ...] = ()
    """``names.tsv``: names, with their rendering or, if it is empty, without one."""
    versions: str = ""
    """What the decisions were made with, as ``conversions.tsv`` says."""
    place: str = field(default="", compare=False)
    """Where it says so."""


UNSETTLED = Conversion()
"""Nothing is said: the house's spelling, and no decision of an editor's."""


@dataclass(frozen=True, slots=True)
class Measure:
    """The type area (版心): characters a line, lines a page."""

    chars: int = 28
    lines: int = 27


@dataclass(frozen=True, slots=True)
class Typography:
    """How a printed edition is set; lengths in points."""

    page: tuple[float, float] = (419.53, 595.28)
    """Trim size, width and height."""
    page_name: str = "A5"
    measure: Measure = Measure()
    size: float = 10.5
    size_name: str = "五号"
    leading: float = 18.0
    head: float = 59.53
    """天头, from the trim to the first line box."""
    spine: float = 56.69
    """订口."""
    punctuation: Punctuation = "quanjiao"
    hanging: bool = False
    """Whether 、，。 at the end of a line hang outside the type area (标点悬挂)."""
    ink: Literal["two", "grey"] = "two"


@dataclass(frozen=True, slots=True)
class Edition:
    """One output of a book (版本)."""

    name: str
    format: Format
    script: Script = "zh-Hans"
    typography: Typography = Typography()
    select: tuple[str, ...] = ()
    page_list_from: str = ""
    """The printed edition whose pages an EPUB names; empty for none."""
    print: Edition | None = field(default=None, compare=False, repr=False)
    """That edition itself."""
    writing: Writing = "horizontal"
    """How the lines of an EPUB run (横排, 竖排)."""
    fonts: Fonts = "none"
    """Whether an EPUB carries faces of its own, with the book's characters alone."""
    own_script: bool = False
    """Nobody gave a script: it is that of the book's language, or of a bare file."""


@dataclass(frozen=True, slots=True)
class Conformance:
    """A person's word that the EPUBs of a book keep a standard of accessibility."""

    standard: str
    """As in EPUB Accessibility 1.1 - WCAG 2.2 Level AA, to the letter."""
    certifier: str
    credential: str = ""
    report: str = ""
    """Where the findings of the examination can be read."""


@dataclass(frozen=True, slots=True)
class Book:
    """A publication (书) as ``book.toml`` has it, or made up for a bare file."""

    id: str
    title: str = ""
    subtitle: str = ""
    authority: str = ""
    publisher: str = ""
    language: str = "zh-Hans-CN"
    dates: Mapping[str, date] = field(default_factory=dict)
    """Keys: approved, issued, effective, repealed."""
    rights: str = ""
    sources: tuple[SourceFile, ...] = ()
    works: tuple[Work, ...] = ()
    """In printing order; empty means every document, as read."""
    leave_out: tuple[LeaveOut, ...] = ()
    editions: tuple[Edition, ...] = ()
    allow: tuple[Allow, ...] = ()
    decisions: tuple[Decision, ...] = ()
    notes: tuple[Remark | Highlighted, ...] = ()
    conformance: Conformance | None = None
    """What a person vouches for; None where nobody does."""
    fail_on: Threshold = "error"
    conversion: Conversion = UNSETTLED
    bare: bool = False
    """Made up for a file without a ``book.toml``."""
