"""A source → its lines.

Law: any source gives lines. What is no text (bytes that do not decode, control
characters) is in no line, so that it ends up as layout and never reaches an output.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from publisher.diagnostics import Diagnostic, Report, Words
from publisher.patterns import pattern
from publisher.read.rules import CONTROL, EMPTY
from publisher.read.spans import dress, stretches
from publisher.source import BYTES, Source, Span
from publisher.tree.nodes import Inline, Run, Strong, Text
from publisher.tree.walk import plain

LINE = pattern(r"[^\r\n]+")
COMMENT = pattern(r"<!--(?:(?!-->).)*-->")  # <!-- INFO END -->
# <!-- document -->: what follows is another document, as `publisher.tree.markdown` says
DIVIDER = pattern(r"^<!-- document -->$", re.MULTILINE)
HASHES = pattern(r"(#{1,6})(?:[ \t\u3000]+|$)")  # ## 第一章
# -----: a line of strokes only divides what is above from what is below
RULE = pattern(r"[-=_*]{3,}(?:[ \t]+[-=_*]{2,})*")
UNPRINTABLE = pattern(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]+"
)
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
"""Characters without width that ``str.isspace`` does not know."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, without its layout.

    ``text`` is ``plain(run)``. ``level`` counts the ``#`` before it; ``bold`` is how
    many characters at its start are set bold.
    """

    span: Span
    run: Run
    text: str
    level: int = 0
    bold: int = 0


Reader = Callable[[Source, int], tuple[Line, ...]]
"""Gives the lines of a source, the file of that number."""


def read_markdown(source: Source, file: int) -> tuple[Line, ...]:
    """The lines of a text, with or without Markdown's ``#`` and ``**``."""
    if source.encoding == BYTES:
        return ()
    found = (_line(source.text, *m.span(), file) for m in LINE.finditer(source.text))
    return tuple(line for line in found if line)


READERS: dict[str, Reader] = {
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".txt": read_markdown,
    ".html": read_markdown,
    ".htm": read_markdown,
    ".docx": read_markdown,
}


def divided(lines: Sequence[Line], text: str) -> Iterator[tuple[Line, ...]]:
    """The lines between the marks that divide a text into documents, if it has any."""
    ends = [found.start() for found in DIVIDER.finditer(text)]
    starts = [line.span.start for line in lines]
    at = 0
    for end in (*ends, len(text) + 1):
        after = bisect_left(starts, end)
        if at < after:
            yield tuple(lines[at:after])
        at = after


def survey(source: Source, file: int, lines: tuple[Line, ...], report: Report) -> None:
    """Report what is wrong with a source as a whole."""
    if not lines and source.encoding != BYTES:
        message = Words(
            f"“{source.name}”里没有文字。", f"There is no text in “{source.name}”."
        )
        report(Diagnostic(EMPTY, message, Span(file, 0, 0), hint=EMPTY.cure))
    if source.encoding == BYTES:
        return
    found = UNPRINTABLE.finditer(source.text)
    holes = [m for m in found if not "\ud800" <= m[0][0] <= "\udfff"]
    if holes:
        count = sum(len(m[0]) for m in holes)
        message = Words(
            f"“{source.name}”里有 {count} 个不可印的控制字符，这里是第一个。",
            f"“{source.name}” has control characters ({count} in all); here is the "
            "first.",
        )
        place = Span(file, *holes[0].span())
        report(Diagnostic(CONTROL, message, place, hint=CONTROL.cure))


def _line(text: str, start: int, end: int, file: int) -> Line | None:
    """One line without margins, marks and unprintable characters; None when blank."""
    start, end = _trim(text, start, end)
    level = 0
    if marked := HASHES.match(text, start, end):
        level = len(marked[1])
        start, end = _trim(text, marked.end(), end)
    if start >= end or COMMENT.fullmatch(text, start, end):
        return None
    if RULE.fullmatch(text, start, end):
        return None
    run = tuple(_inlines(text, start, end, file))
    characters = plain(run)
    if all(map(_blank, characters)):
        return None
    bold = len(plain(run[:1])) if isinstance(run[0], Strong) else 0
    return Line(Span(file, start, end), run, characters, level, bold)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without the blanks at its ends."""
    while start < end and _blank(text[start]):
        start += 1
    while start < end and _blank(text[end - 1]):
        end -= 1
    return start, end


def _blank(char: str) -> bool:
    return char.isspace() or char in INVISIBLE


def _inlines(text: str, start: int, end: int, file: int) -> list[Inline]:
    """The inlines of a stretch, from the outside in and from left to right."""
    left = deque(stretches(text, start, end))

    def inside(at: int, end: int) -> list[Inline]:
        out: list[Inline] = []
        while left and left[0].end <= end:
            one = left.popleft()
            out.extend(_printable(text, at, one.start, file))
            if inner := inside(*one.inner):
                out.append(dress(tuple(inner), one.ways, Span(file, *one.inner)))
            at = one.end
        out.extend(_printable(text, at, end, file))
        return out

    return inside(start, end)


def _printable(text: str, start: int, end: int, file: int) -> list[Text]:
    out = []
    for hole in UNPRINTABLE.finditer(text, start, end):
        if start < hole.start():
            out.append(_text(text, start, hole.start(), file))
        start = hole.end()
    if start < end:
        out.append(_text(text, start, end, file))
    return out


def _text(text: str, start: int, end: int, file: int) -> Text:
    return Text(text[start:end], span=Span(file, start, end))
