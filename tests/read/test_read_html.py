from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.diagnostics import Diagnostic
from publisher.read import decode, read
from publisher.tree.walk import plain, restore

ROOT = Path(__file__).parents[2]
LAW = (
    "<h1>某市餐厨垃圾管理条例</h1><p>（2020年5月28日某市人民代表大会常务委员会通过）</p>"
    "<p align=center><b>第一章　总则</b></p>"
    "<p>　　第一条　为了规范管理，制定本条例。</p>"
    "<p>　　第二条　有下列情形之一的：<br>　　（一）甲；<br/>（二）乙。</p>"
)
LINES = [
    *("# 某市餐厨垃圾管理条例", "（2020年5月28日某市人民代表大会常务委员会通过）"),
    *("**第一章　总则**", "第一条　为了规范管理，制定本条例。"),
    *("第二条　有下列情形之一的：", "（一）甲；", "（二）乙。"),
]


def take(page: str | bytes, name: str = "a.html") -> tuple[list[str], list[str]]:
    """The lines of a page, and what was reported of it."""
    raw = page.encode() if isinstance(page, str) else page
    found: list[Diagnostic] = []
    source = decode(name, raw, found.append)
    collection = read([source], lambda _: None)
    assert restore(collection, 1) == (source.text,)
    lines = [line for line in source.text.split("\n") if line]
    return lines, [diagnostic.rule.name for diagnostic in found]


def test_a_page_gives_its_headings_paragraphs_breaks_and_bold() -> None:
    assert take(LAW) == (LINES, [])


def test_a_registers_table_of_title_and_dates_is_lines_and_a_link_title() -> None:
    about = (
        "<table><tr><th>法規名稱：</th><td><a href='/l'>某某基準法</a></td></tr>"
        "<tr><th>修正日期：</th><td>民國 113 年 07 月 31 日</td></tr></table>"
    )
    text = "<p>第 1 條 為規定最低標準，制定本法。</p><p>第 2 條 本法自公布日施行。</p>"
    lines, found = take(about + text)
    assert lines[:2] == ["法規名稱：某某基準法", "修正日期：民國 113 年 07 月 31 日"]
    assert found == []
    form = about.replace("法規名稱", "申請書").replace("某某基準法", "甲")
    assert take(form + text)[0][0] != "申請書：甲"


def test_the_encoding_that_a_page_declares_is_believed() -> None:
    head = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
    assert take((head + LAW).encode("gb18030"), "a.HTM") == (LINES, [])
    lines, found = take(LAW.encode("gb18030"))
    assert (lines, found) == (LINES, ["guessed-encoding"])


@pytest.mark.parametrize(
    "beside",
    [
        "<nav><a href='/'>首页</a><a href='/b'>政策。</a></nav>",
        "<header><div>某市人民政府门户网站</div></header>",
        "<footer>版权所有：某市人民政府。</footer>",
        "<aside>热点推荐</aside>",
        "<div role='navigation'>首页</div>",
        "<div class='crumb'>当前位置：<a href='/'>首页</a></div>",
        "<div id='pageFooter'>网站标识码</div>",
        "<div class='wyBdShare share-box'>分享到</div>",
        "<ul>" + "<li><a href='/x'>某办法解读</a></li>" * 4 + "</ul>",
        "<p>发布时间：2024-02-05　来源：某市人大</p>",
        "<div style='display: none'>看不见的字。</div>",
        "<div><span>某某网</span></div>",
        "<script>var a = '<p>第九条 坏。</p>';</script><style>p { color: red }</style>",
        "<form><input value='搜'><select><option>甲</option></select></form>",
    ],
)
def test_what_is_not_the_text_of_a_page_is_left_out(beside: str) -> None:
    page = f"<body><div>{beside}</div><div id=zoom>{LAW}</div>{beside}</body>"
    lines, found = take(page)
    assert lines == LINES
    assert set(found) <= {"page-furniture"}


@pytest.mark.parametrize(
    "called", ["class='nav'", "class='header share'", "id='footer'", "class='links'"]
)
def test_what_holds_the_prose_is_text_whatever_it_is_called(called: str) -> None:
    assert take(f"<body><div {called}>{LAW}</div><p>某某网</p></body>")[0] == LINES


def test_a_numbered_provision_is_text_wherever_it_stands() -> None:
    more = "<div class='related'>第三条　本条例自公布之日起施行</div>"
    assert take(f"<div>{LAW}</div>{more}")[0][-1] == "第三条　本条例自公布之日起施行"


def test_the_only_great_heading_is_kept_out_of_a_head() -> None:
    title, rest = LAW.split("</h1>")
    page = f"<header><b>某某网</b>{title}</h1></header><div>{rest}</div>"
    assert take(page)[0] == LINES


def test_a_title_without_heading_is_known_by_the_name_of_the_page() -> None:
    body = LAW.replace("h1>", "p>")
    for name in (
        "<title>某市餐厨垃圾管理条例_某市人民政府</title>",
        "<meta name='ArticleTitle' content='某市餐厨垃圾管理条例'><title>甲</title>",
    ):
        assert take(f"<head>{name}</head><body>{body}</body>")[0] == LINES


def test_a_page_that_begins_with_an_article_has_its_own_name_for_a_title() -> None:
    page = "<title>某办法 - 某网</title><p>第一条　甲。</p>"
    assert take(page)[0] == ["# 某办法", "第一条　甲。"]


def test_the_line_ends_of_the_file_are_no_spaces_between_chinese() -> None:
    page = "<p>为了规\n范管理，\n  制定 本 条例 <i>of</i>\n2020</p>"
    assert take(page)[0] == ["为了规范管理，制定 本 条例 of 2020"]


def test_a_label_in_two_bold_pieces_is_one() -> None:
    page = "<p><b>第一</b><strong>条</strong>　甲 <b> </b>乙<b>*</b></p>"
    assert take(page)[0] == ["**第一条**　甲 乙*"]


def test_lists_get_the_numbers_that_a_browser_prints() -> None:
    page = (
        "<ol start=3><li>甲<li value=7>乙</ol><ol type=a><li>丙</ol><ul><li>丁</ul>"
        "<ol style='list-style-type: cjk-ideographic'><li>戊</ol>"
    )
    assert take(page)[0] == ["3. 甲", "7. 乙", "a) 丙", "• 丁", "一、戊"]


def test_notes_are_called_by_circled_numbers() -> None:
    page = (
        "<p>施行<sup><a href='#footnote-1' id='footnote-ref-1'>[1]</a></sup>，10 m"
        "<sup>2</sup>第<sup>th</sup></p><ol><li id='footnote-1'><p>见另一法。"
        "<a href='#footnote-ref-1'>↑</a></p></li></ol>"
    )
    assert take(page)[0] == ["施行①，10 m²第th", "①见另一法。"]


def test_a_table_is_written_as_markdown() -> None:
    page = (
        "<table><caption>表1 罚款</caption><tr><th>类别<th>罚款<th>注</tr>"
        "<tr><td rowspan=2>甲<td colspan=2>100<br>元</tr><tr><td>2|00<td></tr></table>"
    )
    assert take(page)[0] == [
        "表1 罚款",
        "| 类别 | 罚款 | 注 |",
        "| --- | --- | --- |",
        "| 甲 | 100 元 |  |",
        "|  | 2\\|00 |  |",
    ]


def test_a_table_without_heads_begins_with_its_rule() -> None:
    page = "<table><tr><td>甲<td>1</tr><tr><td>乙<td>2</tr></table>"
    assert take(page)[0] == ["| --- | --- |", "| 甲 | 1 |", "| 乙 | 2 |"]


def test_a_table_that_only_lays_out_a_page_is_none() -> None:
    page = f"<table><tr><td>某某网<td>某市</tr><tr><td>{LAW}<td></tr></table>"
    assert take(page)[0] == LINES


def test_a_picture_says_what_it_shows() -> None:
    page = (
        "<p><img src='a/b c.png?x=1' alt='流程图'></p><p>见<img alt='甲' src=x>乙</p>"
    )
    assert take(page)[0] == ["![流程图](bc.png)", "见甲乙"]


def test_preformatted_lines_stay_lines() -> None:
    assert take("<pre>第 1 條\n   甲。\n</pre>")[0] == ["第 1 條", "甲。"]


ENTITIES = (
    '<!DOCTYPE html [<!ENTITY a "甲甲甲"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
    "<p>第一条 &a;&b;</p>"
)
HOSTILE = {
    "declared entities": ENTITIES,
    "a huge attribute": f"<p title='{'A' * 300_000}'>甲",
    "many attributes": "<p " + " ".join(f"a{i}" for i in range(9000)) + ">甲",
    "many attributes behind a quote": '<p z=">" ' + "a=1 " * 9000 + ">甲",
    "nesting without end": "<div>" * 9000 + "甲",
    "many tags": "<b>甲" * 300_000,
    "a page that is too large": "甲" * 9_000_000,
}


@pytest.mark.parametrize("page", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_page_is_refused(page: str) -> None:
    assert take(page) == ([], ["hostile-file"])


def test_what_scripts_and_comments_hold_is_no_tag() -> None:
    noise = "if (a<b " + "x=1 " * 9000 + ") {}"
    assert take(f"<script>{noise}</script><!--<a {noise}-->{LAW}") == (LINES, [])


def test_an_embedded_picture_does_not_count() -> None:
    page = f"{LAW}<p><img src='data:image/png;base64,{'A' * 9_000_000}' alt='图'>"
    assert take(page) == ([*LINES, "![图](picture)"], [])


PIECES = st.sampled_from(
    [
        *("<p>", "</p>", "<b>", "</b>", "<table>", "<tr>", "<td>", "<li>", "<ol>", "<"),
        *("<td colspan=3>", "<h1>", "</h1>", "<nav>", "<a href=/x>", "<sup>", "</sup>"),
        *(
            "第一条 甲。",
            "\n",
            "&#1;",
            "&amp;",
            "<img alt=甲>",
            "<!--",
            "<br>",
            "<pre>",
        ),
        *("\x00", "\udc80", "</table>", "<body>", "</body>", "<ul class=nav>", "|"),
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join))
@settings(max_examples=200, deadline=None)
def test_any_page_gives_a_source(page: str) -> None:
    take(page.encode("utf-8", "surrogateescape"))


@given(st.binary(max_size=80), st.sampled_from(["html", "htm", "docx", "md", "x"]))
@settings(deadline=None)
def test_any_bytes_under_any_suffix_give_a_source(raw: bytes, suffix: str) -> None:
    take(raw, f"a.{suffix}")


def test_a_text_is_read_without_the_parsers_of_other_formats() -> None:
    code = (
        "import sys; from publisher.read import decode, read;"
        "read([decode('a.md', '第一条 甲。'.encode(), print)], lambda d: None);"
        "heavy = {'lxml', 'mammoth', 'charset_normalizer', 'zipfile'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    out = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT
    )
    assert re.search(rb"^\[\]", out.stdout)


STATE = """<html><head><title>某国某某条例_行政法规库_某网</title></head><body>
<div><a href="/">首页</a> <form><input value="搜索"></form></div>
<div>当前位置：<a href="/">首页</a> &gt; 行政法规</div>
<table><tr><td>索 引 号：</td><td>000014349/2024</td>
<td>主题分类：</td><td>综合</td></tr>
<tr><td>发文机关：</td><td>国务院</td><td>发文字号：</td><td>国令第772号</td></tr></table>
<div>字体：【<a href="#">大</a> <a href="#">小</a>】 打印</div>
<div class="TRS_Editor"><p align="center"><b>某国国务院令</b></p><p>第772号</p>
<p>《某国某某条例》已经通过，现予公布，自2024年5月1日起施行。</p>
<p align="center"><b>某国某某条例</b></p><p>第一章　总　则</p>
<p>　　第一条　为了规范活动，制定本条例。</p>
<p>　　第二条　适用于：<br>　　（一）甲；<br>　　（二）乙。</p></div>
<div>责任编辑：张三</div>
<div>【<a href="javascript:print()">打印本页</a>】【关闭窗口】</div>
<ul><li><a href="/a">上一篇：甲规定</a></li><li><a href="/b">乙办法</a></li></ul>
<div>版权所有：某网 | 某ICP备05070218号</div></body></html>"""


def test_a_page_of_a_government_is_its_decree_and_its_law() -> None:
    found: list[Diagnostic] = []
    source = decode("a.html", STATE.encode("gb18030"), found.append)
    assert source.text.split("\n\n") == [
        "**某国国务院令**",
        "第772号",
        "《某国某某条例》已经通过，现予公布，自2024年5月1日起施行。",
        "# 某国某某条例",
        "第一章　总　则",
        "第一条　为了规范活动，制定本条例。",
        "第二条　适用于：",
        "（一）甲；",
        "（二）乙。",
        "",
    ]
    documents = read([source], found.append).documents
    assert [plain(d.title) for d in documents] == ["某国国务院令", "某国某某条例"]
    assert "page-furniture" in [d.rule.name for d in found]


def test_a_line_above_the_promulgation_note_is_the_title() -> None:
    page = (
        "<div>制定机关：某省人大常委会 公布日期：2021-05-21 时效性：有效</div>"
        "<div>某省某某条例</div><div>（2021年5月21日某省人大常委会通过）</div>"
        "<div>第一条　为了规范活动，制定本条例。</div>"
        "<div>第二条　自公布之日起施行。</div>"
        "<p>相关链接</p><ul><li><a href='x'>甲条例</a></li></ul>"
    )
    source = decode("a.html", page.encode(), lambda _: None)
    (document,) = read([source], lambda _: None).documents
    assert plain(document.title) == "某省某某条例"
    assert document.note is not None
    assert "链接" not in source.text
    assert "制定机关" not in source.text
