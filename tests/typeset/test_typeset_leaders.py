"""Contents lines: title, leader, page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.typeset import measured
from tests.typeset.making import LEFT, document, make

CSS = """
.toc { text-indent: 0; text-align: left }
.toc a::after { content: leader("·") " " target-counter(attr(href), page) }
.hung { text-indent: 2em }
"""
TITLES = (
    "总则",
    "制定本条例有何意义？",
    "第一章　总则。",
    "《附则》",
    "（一）",
    "二〇二四：",
    "2024年",
    "第<b>三</b>条",
    "第<span>1</span>至<span>12</span>条",
)
MEASURE = 294.0


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("kind", ["toc", "toc hung"])
def test_the_page_ends_at_the_edge_whatever_the_title_ends_with(
    title: str, kind: str, tmp_path: Path
) -> None:
    line = f'<p class="{kind}" id="a"><a href="#a">{title}</a></p>'
    data, account, _ = make(document(line, MEASURE, CSS))
    assert account.plain == {}
    path = tmp_path / "toc.pdf"
    path.write_bytes(data)
    (block,) = measured.blocks(path, "P")
    ((_, glyphs),) = block.lines
    dots = [glyph for glyph in glyphs if glyph.text == "·"]
    last = max(glyphs, key=lambda glyph: glyph.x)
    assert len(dots) > 10
    assert last.text == "1"
    assert last.x + last.advance == pytest.approx(LEFT + MEASURE, abs=0.02)
    assert dots[-1].x < last.x


def test_leaders_of_two_lines_stand_one_below_the_other(tmp_path: Path) -> None:
    lines = "".join(f'<p class="toc" id="a"><a href="#a">{t}</a></p>' for t in TITLES)
    path = tmp_path / "toc.pdf"
    path.write_bytes(make(document(lines, MEASURE, CSS))[0])
    places = [
        [glyph.x for glyph in block.lines[0][1] if glyph.text == "·"]
        for block in measured.blocks(path, "P")
    ]
    assert len(places) == len(TITLES)
    for one in places:
        assert one[-5:] == pytest.approx(places[0][-5:], abs=0.01)
