"""The editor's own words inside a tree: notes, gaps, notices, given titles.

They are no source text, so a conversion of runs passes them by; they are changed here,
each on its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from publisher.book import Script
from publisher.edition.lines import Change
from publisher.tree import walk
from publisher.tree.nodes import (
    Attachment,
    Block,
    Division,
    Document,
    Enclosing,
    Fixed,
    Gap,
    Inline,
    Marked,
    Note,
    Notice,
    Reference,
    Ruby,
    Run,
    Strong,
    Text,
)


def map_marks(document: Document, change: Change) -> Document:
    """A document with the words that are not its source's changed.

    What is said *about* source text (the law that a reference names, the act of a
    promulgation note) counts among them.
    """
    new = walk.map_document(document, lambda run: _run(run, change), lambda text: text)
    if new.note:
        acts = tuple(replace(e, act=change(e.act)) for e in new.note.events)
        new = replace(new, note=replace(new.note, events=acts))
    return replace(
        new,
        body=tuple(_notices(block, change) for block in new.body),
        given_title=change(new.given_title),
        short_title=change(new.short_title),
    )


def _run(run: Run, change: Change) -> Run:
    return tuple(_inline(inline, change) for inline in run)


def _inline(inline: Inline, change: Change) -> Inline:
    match inline:
        case Text():
            return inline
        case Note() | Gap():
            return replace(inline, text=change(inline.text))
        case Strong() | Marked() | Fixed():
            return replace(inline, inlines=_run(inline.inlines, change))
        case Ruby():
            said = change(inline.reading)
            return replace(inline, inlines=_run(inline.inlines, change), reading=said)
        case Reference():
            law = None if inline.law is None else change(inline.law)
            return replace(inline, inlines=_run(inline.inlines, change), law=law)
        case _:
            assert_never(inline)


def _notices(block: Block, change: Change) -> Block:
    match block:
        case Notice():
            return replace(block, text=change(block.text))
        case Division() | Attachment():
            return replace(block, body=tuple(_notices(b, change) for b in block.body))
        case _:
            return block


def fixed(run: Run) -> Iterator[tuple[int, int]]:
    """The stretches of a run that the editor keeps from conversion."""
    at = 0
    for inline in run:
        size = len(walk.plain((inline,)))
        if isinstance(inline, Fixed):
            yield at, at + size
        elif inner := getattr(inline, "inlines", ()):
            yield from ((at + a, at + b) for a, b in fixed(inner))
        at += size


def refill(run: Run, text: str, script: Script | None = None) -> Run:
    """The run with the characters of a text of the same length, markup where it was.

    What is fixed keeps its own, or has those that the editor wants in this script.
    """
    out: list[Inline] = []
    at = 0
    for inline in run:
        size = len(walk.plain((inline,)))
        part = text[at : at + size]
        at += size
        match inline:
            case Text():
                out.append(replace(inline, text=part))
            case Fixed():
                own = walk.plain(inline.inlines)
                part = dict(inline.renderings).get(script, own) if script else own
                out.append(_inside(inline, part, script))
            case Strong() | Reference() | Marked() | Ruby():
                out.append(_inside(inline, part, script))
            case Note() | Gap():
                out.append(inline)
            case _:
                assert_never(inline)
    return tuple(out)


def _inside(inline: Enclosing, text: str, script: Script | None) -> Enclosing:
    return replace(inline, inlines=refill(inline.inlines, text, script))
