from __future__ import annotations

import re
import tomllib

import pytest

from publisher.book import Decision
from publisher.diagnostics import Diagnostic, Severity
from publisher.read import decode, read
from publisher.repair import repair
from tests.check.built import article, findings, item, listed
from tests.check.checked import checked, said, unheard


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("增强“四个意识”、坚定“四个自信”。", 0),
        ("增强“四个意识、坚定四个自信。", 1),
        ("增强四个意识”、坚定四个自信。", 1),
        ("增强“四个‘意识”、坚定四个自信。", 1),
        ("所称 driver’s licence 是指驾驶证。", 0),
        ("修改为：“甲乙丙。\n\n“丁戊己。\n\n“庚辛壬。”", 0),
        ("修改为：“甲乙丙。\n\n丁戊己。”", 0),
        ("修改为：“甲‘乙丙。\n\n丁’戊‘己’。”", 0),
        ("修改为：“甲乙丙。\n\n丁戊“己”。", 1),
    ],
)
def test_quotations_are_balanced_across_paragraphs(text: str, count: int) -> None:
    assert len(said("unbalanced-quote", f"第一条 {text}\n")) == count


def test_a_quotation_that_breaks_off_with_the_text_is_not_reported() -> None:
    cut = article(1, "应当做到“统筹协调、整体推进，组织开展宣传")
    assert findings(cut, tail_missing=True) == []
    whole = [d.rule.name for d in findings(article(1), cut, article(2))]
    assert "unbalanced-quote" in whole


@pytest.mark.parametrize(
    ("text", "lone"),
    [
        ("党委（党组）、《条例》、〔2024〕、【注】。", []),
        ("党委（党组承担责任。", ["（"]),
        ("党委党组）承担责任。", ["）"]),
        ("根据《条例规定。", ["《"]),
        ("根据〔2024】号。", ["〔", "】"]),
        ("应当做到：1)甲，b)乙。", []),
        ("（《甲〈乙〉》丙）", []),
    ],
)
def test_brackets_have_partners(text: str, lone: list[str]) -> None:
    messages = said("unbalanced-bracket", f"第一条 {text}\n")
    assert [m.split("里的 ")[1][0] for m in messages] == lone


def test_a_lone_bracket_is_shown_where_it_stands() -> None:
    text = "第一条 各级党委（党组承担主体责任。\n"
    (finding,) = checked(text)
    assert text[finding.span.start : finding.span.end] == "（"
    assert finding.where == "reg.art_1__para_1"


def test_a_paragraph_without_a_stop_is_reported() -> None:
    text = (
        "第一条 有关部门应当按照规定，组织开展宣传工作\n\n第二条 甲部门负责。\n\n"
        "第三条 乙部门负责。\n"
    )
    (finding,) = checked(text)
    assert (finding.rule.name, finding.where) == (
        "unterminated-paragraph",
        "reg.art_1__para_1",
    )
    assert "组织开展宣传工作" in finding.message.zh


def test_where_paragraphs_mostly_end_so_nothing_is_said() -> None:
    lines = "".join(f"第{n}条 甲部门，乙部门负责\n\n" for n in "一二三四五六")
    assert said("unterminated-paragraph", lines) == []


def test_the_points_of_one_list_are_compared_with_each_other() -> None:
    points = [item(n, words="甲部门负责，乙部门配合") for n in range(1, 5)]
    assert findings(*map(article, range(1, 9)), listed(9, *points)) == []
    others = [item(n) for n in range(1, 5)]
    (finding,) = findings(listed(1, *others, item(5, words="甲部门负责，乙部门配合")))
    assert finding.where == "reg.art_1__para_1__point_5"


def test_what_the_reader_calls_truncated_is_not_said_again() -> None:
    cut = article(2, "有关部门应当按照规定，组织开展宣传")
    assert findings(article(1), cut, tail_missing=True) == []
    (finding,) = findings(article(1), cut)
    assert finding.where == "reg.art_2__para_1"


def test_headings_and_rows_of_tables_need_no_stop() -> None:
    text = "第一条 甲部门负责。\n\n急救网络建设\n\n| 应税大气污染物，单位 | 税额，元\n"
    assert said("unterminated-paragraph", text) == []


def test_a_reference_to_a_provision_that_is_not_there_is_reported() -> None:
    text = "第一条 违反本条例第九条规定的，责令改正。\n\n第二条 本条例第一条不适用。\n"
    assert said("unresolved-reference", text) == [
        "“本条例第九条”在本篇里没有所指的条款"
    ]


def test_references_to_other_laws_are_not_looked_up() -> None:
    text = "第一条 依照《治安管理处罚法》第九十条处罚。\n"
    assert said("unresolved-reference", text) == []


def test_the_rest_of_a_paragraph_is_joined_as_the_hint_says() -> None:
    text = (
        "第一条 甲部门负责,乙部门配合。\n\n"
        "县级以上地方人民政府图书馆主管部门会同财政主管部门,税务主管部门按年度\n\n"
        "各级公共图书馆,资料室制定办法。\n\n第二条 丙负责。\n\n第三条 丁负责。\n"
    ).replace("财政主管部门,税务", "财政")
    (finding,) = (d for d in checked(text) if d.rule.name == "unterminated-paragraph")
    keys = re.findall(r'\w+ = "[^"]*"', finding.hint.zh)
    decision = Decision("accept", **tomllib.loads("\n".join(keys)))
    source = decode("0.md", text.encode(), unheard)
    found: list[Diagnostic] = []
    made = repair(read([source], unheard, [decision]), [decision], found.append)
    assert not [d for d in found if d.level > Severity.NOTE]
    (joined,) = (r for r in made.repairs if r.rule == "join")
    assert joined.reason == "…"
