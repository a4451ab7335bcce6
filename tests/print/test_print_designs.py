"""Every preset in every script: valid, on the grid, and inside its margins."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import page
import pytest

from publisher.config.units import points
from publisher.inspect import inspect
from publisher.inspect.claims import composition
from publisher.inspect.facts import Facts, Line, Page
from publisher.tree.walk import ink
from tests.print import pdf_text
from tests.print.conftest import Printed
from tests.print.designs import PRESETS, SAMPLE, SCRIPTS, SEED, printed

EDITIONS = [(SAMPLE, p + s) for p in PRESETS for s in SCRIPTS]
EDITIONS += [(SEED, name) for name in ("booklet", "large-print", "a4", "booklet-hk")]
OWN_CRASH = {
    "UA-14-001": "pdfua 0.1.3 asks a pikepdf array for its attribute is_integer, which "
    "pikepdf takes for a key: ValueError, whatever the file"
}
"""Rules of `pdfua` that are not judged, and why."""


@pytest.fixture(scope="module", params=EDITIONS, ids=lambda e: f"{e[0].name}-{e[1]}")
def made(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Printed:
    book, name = request.param
    return printed(book, name, tmp_path_factory.mktemp("designs"))


@cache
def looked(path: Path) -> Facts:
    return inspect(path)


def text_pages(facts: Facts) -> Iterator[Page]:
    return (page for page in facts.pages if page.label.isdecimal() and page.lines)


def test_page_validation_finds_nothing(made: Printed) -> None:
    profile = page.ValidationProfile.PDF_UA_1
    report = page.validate_pdf(str(made.path), profile=profile)
    assert [(f.rule_id, f.message) for f in report.failures] == []
    assert report.rules.total == 104


def test_pdfua_finds_nothing_but_its_own_crash(made: Printed) -> None:
    command = [sys.executable, "-m", "pdfua", "check", str(made.path)]
    done = subprocess.run(
        [*command, "--format", "json"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    told = json.loads(done.stdout)
    skipped = {each["rule_id"] for each in told["skipped"]}
    assert skipped <= set(OWN_CRASH)
    assert told["findings"] == []


def test_qpdf_calls_it_sound(made: Printed) -> None:
    subprocess.run(["qpdf", "--check", made.path], check=True, capture_output=True)


def test_nothing_is_reported_and_nothing_is_lost(made: Printed) -> None:
    assert made.found == ()
    wanted = "".join(ink(document) for document in made.prepared.documents)
    assert pdf_text.ink(made.path) == wanted


def test_text_stands_on_the_grid_on_every_page(made: Printed) -> None:
    claims = composition(looked(made.path))
    assert claims is not None
    typography = made.prepared.edition.typography
    assert (claims.size, claims.leading) == (typography.size, typography.leading)
    grid, *others = claims.remainders
    # lines of a promulgation note in figures are in the face of the text, and stand
    # half a line off inside their opening block
    half = (grid[0] + typography.leading / 2) % typography.leading
    assert all(abs(rest - half) < 0.11 and many <= 3 for rest, many in others)
    assert grid[1] > 30


def test_nothing_stands_outside_the_type_area(made: Printed) -> None:
    typography = made.prepared.edition.typography
    across = typography.measure.chars * typography.size
    down = typography.measure.lines * typography.leading
    for sheet in text_pages(looked(made.path)):
        recto = sheet.number % 2 == 1
        left = typography.spine if recto else typography.page[0] - typography.spine
        left -= 0 if recto else across
        for line in _text_lines(sheet, typography.head, down):
            hung = line.size / 2 + 0.1  # the blank half of a mark
            if line.size == typography.size / 2:  # a reading, broader than its Han
                hung = line.size + 0.1
            assert line.left >= left - hung, line.text
            assert line.right <= left + across + hung, line.text


def _text_lines(sheet: Page, head: float, down: float) -> Iterator[Line]:
    for line in sheet.lines:
        if head <= line.baseline <= head + down + 0.1:
            yield line
        else:  # the running head or the folio
            assert 20 < line.baseline < sheet.size[1] - 10


def test_the_running_head_and_the_folio_stand_outside(made: Printed) -> None:
    typography = made.prepared.edition.typography
    fore = (
        typography.page[0]
        - typography.spine
        - typography.measure.chars * (typography.size)
    )
    for sheet in text_pages(looked(made.path)):
        folio = next(
            line
            for line in reversed(sheet.lines)
            if "".join(line.text.split()) == sheet.label
        )
        if sheet.number % 2:
            assert folio.right == pytest.approx(typography.page[0] - fore, abs=0.3)
        else:
            assert folio.left == pytest.approx(fore, abs=0.3)


# ---------------------------------------------------------------- the target's figures


def test_the_booklet_has_the_measures_of_the_target(booklet: Printed) -> None:
    facts = looked(booklet.path)
    first = next(page for page in facts.pages if page.label == "1")
    by_text = {"".join(line.text.split()): line for line in first.lines}
    title = by_text["党史学习教育工作条例"]
    chapter = by_text["第一章总则"]
    assert (title.size, chapter.size) == (18.0, 14.0)
    middle = (title.left + title.right) / 2
    assert middle == pytest.approx(56.69 + 147, abs=0.6)
    assert (chapter.left + chapter.right) / 2 == pytest.approx(56.69 + 147, abs=0.6)
    body = [line for line in first.lines if line.size == 10.5]
    head = points(21)
    # the chapter is centred in lines 9 to 12, the first article on line 13
    article = next(line for line in body if line.text.startswith("第一条"))
    assert article.baseline == pytest.approx(head + 13.54 + 12 * 18, abs=0.05)
    assert article.left == pytest.approx(56.69 + 21, abs=0.05)
    assert chapter.baseline == pytest.approx(head + 8 * 18 + 36 + 6.05, abs=0.05)


def test_notes_in_kai_stand_on_the_grid_with_the_text(booklet: Printed) -> None:
    facts = looked(booklet.path)
    kai = next(n for n, font in enumerate(facts.fonts) if "WenKai" in font.name)
    lede = [
        line
        for page in text_pages(facts)
        for line in page.lines
        if line.font == kai and line.size == 10.5 and page.label == "9"
    ]
    assert len(lede) == 3
    rests = {round((line.baseline - points(21)) % 18, 1) for line in lede}
    assert rests == {13.5}


def test_a_line_of_notes_takes_two_grid_lines(booklet: Printed) -> None:
    facts = looked(booklet.path)
    sheet = next(page for page in facts.pages if page.label == "5")
    note = next(line for line in sheet.lines if line.text.startswith("①"))
    assert note.size == 9.0
    foot = points(21) + 27 * 18
    last = max(
        line.baseline for line in sheet.lines if line.size == 10.5
    )  # of the text above
    assert last <= foot - 2 * 18 - 4
    assert foot - 13.5 < note.baseline < foot
