from __future__ import annotations

import tomllib

from publisher.book import Book, LeaveOut, Selector, Work
from publisher.diagnostics import Diagnostic
from publisher.edition.works import NO_MATCH, OWN_TITLE, UNDECIDED, left_out, printed
from publisher.tree.nodes import Collection, Document, Text

REG, NEWS = Selector("regulation"), Selector("news")


def document(name: str, kind: str, title: str = "") -> Document:
    run = (Text(title),) if title else ()
    return Document(kind, run, (), id=name)  # type: ignore[arg-type]


NAMELESS = document("news-2", "news")
PAGE = Collection(
    (
        document("news", "news", "甲市 开会"),
        document("reg", "regulation", "某某条例"),
        document("qa", "press_qa"),
        document("news-2", "news", "乙市开会"),
    )
)


def chosen(book: Book) -> tuple[list[str], list[Diagnostic]]:
    found: list[Diagnostic] = []
    return [d.id for d in printed(PAGE, book, found.append)], found


def test_a_bare_file_is_printed_whole_in_the_order_it_was_read() -> None:
    assert chosen(Book("bare")) == (["news", "reg", "qa", "news-2"], [])


def test_the_book_says_what_is_printed_and_in_which_order() -> None:
    works = (Work(Selector("press_qa"), "题"), Work(REG))
    book = Book("b", works=works, leave_out=(LeaveOut(NEWS, "无关"),))
    assert chosen(book) == (["qa", "reg"], [])
    assert [(d.id, e.reason) for d, e in left_out(PAGE, book)] == [
        ("news", "无关"),
        ("news-2", "无关"),
    ]


def test_an_entry_with_a_title_goes_before_one_without() -> None:
    one = Selector("news", "甲市开会")
    works = (Work(NEWS), Work(REG), Work(Selector("press_qa")))
    book = Book("b", works=works, leave_out=(LeaveOut(one, "无关"),))
    assert chosen(book) == (["news-2", "reg", "qa"], [])


def test_what_is_not_named_is_an_error_that_names_it() -> None:
    book = Book("b", works=(Work(REG),), leave_out=(LeaveOut(NEWS, "无关"),))
    ids, (diagnostic,) = chosen(book)
    assert ids == ["reg"]
    assert diagnostic.rule is UNDECIDED
    assert "答记者问" in diagnostic.message.zh
    assert '\n  [[document]]\n  from = { kind = "press_qa" }\n' in diagnostic.hint.zh


def test_the_hint_can_be_copied_and_means_the_one_document() -> None:
    book = Book("b", works=(Work(REG),), leave_out=())
    _, found = chosen(book)
    for name, missed in zip(("news", "qa", "news-2"), found, strict=True):
        line = next(x for x in missed.hint.en.splitlines() if "from" in x)
        select = Selector(**tomllib.loads(line.strip())["from"])
        assert chosen(Book("b", works=(Work(select),)))[0] == [name]


def test_what_one_entry_would_mean_is_one_finding_and_its_hint_is_enough() -> None:
    page = Collection((*PAGE.documents[1:2], document("news", "news"), NAMELESS))
    found: list[Diagnostic] = []
    printed(page, Book("b", works=(Work(REG),)), found.append)
    (missed,) = found
    assert missed.message.zh == "新闻、第二篇新闻既未收入，也未声明不收"
    entry = missed.hint.en.partition(":\n")[2].partition("\nto leave")[0]
    (pasted,) = tomllib.loads(entry)["document"]
    works = (Work(REG), Work(Selector(**pasted["from"])))
    assert printed(page, Book("b", works=works), found.append) == page.documents
    assert found == [missed]


def test_an_entry_that_means_nothing_names_its_line() -> None:
    absent = Selector("decision", place="mine/book.toml:9:1")
    _, found = chosen(Book("b", works=(Work(absent),)))
    assert [d.place for d in found if d.rule is NO_MATCH] == ["mine/book.toml:9:1"]


def test_without_works_everything_is_printed_that_is_not_left_out() -> None:
    book = Book("b", leave_out=(LeaveOut(NEWS, "无关"),))
    assert chosen(book) == (["reg", "qa"], [])


def test_an_entry_that_names_nothing_is_an_error_and_may_know_better() -> None:
    wrong = LeaveOut(Selector("news", "乙市开公"), "无关")
    works = (Work(REG), Work(NEWS), Work(Selector("press_qa")))
    _, (diagnostic,) = chosen(Book("b", works=works, leave_out=(wrong,)))
    assert diagnostic.rule is NO_MATCH
    assert "乙市开公" in diagnostic.message.en
    assert "乙市开会" in diagnostic.hint.zh
    _, (diagnostic,) = chosen(Book("b", leave_out=(LeaveOut(Selector("prose"), ""),)))
    assert diagnostic.rule is NO_MATCH
    assert "publisher outline" in diagnostic.hint.zh


def test_two_entries_cannot_have_one_document() -> None:
    works = (Work(REG), Work(REG), Work(NEWS), Work(Selector("press_qa")))
    ids, (diagnostic,) = chosen(Book("b", works=works))
    assert ids == ["reg", "news", "news-2", "qa"]
    assert diagnostic.rule is NO_MATCH


def test_the_editors_title_stands_only_where_the_source_has_none() -> None:
    works = (
        Work(REG, "另一题", "条例"),
        Work(Selector("press_qa"), "答问", "答"),
        Work(NEWS),
    )
    found: list[Diagnostic] = []
    reg, qa, *_ = printed(PAGE, Book("b", works=works), found.append)
    assert (reg.given_title, reg.short_title) == ("", "条例")
    assert (qa.given_title, qa.short_title) == ("答问", "答")
    assert [d.rule for d in found] == [OWN_TITLE]
    assert found[0].where == "reg"
    same = Book("b", works=(Work(REG, "某某 条例"), *works[1:]))
    assert chosen(same)[1] == []
