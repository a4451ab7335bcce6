"""The book of the real page in its two scripts, made once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from publisher import assets, fonts, pipeline
from publisher.book import Edition, Measure, Typography
from publisher.diagnostics import Diagnostic
from publisher.edition import prepare
from publisher.edition.prepared import Prepared
from publisher.render import render_print
from publisher.write import pdf
from tests.conftest import ROOT


@dataclass(frozen=True)
class Printed:
    """One edition of the page's book."""

    prepared: Prepared
    html: str
    path: Path
    pages: int
    found: tuple[Diagnostic, ...]


def printed(edition: Edition, out: Path) -> Printed:
    loaded = pipeline.load(ROOT / "sources" / "dangshi")
    reading = pipeline.read_book(loaded, lambda _: None)
    prepared = prepare(reading.collection, loaded.book, edition, lambda _: None)
    faces = fonts.load(assets.fonts())
    imprint = pipeline.imprint_of(loaded, reading, edition, faces)
    html = render_print(prepared, imprint)
    found: list[Diagnostic] = []
    made = pdf.write(html, prepared, imprint, (loaded.folder,), found.append)
    path = out / f"{edition.name}.pdf"
    path.write_bytes(made.data)
    return Printed(prepared, html, path, made.pages, tuple(found))


def _edition(name: str) -> Edition:
    loaded = pipeline.load(ROOT / "sources" / "dangshi")
    return next(e for e in loaded.book.editions if e.name == name)


@pytest.fixture(scope="session")
def booklet(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    return printed(_edition("booklet"), tmp_path_factory.mktemp("booklet"))


@pytest.fixture(scope="session")
def taiwan(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    return printed(_edition("booklet-tw"), tmp_path_factory.mktemp("taiwan"))


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    millimetre = 72 / 25.4
    typography = Typography(
        page=(185 * millimetre, 260 * millimetre),
        page_name="16开",
        measure=Measure(25, 21),
        size=16,
        size_name="三号",
        leading=28,
        head=28 * millimetre,
        spine=21 * millimetre,
        ink="grey",
    )
    edition = replace(_edition("booklet"), name="large-print", typography=typography)
    return printed(edition, tmp_path_factory.mktemp("large"))
