"""What a run of the tree becomes in a file: text, links, and calls of notes.

All runs pass through `Flow.run`. Whatever has to stand between two characters of a run
is put in there, by cutting the run at an offset (`publisher.tree.walk.slice_run`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from publisher.check.scripts import language_of
from publisher.tree.ids import anchor
from publisher.tree.nodes import (
    Author,
    Document,
    Fixed,
    Gap,
    Inline,
    Marked,
    MarkKind,
    Node,
    Note,
    Reference,
    Ruby,
    Run,
    Strong,
    Text,
)
from publisher.tree.walk import children, plain, readings, runs


@dataclass(frozen=True, slots=True)
class Plain:
    """Characters of the source."""

    text: str


@dataclass(frozen=True, slots=True)
class Bold:
    """Characters that the source sets in bold."""

    inlines: Flowing


@dataclass(frozen=True, slots=True)
class Dressed:
    """Characters with a mark along them."""

    inlines: Flowing
    mark: MarkKind
    by: Author


@dataclass(frozen=True, slots=True)
class Quoted:
    """Characters that are kept as they are, in another script than the text's."""

    inlines: Flowing
    lang: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """Characters with their readings beside them."""

    parts: tuple[tuple[Flowing, str], ...]
    by: Author


@dataclass(frozen=True, slots=True)
class Link:
    """A reference that resolves inside the book."""

    inlines: Flowing
    href: str


@dataclass(frozen=True, slots=True)
class Mark:
    """The editor's mark where text is missing."""

    text: str


@dataclass(frozen=True, slots=True)
class Call:
    """The call of a note of the editor's, and the note."""

    sign: str
    id: str
    """Of the call."""
    note: str
    """Id of the note."""
    text: str


Flowed: TypeAlias = Plain | Bold | Dressed | Quoted | Spoken | Link | Mark | Call
Flowing: TypeAlias = tuple[Flowed, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """Turns the runs of one document into what its files hold."""

    document: Document
    calls: Mapping[str, tuple[Call, ...]]
    """By the id of the node that owns the run."""
    files: Mapping[str, str]
    """Anchor → name of the file it is in, for the whole book."""

    def run(self, owner: str, run: Run, file: str) -> Flowing:
        """A run as it stands in a file; ``owner`` is the id of its node."""
        return self.lines(owner, (run,), file)[0]

    def lines(self, owner: str, runs: Sequence[Run], file: str) -> tuple[Flowing, ...]:
        """The same of a run that was cut into several, in order."""
        calls = iter(self.calls.get(owner, ()))
        return tuple(tuple(self._flow(run, calls, file)) for run in runs)

    def _flow(self, run: Run, calls: Iterator[Call], file: str) -> Iterator[Flowed]:
        for inline in run:
            yield from self._inline(inline, calls, file)

    def _inline(
        self, inline: Inline, calls: Iterator[Call], file: str
    ) -> Iterable[Flowed]:
        match inline:
            case Text():
                return (Plain(inline.text),)
            case Strong():
                return (Bold(tuple(self._flow(inline.inlines, calls, file))),)
            case Marked():
                inner = tuple(self._flow(inline.inlines, calls, file))
                return (Dressed(inner, inline.kind, inline.by),)
            case Ruby():
                return (self._spoken(inline, calls, file),)
            case Fixed():
                inner = tuple(self._flow(inline.inlines, calls, file))
                lang = language_of(plain(inline.inlines), self.document.lang)
                return (Quoted(inner, lang),) if lang else inner
            case Reference():
                inner = tuple(self._flow(inline.inlines, calls, file))
                href = self.href(inline.targets, file)
                return (Link(inner, href),) if href and plain_only(inner) else inner
            case Note():
                return (next(calls),)
            case Gap():
                return (Mark(bracketed(inline.text)),)
            case _:
                assert_never(inline)

    def _spoken(self, ruby: Ruby, calls: Iterator[Call], file: str) -> Spoken:
        parts = (
            (tuple(self._flow(run, calls, file)), said) for run, said in readings(ruby)
        )
        return Spoken(tuple(parts), ruby.by)

    def href(self, targets: tuple[str, ...], file: str) -> str:
        """The link to the first target that is in the book, from ``file``."""
        for target in targets:
            name = anchor(self.document, target)
            if there := self.files.get(name):
                return f"#{name}" if there == file else f"{there}#{name}"
        return ""


def plain_only(inlines: Flowing) -> bool:
    """Whether inlines may stand inside a link: no link, and no call, is inside them."""
    return all(map(_linkable, inlines))


def _linkable(inline: Flowed) -> bool:
    match inline:
        case Plain() | Mark():
            return True
        case Bold() | Dressed() | Quoted():
            return plain_only(inline.inlines)
        case Spoken():
            return all(plain_only(inner) for inner, _ in inline.parts)
        case Link() | Call():
            return False
        case _:
            assert_never(inline)


def number_notes(document: Document) -> dict[str, tuple[Call, ...]]:
    """Number the notes of a document from ①, by the id of the node that calls them."""
    out: dict[str, tuple[Call, ...]] = {}
    number = 0
    for owner, run in runs(document):
        calls = []
        for note in (n for inline in run for n in _notes(inline)):
            number += 1
            name = anchor(document, f"note_{number}")
            calls.append(Call(sign(number), f"{name}.call", name, note.text))
        if calls:
            out[owner] = tuple(calls)
    return out


def sign(number: int) -> str:
    """The sign that calls a note: ① … ㊿, then 51 ….

    >>> sign(1), sign(20), sign(21), sign(36), sign(50), sign(51)
    ('①', '⑳', '㉑', '㊱', '㊿', '51')
    """
    for first, last, start in ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1)):
        if first <= number <= last:
            return chr(start + number - first)
    return str(number)


def bracketed(text: str) -> str:
    """What the editor says inside the text, in the editor's brackets."""
    return text if text.startswith("〔") and text.endswith("〕") else f"〔{text}〕"


def _notes(node: Node) -> Iterator[Note]:
    if isinstance(node, Note):
        yield node
    for child in children(node):
        yield from _notes(child)
