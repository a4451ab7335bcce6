"""Citations of provisions (条文引用) in a document's runs, resolved to ids.

本法第三条第二款, 前款, 第五条至第七条 …, and 《…》第…条 for another law. A chain of
targets is one reference. Targets that do not stand in the document are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from publisher.numerals import NUMERAL
from publisher.read.marks import counted
from publisher.source import Span
from publisher.tree.nodes import Document, Reference, Run
from publisher.tree.walk import labels, map_document, plain, runs, slice_run, texts

N = f"(?:{NUMERAL}{{1,9}})"
POINT = rf"第(?:[（(]{N}[）)]|{N})"
ARTICLE = rf"(?:第{N}\s?[条條](?:之{N})?|前{N}?[条條](?![件例文])|本[条條](?![件例文]))"
# 第三条之一第二款第（一）项; 前款第二项; 第四项
ONE = (
    rf"(?:{ARTICLE}(?:{POINT}[款项項目])*"
    rf"|(?:前{N}?(?:款(?!项)|项(?!目)|項(?!目))|本款(?!项)|{POINT}[款项項])(?:{POINT}[款项項目])*)"
)
CHAIN = re.compile(rf"{ONE}(?:(?:、|[，,]?以及|或者|和|或|及|至|到|与|與){ONE})*")
STEP = re.compile(
    rf"(?P<to>[至到])?(?:前(?P<back>{N})?(?P<before>[条條款项項])|本(?P<here>[条條款])"
    rf"|第[（(]?(?P<n>{N})[）)]?\s?(?P<unit>[条條款项項目])(?:之(?P<zhi>{N}))?)|(?P<gap>、|以及|或|及|和|与|與)"
)
# 《中华人民共和国刑法》（以下简称刑法）第…条
TITLE = re.compile(r"《([^《》]{1,60})》(?:[（(][^（）()]{1,40}[）)])?$")
OWN = re.compile(
    r"[本该](?:法|条例|條例|规则|規則|规定|規定|办法|辦法|决定|決定|细则|細則|章程)$"
)
# 刑法第…条, without 《》
BARE = re.compile(
    r"(?:^|[，。、；：（(“\s,;:]|依照|依据|根据|按照|违反|适用|和|与|及|或者)"
    r"((?:中华人民共和国|中華民國)?[\u4e00-\u9fff]{1,16}(?:法|条例|條例))$"
)
VERB = re.compile(r"^(?:依照|依据|根据|按照|违反|适用|将|对|和|与|及|或者)+")
REACH = 70
"""How far before a citation the law's name is looked for, in characters."""
INSIDE = re.compile(r"((?:.*__)?art_[\d-]+?(?:-dup\d+)?)(?:__para_(\d+))?(__.*)?$")


@dataclass(frozen=True, slots=True)
class _Known:
    """What a document has to refer to."""

    ids: frozenset[str]
    articles: tuple[str, ...]
    title: str
    taiwan: bool
    """Whether 項 is the paragraph and 款 the point, as in Taiwan."""


def refer(document: Document) -> Document:
    """The document with its citations marked and resolved; it must have its ids."""
    marked = list(labels(document))
    articles = tuple(i for i, text in marked if i.split("__")[-1].startswith("art_"))
    owners = [owner for owner, _ in runs(document)]
    known = _Known(
        frozenset(owners) | {i for i, _ in marked},
        articles,
        plain(document.title),
        any("條" in text.text for i, text in marked if i in articles[:1]),
    )
    queue = iter(owners)  # map_document goes in the order of runs
    return map_document(
        document, lambda run: _mark(run, next(queue), known), lambda label: label
    )


def _mark(run: Run, owner: str, known: _Known) -> Run:
    text = plain(run)
    if not any(c in text for c in "第前本"):
        return run
    out: Run = ()
    reached = 0
    for found in CHAIN.finditer(text):
        start, law = _law(text, reached, found.start(), known)
        if not law and (not known.articles or not INSIDE.match(owner)):
            continue
        targets = () if law else _targets(found[0], owner, known)
        inner = slice_run(run, start, found.end())
        span = _span(inner)
        out += slice_run(run, reached, start)
        out += (Reference(inner, law or None, targets, span=span),)
        reached = found.end()
    return out + slice_run(run, reached, len(text)) if reached else run


def _span(run: Run) -> Span:
    found = [text.span for inline in run for text in texts(inline)]
    return Span(found[0].file, found[0].start, max(found[0].end, found[-1].end))


def _law(text: str, reached: int, at: int, known: _Known) -> tuple[int, str]:
    """Where a citation begins with the law's name before it, and the other law."""
    before = text[max(reached, at - REACH) : at]
    if found := OWN.search(before):
        return at - len(found[0]), ""
    if found := TITLE.search(before):
        name = found[1]
        own = known.title and _short(name) == _short(known.title)
        return at - len(found[0]), "" if own else name
    if found := BARE.search(before[-24:]):
        name = VERB.sub("", found[1])
        own = known.title and _short(name) == _short(known.title)
        return at - len(name), "" if own else name
    return at, ""


def _short(title: str) -> str:
    return title.removeprefix("中华人民共和国").removeprefix("中華民國")


def _targets(surface: str, owner: str, known: _Known) -> tuple[str, ...]:
    """The ids that a chain of citations means, seen from the node it stands in."""
    here = INSIDE.match(owner)
    article, para = (here[1], int(here[2] or 1)) if here else ("", 1)
    at = _Cursor(article, para, (here[3] or "") if here else "", known)
    out: list[str] = []
    for step in STEP.finditer(surface):
        if step["gap"] or step["to"]:
            out.extend(at.take())
        if not step["gap"]:
            at.go(step)
    out.extend(at.take())
    return tuple(dict.fromkeys(out))


class _Cursor:
    """Follows a chain: 第三条第一款、第三款 keeps the article for the second target."""

    def __init__(self, article: str, para: int, inside: str, known: _Known) -> None:
        self.known = known
        self.article, self.para, self.inside = article, para, inside
        self.path: list[str] = []
        self.found: list[str] = []
        self.range = False
        self.last: tuple[str, int] = ("", 0)

    def take(self) -> Iterator[str]:
        """What has been found since the last joint; the next target begins."""
        found, self.found = self.found, []
        yield from (name for name in found if name in self.known.ids)

    def go(self, step: re.Match[str]) -> None:
        """One more 第…条, 第…款, 第…项, 前款 or 本条."""
        if step["before"]:
            self.back(self.unit(step["before"]), counted(step["back"] or "一") or 1)
        elif step["here"]:
            para = f"{self.article}__para_{self.para}"
            self.found = [self.article if step["here"] in "条條" else para]
        else:
            number = counted(step["n"])
            zhi = f"-{counted(step['zhi'])}" if step["zhi"] else ""
            self.reach(self.unit(step["unit"]), number, zhi, spanning=bool(step["to"]))

    def unit(self, printed: str) -> str:
        """The level that a unit's word means here."""
        if printed in "条條":
            return "art"
        if printed == "目":
            return "sub"
        return "para" if (printed in "项項") == self.known.taiwan else "point"

    def back(self, unit: str, count: int) -> None:
        """前款, 前两款, 前条."""
        if unit == "para":
            first = self.para - count
            self.found = [f"{self.article}__para_{n}" for n in range(first, self.para)]
            self.path = self.found[-1:]
            self.para -= 1
        elif unit == "art" and self.article in self.known.articles:
            at = self.known.articles.index(self.article)
            self.found = list(self.known.articles[max(at - count, 0) : at])
            self.article, self.para = (self.found or [""])[-1], 1
        elif found := re.match(r"__point_(\d+)", self.inside):
            last = int(found[1])
            base = f"{self.article}__para_{self.para}__point_"
            self.found = [f"{base}{n}" for n in range(last - count, last)]

    def reach(self, unit: str, number: int, zhi: str, *, spanning: bool) -> None:
        """第…条 and what is below it."""
        if unit == "art":
            prefix = self.article.rpartition("art_")[0]
            base = f"{prefix}art_"
            self.article, self.para = f"{base}{number}{zhi}", 1
        elif unit == "para":
            base = f"{self.article}__para_"
            self.para = number
        elif unit == "point":
            base = f"{self.article}__para_{self.para}__point_"
            self.inside = f"__point_{number}"
        else:
            base = f"{self.article}__para_{self.para}{self.inside}__subpara_"
        first = self.last[1] + 1 if spanning and self.last[0] == base else number
        self.found = [f"{base}{n}" for n in range(first, number)] + [
            f"{base}{number}{zhi}"
        ]
        self.last = (base, number)
