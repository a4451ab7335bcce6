from __future__ import annotations

from pathlib import Path

import pytest

from publisher.check import check, claims
from publisher.diagnostics import Diagnostic
from tests.check.checked import checked, collect, said

LAW = (
    "# 学校安全条例\n\n## 第一章 总则\n\n第一条 甲部门负责。\n\n第二条 乙部门负责。\n\n"
    "## 第二章 管理\n\n第三条 丙部门负责。\n\n"
)
TALK = (
    "近日，国务院公布《学校安全条例》（以下简称《条例》），负责人就有关问题回答了记者提问。\n\n"
    "问：请介绍一下《条例》的主要内容。\n\n答：{answer}\n"
)


def test_the_page_tells_what_it_lacks(page: Path) -> None:
    collection = collect(page.read_bytes())
    (claim,) = claims(collection)
    assert (claim.by, claim.about, claim.where) == ("qa", "reg", "qa.q_3__ans_1")
    assert claim.text == "共六章、三十四条"
    assert (claim.chapters, claim.articles) == (6, 34)
    assert claim.missing_articles == ((26, 34),)
    assert claim.missing_chapters == ((6, "附则"),)
    assert (claim.cut, claim.cut_label) == ("reg.art_25", "第二十五条")
    assert claim.renamed == ()
    found: list[Diagnostic] = []
    check(collection, found.append)
    (finding,) = (d for d in found if d.level.name == "ERROR")
    assert (finding.rule.name, finding.where) == ("claim-mismatch", "reg")
    assert "第六章“附则”、第二十六条至第三十四条" in finding.message.zh
    assert "chapter 6 “附则”, articles 26–34" in finding.message.en


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ("《条例》共二章、三条。", []),
        ("《条例》共2章3条。", []),
        ("《条例》共三章、四条。第三章“附则”规定施行日期。", ["第三章“附则”、第四条"]),
        ("《条例》分为三章，共四条。", ["第三章、第四条"]),
        ("《条例》共不分章、三条。", []),
        ("《条例》不分章，共四条。", ["第四条"]),
        ("《条例》共不分章、五条。", ["第四条、第五条"]),
        ("《条例》共5条。", ["第四条、第五条"]),
        ("《条例》共五条，包括三章。", ["第四条、第五条", "第三章"]),
        ("《条例》第三章共有十条意见。", []),
        ("《另一条例》共九章、九十条。", []),
        ("会议共提出九条意见。", []),
    ],
)
def test_counts_are_compared_with_what_was_read(
    answer: str, message: list[str]
) -> None:
    messages = said("claim-mismatch", LAW + TALK.format(answer=answer))
    assert len(messages) == len(message)
    for part, whole in zip(message, messages, strict=True):
        assert whole.endswith(f"来源里没有{part}")


def test_more_than_is_claimed_is_a_mismatch_too() -> None:
    text = LAW + TALK.format(answer="《条例》共一章、二条。")
    assert said("claim-mismatch", text) == [
        "答记者问称共一章、二条，来源里多出第二章、第三条"
    ]


def test_headings_that_differ_are_told() -> None:
    text = LAW + TALK.format(answer="《条例》共二章、三条。第二章“职责”规定分工。")
    (claim,) = claims(collect(text))
    assert claim.renamed == ((2, "职责", "管理"),)
    assert claim.holds


def test_a_claim_about_one_of_two_namesakes_is_not_guessed() -> None:
    other = LAW.replace("学校", "校园")
    talk = TALK.replace("《学校安全条例》（以下简称《条例》）", "两部《安全条例》")
    text = talk.format(answer="《安全条例》共九章、九十条。")
    assert claims(collect(LAW, other, text)) == ()


def test_no_other_document_no_claim() -> None:
    assert [d for d in checked(LAW) if d.rule.name == "claim-mismatch"] == []
