"""What each line of a file begins with, told from the lines around it.

`publisher.read.marks` looks at one line. Here a file corrects it: 第三百條 in front of
a sentence is no label where all labels are of the form 第 300 條; 5.1.1 is a number
where such numbers count on; nothing inside a quotation is structure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from publisher.numerals import NUMERAL
from publisher.patterns import pattern
from publisher.read.due import due
from publisher.read.excerpts import excerpts
from publisher.read.fields import FIELD
from publisher.read.footnotes import footnotes
from publisher.read.headlines import headlines
from publisher.read.marks import PLAIN, Mark, counted, mark
from publisher.read.text import Line
from publisher.source import Span
from publisher.tree.nodes import Figure, Table

QUOTED = Mark("plain", style="quoted")
TABLE = Mark("heading", style="table")
IMAGE = Mark("heading", style="image")
FEW = 3
"""So many lines make a habit of a file."""
ODD = 0.8
"""A label of a form that at least this share of the labels has not is none."""
LONGEST_QUOTE = 80
"""A quotation of more paragraphs than this was never closed."""
# 附件一：某某名录; 附表; 附录 A
ATTACHED = pattern(
    rf"附\s*[件表录錄图圖]\s*((?:{NUMERAL}\s*){{1,3}}|[A-Z](?![A-Za-z]))?"
    r"(?:\s*[:：]\s*|\s+|$|(?=[《（(]))|附\s*(?:[:：]\s*|$)"
)
CONTENTS = pattern(r"目\s*[录錄次]")
# 5.1.1 颅脑损伤; 5 损伤程度分级
DECIMAL = pattern(r"(\d{1,2}(?:\.\d{1,3}){0,4})(?:\s+|(?=[\u4e00-\u9fff（《“]))")
SHORT = 24
NEAR_TOP, SHORTEST = 12, 4
"""A title stands among so many lines, and has so many characters."""
# 1 主管人員：…
DIGIT = pattern(r"(\d{1,2})[ \u3000]+(?=[\u4e00-\u9fff])")
# 将第三条修改为：“; 增加一条，作为第六条：“
OPENS = pattern(r"(?:[:：]|改为|修正为)\s*(?:[“「]|$)")
AMENDS = pattern(r"改为|修正为|增加|作为|增列|如下|修改|修正")


def marks(
    lines: Sequence[Line], figures: Mapping[Span, Figure] | None = None
) -> tuple[Mark, ...]:
    """What each line of a file begins with.

    A first line without a mark is the title where it looks like one and what follows
    is a document that has titles.
    """
    drawn = figures or {}
    found = [
        _drawn(drawn[line.span]) if line.span in drawn else mark(line) for line in lines
    ]
    _title(lines, found)
    headlines(lines, found)
    _fields(lines, found)
    _high(lines, found)
    _labels(lines, found)
    _decimals(lines, found)
    _digits(lines, found)
    due(lines, found)
    _attachments(lines, found)
    excerpts(lines, found)
    footnotes(lines, found)
    _quotations(lines, found)
    return tuple(found)


def _drawn(figure: Figure) -> Mark:
    return TABLE if isinstance(figure, Table) else IMAGE


def _title(lines: Sequence[Line], found: list[Mark]) -> None:
    if found and found[0] == PLAIN and _is_title(lines[0].text):
        after = {m.kind for m in found[1:4]}
        pointed = [
            m.number[0] for m in found if m.kind == "item" and m.style == "comma"
        ]
        if after & {"note", "division", "article", "question"} or pointed[:2] == [1, 2]:
            found[0] = Mark("title")
    if not any(m.kind == "title" for m in found):
        _noted(lines, found)


def _noted(lines: Sequence[Line], found: list[Mark]) -> None:
    """A line near the top right above （…通过） is the title, whatever is above it."""
    for i in range(1, min(NEAR_TOP, len(lines))):
        above = lines[i - 1].text
        if found[i].kind == "note" and not found[i].style:
            named = found[i - 1] == PLAIN and len(above) >= SHORTEST
            if named and _is_title(above):
                found[i - 1] = Mark("title")
            return
        if found[i].kind in ("article", "division", "question"):
            return


def _is_title(text: str) -> bool:
    return len(text) <= 60 and not any(c in "，。；,;：:" for c in text)


def _fields(lines: Sequence[Line], found: list[Mark]) -> None:
    """What is said of a document by name under its title belongs to the note."""
    for i, line in enumerate(lines[1:], 1):
        below = found[i - 1].kind in ("title", "note")
        if below and found[i].kind in ("plain", "heading") and FIELD.match(line.text):
            found[i] = Mark("note")


def _high(lines: Sequence[Line], found: list[Mark]) -> None:
    """Take 第一编 and 附件 for what they are where they stand as high as the title."""
    for i, line in enumerate(lines):
        if i and found[i].kind == "title" and line.level:
            low = mark(replace(line, level=2))
            alone = ATTACHED.match(line.text) or CONTENTS.fullmatch(line.text)
            if low.kind == "division" or alone:
                found[i] = low


# ---------------------------------------------------------------- labels of articles


def _labels(lines: Sequence[Line], found: list[Mark]) -> None:
    """Take back labels that are citations: of another form, or out of their turn.

    Only labels with text right behind them are in doubt.
    """
    sure = [i for i, m in enumerate(found) if m.kind == "article" and m.sure]
    doubtful = [i for i, m in enumerate(found) if m.kind == "article" and not m.sure]
    if len(sure) < FEW or len(doubtful) > len(sure):
        return
    arabic = sum(_arabic(lines[i]) for i in sure) / len(sure)
    numbers = {found[i].number for i in sure}
    at, last = 0, (0, 0)
    for i in doubtful:
        while at < len(sure) and sure[at] < i:
            last = found[sure[at]].number
            at += 1
        number = found[i].number
        expected = number == (last[0] + 1, 0) or number == (last[0], last[1] + 1)
        strange = abs(_arabic(lines[i]) - arabic) >= ODD
        if strange or not expected or number in numbers:
            found[i] = PLAIN
        else:
            last = number


def _arabic(line: Line) -> bool:
    return any(char.isdecimal() for char in line.text[:6])


# ---------------------------------------------------------------- 5.1.1


def _decimals(lines: Sequence[Line], found: list[Mark]) -> None:
    """Mark the lines that decimal numbers count on through."""
    listed = [(i, number) for i, number in _candidates(lines, found)]
    last: tuple[int, ...] = ()
    kept: list[tuple[int, re.Match[str], tuple[int, ...]]] = []
    for i, number in listed:
        path = tuple(int(part) for part in number[1].split("."))
        if not last or _follows(path, last):
            kept.append((i, number, path))
            last = path
    deep = [path for _, _, path in kept if len(path) > 1]
    if len(deep) < FEW or len(kept) * 2 < len(listed):
        return
    for i, number, path in kept:
        style = f"decimal-{len(path)}"
        found[i] = Mark("item", (path[-1], 0), style, number.end(1))


def _candidates(
    lines: Sequence[Line], found: Sequence[Mark]
) -> Iterator[tuple[int, re.Match[str]]]:
    for i, line in enumerate(lines):
        if found[i].kind in ("plain", "heading", "item") and not found[i].style:
            number = DECIMAL.match(line.text)
            if number and ("." in number[1] or len(line.text) <= SHORT):
                yield i, number


def _follows(path: tuple[int, ...], last: tuple[int, ...]) -> bool:
    """Whether one number comes after another: 5.2 after 5.1.4, 5.1.1 after 5.1."""
    size = len(path)
    if size > len(last):
        return path == (*last, 1)
    return path[:-1] == last[: size - 1] and path[-1] == last[size - 1] + 1


def _digits(lines: Sequence[Line], found: list[Mark]) -> None:
    """Mark the lines that figures without a point count on through, from 1."""
    run: list[tuple[int, re.Match[str]]] = []
    for i, line in enumerate(lines):
        number = DIGIT.match(line.text) if found[i] == PLAIN else None
        value = int(number[1]) if number else 0
        if number and value == len(run) + 1:
            run.append((i, number))
            continue
        if number or found[i].kind != "plain":
            _listed(run, found)
            run = [(i, number)] if number and value == 1 else []
    _listed(run, found)


def _listed(run: Sequence[tuple[int, re.Match[str]]], found: list[Mark]) -> None:
    if len(run) > 1:
        for i, number in run:
            found[i] = Mark("item", (int(number[1]), 0), "digit", number.end(1))


# ---------------------------------------------------------------- what is attached


def _attachments(lines: Sequence[Line], found: list[Mark]) -> None:
    """Mark what begins an attachment, and the source's own 目录."""
    for i, line in enumerate(lines):
        if found[i].kind != "heading" or found[i].style:
            continue
        if CONTENTS.fullmatch(line.text):
            found[i] = Mark("heading", style="toc")
        elif at := ATTACHED.match(line.text):
            printed = "".join((at[1] or "").split())
            number = ord(printed) - 64 if printed.isalpha() and printed.isascii() else 0
            value = number or counted(printed)
            size = len(at[0].rstrip())
            found[i] = Mark("heading", (value, 0), "attachment", size)


# ---------------------------------------------------------------- quotations


def _quotations(lines: Sequence[Line], found: list[Mark]) -> None:
    """Take the marks from the paragraphs of a quotation, all but its first.

    A quotation of several paragraphs is opened before each of them and closed once, or
    opened once and closed once. One that is never closed is none.
    """
    at = 0
    while at < len(lines):
        end = _quotation(lines, found, at)
        for i in range(at + 1, end):
            found[i] = replace(QUOTED)
        at = max(end, at + 1)


def _quotation(lines: Sequence[Line], found: Sequence[Mark], at: int) -> int:
    """The end of the quotation that a line leaves open; the line if it leaves none."""
    text = lines[at].text
    if found[at].kind not in ("article", "item", "plain") or not OPENS.search(text):
        return at
    depth, amends = _balance(text) > 0, bool(AMENDS.search(text))
    if not depth and text[-1] not in ":：":
        return at
    for i in range(at + 1, min(len(lines), at + LONGEST_QUOTE)):
        text = lines[i].text
        opened = text[0] in "“「"
        if not opened and not depth:
            return i
        if not opened and not amends:
            return at
        depth = _balance(text) + (depth and not opened) > 0
        if not depth and not _opens_next(lines, i):
            return i + 1
    return at


def _opens_next(lines: Sequence[Line], i: int) -> bool:
    return i + 1 < len(lines) and lines[i + 1].text[0] in "“「"


def _balance(text: str) -> int:
    return sum(text.count(c) for c in "“「") - sum(text.count(c) for c in "”」")
