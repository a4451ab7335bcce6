"""The fonts of a document go with it."""

from __future__ import annotations

import gc

from publisher.jobs.workers import resident, tidy
from publisher.write.pdf.faces import configuration


def test_lists_of_fonts_do_not_add_up() -> None:
    """A list that Pango keeps is of 0.3 MB, with the fonts that the tests need."""
    for _ in range(5):
        configuration()
    tidy()
    before = resident()
    for _ in range(40):
        configuration()
        gc.collect()
    tidy()
    assert resident() - before < 3 << 20
