"""What repairing does to the real page, and to texts that need no repair."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.repair.derive_characters import module
from tests.repair.mended import Mended, accept, mend, reject


@pytest.fixture(scope="module")
def mended(page: Path) -> Mended:
    return mend(page.read_bytes())


def test_every_half_width_mark_of_the_page_is_widened(mended: Mended) -> None:
    marks = Counter(mended.source.text)
    widened = Counter(r.before for r in mended.records("fullwidth-punctuation"))
    assert widened == {mark: marks[mark] for mark in ",:;?()"}
    assert sum(widened.values()) == 448


def test_the_four_ands_become_he(mended: Mended) -> None:
    lines = [mended.source.locate(r.span.start)[0] for r in mended.records("latin-and")]
    assert lines == [107, 113, 133, 139]


def test_every_join_and_split_of_the_page_is_on_record(mended: Mended) -> None:
    joins = mended.records("join")
    assert len(joins) == len(mended.collection.joins) == 10
    assert joins[-1].after == joins[-1].before.replace("\n", "")
    assert ("习教育纳\n同年度工", "习教育纳同年度工") in [
        (r.before, r.after) for r in joins
    ]
    splits = mended.records("split")
    assert len(splits) == len(mended.collection.splits)
    assert ("任务是:(一)学", "任务是:\n(一)学") in [(r.before, r.after) for r in splits]
    assert {r.where.partition(".")[0] for r in joins} == {"reg", "qa", "news", "news-2"}


def test_the_suspects_of_the_page_are_proposed_and_no_others(mended: Mended) -> None:
    suggested = [r for r in mended.collection.repairs if r.status == "suggested"]
    found = [
        (mended.source.locate(r.span.start)[0], r.rule, r.before, r.after)
        for r in suggested
    ]
    assert found == [
        (83, "doubled-word", "基层宣讲宣讲", "基层宣传宣讲"),
        (87, "doubled-word", "马克思主义主义", "马克思主义"),
        (99, "seam-misread", "同", "入"),
        (103, "double-etc", "烈士陵园等设施,革命旧址等红色资源", ""),
        (151, "doubled-word", "风险的风险", "风险的"),
        (165, "stray-traditional", "鄆", ""),
        (165, "stray-traditional", "鄆", ""),
        (167, "stray-traditional", "鄆", ""),
    ]
    assert all(0 < r.confidence <= 1 and r.basis.zh and r.basis.en for r in suggested)


def test_the_editor_can_decide_all_of_them(page: Path) -> None:
    mended = mend(
        page.read_bytes(),
        accept("reg.art_19", "纳同年度", "纳入年度", rule="seam-misread"),
        accept("qa", "马克思主义主义", "马克思主义", rule="doubled-word"),
        accept("qa", "修改的《条例》在党员义务", "修改的党章在党员义务"),
        accept("qa", "坚持理论武装常态化", "坚持理论武装同常态化"),
        reject("reg.art_21", "等设施，革命旧址", "double-etc"),
    )
    errors = [d for d in mended.found if d.level.name == "ERROR"]
    assert errors == []
    assert "教育纳入年度工作计划" in mended.words("reg.art_19")
    assert "修改的党章在党员义务中" in mended.words("qa")
    (record,) = mended.records("seam-misread")
    assert (record.status, record.before, record.after) == ("applied", "同", "入")
    assert len(mended.records("editor")) == 2


def test_no_law_gets_a_proposal_and_clean_ones_nothing(shared: Path) -> None:
    for path in sorted((shared / "corpus" / "laws").glob("*.md")):
        if path.name.startswith(("00-", "11-")):
            continue  # as much text again as all the others; run by the benchmark
        repairs = mend(path.read_bytes()).collection.repairs
        rules = {r.rule for r in repairs} - {"fullwidth-punctuation", "join", "split"}
        assert rules == set(), path.name


def test_taiwans_laws_get_no_proposal(shared: Path) -> None:
    for name in ("A0000002", "A0000003", "F0000028", "K0060019", "S0110006"):
        path = shared / "corpus" / "moj" / f"{name}.txt"
        repairs = mend(path.read_bytes()).collection.repairs
        assert {r.status for r in repairs} <= {"applied"}, name
        assert {r.rule for r in repairs} <= {"fullwidth-punctuation", "join", "split"}


def test_the_table_of_characters_is_what_the_dictionary_gives() -> None:
    root = Path(__file__).resolve().parents[2]
    written = root / "publisher" / "repair" / "characters.py"
    assert written.read_text("utf-8") == module()
