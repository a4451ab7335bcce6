from __future__ import annotations

from collections import Counter
from pathlib import Path

from tests.read.cited import compare


def test_citations_of_the_development_laws_are_found_and_resolve(shared: Path) -> None:
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    for compared in compare(shared):
        counts += compared.counts()
        wrong += compared.wrong()
    found = 2 * counts["surfaces"] / (counts["wanted"] + counts["read"])
    assert counts["with targets"] > 2500
    assert found >= 0.95
    assert counts["right"] >= 0.95 * counts["with targets"], "\n".join(wrong)
