from __future__ import annotations

import pytest

from tests.check.checked import checked, said

LIST = "第一条 任务是：\n\n（一）甲；\n\n（二）乙。\n\n"


def test_a_list_that_begins_again_without_a_word_is_reported() -> None:
    assert said("restarted-list", LIST + "（一）丙；\n\n（二）丁。\n") == [
        "（二）之后又是（一）"
    ]


@pytest.mark.parametrize(
    "after", ["另有下列任务：\n\n（一）丙。\n", "第二条 任务是：\n\n（一）丙。\n", ""]
)
def test_a_list_with_words_of_its_own_is_another(after: str) -> None:
    assert said("restarted-list", LIST + after) == []


def test_a_paragraph_that_begins_like_a_point_is_noted_at_the_marker() -> None:
    text = "第一条 客运站分级管理。\n\n一、二级客运站由市级部门核定。\n"
    (finding,) = (d for d in checked(text) if d.rule.name == "suspect-item")
    assert text[finding.span.start : finding.span.end] == "一、"
    assert finding.level.name == "NOTE"


def test_a_paragraph_that_begins_with_a_year_or_a_number_is_none() -> None:
    text = "第一条 客运站分级管理。\n\n3.5米以上的，由市级部门核定。\n"
    assert said("suspect-item", text) == []
