"""Lines → documents: which line goes on with which.

A newspaper page runs several documents through one another. The lines are dealt out by
a search over the whole file (`publisher.read.beam`).

Law: a line is in exactly one thread, order inside a thread is that of the file, and no
join goes over a structural marker.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from publisher.patterns import pattern
from publisher.read.affinity import Affinity
from publisher.read.beam import Chain, Page, search
from publisher.read.expect import facts
from publisher.read.marks import CLOSING, Mark, ends_open
from publisher.read.seam import RUNNING, Echoes
from publisher.read.text import Line
from publisher.read.trust import Seam, seams

FRAGMENT = 12
"""A line shorter than this that has no comma is no broken paragraph."""
WEAK, SHORT, POINT = 0.28, 0.2, 0.8
"""How much a line without comma and stop looks broken: a long one, a short, a point."""
RARE = 0.2
"""No more than this share of a form's lines end without a stop where most end well."""
SPOKEN = frozenset(("article", "question", "answer", "from"))
"""Kinds of line whose text is sentences, and never a heading."""
BODY = frozenset(("article", "item", "question", "answer", "bullet", "plain", "from"))
# 专业界 200人: rows of tables
LISTED = pattern(r"\S\s")


@dataclass(frozen=True, slots=True)
class Thread:
    """The lines of one document, by index, in reading order."""

    lines: tuple[int, ...]
    seams: tuple[Seam, ...]
    open: bool
    """Whether its last paragraph breaks off."""
    loose: tuple[int, ...] = ()
    """Lines before the last that break off and that the next does not go on with."""


def thread(
    lines: Sequence[Line],
    marks: Sequence[Mark],
    ruled: Mapping[tuple[int, int], float] = MappingProxyType({}),
) -> tuple[Thread, ...]:
    """Deal the lines of a file out to documents, in the order of their first lines.

    ``ruled`` has what the editor has decided: the cost of a seam from line to line.
    """
    echoes = Echoes([line.text for line in lines])
    known = [facts(m, line.text) for m, line in zip(marks, lines, strict=True)]
    affinity = Affinity(echoes.texts)
    broken = _broken(lines, marks)
    for left, right in ruled:
        broken[left] = 1.0 if ruled[left, right] < 0 else broken[left]
    page = Page(lines, known, echoes, affinity, broken, dict(ruled))
    found = sorted(
        (_finish(page, chain) for chain in search(page)), key=lambda made: made.lines
    )
    owner = {i: at for at, made in enumerate(found) for i in made.lines}
    gone_on = frozenset(seam.left for made in found for seam in made.seams)
    return tuple(
        replace(made, seams=_sure(seams(page, made.seams, owner, gone_on), ruled))
        for made in found
    )


def _sure(
    found: Sequence[Seam], ruled: Mapping[tuple[int, int], float]
) -> tuple[Seam, ...]:
    """Seams, of which the editor has confirmed some."""
    return tuple(
        replace(made, ruled=(made.left, made.right) in ruled) for made in found
    )


def _broken(lines: Sequence[Line], marks: Sequence[Mark]) -> list[float]:
    """For each line, how much it looks like the first part of a broken paragraph.

    1 is running text without a stop, 0 a finished paragraph; between them is what may
    be a heading or the row of a list. Where many lines end without a stop its lack
    says little; where nearly all others of the form have one it says much.
    """
    body = [
        i for i, m in enumerate(marks) if m.kind in BODY and m.size < len(lines[i].text)
    ]
    bare = [i for i in body if ends_open(lines[i].text) and lines[i].text[0] != "|"]
    long = sum(len(lines[i].text) > 8 for i in body)
    usual = sum(len(lines[i].text) > 8 for i in bare) > max(4, 0.3 * long)
    bare = [i for i in bare if not _titles(lines, marks, i)]
    listed = _listed(marks, body, frozenset(bare))
    forms = Counter((marks[i].kind, marks[i].style) for i in body)
    lack = Counter((marks[i].kind, marks[i].style) for i in bare)
    out = [0.0] * len(lines)
    for i in bare:
        form = (marks[i].kind, marks[i].style)
        rare = forms[form] > 3 and lack[form] <= max(1, RARE * forms[form])
        rare = rare and i not in listed
        torn = _torn(lines, marks, i)
        out[i] = (
            1.0 if torn else _weight(lines[i].text, marks[i], usual=usual, rare=rare)
        )
    return out


def _torn(lines: Sequence[Line], marks: Sequence[Mark], i: int) -> bool:
    """Whether the next line begins with a mark that none may begin with.

    CLREQ #prohibition_rules_for_line_start_end.
    """
    if i + 1 == len(lines) or marks[i + 1].kind != "plain":
        return False
    return CLOSING.match(lines[i + 1].text) is not None


def _titles(lines: Sequence[Line], marks: Sequence[Mark], i: int) -> bool:
    """Whether a line is what 附件二, alone on the line before, is called."""
    before = marks[i - 1] if i else None
    if not before or before.style != "attachment" or RUNNING.search(lines[i].text):
        return False
    return before.size >= len(lines[i - 1].text)


def _listed(
    marks: Sequence[Mark], body: Sequence[int], bare: frozenset[int]
) -> frozenset[int]:
    """The points without a stop that stand in a list beside another without one."""
    last: dict[str, int] = {}
    out: set[int] = set()
    for i in body:
        m = marks[i]
        if m.kind != "item":
            continue
        before = last.get(m.style)
        last[m.style] = i
        follows = before is not None and marks[before].number[0] + 1 == m.number[0]
        if before is not None and follows and {before, i} <= bare:
            out |= {before, i}
    return frozenset(out)


def _weight(text: str, mark: Mark, *, usual: bool, rare: bool) -> float:
    """How much a line without a stop looks broken off."""
    if len(text) > 8 and (RUNNING.search(text) or mark.kind in SPOKEN):
        return 0.5 if usual else 1.0
    if usual or (mark.kind == "item" and not rare) or LISTED.search(text, mark.size):
        return 0.0
    if mark.kind == "item":
        return POINT
    return WEAK if len(text) >= FRAGMENT else SHORT if rare and len(text) > 8 else 0.0


def _finish(page: Page, last: Chain) -> Thread:
    chain: Chain | None = last
    lines, joints, loose, joined = [], [], [], True
    while chain:
        lines.append(chain.line)
        if not joined and page.broken[chain.line] == 1.0:
            loose.append(chain.line)
        joined = chain.joined
        if chain.joined and chain.before:
            joints.append(Seam(chain.before.line, chain.line))
        chain = chain.before
    ends = page.broken[last.line] == 1.0
    return Thread(tuple(lines[::-1]), tuple(joints[::-1]), ends, tuple(loose[::-1]))
