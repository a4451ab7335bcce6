from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from publisher.book import Allow, Book, Decision, LeaveOut, Selector, Work
from publisher.diagnostics import Words
from publisher.edition import apparatus, prepare
from publisher.edition.apparatus import is_width
from publisher.edition.missing import holes, stretch
from publisher.edition.prepared import Apparatus, Change, JoinNote
from publisher.edition.works import printed
from publisher.source import Span
from publisher.tree.nodes import (
    Article,
    Collection,
    Document,
    Join,
    Prose,
    Repair,
    Text,
)
from tests.edition.making import SCRIPTS, collect, edition, made, unheard


@pytest.fixture(scope="module")
def told(seed: Collection, dangshi: Book) -> Apparatus:
    return made(seed, book=dangshi).apparatus


def records(collection: Collection, book: Book) -> list[Repair]:
    """The repairs of what is printed, found without the account."""
    ids = {document.id for document in printed(collection, book, unheard)}
    return [r for r in collection.repairs if r.where.partition(".")[0] in ids]


def test_every_repair_of_the_page_is_told_once(
    seed: Collection, dangshi: Book, told: Apparatus
) -> None:
    kinds = Counter(
        "width" if is_width(r) else f"{r.kind} {r.status}"
        for r in records(seed, dangshi)
    )
    assert sum(many for *_, many in told.widths) == kinds.pop("width")
    assert len(told.joins) == kinds.pop("join applied") == 7
    assert len(told.changed) == kinds.pop("replace applied")
    assert len(told.doubts) == kinds.pop("replace suggested")
    assert kinds.pop("split applied") == 12
    assert not kinds


def test_each_split_has_its_place(told: Apparatus) -> None:
    assert told.splits == (
        "第四条（一）（二）",
        "第五条（一）至（六）",
        "答问六",
        "答问九",
        "答问十",
        "答记者问文末",
    )


def test_joins_show_both_sides_of_the_seam_as_corrected(told: Apparatus) -> None:
    assert told.joins[0] == JoinNote("第六条", "重", "点", interleaved=False)
    assert told.joins[2] == JoinNote("第十九条", "纳", "入年度", interleaved=True)
    assert told.joins[-1].left == "旗帜"
    assert [join.place for join in told.joins if join.interleaved] == [
        "第十九条",
        "答问六",
    ]


def test_changes_are_rows_in_reading_order_with_a_word_on_either_side(
    told: Apparatus,
) -> None:
    ground = "第十七条“纳入学习计划”"
    assert told.changed[0] == Change("第十九条", "纳同年度", "纳入年度", ground)
    second = told.changed[1]
    assert (second.place, second.before) == ("第二十二条", "纪念日 and 重大")
    assert second.after == "纪念日和重大"
    assert told.changed[2].before == "中心 and 农家书屋"


def test_doubts_are_shown_as_printed(told: Apparatus) -> None:
    etc = next(row for row in told.doubts if row.place == "第二十一条")
    assert "设施，革命旧址等" in etc.before
    assert etc.after == "待核"


def test_widths_are_counted_for_each_mark(told: Apparatus) -> None:
    assert told.widths[0] == (",", "，", 228)
    assert sum(many for *_, many in told.widths) == 321


def test_what_is_missing_is_said_with_how_it_is_known(told: Apparatus) -> None:
    (missing,) = told.missing
    assert missing.cut_in == "第二十五条"
    assert missing.last_words == "党史宣传"
    assert missing.articles == "第二十六条至第三十四条"
    assert missing.chapters == (("第六章", "附则"),)
    assert missing.claim == "答记者问称《条例》共六章、三十四条"
    assert missing.tail == "第二十六条至第三十四条及第六章"


def test_what_is_left_out_is_named_with_its_reason(told: Apparatus) -> None:
    assert [(left.reason, left.lines) for left in told.left_out] == [
        ("同版其他新闻的续文", 10),
        ("同版其他新闻的续文", 16),
    ]
    assert told.left_out[0].name == "新闻“中共中央政治局常委、中央……”"


@pytest.mark.parametrize("script", SCRIPTS[1:])
def test_the_account_is_the_same_in_every_script(
    seed: Collection, dangshi: Book, told: Apparatus, script: str
) -> None:
    other = prepare(seed, dangshi, edition(script), unheard).apparatus  # type: ignore[arg-type]
    assert other.widths == told.widths
    assert len(other.changed) == len(told.changed)
    assert other.missing[0].tail == "第二十六條至第三十四條及第六章"
    assert other.changed[0].basis == "第十七條「納入學習計劃」"
    assert "結" not in repr(told)


LAW = "# 某某条例\n\n第一条 各部门应当加强管里工作。\n\n第三条 甲、乙负责。\n"


def account(text: str, *decisions: Decision, **book: object) -> Apparatus:
    made_of = replace(Book("b"), **book)  # type: ignore[arg-type]
    return made(collect(text, *decisions), book=made_of).apparatus


def test_a_rejected_repair_is_a_doubt_with_the_editors_reason() -> None:
    text = "# 某某条例\n\n第一条 甲乙 and 丙丁。\n"
    where = "reg.art_1__para_1"
    no = Decision("reject", "stray-and", where, "乙 and 丙", "", "原文如此")
    (rule,) = {r.rule for r in collect(text).repairs if r.after == "和"}
    told = account(text, replace(no, rule=rule))
    assert told.changed == ()
    assert [(d.place, d.basis) for d in told.doubts] == [("第一条", "原文如此")]
    assert " and " in told.doubts[0].before


def test_an_inner_gap_is_missing_and_nothing_is_said_of_the_end() -> None:
    (missing,) = account(LAW).missing
    assert (missing.articles, missing.tail, missing.claim) == ("第二条", "", "")
    assert missing.cut_in == ""


def test_allowances_are_told_with_their_place() -> None:
    allow = (
        Allow("skipped-number", "reg.art_3", "原件如此"),
        Allow("truncated", "reg", "见后页"),
        Allow("truncated", "elsewhere", "无"),
    )
    assert account(LAW, allow=allow).allowed == (
        ("第三条", "原件如此"),
        ("《某某条例》", "见后页"),
        ("", "无"),
    )


def test_two_laws_in_one_book_are_told_apart() -> None:
    other = LAW.replace("某某条例", "某某办法").replace("管里", "管理")
    where = "reg.art_1__para_1"
    mend = Decision("accept", "editor", where, "管里", "管理", "他本")
    told = account(f"{LAW}\n{other}", mend)
    assert told.changed[0].place == "《某某条例》第一条"


@pytest.mark.parametrize(
    ("before", "after", "width"),
    [
        (",", "，", True),
        ("),", "），", True),
        ("...", "……", True),
        (".", "。", True),
        ("１", "1", True),
        ("同", "入", False),
        (" and ", "和", False),
        ("，", "", False),
    ],
)
def test_a_width_repair_changes_the_shape_of_marks_alone(
    before: str,
    after: str,
    width: bool,  # noqa: FBT001  (a case of the table)
) -> None:
    basis = Words("全角", "full width")
    repair = Repair("any", "applied", before, after, basis, 1.0, "")
    assert is_width(repair) is width
    assert not is_width(replace(repair, status="suggested"))
    assert not is_width(replace(repair, reason="编者定"))


def test_a_mark_of_another_length_is_counted_as_a_whole() -> None:
    basis = Words("", "")
    repair = Repair(
        "any", "applied", "...", "……", basis, 1.0, "reg", span=Span(9, 0, 3)
    )
    (document,) = collect(LAW).documents
    found = Collection((document,), repairs=(repair,))
    assert made(found).apparatus.widths == (("...", "……", 1),)


def test_a_repair_without_a_place_is_told_where_its_characters_went() -> None:
    (document,) = collect(LAW).documents
    text = next(t for t in _texts(document) if "管里" in t.text)
    at = text.span.start + text.text.index("里")
    basis = Words("疑误", "doubtful")
    lost = Repair(
        "any", "suggested", "里", "理", basis, 0.5, "", span=Span(0, at, at + 1)
    )
    nowhere = replace(lost, span=Span(3, 0, 1))
    told = made(Collection((document,), repairs=(lost, nowhere))).apparatus
    (row,) = told.doubts
    assert (row.place, row.basis) == ("第一条", "疑误")
    assert "管里" in row.before
    assert row.after == row.before.replace("里", "理")


def _texts(document: object) -> list[Text]:
    from publisher.tree import walk

    return list(walk.texts(document))  # type: ignore[arg-type]


def test_missing_numbers_are_found_between_and_after_but_not_where_they_restart() -> (
    None
):
    assert holes([1, 2, 5], 1, 0) == [(3, 4)]
    assert holes([3], 1, 4) == [(1, 2), (4, 4)]
    assert holes([463, 465], 463, 0) == [(464, 464)]
    assert holes([1, 2, 1, 2], 1, 0) == []
    assert holes([], 1, 9) == [(1, 9)]
    assert holes([], 1, 0) == []
    assert holes([1, 3, 2], 1, 0) == []
    assert stretch(4, 4) == "第四条"


def test_the_books_own_strings_are_in_the_script_of_the_edition() -> None:
    book = Book(
        "dangshi",
        "学习条例",
        "附答问",
        "中央",
        "出版社",
        rights="版权",
        works=(Work(Selector("regulation"), short_title="条例"),),
        leave_out=(LeaveOut(Selector("news", "会议"), "无关“会议”"),),
        allow=(Allow("truncated", "reg", "缺页"),),
    )
    prepared = made(LAW, "zh-Hant-TW", book)
    assert prepared.book.title == "學習條例"
    assert prepared.book.id == "dangshi"
    assert prepared.book.works[0].short_title == "條例"
    assert prepared.book.leave_out[0].select.title == "会议"
    assert prepared.book.leave_out[0].reason == "無關「會議」"
    assert prepared.book.allow[0].reason == "缺頁"
    assert prepared.convert("编辑说明“目录”") == "編輯說明「目錄」"
    assert prepared.lang == "zh-Hant-TW"
    assert prepared.documents[0].lang == "zh-Hant-TW"
    same = made(LAW, book=book)
    assert same.book == book
    assert same.convert("编辑说明") == "编辑说明"


def test_the_desk_knows_at_least_the_document() -> None:
    collection = collect(LAW)
    desk = apparatus.Desk(collection, collection.documents, collection.documents)
    assert desk.named("reg.art_99") == "《某某条例》"
    assert desk.named("art_1") == ""


def test_a_left_out_document_is_named_by_its_title() -> None:
    away = (LeaveOut(Selector("regulation", "某某条例"), "另册"),)
    text = f"{LAW}\n{LAW.replace('某某条例', '某某办法')}"
    (left,) = account(text, leave_out=away).left_out
    assert (left.name, left.reason) == ("《某某条例》", "另册")
    assert left.lines == 3


def test_a_repair_across_two_runs_is_shown_without_what_stands_beside_it() -> None:
    (document,) = collect(LAW).documents
    start, end = LAW.index("工作"), LAW.index("三条") + 1
    basis = Words("疑误", "doubtful")
    where = "reg.art_1__para_1"
    wide = Repair(
        "any", "suggested", "甲", "", basis, 0.5, where, span=Span(0, start, end)
    )
    (row,) = made(Collection((document,), repairs=(wide,))).apparatus.doubts
    assert (row.before, row.after) == ("甲", "待核")


def test_a_join_from_one_file_to_the_next_is_not_interleaved() -> None:
    text = LAW[:-4] + "\n"
    collection = collect(text)
    (document,) = collection.documents
    right = Span(1, 0, 4)
    tail = Text("负责。", span=Span(1, 0, 3))
    article = document.body[-1]
    assert isinstance(article, Article)
    (paragraph,) = article.body
    longer = replace(paragraph, run=(*paragraph.run, tail))
    body = (*document.body[:-1], replace(article, body=(longer,)))
    start = text.index("甲、乙")
    join = Join(Span(0, start, len(text) - 1), right, Words("", ""), 1.0)
    joined = Collection((replace(document, body=body),), joins=(join,))
    (note,) = made(joined).apparatus.joins
    assert (note.place, note.right, note.interleaved) == ("第三条", "负责", False)
    assert note.left.endswith("乙")


def test_the_rows_of_two_documents_without_titles_are_told_apart() -> None:
    first = Prose((Text("甲市开会。", span=Span(0, 0, 5)),), "prose", id="p_1")
    other = Prose((Text("乙市开会。", span=Span(0, 5, 10)),), "prose", id="p_1")
    doubt = Repair(
        "misread", "suggested", "开", "门", Words("", ""), 0.5, "", span=Span(0, 2, 3)
    )
    page = Collection(
        (
            Document("news", (), (first,), id="news"),
            Document("news", (), (other,), id="news-2"),
        ),
        repairs=(doubt, replace(doubt, span=Span(0, 7, 8))),
    )
    apparatus = made(page).apparatus
    places = [row.place for row in apparatus.doubts]
    assert places == ["新闻一第一段", "新闻二第一段"]
    assert apparatus.ordinals == (("news", 1), ("news-2", 2))


def test_what_is_deleted_is_named_where_it_stood() -> None:
    text = (
        "# 某某办法\n\n第一条 甲部门特此负责。\n\n（此页空白。）\n\n"
        "第二条 乙部门负责。\n\n## 扫描全能王\n\n第三条 丙部门负责。\n"
    )
    deleted = [
        Decision("accept", "editor", where, before, "", "非原文")
        for where, before in [
            ("reg.art_1__para_1", "特此"),
            ("reg.art_1__para_2", "（此页空白。）"),
            ("reg.heading_1", "扫描全能王"),
        ]
    ]
    rows = made(collect(text, *deleted)).apparatus.changed
    assert [(row.place, row.before, row.after) for row in rows] == [
        ("第一条", "甲部门特此负责", "甲部门负责"),
        ("第一条", "（此页空白。）", "（删去）"),
        ("《某某办法》", "扫描全能王", "（删去）"),
    ]


def test_a_join_of_which_one_side_is_deleted_is_told_of_no_more() -> None:
    text = (
        "# 某某办法\n\n第一条 扫描全能王\n\n甲部门负责登记。\n\n第二条 乙部门负责。\n"
    )
    assert len(made(text).apparatus.joins) == 1
    for before in ("扫描全能王", "甲部门负责登记。"):
        deleted = Decision("accept", "editor", "reg.art_1__para_1", before, "", "水印")
        told = made(collect(text, deleted)).apparatus
        assert told.joins == ()
        assert [row.place for row in told.changed] == ["第一条"]
