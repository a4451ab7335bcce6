"""``make bench``: what is claimed of lines, for each text at five measures.

``booklet`` is the book that `publisher build` makes of the source; the numbers are
paragraphs of 10.5 pt at so many points. Judged glyph by glyph, as the tests do.
Usage: ``python -m tests.bench_claims [SOURCE…]``; without one the real page and, where
the development corpus is at hand, every law in it.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from publisher import assets, fonts, pipeline
from publisher.edition import prepare
from publisher.inspect import inspect
from publisher.inspect.claims import composition
from publisher.render import render_print
from publisher.write import pdf
from tests.conftest import ROOT, SHARED
from tests.typeset.judged import Verdict, judge, set_in_song
from tests.typeset.making import LEADING, LEFT, SIZE, body, document, make, paragraphs
from tests.typeset.measured import Block, blocks
from tests.typeset.test_typeset_booklet import edges

MEASURES = (100.0, 180.0, 300.0, 365.0)
HEAD = (
    f"{'':10}{'lines':>7}{'flush':>8}{'kinsoku':>9}{'split':>7}{'pressed':>10}"
    f"{'lone':>6}{'widest':>8}{'p99':>8}{'bases':>7}{'plain':>7}"
)


@dataclass(frozen=True, slots=True)
class Judged:
    """One text at one measure."""

    name: str
    verdict: Verdict
    bases: int
    """How many remainders baselines leave by the leading: 1 is a grid."""
    plain: int
    """Paragraphs that fell back to plain setting."""

    def __str__(self) -> str:
        it = self.verdict
        pressed = f"{it.adjacent - len(it.loose_marks)}/{it.adjacent}"
        gaps = (max(it.gaps), it.percentile(0.99)) if it.gaps else (0.0, 0.0)
        return (
            f"{self.name:10}{it.lines:7}{it.flush:8.4f}{len(it.forbidden):9}"
            f"{len(it.split):7}{pressed:>10}{len(it.lone):6}{gaps[0]:8.4f}"
            f"{gaps[1]:8.4f}{self.bases:7}{self.plain:7}"
        )


def booklet(source: Path, folder: Path) -> Judged:
    """The booklet of a source."""
    loaded = pipeline.load(source)
    reading = pipeline.read_book(loaded, lambda _: None)
    edition = next(e for e in loaded.book.editions if e.name == "booklet")
    prepared = prepare(reading.collection, loaded.book, edition, lambda _: None)
    imprint = pipeline.imprint_of(loaded, reading, edition, fonts.load(assets.fonts()))
    html = render_print(prepared, imprint)
    made = pdf.write(html, prepared, imprint, (loaded.folder,), lambda _: None)
    path = folder / "booklet.pdf"
    path.write_bytes(made.data)
    held = set_in_song(blocks(path), edition.typography.size)
    verdict = judge(held, lambda page: edges(edition.typography, page))
    said = composition(inspect(path))
    bases = len(said.remainders) if said else 0
    return Judged("booklet", verdict, bases, len(made.plain))


def at(source: Path, width: float, folder: Path) -> Judged:
    """The paragraphs of a source at a measure."""
    data, account, _ = make(document(body(paragraphs(source)), width), "quanjiao")
    path = folder / "set.pdf"
    path.write_bytes(data)
    held = set_in_song(blocks(path, "P"), SIZE)
    verdict = judge(held, lambda _: (LEFT, LEFT + width))
    plain = sum(account.plain.values())
    return Judged(f"{width:g} pt", verdict, _bases(held), plain)


def _bases(held: list[Block]) -> int:
    glyphs = (glyph for block in held for _, line in block.lines for glyph in line)
    return len({round(glyph.y % LEADING, 1) % LEADING for glyph in glyphs})


def judged(source: Path) -> Iterator[Judged]:
    """One text at all measures."""
    with tempfile.TemporaryDirectory() as name:
        yield booklet(source, Path(name))
        for width in MEASURES:
            yield at(source, width, Path(name))


def main() -> None:
    """Print one table for each text."""
    page = ROOT / "sources" / "dangshi"
    laws = sorted((SHARED / "corpus" / "laws").glob("*.md"))
    for source in [Path(each) for each in sys.argv[1:]] or [page, *laws]:
        print(f"{source.name}\n{HEAD}", flush=True)
        for each in judged(source):
            print(each, flush=True)


if __name__ == "__main__":
    main()
