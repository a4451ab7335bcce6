from __future__ import annotations

import pytest

from publisher.check.references import PARENT_LAW, UNRESOLVED_REFERENCE, unresolved
from publisher.diagnostics import Severity
from publisher.read import decode
from tests.check.checked import checked, collect, said, unheard

LAW = "# 甲条例\n\n第一条 有下列情形：\n\n（一）甲；\n\n（二）乙。\n\n前款。\n\n"


def shown(text: str) -> list[str]:
    """The characters that each unresolved reference points at."""
    source = decode("0.md", text.encode(), unheard)
    return [source.text[d.span.start : d.span.end] for d in unresolved(collect(text))]


@pytest.mark.parametrize(
    ("cited", "part"),
    [
        ("本条例第九条", "第九条"),
        ("第一条第五款", "第五款"),
        ("第一条第一款第（三）项", "第（三）项"),
        ("第一条和第**八**条、第七条", "第**八**条"),
        ("前两款", "前两款"),
        ("前两条", "前两条"),
        ("第一条至第四条", "第四条"),
    ],
)
def test_a_reference_that_leads_nowhere_is_shown_where_it_does_not(
    cited: str, part: str
) -> None:
    assert shown(f"{LAW}第二条 违反{cited}的，责令改正。\n") == [part]


@pytest.mark.parametrize(
    "text",
    [
        "违反第一条第一项的；对前三项污染物征税；第一项任务；本条。",
        "依照刑法第九十条、《乙法》第三条、该法第四条和同条第二款。",
        "修改为：“依照前两条和第九十条处罚。”",
        "本条例第一条、前条第二项和第一条第一款（一）。",
    ],
)
def test_what_does_not_lead_into_the_document_is_not_looked_for(text: str) -> None:
    assert shown(f"{LAW}第二条 首款。\n\n{text}\n") == []


def test_the_message_names_the_part_that_is_missing() -> None:
    assert said("unresolved-reference", f"{LAW}第二条 按第一条第五款。\n") == [
        "“第一条第五款”中的“第五款”在本篇里没有所指的条款"
    ]


def test_the_law_above_is_noted_once_and_never_looked_for() -> None:
    text = "# 某法施行細則\n\n第 1 條 本法第九條。\n\n第 2 條 本法第八條。\n"
    found = [d for d in checked(text) if d.rule in {PARENT_LAW, UNRESOLVED_REFERENCE}]
    assert [(d.rule.name, d.level, d.message.zh) for d in found] == [
        ("parent-law", Severity.NOTE, "“本法”指《某法》，不在本篇里")
    ]


def test_an_amendment_needs_no_such_note() -> None:
    text = "# 某法修正案\n\n第一条 修改为：“依照本法第九条处罚。”\n"
    assert said("parent-law", text) == said("unresolved-reference", text) == []


def test_a_point_that_was_read_as_a_paragraph_is_not_missed() -> None:
    listed = "# 某法\n\n第 1 條 職權如左：\n\n一　選舉。\n\n二　罷免。\n\n"
    assert said("unresolved-reference", listed + "除前項第二款外，另定。\n") == []
    assert said("unresolved-reference", listed + "除前項第三款外，另定。\n") != []


def test_an_article_before_may_be_the_one_before_those_that_were_put_in_later() -> None:
    text = (
        "# 某法\n\n第 1 條 有下列情形之一者：\n\n一、甲。\n\n二、乙。\n\n"
        "第 1-1 條 丙。\n\n第 2 條 對於前條第二款之情事，準用前條。\n"
    )
    assert said("unresolved-reference", text) == []
