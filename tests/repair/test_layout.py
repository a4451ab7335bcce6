"""Which line ends are layout, and which joins and splits are repairs on record."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from publisher.diagnostics import Words
from publisher.repair import repair
from publisher.source import Span
from publisher.tree.nodes import Join
from tests.repair.mended import mend, unheard

WRAPPED = (
    "某組織規程\n修正日期：民國 102 年 10 月 30 日\n"
    "第 1 條\n"
    "行政院某委員會為服務照顧退除役官兵，特依組織條例第十六條之規定，分別\n"
    "設置服務處，冠以所在地地區名稱，並得視業務需要於各地區分別設置榮民服\n"
    "務之家。\n"
    "第 2 條\n"
    "服務處編制，依所服務照顧退除役官兵人數之多寡，區分為甲、乙、丙、丁、\n"
    "戊五種類型，掌理左列事項。\n"
)


def records(text: str, rule: str) -> int:
    return len(mend(text).records(rule))


def test_lines_filled_to_the_measure_are_read_on_without_a_repair() -> None:
    assert mend(WRAPPED).words("reg.art_1").endswith("置榮民服務之家。")
    assert records(WRAPPED, "join") == 0


def test_a_closing_mark_in_another_column_is_a_repair_on_record() -> None:
    text = "第一条 散居的少数民族\n\n近日，某条例公布。\n\n，以及其他民族。\n"
    read = mend(text).read
    left, right = Span(0, 0, 11), Span(0, text.index("，以"), len(text) - 1)
    for begin, count in ((left, 1), (replace(right, start=13, end=22), 0)):
        join = Join(begin, right, Words("接", "joined"), 0.8)
        made = repair(replace(read, joins=(join,)), (), unheard)
        assert sum(record.rule == "join" for record in made.repairs) == count


BROKEN = (
    "第一条 为了规范学校管理工作,保护学生和教师的合法权{gap}益,制定本条例。{gap2}"
    "第二条 本条例适用于各级各类学校,学校和教师的合法权益受到保护,任何单位不得侵犯。\n"
)


@pytest.mark.parametrize(
    ("gap", "count"),
    [("\n\n", 1), ("\n", 1), ("\n\n\n\n", 1)],
)
def test_a_paragraph_broken_short_of_the_measure_is_repaired_on_record(
    gap: str, count: int
) -> None:
    assert records(BROKEN.format(gap=gap, gap2="\n\n"), "join") == count


def test_a_line_that_begins_with_a_closing_mark_belongs_to_the_one_above() -> None:
    text = "第一条 本条例适用于散居的少数民族\n\n。散居少数民族是指某些少数民族。\n"
    assert len(mend(text).collection.joins) == 1
    assert records(text, "join") == 0


def test_one_that_is_indented_like_a_paragraph_is_joined_on_record() -> None:
    text = "　　第一条 本条例适用于少数民族\n　　。散居少数民族是指某些少数民族。\n"
    made = mend(text)
    assert made.words("reg.art_1").endswith("少数民族。散居少数民族是指某些少数民族。")
    assert len(made.records("join")) == 1


@pytest.mark.parametrize(("space", "count"), [("", 1), (" ", 0), ("\u3000", 0)])
def test_a_point_behind_white_space_was_a_paragraph(space: str, count: int) -> None:
    text = f"第一条 任务是：\n\n（一）坚持甲；\n\n（二）坚持乙；{space}（三）坚持丙。\n"
    assert len(mend(text).collection.splits) == 1
    assert records(text, "split") == count


def test_the_clean_files_have_no_join_or_split_on_record(shared: Path) -> None:
    for name in ("F0000028", "K0060019", "S0110006"):
        text = (shared / "corpus" / "moj" / f"{name}.txt").read_bytes()
        rules = {r.rule for r in mend(text).collection.repairs}
        assert rules <= {"fullwidth-punctuation"}, name
