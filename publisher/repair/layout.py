"""Line ends that only arrange a text, and are read without any judgement.

A record of repair is kept for what could be wrong. What cannot be is layout: the line
ends of a text wrapped by hand, which the reader takes back before it makes paragraphs;
a line that begins with a closing mark, with which none may begin (CLREQ
#prohibition_rules_for_line_start_end), and so belongs to the line above, unless it is
indented as a paragraph is; a point that
stands behind white space inside a line, since it was a paragraph, whose end the copy
has turned into that space.
"""

from __future__ import annotations

from publisher.patterns import pattern
from publisher.repair.passages import Reading
from publisher.source import Span
from publisher.tree.nodes import Join

LINE_ENDS = ("\n", "\r")
CLOSING = pattern(r"[，、。；：！？,;:!?）)」』”’》〉】]")


def carried(reading: Reading, join: Join) -> bool:
    """Whether the right side of a join can only belong to the line above it."""
    left, right = join.left, join.right
    if left.file != right.file or right.start < left.end:
        return False
    text = reading.files[left.file]
    gap = text[left.end : right.start]
    beside = not gap.strip() and gap[-1:] in LINE_ENDS
    return beside and CLOSING.match(text, right.start) is not None


def spaced(reading: Reading, at: Span) -> bool:
    """Whether white space stands before a place inside a line."""
    return reading.files[at.file][at.start - 1 : at.start].isspace()
