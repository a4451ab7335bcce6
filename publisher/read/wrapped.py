"""Lines that were wrapped by hand → the paragraphs that they were.

Old laws come in lines of 32 to 34 characters, the points in them with a hanging
indent. Running text of another sort ends its lines with a stop, so the lines that end
without one say how wide the wrapped lines are, if they agree.

Law: only neighbouring lines are put together, and none over a marker that stands where
its number is expected.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from unicodedata import east_asian_width

from publisher.patterns import pattern
from publisher.read.marks import Mark, ends_open, mark
from publisher.read.text import Line
from publisher.source import Span

NARROWEST, WIDEST = 40, 100
"""Text is wrapped neither narrower nor wider than this many columns."""
HEADS = frozenset(("title", "division", "heading", "note"))
RAGGED = 6
"""How many columns a full line may be short: a mark or a word went over."""
ENOUGH = 3
"""So many lines must agree on the width."""
AGREED = 0.7
"""The share of the lines without a stop that must agree."""
USUAL = 0.9
"""Where so many paragraphs are indented, a line that is not begins none."""
BODY = frozenset(("plain", "article", "item"))
# 第 3 條 before the text stood in a margin of its own when the text was wrapped
LABEL = pattern(r"[ \u3000]*(?:\*\*)?第[^，。；：\n]{1,12}?[条條](?:\*\*)?[ \u3000]+")
# 2 對加強…: a point of a list, whatever its indent
NUMBERED = pattern(r"[\d０-９]{1,2}[ \u3000.．、]")
LISTED = pattern(r"[。；：:;？！…]$")
ENDED = pattern("[。！？；：][”’）]?$")
# 抄送：; 地址：
NAMED = pattern(r"[^，。；：]{1,8}[：:]")
BLANKS = " \t\u3000\r\n*\u200b\ufeff"
DRAWN = pattern(r"^[|+]|[\u2500-\u257f]|!\[")


class _Page:
    """A file's lines; what is asked of one is found when it is first asked for.

    ``hung``: the labels of articles stood in a margin when the lines were wrapped, and
    are no part of their width.
    """

    def __init__(
        self, lines: Sequence[Line], text: str, aside: Sequence[Span], *, hung: bool
    ) -> None:
        self.lines = lines
        self.text = text
        self.aside = aside
        self.hung = hung
        self.marks: dict[int, Mark] = {}
        self.widths: dict[int, int] = {}

    def mark(self, i: int) -> Mark:
        """What a line begins with."""
        if i not in self.marks:
            self.marks[i] = mark(self.lines[i])
        return self.marks[i]

    def width(self, i: int) -> int:
        """How many columns a line has."""
        if i not in self.widths:
            self.widths[i] = _width(self.lines[i], self.text, hung=self.hung)
        return self.widths[i]

    def touches(self, i: int) -> bool:
        """Whether nothing but a line end, or a page's, is before a line."""
        begin, end = self.lines[i - 1].span.end, self.lines[i].span.start
        gap = self.text[begin:end]
        first = bisect_left(self.aside, begin, key=lambda span: span.start)
        last = bisect_left(self.aside, end, key=lambda span: span.start)
        for span in reversed(self.aside[first:last]):
            gap = gap[: span.start - begin] + gap[span.end - begin :]
        ends = gap.count("\n") or gap.count("\r")
        blank = not gap.strip(BLANKS)
        return blank and not self.lines[i].level and (ends == 1 or first < last)

    def may_go_on(self, i: int) -> bool:
        """Whether a line could go on with the one before, by place and marks."""
        return (
            self.touches(i)
            and self.width(i - 1) >= NARROWEST
            and not DRAWN.search(self.lines[i - 1].text)
            and not _begins(self.mark(i))
            and self.mark(i - 1).kind not in HEADS
        )


def unwrap(
    lines: Sequence[Line], text: str, aside: Sequence[Span] = ()
) -> tuple[Line, ...]:
    """The lines with wrapped ones put together; ``text`` is that of their file.

    ``aside`` has the furniture of its pages: what it parts may go on over it.
    """
    pages = [_Page(lines, text, aside, hung=hung) for hung in (True, False)]
    ways = [(page, *_measure(page)) for page in pages]
    page, measure, agree = max(ways, key=lambda way: way[2])
    if not agree:
        return tuple(lines)
    begins = _indented(page, measure)
    out: list[Line] = []
    for i, line in enumerate(lines):
        listed = bool(out) and mark(out[-1]).kind == "item"
        flush = begins and _indent(line, text) < 2
        if (
            i
            and page.may_go_on(i)
            and (flush or not begins)
            and _goes_on(page, i, measure, listed=listed, flush=flush)
        ):
            out[-1] = _joined(out[-1], line)
        else:
            out.append(line)
    return tuple(out)


def _measure(page: _Page) -> tuple[int, int]:
    """How many columns a full line has, and how many lines say so; else twice 0."""
    ends = sorted(
        page.width(i - 1)
        for i in range(1, len(page.lines))
        if ends_open(page.lines[i - 1].text) and page.may_go_on(i)
    )
    best, most = 0, 0
    for i, width in enumerate(ends):
        count = bisect_right(ends, width + RAGGED) - i
        if count > most:
            best, most = width + RAGGED, count
    agreed = most >= max(ENOUGH, AGREED * len(ends)) and best <= WIDEST
    return (best, most) if agreed else (0, 0)


def _indented(page: _Page, measure: int) -> bool:
    """Whether paragraphs begin with an indent, and no other lines do."""
    after = [
        i
        for i in range(1, len(page.lines))
        if LISTED.search(page.lines[i - 1].text)
        and page.width(i - 1) < measure - RAGGED
        and page.mark(i).kind in BODY
    ]
    begun = sum(_indent(page.lines[i], page.text) > 1 for i in after)
    return begun >= max(ENOUGH, USUAL * len(after))


def _goes_on(page: _Page, i: int, measure: int, *, listed: bool, flush: bool) -> bool:
    """Whether a line goes on with the paragraph of the full line before.

    ``listed``: that paragraph is a point of a list, and so may end in a semicolon.
    ``flush``: the line has no indent, as those have that begin a paragraph.
    """
    if not measure - 2 * RAGGED <= page.width(i - 1) <= measure + RAGGED:
        return False
    before = page.lines[i - 1]
    full = page.width(i - 1) >= measure - RAGGED
    if not LISTED.search(before.text) or (
        full and before.text[-1] in "；;" and not listed
    ):
        return True
    own, above = _indent(page.lines[i], page.text), _indent(before, page.text)
    hangs = own > above or own == above > 1
    numbered = NUMBERED.match(page.lines[i].text)
    goes = full and _runs_on(page, i, measure) if flush else hangs and not numbered
    return goes and page.mark(i).kind == "plain"


def _runs_on(page: _Page, i: int, measure: int) -> bool:
    """Whether a flush line under a stop is running text, by itself and the next.

    What ends with a stop too is the paragraph's last line. Without one it may be a
    signature, an address, a heading, a name if it is short; and so may be a long one
    that an indented line follows, or none.
    """
    text = page.lines[i].text
    if NAMED.match(text) or "\u3000" in text.strip():
        return False
    return ENDED.search(text) is not None or (
        measure - RAGGED <= page.width(i) <= measure + RAGGED
        and i + 1 < len(page.lines)
        and page.touches(i + 1)
        and _indent(page.lines[i + 1], page.text) < 2
    )


def _begins(mark: Mark) -> bool:
    """Whether a line begins a paragraph of its own, for certain."""
    return mark.kind != "plain" and mark.sure


def _indent(line: Line, text: str) -> int:
    """The blank columns before a line."""
    start = _start(line, text)
    blank = text[start : line.span.start]
    return len(blank) + blank.count("\u3000")


def _start(line: Line, text: str) -> int:
    at = line.span.start
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def _width(line: Line, text: str, *, hung: bool) -> int:
    """The columns of a line with its indent; without a label that is hung."""
    if len(line.text) > WIDEST:
        return WIDEST * 2
    whole = text[_start(line, text) : line.span.end]
    if hung and (label := LABEL.match(whole)):
        whole = whole[label.end() :]
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in whole)


def _joined(left: Line, right: Line) -> Line:
    span = Span(left.span.file, left.span.start, right.span.end)
    text = left.text + right.text
    return replace(left, span=span, run=left.run + right.run, text=text)
