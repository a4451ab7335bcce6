from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.read import READERS, read
from publisher.source import Source
from publisher.tree.walk import labels, pieces, restore, texts, walk

STARTS = st.sampled_from(
    [
        *("第一条 ", "第二条　", "第 3-1 條", "第三条", "**第四条** ", "第一章 总则"),
        *("## 第二章", "第一编 甲", "（一）", "(二)", "一、", "二、", "1．", "2.", "①"),
        *("a）", "问：", "答:", "# 标题", "## 小标题", "（上接第1版）", "——", "……"),
        *("（2024年1月1日通过）", "2024年1月1日 施行", "记者 张三", "近日，", ""),
        *("（新华社北京2月19日电）", "附件一：甲", "目录", "附则", "<!-- a -->", " "),
        *("| 甲 | 乙 |", "|---|:-:|", "| 丙", "┌──┬──┐", "│甲│乙│", "├──┼──┤"),
        *("└──┴──┘", "![图](a.png)", "图1 甲", "表1 乙", "续表", "附件1", "附表二：甲"),
        *(
            "5.1 甲",
            "5.1.1 乙",
            "5.1.2",
            "1 甲",
            "2 乙",
            "壹 總則",
            "第 7 條",
            "（刪除）",
        ),
        *("+--+--+", "+==+==+", "|甲|乙|", "法規名稱：", "[1] ", "法規類別：甲"),
        *("修正日期：民國 94 年 06 月 10 日", "《某公约》", "二、《某法》", "附："),
        *("— 1 —", "第7页", "4", "某公报 — 2 —"),
        *("将第三条修改为：“", "“第三条 ", "“（一）", "# 第一编", "国发〔2020〕5号"),
    ]
)
SPANS = st.sampled_from(
    [
        *("", "[条例]{.emphasis}", "[甲", "]{.name}", "]", "[1]", "**[乙]{.着重}**"),
        *('[条例]{ruby="tiáo lì"}', "[[甲]{.书名}乙]{.fixed .专名}", "[**丙]{.name}**"),
        *("[甲]{.other}", "[]{.name}", '[第一条]{ruby=" "}', "[第一条]{.name}"),
    ]
)
LETTERS = "甲乙，。：；、“”（）《》:;?第一二条款项前本法和至问答 　*#\u200b\x07\ud800"
WORDS = st.text(LETTERS, max_size=14)
ENDS = st.sampled_from(
    ["", "。", "：", "，第二条第一款", "（下转第3版）", "。问：甲？答：乙。"]
)
LINES = st.lists(st.tuples(STARTS, SPANS, WORDS, SPANS, ENDS).map("".join), max_size=14)
BREAKS = st.sampled_from(["\n", "\n\n", "\r\n", "\r"])
SHAPE = re.compile(
    r"(?:\s|法規名稱：|— [12] —|第7页|4|某公报"
    r"|[+=#*|:\u2500-\u257f\u200b\x07\ud800\ufeff-]|!\[|\]\(a\.png\)|<!-- a -->"
    r'|\[|\]\{(?:\s|\.[a-z着重专名书]+|ruby="tiáo lì")+\})*'
)


@given(LINES, BREAKS)
@settings(max_examples=400, deadline=None)
def test_every_character_stands_in_one_text_or_layout(
    lines: list[str], stop: str
) -> None:
    text = stop.join(lines)
    collection = read([Source("a.md", text)], lambda _: None)
    assert restore(collection, 1) == (text,)
    assert all(SHAPE.fullmatch(layout.text) for layout in collection.layout)


@given(LINES)
@settings(max_examples=200, deadline=None)
def test_ids_are_unique_and_references_stand(lines: list[str]) -> None:
    source = Source("a.txt", "\n".join(lines))
    for document in read([source], lambda _: None).documents:
        nodes = list(walk(document))
        ids = [name for node in nodes if (name := getattr(node, "id", ""))]
        assert len(ids) == len(set(ids))
        assert {i for i, _ in labels(document)} <= set(ids)
        for node in nodes:
            assert set(getattr(node, "targets", ())) <= set(ids)


@given(LINES)
@settings(max_examples=100, deadline=None)
def test_joins_go_forward_and_over_no_marker(lines: list[str]) -> None:
    source = Source("a.md", "\n".join(lines))
    collection = read([source], lambda _: None)
    for join in collection.joins:
        assert join.left.start < join.right.start
        right = source.text[join.right.start : join.right.end]
        assert not re.match(r"第[一二三四]条\s|[（(][一二][）)]|[问答][：:]|——", right)


def test_several_files_are_read_into_one_collection() -> None:
    first = Source("a.md", "# 甲条例\n\n第一条 甲。\n")
    second = Source("b.md", "# 乙条例\n\n第一条 乙。\n")
    collection = read([first, second], lambda _: None)
    assert restore(collection, 2) == (first.text, second.text)
    assert [d.id for d in collection.documents] == ["reg", "reg-2"]
    assert {t.span.file for t in texts(collection.documents[1])} == {1}


def test_a_tree_without_one_of_its_texts_is_found_out() -> None:
    text = "第一条 甲。\n"
    collection = read([Source("a.md", text)], lambda _: None)
    assert sum(len(piece.text) for piece in pieces(collection)) == len(text)
    reg = replace(collection.documents[0], body=())
    with pytest.raises(ValueError, match="file 0"):
        restore(replace(collection, documents=(reg,)), 1)


def test_readers_are_known_by_suffix() -> None:
    assert set(READERS) >= {".md", ".txt"}


@pytest.mark.parametrize(
    "text",
    [
        f"第{'9' * 5000}条 甲。\n",
        "第一条 甲。\n\n第九九九九九条 乙。\n",
        "第一条 依照第一条至第999999999条和前99999999条办理。\n",
    ],
)
def test_a_number_that_no_provision_has_is_only_text(text: str) -> None:
    collection = read([Source("a.md", text)], lambda _: None)
    assert restore(collection, 1) == (text,)


def test_a_day_that_no_calendar_has_is_no_event() -> None:
    text = "# 某条例\n\n（2024年13月45日某会通过 2024年2月5日发布）\n\n第一条 甲。\n"
    document = read([Source("a.md", text)], lambda _: None).documents[0]
    assert document.note is not None
    assert [event.date for event in document.note.events] == ["2024-02-05"]
