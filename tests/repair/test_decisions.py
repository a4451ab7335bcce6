from __future__ import annotations

from dataclasses import replace

import pytest

from publisher.book import Decision
from publisher.diagnostics import Severity
from publisher.repair import undo
from publisher.tree import walk
from publisher.tree.nodes import Reference, Strong, Text
from tests.repair.mended import Mended, accept, mend, reject

TEXT = (
    "# 某条例\n\n第一条 重视马克思主义的学习,制定本条例。\n\n"
    "第二条 增强对马克思主义主义、共产主义的信仰,\n增强信念。\n\n"
    "第三条 违反本条例第一条规定的,应当**及时改正**;做好纪念日 and 重大事件工作。\n"
)


def goes_back(mended: Mended) -> bool:
    back = undo(mended.collection)
    whole = walk.restore(back, 1) == (mended.source.text,)
    return whole and back.documents == mended.read.documents


def failures(mended: Mended) -> list[str]:
    errors = [d for d in mended.found if d.level is Severity.ERROR]
    return [d.rule.name for d in errors]


def test_an_accepted_proposal_is_applied_with_its_basis_and_the_reason() -> None:
    decision = accept("reg.art_2", "马克思主义主义", "马克思主义", rule="doubled-word")
    mended = mend(TEXT, decision)
    (record,) = mended.records("doubled-word")
    assert (record.status, record.reason) == ("applied", "据原报核对")
    assert (record.before, record.after) == ("马克思主义主义", "马克思主义")
    assert record.basis.zh.startswith("词语重出")
    assert "主义主义" not in mended.words("reg.art_2")
    (note,) = (d for d in mended.found if d.rule.name == "doubled-word")
    assert note.level is Severity.NOTE
    assert goes_back(mended)


def test_the_editors_own_repair_needs_no_rule() -> None:
    mended = mend(TEXT, accept("reg.art_2", "信仰", "坚定信仰"))
    (record,) = mended.records("editor")
    assert (record.before, record.after) == ("信仰", "坚定信仰")
    assert record.where == "reg.art_2__para_1"
    assert "共产主义的坚定信仰" in mended.words("reg.art_2")
    assert failures(mended) == []
    assert goes_back(mended)


def test_a_rejected_proposal_stays_on_record_and_is_silent() -> None:
    mended = mend(TEXT, reject("reg.art_2", "马克思主义主义", "doubled-word"))
    (record,) = mended.records("doubled-word")
    assert (record.status, record.reason) == ("rejected", "原文如此")
    assert "doubled-word" not in mended.names()
    assert "马克思主义主义" in mended.words("reg.art_2")
    assert goes_back(mended)


def test_a_safe_repair_can_be_rejected() -> None:
    mended = mend(TEXT, reject("reg.art_3", "纪念日 and 重大", "latin-and"))
    (record,) = mended.records("latin-and")
    assert record.status == "rejected"
    assert "纪念日and重大" in mended.words("reg.art_3")
    assert goes_back(mended)


def test_words_may_be_given_as_the_source_has_them_or_as_repaired() -> None:
    for before in ("学习,制定", "学习，制定"):
        mended = mend(TEXT, accept("reg.art_1", before, before[:2] + "、订立"))
        assert "学习、订立本条例" in mended.words("reg.art_1")
        assert goes_back(mended)
    for before in ("纪念日 and 重大", "纪念日和重大"):
        mended = mend(TEXT, accept("reg.art_3", before, "节庆日和重要"))
        assert "节庆日和重要事件" in mended.words("reg.art_3")
        assert goes_back(mended)


def test_what_the_editor_did_not_touch_keeps_its_safe_repairs() -> None:
    mended = mend(TEXT, accept("reg.art_1", "学习,制定", "学习,订立"))
    assert "学习，订立" in mended.words("reg.art_1")
    mended = mend(TEXT, accept("reg.art_1", "学习,制定", "学习,重新制定"))
    assert "学习，重新制定" in mended.words("reg.art_1")
    assert len(mended.records("fullwidth-punctuation")) == 4
    assert goes_back(mended)


def test_a_width_repair_under_an_edit_is_no_longer_on_record() -> None:
    mended = mend(TEXT, accept("reg.art_1", ",", "、"))
    assert "学习、制定" in mended.words("reg.art_1")
    assert len(mended.records("fullwidth-punctuation")) == 3
    assert goes_back(mended)


def test_a_repair_inside_a_reference_keeps_the_reference() -> None:
    mended = mend(TEXT, accept("reg.art_3", "第一条规定", "第二条规定"))
    (inline,) = (
        n for n in walk.walk(mended.node("reg.art_3")) if isinstance(n, Reference)
    )
    assert walk.plain(inline.inlines).endswith("第二条")
    assert goes_back(mended)


def test_a_repair_inside_bold_type_keeps_it_bold() -> None:
    mended = mend(TEXT, accept("reg.art_3", "及时改正", "立即予以改正"))
    (strong,) = (
        n for n in walk.walk(mended.node("reg.art_3")) if isinstance(n, Strong)
    )
    assert walk.plain(strong.inlines) == "立即予以改正"
    assert goes_back(mended)


def test_characters_for_characters_may_run_across_the_edge_of_bold_type() -> None:
    mended = mend(TEXT, accept("reg.art_3", "应当及时", "必须立即"))
    assert "必须立即改正" in mended.words("reg.art_3")
    assert len(mended.records("editor")) > 1
    assert goes_back(mended)


def test_a_label_can_be_repaired_and_stays_one_text() -> None:
    for before, after in (("第二条", "第五条"), ("二条", "十二条"), ("第二", "第")):
        mended = mend(TEXT, accept("reg.art_2", before, after))
        label = "第二条".replace(before, after)
        assert mended.words("reg.art_2").startswith(label + "增强")
        assert goes_back(mended)


def test_every_text_keeps_what_the_tree_promises_of_it() -> None:
    mended = mend(TEXT, accept("reg.art_2", "马克思主义主义", "马克思主义"))
    texts = [t for d in mended.collection.documents for t in walk.texts(d)]
    (whole,) = (t for t in texts if len(t.text) != len(t.span) and t.text != "和")
    assert whole == Text("义")
    assert mended.source.text[whole.span.start : whole.span.end] == "义主义"


def test_deleting_and_inserting_at_an_edge_takes_a_neighbour_along() -> None:
    for before, after in (("重视", "很重视"), ("重视马", "马"), ("条例。", "条例甲。")):
        mended = mend(TEXT, accept("reg.art_1", before, after))
        assert after in mended.words("reg.art_1")
        assert goes_back(mended)


def test_a_decision_may_name_a_whole_document() -> None:
    mended = mend(TEXT, accept("reg", "共产主义", "社会主义"))
    assert "社会主义" in mended.words("reg.art_2")
    titled = mend(TEXT, accept("reg", "某条例", "某地条例"))
    assert titled.words("reg").startswith("某地条例")
    assert goes_back(titled)


@pytest.mark.parametrize(
    ("decision", "rule"),
    [
        (accept("reg.art_2", "没有的话", "话"), "stale-decision"),
        (accept("reg.art_9", "信仰", "信念"), "stale-decision"),
        (accept("qa", "信仰", "信念"), "stale-decision"),
        (accept("reg.art_2", "", "信念"), "stale-decision"),
        (reject("reg.art_2", "信仰", "doubled-word"), "stale-decision"),
        (accept("reg.art_2", "增强", "加强"), "ambiguous-decision"),
        (reject("reg.art_2", "增强", "doubled-word"), "ambiguous-decision"),
        (accept("reg.art_2", "信仰", "信仰"), "broken-decision"),
        (accept("reg.art_2", "第二条", ""), "broken-decision"),
        (accept("reg.art_3", "应当及时", "要"), "broken-decision"),
    ],
)
def test_a_decision_that_cannot_be_carried_out_is_an_error(
    decision: Decision, rule: str
) -> None:
    mended = mend(TEXT, decision)
    assert failures(mended) == [rule]
    (finding,) = (d for d in mended.found if d.rule.name == rule)
    assert finding.level.name == "ERROR"
    assert finding.where == decision.where
    assert mended.collection.documents == mend(TEXT).collection.documents


def test_a_decision_that_cannot_be_carried_out_names_its_line_in_the_settings() -> None:
    place = "mine/decisions.toml:4:1"
    for before, after in (("没有的话", "话"), ("增强", "加强"), ("信仰", "信仰")):
        decision = replace(accept("reg.art_2", before, after), place=place)
        errors = [d for d in mend(TEXT, decision).found if d.level is Severity.ERROR]
        assert [d.place for d in errors] == [place]


def test_of_two_decisions_on_the_same_characters_the_second_is_reported() -> None:
    mended = mend(
        TEXT,
        accept("reg.art_2", "信仰", "信念"),
        accept("reg.art_2", "的信仰", "的理想"),
    )
    assert failures(mended) == ["ambiguous-decision"]
    assert "共产主义的信念" in mended.words("reg.art_2")


def test_a_seam_is_repaired_on_either_side_of_it() -> None:
    text = (
        "第一条 基层组织应当把党史学习教育纳\n\n"
        "同年度工作计划,每年至少组织一次学习。\n\n第二条 本条例自公布之日起施行。\n"
    )
    mended = mend(text, accept("reg.art_1", "纳同年度", "纳入年度"))
    assert "纳入年度工作计划" in mended.words("reg.art_1")
    (record,) = mended.records("editor")
    assert (record.before, record.after) == ("同", "入")
    assert goes_back(mended)
    gone = mend(text, accept("reg.art_1", "纳同年度", "列年度"))
    assert failures(gone) == ["broken-decision"]


def test_an_editors_own_doubt_is_recorded_and_changes_nothing() -> None:
    doubt = replace(reject("reg.art_2", "增强信念", rule="editor"), after="坚定信念")
    mended = mend(TEXT, doubt)
    (record,) = mended.records("editor")
    assert (record.status, record.before, record.after) == (
        "rejected",
        "增强信念",
        "坚定信念",
    )
    assert (record.where, record.reason) == ("reg.art_2__para_1", doubt.reason)
    assert "增强信念" in mended.words("reg.art_2")
    assert failures(mended) == []
    (bare,) = mend(TEXT, replace(doubt, after="")).records("editor")
    assert (bare.before, bare.after) == ("增强信念", "")
    (seam,) = mend(TEXT, replace(doubt, before="信仰,增强信念")).records("editor")
    assert (seam.before, seam.after) == ("信仰,", "")


def test_an_editors_doubt_about_words_that_are_not_there_once_is_an_error() -> None:
    doubt = reject("reg.art_2", "没有的字", rule="editor")
    assert failures(mend(TEXT, doubt)) == ["stale-decision"]
    doubt = reject("reg.art_2", "增强", rule="editor")
    assert failures(mend(TEXT, doubt)) == ["ambiguous-decision"]
