"""The page and six laws at five measures, against what a good publisher would sign."""

from __future__ import annotations

from pathlib import Path

import pytest

from publisher.book import Punctuation
from tests.conftest import ROOT
from tests.typeset.judged import Verdict, judge, set_in_song
from tests.typeset.making import LEADING, LEFT, SIZE, body, document, make, paragraphs
from tests.typeset.measured import blocks

BOOKLET = 28 * SIZE
LAWS = ("00-*", "09-*", "13-*", "15-*", "21-*", "25-*")


def judged(
    source: Path, width: float, folder: Path, style: Punctuation = "quanjiao"
) -> tuple[Verdict, set[float]]:
    """The verdict, and where baselines stand on the grid."""
    data, account, found = make(document(body(paragraphs(source)), width), style)
    assert (account.plain, found) == ({}, [])
    path = folder / "set.pdf"
    path.write_bytes(data)
    held = set_in_song(blocks(path, "P"), SIZE)
    grid = {
        round(glyph.y % LEADING, 1) % LEADING
        for block in held
        for _, line in block.lines
        for glyph in line
    }
    return judge(held, lambda _: (LEFT, LEFT + width)), grid


@pytest.fixture(params=["page", *LAWS])
def source(request: pytest.FixtureRequest) -> Path:
    if request.param == "page":
        return ROOT / "sources" / "dangshi" / "page.md"
    shared: Path = request.getfixturevalue("shared")
    return next((shared / "corpus" / "laws").glob(request.param))


@pytest.mark.parametrize("width", [BOOKLET, 100.0, 180.0, 300.0, 365.0])
def test_lines_are_set_as_a_publisher_sets_them(
    source: Path, width: float, tmp_path: Path
) -> None:
    verdict, grid = judged(source, width, tmp_path)
    assert verdict.full > 50
    assert verdict.flush >= (1 if width == BOOKLET else 0.999), verdict.ragged
    assert verdict.forbidden == []
    assert verdict.split == []
    assert verdict.loose_marks == []
    assert verdict.lone == []
    assert len(grid) == 1
    if width == BOOKLET:
        assert max(verdict.gaps) <= 0.12
        # its labels are wider than a book's; in books: test_typeset_booklet
        assert verdict.percentile(0.99) <= 0.042


def test_marks_of_half_a_square_leave_little_to_squeeze_and_no_holes(
    source: Path, tmp_path: Path
) -> None:
    verdict, _ = judged(source, BOOKLET, tmp_path, "kaiming")
    assert (verdict.flush, verdict.lone, verdict.loose_marks) == (1, [], [])
    assert max(verdict.gaps) <= 0.12
    assert verdict.percentile(0.99) <= 0.042
