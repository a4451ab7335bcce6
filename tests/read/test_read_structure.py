"""What a law is made of, found again in whatever form it is written."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from unicodedata import east_asian_width

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.read import read
from publisher.source import Source
from publisher.tree.nodes import (
    AdoptionNote,
    Article,
    Attachment,
    Collection,
    Division,
    Document,
    Event,
    Image,
    Item,
    Paragraph,
    Point,
    Prose,
    Table,
    Toc,
)
from publisher.tree.walk import plain, restore, walk
from tests.read.test_read_conservation import LINES

WORDS = st.text("為使中華民國漁船依規定設置通信設備特訂本辦法", min_size=1, max_size=30)
CLAUSES = st.lists(WORDS, min_size=1, max_size=6).map(lambda w: "，".join(w) + "。")


def reading(text: str) -> Collection:
    collection = read([Source("a.md", text)], lambda _: None)
    assert restore(collection, 1) == (text,)
    return collection


def only(text: str) -> Document:
    (document,) = reading(text).documents
    return document


def said(document: Document) -> list[tuple[str, str]]:
    """Every paragraph and point with its id."""
    return [
        (node.id, plain(node.run))
        for node in walk(document)
        if isinstance(node, Paragraph | Item | Point | Prose)
    ]


def columns(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WFA" else 1 for char in text)


def wrapped(paragraph: str, indent: str, width: int = 66) -> Iterator[str]:
    """The lines of a paragraph; no line begins with a stop."""
    line = ""
    for char in paragraph:
        if columns(line + char) > width and char not in "，。；：":
            yield line
            line = indent
        line += char
    yield line


@given(
    st.lists(st.tuples(CLAUSES, st.lists(CLAUSES, max_size=3)), min_size=2, max_size=9)
)
@settings(max_examples=40, deadline=None)
def test_a_law_wrapped_by_hand_has_the_paragraphs_it_had(
    articles: list[tuple[str, list[str]]],
) -> None:
    long = "為" * 45 + "。"
    plainly, hard = ["某某辦法"], ["某某辦法"]
    for number, (text, points) in enumerate([(long, [])] * 4 + articles, 1):
        body = [f"{text[:-1]}：" if points else text]
        body += [f"{'一二三'[i]}、{point}" for i, point in enumerate(points)]
        plainly += [f"第 {number} 條", *body]
        hard.append(f"第 {number} 條")
        for line in body:
            hard += wrapped(line, "    " if line[1] == "、" else "")
    whole, cut = only("\n".join(plainly)), only("\n".join(hard))
    full = [t for t in hard if columns(t) >= 58 and t[-1] in "。：；"]
    if not full:  # a sentence that ends with the line may end the paragraph as well
        assert said(cut) == said(whole)


FULL = "一、" + "為" * 30 + "。"


@pytest.mark.parametrize(
    ("line", "joined"),
    [
        ("    但其航線為沿海航線者，不在此限。", True),
        ("    1 其航線為沿海航線者。", False),
        ("其航線為沿海航線者，不在此限。", False),
        ("    " + "為" * 200 + "。", True),
    ],
)
def test_a_full_line_that_ends_a_sentence_goes_on_in_the_hanging_indent(
    line: str, *, joined: bool
) -> None:
    wrapped_lines = [f"第 {n} 條\n{'為' * 33}\n規定。" for n in range(1, 5)]
    text = "\n".join(
        ["某辦法", *wrapped_lines, "第 5 條", "甲：", FULL, line, "二、乙。"]
    )
    items = [n for n in walk(only(text)) if isinstance(n, Item)]
    assert (plain(items[0].run) == FULL[2:]) is not joined


CELLS = st.text("甲乙丙丁", min_size=1, max_size=4)
GRIDS = st.integers(1, 4).flatmap(
    lambda n: st.lists(st.tuples(*[CELLS] * n), min_size=2, max_size=5)
)


def grid(document: Document) -> list[list[str]]:
    (table,) = (node for node in walk(document) if isinstance(node, Table))
    return [[plain(cell.run) for cell in row] for row in table.rows]


@given(GRIDS)
@settings(deadline=None)
def test_the_cells_of_a_markdown_table_are_those_written(
    rows: list[tuple[str, ...]],
) -> None:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|" + "---|" * len(rows[0]))
    text = "# 某法\n\n第一条 如下：\n\n" + "\n".join(lines) + "\n"
    assert grid(only(text)) == [list(row) for row in rows]


@given(GRIDS)
@settings(deadline=None)
def test_the_cells_of_a_drawn_table_are_those_written(
    rows: list[tuple[str, ...]],
) -> None:
    """Each cell is drawn in two lines, cut in the middle."""
    rule = "├" + "┼".join("──" for _ in rows[0]) + "┤"
    lines = [rule]
    for row in rows:
        for half in (0, 1):
            parts = (c[:2] if half == 0 else c[2:] for c in row)
            lines.append("│" + "│".join(f"{part:　<2}" for part in parts) + "│")
        lines.append(rule)
    text = "第 1 條\n如下：\n" + "\n".join(lines) + "\n"
    assert grid(only(text)) == [list(row) for row in rows]


@given(LINES)
@settings(max_examples=200, deadline=None)
def test_paragraphs_count_on_and_no_number_is_invented(lines: list[str]) -> None:
    for document in reading("\n".join(lines)).documents:
        for node in walk(document):
            if isinstance(node, Article):
                numbers = [paragraph.number for paragraph in node.body]
                assert numbers == list(range(1, len(numbers) + 1))
            if isinstance(node, Item | Point):
                assert node.label.text.strip()
                assert node.number[0] > 0


@given(LINES)
@settings(max_examples=200, deadline=None)
def test_what_is_attached_is_last_and_names_all_that_is_in_it(lines: list[str]) -> None:
    for document in reading("\n".join(lines)).documents:
        kinds = [isinstance(block, Attachment) for block in document.body]
        assert kinds == sorted(kinds)
        for block in document.body:
            if isinstance(block, Attachment):
                ids = [getattr(node, "id", "") for node in walk(block)]
                inner = [i for i in ids if i and not i.startswith("q_")]
                assert all(i.startswith(block.id) for i in inner)


@given(st.lists(st.sampled_from(["（一）甲；", "第五条 丙。", "一、丁。", "戊。"])))
def test_nothing_inside_a_quotation_is_structure(inner: list[str]) -> None:
    text = "某法修正案\n\n一、将第四条修改为：“第四条 乙。\n\n"
    text += "\n\n".join([*inner, "己。”", "二、删去第六条。"])
    document = only(text)
    points = [node for node in walk(document) if isinstance(node, Point)]
    assert [point.label.text for point in points] == ["一、", "二、"]
    assert not any(isinstance(node, Article | Item) for node in walk(document))
    quoted = [p for p in points[0].body if isinstance(p, Prose) and p.quoted]
    assert [plain(p.run) for p in quoted] == [*inner, "己。”"]


def test_a_heading_inside_a_quotation_opens_no_chapter() -> None:
    text = "# 某法\n\n第一条 增加一章：“第二章 附则\n\n第九条 乙。”\n\n第二条 丙。\n"
    assert [block.id for block in only(text).body] == ["art_1", "art_2"]


def test_a_quotation_that_is_never_closed_takes_no_marks_away() -> None:
    text = "# 某法\n\n第一条 增加一条：“第九条\n\n第二条 乙。\n\n第三条 丙。\n"
    assert [block.id for block in only(text).body] == ["art_1", "art_2", "art_3"]


TWO_DATES = [("2020-01-01", "公布"), ("2020-03-01", "施行")]


@pytest.mark.parametrize(
    ("note", "events"),
    [
        ("2024年2月5日中共中央发布", [("2024-02-05", "中共中央发布")]),
        ("修正日期：民國 110 年 06 月 03 日", [("2021-06-03", "修正")]),
        ("（中華民國九十一年4月4日修正）", [("2002-04-04", "修正")]),
        ("民國元年三月十一日公布", [("1912-03-11", "公布")]),
        ("一九八二年十二月四日通过", [("1982-12-04", "通过")]),
        ("2020年2月30日公布", []),
        ("公布日期：不详", []),
        ("2020年1月1日公布 施行日期：2020年3月1日", TWO_DATES),
        (
            "（2012年1月2日通过 根据2015年3月4日《决定》修正）",
            [("2012-01-02", "通过 根据"), ("2015-03-04", "《决定》修正")],
        ),
    ],
)
def test_a_promulgation_note_tells_its_dates(
    note: str, events: list[tuple[str, str]]
) -> None:
    found = only(f"# 某法\n\n{note}\n\n第一条 甲。\n").note
    assert isinstance(found, AdoptionNote)
    assert found.events == tuple(Event(*event) for event in events)


@pytest.mark.parametrize(
    "printed", ["国发〔2020〕5号", "中华人民共和国国务院令第708号", "第三十二号"]
)
def test_the_number_of_a_document_stands_in_its_note(printed: str) -> None:
    found = only(f"# 某法\n\n{printed}\n\n2020年1月1日公布\n\n第一条 甲。\n").note
    assert found
    assert found.document_number == printed


@pytest.mark.parametrize("gone", ["（刪除）", "(删除)", "刪　除", "删除。"])
def test_what_was_deleted_is_marked(gone: str) -> None:
    text = f"某法\n第一章 總則\n第 1 條\n{gone}\n第 2 條\n甲。\n第二章 （刪除）\n"
    first, second = only(text).body
    assert isinstance(first, Division)
    assert isinstance(second, Division)
    articles = [block for block in first.body if isinstance(block, Article)]
    assert [article.deleted for article in articles] == [True, False]
    assert (first.deleted, second.deleted) == (False, True)


def test_a_picture_keeps_its_name_and_what_it_shows() -> None:
    body = only("# 某法\n\n第一条 如图：\n\n![国徽](a b.png)\n\n![](c.png)\n").body
    images = [n for block in body for n in walk(block) if isinstance(n, Image)]
    assert [(image.src, plain(image.run)) for image in images] == [("c.png", "")]


def test_headings_as_high_as_the_title_are_headings() -> None:
    text = "# 某法\n\n# 第一编 总则\n\n第一条 甲。\n\n# 附件一\n\n名录\n\n乙。\n"
    first, last = only(text).body
    assert isinstance(first, Division)
    assert isinstance(last, Attachment)
    assert plain(last.heading) == "名录"


def test_articles_of_an_attachment_begin_again_in_the_same_document() -> None:
    law = "\n\n".join(f"第{n}条 甲事由部门办理。" for n in range(1, 30))
    text = f"# 某法\n\n{law}\n\n附件1：规则\n\n## 第一章 总则\n\n第1条 乙。\n"
    (*_, last) = only(text).body
    assert [getattr(n, "id", "") for n in walk(last) if isinstance(n, Article)] == [
        "att_1__art_1"
    ]


def test_books_that_begin_again_stay_in_one_law() -> None:
    parts = []
    for book in "一二三":
        parts += [
            f"## 第{book}编 某编",
            "### 第一章 总则",
            "#### 第一节 甲",
            "第一条 乙。",
        ]
    document = only("# 某法典\n\n" + "\n\n".join(parts) + "\n")
    ids = [n.id for n in walk(document) if isinstance(n, Article)]
    assert ids == ["book_1__art_1", "book_2__art_1", "book_3__art_1"]


def test_a_contents_list_is_no_heading_of_the_law() -> None:
    chapters = ["第一章 总则", "第二章 罚则", "附则"]
    articles = ["第一条 甲。", "第二条 乙。", "第三条 丙。"]
    body = "\n\n".join(f"{c}\n\n{a}" for c, a in zip(chapters, articles, strict=True))
    document = only("# 某法\n\n目　录\n\n" + "\n\n".join(chapters) + f"\n\n{body}")
    toc, *rest = document.body
    assert isinstance(toc, Toc)
    assert [plain(entry.run) for entry in toc.entries] == ["总则", "罚则", "附则"]
    assert [block.id for block in rest] == ["chp_1", "chp_2"]


@given(st.lists(st.integers(1, 6), min_size=4, max_size=14))
def test_decimal_numbers_nest_by_their_length(sizes: list[int]) -> None:
    path, lines = [5], ["5 总则"]
    paths: list[tuple[int, ...]] = [(5,)]
    for wish in sizes:
        size = min(wish, len(path) + 1, 4)
        head, last = path[: size - 1], path[size - 1 : size] or [0]
        path = [*head, last[0] + 1]
        paths.append(tuple(path))
        lines.append(f"{'.'.join(map(str, path))} 某项规定")
    document = only("# 某标准\n\n" + "\n\n".join(lines) + "\n")
    if sum(len(path) > 1 for path in paths) < 3:
        return
    ids = [n.id for n in walk(document) if isinstance(n, Point)]
    assert ids == ["__".join(f"point_{n}" for n in path) for path in paths]


def test_lines_numbered_in_order_are_in_order() -> None:
    document = only(
        "# 某决定\n\n一、甲：\n\n（一）乙。\n\n（二）丙。\n\n二、丁。\n\n结语。\n"
    )
    assert [i for i, _ in said(document)] == [
        "point_1",
        "point_1__point_1",
        "point_1__point_2",
        "point_2",
        "prose_1",
    ]
    spans = [n.span for n in walk(document) if isinstance(n, Point | Prose)]
    assert all(one.start < other.start for one, other in pairwise(spans))


def test_a_number_of_any_length_is_read() -> None:
    line = "第" + "一" * 20_000 + "条" * 3 + "（" * 5_000
    assert restore(reading(f"{line}。\n\n1{'0' * 9_000}、甲"), 1)


def points(text: str) -> list[str]:
    """What the marks of a text say its points are, with the end of each id."""
    document = read([Source("a.md", text)], lambda _: None).documents[0]
    return [
        f"{node.id.rpartition('__')[2]} {node.label.text}"
        for node in walk(document)
        if isinstance(node, Item)
    ]


def test_a_point_whose_text_begins_with_a_figure_is_one_where_its_number_is_due() -> (
    None
):
    assert points(
        "第一条 限额如下：\n\n（一）人身伤亡\n\n1.300总吨至500总吨的，为五万元；\n\n"
        "2.超过500总吨的，增加：\n\n501总吨的部分，增加一元。\n\n（二）其他\n\n"
        "1.300总吨的，为一万元。\n\n2.5000总吨的，另定。\n\n3.其他的，另定。\n\n"
        "第二条 比例为百分之三。\n\n1.5倍以下的，从轻。\n"
    ) == [
        "point_1 （一）",
        *("subpara_1 1.", "subpara_2 2."),
        "point_2 （二）",
        *("subpara_1 1.", "subpara_2 2.", "subpara_3 3."),
    ]


@pytest.mark.parametrize(
    ("lines", "marks"),
    [
        (["一、甲。", "二  乙。", "三、丙。"], ["一、", "二", "三、"]),
        (["一、甲。", "二．乙。", "三﹑丙。"], ["一、", "二．", "三﹑"]),
        (["（一）甲；", "（二 乙；", "三）丙。"], ["（一）", "（二", "三）"]),
        (["一、甲。", "二级以上的，另定。", "二、乙。"], ["一、", "二、"]),
        (["一  甲。", "二  乙。"], []),
        (["（一）甲。", "（二）乙。", "二是丙。"], ["（一）", "（二）"]),
    ],
)
def test_a_point_whose_mark_is_spoilt_is_one_where_its_number_is_due(
    lines: list[str], marks: list[str]
) -> None:
    text = "第一條 有下列情形：\n\n" + "\n\n".join(lines) + "\n"
    assert [said.split()[1] for said in points(text)] == marks


def test_points_that_run_on_are_told_apart_in_every_form() -> None:
    for listed in (
        "一、甲。二、乙；三、丙。",
        "（一）甲；（二）乙。（三）丙。",
        "①甲；②乙；③丙。",
    ):
        said = points(f"第 1 條 依下列規定辦理︰{listed}\n")
        assert [name.split()[0] for name in said] == ["point_1", "point_2", "point_3"]
    assert points("第一条 任务是：一、二级标准由市定。二、三级标准由县定。\n") == []


FULL_LINES = """# 关于某某的公告

　　根据《某某条例》的规定，现就有关事项公告如下，请
有关单位和个人遵照执行，逾期不再受理。
　　凡在本市行政区域内从事经营活动的单位和个人都应当
依法办理登记手续，领取营业执照后方可开展经营。
　　对于逾期不办理登记手续的单位和个人，由有关部门依
法予以处罚，并责令限期改正其违法行为。
　　本公告由某某主管部门负责解释。
　　本公告自发布之日起施行，此前发布的有关规定与本公
告不一致的，以本公告为准，请各单位认真组织贯彻执行。
"""


@pytest.mark.parametrize(
    "below",
    [
        "某某市人民政府\n二〇二四年三月一日\n",
        "王建国\n李秀英\n",
        "有关说明\n　　本公告的说明如下，请各单位认真组织学习，务必按照\n要求办理。\n",
        "抄送：市委办公室，市人大办公室。\n",
        "抄送：市委办公室，市人大常委会办公室，市政协办公室。\n地址：某某路八号\n",
        "地址：某某路八号\n邮编：一〇〇〇〇〇\n",
        (
            "王建国　李秀英　张桂兰　刘志强　陈永红　杨晓明　王强\n"
            "赵国庆　黄丽华　周建军　吴春梅　徐志远　孙玉兰　李强\n"
        ),
    ],
)
def test_what_stands_below_a_full_line_with_its_stop_stays_apart(below: str) -> None:
    paragraphs = [text for _, text in said(only(FULL_LINES + below))]
    assert any(text.endswith("认真组织贯彻执行。") for text in paragraphs)


def test_running_text_of_full_lines_goes_on_over_a_stop() -> None:
    more = (
        "任何单位和个人都有权对违反本公告的行为进行举报，有关\n"
        "部门应当为举报人保密，并依法及时处理，不得推诿拖延。\n"
    )
    paragraphs = [text for _, text in said(only(FULL_LINES + more))]
    assert any("贯彻执行。任何单位和个人" in text for text in paragraphs)
