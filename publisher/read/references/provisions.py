"""The provisions of a document as citations see them: 条, 款, 项 and 目, by number.

They are taken from the tree with the ids they have there; no id is put together from
parts. A number is looked up in the innermost part that has it: an annex, a 编 whose
articles restart, then the whole document.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from publisher.patterns import pattern
from publisher.tree.nodes import (
    Article,
    Attachment,
    Block,
    Division,
    Document,
    Fixed,
    Gap,
    Item,
    Marked,
    Node,
    Note,
    Number,
    Paragraph,
    Reference,
    Ruby,
    Strong,
    Text,
    Toc,
)
from publisher.tree.walk import children, plain, runs

ARTICLE, PARA, POINT, SUB = range(4)
"""The levels that a citation can name; what is below a 目 is deeper."""
# 第一項第二款: 項 is the paragraph, as in Taiwan
TAIWAN = pattern(
    r"第[一二三四五六七八九十0-9]{1,3}項第[一二三四五六七八九十0-9]{1,3}款"
)
# 第一款第二項: 款 is the paragraph, as on the mainland
MAINLAND = pattern(
    r"第[一二三四五六七八九十0-9]{1,3}款第[（(]?[一二三四五六七八九十0-9]{1,3}[）)]?項"
)


@dataclass(slots=True, eq=False)
class Provision:
    """One provision, with those of the next level ``inside`` it, in reading order.

    ``scopes`` are the ids of the parts that an article stands in, innermost first; the
    last of them is what its number is counted through: the document or an annex.
    ``numbered`` finds a provision inside by level and number.
    """

    id: str
    level: int
    number: Number
    parent: Provision | None = None
    place: int = 0
    scopes: tuple[str, ...] = ()
    inside: list[Provision] = field(default_factory=list)
    numbered: dict[tuple[int, Number], Provision] = field(default_factory=dict)

    def up(self, level: int) -> Provision | None:
        """Itself or the provision around it that is of a level."""
        at: Provision | None = self
        while at and at.level > level:
            at = at.parent
        return at if at and at.level == level else None

    def before(self, count: int) -> list[Provision]:
        """At most so many provisions that stand right before it beside it."""
        if not self.parent:
            return []
        return self.parent.inside[max(self.place - count, 0) : self.place]


class Provisions:
    """All provisions of one document."""

    def __init__(self, document: Document) -> None:
        """Collect them; the document must have its ids."""
        self.owners: dict[str, Provision] = {}
        self.series: dict[str, list[Provision]] = {}
        self.numbered: dict[tuple[str, Number], Provision] = {}
        self._visit(document, None, ("",))
        self.taiwan = _is_taiwan(document)

    def article(self, number: Number, scopes: tuple[str, ...]) -> Provision | None:
        """The article of a number, in the first of some parts that has it."""
        found = (self.numbered.get((scope, number)) for scope in scopes)
        return next((one for one in found if one), None)

    def preceding(
        self, article: Provision, count: int, *, older: bool = False
    ) -> list[Provision]:
        """The articles before one, as many as there are without a number missing.

        ``older``: 第三条之一 was put in later, and is passed over.
        """
        series, at = self.series[article.scopes[-1]], article.place
        if older:
            near = at and _follows(series[at - 1], series[at])
            return [one for one in series[:at] if near and not one.number[1]][-count:]
        while (
            at and article.place - at < count and _follows(series[at - 1], series[at])
        ):
            at -= 1
        return series[at : article.place]

    def between(self, first: Provision, last: Provision) -> list[Provision]:
        """What stands between two provisions of one kind, without them."""
        if first.level != last.level:
            return []
        if first.level == ARTICLE and first.scopes[-1] == last.scopes[-1]:
            beside = self.series[first.scopes[-1]]
        elif first.parent and first.parent is last.parent:
            beside = first.parent.inside
        else:
            return []
        return beside[first.place + 1 : last.place]

    def _visit(
        self, node: Node, within: Provision | None, scopes: tuple[str, ...]
    ) -> None:
        match node:
            case Text() | Note() | Gap() | Toc():
                return
            case Strong() | Reference() | Marked() | Ruby() | Fixed():
                return
            case Attachment():
                within, scopes = None, (node.id,)
            case Division():
                scopes = (node.id, *scopes)
            case Article():
                within = self._article(node, scopes)
            case Paragraph() if within and within.level == ARTICLE:
                within = _below(within, node.id, (node.number, 0))
            case Item() if within and within.level > ARTICLE:
                within = _below(within, node.id, node.number)
            case _:
                pass
        if within:
            self.owners[node.id] = within
        for child in children(node):
            self._visit(child, within, scopes)

    def _article(self, node: Article, scopes: tuple[str, ...]) -> Provision:
        beside = self.series.setdefault(scopes[-1], [])
        made = Provision(
            node.id, ARTICLE, node.number, place=len(beside), scopes=scopes
        )
        beside.append(made)
        for scope in scopes:
            self.numbered.setdefault((scope, node.number), made)
        return made


def _below(parent: Provision, name: str, number: Number) -> Provision:
    level = parent.level + 1
    made = Provision(name, level, number, parent, len(parent.inside), parent.scopes)
    parent.inside.append(made)
    parent.numbered.setdefault((level, number), made)
    if level == POINT and parent.parent:
        parent.parent.numbered.setdefault((level, number), made)
    return made


def _follows(one: Provision, other: Provision) -> bool:
    """Whether no article can be missing between two numbers."""
    (first, zhi), (second, step) = one.number, other.number
    return (second, step) in {(first, zhi + 1), (first + 1, 0)}


def _is_taiwan(document: Document) -> bool:
    """Whether 項 is the paragraph and 款 the point, as in Taiwan."""
    label = next((text.text for text in _labels(document.body)), "")
    if "條" not in label:
        return False
    shown = [plain(run) for _, run in runs(document)]
    taiwan = sum(len(TAIWAN.findall(text)) for text in shown)
    return sum(len(MAINLAND.findall(text)) for text in shown) <= taiwan


def _labels(body: tuple[Block, ...]) -> Iterator[Text]:
    """The labels of articles."""
    for block in body:
        match block:
            case Article():
                yield block.label
            case Division() | Attachment():
                yield from _labels(block.body)
            case _:
                pass
