from __future__ import annotations

import pytest

from tests.check.checked import checked, said

LAW = "# 某条例\n\n第一条 {words}。\n\n第二条 本条例自公布之日起施行。\n\n"


@pytest.mark.parametrize(
    ("words", "lost"),
    [
        ("等级标准见附表", "附表"),
        ("具体范围由本条例附件二规定", "附件二"),
        ("税额依照本法所附《税目税额表》执行", "税目税额表"),
        ("税额依照《环境保护税法》所附《税目税额表》执行", ""),
        ("《海关条例》附件一所列货物除外", ""),
        ("申请人应当提交申请书及附件", ""),
        ("不得附加其他条件", ""),
    ],
)
def test_an_attachment_that_is_named_and_not_there_is_reported(
    words: str, lost: str
) -> None:
    text = LAW.format(words=words)
    found = [d for d in checked(text) if d.rule.name == "missing-attachment"]
    assert [text[d.span.start : d.span.end] for d in found] == ([lost] if lost else [])


@pytest.mark.parametrize(
    ("words", "after"),
    [
        ("等级标准见附表", "附表\n\n| 甲 | 乙 |\n| --- | --- |\n| 丙 | 丁 |\n"),
        ("具体范围由本条例附件二规定", "附件二：具体范围\n\n各级各类学校。\n"),
        ("具体范围见附录", "第三章 附录\n\n第三条 各级各类学校。\n"),
        ("依照本法所附《税目税额表》执行", "附：税目税额表\n\n各类产品。\n"),
    ],
)
def test_an_attachment_that_is_there_is_found(words: str, after: str) -> None:
    assert said("missing-attachment", LAW.format(words=words) + after) == []


def test_final_provisions_are_no_attachment() -> None:
    text = LAW.format(words="具体范围见附录") + "第三章 附则\n\n第三条 甲部门负责。\n"
    assert said("missing-attachment", text) == ["提到“附录”，来源里没有"]


def test_it_is_told_once() -> None:
    text = LAW.format(words="等级标准见附表，处罚标准见附表")
    assert said("missing-attachment", text) == ["提到“附表”，来源里没有"]


def test_a_table_that_goes_on_and_never_began_was_lost() -> None:
    text = LAW.format(words="等级标准见附表") + "附表\n\n续表\n\n注：符合的即为事故。\n"
    assert said("lost-table", text) == ["有“续表”而没有表"]
