"""A text in another script, and for each character the rule that chose it.

Law: without layers and without edges of words this is OpenCC, byte for byte; with them
a text keeps its length. Whatever the converter does it can say: `Trace`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, TypeAlias

from publisher.edition.conversion.dictionaries import Candidates, Scheme, compatible
from publisher.edition.conversion.layers import Layer, LayerName, Pattern
from publisher.edition.conversion.matcher import (
    Match,
    edges_of,
    matches,
    regional,
    segments,
)
from publisher.words import cut

By: TypeAlias = Literal["same", "character", "default", "phrase", "pattern"] | LayerName
"""What chose a character: nothing to choose, one candidate, the first of several, …"""


@dataclass(frozen=True, slots=True)
class Choice:
    """How one character was chosen."""

    by: By
    key: str = ""
    """The phrase or entry that it stands in."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """A conversion with its reasons, offset for offset."""

    source: str
    text: str
    """The conversion."""
    plain: str
    """What OpenCC alone makes of it."""
    edges: bytearray
    choices: tuple[Choice, ...]
    blocked: tuple[Match, ...]
    """The phrases that would have straddled the edge of a word."""


@dataclass(slots=True)
class _Parse:
    """A text gone through once."""

    text: str
    edges: bytearray | None
    out: list[str] = field(default_factory=list)
    found: list[Match] = field(default_factory=list)
    blocked: list[Match] | None = None
    choices: list[Choice] | None = None


@dataclass(frozen=True)
class Converter:
    """A scheme of OpenCC with the layers that lie over it."""

    scheme: Scheme
    layers: tuple[Layer, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    bounded: bool = True
    """Whether a phrase may not straddle the edge of a word."""

    @property
    def candidates(self) -> Candidates:
        """What each character may become, the first candidate by default."""
        return self.scheme.candidates

    @cached_property
    def _table(self) -> dict[str, str]:
        """First candidates, with those that the shipped layer puts in their place."""
        table = dict(self.scheme.table)
        for layer in self.layers:
            if layer.name == "legal-core":
                table.update(layer.forms)
        return table

    @cached_property
    def strays(self) -> frozenset[str]:
        """Characters that the other script does not have: they always become others."""
        region = self.scheme.after.apply
        return frozenset(
            char
            for char, forms in self.candidates.items()
            if char not in forms and region(forms[0]) != char
        )

    @cached_property
    def plain(self) -> Converter:
        """The same scheme as OpenCC has it."""
        return Converter(self.scheme, bounded=False)

    def convert(self, text: str) -> str:
        """The text in the other script."""
        return "".join(self._parse(text, traced=False).out)

    def trace(self, text: str) -> Trace:
        """The text in the other script, with the reason of each character."""
        parse = self._parse(text, traced=True)
        return Trace(
            text,
            "".join(parse.out),
            self.plain.convert(text),
            parse.edges or bytearray(b"\1" * (len(text) + 1)),
            tuple(parse.choices or ()),
            tuple(parse.blocked or ()),
        )

    def _parse(self, given: str, *, traced: bool) -> _Parse:
        text = compatible(given)
        parse = _Parse(text, self._edges(text))
        if traced:
            parse.blocked, parse.choices = [], []
        hits = [(each, _hits(text, each, parse.edges)) for each in self.layers]
        barred = _barred(len(text), [match for _, found in hits for match in found])
        self._phrases(parse, barred)
        if parse.choices is not None:
            self._reasons(parse)
        self._neighbours(parse)
        for layer, found in hits:
            self._lay(parse, layer, found)
        return parse

    def _edges(self, text: str) -> bytearray | None:
        """Where words begin, as the dictionary of simplified words has them."""
        if not self.bounded:
            return None
        simple = text
        if self._to_simplified:
            written = self.scheme.before.apply(text)
            simple = "".join(map(self._table.get, written, written))
        return edges_of(cut(simple), len(text))

    @property
    def _to_simplified(self) -> bool:
        return self.scheme.name.endswith("2s")

    def _phrases(self, parse: _Parse, barred: bytearray | None) -> None:
        """What OpenCC makes of the text, its phrases kept inside the edges."""
        scheme, text = self.scheme, parse.text
        if scheme.before.table and parse.edges is None:
            self._stretches(parse)
            return
        text = regional(text, scheme.before, [], parse.edges)
        parse.found = matches(text, scheme.phrases, parse.edges, barred, parse.blocked)
        out = list(map(self._table.get, text, text))
        for match in parse.found:
            out[match.start : match.end] = match.value
        parse.out = list(regional("".join(out), scheme.after, parse.found))

    def _stretches(self, parse: _Parse) -> None:
        """OpenCC's way: phrases of the text part it, and each part is gone through."""
        scheme, text = self.scheme, parse.text
        parse.found = matches(text, scheme.phrases)
        changed = regional(text, scheme.before, parse.found)
        parse.out = list(map(self._table.get, changed, changed))
        stretches = segments(len(text), parse.found)
        parse.found = []
        for start, end in stretches:
            for at, size, value in matches(changed[start:end], scheme.phrases):
                match = Match(start + at, size, value)
                parse.out[match.start : match.end] = value
                parse.found.append(match)

    def _reasons(self, parse: _Parse) -> None:
        candidates = self.scheme.candidates
        reasons = []
        for old, new in zip(parse.text, parse.out, strict=True):
            several = len(candidates.get(old, ())) > 1
            by: By = "default" if several else "same" if old == new else "character"
            reasons.append(_CHOICES[by])
        for match in parse.found:
            key = parse.text[match.start : match.end]
            reasons[match.start : match.end] = [Choice("phrase", key)] * match.size
        parse.choices = reasons

    def _neighbours(self, parse: _Parse) -> None:
        """Characters that stand in no phrase, by what is around them."""
        for pattern in self.patterns:
            for found in pattern.regex.finditer(parse.text):
                at = found.start()
                if any(m.start <= at < m.end for m in parse.found):
                    continue
                edges = parse.edges
                if not pattern.alone or (edges and edges[at] and edges[at + 1]):
                    around = parse.text[max(at - 1, 0) : at + 2]
                    choice = Choice("pattern", around, pattern.note)
                    _put(parse, at, pattern.form, choice)

    def _lay(self, parse: _Parse, layer: Layer, found: Sequence[Match]) -> None:
        """Put a layer over what is there; shipped words take the region's forms."""
        if layer.name == "legal-core":
            region = self.scheme.after.apply
            found = [m._replace(value=region(m.value)) for m in found]
        elif layer.forms:
            self._forms(parse, layer)
        for match in found:
            key = parse.text[match.start : match.end]
            choice = Choice(layer.name, key, layer.notes.get(key, ""))
            _put(parse, match.start, match.value, choice)

    def _forms(self, parse: _Parse, layer: Layer) -> None:
        for found in layer.places(parse.text):
            char = found[0]
            choice = Choice(layer.name, char, layer.notes.get(char, ""))
            _put(parse, found.start(), layer.forms[char], choice)


_CHOICES: dict[By, Choice] = {
    by: Choice(by) for by in ("same", "character", "default", "phrase")
}


def _hits(text: str, layer: Layer, edges: bytearray | None) -> list[Match]:
    if not layer.phrases:
        return []
    return matches(text, layer.phrases, None if layer.straddles else edges)


def _barred(size: int, found: Sequence[Match]) -> bytearray | None:
    """The offsets inside entries: no phrase of OpenCC's may begin or end there."""
    if not found:
        return None
    out = bytearray(size + 1)
    for match in found:
        out[match.start + 1 : match.end] = b"\1" * (match.size - 1)
    return out


def _put(parse: _Parse, start: int, value: str, choice: Choice) -> None:
    parse.out[start : start + len(value)] = value
    if parse.choices is not None:
        parse.choices[start : start + len(value)] = [choice] * len(value)
