"""Line ends that only arrange a text, and are read without any judgement.

A record of repair is kept for what could be wrong. Three things cannot be, and are
layout: a line that is filled to the measure of its file goes on in the next one (text
wrapped by hand); a line that begins with a closing mark, with which none may begin
(CLREQ #prohibition_rules_for_line_start_end), belongs to the line above; a point that
stands behind white space inside a line was a paragraph, whose end the copy has turned
into that space.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from unicodedata import east_asian_width

from publisher.repair.passages import Reading
from publisher.source import Span
from publisher.tree.nodes import Join

LINE_END = re.compile(r"\r\n|\r|\n")
CLOSING = re.compile(r"[，、。；：！？,;:!?）」』”’》〉】]")
# 第 3 條 before the text: it was set in a margin of its own when the text was wrapped
LABEL = re.compile(r"[ \u3000]*第[^，。；：\n]{1,12}?[条條][ \u3000]+")
RAGGED = 6
"""How many columns a full line may be short: a mark, a number or a word went over."""
LONGER = 0.02
"""The share of lines that may be longer than full: tables, headings, addresses."""


def wrapped(reading: Reading, join: Join) -> bool:
    """Whether a join only closes up what the measure of the file had broken."""
    left, right = join.left, join.right
    if left.file != right.file or right.start < left.end:
        return False
    text = reading.files[left.file]
    if LINE_END.sub("", text[left.end : right.start]).strip():
        return False  # something stands between them
    if CLOSING.match(text, right.start):
        return True
    ends = len(LINE_END.findall(text[left.end : right.start]))
    return ends == 1 and _full(text, left)


def _full(text: str, line: Span) -> bool:
    """Whether a line is about as long as lines of its file ever are."""
    begin = max(text.rfind("\n", 0, line.start), text.rfind("\r", 0, line.start)) + 1
    widths = _widths(text)
    longer = len(widths) - bisect_right(widths, _width(text[begin : line.end]) + RAGGED)
    return longer <= LONGER * len(widths)


@lru_cache(maxsize=2)
def _widths(text: str) -> tuple[int, ...]:
    """How many columns each line takes, the shortest first."""
    return tuple(sorted(map(_width, filter(None, LINE_END.split(text)))))


def _width(line: str) -> int:
    line = LABEL.sub("", line, count=1) if "第" in line[:12] else line
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in line.rstrip())


def spaced(reading: Reading, at: Span) -> bool:
    """Whether white space stands before a place inside a line."""
    return reading.files[at.file][at.start - 1 : at.start].isspace()
