"""What the source lacks of a document is found by its numbers; nothing is guessed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from publisher.book import Book, LeaveOut, Selector, Work
from publisher.edition.prepared import Missing, Unseen
from publisher.tree.nodes import Collection
from tests.edition.making import made

BODY = "有关部门应当按照规定组织开展工作。\n\n"


def law(*marks: str, title: str = "某某条例") -> str:
    """A regulation: 章 and 节 are headings, everything else a provision."""
    lines = [f"# {title}\n\n"]
    for mark in marks:
        heading = mark.endswith(("章", "节"))
        lines.append(f"## {mark} 管理工作\n\n" if heading else f"{mark} {BODY}")
    return "".join(lines)


def gap(text: str, book: Book | None = None) -> Missing:
    prepared = made(text, book=book) if book else made(text)
    (found,) = prepared.apparatus.missing
    return found


def test_a_whole_text_lacks_nothing() -> None:
    text = law("第一章", "第一条", "第二条", "第二章", "第三条")
    assert made(text).apparatus.missing == ()


def test_a_skipped_chapter_is_unseen_though_its_articles_may_be_there() -> None:
    found = gap(law("第一章", "第一条", "第三章", "第二条", "第四章", "第三条"))
    assert found.unseen == (Unseen("第二章", "第二章", "reg.chp_3"),)
    assert found.unbroken
    assert (found.articles, found.tail, found.cut_in) == ("", "", "")


def test_a_section_that_is_skipped_is_told_by_its_place() -> None:
    """Only between two that are there: 第二节 may run on from the chapter before."""
    text = law(
        "第一章", "第一节", "第一条", "第二章", "第二节", "第二条", "第四节", "第四条"
    )
    found = gap(text)
    (unseen,) = found.unseen
    assert (unseen.name, unseen.label) == ("第二章第三节", "第三节")
    assert unseen.before == "reg.chp_2__sec_4"
    assert found.articles == "第三条"
    assert not found.unbroken


def test_a_text_that_begins_at_a_later_article_says_where() -> None:
    found = gap(law("第九条", "第十条"))
    assert found.begins == "第九条"
    assert found.articles == ""


def test_a_point_that_is_skipped_is_unseen() -> None:
    text = law("第一条", "第二条") + "第三条 分为：\n\n（一）甲；\n\n（三）丙。\n"
    found = gap(text)
    assert found.unseen == (Unseen("第三条（二）", "", ""),)


@pytest.mark.parametrize(
    ("note", "bare"),
    [
        (
            "2022年5月30日 某市第十五届人民代表大会常务委员会第五次会议通过\n\n",
            "标题与题注",
        ),
        ("", "标题"),
    ],
)
def test_a_regulation_without_any_provision_says_so(note: str, bare: str) -> None:
    found = gap(f"# 某市公共卫生条例\n\n{note}")
    assert found.bare == bare
    assert not found.unseen


TALK = (
    "近日，《某某条例》公布，负责人就有关问题回答了记者提问。\n\n"
    "问：请介绍《某某条例》的主要内容。\n\n答：《某某条例》共不分章、五条。\n"
)


def test_what_a_document_says_that_is_not_printed_is_said_to_be_its_word() -> None:
    text = law("第一条", "第二条", "第三条") + TALK
    assert gap(text).claim == "答记者问称《某某条例》共不分章、五条"
    book = Book(
        "b",
        works=(Work(Selector("regulation")),),
        leave_out=(LeaveOut(Selector("press_qa"), "另册"),),
    )
    found = gap(text, book)
    assert found.claim == "来源中本册未收之答记者问称《某某条例》共不分章、五条"
    assert found.articles == "第四条至第五条"


def test_what_the_book_does_not_decide_on_is_listed_as_not_printed() -> None:
    text = law("第一条", "第二条", "第三条") + TALK
    (left,) = made(
        text, book=Book("b", works=(Work(Selector("regulation")),))
    ).apparatus.left_out
    assert left.undecided
    assert (left.reason, left.lines) == ("", 3)


def test_documents_are_mixed_only_where_two_printed_ones_are(
    seed: Collection, dangshi: Book
) -> None:
    assert made(seed, book=dangshi).apparatus.mixed
    alone = replace(
        dangshi,
        works=dangshi.works[:1],
        leave_out=(*dangshi.leave_out, LeaveOut(Selector("press_qa"), "另册")),
    )
    told = made(seed, book=alone).apparatus
    assert not told.mixed
    assert any(join.interleaved for join in told.joins)
    text = law("第一条", "第二条") + TALK
    assert not made(text).apparatus.mixed
