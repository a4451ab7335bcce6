"""Tables and pictures: lines → figures.

A table is drawn with ``|`` as in Markdown, or with ┌─┬─┐ and │; a picture is
``![alt](name)``. What only draws is in no cell, and so becomes layout.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from publisher.patterns import pattern
from publisher.read import grid
from publisher.read.cuts import cut
from publisher.read.text import Line
from publisher.source import Span
from publisher.tree.nodes import Caption, Cell, Figure, Image, Row, Run, Table
from publisher.tree.walk import plain

PIPED = pattern(r"\|.*\|\s*|\|[^|]+(?:\|[^|]*)+")  # | 甲 | 乙 |
RULED = pattern(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?")  # |---|---|
BAR = pattern(r"(?<!\\)\|")
BOXED = pattern(r"[┌┏╔├┠╟┝┣└┗╚│┃║|].*[┐┓╗┤┨╢┥┫┘┛╝│┃║|]|[─━═┌┬┐┼]{4,}")
EDGE = pattern(r"[│┃║├┤┼┝┥┠┨┣┫╟╢┌┐└┘┬┴┏┓┗┛╔╗╚╝╠╣╦╩╬╋┳┻|]")
DRAWN = pattern(r"[\u2500-\u257f\s|]*")
STROKE = pattern(r"[─━═]{2,}")
PICTURE = pattern(r'!\[([^\]]*)\]\(\s*<?([^)\s>]*)>?(?:\s+"[^"]*")?\s*\)')
# 图1 某某; 表二：某某
NAMED = pattern(
    r"([图圖表])\s?[\d０-９一二三四五六七八九十]{1,3}(?:[-－—.]\d+)?(?!\d).{0,40}"
)
LOST = pattern(r"[（(]?[续續]\s*表\s*[\d一二三四五六七八九十]{0,3}[）)]?")


@dataclass(frozen=True, slots=True)
class Grouped:
    """The lines of a file, each figure one line, and the figures by their lines."""

    lines: tuple[Line, ...]
    figures: Mapping[Span, Figure]


def group(lines: Sequence[Line]) -> Grouped:
    """Put the lines of each figure together."""
    out: list[Line] = []
    figures: dict[Span, Figure] = {}
    ends = _Ends(
        _runs(lines, PIPED, BAR),
        _runs(lines, BOXED, STROKE),
        _runs(lines, grid.GRID, grid.RULE),
    )
    at = 0
    while at < len(lines):
        end, figure = _figure(lines, at, ends)
        if figure is None:
            out.append(lines[at])
            at += 1
            continue
        own = list(lines[at:end])
        if isinstance(figure, Table) and out and _names(out[-1], "表"):
            before = out.pop()
            figure = replace(figure, caption=Caption(before.run, span=before.span))
            own.insert(0, before)
        elif (
            isinstance(figure, Image)
            and end < len(lines)
            and _names(lines[end], "图圖")
        ):
            after = lines[end]
            figure = replace(figure, caption=Caption(after.run, span=after.span))
            own.append(after)
            end += 1
        whole = _whole(own)
        figures[whole.span] = replace(figure, span=whole.span)
        out.append(whole)
        at = end
    return Grouped(tuple(out), figures)


@dataclass(frozen=True, slots=True)
class _Ends:
    """For each line, where the lines of a form that begin with it end."""

    piped: Sequence[int]
    boxed: Sequence[int]
    gridded: Sequence[int]


def _figure(lines: Sequence[Line], at: int, ends: _Ends) -> tuple[int, Figure | None]:
    line = lines[at]
    if found := PICTURE.fullmatch(line.text):
        alt = cut(line.run, line.text, *found.span(1)) if found[1].strip() else ()
        return at + 1, Image(found[2], alt)
    if LOST.fullmatch(line.text) and not line.level:
        return at + 1, Table((), caption=Caption(line.run, span=line.span), lost=True)
    end = ends.piped[at]
    if end - at > 1 and any(RULED.fullmatch(own.text) for own in lines[at : at + 2]):
        return end, _markdown(lines[at:end])
    end = ends.boxed[at]
    if end - at > 1:
        return end, _box(lines[at:end])
    if grid.begins(lines, at):
        end = grid.end(lines, at, ends.gridded[at])
        return end, grid.table(lines[at:end])
    return at, None


def _runs(
    lines: Sequence[Line], form: re.Pattern[str], needed: re.Pattern[str]
) -> list[int]:
    """For each line the end of the lines of one form from it on, else the line itself.

    None where what is needed stands in none of them.
    """
    out = list(range(len(lines)))
    end, seen = len(lines), False
    for at in range(len(lines) - 1, -1, -1):
        text = lines[at].text
        if lines[at].level or not form.fullmatch(text):
            end, seen = at, False
            continue
        seen = seen or bool(needed.search(text))
        out[at] = end if seen else at
    return out


def _names(line: Line, words: str) -> bool:
    """Whether a line is the caption of a figure of that sort."""
    found = NAMED.fullmatch(line.text)
    return bool(found and found[1] in words and line.text[-1] not in "。；;")


def _whole(lines: Sequence[Line]) -> Line:
    first, last = lines[0].span, lines[-1].span
    run = tuple(inline for line in lines for inline in line.run)
    text = "".join(line.text for line in lines)
    return Line(Span(first.file, first.start, last.end), run, text)


# ---------------------------------------------------------------- Markdown


def _markdown(lines: Sequence[Line]) -> Table:
    rows = [
        tuple(_cells(line, BAR)) for line in lines if not RULED.fullmatch(line.text)
    ]
    header = 1 if RULED.fullmatch(lines[1].text) else 0
    return Table(tuple(filter(None, rows)), header)


def _cells(line: Line, bar: re.Pattern[str]) -> Iterator[Cell]:
    """The cells of a line; what is before its first bar and after its last is none."""
    bars = [(0, 0), *(found.span() for found in bar.finditer(line.text))]
    bars.append((len(line.text), len(line.text)))
    spans = [(a[1], b[0]) for a, b in pairwise(bars)]
    for n, (start, end) in enumerate(spans):
        if n in (0, len(spans) - 1) and not line.text[start:end].strip():
            continue
        yield Cell(_inked(line, start, end))


def _inked(line: Line, start: int, end: int) -> Run:
    return cut(line.run, line.text, start, end) if line.text[start:end].strip() else ()


# ---------------------------------------------------------------- drawn boxes


def _box(lines: Sequence[Line]) -> Table:
    """A row goes to the next rule, or, where none is between rows, to the next line.

    Without rules a line whose first cell is empty goes on with the row before.
    """
    content = [not DRAWN.fullmatch(line.text) for line in lines]
    ruled = sum(not c for c in content[1:-1]) > 0 or any(
        c and STROKE.search(line.text) for c, line in zip(content, lines, strict=True)
    )
    rows: list[list[Run]] = []
    begin = True
    for line, inked in zip(lines, content, strict=True):
        if not inked:
            begin = True
            continue
        cells = [_stroked(cell.run) for cell in _cells(line, EDGE)]
        opens = begin if ruled else not rows or bool(cells and cells[0])
        if opens or len(cells) != len(rows[-1]):
            rows.append(cells)
        else:
            rows[-1] = [a + b for a, b in zip(rows[-1], cells, strict=True)]
        begin = bool(ruled and STROKE.search(line.text))
    made: list[Row] = [tuple(Cell(run) for run in row) for row in rows if row]
    return Table(tuple(made), form="box")


def _stroked(run: Run) -> Run:
    """A cell's text; a rule that goes through some columns only is none."""
    return () if DRAWN.fullmatch(plain(run)) else run
