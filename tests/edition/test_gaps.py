"""What is missing is marked where it is, and the account says no more than that."""

from __future__ import annotations

import pytest

from publisher.book import Allow, Book
from publisher.edition.prepared import Missing, Prepared
from publisher.tree import walk
from tests.edition.making import collect, made
from tests.edition.test_notes import shown

HEAD = "# 某某办法\n\n第一条 甲部门负责。\n\n"


def text_of(prepared: Prepared) -> str:
    (document,) = prepared.documents
    return shown(document)


def lacks(prepared: Prepared) -> Missing:
    (found,) = prepared.apparatus.missing
    return found


@pytest.mark.parametrize(
    ("points", "marked"),
    [
        ("（一）甲；\n\n（三）丙。", "（一）甲；<〔（二），来源未见〕>（三）丙。"),
        ("（三）丙；\n\n（四）丁。", "第二条分为：（三）丙；（四）丁。"),
        ("（三）丙；\n\n（七）丁。", "第二条分为：（三）丙；（七）丁。"),
        (
            "（一）甲：\n\n1.子；\n\n2.丑；\n\n（三）丙。",
            "2.丑；<〔（二），来源未见〕>（三）丙。",
        ),
        ("（一）甲；\n\n（二）乙。", "（一）甲；（二）乙。"),
    ],
)
def test_a_point_that_is_missing_is_marked_behind_the_one_before(
    points: str, marked: str
) -> None:
    text = f"{HEAD}第二条 分为：\n\n{points}\n\n第三条 丁部门负责。\n"
    prepared = made(text)
    assert marked in text_of(prepared)
    (document,) = prepared.documents
    assert walk.ink(document) == walk.ink(collect(text).documents[0])
    if "未见" in marked:
        assert lacks(prepared).skipped == ("某项",)


def test_a_chapter_and_an_article_that_are_missing_are_both_marked() -> None:
    text = (
        "# 某某办法\n\n## 第一章 总则\n\n第一条 甲部门负责。\n\n## 第三章 附则\n\n"
        "第二条 乙部门负责。\n\n第四条 丙部门负责。\n"
    )
    prepared = made(text)
    assert "负责。<〔第二章，来源未见〕>第三章附则" in text_of(prepared)
    assert "负责。<〔第三条，来源未见〕>第四条" in text_of(prepared)
    assert lacks(prepared).skipped == ("某章", "某条")


def test_tables_of_which_only_the_titles_are_left_are_missing() -> None:
    text = f"{HEAD}附表一\n\n收费标准表\n\n附表二\n\n减免标准表\n"
    prepared = made(text)
    found = lacks(prepared)
    assert found.unattached == "附表一之表、附表二之表"
    assert found.skipped == ("某表",)
    assert text_of(prepared).endswith(
        "附表一收费标准表<〔附表一之表，来源未见〕>"
        "附表二减免标准表<〔附表二之表，来源未见〕>"
    )
    in_taiwan = made(text, "zh-Hant-TW")
    assert lacks(in_taiwan).unattached == "附表一之表、附表二之表"
    assert "〔附表一之表，來源未見〕" in text_of(in_taiwan)


def test_a_table_that_is_there_is_not_missing() -> None:
    text = (
        f"{HEAD}附表一\n\n收费标准表\n\n| 名称 | 数量 |\n| --- | --- |\n| 甲 | 一 |\n"
    )
    assert made(text).apparatus.missing == ()


def test_a_table_that_should_go_on_is_missing_where_it_says_so() -> None:
    prepared = made(f"{HEAD}附表\n\n续表\n\n注：符合所列情形之一的，即为事故。\n")
    assert "续表<〔续表，来源未见〕>" in text_of(prepared)
    assert "续表" in lacks(prepared).unattached


@pytest.mark.parametrize(
    "named",
    [
        "税目依照《环境保护税法》所附《环境保护税税目税额表》执行",
        "收费标准见附表一",
    ],
)
def test_an_attachment_that_is_named_may_be_another_acts_and_is_not_marked(
    named: str,
) -> None:
    prepared = made(f"# 某某办法\n\n第一条 {named}。\n\n第二条 乙部门负责。\n")
    assert prepared.apparatus.missing == ()
    assert "未见" not in text_of(prepared)


RUNNING_ON = (
    "# 某某法\n\n第一编 总则\n\n第一章 任务\n\n第一节 甲\n\n第一条 甲部门负责。\n\n"
    "第二章 管辖\n\n第二节 乙\n\n第二条 乙部门负责。\n\n"
    "第二编 程序\n\n第三章 起诉\n\n第三条 丙部门负责。\n\n"
    "第四章 审理\n\n第四条 丁部门负责。\n"
)


def test_nothing_is_missing_where_chapters_and_sections_run_on() -> None:
    prepared = made(RUNNING_ON)
    assert prepared.apparatus.missing == ()
    assert "未见" not in text_of(prepared)


def test_what_is_missing_among_chapters_that_run_on_is_marked() -> None:
    text = RUNNING_ON.replace("第四章", "第五章")
    assert text_of(made(text)).count("未见") == 1
    assert "负责。<〔第四章，来源未见〕>第五章" in text_of(made(text))
    assert [one.name for one in lacks(made(text)).unseen] == ["第二编第四章"]


@pytest.mark.parametrize("rule", ["first-number", "skipped-number"])
def test_a_gap_that_the_editor_allowed_is_one_still(rule: str) -> None:
    """The reason may be that the source has no more."""
    text = f"{HEAD}第二条 分为：\n\n（一）甲；\n\n（三）丙。\n\n第四条 丁。\n"
    where = ("reg", "reg.art_2__para_1")
    allow = tuple(Allow(rule, place, "原报如此") for place in where)
    prepared = made(text, book=Book("b", bare=True, allow=allow))
    assert "甲；<〔（二），来源未见〕>（三）" in text_of(prepared)
    assert "丙。<〔第三条，来源未见〕>第四条" in text_of(prepared)
