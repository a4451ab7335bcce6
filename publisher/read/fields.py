"""The head of a paste from a register of laws: 法規名稱：…, 修正日期：…, 法規類別：….

What names the title is layout and the rest of its line the title; the other fields are
lines of the promulgation note. A name alone is no field: 法规名称： may stand in a form
that a law has attached, so it must open the file or have another field under it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from publisher.patterns import pattern
from publisher.read.cuts import cut
from publisher.read.text import Line
from publisher.source import Span
from publisher.tree.walk import plain, texts

# 法規名稱：勞動基準法; 名　　稱：某辦法
TITLE = pattern(
    r"(?:法\s*[規规律]|文\s*件)?\s*名\s*[稱称]\s*[:：]\s*(?=[\u4e00-\u9fff（(《])"
)
# 修正日期：民國 113 年…; 法規類別：行政 ＞ 勞動部; 修正(公布)日期：; 發文字號：
FIELD = pattern(
    r"(?:(?:修正|公[發发]?布|[發发]布|施行|生效|[廢废]止|制定|[實实]施|成文|印[發发]|通[過过])"
    r"(?:[（(]\w{2}[）)])?日期|法[規规律][類类][別别]|效力[層层级級]?[級级位别別]"
    r"|[生时時]效[狀状性][態态]?|[發发]文(?:字[號号]|[機机][關关])"
    r"|(?:公布|[發发]布|制定|主管)[機机][關关]|附\s*[檔档])\s*[:：]"
)
LONGEST = 60


def named(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of a file; one that names a title is that title."""
    return tuple(_named(lines))


def _named(lines: Sequence[Line]) -> Iterator[Line]:
    for i, (line, below) in enumerate(zip_longest(lines, lines[1:])):
        found = TITLE.match(line.text) if line.level < 2 else None
        placed = not i or (below and FIELD.match(below.text))
        if found and placed and found.end() + LONGEST >= len(line.text):
            yield _title(line, found.end())
        else:
            yield line


def _title(line: Line, size: int) -> Line:
    run = cut(line.run, line.text, size, len(line.text))
    first = next(texts(run[0])).span
    span = Span(first.file, first.start, line.span.end)
    return replace(line, span=span, run=run, text=plain(run), level=1, bold=0)
