from __future__ import annotations

import pytest

from tests.repair.mended import mend


@pytest.mark.parametrize(
    ("read", "repaired"),
    [
        ("推动常态化,长效化;为什么?对!", "推动常态化，长效化；为什么？对！"),
        ("党委(党组)应当", "党委（党组）应当"),
        ("标准(GB/T 15834)的规定", "标准（GB/T 15834）的规定"),
        ("收入1,000元,于10:30到账", "收入1,000元，于10:30到账"),
        ("详见https://example.cn/a?b=1,并转告", "详见https://example.cn/a?b=1，并转告"),
        ("空格&nbsp;不是分号;但这是", "空格&nbsp;不是分号；但这是"),
        ("如函数 f(x) 所示", "如函数 f(x) 所示"),
        ("He said: yes, (of course)", "He said: yes, (of course)"),
        ("用好“店小二”,打造“环境”;", "用好“店小二”，打造“环境”；"),
        ("研究AI,推动发展", "研究AI，推动发展"),
        ("一半是全角的括号（党组)要配对", "一半是全角的括号（党组）要配对"),
        ("只有一半(的括号不动", "只有一半(的括号不动"),
        ("第1,2两项", "第1,2两项"),
        ("已是全角，不动。", "已是全角，不动。"),
    ],
)
def test_marks_beside_chinese_become_full_width(read: str, repaired: str) -> None:
    mended = mend(f"第一条 {read}\n")
    assert mended.words("reg.art_1") == "".join(f"第一条{repaired}".split())


def test_each_widened_mark_has_a_record_at_its_place() -> None:
    mended = mend("第一条 坚持,再坚持(始终)。\n")
    records = mended.records("fullwidth-punctuation")
    assert [(r.before, r.after, r.where) for r in records] == [
        (",", "，", "reg.art_1__para_1"),
        ("(", "（", "reg.art_1__para_1"),
        (")", "）", "reg.art_1__para_1"),
    ]
    text = mended.source.text
    assert [text[r.span.start : r.span.end] for r in records] == [",", "(", ")"]
    assert {r.status for r in records} == {"applied"}


def test_labels_are_widened_too() -> None:
    mended = mend("第一条 任务是:\n\n(一)学习;\n\n(二)宣传。\n")
    assert mended.words("reg.art_1") == "第一条任务是：（一）学习；（二）宣传。"


def test_a_rule_says_once_for_each_document_how_much_it_changed() -> None:
    (note,) = mend("第一条 甲,乙,丙,丁。\n").found
    assert note.where == "reg"
    assert "3" in note.message.zh
    assert "3" in note.message.en


@pytest.mark.parametrize(
    ("read", "repaired"),
    [
        ("纪念日 and 重大事件", "纪念日和重大事件"),
        ("《条例》 and 《规定》", "《条例》和《规定》"),
        ("行业标准 Research and Development 中", None),
        ("品牌and设计", None),
    ],
)
def test_and_between_chinese_words_is_he(read: str, repaired: str | None) -> None:
    mended = mend(f"第一条 做好{read}工作。\n")
    assert mended.words("reg.art_1") == "".join(
        f"第一条做好{repaired or read}工作。".split()
    )
    assert len(mended.records("latin-and")) == (repaired is not None)


def test_an_and_beside_bold_type_is_repaired_and_one_across_its_edge_is_not() -> None:
    beside = mend("第一条 做好**纪念日** and **重大**事件工作。\n")
    assert beside.words("reg.art_1") == "第一条做好纪念日和重大事件工作。"
    across = mend("第一条 做好**纪念日 an**d 重大事件工作。\n")
    assert across.records("latin-and") == []


def test_a_clean_text_comes_out_as_it_went_in() -> None:
    text = "# 某条例\n\n第一条 为了规范管理，制定本条例。\n\n（一）甲；\n\n（二）乙。\n"
    mended = mend(text)
    assert mended.collection == mended.read
    assert mended.found == ()
