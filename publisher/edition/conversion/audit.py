"""What a person should look at in a converted text: risky types, with their places.

A place is in the queue if the edge of a word kept a phrase of OpenCC's from matching;
if OpenCC alone, or the statutes of Taiwan, write another character; or if a character
that is often wrong got its default. Places of one kind are one type: dozens of
decisions stand for hundreds of places.

The queue is not complete. It holds what several ways of choosing disagree about, and
what is known to be risky; where all are wrong together it sees nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias, get_args

from publisher.book import Conversion, Override, Script
from publisher.edition.conversion.account import (
    Audit,
    Irreversible,
    Kind,
    Place,
    Split,
)
from publisher.edition.conversion.converter import Choice, Converter, Trace
from publisher.edition.conversion.layers import LayerName
from publisher.edition.conversion.risks import doubts
from publisher.edition.conversion.schemes import converter, spelling_of
from publisher.edition.lines import ADDRESS
from publisher.edition.marks import fixed
from publisher.edition.places import where
from publisher.source import NOWHERE, Span
from publisher.tree import walk
from publisher.tree.nodes import Document, Run

AROUND = 12
"""How many characters of context a place is shown with, on each side."""


@dataclass(slots=True)
class _Found:
    """What the places of one type have in common, being gathered."""

    choice: Choice
    plain: str
    why: dict[str, None] = field(default_factory=dict)
    places: list[Place] = field(default_factory=list)


_Key: TypeAlias = tuple[str, str, int, str]
"""Word, rendering, which character, what chose it."""


@dataclass(slots=True)
class _Book:
    """A book being gone through."""

    conv: Converter
    back: Converter | None
    kinds: dict[_Key, _Found] = field(default_factory=dict)
    words: dict[str, dict[str, list[Place]]] = field(default_factory=dict)
    irreversible: list[Irreversible] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    characters: int = 0
    choices: int = 0


def audit(
    documents: Iterable[Document], to: Script, source: Script, book: Conversion
) -> Audit | None:
    """What became of the runs of some documents; ``None`` if there is no choice.

    ``documents`` are those before conversion, with the quotation marks of the edition.
    """
    conv = converter(to, source, book)
    if conv is None:
        return None
    gone = _Book(conv, converter(source, to))
    for document in documents:
        for owner, run in walk.runs(document):
            _run(gone, run, where(document, owner))
    return Audit(
        to,
        source,
        spelling_of(to, book) or "",
        gone.characters,
        gone.choices,
        _kinds(gone),
        _splits(gone),
        tuple(gone.irreversible),
        tuple(row for row in book.overrides if _unused(row, gone)),
        tuple((word, next(iter(seen))) for word, seen in sorted(gone.words.items())),
    )


def _unused(row: Override, gone: _Book) -> bool:
    """Whether an entry of the book stands nowhere in it."""
    to_simplified = gone.conv.scheme.name.endswith("2s")
    region = {"s2tw": "tw", "tw2s": "tw", "s2hk": "hk", "hk2s": "hk"}
    if row.region not in ("", region.get(gone.conv.scheme.name)):
        return False
    return (row.traditional if to_simplified else row.simplified) not in gone.used


def _kinds(gone: _Book) -> tuple[Kind, ...]:
    """The types, those nobody decided first, then by how many places they have."""
    out = []
    for (key, rendering, at, _), found in gone.kinds.items():
        reviewed = found.choice.by in ("book", "names")
        out.append(
            Kind(
                key,
                rendering,
                at,
                gone.conv.candidates.get(key[at], (key[at],)),
                found.plain,
                _said(found.choice),
                found.choice.note,
                tuple(found.why),
                "reviewed" if reviewed else "open",
                tuple(found.places),
            )
        )
    out.sort(key=lambda kind: (kind.state, -len(kind.places), kind.key, kind.at))
    return tuple(out)


def _said(choice: Choice) -> str:
    """What chose a character, in words: ``phrase 换发``, ``override book 复议``."""
    layers = get_args(LayerName)
    kind = f"override {choice.by}" if choice.by in layers else choice.by
    return f"{kind} {choice.key}".strip()


def _splits(gone: _Book) -> tuple[Split, ...]:
    return tuple(
        Split(word, tuple((said, tuple(places)) for said, places in seen.items()))
        for word, seen in sorted(gone.words.items())
        if len(seen) > 1
    )


# ---------------------------------------------------------------- one run


@dataclass(frozen=True, slots=True)
class _Run:
    """A run, where it stands, and how it was converted."""

    run: Run
    where: str
    trace: Trace
    fixed: tuple[tuple[int, int], ...]

    def place(self, start: int, end: int) -> Place:
        """A stretch of the run with its context."""
        text, source = self.trace.text, self.trace.source
        first, last = max(start - AROUND, 0), end + AROUND
        return Place(
            self.where,
            _span(self.run, start, end),
            text[first:start],
            text[end:last],
            source[first:last],
        )

    def word(self, at: int) -> tuple[int, int]:
        """The edges of the word that a character stands in."""
        start = self.trace.edges.rfind(1, 0, at + 1)
        return max(start, 0), self.trace.edges.find(1, at + 1)


def _run(gone: _Book, run: Run, place: str) -> None:
    text = walk.plain(run)
    trace = gone.conv.trace(text)
    gone.characters += sum(map(_han, text))
    kept = (*fixed(run), *(found.span() for found in ADDRESS.finditer(text)))
    here = _Run(run, place, trace, kept)
    back = gone.back.plain.convert(trace.text) if gone.back else text
    doubtful = doubts(trace, taiwan=gone.conv.scheme.name == "s2tw")
    for at, (char, choice) in enumerate(zip(text, trace.choices, strict=True)):
        if choice.by == "same" and char == back[at]:
            continue
        if any(start <= at < end for start, end in here.fixed):
            continue
        if choice.by in ("book", "names"):
            gone.used.add(choice.key)
        if back[at] != char and gone.back and _foreign(char, gone.back):
            mark = here.place(at, at + 1)
            gone.irreversible.append(Irreversible(char, back[at], mark))
        if len(gone.conv.candidates.get(char, ())) > 1:
            gone.choices += 1
            _word(gone, here, at)
        why = tuple(doubtful.why(at))
        if why:
            _risk(gone, here, at, why)


def _foreign(char: str, back: Converter) -> bool:
    """Whether a character of the source is one that only the other script has."""
    forms = back.candidates.get(char, (char,))
    return char not in forms


def _word(gone: _Book, here: _Run, at: int) -> None:
    """Keep how the word was written; a single character is too little to compare."""
    start, end = here.word(at)
    if end - start > 1:
        trace = here.trace
        seen = gone.words.setdefault(trace.source[start:end], {})
        places = seen.setdefault(trace.text[start:end], [])
        if len(places) < _ENOUGH:
            places.append(here.place(start, end))


_ENOUGH = 3
"""So many places show how a word is written."""


def _risk(gone: _Book, here: _Run, at: int, why: tuple[str, ...]) -> None:
    trace = here.trace
    choice = trace.choices[at]
    start, end = _stretch(here, at)
    word, said = trace.source[start:end], trace.text[start:end]
    key = word, said, at - start, f"{choice.by} {choice.key}"
    found = gone.kinds.setdefault(key, _Found(choice, trace.plain[at]))
    found.why.update(dict.fromkeys(why))
    found.places.append(here.place(start, end))


def _stretch(here: _Run, at: int) -> tuple[int, int]:
    """The words that name the choice: its own, or one that is longer than a character.

    Both ends are edges of words, so that the same words in ``conversions.tsv`` hit.
    """
    text = here.trace.source
    if entry := _entry(here, at):
        return entry
    start, end = here.word(at)
    if end - start > 1:
        return start, end
    left = here.word(start - 1)[0] if start and _han(text[start - 1]) else start
    right = here.word(end)[1] if end < len(text) and _han(text[end]) else end
    longer, shorter = start - left, right - end
    if longer == shorter == 1:
        return left, right
    return (left, end) if longer >= shorter else (start, right)


def _entry(here: _Run, at: int) -> tuple[int, int] | None:
    """The entry or phrase that chose a character, if it is made of whole words."""
    trace = here.trace
    key = trace.choices[at].key
    for start in range(at, max(at - len(key), -1), -1):
        end = start + len(key)
        if trace.source.startswith(key, start) and trace.edges[start]:
            return (start, end) if len(key) > 1 and trace.edges[end] else None
    return None


def _span(run: Run, start: int, end: int) -> Span:
    """The place in the source of a stretch of a run, as far as one text holds it."""
    at = 0
    for text in walk.texts_of(run):
        size = len(text.text)
        if at <= start < at + size:
            if len(text.span) != size:
                return text.span
            first = text.span.start + start - at
            last = min(first + end - start, text.span.end)
            return Span(text.span.file, first, last)
        at += size
    return NOWHERE


def _han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff" or char >= "\U00020000"
