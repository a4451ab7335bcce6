"""Every kind of node on the page, and what the editor says about it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pikepdf
import pytest
from cssselect2 import ElementWrapper
from lxml import html as lxml_html

from publisher.book import Book, Typography
from publisher.edition.prepared import (
    Apparatus,
    Change,
    JoinNote,
    LeftOut,
    Missing,
    Prepared,
    Unseen,
)
from publisher.numerals import to_chinese
from publisher.render import contents, render_print
from publisher.source import Span
from publisher.tree.nodes import (
    AdoptionNote,
    Answer,
    Article,
    Attachment,
    Block,
    Byline,
    Caption,
    Cell,
    Continuation,
    Division,
    Document,
    Fixed,
    Footnote,
    Gap,
    Heading,
    Image,
    Item,
    Marked,
    Note,
    Notice,
    Omission,
    Paragraph,
    Point,
    Prose,
    Question,
    Reference,
    Ruby,
    SignOff,
    Strong,
    Table,
    Text,
    Toc,
    TocEntry,
)
from publisher.tree.walk import ink
from tests.print.making import article, imprint, made, prepared, regulation, retitled
from tests.print.pdf_text import baselines
from tests.print.pdf_text import ink as pdf_ink


def t(text: str) -> Text:
    return Text(text, span=Span(0, 0, len(text)))


POINT = Item((1, 0), t("1."), (t("目"),), id="i__s")
LAST = replace(POINT, id="j")
ITEM = Item(
    (1, 0),
    t("（一）"),
    (t("项"),),
    continued=(Paragraph(2, (t("项的第二段"),), id="i__para_2"),),
    items=(POINT,),
    id="i",
)
TABLE = Table(
    (
        (Cell((t("名称"),)), Cell((t("数量"),))),
        (Cell((t("甲"),)), Cell((t("一"),))),
        (Cell((t("通栏"),)),),
    ),
    header=1,
    caption=Caption((t("表1 某表"),), id="table_1__caption"),
    id="table_1",
)
IMAGE = Image("a.png", (t("国徽图案"),), Caption((t("图1"),), id="c"), id="image_1")
LOST = Table((), caption=Caption((t("续表"),), id="d"), lost=True, id="table_2")
OUTSIDE = Point(
    (1, 0),
    t("一、"),
    (t("点："),),
    (
        Point((1, 0), t("（一）"), (t("点中之点。"),), id="point_1__point_1"),
        Prose((t("点中之段。"),), id="prose_1"),
    ),
    id="point_1",
)
RUN = (
    t("见"),
    Reference((t("第一条"),), None, ("art_1",)),
    Reference((t("别法第二条"),), "别法", ()),
    Strong((t("重"), t("点"))),
    Marked((t("着"), Ruby((t("重"),), "zhòng", by="editor")), "emphasis"),
    Marked((t("某人"),), "proper-name", by="editor"),
    Marked((Fixed((t("某书"),)),), "work-title"),
    Note("来源作“同”"),
    Gap("〔下缺〕"),
)
TABLE_ALONE = Table(((Cell((t("独"),)),),), id="table_3")
FULL: tuple[Block, ...] = (
    Prose((t("序言2024年“引”"),), "preamble", id="preamble_1"),
    Division(
        "book",
        (1, 0),
        t("第一编"),
        (t("总则"),),
        (
            Division(
                "chapter",
                (1, 0),
                t("第一章"),
                (t("一个很长很长很长很长很长很长很长很长很长很长的章名"),),
                (
                    Division(
                        "section",
                        (1, 0),
                        t("第一节"),
                        (t("节"),),
                        (article(1, "第一条", "一。"), article(2, "第二条", "二。")),
                        id="sec_1",
                    ),
                ),
                id="chp_1",
            ),
        ),
        id="book_1",
    ),
    Article(
        (3, 1),
        t("第三条之一"),
        (
            Paragraph(1, RUN, (ITEM,), (IMAGE,), id="p1"),
            Paragraph(2, (t("第二款"),), id="p2"),
        ),
        id="art_3-1",
    ),
    Article((4, 0), t("第四条"), (), id="art_4"),
    Paragraph(1, (t("游离的款"),), id="para_1"),
    Heading((t("附则"),), id="heading_1"),
    Division("division", (1, 0), t("一、"), (t("要点"),), (), id="div_1"),
    Division("chapter", (9, 0), t("第九章"), (), (), id="chp_9"),
    Question(1, t("问："), (t("何" * 30 + "，为什么？"),), id="q_1"),
    Question(2, t("问："), (t("《条例》如何？"),), id="q_2"),
    Answer(1, t("答："), (t("如此。"),), id="q_1__ans_1"),
    Answer(2, None, (t("又如此。"),), id="q_1__ans_2"),
    Prose((t("导语2024年"),), "lede", id="lede_1", items=(LAST,)),
    Byline((t("记者 某某"),), id="byline_1"),
    SignOff((t("（完）"),), id="signoff_1"),
    Continuation((t("（下转第2版）"),), "to", 2, id="continuation_1"),
    Omission((t("……"),), id="omission_1"),
    Notice("〔来源至此中断。〕", id="notice_1"),
    Toc(
        (t("目录"),),
        (TocEntry((t("总则"),), t("第一章"), id="e1"), TocEntry((t("附则"),), id="e2")),
        id="toc_1",
    ),
    OUTSIDE,
    Footnote((1, 0), t("①"), (t("原注。"),), id="footnote_1"),
    Attachment(
        (1, 0),
        t("附件一："),
        (t("名录"),),
        (TABLE, replace(IMAGE, id="image_2", caption=None), LOST),
        id="att_1",
    ),
    TABLE_ALONE,
    replace(IMAGE, id="image_3", caption=None),
)
NOTE = AdoptionNote((t("（2024年1月1日甲通过 2024年2月2日乙公布）"),), id="note")
DOCUMENT = Document("regulation", (t("工作条例"),), FULL, note=NOTE, id="reg")


def css(root: lxml_html.HtmlElement, selector: str) -> list[lxml_html.HtmlElement]:
    whole = ElementWrapper.from_html_root(root)
    return [found.etree_element for found in whole.query_all(selector)]


def page(edition: Prepared) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(render_print(edition, imprint()))


def test_every_kind_of_block_is_in_the_test_document() -> None:
    assert {type(block) for block in FULL} == set(get_args(Block))


def test_the_html_says_what_the_tree_says() -> None:
    root = page(prepared(DOCUMENT))
    for generated in css(root, "article .generated, article ins"):
        generated.drop_tree()
    text = "".join(css(root, "article")[0].text_content().split())
    assert text == ink(DOCUMENT)


def test_the_pdf_says_what_the_tree_says(tmp_path: Path) -> None:
    pdf, found = made(prepared(DOCUMENT))
    (tmp_path / "all.pdf").write_bytes(pdf.data)
    assert found == []
    assert pdf_ink(tmp_path / "all.pdf") == ink(DOCUMENT)


def test_ids_are_anchors_and_only_what_is_there_is_linked() -> None:
    root = page(prepared(DOCUMENT))
    ids = [element.get("id") for element in css(root, "article [id]")]
    assert "reg.art_3-1" in ids
    assert "reg.note" in ids
    assert len(ids) == len(set(ids))
    links = css(root, "a.reference")
    assert [(a.get("href"), a.text_content()) for a in links] == [
        ("#reg.art_1", "第一条")
    ]


def test_two_character_titles_are_opened_by_spacing_not_by_a_space() -> None:
    root = page(prepared(DOCUMENT))
    opened = css(root, "article .two")
    assert [element.text_content() for element in opened] == ["总则", "要点"]
    assert "　" not in css(root, "article")[0].text_content()


def test_figures_and_quotation_marks_in_kai_are_set_in_song() -> None:
    root = page(prepared(DOCUMENT))
    lede = css(root, "article .lede .x")
    assert [element.text_content() for element in lede] == ["2024"]
    assert [e.text_content() for e in css(root, "small.note .x")] == ["“", "”"]


def test_the_promulgation_note_breaks_before_its_second_date() -> None:
    root = page(prepared(DOCUMENT))
    note = css(root, "article .adoption-note")[0]
    assert len(css(note, "br")) == 1
    assert css(note, "br")[0].getnext().text_content().startswith("2024年2月")


def test_a_question_of_two_lines_breaks_at_a_phrase() -> None:
    root = page(prepared(DOCUMENT))
    long, short = css(root, "article .question")
    assert len(css(long, "br")) == 1
    assert css(short, "br") == []


def test_a_title_that_needs_room_gets_more_grid_lines() -> None:
    long = retitled(
        DOCUMENT, "关于在全国范围内推动党史学习教育常态化长效化工作的实施意见"
    )
    for document, rows in ((DOCUMENT, 8), (long, 10)):
        style = css(page(prepared(document)), ".opening")[0].get("style")
        assert style == f"min-height: calc({rows} * var(--line))"


EVENTS = "".join(
    f"20{year}年9月21日某省第十三届人民代表大会常务委员会第五次会议《关于修改〈某省民用"
    f"建筑节能条例〉等十件地方性法规的决定》第{year}次修正"
    for year in range(10, 18)
)


@pytest.mark.parametrize("events", [3, 5, 8])
def test_a_long_promulgation_note_pushes_the_text_down_by_whole_lines(
    tmp_path: Path, events: int
) -> None:
    articles = tuple(article(n, f"第{n}条", "为了学习。" * 20) for n in range(1, 9))
    note = AdoptionNote((Text(EVENTS[: len(EVENTS) // 8 * events]),), id="note")
    document = replace(regulation(*articles), note=note)
    path = tmp_path / "book.pdf"
    path.write_bytes(made(prepared(document))[0].data)
    with pikepdf.open(path) as pdf:
        first = int(pdf.Root.PageLabels.Nums[2])
    lines = [
        (number, round(down, 1))
        for number, down in baselines(path, 10.5)
        if number >= first
    ]
    for page_number in {number for number, _ in lines}:
        heights = sorted({down for number, down in lines if number == page_number})
        apart = [round(b - a, 1) for a, b in pairwise(heights)]
        assert min(apart) >= 18.0, "nothing is printed over anything"
    grid = {round(down % 18.0, 1) for number, down in lines if number > first}
    assert len(grid) == 1
    if events < 8:
        assert round(heights[-1] % 18.0, 1) in grid


def test_a_note_that_would_fill_the_title_page_stands_in_the_book_alone() -> None:
    short = replace(DOCUMENT, note=AdoptionNote((Text(EVENTS[:60]),), id="note"))
    long = replace(DOCUMENT, note=AdoptionNote((Text(EVENTS),), id="note"))
    assert css(page(prepared(short)), ".half .adoption-note")
    root = page(prepared(long))
    assert not css(root, ".half .adoption-note")
    assert EVENTS in css(root, "article .adoption-note")[0].text_content()


def test_a_document_without_a_title_is_named_in_the_editors_ink() -> None:
    nameless = retitled(replace(DOCUMENT, kind="news", id="news"), "")
    root = page(prepared(nameless))
    name = css(root, "article h1 .nameless")[0]
    assert (name.tag, name.text_content()) == ("ins", "〔新闻〕")
    assert css(root, ".contents .document a")[1].text_content() == "〔新闻〕"


def test_documents_of_one_kind_without_titles_are_told_apart() -> None:
    news = retitled(replace(DOCUMENT, kind="news", id="news"), "")
    told = Apparatus(ordinals=(("news", 1), ("news-2", 2)))
    edition = prepared(news, replace(news, id="news-2"), apparatus=told)
    root = page(edition)
    names = [name.text_content() for name in css(root, "article h1 .nameless")]
    assert names == ["〔新闻一〕", "〔新闻二〕"]
    assert "本册收〔新闻一〕及〔新闻二〕。" in note(edition)


def test_html_in_a_source_is_text() -> None:
    evil = '<img src="file:///etc/passwd"><script>x</script>{{ 7 * 7 }}&amp;'
    book = Book("b", title=evil, subtitle=evil, publisher=evil, authority=evil)
    body = (article(1, evil, evil), Notice(evil, id="n"))
    document = retitled(regulation(*body), evil)
    root = page(prepared(document, book=book))
    assert css(root, "img, script") == []
    assert css(root, "article .paragraph")[0].text_content() == evil * 2
    assert css(root, "article .notice")[0].text_content() == evil


APPARATUS = Apparatus(
    mixed=True,
    missing=(
        Missing("reg", "第二条", "二字", "第三条", (("第六章", "附则"),), "据称"),
        Missing("reg-2", "", "", "", (), ""),
    ),
    joins=(
        JoinNote("第一条", "甲", "乙", interleaved=True),
        JoinNote("第二条", "丙", "丁", interleaved=False),
    ),
    widths=((",", "，", 12), ("¤", "＄", 1)),
    splits=("第一条", "第一条"),
    changed=(
        Change("第一条", "a", "b", "因为如此", safe=True),
        Change("第二条", "c", "d", "因为如此"),
    ),
    doubts=(Change("第三条", "e", "", "可疑"),),
    left_out=(LeftOut("新闻甲", "无关。", 3), LeftOut("新闻乙", "无关。", 4)),
    allowed=(("第二条", "报纸到此为止"),),
    selected="第三章",
)


def note(edition: Prepared) -> str:
    return str(css(page(edition), ".editorial")[0].text_content())


def test_the_editorial_note_has_its_fixed_heads_in_order() -> None:
    second = replace(regulation(title="别的条例"), id="reg-2")
    edition = prepared(DOCUMENT, second, apparatus=APPARATUS)
    heads = [h.text_content() for h in css(page(edition), ".editorial h2")]
    wanted = ["节选", "缺文", "接续", "标点", "校改", "存疑", "未收", "认可"]
    assert heads == wanted
    text = note(edition)
    for sentence in (
        "本册收《工作条例》及《别的条例》。各文在来源中交错排列",
        "《工作条例》：来源文本止于第二条“二字”二字：第二条未完，第三条及第六章全缺。",
        "《别的条例》：来源有缺。本册不据他本补入。",
        "栏末断句一处、两文交错断句一处，已据文意接合：第一条“甲｜乙”，第二条“丙｜丁”。",
        "来源之半角标点13处，一律改为全角：逗号12、＄1。",
        "第一条，来源有连排之处，今各自起行。",
        "来源另有新闻甲（3行）、新闻乙（4行），本册未收：无关。",
    ):
        assert sentence in text, sentence
    cells = [td.text_content() for td in css(page(edition), ".editorial td")]
    assert cells[3::4][:2] == ["因为如此", "同上"]
    assert "待核" in cells


GAPS = Missing(
    "reg",
    "",
    "",
    "第三条",
    (),
    "",
    head=True,
    begins="第二条",
    unseen=tuple(
        Unseen(f"第三章第{n}节", f"第{n}节", "reg.chp_2" if n == "一" else "")
        for n in "一二三四五"
    ),
)


def test_an_editors_title_in_black_is_told_of_where_there_is_one() -> None:
    assert "编者所加。" in note(prepared(DOCUMENT))
    given = retitled(DOCUMENT, "", "编者之题")
    assert "编者所加；编者所拟标题另加注。" in note(prepared(given))
    assert "另加注" not in note(prepared(retitled(DOCUMENT, "")))


def test_what_the_book_does_not_decide_on_is_not_given_a_reason() -> None:
    left = (LeftOut("《甲》", "", 3, undecided=True), LeftOut("《乙》", "无关", 4))
    text = note(prepared(DOCUMENT, apparatus=Apparatus(left_out=left)))
    assert "来源另有《甲》（3行），本册未收：book.toml 未定其取舍。" in text
    assert "来源另有《乙》（4行），本册未收：无关。" in text


def test_a_join_past_a_document_that_is_not_printed_is_no_mixture_of_two() -> None:
    join = JoinNote("第一条", "甲", "乙", interleaved=True)
    text = note(prepared(DOCUMENT, apparatus=Apparatus(joins=(join,))))
    assert "隔有他文断句一处" in text
    assert "交错" not in text


def test_what_is_missing_is_never_called_whole() -> None:
    gaps = Apparatus(missing=(GAPS,))
    state = colophon(prepared(DOCUMENT, apparatus=gaps))["完整程度"]
    assert state == (
        "《工作条例》：开头不在来源之中，条文自第二条起，第三条未见，第三章第一节、"
        "第三章第二节、第三章第三节、第三章第四节等五处之序号未见"
    )
    text = note(prepared(DOCUMENT, apparatus=gaps))
    assert "第三章第五节之序号未见。本册不据他本补入，缺处标〔上缺〕。" in text
    skipped = Apparatus(missing=(replace(GAPS, skipped=("某条",)),))
    text = note(prepared(DOCUMENT, apparatus=skipped))
    assert "缺处标〔上缺〕〔某条，来源未见〕。" in text
    kinds = ("某条", "某项", "某表")
    table = replace(GAPS, unseen=(), skipped=kinds, unattached="附表一之表、附件二")
    said = prepared(DOCUMENT, apparatus=Apparatus(missing=(table,)))
    assert colophon(said)["完整程度"].endswith("第三条未见，附表一之表、附件二未见")
    assert "缺处标〔上缺〕〔某条、某项、某表，来源未见〕。" in note(said)
    one = replace(GAPS, unseen=GAPS.unseen[:1], unbroken=True)
    text = note(prepared(DOCUMENT, apparatus=Apparatus(missing=(one,))))
    assert "第三章第一节之序号未见（条文序号相连）。" in text
    bare = Apparatus(missing=(Missing("reg", "", "", "", (), "", bare="标题与题注"),))
    assert colophon(prepared(DOCUMENT, apparatus=bare))["完整程度"].endswith(
        "：仅存标题与题注"
    )
    assert "仅存标题与题注。本册不据他本补入。" in note(
        prepared(DOCUMENT, apparatus=bare)
    )


def test_a_division_that_is_skipped_stands_in_the_contents_without_a_page() -> None:
    chapters = tuple(
        Division(
            "chapter",
            (n, 0),
            t(f"第{n}章"),
            (t("总则"),),
            (article(n, f"第{n}条", "为了学习。"),),
            id=f"chp_{n}",
        )
        for n in (1, 3)
    )
    gap = Missing(
        "reg", "", "", "", (), "", unseen=(Unseen("第二章", "第二章", "reg.chp_3"),)
    )
    apparatus = Apparatus(missing=(gap,))
    root = page(prepared(regulation(*chapters), apparatus=apparatus))
    lines = [li.text_content().strip() for li in css(root, ".contents li li")]
    assert lines == ["第1章总则第1条", "第二章来源未见", "第3章总则第3条"]
    assert css(root, ".contents .gone")[0].text_content().strip() == "第二章来源未见"


def test_an_untouched_text_needs_no_more_than_the_opening() -> None:
    edition = prepared(typography=Typography(ink="grey"))
    assert css(page(edition), ".editorial h2") == []
    assert "灰色楷体皆编者所加" in note(edition)


def test_a_converted_edition_says_so() -> None:
    other = replace(regulation(title="别的条例"), id="reg-2")
    edition = prepared(DOCUMENT, other)
    taiwan = replace(edition.edition, script="zh-Hant-TW")
    edition = replace(edition, edition=taiwan)
    assert "转换" not in note(edition), "it was traditional already"
    both = Apparatus(converted=(("reg", "zh-Hans"), ("reg-2", "zh-Hans")))
    text = note(replace(edition, apparatus=both))
    assert "本册文字由简体转换为繁体（台湾），引号依当地习惯。" in text
    one = Apparatus(converted=(("reg-2", "zh-Hant-HK"),))
    text = note(replace(edition, apparatus=one))
    assert "《别的条例》文字由繁体（香港）转换为繁体（台湾）" in text


def colophon(edition: Prepared) -> dict[str, str]:
    rows = css(page(edition), ".colophon tr")
    return {row[0].text_content(): row[1].text_content() for row in rows}


def test_the_colophon_says_where_the_text_is_from_and_what_was_done() -> None:
    dates = {"issued": date(2024, 2, 5), "approved": date(2024, 1, 18)}
    book = Book("b", "工作条例", "附别的", "机关", "编者", rights="公开", dates=dates)
    done = replace(APPARATUS, selected="")
    rows = colophon(prepared(DOCUMENT, book=book, apparatus=done))
    assert rows["书名"] == "工作条例（附别的）"
    assert rows["发布机关"] == "机关"
    assert rows["文本日期"] == "2024年1月18日批准，2024年2月5日发布"
    assert rows["文本来源"] == f"page.md（报纸）SHA-256 {'0' * 64}other.md"
    assert rows["整理"] == "标点13处、径改1处、校改1处、接续2处、存疑1处"
    assert "版心28字 × 27行，五号" in rows["开本"]
    assert rows["字体"].startswith("思源宋体 ")
    assert rows["版本"] == "读本　简体"
    assert rows["编印"] == "编者"
    plain = colophon(prepared(typography=Typography(size_name="")))
    assert plain["整理"] == "无改动"
    assert plain["编印"] == "〔编印单位〕"
    assert plain["开本"].endswith("10.5 pt")
    excerpt = prepared(apparatus=Apparatus(selected="第三章"))
    assert colophon(excerpt)["完整程度"] == "《工作条例》：节选"
    assert colophon(excerpt)["书名"] == "工作条例（节选）"


@pytest.mark.parametrize(
    ("labels", "wanted"),
    [
        (["第一条"], "第一条"),
        (["第一条", "第二条", "第三条"], "第一至三条"),
        (["第1条", "第2条", "第3条"], "第1至3条"),
    ],
)
def test_ranges_are_said_as_a_book_says_them(labels: list[str], wanted: str) -> None:
    held = [article(number, label, "") for number, label in enumerate(labels, 1)]
    assert contents.article_range(held, str) == wanted


@pytest.mark.parametrize(
    ("numbers", "wanted"),
    [
        ((4, 6), "第四条、第六条"),
        ((1, 2, 3, 5, 6), "第一至三条、第五至六条"),
        ((1, 3, 5, 7, 8), "第一至八条（有缺号）"),
        ((1, 3, 2, 4), "第一至四条"),
    ],
)
def test_a_range_is_divided_where_articles_are_skipped(
    numbers: Sequence[int], wanted: str
) -> None:
    held = [article(n, f"第{to_chinese(n)}条", "") for n in numbers]
    assert contents.article_range(held, str) == wanted


def test_an_inserted_article_is_named_in_full() -> None:
    held = [article(n, f"第{to_chinese(n)}条", "") for n in (1, 2, 3)]
    held.append(Article((3, 1), t("第三条之一"), ()))
    assert contents.article_range(held, str) == "第一条至第三条之一"


def test_contents_list_divisions_questions_and_what_is_missing() -> None:
    root = page(prepared(DOCUMENT, apparatus=APPARATUS))
    text = re.sub(r"\s+", " ", css(root, ".contents")[0].text_content())
    assert "第一节节第一至二条（未完）" in text
    gone = css(root, ".contents .gone")
    assert [p.text_content().split() for p in gone] == [["第六章附则来源缺"]]
    opened = css(root, ".contents .question .open")[0].text_content()
    assert opened == "《条例》如何？"


def test_the_cover_takes_a_smaller_size_for_a_long_title() -> None:
    for title, size in (
        ("工作条例", "cover"),
        ("很长" * 17, "title"),
        ("长" * 80, "head2"),
    ):
        root = page(prepared(book=Book("b", title=title, subtitle="增订")))
        assert css(root, f".cover .name.of-{size}")
    assert css(root, ".cover .with")[0].text_content() == "增订"
