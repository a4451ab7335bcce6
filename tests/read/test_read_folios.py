"""Page numbers between lines are furniture, and numbers of the text are text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import pytest

from publisher.book import Decision
from publisher.diagnostics import Diagnostic
from publisher.read import read
from publisher.repair import repair
from publisher.source import Source
from publisher.tree.nodes import Collection
from publisher.tree.walk import ink, restore


def reading(
    text: str, *decisions: Decision, name: str = "a.txt"
) -> tuple[str, Collection, list[Diagnostic]]:
    """The characters of the documents, the collection, and what was found."""
    found: list[Diagnostic] = []
    made = read([Source(name, text)], found.append, decisions)
    assert restore(made, 1) == (text,)
    return "|".join(ink(document) for document in made.documents), made, found


def names(found: Sequence[Diagnostic]) -> list[str]:
    return [d.rule.name for d in found if d.rule.name in {"page-furniture", ODD}]


ODD = "doubtful-folio"
BETWEEN = (
    "某某办法\n\n第一条 为了规范管理，制定本办法。\n{}\n第二条 本办法适用于本馆。\n"
)
AMID = (
    "某某办法\n\n第一条 为了规范管理，制定本办法。\n\n"
    "第二条 区县人民代表大会以及有一定数量少数\n{}\n民族人口的乡镇应当有代表。\n"
)
DRESSED = [
    *("- 1 -", "— 1 —", "–12–", "-3-", "－ ４ －", "·5·", "— 五 —", "• 7 •", "- iv -"),
    *("第 6 页 共 9 页", "第7页", "第七页", "共9页 第6页", "第 6 页/共 9 页", "第3頁"),
    *("— 第7页 —", "第6页（共9页）", "Page 3 of 9"),
]


@pytest.mark.parametrize("folio", DRESSED)
@pytest.mark.parametrize("gap", ["{}", "\n{}\n"])
def test_a_line_that_is_a_folio_by_its_form_is_set_aside(folio: str, gap: str) -> None:
    for text in (BETWEEN, AMID) if "共" in folio or "of" in folio else (AMID,):
        without, _, _ = reading(text.format(""))
        said, made, found = reading(text.format(gap.format(folio)))
        assert said == without
        assert names(found) == ["page-furniture"]
        assert any(folio in layout.text for layout in made.layout)
        assert f"“{folio}”" in found[-1].message.zh


@pytest.mark.parametrize("folio", DRESSED)
def test_one_line_between_sentences_is_told_of_and_kept(folio: str) -> None:
    said, _, found = reading(BETWEEN.format(folio))
    if "共" not in folio and "of" not in folio:
        assert "".join(folio.split()) in said
        assert names(found) == [ODD]


def test_a_sentence_goes_on_over_a_folio() -> None:
    _, made, _ = reading(AMID.format("— 1 —"))
    assert len(made.joins) == 1
    assert "少数民族人口" in ink(made.documents[0])


def test_a_bare_number_inside_a_word_is_a_folio() -> None:
    said, _, found = reading(AMID.format("1"))
    assert "少数民族人口" in said
    assert names(found) == ["page-furniture"]


SENTENCE = (
    "各级图书馆应当根据读者的需要和馆藏的情况，"
    "按照有关规定组织开展阅览、外借、展览等活动"
)
COUNT = "一二三四五六七八九十"


def pages(breaks: str, stop: str, folio: str = "{}", head: str = "") -> str:
    """Pages of two articles each; the last sentence of a page breaks where it is told.

    A folio stands below each page, and a head above it.
    """
    lines = ["某某办法"]
    for page in range(1, 6):
        one, two = COUNT[2 * page - 2], COUNT[2 * page - 1]
        lines += [f"第{one}条 {SENTENCE}，{SENTENCE}，{SENTENCE}。"]
        lines += [f"第{two}条 {SENTENCE}，{breaks}", folio.format(page)]
        lines += [head] if head else []
        lines += [stop] if stop else []
    return "\n".join(lines) + "\n"


def test_bare_numbers_that_rise_and_break_sentences_are_folios() -> None:
    said, _, found = reading(pages("并且由主管部门", "会同其他部门共同负责落实。"))
    assert not any(char in said for char in "12345")
    assert said.count("主管部门会同其他部门") == 5
    assert names(found) == ["page-furniture"]


def test_bare_numbers_between_whole_paragraphs_are_kept_and_told() -> None:
    said, _, found = reading(pages("落实工作。", ""))
    assert all(char in said for char in "12345")
    assert names(found) == [ODD]
    assert found[-1].span.start > 0


@pytest.mark.parametrize("folio", ["{}", "— {} —"])
def test_a_head_that_recurs_beside_folios_goes_with_them(folio: str) -> None:
    text = pages("并且由主管部门", "会同其他部门共同负责落实。", folio, "某市图书公报")
    said, _, found = reading(text)
    assert "公报" not in said
    assert said.count("主管部门会同其他部门") == 5
    assert names(found) == ["page-furniture"]


@pytest.mark.parametrize(
    "folio", ["某市图书公报　— {} —", "{}　某市图书公报", "某市图书公报 {}"]
)
def test_a_head_may_have_the_folio_in_its_line(folio: str) -> None:
    text = pages("并且由主管部门", "会同其他部门共同负责落实。", folio)
    said, _, found = reading(text)
    assert "公报" not in said
    assert names(found) == ["page-furniture"]


POINTS = (
    "第一条 有下列情形之一的，不得借阅\n1\n未经登记的人员和单位\n2\n"
    "未经批准的人员和单位\n3\n其他不宜借阅的人员和单位\n第二条 甲部门负责。\n"
)
CELLS = (
    "第一条 收费标准如下：\n序号\n项目\n金额\n1\n借书证\n20\n2\n阅览证\n10\n"
    "3\n存包\n5\n"
    "第二条 甲部门负责。\n"
)
CITED = "第一条 收费标准公布于本市图书公报的\n第7页\n的附表，各馆应当遵照执行。\n"
CAPTIONS = (
    "第一条 标准见下表。\n表 1\n第二条 标准见下表。\n表 2\n第三条 见下表。\n表 3\n"
)


def test_a_head_with_a_number_that_breaks_no_sentence_is_kept_and_told() -> None:
    said, _, found = reading(pages("落实工作。", "", "某市图书公报 {}"))
    assert said.count("公报") == 5
    assert names(found) == [ODD]


def test_pages_that_are_counted_up_are_cited_nowhere() -> None:
    text = pages("并且由主管部门公布于", "的网站，共同负责落实。", "第{}页")
    said, _, found = reading(text)
    assert said.count("公布于的网站") == 5
    assert names(found) == ["page-furniture"]


KEPT = {
    "a count in a sentence": (
        "第一条 每位读者每次借阅图书不多于\n5\n册，期满归还。\n",
        1,
    ),
    "a page that is spoken of": (CITED, 1),
    "numbers of points": (POINTS, 1),
    "cells of a table": (CELLS, 0),
    "a year": ("某某办法\n2024\n第一条 为了规范管理，制定本办法。\n", 0),
    "a table": ("第一条 标准如下：\n\n| 1 |\n|---|\n| 2 |\n\n第二条 甲负责。\n", 0),
    "the caption of a table": (CAPTIONS, 0),
    "a figure for a heading": ("第一条 甲部门负责。\n五\n第二条 乙部门负责。\n", 0),
}


@pytest.mark.parametrize("what", KEPT)
def test_a_number_of_the_text_is_never_set_aside(what: str) -> None:
    text, warned = KEPT[what]
    said, _, found = reading(text, name="a.md")
    figures = [char for char in text if char.isdecimal() and char in said]
    assert figures == [char for char in text if char.isdecimal()]
    assert "page-furniture" not in names(found)
    assert bool(names(found).count(ODD)) == bool(warned)


LONG = f"{SENTENCE}，{SENTENCE}，{SENTENCE}。"


def test_dressed_numbers_that_rise_from_page_to_page_are_folios() -> None:
    said, _, found = reading(pages("落实工作。", "", "— {} —"))
    assert "—" not in said
    assert names(found) == ["page-furniture"]


SPOKEN = {
    "errata": "勘误表\n\n第7页\n“己”应为“已”\n第12页\n“末”应为“未”\n第30页\n删去\n",
    "votes": "表决结果：\n\n赞成\n- 120 -\n反对\n- 3 -\n弃权\n- 0 -\n",
    "telephones": "应急电话\n\n火警\n\n— 119 —\n\n急救\n\n— 120 —\n",
    "parts": f"组诗\n\n—一—\n\n{LONG}\n\n—二—\n\n{LONG}\n\n—三—\n\n{LONG}\n",
    "dots": f"一种观点\n他写道，有三种人，分别是\n·一·\n{LONG}\n·二·\n{LONG}\n",
    "roman": f"文集\n-I-\n{LONG}\n-II-\n{LONG}\n-V-\n{LONG}\n",
    "miles": "北京站发车后到达天津站的里程为\n- 137 -\n公里。\n",
    "a page": "具体格式和填写要求参照本手册\n第 7 页\n表格填写。\n",
    "stages": "会议分阶段进行，安排如下\n—1—\n第一阶段学习\n—2—\n第二阶段整改\n",
}


@pytest.mark.parametrize("what", SPOKEN)
def test_a_dressed_number_of_the_text_is_kept_and_told(what: str) -> None:
    said, _, found = reading(SPOKEN[what])
    assert said == "".join(SPOKEN[what].split())
    assert names(found) == [ODD]


@pytest.mark.parametrize("begin", [1, 1950])
@pytest.mark.parametrize("form", ["{}", "典型案例 {}", "{} 问题与思考"])
def test_numbers_before_paragraphs_are_of_the_text(begin: int, form: str) -> None:
    """Some lack their stop, and so break a sentence as a page's number does."""
    parts = [
        f"{form.format(n)}\n\n{LONG[: -1 if n % 3 == 1 else None]}"
        for n in range(begin, begin + 6)
    ]
    text = "\n\n".join(["某县资料选编", *parts]) + "\n"
    said, _, found = reading(text)
    assert sorted(said.replace("|", "")) == sorted("".join(text.split()))
    assert "page-furniture" not in names(found)


def test_a_line_that_recurs_elsewhere_too_is_no_running_head() -> None:
    text = pages(
        "并且由主管部门", "会同其他部门共同负责落实。", "— {} —", "某市图书公报"
    )
    said, _, _ = reading(text + "某市图书公报\n又见\n某市图书公报\n")
    assert said.count("某市图书公报") == 7


def decided(text: str, verdict: str, before: str) -> tuple[str, set[str]]:
    decision = Decision(
        "accept" if verdict == "accept" else "reject",
        *("page-furniture", "reg", before, "", "原件如此"),
    )
    said, made, found = reading(text, decision)
    repair(made, [decision], found.append)
    return said, {d.rule.name for d in found}


def test_the_editor_says_what_is_a_folio_and_what_is_not() -> None:
    kept, found = decided(BETWEEN.format("- 8 -"), "reject", "- 8 -")
    assert "-8-" in kept
    assert not found & {"page-furniture", ODD, "stale-decision"}
    gone, found = decided(BETWEEN.format("8"), "accept", "8")
    assert "8" not in gone
    assert not found & {ODD, "stale-decision"}
    twice = AMID.format("- 8 -") + "- 8 -\n"
    said, found = decided(twice, "reject", "定数量少数\n- 8 -\n民族人口")
    assert said.count("-8-") == 2
    assert "stale-decision" not in found


def ruling(before: str, where: str = "reg") -> Decision:
    return Decision("accept", "page-furniture", where, before, "", "页码")


def outcome(texts: Sequence[str], decision: Decision) -> tuple[str, set[str]]:
    found: list[Diagnostic] = []
    sources = [Source(f"{n}.md", text) for n, text in enumerate(texts)]
    made = read(sources, found.append, [decision])
    said = "|".join(ink(document) for document in made.documents)
    rules = {"ambiguous-decision", "broken-decision", "stale-decision", ODD}
    return said, {d.rule.name for d in found} & rules


@pytest.mark.parametrize("before", ["第二条 本办法适用于本馆。", "某某办法"])
def test_only_a_doubtful_line_is_left_out_by_a_decision(before: str) -> None:
    said, found = outcome([BETWEEN.format("8")], ruling(before))
    assert "".join(before.split()) in said
    assert found == {"broken-decision", ODD}


def test_a_line_of_two_files_is_ambiguous_and_a_file_is_named() -> None:
    texts = [BETWEEN.format("4"), BETWEEN.format("4")]
    said, found = outcome(texts, ruling("4"))
    assert said.count("4") == 2
    assert found == {"ambiguous-decision", ODD}
    said, found = outcome(texts, ruling("4", where="1.md"))
    assert said.partition("|")[0].count("4") == 1
    assert said.count("4") == 1
    assert found == {ODD}


@pytest.mark.parametrize(
    ("line", "before"),
    [
        ("**3**", "3"),
        ("　　— 3 —", "—3—"),
        ("**— 3 —**", "制定本办法。\n— 3 —\n第二条"),
    ],
)
def test_a_line_is_found_as_it_is_read(line: str, before: str) -> None:
    said, found = outcome([BETWEEN.format(f"\n{line}\n")], ruling(before))
    assert "3" not in said
    assert not found


@pytest.mark.parametrize("verdict", ["accept", "reject"])
@pytest.mark.parametrize("before", ["9", "甲\n8\n乙"])
def test_a_decision_about_no_such_line_is_stale(verdict: str, before: str) -> None:
    _, found = decided(BETWEEN.format("- 8 -"), verdict, before)
    assert "stale-decision" in found


def test_a_file_that_is_nothing_but_a_folio_is_read_as_text() -> None:
    said, _, _ = reading("第7页\n")
    assert said == "第7页"


def test_lines_of_one_width_go_on_over_the_end_of_a_page() -> None:
    whole = [f"第{n}条 {SENTENCE}，{SENTENCE}。" for n in COUNT[:4]]
    lines = list(
        chain.from_iterable(
            [part[at : at + 24] for at in range(0, len(part), 24)] for part in whole
        )
    )
    for at in range(1, len(lines) - 1):
        broken = [*lines[:at], "", "第 1 页 共 4 页", "", *lines[at:]]
        assert reading("\n".join(broken))[0] == reading("\n".join(lines))[0]
