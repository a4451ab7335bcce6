"""Lines of one width, as programs and typists wrap text, are paragraphs again."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from publisher.read import read
from publisher.source import Source
from publisher.tree.nodes import Paragraph
from publisher.tree.walk import plain, walk

TEXT = """
第一条 为了保障读者的合法权益，巩固和发展平等、团结、互助的借阅关系，促进各类图书馆
共同发展和繁荣，根据有关法律、行政法规，结合本市实际，制定本办法。

第二条 本办法适用于本市行政区域内由财政拨款举办的图书馆。本办法所称读者是指：居住在
本市并办理了借阅证的公民和在本市学习、工作但没有户籍的公民。

第三条 读者享有本办法规定的权利，并履行本办法规定的义务。

任何组织和个人不得侵害读者的合法权益，不得毁损图书，严禁损害图书馆利益和读者关系的行
为。

第四条 各级图书馆应当把阅览、外借、参考咨询、展览、讲座、培训等事业，纳入年度工作计
划并组织实施。

发展阅览、外借、展览等事业所需的资金和工作经费，各级人民政府及其有关部门应当根据财力
予以安排并纳入年度财政预算。

第五条 市和区县图书馆主管部门分别负责本行政区域内的图书馆事务工作，并负责本办法的具
体实施。各级人民政府及其有关部门应当按其职责保障本办法的实施。

第六条 对图书馆工作作出显著成绩和贡献的集体、个人，由各级人民政府按有关规定给予表彰
奖励。

第七条 少儿图书较多的图书馆，以及国家和本市认定的直接为少年儿童服务的单位和部门，其
领导成员和工作人员中应当配备熟悉少年儿童工作的人员，并定期组织培训。
"""
PARAGRAPHS = ["".join(part.split("\n")) for part in TEXT.strip().split("\n\n")]


def hard(paragraphs: Sequence[str], chars: int, indent: str = "　　") -> str:
    """Lines of one width, ended wherever they are full, be it before a comma."""
    lines = []
    for paragraph in paragraphs:
        whole = indent + paragraph
        lines += [whole[at : at + chars] for at in range(0, len(whole), chars)]
    return "\n".join(["某某办法", "", *lines, ""])


def said(text: str) -> list[str]:
    """The paragraphs of a text."""
    found = read([Source("a.txt", text)], lambda _: None).documents
    return [
        plain(node.run)
        for document in found
        for node in walk(document)
        if isinstance(node, Paragraph)
    ]


WHOLE = [paragraph.rpartition("条 ")[2] for paragraph in PARAGRAPHS]


@pytest.mark.parametrize("chars", range(23, 40, 2))
def test_lines_that_are_full_go_on_wherever_they_are_broken(chars: int) -> None:
    assert said(hard(PARAGRAPHS, chars)) == WHOLE


@pytest.mark.parametrize("chars", [24, 28, 33])
def test_whether_lines_go_on_does_not_hang_on_what_stands_far_below(chars: int) -> None:
    for count in range(4, len(PARAGRAPHS)):
        assert said(hard(PARAGRAPHS[:count], chars)) == WHOLE[:count]


def test_a_paragraph_goes_on_though_a_sentence_ends_with_the_line() -> None:
    first = "读" * 15 + "者。"
    long = f"{first}{'者' * 20}。"
    shown = hard([*PARAGRAPHS, f"第八条 {long}"], 4 + 2 + len(first))
    assert said(shown)[-1] == long


def test_a_line_that_begins_with_a_comma_belongs_to_the_one_above() -> None:
    text = (
        "某某办法\n\n第一条 为了规范管理，制定本办法。\n\n第二条 本办法适用于读者\n"
        "　　。读者是指办理了借阅证的人，不得转借。\n\n"
        "第三条 甲方的选举\n，依照规定执行。\n"
    )
    assert said(text)[1:] == [
        "本办法适用于读者。读者是指办理了借阅证的人，不得转借。",
        "甲方的选举，依照规定执行。",
    ]
