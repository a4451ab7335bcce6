"""Headings that are lost, glued or uneven, and contents that were left."""

from __future__ import annotations

import pytest

from tests.check.checked import checked, said


def chapters(*lines: str) -> str:
    return "# 某条例\n\n" + "\n\n".join(lines) + "\n"


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (("## 第一章 总则", "第一条 甲。", "管 理", "第二条 乙。"), ["第二章 管理"]),
        (
            (
                "## 第一章 总则",
                "第一条 甲。",
                "管理",
                "第二条 乙。",
                "罚则",
                "第三条 丙。",
            ),
            ["第二章 管理", "第三章 罚则"],
        ),
        (("第一条 甲。", "管理", "第二条 乙。"), []),
        (("## 第一章 总则", "第一条 甲。", "管理，", "第二条 乙。"), []),
        (("## 第一章 总则", "第一条 甲。", "第二条 乙。", "某某办公室"), []),
        (("## 第一章 总则", "第一条 甲。", "市政府，各局应当。", "第二条 乙。"), []),
    ],
)
def test_a_bare_line_between_articles_may_be_a_heading(
    lines: tuple[str, ...], found: list[str]
) -> None:
    hints = [d.hint.zh for d in checked(chapters(*lines)) if d.rule.code == "C105"]
    assert len(hints) == len(found)
    for heading, hint in zip(found, hints, strict=True):
        assert f"“{heading}”" in hint


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (
            (
                "## 第二章 管理",
                "第三条 丙。",
                "扫描王",
                "第四条 丁。",
                "## 第三章 附则",
            ),
            [],
        ),
        (
            ("## 第二章 管理", "第三条 丙。", "罚则", "第四条 丁。", "## 第四章 附则"),
            ["第三章 罚则"],
        ),
        (
            ("### 第一节 甲", "第三条 丙。", "扫描王", "第四条 丁。", "### 第二节 乙"),
            [],
        ),
        (
            (
                *("### 第一节 甲", "第三条 丙。", "罚则", "第四条 丁。"),
                *("## 第二章 附则", "### 第一节 乙"),
            ),
            ["第二节 罚则"],
        ),
    ],
)
def test_a_number_that_is_taken_is_not_proposed_for_a_bare_line(
    lines: tuple[str, ...], found: list[str]
) -> None:
    whole = chapters("## 第一章 总则", "第一条 甲。", *lines, "第九条 己。")
    hints = [d.hint.zh for d in checked(whole) if d.rule.code == "C105"]
    assert [heading in hint for heading, hint in zip(found, hints, strict=True)] == [
        True for _ in found
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "有关部门应当建立反馈制度。第二章市容和环境卫生责任",
            "第二章市容和环境卫生责任",
        ),
        ("有关部门应当建立反馈制度。 第二章 市容", "第二章 市容"),
        ("有关部门应当遵守本条例。第二章的规定，另行制定。", ""),
        ("依照本条例第二章规定处理", ""),
    ],
)
def test_a_heading_at_the_end_of_a_paragraph_is_pointed_at(
    text: str, found: str
) -> None:
    whole = chapters("## 第一章 总则", f"第一条 {text}", "第二条 乙部门负责。")
    spans = [d.span for d in checked(whole) if d.rule.code == "C106"]
    assert [whole[s.start : s.end] for s in spans] == ([found] if found else [])


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        (("## 第一章 甲", "第一条 甲。", "## 第二章 乙", "第二条 乙。"), 0),
        (("## 第一章 甲", "第一条 甲。", "### 第二章 乙", "第二条 乙。"), 1),
        (("## 第一章 甲", "### 第一节 甲", "第一条 甲。"), 0),
        (("## 第一章 甲", "## 第一节 甲", "第一条 甲。"), 1),
        (
            (
                "## 第一编 甲",
                "### 第一章 甲",
                "第一条 甲。",
                "## 第二编 乙",
                "### 第一分编 丙",
                "#### 第一章 丁",
                "第二条 乙。",
            ),
            0,
        ),
    ],
)
def test_levels_that_do_not_agree_are_noted_once(
    lines: tuple[str, ...], count: int
) -> None:
    found = [d for d in checked(chapters(*lines)) if d.rule.code == "C107"]
    assert len(found) == count
    assert {d.level.name for d in found} <= {"NOTE"}


def test_contents_that_were_left_are_noted_once() -> None:
    body = ("## 第一章 甲", "第一条 甲。", "## 第二章 乙", "第二条 乙。")
    text = chapters("## 第一章 甲", "## 第二章 乙", *body)
    (message,) = said("contents-as-headings", text)
    assert "第一章" in message
    assert said("contents-as-headings", chapters(*body)) == []
