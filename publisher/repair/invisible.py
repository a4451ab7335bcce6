"""Safe repair of characters that nobody sees: of no width, or spaces that hold on.

They come with text copied from web pages and Word files. Safe, since no reader can tell
the difference on the page; not left alone, since a word with such a character inside
is not found by searching, and a no-break space keeps a line from ending.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from publisher.diagnostics import Rule, Severity, Words
from publisher.patterns import pattern
from publisher.repair.passages import HAN, Passage, Reading
from publisher.repair.punctuation import AND
from publisher.tree.nodes import Repair

INVISIBLE_CHARACTER = Rule(
    "P105",
    "invisible-character",
    Severity.NOTE,
    Words(
        "文中夹着看不见的字符：零宽字符、文件头标记、不换行空格等，"
        "多由网页或 Word 粘贴带来，妨碍检索和换行。"
        "零宽的删去，不换行空格改为普通空格；外文里面的不动。",
        "Characters without width and spaces that forbid a line end come with pasted "
        "text and spoil searching and lines. The former are taken out, the latter are "
        "made plain spaces; inside other scripts they have a meaning and stay.",
    ),
    "第一条 为了规范\u200b管理，制定\u00a0本条例。\n",
    Words(
        "无须处理；不该改的，在 decisions.toml 中逐条拒绝。",
        "Nothing to do; where it is wrong, reject it in decisions.toml.",
    ),
)
# No width: soft hyphen, ZWSP, ZWNJ, ZWJ, direction marks, word joiner, BOM.
NO_WIDTH = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"
# NBSP, figure space, line and paragraph separator, narrow NBSP. Spaces of other widths
# (en space, ideographic space) are typography and stay.
SPACES = "\u00a0\u2007\u2028\u2029\u202f"
UNSEEN = pattern(f"[{NO_WIDTH}{SPACES}]")
STRETCH = pattern(f"[ {NO_WIDTH}{SPACES}]+")
WIDTHLESS = pattern(f"[{NO_WIDTH}]")
LATIN = pattern("[0-9A-Za-z\u00c0-\u024f]")
# Neither Chinese nor Latin: scripts and pictures that join by such characters.
FOREIGN = pattern(rf"[^!-~\u00c0-\u024f\u3000-\u303f\uff00-\uffef{HAN}]")
REMOVED = Words("看不见的字符 U+{code} 不占位", "U+{code} is not seen and has no width")
SPACED = Words("空格 U+{code} 改为普通空格", "the space U+{code} is a plain one")


def reveal(reading: Reading) -> Iterator[Repair]:
    """A record for each unseen character that stands in Chinese text."""
    for passage in reading.passages:
        text = passage.text
        if not UNSEEN.search(text) or not UNSEEN.sub("", text).strip():
            continue
        taken = [match.span() for match in AND.finditer(text)]
        for match in STRETCH.finditer(text):
            for at in range(*match.span()):
                inside = any(start <= at < end for start, end in taken)
                if UNSEEN.match(text, at) and not inside:
                    yield from _revealed(passage, at, match)


def _revealed(passage: Passage, at: int, stretch: re.Match[str]) -> Iterator[Repair]:
    text, char = passage.text, passage.text[at]
    span = passage.spot(at)
    removed = WIDTHLESS.match(char) is not None
    around = (text[stretch.start() - 1 : stretch.start()], text[stretch.end() :][:1])
    meant = FOREIGN if removed else LATIN
    if span is None or len(span) != 1 or all(map(meant.fullmatch, around)):
        return
    yield Repair(
        rule=INVISIBLE_CHARACTER.name,
        status="applied",
        before=char,
        after="" if removed else " ",
        basis=(REMOVED if removed else SPACED).fill(code=f"{ord(char):04X}"),
        confidence=1.0,
        where=passage.where,
        span=span,
    )
