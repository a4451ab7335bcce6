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
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from publisher.numerals import number
from publisher.patterns import pattern
from publisher.read.marks import CLOSING, ends_open, mark
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
TOTAL = pattern(r"共\s*\d{1,4}\s*[页頁]|\sof\s+\d{1,4}|[/／]\s*\d{1,4}")
FIGURES = pattern(r"\d+")
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
HEADLIKE = frozenset(("plain", "title", "note", "bullet"))
HEADS = frozenset(("title", "division", "heading", "note"))
# 具体安排如下 / — 1 —: the numbers of what is told of next
TELLING = pattern(r"(?:如下|下列|以下|分别|包括|即|是|：|:)$")
MANY = 3
"""So many bare numbers in turn may be folios; and so many heads, running heads."""
STEP = 3
"""From one dressed folio to the next that is there it is no further than so many."""
LEAST = 100
"""So many characters at least are on a page."""
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
    form: str
    """How it is printed, but for the number: —#—."""
    dressed: bool
    head: str = ""
    whole: bool = False
    """Whether it says of how many pages it is one: 第 6 页 共 9 页."""


def folios(lines: Sequence[Line]) -> Aside:
    """The lines of a file that are its pages' furniture."""
    found = [folio for i, line in enumerate(lines) if (folio := _folio(i, line))]
    if not found:
        return Aside()
    page = _Page(lines, found)
    sure = set(page.dressed()) | set(page.in_turn()) | set(page.in_words())
    sure |= set(page.beside(sure))
    if len(sure) == len(lines):
        return Aside()
    doubtful = [f.line for f in found if page.odd(f)]
    return Aside(frozenset(sure), tuple(i for i in doubtful if i not in sure))


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
        return _made(i, found, dressed=True)
    if found := ALONE.fullmatch(text):
        return _made(i, found, dressed=False)
    headed = HEAD_FIRST.fullmatch(text) or HEAD_LAST.fullmatch(text)
    if not headed or RUNNING.search(text) or mark(line).kind not in HEADLIKE:
        return None
    return _made(i, headed, dressed=headed["d"] is None, head=fold(headed["head"]))


def _made(i: int, found: re.Match[str], *, dressed: bool, head: str = "") -> _Folio:
    """A folio by what was matched; roman ones count as nothing."""
    named = found.groupdict()
    key = next(key for key in "abcd" if named.get(key))
    count = number(named[key]) or 0
    start, end = found.span(key)
    text = found.string
    script = "#" if named[key].isdecimal() else "〇" if count else "i"
    form = fold(text[:start] + script + TOTAL.sub("", text[end:]))
    total = TOTAL.search(text[:start] + text[end:]) if dressed and not head else None
    whole = total is not None and count <= int(FIGURES.findall(total[0])[0])
    return _Folio(i, count, form, dressed, head, whole=whole)


class _Page:
    """The lines of a file, and what stands around those that look like folios."""

    def __init__(self, lines: Sequence[Line], found: Sequence[_Folio]) -> None:
        self.lines = lines
        self.found = found
        self.folios = {folio.line for folio in found}

    @cached_property
    def heads(self) -> Mapping[tuple[str, int], int]:
        """How often each line stands on one side of a folio, if it may be a head."""
        return self.beside_of(self.folios)

    def beside_of(self, places: AbstractSet[int]) -> Mapping[tuple[str, int], int]:
        """How often each line stands before (-1) or after (1) one of some folios."""
        return Counter(
            (fold(self.lines[i + side].text), side)
            for i in places
            for side in (-1, 1)
            if 0 <= i + side < len(self.lines)
            and i + side not in self.folios
            and self.headlike(i + side)
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
        """Whether a line stands on the same side of several folios."""
        text = fold(self.lines[i].text)
        often = (self.heads.get((text, side), 0) for side in (-1, 1))
        return max(often) >= MANY and self.headlike(i)

    def around(self, i: int) -> tuple[Line | None, Line | None]:
        """The lines of text before and after a folio."""
        before, after = self.nearest
        return before[i], after[i]

    @cached_property
    def nearest(self) -> tuple[list[Line | None], list[Line | None]]:
        """For each line, the last before it that is text, and the first after it."""
        ways = (range(len(self.lines)), range(len(self.lines) - 1, -1, -1))
        out: list[list[Line | None]] = []
        for way in ways:
            near: list[Line | None] = [None] * len(self.lines)
            last = None
            for i in way:
                near[i] = last
                if i not in self.folios and not self.recurs(i):
                    last = self.lines[i]
            out.append(near)
        return out[0], out[1]

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

    def dressed(self) -> Iterator[int]:
        """Folios that are dressed, by what is around them and by the others."""
        groups: defaultdict[str, list[_Folio]] = defaultdict(list)
        for folio in self.found:
            if folio.whole:
                yield folio.line
            elif folio.dressed:
                groups[folio.form].append(folio)
        for group in groups.values():
            if len(group) > 1 and self.rises(group):
                yield from (folio.line for folio in group)
            elif len(group) == 1 and self.alone(group[0]):
                yield group[0].line

    def rises(self, group: Sequence[_Folio]) -> bool:
        """Whether all of one form rise from page to page.

        —一— and —二— are heads of parts as well, so most must break a sentence.
        """
        turns = all(self._turns(*pair, STEP) for pair in pairwise(group))
        most = "〇" not in group[0].form or 2 * len(self.breaks(group)) > len(group)
        return turns and most and not self.opens(group[0])

    def opens(self, folio: _Folio) -> bool:
        """Whether a number 1 stands under a heading or so: no page is before it."""
        if folio.number != 1 or (folio.dressed and not folio.line):
            return False
        before, _ = self.around(folio.line)
        begun = self.lines[folio.line].span.start < LEAST
        return begun or before is None or mark(before).kind in HEADS

    def alone(self, folio: _Folio) -> bool:
        """Whether the only one of its form stands in the midst of a sentence."""
        i = folio.line
        if folio.head or not self.inside(i):
            return False
        before, after = self.around(i)
        tells = before is not None and TELLING.search(before.text)
        marked = after is not None and CLOSING.match(after.text)
        if "第" in folio.form or tells or (self.counts(i) and not marked):
            return self.torn(i) and not self.counts(i)
        return True

    def torn(self, i: int) -> bool:
        """Whether a word goes on over a line."""
        before, after = (fold(line.text) for line in self.around(i) if line)
        over = across(before, after)
        return over > 2 or (over > 0 and torn(before))

    def breaks(self, group: Sequence[_Folio]) -> list[int]:
        """Where folios stand in the midst of a sentence."""
        places = [folio.line for folio in group]
        return [i for i in places if self.inside(i) and not self.counts(i)]

    def in_words(self) -> Iterator[int]:
        """Numbers with a word that goes on over them."""
        for folio in self.found:
            i = folio.line
            whole = folio.head or folio.number > LARGEST
            if not whole and self.inside(i) and not self.counts(i) and self.torn(i):
                yield i

    def in_turn(self) -> Iterator[int]:
        """Numbers, bare or each in the same head, that rise and break sentences."""
        for run in self.runs:
            breaks = len(self.breaks(run))
            if len(run) >= MANY and breaks > 1 and 2 * breaks > len(run):
                yield from () if self.opens(run[0]) else (f.line for f in run)

    @cached_property
    def runs(self) -> list[list[_Folio]]:
        """Bare numbers that rise, each of the page after the last."""
        groups: defaultdict[str, list[_Folio]] = defaultdict(list)
        for folio in self.found:
            bare = not folio.dressed and folio.number <= LARGEST
            if bare and (folio.head or self._amid(folio.line)):
                groups[folio.form if folio.head else ""].append(folio)
        out: list[list[_Folio]] = []
        for group in groups.values():
            for at, folio in enumerate(group):
                if at and self._turns(out[-1][-1], folio, 1):
                    out[-1].append(folio)
                else:
                    out.append([folio])
        return out

    @cached_property
    def rising(self) -> frozenset[int]:
        """The lines of those that are many."""
        many = (run for run in self.runs if len(run) >= MANY)
        return frozenset(folio.line for run in many for folio in run)

    def _turns(self, one: _Folio, other: _Folio, step: int) -> bool:
        """Whether one folio may be of the page after the other's, or soon after."""
        begin = self.lines[one.line].span.end
        apart = self.lines[other.line].span.start - begin
        return 0 < other.number - one.number <= step and apart >= LEAST

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

    def beside(self, sure: AbstractSet[int]) -> Iterator[int]:
        """The heads and feet that recur beside folios, and nowhere else but above."""
        often = Counter(fold(line.text) for line in self.lines)
        heads = {
            (text, side)
            for (text, side), count in self.beside_of(sure).items()
            if count >= MANY and often[text] <= count + 1 and count * STEP >= len(sure)
        }
        first = min(sure, default=0)
        for i, line in enumerate(self.lines):
            text = fold(line.text)
            sides = [side for side in (-1, 1) if (text, side) in heads]
            if any(i - side in sure for side in sides) and (i > first or -1 in sides):
                yield i

    def odd(self, folio: _Folio) -> bool:
        """Whether it must be told of if a line is taken for text."""
        if folio.head and not folio.dressed:
            return folio.line in self.rising
        return folio.dressed or (folio.number <= LARGEST and self._amid(folio.line))
