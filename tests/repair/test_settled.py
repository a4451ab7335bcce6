"""What the editor decided is carried through numbers, paragraphs and citations."""

from __future__ import annotations

from publisher.check import check
from publisher.diagnostics import Diagnostic
from publisher.edition.places import names
from publisher.read.findings import revised
from publisher.repair import undo
from publisher.tree import walk
from publisher.tree.nodes import Article, Item, Paragraph, Reference
from tests.repair.mended import Mended, accept, mend

TWICE = (
    "# 某某办法\n\n第一条 甲部门依照第三条办理。\n\n第二条 乙部门负责。\n\n"
    "第二条 丙部门负责。\n\n第四条 丁部门负责。\n"
)
CORRECTED = accept("reg.art_2-dup2", "第二条", "第三条")


def checked(mended: Mended) -> list[tuple[str, str]]:
    found: list[Diagnostic] = []
    check(mended.collection, found.append)
    return [(d.rule.name, d.message.zh) for d in found]


def read_again(mended: Mended) -> list[str]:
    """What reading has to say of the documents as they are now."""
    return [d.rule.name for d in revised((), mended.collection.documents)]


def restored(mended: Mended) -> bool:
    back = undo(mended.collection)
    (text,) = walk.restore(back, 1)
    return text == mended.source.text and back.documents == mended.read.documents


def number(mended: Mended, where: str) -> tuple[int, int]:
    node = mended.node(where)
    assert isinstance(node, Article | Item)
    return node.number


def test_a_corrected_number_counts_as_what_it_says_now() -> None:
    assert ("skipped-number", "缺第三条") in checked(mend(TWICE))
    mended = mend(TWICE, CORRECTED)
    assert number(mended, "reg.art_2-dup2") == (3, 0)
    assert checked(mended) == []
    assert read_again(mended) == []
    assert restored(mended)


def test_a_citation_means_the_article_that_has_the_number_now() -> None:
    (document,) = mend(TWICE, CORRECTED).collection.documents
    (cited,) = (n for n in walk.walk(document) if isinstance(n, Reference))
    assert cited.targets == ("art_2-dup2",)


def test_a_correction_may_make_a_gap_and_a_number_that_stands_twice() -> None:
    text = TWICE.replace("第二条 丙", "第三条 丙")
    mended = mend(text, accept("reg.art_3", "第三条", "第四条"))
    assert ("skipped-number", "缺第三条") in checked(mended)
    assert read_again(mended) == ["duplicate-number"]
    assert restored(mended)


def test_a_corrected_point_and_a_corrected_chapter_count_too() -> None:
    text = (
        "# 某某办法\n\n## 第一章 总则\n\n第一条 分为：\n\n（一）甲；\n\n（三）乙。\n\n"
        "## 第三章 附则\n\n第二条 丙部门负责。\n"
    )
    mended = mend(
        text,
        accept("reg.art_1__para_1__point_3", "（三）", "（二）"),
        accept("reg.chp_3", "三", "二"),
    )
    assert number(mended, "reg.art_1__para_1__point_3") == (2, 0)
    assert checked(mended) == []
    assert restored(mended)


STRAY = (
    "# 某某办法\n\n第一条 甲部门负责。\n\n扫描全能王\n\n乙部门协助甲部门。\n\n"
    "第二条 丙部门依照第一条第二款办理。\n"
)


def test_a_deleted_paragraph_leaves_the_text_and_is_on_record() -> None:
    mended = mend(STRAY, accept("reg.art_1__para_2", "扫描全能王", ""))
    assert mended.words("reg.art_1") == "第一条甲部门负责。乙部门协助甲部门。"
    (record,) = mended.records("editor")
    assert (record.before, record.after, record.where) == (
        "扫描全能王",
        "",
        "reg.art_1",
    )
    assert mended.names() == ["editor"]
    assert restored(mended)


def test_paragraphs_behind_a_deleted_one_are_counted_anew() -> None:
    mended = mend(STRAY, accept("reg.art_1__para_2", "扫描全能王", ""))
    left = mended.node("reg.art_1__para_3")
    assert isinstance(left, Paragraph)
    assert left.number == 2
    (document,) = mended.collection.documents
    (cited,) = (n for n in walk.walk(document) if isinstance(n, Reference))
    assert cited.targets == ("art_1__para_3",)
    assert "reg.art_1__para_2" not in names((document,))


def test_a_part_of_a_paragraph_can_be_deleted_over_the_edge_of_a_reference() -> None:
    text = (
        "# 某某办法\n\n第一条 甲部门负责。\n\n"
        "第二条 依照本办法第一条办理，（缺）办理。\n"
    )
    for before, left in [
        ("（缺）", "第二条依照本办法第一条办理，办理。"),
        ("第一条办理，（缺）", "第二条依照本办法办理。"),
        ("依照本办法第一条", "第二条办理，（缺）办理。"),
    ]:
        mended = mend(text, accept("reg.art_2", before, ""))
        assert mended.words("reg.art_2") == left
        assert mended.names() == ["editor"]
        assert "".join(r.before for r in mended.records("editor")) == before
        assert restored(mended)


def test_a_label_goes_with_its_line_and_never_alone() -> None:
    text = (
        "# 某某办法\n\n第一条 分为：\n\n（一）甲；\n\n（二） 扫描全能王\n\n"
        "（二）乙。\n\n第二条 丙部门负责。\n"
    )
    where = "reg.art_1__para_1__point_2"
    mended = mend(text, accept(where, "（二） 扫描全能王", ""))
    assert mended.words("reg.art_1") == "第一条分为：（一）甲；（二）乙。"
    assert checked(mended) == []
    assert read_again(mended) == []
    assert restored(mended)
    alone = mend(text, accept(where, "（二）", ""))
    (finding,) = (d for d in alone.found if d.rule.name == "broken-decision")
    assert "序号" in finding.message.zh
    assert alone.collection.documents == alone.read.documents


def test_what_would_change_nothing_is_said_to() -> None:
    mended = mend(STRAY, accept("reg.art_2", "丙部门", "丙部门"))
    (finding,) = (d for d in mended.found if d.rule.name == "broken-decision")
    assert finding.message.zh == "reg.art_2 的“丙部门”改为“丙部门”，并没有改动"


def test_a_document_whose_broken_end_is_deleted_is_whole() -> None:
    text = (
        "# 某某办法\n\n第一条 甲部门负责。\n\n第二条 乙部门负责。\n\n"
        "本件由某某扫描软件生成，请购买正式版本以去除水印，\n"
    )
    assert read_again(mend(text)) == ["truncated"]
    words = "本件由某某扫描软件生成，请购买正式版本以去除水印，"
    mended = mend(text, accept("reg.art_2", words, ""))
    assert read_again(mended) == []
    assert not mended.collection.documents[0].tail_missing
    assert restored(mended)


def test_a_heading_and_a_title_can_be_deleted() -> None:
    text = (
        "# 某某办法\n\n## 第一章 总则\n\n第一条 甲部门负责。\n\n### 扫描全能王\n\n"
        "第二条 乙部门负责。\n"
    )
    mended = mend(
        text, accept("reg.heading_1", "扫描全能王", ""), accept("reg", "某某办法", "")
    )
    (document,) = mended.collection.documents
    assert document.title == ()
    assert walk.ink(document) == "第一章总则第一条甲部门负责。第二条乙部门负责。"
    assert [r.where for r in mended.records("editor")] == ["reg", "reg.chp_1"]
    assert read_again(mended) == ["untitled"]
    assert restored(mended)


HEADLINE = "甲省大力植树\n\n成效明显\n\n新华社北京3月1日电 甲省去年植树一百万亩。\n"


def test_a_line_of_a_headline_goes_with_its_line_end() -> None:
    for before, left in [("成效明显", "甲省大力植树"), ("甲省大力植树", "成效明显")]:
        mended = mend(HEADLINE, accept("news", before, ""))
        (document,) = mended.collection.documents
        assert walk.plain(document.title) == left
        assert restored(mended)


def test_a_line_of_a_headline_that_was_changed_is_one_line_again() -> None:
    mended = mend(HEADLINE, accept("news", "大力植树", "大力植树造林"))
    (document,) = mended.collection.documents
    assert walk.plain(document.title) == "甲省大力植树造林\n\n成效明显"
    assert restored(mended)
