"""The headlines of news and interviews, where nothing but their place marks them.

That of news is known by the lead under it: 本报讯, 新华社北京3月1日电. A short line
without a stop that stands right above a lead is its headline, and so are
the lines beside it that are like it (引题, 副题). What says when and whence it was
published, between the headline and the lead, is its note.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from publisher.patterns import pattern
from publisher.read.marks import AGENCY, OPENER, PLAIN, Mark, ends_open
from publisher.read.text import Line

LONGEST, SHORTEST = 40, 4
# 某部负责人就《某条例》答记者问: as printed above questions, it is a title
ASKED = pattern(r"[^，。；：]{4,72}答(?:本报)?记者问(?:[（(][^（()）]{1,12}[）)])?")
MOST = 4
"""No headline with all that belongs to it has more lines."""
# 新华社北京3月1日电; 本报讯: never how a paragraph in the midst of a text begins
LEAD = pattern(rf"[（(]?据?(?:{AGENCY})[^，。,]{{0,24}}[电讯]")
# 2023-05-06 来源：新华社; 来源：人民日报; 2023年5月6日 08:00; 发布时间：…
SOURCE = pattern(
    r"(?:\d{4}\s*[-年/.]\s*\d{1,2}\s*[-月/.]\s*\d{1,2}日?|来源|來源|发布时间|时间|日期|作者|记者|编辑)"
    r"(?:\s*[:：]|\s|$)[^。；，]{0,40}"
)
# 2024年3月1日 / under 某某市人民政府: a signature, and no source
DATE = pattern(
    r"(?:\d{4}|[〇零○一二三四五六七八九]{4})\s*[-年/.]\s*[\d一二三四五六七八九十]{1,2}"
    r"\s*[-月/.]\s*[\d一二三四五六七八九十]{1,3}日?"
)
SIGNED = pattern(r"(?:政府|委员会|办公室|法院|检察院|[局厅部])$")
# 图1 植树现场; 表2; 图为会议现场; 张三 摄
CAPTION = pattern(
    r"[图圖表][\s\d一二三四五六七八九十为為：:]|(?:图片|照片|摄影)|.*[摄攝][）)]?$"
)
STORY = frozenset(("plain", "note", "byline", "bullet"))
"""What a piece of news has, and no law, list of articles or interview."""
SUBTITLE = "——"
STOPPED, HALTED = pattern("[。；;]"), pattern("[，,。；;]")
RUNNING = pattern("[，,。；;：:]")


def headlines(lines: Sequence[Line], found: list[Mark]) -> None:
    """Mark what stands above each lead as its title and note; and 答记者问."""
    asks = max((i for i, m in enumerate(found) if m.kind == "question"), default=0)
    for i, line in enumerate(lines):
        if found[i] != PLAIN:
            continue
        if i and OPENER.match(line.text):
            _above(lines, found, i)
        elif i < asks and ASKED.fullmatch(line.text):
            finished = not i or not ends_open(lines[i - 1].text)
            found[i] = Mark("title") if finished and not line.level else PLAIN


def _above(lines: Sequence[Line], found: list[Mark], lead: int) -> None:
    """Mark the headline of one lead.

    In the midst of a file only one of an agency or a paper is sure to begin news, and
    only under other news that is finished.
    """
    top = lead
    while top and lead - top < MOST and _of_head(lines, found, top - 1, lead):
        top -= 1
    heads = [
        i
        for i in range(top, lead)
        if not (SOURCE.fullmatch(lines[i].text) or DATE.fullmatch(lines[i].text))
    ]
    known = LEAD.match(lines[lead].text) is not None
    begins = not top or (known and _finished(lines, found, top - 1))
    if not heads or not begins or heads[-1] - heads[0] >= len(heads):
        return
    dated = any(DATE.fullmatch(line.text) for line in lines[top:lead])
    if dated and (top or SIGNED.search(lines[heads[-1]].text)):
        return
    for i in range(heads[0], lead):
        found[i] = Mark("title" if i in heads else "note")


def _finished(lines: Sequence[Line], found: Sequence[Mark], last: int) -> bool:
    """Whether a line ends a piece of news, by its stop and by the lead above."""
    text = lines[last].text
    if ends_open(text) or text[-1] in "：:；;":
        return False
    for i in range(last, -1, -1):
        if found[i].kind not in STORY or lines[i].level:
            return False
        if OPENER.match(lines[i].text):
            return True
    return False


def _of_head(lines: Sequence[Line], found: Sequence[Mark], i: int, lead: int) -> bool:
    """Whether a line may be of a headline, or of the note between it and the lead."""
    text = lines[i].text
    if lines[i].level or OPENER.match(text) or CAPTION.match(text):
        return False
    if SOURCE.fullmatch(text) or DATE.fullmatch(text):
        return found[i].kind in ("plain", "note", "byline")
    if found[i].kind == "bullet":
        return text.startswith(SUBTITLE) and i > 0
    sourced = any(SOURCE.fullmatch(line.text) for line in lines[i + 1 : lead])
    running = _running(first=lead <= MOST, sourced=sourced).search(text)
    short = SHORTEST <= len(text) <= LONGEST
    return found[i] == PLAIN and short and ends_open(text) and not running


def _running(*, first: bool, sourced: bool) -> re.Pattern[str]:
    """What no headline has, by where it stands.

    A comma may be in one that its source stands under; without, it is rather a piece of
    another text.
    """
    if first:
        return STOPPED if sourced else HALTED
    return RUNNING
