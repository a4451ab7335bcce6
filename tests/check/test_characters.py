from __future__ import annotations

import pytest

from tests.check.checked import checked, said


def test_characters_without_an_agreed_shape_are_pointed_at_together() -> None:
    text = "第一条 保护\ue123\ue124县的文物，不得\ufffd坏。\n"
    found = [d for d in checked(text) if d.rule.name == "private-character"]
    assert [text[d.span.start : d.span.end] for d in found] == [
        "\ue123\ue124",
        "\ufffd",
    ]
    assert "U+E123 U+E124" in found[0].message.zh
    assert "保护□县" in found[0].message.zh


SIMPLE = "为了规范学校管理，保护学生权益，制定本条例。"
OLD = "為維護國家安全，保障學生權益，促進教育發展，訂定辦法。"


@pytest.mark.parametrize(
    ("text", "count"), [(SIMPLE + OLD, 1), (SIMPLE * 9, 0), (OLD * 9, 0)]
)
def test_a_text_in_both_scripts_is_reported_once(text: str, count: int) -> None:
    assert len(said("mixed-script", f"第一条 {text}\n")) == count


def test_the_rarer_script_is_shown() -> None:
    text = f"第一条 {SIMPLE * 3}\n\n第二条 {OLD}\n"
    (finding,) = (d for d in checked(text) if d.rule.name == "mixed-script")
    assert text[finding.span.start : finding.span.end] == "為"


def test_full_width_letters_are_counted_and_the_first_is_shown() -> None:
    text = "第一条 时速不得超过１２０公里，标有Ａ字。\n"
    (finding,) = (d for d in checked(text) if d.rule.name == "fullwidth-letter")
    assert text[finding.span.start : finding.span.end] == "１２０"
    assert "4" in finding.message.zh


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("各级党委（党组)承担责任。", 1),
        ("各级党委(党组）承担责任。", 1),
        ("各级党委(党组)承担责任（主体）。", 0),
        ("各级党委（党组（党委)）承担责任。", 1),
    ],
)
def test_brackets_of_two_widths_are_noted(text: str, count: int) -> None:
    assert len(said("mixed-width-bracket", f"第一条 {text}\n")) == count
