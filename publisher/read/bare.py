"""Bare lines: short ones without a stop, which are headings where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence

from publisher.patterns import pattern
from publisher.read.marks import ends_open
from publisher.read.pieces import Piece

# 急救网络建设; 选举、辞职、罢免和补选
BARE = pattern(
    r"[\u4e00-\u9fff〇](?:[\u4e00-\u9fff〇、　 （）()《》]{0,28}[\u4e00-\u9fff〇）)》])"
)
TITLE = 60


def bare(parts: Sequence[Piece], at: int) -> bool:
    """Whether a line is a heading whose number is lost.

    It stands alone between a finished paragraph and the next article.
    """
    part = parts[at]
    if part.mark.kind != "plain" or part.mark.style or not BARE.fullmatch(part.text):
        return False
    before = parts[at - 1] if at else None
    after = parts[at + 1].mark if at + 1 < len(parts) else None
    return bool(
        before
        and after
        and after.kind == "article"
        and not ends_open(before.text)
        and before.text[-1] not in ":：;；"
    )


def titled(parts: Sequence[Piece], at: int) -> bool:
    """Whether a line is the title of the attachment that begins above it."""
    if at >= len(parts):
        return False
    part = parts[at]
    short = len(part.text) <= TITLE and not re.search(r"[，。；：,;:]", part.text)
    alone = part.mark.kind in ("plain", "heading", "title") and not part.mark.style
    return alone and short
