"""Paragraphs whose lines are not all as long: over pages, beside floats, in columns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pytest

from tests.typeset.judged import CLOSERS, POINTS, judge
from tests.typeset.making import LEFT, SIZE, document, make
from tests.typeset.measured import Block, Glyph, blocks, page_glyphs, text_of
from tests.typeset.stress import WORDS

LONG = WORDS * 14
"""More than a page."""


def made(folder: Path, body: str, css: str, tags: str = "P") -> list[Block]:
    data, account, found = make(document(body, css="body { width: auto }" + css))
    assert (account.plain, found) == ({}, [])
    path = folder / "flow.pdf"
    path.write_bytes(data)
    return blocks(path, tags)


def ends_at(line: Sequence[Glyph], right: float) -> bool:
    """Whether a line ends at an edge, its last mark with or without its blank."""
    last = line[-1]
    ends = [last.x + last.advance]
    if last.text in CLOSERS + POINTS:
        ends.append(last.x + last.size / 2)
    return any(abs(end - right) < 0.1 for end in ends)


def starts_at(line: Sequence[Glyph], left: float) -> bool:
    first = line[0]
    return abs(first.x - left) < 0.1 or abs(first.x + first.size / 2 - left) < 0.1


@pytest.mark.parametrize(
    ("css", "widths"),
    [
        ("@page :first { margin-right: 113.5pt }", (210.5, 294.0)),
        ("@page :first { margin-left: 5pt; margin-right: 5pt }", (344.0, 294.0)),
        ("@page :right { margin-right: 72pt } @page { margin-left: 0 }", (282, 324)),
    ],
)
def test_a_paragraph_over_pages_of_other_widths_is_planned_anew(
    css: str, widths: tuple[float, float], tmp_path: Path
) -> None:
    body = f"<p>{LONG}</p><p>{LONG}</p>"
    held = made(tmp_path, body, css)
    assert "".join(block.text for block in held) == LONG * 2
    pages = {page for block in held for page, _ in block.lines}
    assert len(pages) > 2
    edges = {}
    for page in pages:
        lines = [line for b in held for number, line in b.lines if number == page]
        left = min(line[0].x for line in lines if line[0].text not in "“《（")
        width = widths[0] if _as_the_first(css, page) else widths[1]
        edges[page] = left, left + width
    verdict = judge(held, edges.__getitem__)
    assert verdict.full > 60
    assert verdict.ragged == []
    assert (verdict.forbidden, verdict.lone, verdict.loose_marks) == ([], [], [])
    assert max(verdict.gaps) <= 0.12


def _as_the_first(css: str, page: int) -> bool:
    return page == 0 if ":first" in css else page % 2 == 0


def test_a_named_page_of_another_width_is_planned_anew(tmp_path: Path) -> None:
    css = "@page wide { size: 500pt 300pt } .wide { page: wide }"
    held = made(tmp_path, f"<p>{WORDS}</p><p class='wide'>{WORDS}</p>", css)
    for block, right in zip(held, (LEFT + 294, 500 - LEFT), strict=True):
        assert block.text == WORDS
        assert all(ends_at(line, right) for _, line in block.lines[:-1])


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("wide", [84, 91.3])
def test_lines_beside_a_float_are_flush_within_what_it_leaves(
    side: str, wide: float, tmp_path: Path
) -> None:
    float_ = f'<span style="float: {side}; width: {wide}pt; height: 62pt"></span>'
    first, after = made(tmp_path, f"<p>{float_}{WORDS * 3}</p><p>{WORDS}</p>", "")
    assert (first.text, after.text) == (WORDS * 3, WORDS)
    seen = [_edges(line, wide, side) for _, line in first.lines]
    beside = 4  # of 18 pt; 62 pt are more than three
    assert seen[:beside] == ["beside"] * beside
    assert seen[beside:-1] == ["full"] * (len(seen) - beside - 1)
    assert {_edges(line, wide, side) for _, line in after.lines[:-1]} == {"full"}


def _edges(line: Sequence[Glyph], wide: float, side: str) -> str:
    """Whether a line is flush on both sides, and with what."""
    left, right = LEFT, LEFT + 294
    short = (left + wide, right) if side == "left" else (left, right - wide)
    for name, (start, end) in {"beside": short, "full": (left, right)}.items():
        if ends_at(line, end) and any(
            starts_at(line, start + indent) for indent in (0, 2 * SIZE)
        ):
            return name
    return "ragged"


def test_a_float_that_begins_in_a_line_leaves_the_others_flush(tmp_path: Path) -> None:
    float_ = '<span style="float: right; width: 91.3pt; height: 62pt"></span>'
    text = WORDS * 3
    (held,) = made(tmp_path, f"<p>{text[:40]}{float_}{text[40:]}</p>", "")
    assert held.text == text
    seen = [_edges(line, 91.3, "right") for _, line in held.lines[:-1]]
    assert "ragged" not in seen
    assert seen.count("beside") >= 3


def test_lines_of_two_columns_are_flush_with_their_column(tmp_path: Path) -> None:
    css = "div { column-count: 2; column-gap: 21pt }"
    body = f"<div><p>{LONG}</p><p>{WORDS}</p></div>"
    data, account, _ = make(document(body, css="body { width: auto }" + css))
    assert account.plain == {}
    path = tmp_path / "columns.pdf"
    path.write_bytes(data)
    held = blocks(path, "P")
    assert "".join(block.said for block in held) == LONG + WORDS
    width = (294 - 21) / 2
    columns = [(LEFT, LEFT + width), (LEFT + width + 21, LEFT + 294)]
    rows = [line for block in held for _, line in block.lines]
    halves = [
        half
        for row in rows
        for half in (
            [g for g in row if g.x < columns[0][1] + 1],
            [g for g in row if g.x > columns[1][0] - SIZE],
        )
        if half
    ]
    ragged = [
        half for half in halves if not any(ends_at(half, right) for _, right in columns)
    ]
    assert len(halves) > 60
    assert len(ragged) == 2  # the last line of each paragraph


NOTE = WORDS + "到此为止。"


def test_footnotes_are_flush_and_whole(tmp_path: Path) -> None:
    css = (
        "i { float: footnote; font: normal 9pt/13.5pt 'Noto Serif CJK SC';"
        " text-indent: 0; text-align: justify }"
    )
    body = "".join(f"<p>{WORDS}<i>{NOTE}</i>{WORDS}</p>" for _ in range(8))
    texts = made(tmp_path, body, css)
    verdict = judge(texts, lambda _: (LEFT, LEFT + 294))
    assert (verdict.ragged, verdict.forbidden, verdict.lone) == ([], [], [])
    lines = small(tmp_path / "flow.pdf")
    said = "".join(text_of(line) for line in lines)
    assert said.count(NOTE) == 8
    last = [line for line in lines if not ends_at(line, LEFT + 294)]
    assert all(text_of(line).endswith("到此为止。") for line in last)
    assert len(last) == 8 < len(lines)


def small(path: Path) -> list[list[Glyph]]:
    """Every line of 9 points, from the top of each page."""
    out = []
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            rows: dict[float, list[Glyph]] = {}
            for held in page_glyphs(page).values():
                for glyph in held:
                    if abs(glyph.size - 9) < 0.01 and glyph.text > "\u2000":
                        rows.setdefault(round(glyph.y, 1), []).append(glyph)
            out += [sorted(rows[y], key=lambda g: g.x) for y in sorted(rows)[::-1]]
    return out
