from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.book import Script
from publisher.diagnostics import Diagnostic
from publisher.edition.quotes import UNMATCHED, restyle, restyle_document, span_of
from publisher.source import NOWHERE, Span
from publisher.tree import walk
from publisher.tree.nodes import (
    Document,
    Gap,
    Heading,
    Note,
    Notice,
    Prose,
    Run,
    Strong,
    Text,
)
from tests.edition.making import made


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("他说“好”。", "他说「好」。"),
        ("“甲‘乙’丙”", "「甲『乙』丙」"),
        ("‘甲“乙”丙’", "「甲『乙』丙」"),
        ("“甲‘乙“丙”’”", "「甲『乙「丙」』」"),
        ("“甲”“乙”", "「甲」「乙」"),
        ("“甲「乙”丙", "「甲「乙」丙"),
        ("说『旧』“甲『乙』”", "说『旧』「甲『乙』」"),
        ("“don’t”", "「don’t」"),
        ("the years’ end", "the years’ end"),
        ("穆迪公司(Moody ’ s)之“甲”", "穆迪公司(Moody ’ s)之「甲」"),
        ("‘Yes ’", "「Yes 」"),
        ("‘Yes’", "「Yes」"),
        ("没有引号", "没有引号"),
        ("多”一个", "多」一个"),
        ("", ""),
    ],
)
def test_quotation_marks_follow_the_nesting(before: str, after: str) -> None:
    assert restyle(before, "zh-Hant-TW") == after
    assert restyle(before, "zh-Hant-HK") == after


@pytest.mark.parametrize(
    ("before", "after"),
    [("「甲『乙』丙」", "“甲‘乙’丙”"), ("『甲』", "“甲”"), ("‘甲「乙」’", "‘甲‘乙’’")],
)
def test_they_go_back_for_simplified(before: str, after: str) -> None:
    assert restyle(before, "zh-Hans") == after


def prose(*texts: str, head: bool = False, tail: bool = False) -> Document:
    at, body = 0, []
    for number, text in enumerate(texts, 1):
        span = Span(0, at, at + len(text))
        body.append(Prose((Text(text, span=span),), id=f"prose_{number}"))
        at += len(text)
    whole = Document("prose", (), tuple(body), id="prose")
    return replace(whole, head_missing=head, tail_missing=tail)


def surprised(found: Diagnostic) -> None:
    pytest.fail(found.message.en)


def restyled(document: Document) -> tuple[list[str], list[Diagnostic]]:
    found: list[Diagnostic] = []
    new = restyle_document(document, "zh-Hant-TW", found.append)
    return [walk.plain(run) for _, run in walk.runs(new)][1:], found


def test_nesting_goes_across_the_markup_of_a_run() -> None:
    run: Run = (Text("“甲"), Strong((Text("‘乙’"), Note("作“丙”"))), Text("”"))
    body = (Prose(run, id="prose_1"), Notice("〔“缺”〕"))
    document = Document("prose", (), body, id="prose", given_title="“题”")
    new = restyle_document(document, "zh-Hant-TW", surprised)
    marked = Strong((Text("『乙』"), Note("作「丙」")))
    assert new.body == (Prose((Text("「甲"), marked, Text("」"))), Notice("〔「缺」〕"))
    assert new.given_title == "「题」"


def test_a_quotation_opened_on_each_paragraph_and_closed_once_is_fine() -> None:
    texts, found = restyled(prose("“甲。", "“乙‘丙’。", "“丁。”"))
    assert texts == ["「甲。", "「乙『丙』。", "「丁。」"]
    assert found == []


def test_a_quotation_closed_in_a_later_paragraph_is_fine() -> None:
    texts, found = restyled(prose("他说：“甲。", "乙‘丙’。", "丁。”完"))
    assert texts == ["他说：「甲。", "乙『丙』。", "丁。」完"]
    assert found == []


def test_a_mark_that_nothing_opened_is_found_at_its_place() -> None:
    texts, found = restyled(prose("甲。", "乙”丙。"))
    assert texts == ["甲。", "乙」丙。"]
    (diagnostic,) = found
    assert diagnostic.rule is UNMATCHED
    assert diagnostic.where == "prose.prose_2"
    assert diagnostic.span == Span(0, 3, 4)


def test_a_mark_that_is_never_closed_is_found_at_the_end() -> None:
    _, found = restyled(prose("甲“乙。", "丙。"))
    assert [(d.where, d.span) for d in found] == [("prose.prose_1", Span(0, 1, 2))]
    _, found = restyled(prose("“甲‘乙”丙。"))
    assert [d.span.start for d in found] == [2]


def test_a_mark_opened_again_in_the_middle_shows_that_the_first_was_lost() -> None:
    texts, found = restyled(prose("甲“乙。", "丙“丁”。"))
    assert texts == ["甲「乙。", "丙「丁」。"]
    assert [d.where for d in found] == ["prose.prose_1"]


def test_a_quotation_does_not_run_on_past_a_heading() -> None:
    first, last = prose("甲“乙。", "丙”。").body
    heading = Heading((Text("题"),), id="heading_1")
    document = Document("prose", (), (first, heading, last), id="prose")
    _, found = restyled(document)
    assert [d.where for d in found] == ["prose.prose_1", "prose.prose_2"]


def test_a_text_that_breaks_off_may_leave_a_quotation_open() -> None:
    assert restyled(prose("甲“乙", tail=True))[1] == []
    assert restyled(prose("乙”丙，“丁”。", head=True))[1] == []
    _, found = restyled(prose("“甲”", "乙”", head=True))
    assert len(found) == 1


def test_articles_do_not_share_a_quotation_but_paragraphs_of_one_do() -> None:
    text = "# 某某条例\n\n第一条 甲“乙：\n\n丙”。\n\n第二条 丁“戊。\n\n第三条 己”。\n"
    found: list[Diagnostic] = []
    made(text, "zh-Hant-TW", report=found)
    assert [d.where for d in found] == ["reg.art_2__para_1", "reg.art_3__para_1"]


def test_a_document_in_its_own_script_is_left_alone() -> None:
    document = prose("多”一个「」")
    assert restyle_document(document, "zh-Hans", surprised) is document


def test_the_place_of_a_character_is_found_in_replaced_text_too() -> None:
    run: Run = (Text("甲乙", span=Span(0, 0, 2)), Text("和", span=Span(0, 2, 7)))
    assert span_of(run, 1) == Span(0, 1, 2)
    assert span_of(run, 2) == Span(0, 2, 7)
    assert span_of(run, 3) == NOWHERE
    assert span_of((Gap("〔下缺〕"),), 0) == NOWHERE


SCRIPTS: tuple[Script, ...] = ("zh-Hant-TW", "zh-Hans")


@given(
    st.recursive(
        st.text("甲乙，", max_size=3),
        lambda inner: st.lists(inner).map(lambda parts: "“" + "".join(parts) + "”"),
        max_leaves=6,
    )
)
def test_well_nested_marks_alternate_and_come_back(text: str) -> None:
    new = restyle(text, "zh-Hant-TW")
    assert len(new) == len(text)
    depth = 0
    for old, char in zip(text, new, strict=True):
        depth -= old == "”"
        if old in "“”":
            assert char == ("「」", "『』")[depth % 2]["“”".index(old)]
        depth += old == "“"
    assert restyle(restyle(new, "zh-Hans"), "zh-Hant-TW") == new


@given(st.text("“”‘’「」『』甲a’"))
def test_no_text_is_too_odd(text: str) -> None:
    for script in SCRIPTS:
        new = restyle(text, script)
        assert len(new) == len(text)
        changed = {a for a, b in zip(text, new, strict=True) if a != b}
        assert changed <= set("“”‘’「」『』")
