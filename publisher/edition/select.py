"""Excerpt editions: some divisions, articles or questions of a book, and no others.

Laws: what is kept keeps its number, its id and the headings above it; nothing is torn
out of an article, so an id inside one selects the article. A reference to what is not
in the excerpt is plain text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches

from publisher.diagnostics import Problem, Words
from publisher.edition.places import names
from publisher.tree import walk
from publisher.tree.nodes import (
    Block,
    Continuation,
    Division,
    Document,
    Inline,
    Notice,
    Reference,
    Run,
)

_UNKNOWN = Words(
    "选印的 {name} 在书中没有", "nothing in the book is called {name}, to be selected"
)
_PERHAPS = Words("是不是 {name}？", "did you mean {name}?")
_OUTLINE = Words(
    "用 publisher outline 可以看到所有编号", "publisher outline shows all ids"
)

Wanted = Callable[[str], bool]
"""Whether a block of this id was asked for."""


def select(
    documents: Sequence[Document], chosen: Sequence[str]
) -> tuple[tuple[Document, ...], str]:
    """The excerpt that ids (``chp_3``) or anchors (``reg.art_5``) name, and its name.

    An id without its document is looked for in all of them. No ids select everything.

    Raises:
        Problem: (3) an id is in none of the documents.
    """
    if not chosen:
        return tuple(documents), ""
    known = anchors(documents)
    asked = {anchor for wish in chosen for anchor in _matching(wish, known)}
    kept = (_excerpt(document, asked) for document in documents)
    return tuple(d for d in kept if d), _said(documents, asked)


def anchors(documents: Iterable[Document]) -> tuple[str, ...]:
    """Every anchor of the documents in reading order, each document's own first."""
    out: list[str] = []
    for document in documents:
        ids = (getattr(node, "id", "") for node in walk.walk(document))
        inner = [f"{document.id}.{node_id}" for node_id in ids if node_id]
        out += [document.id, *inner[1:]]
    return tuple(out)


def _matching(wish: str, known: Sequence[str]) -> list[str]:
    found = [a for a in known if wish in (a, a.partition(".")[2])]
    if not found:
        every = dict.fromkeys([*known, *(a.partition(".")[2] for a in known)])
        close = get_close_matches(wish, filter(None, every), 1, 0.5)
        hint = _PERHAPS.fill(name=close[0]) if close else _OUTLINE
        raise Problem(3, _UNKNOWN.fill(name=wish), hint)
    return found


def _said(documents: Sequence[Document], asked: set[str]) -> str:
    """What was selected, in words: 第三章、第五条."""
    called = names(documents)
    order = [a for a in anchors(documents) if a in asked and a in called]
    return "、".join(dict.fromkeys(called[anchor] for anchor in order))


def _excerpt(document: Document, asked: set[str]) -> Document | None:
    if document.id in asked:
        return document
    wishes = {a.partition(".")[2] for a in asked if a.startswith(f"{document.id}.")}
    body = _kept(document.body, wishes)
    if not body:
        return None
    last, first = _ends(document.body)
    here = replace(document, body=body)
    ids = {anchor.partition(".")[2] for anchor in anchors((here,))}
    here = replace(
        here,
        tail_missing=document.tail_missing and last in ids,
        head_missing=document.head_missing and first in ids,
    )
    return walk.map_document(here, lambda run: _unlinked(run, ids), lambda text: text)


def _kept(body: Iterable[Block], wishes: set[str]) -> tuple[Block, ...]:
    out: list[Block] = []
    for block in body:
        if _asked(block, wishes):
            out.append(block)
        elif isinstance(block, Division) and (inner := _kept(block.body, wishes)):
            out.append(replace(block, body=inner))
    return tuple(out)


def _asked(block: Block, wishes: set[str]) -> bool:
    """Whether a block was asked for, or something inside it, or its question."""
    if block.id in wishes or block.id.partition("__ans_")[0] in wishes:
        return True
    if isinstance(block, Division):
        return False
    inner = (getattr(node, "id", "") for node in walk.walk(block))
    return any(node_id in wishes for node_id in inner)


def _ends(body: Sequence[Block]) -> tuple[str, str]:
    """The ids of the last and the first block, divisions gone into."""
    blocks = [block for block in _flat(body) if not isinstance(block, Notice)]
    begin = (b for b in blocks if not isinstance(b, Continuation))
    return (blocks[-1].id, next(begin, blocks[0]).id) if blocks else ("", "")


def _flat(body: Iterable[Block]) -> list[Block]:
    out: list[Block] = []
    for block in body:
        out += _flat(block.body) if isinstance(block, Division) else [block]
    return out


def _unlinked(run: Run, ids: set[str]) -> Run:
    return tuple(_inline(inline, ids) for inline in run)


def _inline(inline: Inline, ids: set[str]) -> Inline:
    match inline:
        case Reference():
            inner = _unlinked(inline.inlines, ids)
            targets = tuple(target for target in inline.targets if target in ids)
            return replace(inline, inlines=inner, targets=targets)
        case _:
            return inline
