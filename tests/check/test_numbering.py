from __future__ import annotations

import re

import pytest

from publisher.check.numbering import SKIPPED_NUMBER
from tests.check.built import article, division, findings, item, listed
from tests.check.checked import checked, said


def articles(*numbers: str) -> str:
    return "# 某条例\n\n" + "".join(f"第{n}条 甲部门负责。\n\n" for n in numbers)


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        (("一", "二", "三"), []),
        (("一", "三"), ["缺第二条"]),
        (("一", "四"), ["缺第二条、第三条"]),
        (("一", "六", "八"), ["缺第二条至第五条、第七条"]),
        (("一", "一之一", "一之二", "二"), []),
        (("一", "三", "二"), []),
        (("一", "二之一", "三"), ["缺第二条"]),
        (("一", "一之三", "二"), ["缺第一条之一、第一条之二"]),
        (("一", "三之二", "四"), ["缺第二条、第三条、第三条之一"]),
    ],
)
def test_one_finding_lists_every_gap(
    numbers: tuple[str, ...], message: list[str]
) -> None:
    text = re.sub("之(.)条", r"条之\1", articles(*numbers))
    assert said("skipped-number", text) == message


def test_a_gap_stands_where_the_number_comes_too_early() -> None:
    text = articles("一", "二", "五")
    (finding,) = checked(text)
    assert finding.where == "reg"
    assert text[finding.span.start : finding.span.end].startswith("第五条")
    assert finding.message.en == "missing: articles 3–4"


def test_numbers_that_run_backwards_are_reported_at_the_place() -> None:
    (finding,) = checked(articles("一", "三", "二"))
    assert (finding.rule.name, finding.where) == ("number-order", "reg.art_2")
    assert finding.message.zh == "第二条排在第三条之后"


def test_a_first_number_that_is_not_one_is_reported() -> None:
    (finding,) = checked(articles("五", "六"))
    assert (finding.rule.name, finding.where) == ("first-number", "reg")
    assert "第五条" in finding.message.zh


@pytest.mark.parametrize("level", ["章", "条"])
@pytest.mark.parametrize(
    ("numbers", "first"),
    [(("一@之一", "二@"), "第一@之一"), (("一@之二",), "第一@之二")],
)
def test_the_first_number_is_one_itself_and_not_what_was_put_in_after_it(
    level: str, numbers: tuple[str, ...], first: str
) -> None:
    inside = "第一条 乙。\n\n" if level == "章" else ""
    text = "# 某条例\n\n" + f"第{numbers[0]} 甲部门\n\n{inside}".replace("@", level)
    text += "".join(f"第{n} 丙部门\n\n".replace("@", level) for n in numbers[1:])
    wanted = f"从{first}开始，前面的不在来源里".replace("@", level)
    assert said("first-number", text) == [wanted]


def test_what_was_put_in_after_one_begins_no_series_of_its_own() -> None:
    """Under 分编 chapters may begin again; 第一章之一 goes on after 第一章."""
    text = (
        "# 某法\n\n第一编 甲\n\n第一分编 乙\n\n第一章 丙\n\n第一条 丁。\n\n"
        "第一章之一 戊\n\n第二条 己。\n\n第二分编 庚\n\n第二章 辛\n\n第三条 壬。\n"
    )
    assert checked(text) == []


@pytest.mark.parametrize(
    ("chapter", "article", "told"),
    [
        ("二", "三", []),
        ("三", "一", ["第二编从第三章开始，前面的不在来源里"]),
        ("一", "四", ["缺第三条"]),
    ],
)
def test_numbers_may_run_on_in_the_next_book(
    chapter: str, article: str, told: list[str]
) -> None:
    text = (
        "# 某法\n\n第一编 甲\n\n第一章 乙\n\n第一条 丙。\n\n第二条 丁。\n\n"
        f"第二编 戊\n\n第{chapter}章 己\n\n第{article}条 庚。\n"
    )
    assert [d.message.zh for d in checked(text)] == told


CHAPTERS = "# 某条例\n\n" + "".join(
    f"## 第{chapter}章 甲\n\n第{n}条 乙部门负责。\n\n"
    for chapter, n in (("一", "一"), ("三", "二"), ("四", "三"))
)


def test_chapters_are_counted_too() -> None:
    (finding,) = checked(CHAPTERS)
    assert (finding.message.zh, finding.where) == ("缺第二章", "reg")
    assert finding.hint == SKIPPED_NUMBER.cure


def test_a_bare_line_where_a_chapter_is_missing_is_offered_as_its_heading() -> None:
    text = (
        "# 某条例\n\n## 第一章 总则\n\n第一条 甲部门负责。\n\n急救网络建设\n\n"
        "第二条 乙部门负责。\n\n## 第三章 附则\n\n第三条 丙部门负责。\n"
    )
    (finding, lost) = checked(text)
    assert finding.message.zh == "缺第二章"
    assert lost.rule.name == "lost-heading-number"
    assert "第二章 急救网络建设" in lost.hint.zh
    assert text[lost.span.start : lost.span.end] == "急救网络建设"
    assert "“急救网络建设”" in finding.hint.zh
    assert "“急救网络建设”" in finding.hint.en


def test_chapters_begin_again_in_each_book_and_go_on_through_its_parts() -> None:
    found = findings(
        division("book", 1, division("chapter", 1, article(1))),
        division(
            "book",
            2,
            division("part", 1, division("chapter", 1, article(2))),
            division("part", 2, division("chapter", 2, article(3))),
            division(
                "part",
                3,
                division("chapter", 3, division("section", 1, article(4))),
                division("chapter", 5, division("section", 3, article(5))),
            ),
            division("part", 4, division("chapter", 1, article(6))),
        ),
    )
    assert [(d.rule.name, d.message.zh) for d in found] == [
        ("skipped-number", "缺第2编第四章"),
        ("first-number", "第5章从第三节开始，前面的不在来源里"),
    ]


def test_a_part_may_hold_articles_without_chapters() -> None:
    assert findings(division("book", 1, division("part", 1, article(1)))) == []


def test_articles_may_begin_again_in_each_book() -> None:
    found = findings(
        division("book", 1, article(1), article(2)),
        division("book", 2, article(1), article(3)),
        division("book", 3),
    )
    assert [d.message.zh for d in found] == ["缺第2编第二条"]


@pytest.mark.parametrize(
    ("items", "found"),
    [
        (("一", "二", "三"), []),
        (("一", "三"), [("skipped-number", "缺第二项")]),
        (("二", "三"), [("first-number", "从第二项开始，前面的不在来源里")]),
    ],
)
def test_items_are_counted_in_their_list(
    items: tuple[str, ...], found: list[tuple[str, str]]
) -> None:
    text = "第一条 任务是：\n\n" + "".join(f"（{n}）甲；\n\n" for n in items)
    reported = checked(text)
    assert [(d.rule.name, d.message.zh) for d in reported] == found
    assert {d.level.name for d in reported} <= {"WARNING"}
    assert {d.where for d in reported} <= {"reg.art_1__para_1"}


def test_a_list_goes_on_after_a_paragraph_that_has_lost_its_number() -> None:
    text = (
        "第一条 任务是：\n\n（一）甲；\n\n（二）乙；\n\n丙丁戊己；\n\n"
        "（四）庚；\n\n（五）辛。\n"
    )
    assert said("skipped-number", text) == ["缺第三项"]
    assert said("first-number", text) == []


def test_lists_of_two_articles_are_two_lists() -> None:
    text = (
        "第一条 任务是：\n\n（一）甲；\n\n（二）乙。\n\n第二条 任务是：\n\n（三）丙。\n"
    )
    assert said("first-number", text) == ["从第三项开始，前面的不在来源里"]


def test_items_of_items_are_lists_of_their_own_and_begin_again_at_one() -> None:
    found = findings(listed(1, item(1, item(1), item(3)), item(2)))
    assert [(d.message.zh, d.where) for d in found] == [
        ("缺第二项", "reg.art_1__para_1__point_1")
    ]
    (again,) = findings(listed(1, item(1), item(2), item(1)))
    assert (again.rule.name, again.where) == (
        "restarted-list",
        "reg.art_1__para_1__point_1-dup2",
    )


SUNK = "第一条 甲负责。 第二条乙应当报告。\n\n第三条 违反第一条的，责令改正。\n"


def test_an_article_that_has_lost_its_line_break_is_pointed_at_once() -> None:
    (finding,) = checked(f"# 某条例\n\n{SUNK}")
    assert (finding.rule.name, finding.message.zh) == ("skipped-number", "缺第二条")
    assert "“第二条乙应当报告。”" in finding.hint.zh


def test_an_article_that_is_only_cited_has_lost_no_line_break() -> None:
    text = SUNK.replace("第二条乙应当", "第二条的规定应当")
    rules = [d.rule.name for d in checked(f"# 某条例\n\n{text}")]
    assert rules == ["skipped-number", "unresolved-reference"]


def test_an_inserted_article_without_the_one_it_follows_is_a_gap() -> None:
    text = "第一条 甲。\n\n第六条之一 乙。\n\n第七条 丙。\n"
    assert said("skipped-number", text) == ["缺第二条至第六条"]
