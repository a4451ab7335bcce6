"""What the source lacks of a document (缺文), by its numbers and by what is told of it.

Law: nothing is guessed. A provision counts as missing when its neighbours are there, or
when another document says how many there are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from publisher.check.claims import Claim
from publisher.edition import snippets
from publisher.edition.places import name_document, names, where
from publisher.edition.prepared import Missing
from publisher.numerals import to_chinese
from publisher.tree import walk
from publisher.tree.nodes import Article, Division, Document

LAST = (4, 3, 2, 1)
"""How many of the last words are shown, the best first."""
TITLE = re.compile(r"《[^《》]+》")


def missing(
    document: Document,
    told: Claim | None,
    by: Document | None,
    known: snippets.Counts,
) -> Missing | None:
    """What a document lacks, or None when it lacks nothing that can be known.

    ``told`` is what the document ``by`` says of it.
    """
    numbers = [article.number[0] for article in articles(document)]
    total = told.articles or 0 if told else 0
    begins = 1 if total or document.head_missing else min(numbers, default=1)
    lost = holes(numbers, begins, total)
    after = [hole for hole in lost if numbers and hole[0] > max(numbers)]
    gone = told.missing_chapters if told else ()
    cut = document.tail_missing
    if not (cut or document.head_missing or lost or gone):
        return None
    owner, run = list(walk.runs(document))[-1]
    called = names((document,)).get(where(document, owner), "")
    counted = bool(numbers) or document.kind == "press_qa"
    beyond = [entry for entry in gone if entry[0] > max(chapters(document), default=0)]
    informed = told and by and (after or gone)
    return Missing(
        document=document.id,
        cut_in=called if cut and counted else "",
        last_words=snippets.left(walk.plain(run), known, LAST) if cut else "",
        articles="、".join(stretch(*hole) for hole in lost),
        chapters=tuple((_chapter(number), heading) for number, heading in gone),
        claim=claim(told, by) if told and by and informed else "",
        tail=_and([stretch(*h) for h in after], [_chapter(n) for n, _ in beyond]),
    )


def articles(document: Document) -> list[Article]:
    """Every article in reading order."""
    return [node for node in walk.walk(document) if isinstance(node, Article)]


def chapters(document: Document) -> list[int]:
    """The numbers of the chapters (章) in reading order."""
    nodes = (node for node in walk.walk(document) if isinstance(node, Division))
    return [node.number[0] for node in nodes if node.kind == "chapter"]


def holes(numbers: Sequence[int], begins: int, total: int) -> list[tuple[int, int]]:
    """The stretches of numbers that are not there, up to a total if it is known.

    Where the numbers begin again (编 that count their own 条) nothing is missing, nor
    before the first of a document that is a part (合同编, 修正案) and begins there.
    """
    ends = [begins - 1, *numbers, *([total + 1] if total else [])] if numbers else []
    return [(a + 1, b - 1) for a, b in pairwise(ends) if b > a + 1]


def stretch(first: int, last: int) -> str:
    """As in 第二十六条至第三十四条."""
    return "至".join(f"第{to_chinese(n)}条" for n in dict.fromkeys((first, last)))


def claim(told: Claim, by: Document) -> str:
    """As in 答记者问称《条例》共六章、三十四条, with the title that it uses itself."""
    said = next(
        (walk.plain(r) for o, r in walk.runs(by) if where(by, o) == told.where), ""
    )
    titles = TITLE.findall(said.partition(told.text)[0])
    subject = titles[-1] if titles else ""
    return f"{name_document(by)}称{subject}{told.text}"


def _chapter(number: int) -> str:
    return f"第{to_chinese(number)}章"


def _and(*parts: Sequence[str]) -> str:
    return "及".join("、".join(part) for part in parts if part)
