"""The sample of the gallery and the real book in every preset and script."""

from __future__ import annotations

from pathlib import Path

from publisher import pipeline
from publisher.config.editions import edition
from publisher.diagnostics import Diagnostic
from publisher.edition import prepare
from publisher.render import render_print
from publisher.write import pdf
from tests.conftest import ROOT
from tests.print.conftest import Printed

SAMPLE = ROOT / "tests" / "gallery" / "book"
SEED = ROOT / "sources" / "dangshi"
PRESETS = ("booklet", "large-print", "a4")
SCRIPTS = ("", "-tw", "-hk")


def printed(book: Path, name: str, out: Path) -> Printed:
    """One edition of a book by name, or of a bare file."""
    from publisher import assets, fonts

    loaded = pipeline.load(book)
    reading = pipeline.read_book(loaded, lambda _: None)
    wanted = edition(loaded.book, name)
    prepared = prepare(reading.collection, loaded.book, wanted, lambda _: None)
    faces = fonts.load(assets.fonts())
    imprint = pipeline.imprint_of(loaded, reading, prepared.edition, faces)
    html = render_print(prepared, imprint)
    found: list[Diagnostic] = []
    roots = (loaded.folder, assets.templates(), assets.fonts())
    made = pdf.write(html, prepared, imprint, roots, found.append)
    path = out / f"{book.stem}-{name}.pdf"
    path.write_bytes(made.data)
    return Printed(prepared, html, path, made.pages, tuple(found))
