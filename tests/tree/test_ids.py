from __future__ import annotations

from publisher.tree.ids import anchor, identify, identify_documents
from publisher.tree.nodes import (
    AdoptionNote,
    Answer,
    Article,
    Attachment,
    Block,
    Byline,
    Caption,
    Cell,
    Division,
    DivisionKind,
    Document,
    Heading,
    Item,
    Notice,
    Number,
    Paragraph,
    Point,
    PointBody,
    Prose,
    Question,
    Table,
    Text,
)
from publisher.tree.walk import walk


def names(*body: Block) -> list[str]:
    document = identify(Document("regulation", (), body))
    found = [getattr(node, "id", "") for node in walk(document)]
    return [name for name in found if name]


def division(kind: DivisionKind, number: int, *body: Block) -> Division:
    return Division(kind, (number, 0), Text("第"), (), body)


def article(number: Number, *items: Item) -> Article:
    return Article(number, Text("第"), (Paragraph(1, (), items),))


def item(number: int, *items: Item) -> Item:
    return Item((number, 0), Text("（"), (), (), items)


def test_ids_come_from_printed_numbers() -> None:
    assert names(article((120, 1), item(3, item(2, item(1))))) == [
        "art_120-1",
        "art_120-1__para_1",
        "art_120-1__para_1__point_3",
        "art_120-1__para_1__point_3__subpara_2",
        "art_120-1__para_1__point_3__subpara_2__indent_1",
    ]


def test_an_article_is_named_without_its_chapter() -> None:
    inside = division("chapter", 3, division("section", 1, article((9, 0))))
    assert names(inside) == ["chp_3", "chp_3__sec_1", "art_9", "art_9__para_1"]


def test_books_that_restart_the_articles_stand_in_front() -> None:
    one, two = (
        division("book", 1, article((1, 0))),
        division("book", 2, article((1, 0))),
    )
    assert names(one, two) == [
        "book_1",
        "book_1__art_1",
        "book_1__art_1__para_1",
        "book_2",
        "book_2__art_1",
        "book_2__art_1__para_1",
    ]


def test_books_that_count_on_do_not() -> None:
    one = division("book", 1, division("chapter", 1, article((1, 0))))
    two = division("book", 2, division("chapter", 1, article((2, 0))))
    assert "art_2" in names(one, two)


def test_a_second_use_of_a_number_is_told_and_named_apart() -> None:
    told: list[str] = []
    body = (article((3, 0)), article((3, 0)), article((3, 0)))
    document = Document("regulation", (), body)
    after = identify(document, lambda name, _: told.append(name))
    assert [block.id for block in after.body] == ["art_3", "art_3-dup2", "art_3-dup3"]
    assert told == ["art_3", "art_3"]


def test_answers_are_named_by_their_question() -> None:
    answers = (Answer(1, Text("答："), ()), Answer(2, None, ()))
    body = (Question(1, Text("问："), ()), *answers, Question(2, Text("问："), ()))
    assert names(*body, answers[0]) == [
        "q_1",
        "q_1__ans_1",
        "q_1__ans_2",
        "q_2",
        "q_2__ans_1",
    ]


def test_what_has_no_number_is_counted_by_kind() -> None:
    body = (
        Prose((), "lede", (item(1),)),
        Heading(()),
        Prose(()),
        Byline(()),
        Notice("缺"),
        Paragraph(1, ()),
    )
    assert names(*body) == [
        "lede_1",
        "lede_1__point_1",
        "heading_1",
        "prose_1",
        "byline_1",
        "notice_1",
        "para_1",
    ]


def test_a_further_paragraph_of_an_item_is_its_second() -> None:
    held = Item((1, 0), Text("（一）"), (), (Paragraph(2, ()),))
    assert "art_1__para_1__point_1__para_2" in names(article((1, 0), held))


def test_documents_are_named_by_kind_in_their_order() -> None:
    news, law = Document("news", (), ()), Document("regulation", (), ())
    assert [d.id for d in identify_documents((news, law, news))] == [
        "news",
        "reg",
        "news-2",
    ]


def test_an_anchor_names_document_and_node() -> None:
    noted = Document("regulation", (), (), AdoptionNote(()))
    document = identify(identify_documents((noted,))[0])
    assert document.note is not None
    assert anchor(document, document.note.id) == "reg.note"
    assert anchor(document, "") == "reg"


def point(number: int, *body: PointBody) -> Point:
    return Point((number, 0), Text("一、"), (), body)


def attachment(number: int, label: str, *body: Block) -> Attachment:
    return Attachment((number, 0), Text(label), (), body)


def test_points_are_inside_points_and_count_on_over_a_heading() -> None:
    body = (point(1, point(1), Prose(())), Heading(()), point(2, point(1)))
    assert names(*body) == [
        "point_1",
        "point_1__point_1",
        "prose_1",
        "heading_1",
        "point_2",
        "point_2__point_1",
    ]


def test_a_list_of_points_that_begins_again_is_no_duplicate_number() -> None:
    told: list[str] = []
    document = Document("decision", (), (point(1), point(2), point(1), point(2)))
    made = identify(document, lambda name, _: told.append(name))
    assert [block.id for block in made.body] == [
        "point_1",
        "point_2",
        "point_1-dup2",
        "point_2-dup2",
    ]
    assert told == []


def test_what_is_attached_counts_for_itself() -> None:
    table = Table(((Cell(()), Cell(())),), caption=Caption(()))
    inner = division("chapter", 1, article((1, 0)))
    assert names(article((1, 0)), attachment(2, "附件二", inner, table, Prose(()))) == [
        "art_1",
        "art_1__para_1",
        "att_2",
        "att_2__chp_1",
        "att_2__art_1",
        "att_2__art_1__para_1",
        "att_2__table_1",
        "att_2__table_1__caption",
        "att_2__table_1__r1c1",
        "att_2__table_1__r1c2",
        "att_2__prose_1",
    ]


def test_only_the_same_label_twice_is_a_duplicate() -> None:
    told: list[str] = []
    body = (attachment(1, "附件1"), attachment(1, "附表1"), attachment(1, "附件 1："))
    made = identify(Document("regulation", (), body), lambda name, _: told.append(name))
    assert [block.id for block in made.body] == ["att_1", "att_1-dup2", "att_1-dup3"]
    assert told == ["att_1"]
