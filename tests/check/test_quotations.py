from __future__ import annotations

import time
from pathlib import Path

import pytest

from publisher.check.quotations import misquoted, unfound
from publisher.tree.nodes import Collection
from tests.check.checked import checked, collect, said

LAW = (
    "# 学校安全条例\n\n## 第一章 总则\n\n"
    "第一条 学校应当建立安全管理制度，配备专职人员，定期开展检查。\n\n"
    "## 第二章 管理\n\n第二条 学校应当遵守下列规定：\n\n"
    "（一）不得占用疏散通道和安全出口；\n\n（二）每学期至少组织一次应急演练。\n\n"
    "第三条 教师和学生有权向主管部门反映安全隐患。\n\n"
)
TALK = (
    "近日，国务院公布《学校安全条例》（以下简称《条例》），负责人回答了记者提问。\n\n"
    "问：请介绍一下《条例》的主要内容。\n\n答：{answer}\n"
)


def told(answer: str, rule: str = "misquoted") -> list[str]:
    return said(rule, LAW + TALK.format(answer=answer))


@pytest.mark.parametrize(
    "answer",
    [
        "《条例》第一条规定，“学校应当建立安全管理制度，配备专职人员”。",
        "《条例》规定：“学校应当建立安全管理制度,配备专职人员……”。",
        "《条例》第二条要求：“不得占用疏散通道和安全出口；每学期至少组织一次应急演练”。",
        "《条例》第二条要求：“（二）每学期至少组织一次应急演练。”",
        "《条例》坚持“安全第一”的原则，要求“把学校建成最安全的地方”。",
        "《教育法》规定，“学校应当建立安全管理制度，配备专门人员”。",
        "他说：“学校应当建立安全管理制度，配备专门人员”。",
    ],
)
def test_the_same_words_other_words_and_other_laws_are_left_alone(answer: str) -> None:
    assert told(answer) == []


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (
            "《条例》第一条规定，“学校应当建立安全管理制度，配备专门人员”。",
            "引文作“……度配备专门人员”，法规第一条作“……度配备专职人员定期……”",
        ),
        (
            "《条例》规定，“学校应建立安全管理制度，配备专职人员”。",
            "引文作“学校应建立安全……”，法规第一条作“学校应当建立安全……”",
        ),
        (
            "本条例第二条规定，“每学期至少要组织一次应急演练”。",
            "引文作“……学期至少要组织一次……”，法规第二条作“……学期至少组织一次……”",
        ),
        (
            "第三条明确：“教师和学生有权向主管部门反应安全隐患”。",
            "引文作“……管部门反应安全隐患”，法规第三条作“……管部门反映安全隐患”",
        ),
        (
            "《条例》规定「教师和学生有权向主管机关反映安全隐患」。",
            "引文作“……权向主管机关反映安全……”，法规第三条作“……权向主管部门反映安全……”",
        ),
        (
            "《条例》要求“每学期至少组织一次应急演练活动”。",
            "引文作“……应急演练活动”，法规第二条作“……应急演练”",
        ),
        (
            "《条例》规定“各教师和学生有权向主管部门反映安全隐患”。",
            "引文作“各教师和学……”，法规第三条作“教师和学……”",
        ),
    ],
)
def test_nearly_the_same_words_are_shown_beside_the_regulations(
    answer: str, message: str
) -> None:
    assert told(answer) == [message]


def test_the_finding_points_at_the_characters_that_differ() -> None:
    answer = "《条例》第一条规定，“学校应当建立安全管理制度，配备专门人员”。"
    text = LAW + TALK.format(answer=answer)
    (finding,) = (d for d in checked(text) if d.rule.name == "misquoted")
    assert text[finding.span.start : finding.span.end] == "门"
    assert finding.where == "qa.q_1__ans_1"
    assert "reg.art_1__para_1" in finding.hint.zh


def test_the_second_sentence_of_a_quotation_is_pointed_at_where_it_stands() -> None:
    words = "不得占用疏散通道和安全出口；（二）每学期至少组织两次应急演练"
    text = LAW + TALK.format(answer=f"《条例》第二条规定：“{words}”。")
    (finding,) = (d for d in checked(text) if d.rule.name == "misquoted")
    assert text[finding.span.start : finding.span.end] == "两"


def test_where_a_character_is_left_out_the_one_before_it_is_pointed_at() -> None:
    text = LAW + TALK.format(answer="《条例》规定，“学校应建立安全管理制度”。")
    (finding,) = (d for d in checked(text) if d.rule.name == "misquoted")
    assert text[finding.span.start : finding.span.end] == "应"


def test_a_difference_that_a_repair_proposes_already_is_not_told_twice() -> None:
    text = (
        "# 学校安全条例\n\n第一条 学校应当涵养师生高尚道德品质和行为习惯。\n\n"
        "第二条 高尚的品质应当受到表彰。\n\n"
        + TALK.format(answer="《条例》规定“学校应当涵养师生高沿道德品质和行为习惯”。")
    )
    assert said("misquoted", text) == []


def test_words_that_are_not_in_the_provision_named_for_them_are_noted() -> None:
    answer = "《条例》第九条规定，“任何单位和个人都不得侵占校园场地”。"
    assert told(answer, "unfound-quotation") == [
        "第九条里没有与“任何单位和个人都不得侵占校园场地”相近的话"
    ]
    loose = answer.replace("第九条", "")
    assert told(loose, "unfound-quotation") == []


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ("《条例》第一章“总则”、第二章“管理”。", []),
        ("《条例》第二章“职责”。", ["称第二章为“职责”，法规作“管理”"]),
        ("《条例》第三章“附则”。", []),
        ("《教育法》第二章“职责”。", []),
    ],
)
def test_names_of_chapters_are_compared(answer: str, message: list[str]) -> None:
    assert told(answer, "renamed-heading") == message


def test_a_regulation_alone_is_compared_with_nothing() -> None:
    assert told("", "misquoted") == []
    assert list(misquoted(Collection(()))) == []


def test_many_quotations_of_a_large_law_take_time_as_their_number(
    shared: Path,
) -> None:
    law = next((shared / "corpus" / "laws").glob("00-*.md")).read_text("utf-8")
    lines = [x.split(None, 1)[-1] for x in law.splitlines() if len(x) > 30][:400]
    quoted = [f"《民法典》规定，“{line[:12]}某{line[13:60]}”。" for line in lines]
    taken = {}
    for number in (100, 400):
        talk = "近日，《民法典》公布，现作一些说明。\n\n" + "\n\n".join(quoted[:number])
        collection = collect(law, talk + "\n")
        began = time.process_time()
        found = [*misquoted(collection), *unfound(collection)]
        taken[number] = time.process_time() - began
    assert taken[400] < 8 * taken[100]  # sixteen times, if each were asked of each
    assert len(found) > 200
