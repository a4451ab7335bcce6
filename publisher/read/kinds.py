"""What kind of document some paragraphs are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from publisher.patterns import pattern
from publisher.read.marks import OPENER
from publisher.read.pieces import Piece
from publisher.tree.nodes import DocumentKind

DECISION = pattern(r"(?:决定|決定|决议|決議|通知|意见|公告|批复|批復|修正案|答复)")
LAW = pattern(
    r"(?:法|条例|條例|规定|規定|办法|辦法|规则|規則|细则|細則|准则|準則|规程|規程"
    r"|要點|要点|须知|須知|标准|標準|程序|章程|公约)"
)
TAIL = pattern(r"\s*(?:[（(][^（()）]*[）)]\s*)*$")


def kind_of(parts: Sequence[Piece]) -> DocumentKind:
    """Told by its marks first, then by its title."""
    kinds = [part.mark.kind for part in parts]
    articles, asked = kinds.count("article"), kinds.count("question")
    if asked > articles:
        return "press_qa"
    if articles or kinds.count("division") > 1:
        return "regulation"
    if any(kind in ("from", "byline", "signoff") for kind in kinds):
        return "news"
    title = "".join(part.text for part in parts if part.mark.kind == "title")
    title = TAIL.sub("", title)
    if re.search(f"{DECISION.pattern}$", title):
        return "decision"
    if re.search(f"{LAW.pattern}$", title) and _pointed(parts):
        return "regulation"
    body = [part for part in parts if part.mark.kind not in ("title", "note")]
    return "news" if any(OPENER.match(part.text) for part in body[:3]) else "prose"


def _pointed(parts: Sequence[Piece]) -> bool:
    """Whether it has points that count from 1."""
    numbers = [p.mark.number[0] for p in parts if p.mark.kind == "item"]
    return numbers[:1] == [1] and len(numbers) > 1
