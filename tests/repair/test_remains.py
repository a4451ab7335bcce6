"""What a decision leaves behind that cannot be meant is told."""

from __future__ import annotations

import pytest

from tests.repair.mended import Mended, accept, mend

TEXT = (
    "# 某某办法\n\n## 第一章 总则\n\n第一条 分为：\n\n（一）甲；\n\n（二）乙。\n\n"
    "## 第二章 附则\n\n第二条 丙部门负责。\n"
)


def said(mended: Mended) -> list[tuple[str, str, str]]:
    names = {"unread-label", "left-behind"}
    found = (d for d in mended.found if d.rule.name in names)
    return [(d.rule.name, d.where, d.message.zh) for d in found]


@pytest.mark.parametrize(
    ("where", "before", "after"),
    [
        ("reg.art_2", "第二条", "第二款"),
        ("reg.chp_2", "第二章", "第二节"),
        ("reg.art_1__para_1__point_2", "（二）", "（乙）"),
    ],
)
def test_a_corrected_label_that_is_no_number_of_its_level_is_told(
    where: str, before: str, after: str
) -> None:
    message = f"“{before}”改为“{after}”，后者不是这一级的序号；编号仍按“{before}”计"
    assert said(mend(TEXT, accept(where, before, after))) == [
        ("unread-label", where, message)
    ]


@pytest.mark.parametrize(
    ("where", "before", "after"),
    [
        ("reg.art_2", "第二条", "第三条"),
        ("reg.chp_2", "二", "三"),
        ("reg.art_2", "丙部门", "丁部门"),
        ("reg.art_2", "第二条 丙部门负责。", ""),
    ],
)
def test_of_what_counts_and_of_what_is_gone_with_its_text_nothing_is_said(
    where: str, before: str, after: str
) -> None:
    assert said(mend(TEXT, accept(where, before, after))) == []


def test_an_article_whose_text_alone_is_deleted_is_told() -> None:
    assert said(mend(TEXT, accept("reg.art_2", "丙部门负责。", ""))) == [
        ("left-behind", "reg.art_2", "“第二条”的文字都删去了，只剩序号")
    ]


def test_an_answer_whose_question_is_deleted_is_told_once() -> None:
    text = (
        "# 答记者问\n\n问：甲是什么？\n\n答：甲是乙。\n\n问：丙是什么？\n\n"
        "答：丙是丁。\n\n丁是戊。\n"
    )
    mended = mend(text, accept("qa.q_2", "问：丙是什么？", ""))
    assert said(mended) == [("left-behind", "qa.q_2__ans_1", "删去了问题，它的答还在")]
