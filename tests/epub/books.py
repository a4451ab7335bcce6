"""Books made by hand: every kind of node, and characters to fear."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from publisher import assets
from publisher.book import Book, Edition, Script
from publisher.edition.prepared import (
    Apparatus,
    Change,
    JoinNote,
    LeftOut,
    Missing,
    Prepared,
)
from publisher.fonts import Face
from publisher.render import Imprint, Picture
from publisher.tree.ids import identify
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
    DivisionKind,
    Document,
    Fixed,
    Footnote,
    Gap,
    Heading,
    Image,
    Inline,
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

HOSTILE = (
    "<b onclick=\"x()\">&amp; '﹤' </p><script>alert(1)</script> &#x41; ]]> "
    "<!-- --> {{ 7 * 7 }} {% raw %}"
)
STRANGE = "𠀀𪚥 \ue000 e\u0301 Ω 🀄"
"""Outside the BMP, a private character, a combining mark, a picture."""


def dot(colour: bytes) -> bytes:
    """A picture of one point."""
    rows = zlib.compress(b"\0" + colour)
    parts = (b"IHDR", struct.pack(">LLBBBBB", 1, 1, 8, 2, 0, 0, 0)), (b"IDAT", rows)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">L", len(data))
        + kind
        + data
        + struct.pack(">L", zlib.crc32(kind + data))
        for kind, data in (*parts, (b"IEND", b""))
    )


PICTURES = {(-1, "a.png"): Picture("a.png", 1, 1, dot(b"\x9c\x2a\x1f"))}
"""What is found of the pictures: one of two."""


def run(*parts: str | Inline) -> tuple[Inline, ...]:
    return tuple(Text(part) if isinstance(part, str) else part for part in parts)


def article(number: int, *blocks: Paragraph, branch: int = 0) -> Article:
    label = Text(f"第{number}条" + (f"之{branch}" if branch else ""))
    return Article((number, branch), label, blocks)


def para(number: int, *parts: str | Inline, items: tuple[Item, ...] = ()) -> Paragraph:
    return Paragraph(number, run(*parts), items)


def item(
    number: int, label: str, *parts: str | Inline, **more: tuple[object, ...]
) -> Item:
    return Item((number, 0), Text(label), run(*parts), **more)  # type: ignore[arg-type]


def division(
    kind: DivisionKind, number: int, label: str, heading: str, *body: Block
) -> Division:
    return Division(
        kind, (number, 0), Text(label), run(heading) if heading else (), body
    )


def table(*rows: tuple[str, ...], caption: str = "") -> Table:
    cells = tuple(tuple(Cell(run(text)) for text in row) for row in rows)
    return Table(cells, 1, Caption(run(caption)) if caption else None)


def attached() -> tuple[Block, ...]:
    """What is not law: contents, points, notes, pictures, what is attached."""
    chapter = division("chapter", 1, "第一章", "附则", article(1, para(1, "附条。")))
    image = Image("a.png", run("国徽图案"), Caption(run("图1")))
    return (
        Toc(run("目录"), (TocEntry(run("总则"), Text("第一章")), TocEntry(run("附")))),
        Toc((), (TocEntry(run("总则")),)),
        Point(
            (1, 0),
            Text("一、"),
            run("点"),
            (Prose(run("段")), Point((1, 0), Text("（一）"), run("点中点"))),
        ),
        Footnote((1, 0), Text("①"), run("原注。")),
        Attachment(
            (1, 0),
            Text("附件1"),
            run("样式"),
            (chapter, table(("名", "数"), ("甲",), caption="表1"), image, table()),
        ),
        Attachment((2, 0), Text("附件2"), (), (Image("b.png", run("图")),)),
    )


def law() -> Document:
    """编 分编 章 节 条 款 项 目, and all that can stand in them."""
    points = (
        item(1, "（一）", "甲", items=(item(1, "1.", "目一"), item(2, "2.", "目二"))),
        item(
            2,
            "（二）",
            "乙",
            continued=(para(2, "乙之续段"),),
            figures=(table(("名", "数"), ("甲", "乙")),),
        ),
    )
    chapter = division(
        "chapter",
        1,
        "第一章",
        "总则",
        Heading(run("小标题", Strong(run("重")))),
        article(1, para(1, "为了", Note("注一：<i>不是标记</i>"), "，制定本法。")),
        article(2, para(1, "列举：", items=points), para(2, "第二款。")),
        article(3, para(1, HOSTILE), para(2, STRANGE)),
        article(3, para(1, "插入条。"), branch=1),
    )
    second = division(
        "chapter",
        2,
        "第二章",
        "",
        division(
            "section",
            1,
            "第一节",
            "一般规定",
            article(
                4,
                para(
                    1,
                    "依照",
                    Reference(run("第", Strong(run("一")), "条"), None, ("art_1",)),
                    "和",
                    Reference(run("第九十九条"), None, ("art_99",)),
                    "及",
                    Reference(run("《刑法》第一条"), "刑法", ()),
                    "和",
                    Reference(run("第二条", Note("引用中的注")), None, ("art_2",)),
                    Marked(run("着重", Note("着重中的注")), "emphasis", by="editor"),
                    Reference(
                        (Marked(run("第"), "proper-name"), *run("一条")),
                        None,
                        ("art_1",),
                    ),
                    Ruby(run("条例"), "tiáo lì"),
                    Ruby(run("章程"), "zhāngchéng", by="editor"),
                    Fixed(Marked(run("某书"), "work-title").inlines),
                ),
            ),
            division(
                "subsection", 1, "一、", "分目", article(5, para(1, "分目之条。"))
            ),
        ),
        article(6, para(1), para(2, "首款只有序号。")),
        article(7),
    )
    books = (
        division(
            "book",
            1,
            "第一编",
            "总则编",
            division("part", 1, "第一分编", "通则", chapter, second),
        ),
        division(
            "book",
            2,
            "第二编",
            "分则编",
            Prose(run("编首序言。"), "preamble", (item(1, "（一）", "序言之项"),)),
            division(
                "chapter", 3, "第三章", "附则", article(8, para(1, "断", Gap("下缺")))
            ),
            division("chapter", 4, "第四章", "末章", article(9, para(1, "末条"))),
        ),
    )
    return identify(
        Document(
            "regulation",
            run("示例", Note("题注<u>"), "法"),
            (
                Prose(
                    run("序言。", Strong(run("粗体", Note("粗体中的注")))), "preamble"
                ),
                *books,
                *attached(),
                Omission(run("……")),
                SignOff(run("（新华社电）")),
                Notice("来源至此中断，参见《编辑说明》。"),
            ),
            note=AdoptionNote(
                run("（2024年1月1日通过", Note("题注之注"), "）"), id="note"
            ),
            tail_missing=True,
            id="reg",
        )
    )


def talk() -> Document:
    """An interview without a title of its own."""
    return identify(
        Document(
            "press_qa",
            run(Note("题目为编者所加。")),
            (
                Prose(run("导语。"), "lede"),
                Question(1, Text("问："), run("何以", Note("问中之注"), "如此？")),
                Answer(1, Text("答："), run("因为“如此”。")),
                Answer(2, None, run("又一段。")),
                Question(2, Text("问："), run("完了吗？")),
                Answer(1, Text("答："), run("完了。")),
                Byline(run("记者 某某")),
            ),
            given_title="负责人答记者问",
            short_title="答记者问",
            id="qa",
        )
    )


def news() -> Document:
    """A tail of news without any title; it comes from another page."""
    return identify(
        Document(
            "news",
            (),
            (
                Continuation(run("（上接第1版）"), "from", 1),
                Paragraph(1, run("无条之款。")),
                Heading(run("小标题")),
                Prose(run("正文。")),
                Continuation(run("（下转第3版）"), "to", 3),
            ),
            head_missing=True,
            id="news",
        )
    )


APPARATUS = Apparatus(
    missing=(
        Missing(
            "reg",
            "第八条",
            "断",
            "第十条至第十二条",
            (("第五章", "附则"),),
            "答记者问称共五章",
        ),
    ),
    joins=(JoinNote("第四条", "依", "照", interleaved=True),),
    widths=((",", "，", 3), ("<", "《", 1)),
    splits=("第二条",),
    changed=(Change("第一条", "中心 and 农家", "中心和农家", "汉字间误植 and"),),
    doubts=(Change("第二条", "甲<乙>", "", "待考 & 存"),),
    left_out=(LeftOut("另一新闻", "同版其他新闻", 12),),
    allowed=(("reg", "报纸此版到此为止"),),
)


def editions() -> tuple[Edition, ...]:
    return (
        Edition("booklet", "pdf"),
        Edition("epub", "epub"),
        Edition("epub-tw", "epub", "zh-Hant-TW"),
        Edition("epub-hk", "epub", "zh-Hant-HK"),
    )


def book(**more: object) -> Book:
    fields = {
        "id": "demo",
        "title": "示例工作条例",
        "subtitle": "附 <答> & 问",
        "authority": "示例机关",
        "publisher": "示例编印处",
        "dates": {
            "approved": date(2024, 1, 18),
            "issued": date(2024, 2, 5),
            "effective": date(2024, 3, 1),
        },
        "rights": "公开发布的文本",
        "editions": editions(),
    }
    return Book(**{**fields, **more})  # type: ignore[arg-type]


def prepared(
    *documents: Document,
    script: Script = "zh-Hans",
    convert: Callable[[str], str] = str,
    apparatus: Apparatus = APPARATUS,
    **more: object,
) -> Prepared:
    ids = {document.id for document in documents}
    missing = tuple(m for m in apparatus.missing if m.document in ids)
    apparatus = replace(apparatus, missing=missing)
    edition = next(e for e in editions() if e.format == "epub" and e.script == script)
    return Prepared(book(**more), edition, documents, apparatus, script, convert)


def imprint(faces: tuple[Face, ...], templates: tuple[Path, ...] = ()) -> Imprint:
    return Imprint(
        tools=(("publisher", "0.1.0"), ("EbookLib", "0.20")),
        faces=faces,
        sources=(("page.md", "d25c" * 16, "报纸版面识别文本"),),
        stamp=datetime(2024, 2, 5, 12, tzinfo=UTC),
        templates=(*templates, assets.templates()),
    )


def everything(
    script: Script = "zh-Hans", convert: Callable[[str], str] = str
) -> Prepared:
    """A book with every kind of node."""
    return prepared(law(), talk(), news(), script=script, convert=convert)


def excerpt() -> Prepared:
    """An edition of one chapter, which refers to articles that are not in it."""
    whole = law()
    first = whole.body[1]
    assert isinstance(first, Division)
    part = first.body[0]
    assert isinstance(part, Division)
    kept = replace(first, body=(replace(part, body=part.body[1:]),))
    document = replace(whole, body=(kept,), note=None)
    return prepared(document, apparatus=Apparatus(selected="第二章"))
