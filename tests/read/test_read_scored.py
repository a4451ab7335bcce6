"""What must hold on the development set, as its own scorer counts it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.read.scored import score


@pytest.mark.parametrize(
    ("what", "least"),
    [
        ("headings", 0.995),
        ("articles", 0.995),
        ("para ids", 0.99),
        ("item ids", 0.99),
        ("para text", 0.98),
        ("item text", 0.98),
        ("xref surfaces", 0.95),
    ],
)
def test_clean_laws_are_read_as_their_truth_has_them(
    figures: dict[str, dict[str, float]], what: str, least: float
) -> None:
    assert figures[what]["f1"] >= least


def test_whole_files_are_exact_and_no_clean_one_is_repaired(
    figures: dict[str, float],
) -> None:
    assert figures["exact"] >= 0.85 * figures["files"]
    assert figures["repairs"] == 0


def test_damaged_pages_are_put_together(shared: Path) -> None:
    damaged = score(shared, "damaged")
    assert damaged["joins"]["f1"] >= 0.93
    assert damaged["joins across documents"]["r"] >= 0.75
    assert damaged["ownership"] >= 0.97


def test_the_seed_is_whole(shared: Path) -> None:
    seed = score(shared, "seed")
    assert seed["joins"]["f1"] == seed["ownership"] == 1.0
    assert seed["exact"] == 1


@pytest.fixture(scope="module")
def figures(shared: Path) -> dict[str, object]:
    return score(shared, "clean")
