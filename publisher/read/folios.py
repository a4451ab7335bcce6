"""Page numbers between the lines of a text, and the heads that recur beside them.

Text that was copied from pages has their folios (页码) on lines of their own, often in
the midst of a sentence. They are furniture, as the heads and feet of web pages are: set
aside as layout, on record, and what they stood between is read as if they were not
there. — 1 — and 第 6 页 are nothing else. A bare 1 may be the text's own, so it needs
evidence: a word that goes on over it, or numbers that rise from page to page and break
sentences.

Law: what is no folio for certain stays text, and is reported; the editor's word counts
for more than any evidence.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from publisher.book import Decision
from publisher.numerals import number
from publisher.patterns import pattern
from publisher.read.marks import ends_open, mark
from publisher.read.ruled import about
from publisher.read.rules import FURNITURE
from publisher.read.seam import RUNNING, fold
from publisher.read.text import Line
from publisher.read.words import across, torn
from publisher.source import Span

LONGEST = 48
"""The most characters of a line that is a folio, or a head with one."""
PAGE = r"(?:\d{1,4}|[〇零一二三四五六七八九十百]{1,5}|[ivxlIVXL]{1,6})"
STROKE = r"[-—–―－~～·•‧∙_]{1,3}"
PAGES = r"共\s*\d{1,4}\s*[页頁]"
# — 1 —; ·5·; 第 6 页 共 9 页; 共9页 第6页; — 第7页 —; Page 3 of 9
DRESSED = (
    rf"{STROKE}\s*(?P<a>{PAGE})\s*{STROKE}"
    rf"|(?:{STROKE}\s*)?(?:{PAGES}[\s,，、/／]*)?第\s*(?P<b>{PAGE})\s*[页頁]"
    rf"(?:[\s,，、/／（(]*{PAGES}[）)]?)?(?:\s*{STROKE})?"
    r"|[Pp]age\s+(?P<c>\d{1,4})(?:\s+of\s+\d{1,4})?"
)
# 4; 6/9; - 4: what may be a folio, and may be text
BARE = r"(?:[-—–－·•]\s*)?(?P<d>\d{1,4})(?:\s*[/／]\s*\d{1,4})?(?:\s*[-—–－·•])?"
SURE = pattern(DRESSED)
ALONE = pattern(BARE)
# 某市公报　2024年第3期　— 12 —; 12　某市公报: a head with a folio in its line
HEAD_FIRST = pattern(rf"(?P<head>\S.{{2,40}}?)[ \t\u3000]+(?:{DRESSED}|{BARE})")
HEAD_LAST = pattern(rf"(?:{DRESSED}|{BARE})[ \t\u3000]+(?P<head>\S.{{2,40}})")
FIGURE = pattern(r"[\d〇零一二三四五六七八九十百ivxlIVXL]")
# What a number in a sentence stands before, and behind: 不少于 3 名
COUNTED = pattern(
    r"[\d，、。；：！？,;:!?）)”’」』》〉】%％‰℃°个個名人年月日号號时時分秒天周岁歲条條款项項章节節编編目次元角"
    r"万萬亿億千百十倍成级級类類种種件份册冊页頁本张張台套辆輛艘架座栋棟间間户戶家所处處届屆批組组"
    r"队隊班米公吨噸克升亩畝顷頃度位只头頭颗株课課例篇部期季折卷版点點至到的之以]"
)
COUNTING = pattern(
    r"[\dA-Za-z第约約满滿逾达達至到每共近超足为為是有于於见見载載在前后後以]$"
)
# 见第7页, 第7页的表格: cited
CITING = pattern(r"[见見载載在于於至到自从從同及和与與、]$")
CITED = pattern(r"[，、。；：,;:）)的至到及和与與]")
HEADLIKE = frozenset(("plain", "title", "note", "bullet"))
HEADS = frozenset(("title", "division", "heading", "note"))
MANY = 3
"""So many bare numbers in turn may be folios."""
STEP = 3
"""From one folio to the next that is there it is no further than so many pages."""
LEAST = 150
"""So many characters at least are on a page."""
BREAKING = 0.25
"""The share of the folios that stand in the midst of a sentence, at least."""
SHORT, SHORTEST = 9, 4
"""A line with fewer characters may be the cell of a table, and a number beside it too;
and with fewer than the second it is no running head."""
LARGEST = 999
"""A larger number on a line of its own is a year rather than a page."""


@dataclass(frozen=True, slots=True)
class Aside:
    """Lines that are no text, by index, and such as perhaps are none."""

    lines: frozenset[int] = frozenset()
    doubtful: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Folio:
    """A line that is a folio by its form; ``head`` is what else stands in it."""

    line: int
    number: int
    dressed: bool
    head: str = ""


def folios(lines: Sequence[Line], decisions: Sequence[Decision] = ()) -> Aside:
    """The lines of a file that are its pages' furniture."""
    accepted, rejected = about(lines, decisions, FURNITURE.name)
    found = [folio for i, line in enumerate(lines) if (folio := _folio(i, line))]
    if not found:
        return Aside(accepted)
    page = _Page(lines, found)
    sure = set(page.dressed()) | set(page.in_turn()) | set(page.in_words())
    sure |= set(page.beside(sure))
    sure = (sure | accepted) - rejected
    if len(sure) == len(lines):
        return Aside()
    doubtful = [f.line for f in found if page.odd(f)]
    left = (i for i in doubtful if i not in sure and i not in rejected)
    return Aside(frozenset(sure), tuple(left))


def parted(
    lines: Sequence[Line], aside: frozenset[int]
) -> tuple[tuple[Line, ...], tuple[Span, ...]]:
    """The lines that are text, and where those stand that are none."""
    kept = tuple(line for i, line in enumerate(lines) if i not in aside)
    return kept, tuple(lines[i].span for i in sorted(aside))


def _folio(i: int, line: Line) -> _Folio | None:
    text = line.text
    if len(text) > LONGEST or line.level or not FIGURE.search(text):
        return None
    if found := SURE.fullmatch(text):
        return _Folio(i, _number(found), dressed=True)
    if found := ALONE.fullmatch(text):
        return _Folio(i, _number(found), dressed=False)
    headed = HEAD_FIRST.fullmatch(text) or HEAD_LAST.fullmatch(text)
    if not headed or RUNNING.search(text) or mark(line).kind not in HEADLIKE:
        return None
    dressed = headed["d"] is None
    return _Folio(i, _number(headed), dressed=dressed, head=fold(headed["head"]))


def _number(found: re.Match[str]) -> int:
    """A folio as it counts; roman ones count as nothing."""
    named = found.groupdict()
    printed = next(named[key] for key in "abcd" if named.get(key))
    return number(printed) or 0


class _Page:
    """The lines of a file, and what stands around those that look like folios."""

    def __init__(self, lines: Sequence[Line], found: Sequence[_Folio]) -> None:
        self.lines = lines
        self.found = found
        self.folios = {folio.line for folio in found}

    @cached_property
    def heads(self) -> Mapping[str, int]:
        """How often each line stands beside a folio, if it may be a running head."""
        beside = {at for i in self.folios for at in (i - 1, i + 1)} - self.folios
        return Counter(
            fold(self.lines[at].text)
            for at in beside
            if 0 <= at < len(self.lines) and self.headlike(at)
        )

    def headlike(self, i: int) -> bool:
        """Whether a line could be a running head by its look."""
        text = self.lines[i].text
        return (
            SHORTEST <= len(text) <= LONGEST
            and ends_open(text)
            and not RUNNING.search(text)
            and mark(self.lines[i]).kind in HEADLIKE
        )

    def recurs(self, i: int) -> bool:
        """Whether a line stands beside several folios."""
        return self.heads.get(fold(self.lines[i].text), 0) > 1 and self.headlike(i)

    def around(self, i: int) -> tuple[Line | None, Line | None]:
        """The lines of text before and after a folio."""
        return self._next(i, -1), self._next(i, 1)

    def _next(self, i: int, step: int) -> Line | None:
        at = i + step
        while 0 <= at < len(self.lines) and (at in self.folios or self.recurs(at)):
            at += step
        return self.lines[at] if 0 <= at < len(self.lines) else None

    def inside(self, i: int) -> bool:
        """Whether a line stands in the midst of a sentence that goes on over it."""
        before, after = self.around(i)
        return bool(
            before
            and after
            and ends_open(before.text)
            and len(before.text) >= SHORT
            and mark(before).kind not in HEADS
            and mark(after).kind == "plain"
        )

    def counts(self, i: int) -> bool:
        """Whether a bare number may belong to the sentence: 不少于 / 3 / 名."""
        before, after = self.around(i)
        counted = after and COUNTED.match(after.text)
        counting = before and COUNTING.search(before.text)
        return bool(counted or counting)

    def cited(self, i: int) -> bool:
        """Whether 第 7 页 is spoken of, and not where it stands."""
        if self.lines[i].text[0] not in "第共":
            return False
        before, after = self.around(i)
        citing = before and CITING.search(before.text)
        return bool(citing or (after and CITED.match(after.text)))

    def dressed(self) -> Iterator[int]:
        """Folios that are nothing else by their form."""
        for folio in self.found:
            if folio.dressed and not folio.head and not self.cited(folio.line):
                yield folio.line

    def in_words(self) -> Iterator[int]:
        """Bare numbers with a word that goes on over them."""
        for folio in self.found:
            i = folio.line
            if folio.head or folio.dressed or not self.inside(i) or self.counts(i):
                continue
            before, after = (fold(line.text) for line in self.around(i) if line)
            over = across(before, after)
            if over > 2 or (over and torn(before)):
                yield i

    def in_turn(self) -> Iterator[int]:
        """Numbers, bare or each in the same head, that rise and break sentences."""
        for run in self._runs():
            places = [folio.line for folio in run]
            breaks = [i for i in places if self.inside(i) and not self.counts(i)]
            if run[0].dressed:
                least, share = 2, 0.0
            else:
                least, share = MANY, BREAKING
            if len(run) >= least and len(breaks) >= share * len(run):
                yield from places

    def _runs(self) -> Iterator[list[_Folio]]:
        """Numbers that rise, each a page from the last."""
        groups: defaultdict[tuple[str, bool], list[_Folio]] = defaultdict(list)
        for folio in self.found:
            if folio.head or (not folio.dressed and self._amid(folio.line)):
                groups[folio.head, folio.dressed].append(folio)
        for group in groups.values():
            run: list[_Folio] = []
            for folio in group:
                if run and not self._turns(run[-1], folio):
                    yield run
                    run = []
                run.append(folio)
            yield run

    def _turns(self, one: _Folio, other: _Folio) -> bool:
        """Whether one folio may be of the page after the other's, or soon after."""
        begin = self.lines[one.line].span.end
        apart = self.lines[other.line].span.start - begin
        return 0 < other.number - one.number <= STEP and apart >= LEAST

    def _amid(self, i: int) -> bool:
        """Whether a bare number stands among sentences, and not in a table."""
        if not self.folios.isdisjoint((i - 1, i + 1)):
            return False
        return all(
            len(line.text) >= SHORT
            or RUNNING.search(line.text)
            or mark(line).kind != "plain"
            for line in self.around(i)
            if line
        )

    def beside(self, sure: set[int]) -> Iterator[int]:
        """The heads and feet that recur beside folios."""
        for i in sure:
            for at in (i - 1, i + 1):
                if 0 <= at < len(self.lines) and at not in sure and self.recurs(at):
                    often = self.heads[fold(self.lines[at].text)]
                    if often * STEP >= len(sure):
                        yield at

    def odd(self, folio: _Folio) -> bool:
        """Whether it must be told of if a line is taken for text."""
        if folio.head:
            return False
        return folio.dressed or (folio.number <= LARGEST and self._amid(folio.line))
