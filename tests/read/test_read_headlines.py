"""A headline belongs to the news under it, though no mark says that it is one."""

from __future__ import annotations

import pytest

from publisher.read import read
from publisher.source import Source
from publisher.tree.nodes import Document
from publisher.tree.walk import plain, restore

HEAD = "我市召开环保税座谈会"
LEADS = ["本报讯（记者 李明）11月20日，", "新华社北京5月6日电（记者 王某）", "近日，"]
BODY = "市税务局召开座谈会。\n\n会议指出，要加强部门协作。\n"


def documents(text: str) -> tuple[Document, ...]:
    made = read([Source("a.txt", text)], lambda _: None)
    assert restore(made, 1) == (text,)
    return made.documents


def titles(text: str) -> list[tuple[str, list[str]]]:
    """The kind of each document, and the lines of its title."""
    return [(d.kind, plain(d.title).split("\n")) for d in documents(text)]


@pytest.mark.parametrize("lead", LEADS)
@pytest.mark.parametrize("gap", ["\n", "\n\n", "\r\n\r\n"])
def test_a_line_above_a_lead_is_the_headline(lead: str, gap: str) -> None:
    assert titles(f"{HEAD}{gap}{lead}{BODY}") == [("news", [HEAD])]


@pytest.mark.parametrize(
    "source",
    ["2023-05-06 来源：新华社", "来源：人民日报", "2023年5月6日 08:00", "记者 李明"],
)
def test_what_says_when_and_whence_is_the_note_of_the_news(source: str) -> None:
    (news,) = documents(f"{HEAD}\n\n{source}\n\n{LEADS[1]}{BODY}")
    assert (news.kind, plain(news.title)) == ("news", HEAD)
    assert news.note is not None
    assert plain(news.note.run) == source


def test_lines_above_and_below_it_belong_to_the_headline() -> None:
    above, below = "全市环保工作再部署", "——记市税务局新年第一会"
    head = f"{HEAD}：三项任务逐一落实"
    text = f"{above}\n{head}\n{below}\n\n{LEADS[0]}{BODY}"
    assert titles(text) == [("news", [above, head, below])]


def test_a_headline_with_a_comma_is_known_by_the_source_under_it() -> None:
    head = "我市召开座谈会，部署三项任务"
    text = f"{head}\n2023-05-06 来源：新华社\n\n{LEADS[1]}{BODY}"
    assert titles(text) == [("news", [head])]


def test_each_news_in_a_file_has_its_own_headline() -> None:
    other = "本市新增图书馆三座"
    text = f"{HEAD}\n\n{LEADS[1]}{BODY}\n{other}\n\n{LEADS[0]}{BODY}"
    assert titles(text) == [("news", [HEAD]), ("news", [other])]


@pytest.mark.parametrize(
    "above",
    [
        "第一条 甲部门负责。",
        "会议强调，要抓好落实。",
        "各位代表：",
        "（上接第1版）会议强调，要抓好各项工作落实，不断",
        "各部门要按照分工，切实推进各项工作取得实效，不断",
    ],
)
def test_what_is_no_headline_stays_what_it_is(above: str) -> None:
    for lead in LEADS[1:]:
        shown = [title for _, title in titles(f"{above}\n\n{lead}{BODY}")]
        assert [above] not in shown


def test_a_piece_of_a_sentence_in_the_midst_of_a_page_is_no_headline() -> None:
    text = (
        "第一条 有关部门应当按照规定，组织开展\n\n各级各类学习宣传和培训\n\n"
        f"{LEADS[1]}{BODY}\n活动，并予以保障。\n"
    )
    assert not any("宣传" in line for _, title in titles(text) for line in title)


@pytest.mark.parametrize("lede", ["2024年2月5日，条例公布。", "近日，条例公布。"])
@pytest.mark.parametrize("count", [1, 5])
def test_an_interview_is_called_by_the_line_that_says_so(lede: str, count: int) -> None:
    head = "文化局负责人就《图书馆条例》答记者问"
    paragraphs = "\n\n".join([lede] + ["条例引起了关注。"] * (count - 1))
    text = f"{head}\n\n{paragraphs}\n\n问：为什么？\n\n答：为了规范。\n"
    assert titles(text) == [("press_qa", [head])]
    law = "# 某条例\n\n第一条 甲部门负责。\n\n第二条 乙部门负责。\n\n"
    assert titles(law + text) == [("regulation", ["某条例"]), ("press_qa", [head])]


SIGNATURE = "第一条 甲部门负责。\n\n某某市人民政府\n2024年3月1日\n\n"


@pytest.mark.parametrize(
    ("above", "no_title"),
    [
        (SIGNATURE, "某某市人民政府"),
        ("某某市人民政府\n2024年3月1日\n\n", "某某市人民政府"),
        ("各区：\n请做好工作。\n\n某某市人民政府办公室\n\n", "某某市人民政府办公室"),
        (f"{HEAD}\n\n{LEADS[1]}{BODY}\n图1 植树现场\n\n", "图1 植树现场"),
        (f"{HEAD}\n\n{LEADS[1]}{BODY}\n表2 植树数\n\n", "表2 植树数"),
        ("图1 植树现场\n\n", "图1 植树现场"),
        ("今天的要闻有：\n甲省植树\n乙省修路\n", "甲省植树\n乙省修路"),
    ],
)
def test_what_ends_another_text_is_no_headline(above: str, no_title: str) -> None:
    for lead in LEADS[1:2]:
        shown = ["\n".join(title) for _, title in titles(f"{above}{lead}{BODY}")]
        assert no_title not in shown
