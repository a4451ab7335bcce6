"""Articles of other acts that a decision gives at its end, under the names of the acts.

Decisions and interpretations attach what they rest on: 《某某公约》 on a line of its
own and then its 第三条, the next act and its 第八条. These are quotations: their
numbers are not the document's, skip what is left out, and begin again with each act.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from publisher.patterns import pattern
from publisher.read.marks import HAN, Mark
from publisher.read.text import Line
from publisher.tree.nodes import Attachment, Block, Document, Heading, Prose
from publisher.tree.walk import plain

# 《海牙公约》; 二、《海牙公约》（节录）; 1.《某法》有关条款:
NAME = pattern(
    rf"(?:(?:{HAN}{{1,3}}|\d{{1,2}})\s?[、.．]\s?|[（(]{HAN}{{1,3}}[）)]\s?)?"
    r"《(?P<act>[^《》]+(?:〈[^〈〉]+〉[^《》]*)?)》(?:[（(][^（()）]{1,12}[）)])?"
    r"(?:(?:有关|相关|節錄|节录)\w{0,6})?[:：]?"
)
CITED = Mark("heading", style="cited")
QUOTED = Mark("plain", style="quoted")
ENDS = frozenset(("title", "question", "answer", "from", "byline", "signoff"))
"""Kinds of line that no excerpt goes over."""
TAKEN = frozenset(("attachment", "quoted", "toc", "table", "image"))
NUMBERED = frozenset(("article", "division", "item", "plain"))


def excerpts(lines: Sequence[Line], found: list[Mark]) -> None:
    """Take the marks from the articles of other acts; what names an act is a heading.

    They stand under an attachment's heading, or there are several acts. One act alone
    may be the document's own, printed with its name in 《》.
    """
    named = set(_named(lines, found))
    if not named:
        return
    attached = any(m.style == "attachment" for m in found[: min(named)])
    if not attached and len(named) < 2:
        return
    inside = False
    for i, one in enumerate(found):
        if i in named:
            found[i], inside = CITED, True
        elif one.kind in ENDS or one.style == "attachment":
            inside = False
        elif inside and one.kind in NUMBERED:
            found[i] = QUOTED


def _named(lines: Sequence[Line], found: Sequence[Mark]) -> Iterator[int]:
    """The lines that name an act whose articles follow.

    The first of these articles do not count on from the document's own.
    """
    own, begun = 0, False
    for i, one in enumerate(found):
        if one.kind == "article" and not begun:
            own = one.number[0]
        if one.kind not in ("plain", "item", "heading") or one.style in TAKEN:
            continue
        below = _below(found, i)
        foreign = below and (begun or below.number[0] != own + 1)
        if foreign and NAME.fullmatch(lines[i].text):
            begun = True
            yield i


def _below(found: Sequence[Mark], i: int) -> Mark | None:
    """The mark of the article under a line; a note may stand between."""
    below = [m for m in found[i + 1 : i + 3] if m.kind != "note"][:1]
    return below[0] if below and below[0].kind == "article" else None


def excerpted(document: Document) -> Mapping[str, str]:
    """The acts that paragraphs of a document are excerpts of, by their ids."""
    return dict(_excerpted(document.body))


def _excerpted(body: Sequence[Block]) -> Iterator[tuple[str, str]]:
    act = ""
    for block in body:
        match block:
            case Attachment():
                yield from _excerpted(block.body)
            case Heading():
                found = NAME.fullmatch(plain(block.run))
                act = found["act"] if found else ""
            case Prose(quoted=True) if act:
                yield block.id, act
            case _:
                pass
