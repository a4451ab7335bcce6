"""Citations of provisions (条文引用) in a document's runs, resolved to ids.

`surfaces` finds them, `laws` says which law they are of, `resolve` what they mean in
the tree of `provisions`; `follow` does so run by run. A chain of targets is one
reference. What another law says has no target here, nor has what a quotation says of
itself (new wording in an amendment).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TypeAlias, assert_never

from publisher.read.references.follow import Citation, follow
from publisher.tree.nodes import (
    Document,
    Fixed,
    Gap,
    Inline,
    Marked,
    Note,
    Reference,
    Ruby,
    Run,
    Strong,
    Text,
)
from publisher.tree.walk import map_document, plain, runs, slice_run, texts_of

__all__ = ["Citation", "citing", "follow", "refer", "refer_again"]

Cited: TypeAlias = tuple[tuple[Citation, ...], ...]
_LATELY: deque[tuple[Document, Cited]] = deque(maxlen=4)
"""Documents that were made here last, and the citations of each of their runs."""


def refer(document: Document) -> Document:
    """The document with its citations marked and resolved; it must have its ids."""
    known = tuple([tuple(found) for _, _, found in follow(document)])
    # map_document goes in the order of runs
    left = iter(known)
    made = map_document(
        document, lambda run: _marked(run, next(left)), lambda label: label
    )
    _LATELY.append((made, known))
    return made


def refer_again(document: Document) -> Document:
    """The document with its citations marked anew, since its words have changed."""
    return refer(map_document(document, _unmarked, lambda label: label))


def citing(document: Document) -> Iterator[tuple[str, Run, tuple[Citation, ...]]]:
    """Every run that cites something, its owner's id, and its citations.

    A document that was referred is not followed again: it says what it said before.
    """
    known = next((found for made, found in _LATELY if made is document), None)
    if known is None:
        known = tuple([tuple(found) for _, _, found in follow(document)])
    for (owner, run), found in zip(runs(document), known, strict=True):
        if found:
            yield owner, run, found


def _marked(run: Run, found: Sequence[Citation]) -> Run:
    """A run with its citations made references, in one pass over its inlines."""
    found = _cuttable(run, found)
    if not found:
        return run
    cuts = sorted({at for one in found for at in (one.start, one.end)})
    out: list[Inline] = []
    inner: list[Inline] = []
    left = deque(found)
    for at, inline in _cut(run, cuts):
        while left and at >= left[0].end:
            out.append(_reference(left.popleft(), inner))
            inner = []
        (inner if left and at >= left[0].start else out).append(inline)
    out += [_reference(one, inner) for one in left]
    return tuple(out)


def _cuttable(run: Run, found: Sequence[Citation]) -> Sequence[Citation]:
    """The citations that neither begin nor end inside what was replaced as a whole."""
    at, inside = 0, set[int]()
    for text in texts_of(run) if found else ():
        if len(text.text) != len(text.span):
            inside.update(range(at + 1, at + len(text.text)))
        at += len(text.text)
    return [one for one in found if not inside & {one.start, one.end}]


def _unmarked(run: Run) -> Run:
    """A run without its references; a text that one had cut is whole again."""
    out: list[Inline] = []
    cut = False
    for inline in run:
        match inline:
            case Reference():
                first, *others = _unmarked(inline.inlines)
                _put(out, first)
                out += others
            case Strong() | Marked() | Ruby() | Fixed():
                out.append(replace(inline, inlines=_unmarked(inline.inlines)))
            case Text() if cut:
                _put(out, inline)
            case Text() | Note() | Gap():
                out.append(inline)
            case _:
                assert_never(inline)
        cut = isinstance(inline, Reference)
    return tuple(out)


def _put(out: list[Inline], inline: Inline) -> None:
    """Put an inline behind others; one text, if two go on with each other."""
    last = out[-1] if out else None
    if isinstance(last, Text) and isinstance(inline, Text):
        one, other = last.span, inline.span
        true = all(len(text.text) == len(text.span) for text in (last, inline))
        if true and (one.file, one.end) == (other.file, other.start):
            span = replace(one, end=other.end)
            out[-1] = Text(last.text + inline.text, span=span)
            return
    out.append(inline)


def _reference(cited: Citation, inner: Sequence[Inline]) -> Reference:
    spans = [text.span for text in texts_of(tuple(inner))]
    span = replace(spans[0], end=max(spans[0].end, spans[-1].end))
    return Reference(tuple(inner), cited.law or None, cited.sense.targets, span=span)


def _cut(run: Run, cuts: Sequence[int]) -> Iterator[tuple[int, Inline]]:
    """The inlines of a run cut at offsets, each with its own offset."""
    at = 0
    for inline in run:
        size = len(plain((inline,)))
        first, last = bisect_right(cuts, at), bisect_right(cuts, at + size - 1)
        edges = [0, *(cut - at for cut in cuts[first:last]), size]
        for start, end in pairwise(edges):
            parts = slice_run((inline,), start, end) if len(edges) > 2 else (inline,)
            for part in parts:
                yield at + start, part
        at += size
