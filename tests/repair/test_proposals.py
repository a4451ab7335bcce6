from __future__ import annotations

import pytest

from tests.repair.mended import mend

SINGLE = "第一条 重视马克思主义的学习。\n\n第二条 做好基层宣传宣讲等工作。\n\n"


def proposed(text: str, rule: str) -> list[tuple[str, str]]:
    mended = mend(text)
    records = mended.records(rule)
    assert {r.status for r in records} <= {"suggested"}
    for record in records:
        span = record.span
        assert mended.source.text[span.start : span.end] == record.before
        assert record.basis.zh
        assert record.basis.en
    return [(r.before, r.after) for r in records]


def test_a_doubled_word_is_proposed_once() -> None:
    text = SINGLE + "第三条 增强对马克思主义主义、共产主义的信仰。\n"
    assert proposed(text, "doubled-word") == [("马克思主义主义", "马克思主义")]


def test_a_parallel_of_the_place_is_proposed_where_there_is_one() -> None:
    text = SINGLE + "第三条 媒体宣传、基层宣讲宣讲等内容。\n"
    assert proposed(text, "doubled-word") == [("基层宣讲宣讲", "基层宣传宣讲")]


def test_a_word_repeated_around_de_is_proposed_where_what_follows_fits_de() -> None:
    text = (
        "第一条 推出一批紧迫的改革举措,防范风险。\n\n"
        "第二条 抓好防范化解风险的风险改革举措。\n"
    )
    assert proposed(text, "doubled-word") == [("风险的风险", "风险的")]


@pytest.mark.parametrize(
    "text",
    [
        "大家讨论讨论,再作决定。",
        "我们研究研究。大家再研究。",
        "人人有责,常常检查,各级各类学校。",
        "有利于有关部门,一个一个地解决,一项一项落实。",
        "北京大学大学生应当参加。大学生应当学习。",
        "妥善保管保管物。保管物毁损的,应当赔偿。",
        "使用信用信息。信用良好的,应当公开信用信息。",
        "推动构建共建共治格局。推动构建共同体,共建家园。",
        "一般保证的保证人应当承担责任。保证人不得拒绝。",
        "哈哈哈哈,非常非常好。" + "非常非常好。",
    ],
)
def test_what_is_said_twice_on_purpose_is_left_alone(text: str) -> None:
    assert proposed(f"第一条 {text}\n", "doubled-word") == []


def test_two_etc_in_one_enumeration_are_doubted_without_a_proposal() -> None:
    text = "第一条 用好博物馆、纪念馆、烈士陵园等设施,革命旧址等红色资源。\n"
    assert proposed(text, "double-etc") == [
        ("烈士陵园等设施,革命旧址等红色资源。"[:-1], "")
    ]


@pytest.mark.parametrize(("before", "after"), [(2, 2), (2, 6), (6, 2), (6, 6)])
def test_two_etc_are_seen_as_far_apart_as_an_enumeration_goes(
    before: int, after: int
) -> None:
    text = f"陵园等{'设施房屋场地'[:before]},{'革命历史旧址'[:after]}等红色资源"
    found = proposed(f"第一条 用好博物馆、{text}。\n", "double-etc")
    assert found == [(text, "")]


def test_two_enumerations_with_etc_are_in_order() -> None:
    text = "第一条 用好文明实践中心、职工书屋等平台,运用报告会、座谈会等形式。\n"
    assert proposed(text, "double-etc") == []


SEAM = (
    "第一条 把学习计划纳入日常工作,把培训纳入考核,把检查纳入评估。\n\n"
    "第二条 基层组织应当把宣传教育纳\n\n{right}年度工作计划,每年至少组织一次。\n"
)


def test_a_seam_that_stands_nowhere_else_is_doubted() -> None:
    assert proposed(SEAM.format(right="同"), "seam-misread") == [("同", "入")]


def test_a_seam_that_reads_on_is_not_doubted() -> None:
    assert proposed(SEAM.format(right="入"), "seam-misread") == []


@pytest.mark.parametrize(
    "elsewhere",
    [
        "",
        "把学习纳入工作计划,把检查纳入评估。",
        "把学习纳入评估,把检查纳入日常,纳入考核。",
    ],
)
def test_a_seam_without_enough_parallels_is_not_doubted(elsewhere: str) -> None:
    text = (
        f"第一条 各单位应当重视。{elsewhere}\n\n第二条 基层组织应当把宣传教育纳\n\n"
        "同年度工作计划,每年至少组织一次。\n"
    )
    assert proposed(text, "seam-misread") == []


def test_a_traditional_character_in_simplified_text_is_proposed() -> None:
    text = "第一条 学校应当组织学生认真学習,开展实践活动,养成良好习惯。\n"
    assert proposed(text, "stray-traditional") == [("習", "习")]


def test_in_a_name_it_is_doubted_without_a_proposal() -> None:
    text = "第一条 鄆城县人民政府应当加强管理,制定规划。\n"
    assert proposed(text, "stray-traditional") == [("鄆", "")]


def test_a_simplified_character_in_traditional_text_is_reported() -> None:
    text = "第一條 為維護國家安全,保障學生權益,促進教育發展,訂定本條例规定。\n"
    assert proposed(text, "stray-traditional") == [("规", "規")]


def test_of_several_traditional_forms_none_is_proposed() -> None:
    text = "第一條 為維護國家安全,保障學生權益,促進教育事業,訂定发布辦法。\n"
    assert proposed(text, "stray-traditional") == [("发", "")]


def test_a_text_of_one_script_has_no_strays() -> None:
    text = "第一條 為維護國家安全,保障學生權益,促進教育發展,訂定本條例規定。\n"
    assert proposed(text, "stray-traditional") == []


PAGE = (
    "# 学校安全条例\n\n第一条 学校应当涵养师生高尚道德品质和行为习惯,制定本条例。\n\n"
    "第二条 本条例自公布之日起施行,高尚的品质应当受到表彰。\n\n"
    "近日,《学校安全条例》公布,负责人就有关问题回答了记者提问。\n\n"
    "问:请介绍一下主要内容。\n\n答:条例规定{quoted},并制定条例。\n"
)


@pytest.mark.parametrize(
    ("quoted", "proposal"),
    [
        ("学校应当涵养师生高沿道德品质和行为习惯", [("沿", "尚")]),
        ("学校应当涵养师生高尚道德品质和行为习惯", []),
        ("学校应当涵养师生的高尚道德品质和行为习惯", []),
        ("学校要涵养学生高沿道德品质", []),
    ],
)
def test_a_quotation_that_differs_in_one_character_is_doubted(
    quoted: str, proposal: list[tuple[str, str]]
) -> None:
    assert proposed(PAGE.format(quoted=quoted), "parallel-passage") == proposal


def test_each_proposal_is_a_warning_that_says_how_to_decide() -> None:
    mended = mend(SINGLE + "第三条 增强对马克思主义主义、共产主义的信仰。\n")
    (warning,) = (d for d in mended.found if d.rule.name == "doubled-word")
    assert warning.level.name == "WARNING"
    assert "马克思主义主义" in warning.message.zh
    assert warning.where == "reg.art_3__para_1"
    assert 'rule = "doubled-word"' in warning.hint.zh
    assert 'before = "马克思主义主义"' in warning.hint.en


def test_nothing_is_applied_by_itself() -> None:
    mended = mend(SINGLE + "第三条 增强对马克思主义主义、共产主义的信仰。\n")
    assert "马克思主义主义" in mended.words("reg.art_3")
