"""The promulgation note under a title (题注): its dated acts and its number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from publisher.numerals import number
from publisher.patterns import pattern
from publisher.read.marks import ISSUED
from publisher.read.pieces import Piece
from publisher.source import Span
from publisher.tree.nodes import AdoptionNote, Event, Run, Text
from publisher.tree.walk import plain

ROC = 1911
"""民國元年 is 1912."""
FIGURE = "[\\d〇○零一二三四五六七八九十百廿卅]"
YEAR = r"(?:\d{4}|[〇○零一二三四五六七八九]{4})"
# 2024年2月5日; 中華民國九十一年4月4日; 民國 110 年 06 月 03 日
DATE = pattern(
    rf"(?:(?P<roc>(?:中[華华])?民[國国])\s*(?P<reign>元|{FIGURE}+)|(?P<year>{YEAR}))\s*年\s*"
    rf"(?P<month>{FIGURE}{{1,3}})\s*月\s*(?P<day>{FIGURE}{{1,3}})\s*日"
)
# 修正日期：民國 110 年…: what happened stands before the date
NAMED = pattern(r"(\S{2,4})日期\s*[:：]\s*$")
TRIMMED = " 　，,；;：:、。()（）\n\r"


def with_gaps(parts: Sequence[Piece], source: str) -> Run:
    """Paragraphs that make one run, the line ends between them kept as text."""
    run: Run = ()
    for before, part in zip((None, *parts), parts, strict=False):
        if before:
            gap = Span(part.span.file, before.span.end, part.span.start)
            if (text := source[gap.start : gap.end]).isspace():
                run += (Text(text, span=gap),)
        run += part.run
    return run


def note(parts: Sequence[Piece], source: str) -> AdoptionNote:
    """The note that some paragraphs are."""
    run = with_gaps(parts, source)
    issued = next((p.text for p in parts if ISSUED.fullmatch(p.text)), "")
    issued = issued.strip("（）()")
    events = tuple(_events(plain(run).replace("\n", " ")))
    return AdoptionNote(run, events, issued, span=parts[0].span)


def _events(text: str) -> Iterator[Event]:
    dates = list(DATE.finditer(text))
    ends = [found.start() for found in dates[1:]] + [len(text)]
    reached = 0
    for found, end in zip(dates, ends, strict=False):
        act = text[found.end() : end]
        if named := NAMED.search(text, reached, found.start()):
            act = named[1]
        elif tail := NAMED.search(act):
            act = act[: tail.start()]
        if day := _iso(found):
            yield Event(day, " ".join(act.strip(TRIMMED).split()))
        reached = found.end()


def _iso(found: re.Match[str]) -> str:
    """A date as ISO 8601 has it; empty where there is no such day."""
    if found["roc"]:
        reign = 1 if found["reign"] == "元" else number(found["reign"]) or 0
        year = ROC + reign
    else:
        year = number(found["year"]) or 0
    month, day = number(found["month"]) or 0, number(found["day"]) or 0
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
