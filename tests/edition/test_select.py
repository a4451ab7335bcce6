from __future__ import annotations

import pytest

from publisher.book import Book
from publisher.diagnostics import Problem
from publisher.edition.select import select
from publisher.tree import walk
from publisher.tree.nodes import (
    Block,
    Collection,
    Document,
    Gap,
    Note,
    Notice,
    Reference,
)
from tests.edition.making import collect, made

LAW = """# 某某条例

## 第一章 总则

第一条 为了规范管理，制定本条例。

第二条 依照本条例第一条和第四条办理：

（一）甲；

（二）乙。

## 第二章 罚则

### 第一节 罚款

第三条 违反第二条规定的，处罚款。

第四条 违反第一条规定的，予以警告。
"""


def excerpt(*chosen: str, text: str = LAW) -> Document:
    (document,) = select(collect(text).documents, chosen)[0]
    return document


def ids(node: Document | Block) -> list[str]:
    kept = [getattr(inner, "id", "") for inner in walk.walk(node)]
    return [node_id for node_id in kept if node_id]


def targets(document: Document) -> list[tuple[str, ...]]:
    nodes = walk.walk(document)
    return [node.targets for node in nodes if isinstance(node, Reference)]


def test_nothing_chosen_is_everything() -> None:
    documents = collect(LAW).documents
    assert select(documents, ()) == (documents, "")


def test_an_article_keeps_its_number_its_id_and_the_headings_above_it() -> None:
    document = excerpt("art_4")
    assert ids(document) == [
        "reg",
        "chp_2",
        "chp_2__sec_1",
        "art_4",
        "art_4__para_1",
    ]
    assert walk.ink(document).startswith("某某条例第二章罚则第一节罚款第四条")


def test_a_division_is_kept_whole() -> None:
    whole = collect(LAW).documents[0]
    (inside,) = excerpt("chp_1").body
    assert ids(inside) == ids(whole.body[0])
    assert excerpt("chp_1", "art_1") == excerpt("chp_1")
    assert excerpt("chp_1", "art_4").body[0] == whole.body[0]
    assert excerpt("reg") == whole


def test_an_id_inside_an_article_selects_the_article() -> None:
    assert excerpt("art_2__para_1__point_2") == excerpt("art_2")


def test_references_to_what_is_not_there_have_no_target() -> None:
    assert targets(collect(LAW).documents[0])[0] == ("art_1", "art_4")
    assert targets(excerpt("art_2", "reg.art_4"))[0] == ("art_4",)
    assert targets(excerpt("art_3")) == [()]
    assert walk.ink(excerpt("art_3")).endswith("违反第二条规定的，处罚款。")


def test_an_unknown_id_is_a_mistake_in_the_settings_with_a_suggestion() -> None:
    with pytest.raises(Problem) as problem:
        excerpt("art_44")
    assert problem.value.status == 3
    assert "art_44" in problem.value.message.zh
    assert "art_4" in problem.value.hint.zh
    with pytest.raises(Problem) as problem:
        excerpt("附件")
    assert "outline" in problem.value.hint.en


def test_an_excerpt_says_what_it_is(seed: Collection, dangshi: Book) -> None:
    prepared = made(seed, book=dangshi, select=["chp_3", "art_5", "q_6"])
    assert prepared.apparatus.selected == "第五条、第三章、答问六"
    assert [document.id for document in prepared.documents] == ["reg", "qa"]
    assert [n for n in ids(prepared.documents[1]) if n != "qa"] == [
        "q_6",
        "q_6__ans_1",
        "q_6__ans_2",
    ]
    traditional = made(seed, "zh-Hant-TW", dangshi, ["chp_3"])
    assert traditional.apparatus.selected == "第三章"
    assert [document.id for document in traditional.documents] == ["reg"]


def marks(document: Document) -> list[str]:
    nodes = walk.walk(document)
    return [n.text for n in nodes if isinstance(n, Note | Gap | Notice)]


def test_what_breaks_off_is_marked_only_where_the_break_is_in_the_excerpt(
    seed: Collection, dangshi: Book
) -> None:
    without = made(seed, book=dangshi, select=["chp_1"])
    assert marks(without.documents[0]) == []
    assert without.apparatus.missing == ()
    assert without.apparatus.changed == ()
    ended = made(seed, book=dangshi, select=["chp_5"])
    assert marks(ended.documents[0])[0] == "〔下缺〕"
    assert ended.apparatus.missing[0].cut_in == "第二十五条"


def test_an_excerpt_tells_only_of_the_changes_in_it(
    seed: Collection, dangshi: Book
) -> None:
    part = made(seed, book=dangshi, select=["chp_4"]).apparatus
    whole = made(seed, book=dangshi).apparatus
    assert set(part.changed) < set(whole.changed)
    assert [row.place for row in part.changed] == [
        "第十九条",
        "第二十二条",
        "第二十四条",
    ]
    assert [join.place for join in part.joins] == ["第十九条"]
    assert part.left_out == whole.left_out


def test_the_middle_of_what_goes_on_elsewhere_has_no_mark_at_its_head() -> None:
    text = "第七条 甲部门负责。\n\n第八条 乙部门负责。\n"
    (document,) = collect(text).documents
    assert not select([document], ["art_8"])[0][0].head_missing
