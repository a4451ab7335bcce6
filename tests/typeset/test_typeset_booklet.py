"""The booklet of the real page, measured glyph by glyph."""

from __future__ import annotations

import pytest

from publisher import assets, fonts, pipeline
from publisher.book import Typography
from publisher.edition import prepare
from publisher.render import render_print
from publisher.write import pdf
from tests.conftest import ROOT
from tests.typeset.judged import Verdict, judge, set_in_song
from tests.typeset.measured import blocks


@pytest.fixture(scope="module", params=["booklet", "booklet-tw"])
def verdict(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Verdict:
    loaded = pipeline.load(ROOT / "sources" / "dangshi")
    reading = pipeline.read_book(loaded, lambda _: None)
    edition = next(e for e in loaded.book.editions if e.name == request.param)
    prepared = prepare(reading.collection, loaded.book, edition, lambda _: None)
    faces = fonts.load(assets.fonts())
    imprint = pipeline.imprint_of(loaded, reading, edition, faces)
    html = render_print(prepared, imprint)
    made = pdf.write(html, prepared, imprint, (loaded.folder,), lambda _: None)
    assert made.composed > 100
    assert made.plain == ()
    path = tmp_path_factory.mktemp("set") / "book.pdf"
    path.write_bytes(made.data)
    typography = edition.typography
    held = set_in_song(blocks(path), typography.size)
    return judge(held, lambda page: edges(typography, page))


def edges(typography: Typography, page: int) -> tuple[float, float]:
    """The left and right edge of the type area: the first page is a recto."""
    across = typography.measure.chars * typography.size
    fore = typography.page[0] - typography.spine - across
    left = fore if page % 2 else typography.spine
    return left, left + across


def test_every_line_but_the_last_is_flush(verdict: Verdict) -> None:
    assert verdict.full > 200
    assert verdict.ragged == []


def test_no_line_begins_or_ends_with_what_may_not_stand_there(verdict: Verdict) -> None:
    assert verdict.forbidden == []
    assert verdict.split == []


def test_adjacent_marks_are_compressed(verdict: Verdict) -> None:
    assert verdict.adjacent > 50
    assert verdict.loose_marks == []


def test_no_last_line_has_a_lone_character(verdict: Verdict) -> None:
    assert verdict.lone == []


def test_flush_is_not_bought_with_holes(verdict: Verdict) -> None:
    assert max(verdict.gaps) <= 0.12
    assert verdict.percentile(0.99) <= 0.04
