from __future__ import annotations

import json

from publisher.diagnostics import Words
from publisher.read import read
from publisher.source import Source, Span
from publisher.tree import dump
from publisher.tree.ids import identify
from publisher.tree.nodes import (
    AdoptionNote,
    Answer,
    Article,
    Collection,
    Division,
    Document,
    Heading,
    Item,
    Join,
    Omission,
    Paragraph,
    Prose,
    Question,
    Reference,
    Repair,
    Text,
)

SOURCE = Source(
    "law.md", "某法\n（某日通过）\n第一章　总则\n第一条　甲：\n（一）乙\n续\n"
)


def text(characters: str) -> Text:
    start = SOURCE.text.index(characters)
    return Text(characters, span=Span(0, start, start + len(characters)))


ITEM = Item((1, 0), text("（一）"), (text("乙"),), (Paragraph(2, (text("续"),)),))
ARTICLE = Article((1, 0), text("第一条"), (Paragraph(1, (text("甲："),), (ITEM,)),))
LAW = identify(
    Document(
        "regulation",
        (text("某法"),),
        (Division("chapter", (1, 0), text("第一章"), (text("总则"),), (ARTICLE,)),),
        note=AdoptionNote((text("（某日通过）"),)),
        tail_missing=True,
        id="reg",
    )
)


def test_the_outline_has_a_row_for_each_node_with_its_own_lines() -> None:
    made = dump.outline(Collection((LAW,)), [SOURCE])
    document = made["documents"][0]
    assert (document["title"], document["complete"]) == ("某法", False)
    assert document["lines"] == [1, 2, 3, 4, 5, 6]
    assert [(n["type"], n["id"], n["num"], n["lines"]) for n in document["nodes"]] == [
        ("adoption_note", "note", None, [2]),
        ("chapter", "chp_1", [1, 0], [3]),
        ("article", "art_1", [1, 0], [4]),
        ("para", "art_1__para_1", [1, 0], [4]),
        ("item", "art_1__para_1__point_1", [1, 0], [5]),
        ("continued", "art_1__para_1__point_1__para_2", [2, 0], [6]),
    ]
    assert [n["text"] for n in document["nodes"]][3:5] == ["甲：", "乙"]
    assert document["nodes"][1]["heading"] == "总则"
    assert json.loads(json.dumps(made)) == made


def test_a_reference_is_told_by_its_article() -> None:
    found = Reference((Text("第三条"),), "某法", ("art_3",))
    inside = Article((2, 0), Text("第二条"), (Paragraph(1, (found,)),))
    law = identify(Document("regulation", (), (inside, Prose((found,)))))
    rows = dump.outline(Collection((law,)), [SOURCE])["documents"][0]["xrefs"]
    assert [row["in"] for row in rows] == ["art_2", "prose_1"]
    assert rows[0] == {
        "in": "art_2",
        "surface": "第三条",
        "law": "某法",
        "targets": ["art_3"],
    }


def test_joins_name_lines_and_with_several_files_the_file_too() -> None:
    join = Join(Span(0, 0, 2), Span(0, 3, 8), Words("", ""), 0.9)
    collection = Collection((), joins=(join,))
    assert dump.outline(collection, [SOURCE])["joins"] == [[1, 2]]
    assert dump.outline(collection, [SOURCE] * 2)["joins"] == [[[0, 1], [0, 2]]]


def test_the_left_line_of_a_join_is_the_last_of_a_wrapped_paragraph() -> None:
    full = "各级人民政府应当加强对本行政区域内有关工作的领导并将其纳入规划"
    wrapped = "".join(f"第{n}条 {full}\n{full}\n妥善安排。\n" for n in "一二三")
    broken = f"第四条 {full}\n有关部门应当建立健全工作制\n\n度，按照分工做好工作。\n"
    source = Source("a.txt", f"某条例\n{wrapped}{broken}\n第五条 自公布之日起施行。\n")
    collection = read([source], lambda _: None)
    assert dump.outline(collection, [source])["joins"] == [[12, 14]]


def test_a_repair_has_its_place_and_its_words() -> None:
    basis = Words("理由", "reason")
    made = Repair("r", "applied", "甲", "乙", basis, 1.0, "reg", span=Span(0, 4, 5))
    collection = Collection((), repairs=(made,))
    row = dump.outline(collection, [SOURCE], language="zh")["repairs"][0]
    assert (row["line"], row["col"], row["basis"]) == (2, 2, "理由")


QA = Document(
    "press_qa",
    (),
    (
        Prose((Text("导语。" * 20),), "lede"),
        Prose((Text("序。"),), "preamble"),
        Heading((Text("小题"),)),
        Question(1, Text("问："), (Text("何？"),)),
        Answer(1, Text("答："), (Text("此。"),)),
        Answer(2, None, (Text("再。"),)),
        Omission((Text("……"),)),
    ),
    id="qa",
)


def test_people_get_a_line_a_node_cut_to_the_width_of_a_screen() -> None:
    shown = list(dump.lines(identify(QA)))
    assert shown[0] == "qa  press_qa  —"
    assert shown[1].endswith("…")
    assert shown[4] == "  q_1  问：何？"
    assert [row[-3:] for row in dump.lines(LAW)][3] == "第一条"


def test_the_kinds_of_prose_have_their_words() -> None:
    nodes = dump.outline(Collection((identify(QA),)), [SOURCE])["documents"][0]
    assert [node["type"] for node in nodes["nodes"]] == [
        "prose",
        "preamble",
        "heading",
        "question",
        "answer",
        "answer",
        "prose",
    ]
    assert nodes["title"] is None
    assert dump.kind(QA) == "press_qa"
    assert dump.own_run(QA) == ()
    assert dump.label(QA) is None
