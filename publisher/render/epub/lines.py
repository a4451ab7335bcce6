"""Break a title into lines by sense, for covers and title pages.

A title of a Chinese act is 〈issuer or country〉〈subject〉〈kind of act〉; it is broken
between these, and inside the subject only where it is too long for a line.
"""

from __future__ import annotations

import re

MOST = 8
"""Characters in a line, if it can be had."""
HEAD = re.compile(
    r"^(?:中[华華]人民共和[国國]|中[国國]共[产產][党黨]|中共中央|[国國][务務]院)"
)
KIND = re.compile(
    r"(?:工作|管理|实施|實施|[监監]督|[处處][罚罰分]|保[护護障]|[暂暫]行|若干)*"
    r"(?:[条條]例|[规規][定则則章程]|[办辦]法|[准準][则則]|[决決][定议議]|意[见見]|[细細][则則]"
    r"|通知|公告|公[报報]|制度|方案|章程|[纲綱]要|[规規][划劃]|法典|法)$"
)
PAUSE = re.compile(r"(?<=[，。：；、》」』）\s])")


def lines(title: str, most: int = MOST) -> tuple[str, ...]:
    """The lines of a title, each of about ``most`` characters or fewer.

    >>> lines("党史学习教育工作条例")
    ('党史学习教育', '工作条例')
    >>> lines("中华人民共和国民法典")
    ('中华人民共和国', '民法典')
    >>> lines("民法典")
    ('民法典',)
    """
    out: list[str] = []
    for piece in _pieces(title.strip(), most):
        if out and len(out[-1]) + len(piece) <= most:
            out[-1] += piece
        else:
            out.append(piece)
    return tuple(line.strip() for line in out if line.strip())


def _pieces(title: str, most: int) -> list[str]:
    """The parts of a title by sense, none longer than a line."""
    if len(title) <= most:
        return [title]
    start = found.end() if (found := HEAD.search(title)) else 0
    end = found.start() if (found := KIND.search(title)) else len(title)
    end = max(start, end)
    middle = title[start:end]
    if len(middle) + len(title) - end <= most:
        middle, end = title[start:], len(title)
    subject = [part for phrase in PAUSE.split(middle) for part in _halves(phrase, most)]
    return [title[:start], *subject, title[end:]]


def _halves(text: str, most: int) -> list[str]:
    """Equal parts of what is too long for one line."""
    count = -(-len(text) // most)
    size = -(-len(text) // count) if count else 1
    return [text[at : at + size] for at in range(0, len(text), size)]
