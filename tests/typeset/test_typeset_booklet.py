"""Booklets of the real page and of laws, measured glyph by glyph."""

from __future__ import annotations

from pathlib import Path

import pytest

from publisher import assets, fonts, pipeline
from publisher.book import Typography
from publisher.edition import prepare
from publisher.render import render_print
from publisher.write import pdf
from tests.conftest import ROOT
from tests.typeset.judged import Verdict, judge, set_in_song
from tests.typeset.measured import blocks

LAWS = ("09-*", "13-*", "15-*", "21-*")
"""Of the development laws those with many lines that hold no mark."""


@pytest.fixture(
    scope="module",
    params=[
        ("page", "booklet"),
        ("page", "booklet-tw"),
        *((law, "booklet") for law in LAWS),
    ],
)
def verdict(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Verdict:
    which, name = request.param
    source = ROOT / "sources" / "dangshi"
    if which != "page":
        shared: Path = request.getfixturevalue("shared")
        source = next((shared / "corpus" / "laws").glob(which))
    loaded = pipeline.load(source)
    reading = pipeline.read_book(loaded, lambda _: None)
    edition = next(e for e in loaded.book.editions if e.name == name)
    prepared = prepare(reading.collection, loaded.book, edition, lambda _: None)
    faces = fonts.load(assets.fonts())
    imprint = pipeline.imprint_of(loaded, reading, edition, faces)
    html = render_print(prepared, imprint)
    made = pdf.write(html, prepared, imprint, (loaded.folder,), lambda _: None)
    assert made.composed > 50
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
    assert verdict.adjacent > 0
    assert verdict.loose_marks == []


def test_no_last_line_has_a_lone_character(verdict: Verdict) -> None:
    assert verdict.lone == []


def test_flush_is_not_bought_with_holes(verdict: Verdict) -> None:
    assert max(verdict.gaps) <= 0.12
    assert verdict.percentile(0.99) <= 0.04
