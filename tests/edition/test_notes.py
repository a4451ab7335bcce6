from __future__ import annotations

from dataclasses import replace

import pytest

from publisher.book import Book, Decision
from publisher.diagnostics import Words
from publisher.edition.notes import Call, annotate, ground, with_notes
from publisher.edition.works import printed
from publisher.source import Span
from publisher.tree import walk
from publisher.tree.nodes import (
    Collection,
    Continuation,
    Document,
    Gap,
    Note,
    Notice,
    Prose,
    Repair,
    Text,
)
from tests.edition.making import collect, made, unheard


def shown(document: Document) -> str:
    """The text with the editor's marks where they stand."""
    out = []
    for node in walk.walk(document):
        match node:
            case Text():
                out.append(node.text)
            case Note() | Gap() | Notice():
                out.append(f"<{node.text}>")
            case _:
                pass
    return "".join(out)


def test_the_pages_marks_are_the_editors_and_no_others(
    seed: Collection, dangshi: Book
) -> None:
    reg, qa = made(seed, book=dangshi).documents
    text = shown(reg)
    assert "学习教育纳入<来源作“同”，据第十七条“纳入学习计划”校改。>年度" in text
    assert text.endswith(
        "党史宣传<〔下缺〕><〔来源至此中断：第二十五条未完；"
        "第二十六条至第三十四条及第六章缺，本册不补。参见《编辑说明》。〕>"
    )
    assert text.count("<") == 3
    assert qa.title == (Note("来源无标题，此题编者所拟。"),)
    assert shown(qa).count("<") == 1


def test_marks_are_not_ink(seed: Collection, dangshi: Book) -> None:
    whole = printed(seed, dangshi, unheard)
    documents = made(seed, book=dangshi).documents
    assert [walk.ink(d) for d in documents] == [walk.ink(d) for d in whole]


LAW = "# 某某条例\n\n第一条 各部门应当加强管里工作。\n\n第二条 各部门负责。\n"


def decided(before: str, after: str, reason: str, article: int = 1) -> str:
    decision = Decision("accept", "editor", f"reg.art_{article}", before, after, reason)
    (document,) = made(collect(LAW, decision)).documents
    return shown(document)


def test_a_note_says_what_the_source_has() -> None:
    text = decided("管里", "管理", "第二条")
    assert "加强管理<来源作“里”，据第二条校改。>工作。" in text


def test_a_note_says_what_was_added() -> None:
    text = decided("各部门负责", "各有关部门负责", "他本。", 2)
    assert "各有关<来源无“有关”，据他本校补。>部门负责。" in text


def test_a_note_says_what_was_dropped() -> None:
    text = decided("加强管里工作", "加强工作", "他本")
    assert "<来源有“管里”，据他本校删。>" in text
    assert walk.ink(collect(LAW).documents[0]) not in text


def test_a_reason_may_be_a_sentence() -> None:
    text = decided("管里", "管理", "形近而误，各条皆作“管理”。")
    assert "<来源作“里”，编者校改：形近而误，各条皆作“管理”。>" in text


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("第二条", "第二条"),
        ("据第二条校改", "第二条"),
        ("依据第二条校补。", "第二条"),
        ("据", "据"),
        (" 他本 ", "他本"),
        ("", ""),
    ],
)
def test_the_ground_of_a_change_is_said_without_the_words_round_it(
    reason: str, said: str
) -> None:
    assert ground(reason) == said


def test_safe_repairs_have_no_note() -> None:
    (document,) = made("# 某某条例\n\n第一条 甲,乙 and 丙。\n").documents
    assert shown(document).endswith("甲，乙和丙。")


def test_a_note_on_a_label_is_called_at_the_words_after_it() -> None:
    decision = Decision("accept", "editor", "reg.art_2", "二", "三", "他本")
    (document,) = made(collect(LAW, decision)).documents
    assert shown(document).endswith("第三条<来源作“二”，据他本校改。>各部门负责。")


def replaced(before: str, after: str, span: Span) -> Repair:
    words = Words("", "")
    parts = ("editor", "applied", before, after, words, 1.0, "prose.prose_1")
    return Repair(*parts, reason="他本", span=span)  # type: ignore[arg-type]


def noted(repair: Repair, *texts: Text) -> str:
    document = Document("prose", (), (Prose(texts, id="prose_1"),), id="prose")
    return shown(annotate(document, [repair], None))


def test_a_note_stands_after_what_is_new_whatever_the_texts_are() -> None:
    same = Text("纳入年度", span=Span(0, 10, 14))
    change = replaced("纳同年度", "纳入年度", Span(0, 10, 14))
    assert noted(change, same).startswith("纳入<来源作“同”")
    whole = Text("甲乙丙", span=Span(0, 10, 12))
    change = replaced("甲丙", "甲乙丙", Span(0, 10, 12))
    assert noted(change, whole) == "甲乙<来源无“乙”，据他本校补。>丙"
    parts = Text("甲", span=Span(0, 10, 11)), Text("乙丙", span=Span(0, 11, 12))
    assert noted(change, *parts) == "甲乙<来源无“乙”，据他本校补。>丙"
    gone = replaced("甲丙", "丙", Span(0, 10, 12))
    assert noted(gone, Text("丙", span=Span(0, 10, 12))).startswith("<来源有“甲”")
    assert noted(replaced("甲", "乙", Span(1, 0, 1)), whole) == "甲乙丙"


def test_two_notes_in_one_text_stand_in_their_order() -> None:
    text = Text("甲乙丙丁", span=Span(0, 0, 4))
    calls = [Call("", 3, Note("三")), Call("", 1, Note("一")), Call("", 4, Note("四"))]
    assert with_notes((text,), calls) == (
        Text("甲"),
        Note("一"),
        Text("乙丙"),
        Note("三"),
        Text("丁"),
        Note("四"),
    )
    spans = [t.span for i in with_notes((text,), calls) for t in walk.texts(i)]
    assert spans == [Span(0, 0, 1), Span(0, 1, 3), Span(0, 3, 4)]


def test_a_document_that_goes_on_from_elsewhere_is_marked_at_its_first_words() -> None:
    mark = Continuation((Text("（上接第1版）"),), "from", 1, id="continuation_1")
    first = Prose((Text("甲"),), id="prose_1")
    second = Prose((Text("乙"),), id="prose_2")
    body = (mark, first, second)
    document = Document("news", (), body, id="news", head_missing=True)
    (new,) = made(Collection((document,))).documents
    assert shown(new) == "（上接第1版）<〔上缺〕>甲乙"
    cut = replace(document, tail_missing=True, title=(Text("题"),))
    (new,) = made(Collection((cut,))).documents
    end = "<〔来源至此中断：以下文字缺，本册不补。参见《编辑说明》。〕>"
    assert shown(new) == f"题（上接第1版）<〔上缺〕>甲乙<〔下缺〕>{end}"


def test_what_is_lost_after_a_full_stop_is_noticed_too() -> None:
    text = (
        "# 某某条例\n\n第一条 甲部门负责管理工作。\n\n第二条 乙部门负责监督工作。\n\n"
        "近日，《某某条例》公布，负责人就有关问题回答了记者提问。\n\n"
        "问：请介绍一下《某某条例》。\n\n答：《某某条例》共四条，规定了职责。\n"
    )
    prepared = made(text)
    assert shown(prepared.documents[0]).endswith(
        "监督工作。<〔来源至此中断：第三条至第四条缺，本册不补。参见《编辑说明》。〕>"
    )
    (missing,) = prepared.apparatus.missing
    assert (missing.cut_in, missing.last_words) == ("", "")
    assert missing.claim == "答记者问称《某某条例》共四条"


def test_marks_are_in_the_script_of_the_edition(
    seed: Collection, dangshi: Book
) -> None:
    reg, qa = made(seed, "zh-Hant-TW", dangshi).documents
    assert "<來源作「同」，據第十七條「納入學習計劃」校改。>" in shown(reg)
    assert "<〔來源至此中斷：第二十五條未完；" in shown(reg)
    assert shown(qa).startswith("<來源無標題，此題編者所擬。>")
    assert qa.given_title == "負責人就《條例》答記者問"


GAPPED = "# 某某条例\n\n" + "\n\n".join(
    f"第{n}条 各部门负责。" for n in ("一", "二", "四", "五", "九", "十")
)


def test_a_gap_among_the_articles_is_noticed_where_it_is() -> None:
    prepared = made(GAPPED + "\n")
    (law,) = prepared.documents
    text = shown(law)
    assert text.count("<") == 2
    assert "第二条各部门负责。<〔第三条，来源未见〕>第四条" in text
    assert "第五条各部门负责。<〔第六条至第八条，来源未见〕>第九条" in text
    assert walk.ink(law) == walk.ink(collect(GAPPED + "\n").documents[0])
    ids = [node.id for node in walk.walk(law) if isinstance(node, Notice)]
    assert ids == ["notice_1", "notice_2"]
    (missing,) = prepared.apparatus.missing
    assert missing.skipped


def test_an_article_that_stands_elsewhere_leaves_no_gap() -> None:
    moved = "# 某某条例\n\n第一条 甲。\n\n第三条 乙。\n\n第二条 丙。\n\n第四条 丁。\n"
    assert "<" not in shown(made(moved).documents[0])


def test_the_notice_of_a_gap_goes_before_the_notice_at_the_end() -> None:
    law = replace(collect(GAPPED + "\n").documents[0], tail_missing=True)
    (new,) = made(Collection((law,))).documents
    found = [node for node in walk.walk(new) if isinstance(node, Notice)]
    assert [n.id for n in found] == ["notice_1", "notice_2", "notice_3"]
    assert found[-1].text.startswith("〔来源至此中断：")


@pytest.mark.parametrize(
    ("chosen", "marks"),
    [(["art_2", "art_4"], 1), (["art_4", "art_5"], 0), (["art_1", "art_10"], 0)],
)
def test_an_excerpt_notices_the_gaps_of_the_source_and_not_its_own(
    chosen: list[str], marks: int
) -> None:
    (law,) = made(GAPPED + "\n", select=chosen).documents
    assert shown(law).count("来源未见") == marks


def test_the_notice_of_a_gap_is_in_the_script_of_the_edition() -> None:
    annexed = GAPPED + "\n\n附件1\n\n" + GAPPED + "\n"
    text = shown(made(annexed, "zh-Hant-TW").documents[0])
    assert "<〔第三條，來源未見〕>第四條" in text
    assert "来源" not in text
