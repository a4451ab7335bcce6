"""What was found in a book, as people are told of it: once, and with what to do."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from dataclasses import replace

from publisher.diagnostics import Diagnostic, Words
from publisher.edition.imprint import unnamed
from publisher.jobs.known import Facts
from publisher.jobs.results import Findings
from publisher.pipeline import Loaded
from publisher.source import Source


def found(loaded: Loaded, facts: Facts, late: Iterable[Diagnostic] = ()) -> Findings:
    """What was found in a book, with what its outputs found."""
    every = (*facts.found, *unnamed(loaded.book), *late)
    return findings_of(loaded, facts.sources, every)


def findings_of(
    loaded: Loaded, read: Iterable[Source], found: Iterable[Diagnostic]
) -> Findings:
    """What was found in a book, each finding once; its sources as people name them."""
    sources = (replace(each, name=str(loaded.folder / each.name)) for each in read)
    said = _once(dict.fromkeys(found))
    if loaded.book.bare:
        said = [_of_a_file(each, loaded) for each in said]
    return Findings(loaded.book, tuple(sources), tuple(said))


def _once(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """A mark without its partner is told of when it is read, not again when made."""
    every = list(found)
    told = {each.span for each in every if each.rule.name == "unbalanced-quote"}
    return [
        each
        for each in every
        if each.rule.name != "unmatched-quotation-mark" or each.span not in told
    ]


def _of_a_file(one: Diagnostic, loaded: Loaded) -> Diagnostic:
    """A finding whose hint is of a book's settings, where there is no book yet."""
    hint = one.hint
    if not any(name in hint.zh + hint.en for name in SETTINGS):
        return one
    file = str(loaded.folder / loaded.book.sources[0].path)
    names = {"book": f"sources/{loaded.book.id}", "file": file}
    first = _FIRST.fill(**{key: shlex.quote(name) for key, name in names.items()})
    return replace(one, hint=Words(f"{hint.zh}\n{first.zh}", f"{hint.en}\n{first.en}"))


SETTINGS = ("book.toml", "decisions.toml")
_FIRST = Words(
    "这里只有一个文件，先为它建书稿文件夹：publisher init {book} --from {file}",
    "This is a bare file; make a book of it first: publisher init {book} --from {file}",
)
