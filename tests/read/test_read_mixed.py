"""Mixed pages made of clean laws: what is put together, and how surely."""

from __future__ import annotations

from pathlib import Path
from statistics import mean

import pytest

from publisher.diagnostics import Diagnostic
from publisher.read import read
from publisher.source import Source
from publisher.tree.nodes import Collection
from tests.read.composites import Style, Tally, damaged, pages, tally


@pytest.fixture(scope="session")
def unseen(shared: Path) -> Tally:
    """Pages of laws that nobody looked at while the reader was worked on."""
    return tally(pages(shared, "measure", range(1000, 1080)))


@pytest.fixture(scope="session")
def known(shared: Path) -> Tally:
    return tally(damaged(shared))


def test_unseen_mixed_pages_are_put_together(unseen: Tally) -> None:
    assert unseen.f1 >= 0.93, unseen
    assert unseen.recall >= 0.8, unseen
    assert unseen.ownership >= 0.97, unseen


def test_the_damaged_pages_of_the_development_set_are_put_together(
    known: Tally,
) -> None:
    assert known.f1 >= 0.98, known
    assert known.recall >= 0.9, known
    assert known.ownership >= 0.99, known


def test_no_wrong_join_is_sure_and_nearly_half_of_the_right_ones_are(
    unseen: Tally, known: Tally
) -> None:
    assert unseen.sure == known.sure == 0, unseen.notes + known.notes
    right = unseen.right + known.right
    assert sum(c >= 0.9 for c in right) >= 0.45 * len(right)


def test_wrong_joins_are_less_sure_than_right_ones(unseen: Tally) -> None:
    assert mean(unseen.wrong) < mean(unseen.right)


# what they gave: 0.969 0.890 0.986, 0.964 0.936 0.987, 0.909 0.740 0.935
LEAST: dict[Style, tuple[float, float, float, int]] = {
    "list": (0.95, 0.85, 0.97, 0),
    "lost": (0.94, 0.9, 0.97, 1),
    "signed": (0.88, 0.7, 0.92, 0),
}


@pytest.mark.parametrize("style", LEAST)
def test_pages_damaged_in_other_ways_are_put_together_nearly_as_well(
    shared: Path, style: Style
) -> None:
    found = tally(pages(shared, "measure", range(2000, 2060), style))
    joins, across, ownership, sure = LEAST[style]
    assert found.f1 >= joins, found
    assert found.recall >= across, found
    assert found.ownership >= ownership, found
    assert found.sure <= sure, found.notes


def findings(text: str) -> tuple[Collection, list[Diagnostic]]:
    found: list[Diagnostic] = []
    return read([Source("a.md", text)], found.append), found


def test_a_seam_that_makes_no_word_is_doubted() -> None:
    collection, found = findings(
        "# 甲条例\n\n第一条 本条例的公布施行，对于做好相关工\n\n"
        "和维护各方面合法权益具有重要意义。\n\n第二条 本条例自公布之日起施行。\n"
    )
    (join,) = collection.joins
    assert join.confidence < 0.7
    (doubt,) = (d for d in found if d.rule.name == "ambiguous-join")
    assert "合不成词" in doubt.message.zh


def test_a_seam_inside_a_word_is_sure_and_says_why() -> None:
    collection, found = findings(
        "# 甲条例\n\n第一条 为了规范学校管理工作，保护学生和教师的合法权\n\n"
        "益，制定本条例。\n\n第二条 本条例适用于各级各类学校。\n"
    )
    (join,) = collection.joins
    assert join.confidence >= 0.9
    assert "合成一词" in join.basis.zh
    assert "ambiguous-join" not in [d.rule.name for d in found]


def test_a_join_over_another_document_is_never_sure_and_names_another_line(
    shared: Path,
) -> None:
    for page in damaged(shared):
        collection = read([Source("a.md", page.text)], lambda _: None)
        far = [j for j in collection.joins if "隔栏" in j.basis.zh]
        assert far
        assert all(j.confidence < 0.9 and j.runner_up for j in far)
