"""Mixed pages made of clean laws: what is put together, and how surely."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.read.composites import Tally, damaged, pages, tally


@pytest.fixture(scope="session")
def unseen(shared: Path) -> Tally:
    """Pages of laws that nobody looked at while the reader was worked on."""
    return tally(pages(shared, "measure", range(1000, 1040)))


def test_unseen_mixed_pages_are_put_together(unseen: Tally) -> None:
    assert unseen.f1 >= 0.91, unseen
    assert unseen.recall >= 0.8, unseen
    assert unseen.ownership >= 0.96, unseen


def test_the_damaged_pages_of_the_development_set_are_put_together(
    shared: Path,
) -> None:
    known = tally(damaged(shared))
    assert known.f1 >= 0.98, known
    assert known.recall >= 0.9, known
    assert known.ownership >= 0.99, known
    assert known.sure == 0, known.notes
