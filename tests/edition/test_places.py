from __future__ import annotations

from collections import Counter
from dataclasses import replace

from publisher.edition import snippets
from publisher.edition.places import first_after, holding, last_before, names, seats
from publisher.source import Span
from publisher.tree import walk
from publisher.tree.ids import identify
from publisher.tree.nodes import (
    AdoptionNote,
    Answer,
    Article,
    Block,
    Byline,
    Continuation,
    Document,
    DocumentKind,
    Heading,
    Item,
    Notice,
    Omission,
    Paragraph,
    Prose,
    Question,
    SignOff,
    Text,
)
from tests.edition.making import collect


def named(*body: Block, kind: str = "prose", note: bool = False) -> dict[str, str]:
    promulgated = AdoptionNote((Text("（题注）"),)) if note else None
    document = Document(kind, (), body, note=promulgated, id="it")  # type: ignore[arg-type]
    found = names([identify(document)])
    return {anchor.removeprefix("it."): name for anchor, name in found.items()}


def run(text: str) -> tuple[Text, ...]:
    return (Text(text),)


def untitled(name: str, kind: DocumentKind, title: str = "") -> Document:
    text = run(title) if title else ()
    return identify(Document(kind, text, (Prose(run("甲乙"), "prose"),), id=name))


def test_documents_that_have_but_the_name_of_their_kind_are_told_apart() -> None:
    both = (untitled("news", "news"), untitled("news-2", "news"))
    other = (untitled("news-3", "news", "甲市开会"), untitled("qa", "press_qa"))
    found = names((*both, *other))
    told = [found[name] for name in ("news", "news-2", "news-3", "qa")]
    assert told == ["新闻一", "新闻二", "《甲市开会》", "答记者问"]
    assert [found["news.prose_1"], found["news-2.prose_1"]] == [
        "新闻一第一段",
        "新闻二第一段",
    ]
    laws = names((untitled("reg", "regulation"), untitled("reg-2", "regulation")))
    assert [laws["reg"], laws["reg-2"]] == ["法规一", "法规二"]
    assert names(both[1:])["news-2"] == "新闻"


def test_a_name_given_for_want_of_any_is_no_title() -> None:
    given = replace(untitled("news", "news"), given_title="〔新聞一〕")
    assert names((given,))["news"] == "新聞一"


def test_articles_and_the_points_in_them_are_called_by_their_labels() -> None:
    inner = Item((1, 0), Text("1．"), run("戊"))
    more = Paragraph(2, run("丁"))
    point = Item((2, 0), Text("（二）"), run("丙"), (more,), (inner,))
    paragraph = Paragraph(1, run("乙"), (point,))
    article = Article((4, 0), Text("第 四 条"), (paragraph,))
    assert named(article) == {
        "it": "正文",
        "art_4": "第四条",
        "art_4__para_1": "第四条",
        "art_4__para_1__point_2": "第四条（二）",
        "art_4__para_1__point_2__para_2": "第四条（二）",
        "art_4__para_1__point_2__subpara_1": "第四条（二）1",
    }


def test_questions_and_answers_are_called_by_one_number() -> None:
    body = (
        Prose(run("近日"), "lede"),
        Question(10, Text("问："), run("何")),
        Answer(1, Text("答："), run("是")),
        SignOff(run("（电）")),
    )
    assert named(*body, kind="press_qa") == {
        "it": "答记者问",
        "lede_1": "导语",
        "q_10": "答问十",
        "q_10__ans_1": "答问十",
        "signoff_1": "文末",
    }


def test_everything_else_has_a_name_too() -> None:
    item = Item((1, 0), Text("一、"), run("甲"))
    body = (
        Prose(run("序"), "preamble"),
        Prose(run("甲")),
        Prose(run("乙"), items=(item,)),
        Heading(run("题")),
        Byline(run("记者")),
        Continuation(run("（下转第2版）"), "to", 2),
        Omission(run("……")),
        Paragraph(3, run("款")),
        Notice("〔缺〕"),
    )
    assert named(*body, kind="decision", note=True) == {
        "it": "决定",
        "note": "题注",
        "preamble_1": "序言",
        "prose_1": "第一段",
        "prose_2": "第二段",
        "prose_2__point_1": "第二段一",
        "heading_1": "小标题“题”",
        "byline_1": "署名",
        "continuation_1": "（下转第2版）",
        "omission_1": "省略处",
        "para_3": "第三款",
        "notice_1": "",
    }


TWO = "# 甲条例\n\n第一条 甲。\n\n第二条 乙。\n\n# 乙条例\n\n第一条 丙。\n"


def test_documents_with_the_same_numbers_are_named_before_them() -> None:
    found = names(collect(TWO).documents)
    assert found["reg.art_1"] == "《甲条例》第一条"
    assert found["reg-2.art_1"] == "《乙条例》第一条"


def test_a_place_of_the_source_is_found_in_the_tree() -> None:
    collection = collect(TWO)
    found = seats(collection.documents)
    at = TWO.index("乙。")
    seat = holding(found, Span(0, at, at + 1))
    assert seat
    assert (seat.anchor, walk.plain(seat.run)) == ("reg.art_2__para_1", "乙。")
    assert holding(found, Span(0, at, at + 9)) is None
    assert holding((), Span(0, 0, 1)) is None
    label = first_after(found, 0, TWO.index("第二条"))
    assert label
    assert (label.anchor, walk.plain(label.run)) == ("reg.art_2", "第二条")
    assert first_after(found, 0, len(TWO)) is None
    assert first_after(found, 1, 0) is None
    start = TWO.index("第二条")
    line = last_before(found, Span(0, start, TWO.index("\n", start)))
    assert line == seat
    assert last_before(found, Span(0, 0, 0)) is None
    title = holding(found, Span(0, TWO.index("甲"), TWO.index("甲") + 1))
    assert title
    assert title.anchor == "reg"


KNOWN = Counter({"纪": 2, "念": 2, "日": 9, "纪念": 2, "念日": 2, "重": 5, "大": 9})
KNOWN |= Counter({"重大": 4, "党": 9, "大党": 1})


def test_a_snippet_ends_at_punctuation_or_at_the_edge_of_a_word() -> None:
    assert snippets.right("重大党史", KNOWN, (1, 2)) == "重大"
    assert snippets.left("节庆日、纪念日", KNOWN, snippets.WORD) == "纪念日"
    assert snippets.left("甲乙丙", KNOWN, snippets.EDGE, "丁") == ""
    assert snippets.left("纪念", KNOWN, snippets.EDGE, "日") == "纪念"
    assert snippets.right("，甲。乙", KNOWN, snippets.SEAM) == "，甲"
    assert snippets.left("乙，甲）", KNOWN, snippets.SEAM) == "甲）"
    assert snippets.right("，甲", KNOWN, snippets.EDGE) == ""
    assert snippets.right("，甲", KNOWN, snippets.WORD) == ""
    assert snippets.right("……", KNOWN, snippets.SEAM) == "……"
    assert snippets.right("", KNOWN, snippets.SEAM) == ""
    assert snippets.left("", KNOWN, snippets.SEAM) == ""
