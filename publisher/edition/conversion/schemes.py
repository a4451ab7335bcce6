"""Which converter goes from one script to another: dictionaries, and layers on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from publisher.book import UNSETTLED, Conversion, Override, Script, Spelling
from publisher.edition.conversion.converter import Converter
from publisher.edition.conversion.dictionaries import SchemeName, scheme
from publisher.edition.conversion.layers import (
    Layer,
    layer,
    legal_core,
    patterns,
    simplifying,
    spelling,
    turned,
)

SCHEMES: Mapping[tuple[Script, Script], SchemeName] = MappingProxyType(
    {
        ("zh-Hans", "zh-Hant-TW"): "s2tw",
        ("zh-Hans", "zh-Hant-HK"): "s2hk",
        ("zh-Hans", "zh-Hant"): "s2t",
        ("zh-Hant-TW", "zh-Hans"): "tw2s",
        ("zh-Hant-HK", "zh-Hans"): "hk2s",
        ("zh-Hant", "zh-Hans"): "t2s",
    }
)
"""From one script to another, where there are characters to choose among."""
SPELLINGS: Mapping[Script, tuple[Spelling, ...]] = MappingProxyType(
    {
        "zh-Hans": (),
        "zh-Hant-TW": ("tw-legal", "tw"),
        "zh-Hant-HK": ("hk", "hk-legal"),
        "zh-Hant": ("common",),
    }
)
"""The spellings of a script, the one that is taken where nobody says first.

``common`` keeps inherited forms (裏 着 稅 衛), but has those that Taiwan and Hong Kong
both write where OpenCC's own standard does not: 核 not 覈, 為 not 爲, 吃 not 喫.
"""
_REGION: Mapping[Script, str] = MappingProxyType(
    {"zh-Hans": "", "zh-Hant": "", "zh-Hant-TW": "tw", "zh-Hant-HK": "hk"}
)


def spelling_of(script: Script, book: Conversion) -> Spelling | None:
    """The spelling of an edition: the book's, if the script has it, else its own."""
    own = SPELLINGS[script]
    return book.spelling if book.spelling in own else next(iter(own), None)


@lru_cache(maxsize=16)
def converter(
    to: Script, source: Script, book: Conversion = UNSETTLED
) -> Converter | None:
    """What converts between two scripts; ``None`` where nothing is to be chosen."""
    name = SCHEMES.get((source, to))
    if name is None:
        return None
    chosen = scheme(name)
    if to == "zh-Hans":
        rows = turned(_rows(book, _REGION[source]))
        return Converter(chosen, (simplifying(), *_own(rows, book, {}, chosen.table)))
    base = layer("book", _rows(book, _REGION[to]))
    spelt = spelling_of(to, book)
    layers = (legal_core(), *((spelling(spelt),) if spelt else ()))
    names = _names(book.names, chosen.candidates, chosen.table)
    own = (base, layer("names", names, straddles=True))
    return Converter(chosen, (*layers, *filter(_holds, own)), patterns())


def _own(
    rows: Iterable[Override],
    book: Conversion,
    candidates: Mapping[str, tuple[str, ...]],
    table: Mapping[str, str],
) -> Iterator[Layer]:
    named = layer("names", _names(book.names, candidates, table), straddles=True)
    yield from filter(_holds, (layer("book", rows), named))


def _holds(each: Layer) -> bool:
    return bool(each.phrases or each.forms)


def _rows(book: Conversion, region: str) -> list[Override]:
    """The book's entries for a region; one for it alone goes before one for all."""
    rows = [row for row in book.overrides if row.region in ("", region)]
    return sorted(rows, key=lambda row: row.region)


def _names(
    names: Iterable[Override],
    candidates: Mapping[str, tuple[str, ...]],
    table: Mapping[str, str],
) -> Iterator[Override]:
    """Names with their rendering: where none is given, 于成龙 is 于成龍.

    A character that may stay in the other script stays; the others are as always.
    """
    for name in names:
        kept = (
            char if char in candidates.get(char, ()) else table.get(char, char)
            for char in name.simplified
        )
        given = name.traditional or ("".join(kept) if candidates else name.simplified)
        yield Override(name.simplified, given, name.region, name.note, name.place)
