"""What the source lacks of a document (缺文), by its numbers and by what is told of it.

Law: nothing is guessed. A provision counts as missing when its neighbours are there, or
when another document says how many there are. What begins with 第三章 or （三） may be
whole: chapters run on across 编, and an amendment gives the points that it adds alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from publisher.check.attachments import lost_tables
from publisher.check.claims import Claim
from publisher.check.series import (
    LEVELS,
    Range,
    Series,
    between,
    name_gap,
    name_range,
    ranges,
    serieses,
)
from publisher.check.series import missing as skipped
from publisher.edition import snippets
from publisher.edition.places import name_document, names, where
from publisher.edition.prepared import Missing, Skip, Unseen
from publisher.edition.select import anchors
from publisher.numerals import to_chinese
from publisher.patterns import pattern
from publisher.tree import walk
from publisher.tree.ids import anchor
from publisher.tree.nodes import Article, Division, Document

LAST = (4, 3, 2, 1)
"""How many of the last words are shown, the best first."""
TITLE = pattern(r"《[^《》]+》")


def missing(
    document: Document,
    told: Claim | None,
    by: str,
    known: Callable[[], snippets.Counts],
    marked: Sequence[Skip] = (),
) -> Missing | None:
    """What a document lacks, or None when it lacks nothing that can be known.

    ``told`` is what another document says of it, and ``by`` is that in words (`claim`);
    ``marked`` is what is marked in its place (`skips`).
    """
    numbers = [article.number[0] for article in articles(document)]
    total = told.articles or 0 if told else 0
    whole = bool(total) or document.head_missing
    lost = _lost(document, total, whole=whole)
    after = [
        (first, last) for _, first, last in lost if first > max(numbers, default=0)
    ]
    gone = told.missing_chapters if told else ()
    out = Missing(
        document=document.id,
        cut_in="",
        last_words="",
        articles="、".join(inside + stretch(a, b) for inside, a, b in lost),
        chapters=tuple((_chapter(number), heading) for number, heading in gone),
        claim=by if told and (after or gone) else "",
        tail=_and(
            [stretch(*hole) for hole in after],
            [_chapter(n) for n, _ in gone if n > max(chapters(document), default=0)],
        ),
        head=document.head_missing,
        begins=""
        if whole or min(numbers, default=1) < 2
        else stretch(*[min(numbers)] * 2),
        unseen=tuple(_unseen(document, {number for number, _ in gone})),
        unbroken=bool(numbers) and not lost,
        skipped=_kinds(marked),
        unattached="、".join(skip.name for skip in marked if skip.level == "table"),
        bare=_bare(document),
    )
    if document.tail_missing:
        return _cut(out, document, known())
    anything = (out.head, lost, gone, out.begins, out.unseen, out.bare, out.unattached)
    return out if any(anything) else None


def _cut(found: Missing, document: Document, known: snippets.Counts) -> Missing:
    """The same of a document that breaks off."""
    owner, run = list(walk.runs(document))[-1]
    called = names((document,)).get(where(document, owner), "")
    counted = bool(articles(document)) or document.kind == "press_qa"
    words = snippets.left(walk.plain(run), known, LAST)
    return replace(found, cut_in=called if counted else "", last_words=words)


def _bare(document: Document) -> str:
    """What a document has that is nothing but its title."""
    if document.body:
        return ""
    return "标题与题注" if document.note else "标题"


def _lost(document: Document, total: int, *, whole: bool) -> list[tuple[str, int, int]]:
    """The articles that are not there, by the division that counts its own."""
    found = [s for s in serieses(document) if s.level == "article"]
    if not found:
        return [("", *hole) for hole in holes([], 1, total)]
    out: list[tuple[str, int, int]] = []
    for one in found:
        numbers = [number[0] for number, *_ in one.numbers]
        begins = 1 if whole else min(numbers)
        ends = total if len(found) == 1 else 0
        out += [(one.inside, *hole) for hole in holes(numbers, begins, ends)]
    return out


def _unseen(document: Document, told: AbstractSet[int]) -> Iterator[Unseen]:
    """The divisions and points that are skipped, but for chapters told of already."""
    called = names((document,))
    for one in (s for s in serieses(document) if s.level != "article"):
        for _, before, gone in _gone(one):
            for first, last in gone:
                label = _label(one.level, first, last)
                if one.level == "item":
                    yield Unseen(called.get(one.where, "") + label, "", "")
                elif one.level != "chapter" or not {first, last} <= told:
                    yield Unseen(one.inside + label, label, before)


def skips(document: Document) -> list[Skip]:
    """All that is missing at a place, in reading order.

    An attachment that is named and not there is not of it: it may be another act's.
    """
    found = [skip for one in serieses(document) for skip in _skips(one)]
    for lost in lost_tables(document):
        place = anchor(document, lost.node.id)
        found.append(Skip(lost.called, "", place, "table"))
    if found:
        order = {name: at for at, name in enumerate(anchors((document,)))}
        found.sort(key=lambda skip: order[skip.before])
    return found


def _skips(one: Series) -> Iterator[Skip]:
    """The gaps of a series, each before what comes too early."""
    if one.level == "article":
        present = {number for number, *_ in one.numbers}
        for (left, after, _), (right, before, _) in one.steps():
            named = [name_gap("article", g) for g in between(left, right, present)]
            if named:
                yield Skip("、".join(named), after, before)
        return
    for after, before, gone in _gone(one):
        for first, last in gone:
            yield Skip(_label(one.level, first, last), after, before, one.level)


def _gone(one: Series) -> Iterator[tuple[str, str, tuple[Range, ...]]]:
    """Two neighbours that one node holds, and the numbers wanting between them.

    A list that begins with （三） is given in part, and may go on with （七）.
    """
    if one.level in {"item", "point"} and one.numbers[0][0][0] > 1:
        return
    listed = {number[0] for number, *_ in one.numbers}
    for (left, after, _), (right, before, _) in one.steps():
        if _holder(after) == _holder(before):
            between_them = range(left[0] + 1, right[0])
            yield after, before, ranges(n for n in between_them if n not in listed)


def _holder(name: str) -> str:
    """The anchor of what holds a node, but for the document: reg.book_1 of 第一章."""
    return name.rpartition("__")[0]


def _label(level: str, first: int, last: int) -> str:
    """As in 第二章, or （三）至（四） for points of a list."""
    if level != "item":
        return name_range(level, (first, last))
    return "至".join(f"（{to_chinese(n)}）" for n in dict.fromkeys((first, last)))


def _kinds(marked: Sequence[Skip]) -> tuple[str, ...]:
    """What kinds of things are marked as missing, the largest first: 某章, 某条."""
    words = {level: word for level, (word, _) in LEVELS.items()} | {"table": "表"}
    held = {skip.level for skip in marked}
    return tuple(f"某{word}" for level, word in words.items() if level in held)


def articles(document: Document) -> list[Article]:
    """Every article in reading order."""
    return [node for node in walk.walk(document) if isinstance(node, Article)]


def chapters(document: Document) -> list[int]:
    """The numbers of the chapters (章) in reading order."""
    nodes = (node for node in walk.walk(document) if isinstance(node, Division))
    return [node.number[0] for node in nodes if node.kind == "chapter"]


def holes(numbers: Sequence[int], begins: int, total: int) -> list[tuple[int, int]]:
    """The stretches of numbers that are nowhere, up to a total if it is known.

    Where the numbers begin again (编 that count their own 条) nothing is missing, nor
    before the first of a document that is a part (合同编, 修正案) and begins there.
    """
    ends = [begins - 1, *numbers, *([total + 1] if total else [])]
    gaps = skipped((number, 0) for number in ends)
    return [(first, last) for (first, _), (last, _) in gaps]


def stretch(first: int, last: int) -> str:
    """As in 第二十六条至第三十四条."""
    return "至".join(f"第{to_chinese(n)}条" for n in dict.fromkeys((first, last)))


def claim(told: Claim, by: Document, called: str) -> str:
    """As in 答记者问称《条例》共六章、三十四条, with the title that it uses itself.

    ``called`` is its name among what is printed; else a reader of the book knows
    nothing of it.
    """
    said = next(
        (walk.plain(r) for o, r in walk.runs(by) if where(by, o) == told.where), ""
    )
    titles = TITLE.findall(said.partition(told.text)[0])
    subject = titles[-1] if titles else ""
    who = called or f"来源中本册未收之{name_document(by)}"
    return f"{who}称{subject}{told.text}"


def _chapter(number: int) -> str:
    return f"第{to_chinese(number)}章"


def _and(*parts: Sequence[str]) -> str:
    return "及".join("、".join(part) for part in parts if part)
