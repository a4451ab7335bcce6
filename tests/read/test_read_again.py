"""Normalised text (``outline --format text``), read again, is the same tree."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.read import decode, read
from publisher.repair import repair
from publisher.source import Source
from publisher.tree import dump, markdown
from publisher.tree.nodes import Collection, Fixed, Marked, Note, Ruby, Text
from publisher.tree.walk import plain

FILES = ["laws/0*", "laws/1*", "laws/2*", "laws/30*", "moj/*.txt", "damaged/*.md"]


def taken(source: Source) -> Collection:
    return repair(read([source], lambda _: None), (), lambda _: None)


def tree(collection: Collection) -> list[tuple[str, ...]]:
    """The kinds, ids, labels and characters of all nodes."""
    out: list[tuple[str, ...]] = []
    for document in collection.documents:
        out.append((document.kind, document.id, *plain(document.title).split()))
        for _, entry in dump.entries(document):
            mark = dump.label(entry)
            shown = mark.text.strip() if mark else ""
            text = " ".join(plain(dump.own_run(entry)).split())
            out.append((type(entry).__name__, entry.id, shown, text))
    return out


def again(collection: Collection) -> Collection:
    return taken(Source("a.md", "\n".join(markdown.page(collection.documents))))


@pytest.mark.parametrize("pattern", FILES)
def test_normalised_text_reads_as_the_same_tree(shared: Path, pattern: str) -> None:
    paths = sorted((shared / "corpus").glob(pattern))
    assert paths
    for path in paths:
        _compare(path)


def test_the_page_reads_as_the_same_four_documents(page: Path) -> None:
    _compare(page)


def _compare(path: Path) -> None:
    first = taken(decode(path.name, path.read_bytes(), lambda _: None))
    assert first.documents
    assert tree(again(first)) == tree(first), path.name


TEXT = """# 某市条例

（2020年5月28日通过）

## 第一章　总则

第一条　有下列情形之一的：

（一）甲；

1.　乙；

2.　戊；

（二）丙。

第一条之一　按照下表执行：

表1 罚款

| 类别 | 罚款 |
| --- | --- |
| 甲 |   |

![流程图](a.png)

附件一　名录

一、丁
"""


def test_normalised_text_has_a_paragraph_a_line_and_marks_for_headings() -> None:
    wild = (
        "某市条例\n（2020年5月28日通过）\n第一章 总则\n**第一条** 有下列情形之一的：\n"
        "（一）甲；\n1.乙；\n2.戊；\n（二）丙。\n第一条之一  按照下表执行：\n\n"
        "表1 罚款\n|类别|罚款|\n|--|--|\n"
        "|甲||\n\n![流程图](a.png)\n\n附件一 名录\n一、丁\n"
    )
    lines = list(markdown.page(taken(Source("a.txt", wild)).documents))
    assert "\n".join(lines) == TEXT.replace("\n附件", "\n## 附件")


def test_tables_without_heads_and_drawn_ones_stay_tables() -> None:
    for wild in (
        "第一条 甲：\n\n| --- | --- |\n| 甲 | 乙 |\n",
        "第一条 甲：\n┌──┬──┐\n│甲│乙│\n├──┼──┤\n│丙│丁│\n└──┴──┘\n",
        "第一条 甲：\n+---+-----+\n| 甲| “乙”|\n+===+=====+\n|丙 |     |\n+---+-----+",
        "第一条 甲：\n\n续表\n\n第二条 乙。\n",
        "第一条 甲：\n\n| 甲 | 乙 |\n| --- | --- |\n",
        "第一条 甲：\n\n（一）乙：\n\n|甲|乙|\n|--|--|\n|1|2|\n\n（二）丙。\n",
        "第一条 甲：\n\n（一）乙；\n\n续文。\n\n（二）丙。\n",
        "# 法\n\n目录\n\n第一章　总则\n\n第一章　总则\n\n第一条 甲①。\n\n① 注。\n",
        "# 法\n\n第一条\n\n第二条 乙。\n\n![甲](a.png)\n\n图1 乙\n",
        "# 某决定\n\n一、甲\n\n（一）乙。\n\n丙。\n\n二、丁。\n\n|甲|\n|--|\n|1|\n",
        "法規名稱：甲法\n修正日期：民國 94 年 06 月 10 日\n法規類別：乙\n第 1 條 丙。",
        "# 法\n\n第一条 甲[1]。\n\n[1] 注\n",
        "# 决定\n\n乙。\n\n附：\n\n《甲法》\n\n第三条 丙：\n\n（一）丁。\n",
        "# 答问\n\n问：甲？\n\n答：乙。\n\n记者 张三\n",
    ):
        first = taken(Source("a.md", wild))
        assert tree(again(first)) == tree(first)


def test_the_sources_own_marks_are_in_it_and_the_editors_are_not() -> None:
    wild = (
        "# [某]{.着重}条例\n\n第一条　[条例]{.emphasis}、[[王某]{.name}等]{.title}、"
        '[条例]{ruby="tiáo lì"}和[乾隆]{.fixed}[1]，依照[第一条]{.name}。\n'
    )
    first = taken(Source("a.md", wild))
    second = again(first)
    assert [d.body for d in second.documents] == [d.body for d in first.documents]
    assert "\n".join(markdown.page(first.documents)) == wild.replace("着重", "emphasis")
    own = Marked(
        (Ruby((Fixed((Text("甲"),)),), "jiǎ", "editor"),), "emphasis", "editor"
    )
    assert markdown.drawn((own, Note("注"))) == "甲"


def test_documents_are_divided_by_a_mark() -> None:
    first = taken(Source("a.md", "第一条 甲，\n<!-- document -->\n乙，\n"))
    assert [len(tree(Collection((d,)))) for d in first.documents] == [3, 2]
    assert first.joins == ()
    assert "<!-- document -->" in list(markdown.page(first.documents))


STARTS = st.sampled_from(
    [
        *(
            "第一条 ",
            "第二条　",
            "第三条之一 ",
            "第一章 总则",
            "（一）",
            "（二）",
            "1.",
            "2.",
        ),
        *(
            "一、",
            "二、",
            "问：",
            "答：",
            "# 某条例",
            "## 小标题",
            "附则",
            "附件一",
            "甲",
            "《某公约》",
            "法規名稱：某法",
            "[1] ",
            "+--+--+",
            "|甲|乙|",
        ),
    ]
)
LINES = st.lists(
    st.tuples(
        STARTS, st.sampled_from(["", "甲乙丙。", "甲乙丙：", "“甲”，丙丁。", "[1]。"])
    ).map("".join),
    max_size=10,
)


@given(LINES)
@settings(max_examples=60, deadline=None)
def test_normalised_text_is_normalised(lines: list[str]) -> None:
    first = again(taken(Source("a.md", "\n\n".join(lines))))
    once = list(markdown.page(first.documents))
    assert list(markdown.page(again(first).documents)) == once
