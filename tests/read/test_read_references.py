from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.read import read
from publisher.read.references import Citation, citing, follow, refer
from publisher.source import Source, Span
from publisher.tree.ids import identify
from publisher.tree.nodes import (
    Article,
    Attachment,
    Document,
    Paragraph,
    Reference,
    Text,
)
from publisher.tree.walk import plain, restore, runs, texts, walk
from tests.read.cited import compare

STARTS = st.sampled_from(
    [*("第一条 ", "第二条 ", "第 3 條 ", "（一）"), *("二、", "", "# 甲法", "“")]
)
WORDS = st.lists(
    st.sampled_from(
        [
            *("第一条", "第 3 條", "第二款", "第（一）项", "第一項", "第二目", "前款"),
            *("前两条", "本条", "同條", "至", "、", "和", "及", "本法", "该法", "乙法"),
            *(
                "《丙〈丁〉法》",
                "（以下简称丙法）",
                "丙法",
                "作为",
                "所列",
                "“",
                "”",
                "**",
            ),
            *("依照", "的", "规定", "。", "甲", "第三、第四兩款", " ", "前三项"),
        ]
    ),
    max_size=12,
).map("".join)
LINES = st.lists(st.tuples(STARTS, WORDS).map("".join), max_size=8)


def law(text: str) -> Document:
    return read([Source("a.md", text)], lambda _: None).documents[0]


def cited(document: Document) -> list[tuple[str, str | None, tuple[str, ...]]]:
    return [
        (plain(node.inlines), node.law, node.targets)
        for node in walk(document)
        if isinstance(node, Reference)
    ]


def test_citations_of_the_development_laws_are_found_and_resolve(shared: Path) -> None:
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    for compared in compare(shared):
        counts += compared.counts()
        wrong += compared.wrong()
    found = 2 * counts["surfaces"] / (counts["wanted"] + counts["read"])
    assert counts["with targets"] > 2500
    assert found >= 0.97
    assert counts["right"] >= 0.97 * counts["with targets"], "\n".join(wrong)


@given(LINES)
@settings(max_examples=300, deadline=None)
def test_a_reference_is_the_sources_characters_and_its_targets_stand(
    lines: list[str],
) -> None:
    source = Source("a.md", "\n\n".join(lines))
    collection = read([source], lambda _: None)
    assert restore(collection, 1) == (source.text,)
    for document in collection.documents:
        ids = {getattr(node, "id", "") for node in walk(document)}
        for node in walk(document):
            if isinstance(node, Reference):
                held = list(texts(node))
                spans = [text.span for text in held]
                assert spans == sorted(spans)
                assert node.span == Span(0, spans[0].start, spans[-1].end)
                for text in held:
                    at = slice(text.span.start, text.span.end)
                    assert source.text[at] == text.text
                assert set(node.targets) <= ids
                assert not (node.law and node.targets)


@given(LINES)
@settings(max_examples=200, deadline=None)
def test_citations_of_a_run_stand_in_order_and_apart(lines: list[str]) -> None:
    for document in read([Source("a.md", "\n\n".join(lines))], print).documents:
        again = [(owner, run, found) for owner, run, found in follow(document) if found]
        for (owner, run, known), (*same, found) in zip(
            citing(document), again, strict=True
        ):
            assert [owner, run] == same
            assert [*map(_said, known)] == [*map(_said, found)]
        for _, run, found in follow(document):
            edges = [at for one in found for at in (one.start, one.at, one.end)]
            assert edges == sorted(edges)
            assert all(0 <= at <= len(plain(run)) for at in edges)
            assert all(one.at < one.end for one in found)


def _said(one: Citation) -> tuple[object, ...]:
    return one.start, one.at, one.end, one.law, one.sense.targets, one.sense.missing


def test_marking_citations_again_changes_nothing_but_what_they_mean() -> None:
    document = law("# 甲法\n\n第一条 依照**第二**条、乙法第三条。\n\n第二条 前条。\n")
    assert [plain(run) for _, run in runs(document)] == [
        "甲法",
        "依照第二条、乙法第三条。",
        "前条。",
    ]
    assert cited(document) == [
        ("第二条", None, ("art_2",)),
        ("乙法第三条", "乙法", ()),
        ("前条", None, ("art_1",)),
    ]


def test_an_annex_has_numbers_of_its_own() -> None:
    def article(number: int, text: str) -> Article:
        span = Span(0, 100 * number, 100 * number + len(text))
        paragraph = Paragraph(1, (Text(text, span=span),))
        return Article((number, 0), Text(f"第{number}条"), (paragraph,))

    annex = (article(1, "依照第二条、第三条、本条例第一条。"), article(2, "前条。"))
    document = Document(
        "regulation",
        (Text("甲条例"),),
        (
            article(1, "依照第二条。"),
            article(2, "依照附件。"),
            article(3, "前条。"),
            Attachment((1, 0), Text("附件一"), (), annex),
        ),
    )
    named = refer(identify(document))
    attached = named.body[-1]
    assert isinstance(attached, Attachment)
    first, second = (block.id for block in attached.body)
    assert cited(named) == [
        ("第二条", None, ("art_2",)),
        ("前条", None, ("art_2",)),
        ("第二条、第三条", None, (second, "art_3")),
        ("本条例第一条", None, ("art_1",)),
        ("前条", None, (first,)),
    ]


def test_articles_that_restart_in_each_book_are_those_of_the_same_book() -> None:
    text = "# 甲法\n\n第一编 甲\n\n第一条 第二条。\n\n第二条 乙。\n\n"
    document = law(text + "第二编 乙\n\n第一条 第二条。\n\n第二条 前条。\n")
    assert [targets for _, _, targets in cited(document)] == [
        ("book_1__art_2",),
        ("book_2__art_2",),
        ("book_2__art_1",),
    ]


@pytest.mark.parametrize(
    ("before", "named"),
    [
        ("依照刑法", "刑法"),
        ("应服从依行政法院组织法", "行政法院组织法"),
        ("刑法和民法典", "民法典"),
        ("有害之行為或人口販運防制法", "人口販運防制法"),
        ("依照反不正当竞争法", "反不正当竞争法"),
        ("《关于修改〈甲〉的决定》", "关于修改〈甲〉的决定"),
        ("《刑法》（以下简称刑法）", "刑法"),
        ("中华人民共和国刑法", "中华人民共和国刑法"),
        ("最高人民法院某某规则", "最高人民法院某某规则"),
    ],
)
def test_another_law_is_cited_by_its_name(before: str, named: str) -> None:
    document = law(f"# 某条例\n\n第一条 {before}第二条。\n\n第二条 甲。\n")
    assert [(law, targets) for _, law, targets in cited(document)] == [(named, ())]


def test_a_quotation_that_is_never_closed_ends_with_its_paragraph() -> None:
    document = law("# 某法\n\n第一条 所称“甲，前条。\n\n本条第一款。\n")
    assert cited(document) == [("本条第一款", None, ("art_1__para_1",))]


@pytest.mark.parametrize(
    "title", ["某法实施办法", "某省实施《某法》办法", "某法施行细则"]
)
def test_rules_that_carry_out_a_law_call_it_this_law(title: str) -> None:
    document = law(f"# {title}\n\n第一条 本法第一条。\n\n第二条 甲。\n")
    assert cited(document) == [("本法第一条", "某法", ())]


def test_rules_name_the_law_above_them_in_their_first_article() -> None:
    text = "# 某规则\n\n第一条 根据《某某法》，制定本规则。\n\n第二条 本法第一条。\n"
    assert cited(law(text)) == [("本法第一条", "某某法", ())]


def test_many_citations_take_time_as_their_number() -> None:
    def seconds(count: int) -> float:
        text = "# 甲法\n\n第一条 " + "依照**第一条**、乙法第三条和前款，" * count
        begin = time.process_time()
        refer(law(text))
        return time.process_time() - begin

    seconds(10)
    assert seconds(4000) < 12 * seconds(1000) + 0.1
