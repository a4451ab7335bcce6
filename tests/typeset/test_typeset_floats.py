"""Lines in which a float begins are composed as those beside it are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.typeset import measured
from tests.typeset.making import LEFT, document, make
from tests.typeset.stress import WORDS

MEASURE = 294.0
CSS = """
p { text-indent: 0 }
span { display: block; background: #ddd; width: 84pt; height: 30pt }
.right { float: right } .left { float: left } .wide { width: 200pt }
.held { position: relative } i { position: absolute; left: 0; font-size: 6pt }
"""


def lines(body: str, folder: Path) -> list[list[measured.Glyph]]:
    """The lines of one paragraph."""
    data, account, found = make(document(body, MEASURE, CSS))
    assert account.composed
    assert (account.plain, found) == ({}, [])
    path = folder / "floats.pdf"
    path.write_bytes(data)
    (block,) = measured.blocks(path, "P")
    return [line for _, line in block.lines]


def edges(line: list[measured.Glyph]) -> tuple[float, float]:
    """Left and right edge; a mark at the end takes half of its square."""
    last = line[-1]
    half = last.text in "，。、" and last.advance > 0.9 * last.size
    return line[0].x, last.x + last.advance / (2 if half else 1)


@pytest.mark.parametrize("place", [12, 20])
@pytest.mark.parametrize("side", ["left", "right"])
def test_a_line_is_flush_with_the_float_that_begins_in_it(
    place: int, side: str, tmp_path: Path
) -> None:
    body = f'<p>{WORDS[:place]}<span class="{side}"></span>{WORDS[place:]}</p>'
    made = lines(body, tmp_path)
    full = (LEFT, LEFT + MEASURE)
    beside = {"left": (LEFT + 84, full[1]), "right": (LEFT, full[1] - 84)}[side]
    for wanted, line in zip((beside, beside, full), made, strict=False):
        assert edges(line) == pytest.approx(wanted, abs=0.05)
    assert measured.text_of([glyph for line in made for glyph in line]) == WORDS


def test_a_float_without_room_behind_its_text_waits_for_the_next_line(
    tmp_path: Path,
) -> None:
    body = f'<p>{WORDS[:12]}<span class="right wide"></span>{WORDS[12:]}</p>'
    first, second, *_ = lines(body, tmp_path)
    assert edges(first)[1] == pytest.approx(LEFT + MEASURE, abs=0.05)
    assert edges(second)[1] == pytest.approx(LEFT + MEASURE - 200, abs=0.05)


@pytest.mark.parametrize(
    "begin", [" <i>注</i> ", "甲<br> <i>注</i> ", " <b> <i>注</i></b> ", "甲 <i>注</i>"]
)
def test_what_hangs_on_a_line_behind_a_space_that_it_leaves_out_is_kept(
    begin: str, tmp_path: Path
) -> None:
    made = lines(f'<p class="held">{begin}{WORDS}</p>', tmp_path)
    said = [glyph.text for line in made for glyph in line if glyph.size < 7]
    assert said == ["注"]
