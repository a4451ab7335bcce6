"""The account of a conversion: types with their places, and what else it found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from publisher.book import Override, Script
from publisher.diagnostics import Words
from publisher.source import Span

State: TypeAlias = Literal["open", "reviewed"]
INCOMPLETE = Words(
    "这张表不是全部：它列出几种办法意见不同之处和已知易错的字；各法一同出错之处，它看不见。",
    "This list is not complete: it has the places where several ways of choosing "
    "disagree and the characters known to be risky. Where all are wrong together it "
    "sees nothing.",
)


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a type."""

    where: str
    """The anchor of what owns the run."""
    span: Span
    before: str
    """Context, as in the edition."""
    after: str
    source: str
    """The same words as in the source, context and all."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Places that one decision settles (a type)."""

    key: str
    """The word as in the source: an entry of ``conversions.tsv`` with it settles it."""
    rendering: str
    """The word as in the edition."""
    at: int
    """Which of its characters the choice is about."""
    candidates: tuple[str, ...]
    plain: str
    """What OpenCC alone writes for that character."""
    by: str
    """As in ``phrase 换发``, ``default``, ``override book 复议``."""
    note: str
    why: tuple[str, ...]
    """What put it into the queue, as in ``edge blocked 断发|行``."""
    state: State
    places: tuple[Place, ...]

    @property
    def character(self) -> str:
        """The character of the source."""
        return self.key[self.at]

    @property
    def chosen(self) -> str:
        """The character of the edition."""
        return self.rendering[self.at]


@dataclass(frozen=True, slots=True)
class Split:
    """One word with two renderings in one book."""

    key: str
    renderings: tuple[tuple[str, tuple[Place, ...]], ...]


@dataclass(frozen=True, slots=True)
class Irreversible:
    """A character that does not come back: the source may not be of its script."""

    character: str
    back: str
    place: Place


@dataclass(frozen=True, slots=True)
class Audit:
    """The account of one conversion."""

    script: Script
    source: Script
    spelling: str
    characters: int
    """Han characters that were converted."""
    choices: int
    """Places where there was something to choose."""
    kinds: tuple[Kind, ...] = ()
    splits: tuple[Split, ...] = ()
    irreversible: tuple[Irreversible, ...] = ()
    unused: tuple[Override, ...] = ()
    """Entries of the book that stand nowhere in it."""
    words: tuple[tuple[str, str], ...] = ()
    """Each word with something to choose, and its rendering."""

    @property
    def open(self) -> tuple[Kind, ...]:
        """The types that nobody has decided."""
        return tuple(kind for kind in self.kinds if kind.state == "open")

    @property
    def places(self) -> int:
        """How many places are in the queue."""
        return sum(len(kind.places) for kind in self.kinds)
