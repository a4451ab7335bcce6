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
from typing import TypeAlias

from publisher.read.references.follow import Citation, follow
from publisher.tree.nodes import Document, Inline, Reference, Run
from publisher.tree.walk import map_document, plain, runs, slice_run, texts_of

__all__ = ["Citation", "citing", "follow", "refer"]

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
