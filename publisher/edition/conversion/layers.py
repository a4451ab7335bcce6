"""What is known better than the dictionaries, in layers; the later wins.

    legal-core < spelling of the region < conversions.tsv of the book < spans it marks

A layer holds words, and characters that are written one way everywhere. It is data: a
TSV of simplified, traditional, region, why.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Literal, TypeAlias

from publisher.book import Override, Spelling
from publisher.edition.conversion.dictionaries import Phrases, phrases_of

LayerName: TypeAlias = Literal["legal-core", "spelling", "book", "names"]
INCLUDES: Mapping[Spelling, tuple[Spelling, ...]] = MappingProxyType(
    {
        "tw": ("tw",),
        "tw-legal": ("tw", "tw-legal"),
        "hk": ("hk",),
        "hk-legal": ("hk", "hk-legal"),
        "common": ("common",),
    }
)
"""Whose rows a spelling takes: the spelling of law adds to that of its region."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A character by what stands around it, where no phrase and no entry decides."""

    regex: re.Pattern[str]
    form: str
    alone: bool
    """Whether it must be a word by itself."""
    note: str


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer, ready to be looked up."""

    name: LayerName
    phrases: Phrases
    forms: Mapping[str, str]
    """Characters that are written so everywhere, unless a longer entry says else."""
    notes: Mapping[str, str]
    """Why, for each entry."""
    straddles: bool = False
    """Whether entries count wherever they stand: a name is in no dictionary."""
    pattern: re.Pattern[str] | None = None
    """Finds the forms."""

    def places(self, text: str) -> Iterator[re.Match[str]]:
        """Where a text has one of the forms."""
        return self.pattern.finditer(text) if self.pattern else iter(())


def layer(
    name: LayerName, rows: Iterable[Override], *, straddles: bool = False
) -> Layer:
    """A layer of rows; of two with one key the later counts."""
    kept = tuple(rows)
    words = {r.simplified: r.traditional for r in kept if len(r.simplified) > 1}
    forms = {r.simplified: r.traditional for r in kept if len(r.simplified) == 1}
    notes = {row.simplified: row.note for row in kept}
    pattern = re.compile(f"[{re.escape(''.join(forms))}]") if forms else None
    return Layer(name, phrases_of(words), forms, notes, straddles, pattern)


@cache
def legal_core() -> Layer:
    """The words that OpenCC gets wrong in laws, as shipped."""
    return layer("legal-core", _shipped("legal-core"))


@cache
def patterns() -> tuple[Pattern, ...]:
    """The characters that are known by their neighbours, as shipped."""
    rows = (line.split("\t") for line in text_of("patterns").splitlines())
    return tuple(
        Pattern(re.compile(regex), form, alone == "word", note)
        for regex, form, alone, note in (row for row in rows if len(row) == 4)
    )


@cache
def spelling(name: Spelling) -> Layer:
    """The spelling of a region, or that of its laws, as shipped."""
    regions = INCLUDES[name]
    rows = [row for row in _shipped("spelling") if row.region in regions]
    return layer("spelling", sorted(rows, key=lambda row: regions.index(row.region)))


@cache
def simplifying() -> Layer:
    """What Taiwan and Hong Kong write otherwise, on the way to simplified."""
    return layer("legal-core", (_turned(row) for row in _shipped("simplified")))


def turned(rows: Iterable[Override]) -> Iterator[Override]:
    """Rows for the way back: from the traditional side to the simplified."""
    return map(_turned, rows)


def _turned(row: Override) -> Override:
    return Override(row.traditional, row.simplified, row.region, row.note, row.place)


def _shipped(name: str) -> tuple[Override, ...]:
    rows = (line.split("\t") for line in text_of(name).splitlines())
    return tuple(Override(*row) for row in rows if not row[0].startswith("#"))


@cache
def text_of(name: str) -> str:
    """The text of a table that ships with the package."""
    folder = resources.files("publisher.edition.conversion")
    return folder.joinpath("data", f"{name}.tsv").read_text("utf-8")
