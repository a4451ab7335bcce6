"""着重号, 专名号, 书名号乙式 and readings, as they stand on the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from publisher.inspect import inspect
from publisher.inspect.claims import composition
from publisher.render import render_print
from publisher.render.runs import room_beside
from publisher.source import Span
from publisher.tree.nodes import Inline, Marked, Prose, Ruby, Strong, Text
from publisher.tree.walk import ink
from tests.print.making import imprint, made, prepared, regulation
from tests.print.pdf_text import ink as pdf_ink


def t(text: str) -> Text:
    return Text(text, span=Span(0, 0, len(text)))


def body(*inlines: Inline) -> str:
    html = render_print(prepared(regulation(Prose(inlines, id="p"))), imprint())
    return html.partition('<p class="prose prose" id="reg.p">')[2].partition("</p>")[0]


def test_each_character_has_its_own_dot_and_a_mark_has_none() -> None:
    html = body(t("前"), Marked((t("不得，用"),), "emphasis"), t("后"))
    assert html == (
        '前<span class="emphasis by-source"><span class="dotted">不</span>'
        '<span class="dotted">得</span>，<span class="dotted">用</span></span>后'
    )


def test_dots_reach_into_what_is_inside() -> None:
    html = body(Marked((t("甲"), Strong((t("乙"),))), "emphasis", by="editor"))
    assert '<span class="emphasis by-editor">' in html
    assert '<span class="strong"><span class="dotted">乙</span></span>' in html


def test_only_names_that_touch_are_set_apart() -> None:
    first = Marked((t("顾炎武"),), "proper-name")
    second = Marked((t("黄宗羲"),), "proper-name")
    assert body(first, second).count(" next") == 1
    assert body(first, t("和"), second).count(" next") == 0
    assert body(first, Marked((t("农政"),), "work-title")).count(" next") == 1
    assert body(first, Marked((t("重"),), "emphasis")).count(" next") == 0


def test_each_character_has_its_own_reading_where_that_is_known() -> None:
    html = body(Ruby((t("赓续"),), "gēng xù", by="editor"))
    assert html.count('class="base"') == 2
    assert 'class="ruby by-editor"' in html
    assert "赓<small" in html
    assert '<small class="reading generated">xù</small>' in html
    whole = body(Ruby((t("赓续"),), "gēngxù"))
    assert whole.count('class="base"') == 1


@pytest.mark.parametrize(
    ("text", "reading", "least", "most"),
    [
        ("字", "zì", 0, 0),
        ("装", "zhuāng", 0.4, 0.6),
        ("字", "ㄗˋ", 0, 0.1),
        ("赓续", "gēng xù", 0, 0.3),
        ("字", "", 0, 0),
    ],
)
def test_a_reading_that_is_wider_than_its_character_has_room(
    text: str, reading: str, least: float, most: float
) -> None:
    assert least <= room_beside(text, reading) <= most


def test_marks_leave_the_text_the_grid_and_the_tags_as_they_are(tmp_path: Path) -> None:
    runs = (
        t("藏书中的地方文献，包括"),
        Marked((t("顾炎武"),), "proper-name"),
        Marked((t("黄宗羲"),), "proper-name"),
        t("的手稿，以及"),
        Ruby((t("赓续"),), "gēng xù"),
        Ruby((t("装帧"),), "zhuāng zhēn", by="editor"),
        t("等，"),
        Marked((t("不得侵占、挪用公有公用的图书，逐件登记"),), "emphasis"),
        t("，移交时应当逐件登记，长期保存，供读者查阅。"),
        Marked((t("天工开物"),), "work-title", by="editor"),
        t("。"),
    )
    document = regulation(*(Prose(runs, id=f"p_{n}") for n in range(6)))
    pdf, found = made(prepared(document))
    path = tmp_path / "marks.pdf"
    path.write_bytes(pdf.data)
    assert found == []
    assert pdf_ink(path) == ink(document)
    claims = composition(inspect(path))
    assert claims is not None
    assert len(claims.remainders) == 1
    assert claims.kinsoku == ()
