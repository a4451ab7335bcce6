"""Mark what is missing where it is: 〔第五条，来源未见〕, 〔（三），来源未见〕.

A provision that is skipped has a notice of its own before the next; a point of a list,
and a table, a mark behind the words that come before the gap. Law: nothing but `Notice`
and `Gap` is added, and an excerpt that does not reach a gap says nothing of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from publisher.edition.prepared import Missing, Skip
from publisher.tree import walk
from publisher.tree.nodes import (
    Attachment,
    Block,
    Continuation,
    Division,
    Document,
    Gap,
    Identified,
    Notice,
    Paragraph,
    Point,
    Prose,
    Run,
    Table,
)
from publisher.tree.nodes import Item as ListItem

HEAD_GAP = "〔上缺〕"
TAIL_GAP = "〔下缺〕"
INLINE = frozenset(("item", "point"))
"""Levels whose gaps are marked behind the words before, on the same line."""


Spot: TypeAlias = Literal["before", "inside", "behind", "ahead"]
"""Before a node, or in one; behind the run of a node, or ahead of it.

What is at a run is a `Gap`, all else a `Notice`.
"""


@dataclass(frozen=True, slots=True)
class Marks:
    """What goes where: the name of what is missing, by the spot and the node's id."""

    notices: Mapping[tuple[Spot, str], Notice]
    gaps: Mapping[tuple[Spot, str], tuple[Gap, ...]]


def marks(document: Document, skips: Sequence[Skip]) -> Marks:
    """The marks of a document, or of the excerpt that it is."""
    notices: dict[tuple[Spot, str], Notice] = {}
    gaps: dict[tuple[Spot, str], tuple[Gap, ...]] = {}
    nodes = _identified(document) if skips else {}
    for skip in skips:
        ends = (name.partition(".")[2] for name in (skip.before, skip.after))
        if not all(name in nodes for name in ends if name):
            continue
        key, text = _spot(document, skip, nodes), skip_text(skip.name)
        if key[0] in ("behind", "ahead"):
            gaps[key] = (*gaps.get(key, ()), Gap(text))
        else:
            notices[key] = Notice(text, id=f"notice_{len(notices) + 1}")
    return Marks(notices, gaps)


def _spot(
    document: Document, skip: Skip, nodes: Mapping[str, Identified]
) -> tuple[Spot, str]:
    """Where something is marked."""
    place = skip.before.partition(".")[2]
    node = nodes[place]
    if skip.level == "table":
        return ("inside" if isinstance(node, Attachment) else "behind"), _owner(node)
    if skip.level in INLINE:
        owner = _before(document, place, nodes)
        return ("behind", owner) if owner else ("ahead", place)
    return "before", place


def _identified(document: Document) -> dict[str, Identified]:
    nodes = (n for n in walk.walk(document) if isinstance(n, Identified) and n.id)
    return {node.id: node for node in nodes if node is not document}


def _owner(node: Identified) -> str:
    """The id of what a table shows last, its caption or a cell; of all else its own."""
    runs = list(walk.runs(node)) if isinstance(node, Table) else []
    return runs[-1][0] if runs else node.id


def _before(document: Document, place: str, nodes: Mapping[str, Identified]) -> str:
    """What owns the run before a node, if it may be of its list, or lead to it."""
    last = ""
    for owner, run in walk.runs(document):
        if owner == place:
            break
        last = owner if run else last
    held = isinstance(nodes.get(last), Paragraph | ListItem | Point | Prose)
    return last if held else ""


def marked(document: Document, gaps: Marks) -> Document:
    """The document with its gaps marked."""
    if gaps.gaps:
        owners = (owner for owner, _ in walk.runs(document))

        def change(run: Run) -> Run:
            here = next(owners)
            ahead = gaps.gaps.get(("ahead", here), ())
            return (*ahead, *run, *gaps.gaps.get(("behind", here), ()))

        document = walk.map_document(document, change, lambda label: label)
    if gaps.notices:
        document = replace(document, body=_between(document.body, gaps))
    return document


def _between(body: Iterable[Block], gaps: Marks) -> tuple[Block, ...]:
    """The blocks, with a notice before each that comes too early."""
    out: list[Block] = []
    for block in body:
        if early := gaps.notices.get(("before", block.id)):
            out.append(early)
        match block:
            case Division() | Attachment():
                lost = gaps.notices.get(("inside", block.id))
                inner = (*_between(block.body, gaps), *((lost,) if lost else ()))
                out.append(replace(block, body=inner))
            case _:
                out.append(block)
    return tuple(out)


def at_head(document: Document) -> Document:
    """〔上缺〕 before the first words, but after a （上接第1版）."""
    skipped = {b.id for b in document.body if isinstance(b, Continuation)}
    owners = (node_id for node_id, _ in walk.runs(document))
    done = False

    def change(run: Run) -> Run:
        nonlocal done
        owner = next(owners)
        if done or owner in (document.id, "note", *skipped):
            return run
        done = True
        return (Gap(HEAD_GAP), *run)

    return walk.map_document(document, change, lambda label: label)


def at_tail(document: Document) -> Document:
    """〔下缺〕 after the last words."""
    last = len(list(walk.runs(document)))
    seen = 0

    def change(run: Run) -> Run:
        nonlocal seen
        seen += 1
        return (*run, Gap(TAIL_GAP)) if seen == last else run

    return walk.map_document(document, change, lambda label: label)


def skip_text(name: str) -> str:
    """〔第五条，来源未见〕."""
    return f"〔{name}，来源未见〕"


def appended(body: tuple[Block, ...], notice: Notice) -> tuple[Block, ...]:
    """The blocks with a notice behind the last words of them."""
    if body and isinstance(body[-1], Division):
        last = replace(body[-1], body=appended(body[-1].body, notice))
        return (*body[:-1], last)
    return (*body, notice)


def notice_text(missing: Missing | None) -> str:
    """〔来源至此中断：第二十五条未完；第二十六条至第三十四条及第六章缺，…〕."""
    cut = missing.cut_in if missing else ""
    lost = (missing.tail if missing else "") or "以下文字"
    said = f"{cut}未完；{lost}缺" if cut else f"{lost}缺"
    return f"〔来源至此中断：{said}，本册不补。参见《编辑说明》。〕"
