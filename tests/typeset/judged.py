"""What a set page is judged by: flush edges, forbidden breaks, compressed marks.

The rules are written here from CLREQ and GB/T 15834, not taken from the composer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tests.typeset.measured import Block, Glyph, text_of

OPENERS = "（「『【〔《〈“‘［｛〖"
CLOSERS = "）」』】〕》〉”’］｝〗"
POINTS = "，、；：。．？！"
NEVER_FIRST = set(CLOSERS + POINTS + "·・‧～–-/％%‰℃°,.;:!?)]}々")
NEVER_LAST = set(OPENERS + "([{￥$¥£")
JOINED = ("——", "……")

Edges = Callable[[int], tuple[float, float]]
"""From a page number to the left and right edge of its lines."""


@dataclass(slots=True)
class Verdict:
    """What was found in some paragraphs."""

    lines: int = 0
    full: int = 0
    """Lines that are not the last of their paragraph."""
    ragged: list[tuple[float, str]] = field(default_factory=list)
    forbidden: list[str] = field(default_factory=list)
    split: list[str] = field(default_factory=list)
    adjacent: int = 0
    loose_marks: list[str] = field(default_factory=list)
    """Adjacent marks that take two whole squares."""
    lone: list[str] = field(default_factory=list)
    gaps: list[float] = field(default_factory=list)
    """Between Han, in ems, over what the face says."""

    @property
    def flush(self) -> float:
        return 1 - len(self.ragged) / self.full if self.full else 1.0

    def percentile(self, share: float) -> float:
        held = sorted(self.gaps)
        return held[min(int(len(held) * share), len(held) - 1)]


def judge(blocks: Iterable[Block], edges: Edges) -> Verdict:
    """Judge paragraphs that are set to the full measure."""
    out = Verdict()
    for block in blocks:
        lines = [
            (page, [g for g in line if g.text.strip()]) for page, line in block.lines
        ]
        lines = [(page, line) for page, line in lines if line]
        for _, line in block.lines:
            _inside(line, out)
        for number, (page, line) in enumerate(lines):
            out.lines += 1
            text = text_of(line)
            if number and text[0] in NEVER_FIRST:
                out.forbidden.append(text[:4])
            if number == len(lines) - 1:
                if number and _is_lone(text):
                    out.lone.append(text)
                continue
            out.full += 1
            if text[-1] in NEVER_LAST:
                out.forbidden.append(text[-4:])
            if text[-1] + text_of(lines[number + 1][1])[0] in JOINED:
                out.split.append(text[-3:])
            off = _off(line[-1], edges(page)[1])
            if abs(off) > 0.1:
                out.ragged.append((off, text))
    return out


def _off(last: Glyph, right: float) -> float:
    """How far a line's end is from the edge; a mark may show its half or its whole."""
    whole = last.x + last.advance - right
    if last.text in CLOSERS + POINTS and last.advance > 0.9 * last.size:
        return min(whole, whole - last.size / 2, key=abs)
    return whole


def _inside(line: Sequence[Glyph], out: Verdict) -> None:
    for a, b in pairwise(line):
        same = (a.font, a.size) == (b.font, b.size)
        if same and _is_han(a.text) and _is_han(b.text):
            out.gaps.append((b.x - a.x - a.advance) / a.size)
        if a.text in CLOSERS + POINTS and b.text in OPENERS + CLOSERS + POINTS:
            if b.x - a.x > 1.05 * a.size:
                continue  # a label and its text, with a space between
            out.adjacent += 1
            if b.x - a.x > 0.8 * a.size:
                out.loose_marks.append(a.text + b.text)


def _is_han(char: str) -> bool:
    return len(char) == 1 and "\u3400" <= char <= "\u9fff"


def _is_lone(text: str) -> bool:
    """One Han with its marks, or with figures (200人。); but 30%。 is long enough."""
    han = sum(map(_is_han, text))
    return han == 1 or (not han and sum(map(str.isalnum, text)) < 2)


def set_in_song(blocks: Iterable[Block], size: float) -> list[Block]:
    """Those of the paragraphs that are body text: of one size, mostly in 宋."""
    return [
        block
        for block in blocks
        if (glyphs := [g for _, line in block.lines for g in line])
        and all(abs(g.size - size) < 0.01 for g in glyphs if _is_han(g.text))
        and sum("Serif" in g.font for g in glyphs) * 2 > len(glyphs)
    ]
