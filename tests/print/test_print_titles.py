"""Titles break by sense."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.render.titles import lines


@pytest.mark.parametrize(
    ("title", "limit", "wanted"),
    [
        ("工作条例", 8, "工作条例"),
        ("党史学习教育工作条例", 8, "党史学习教育/工作条例"),
        ("黨史學習教育工作條例", 8, "黨史學習教育/工作條例"),
        ("中华人民共和国民法典", 8, "中华人民共和国/民法典"),
        (
            "关于适用《中华人民共和国民法典》的解释",
            15,
            "关于适用/《中华人民共和国民法典》的解释",
        ),
        ("甲，乙乙乙乙乙乙乙", 6, "甲，乙乙/乙乙乙乙乙"),
    ],
)
def test_a_title_breaks_at_a_phrase(title: str, limit: int, wanted: str) -> None:
    assert "/".join(lines(title, limit)) == wanted


def test_a_question_breaks_after_a_comma_rather_than_in_the_middle() -> None:
    text = "《条例》对党史学习教育工作的领导体制，作了哪些规定？"
    assert lines(text, 20, even=0.01)[1] == "作了哪些规定？"


@given(
    st.text(st.sampled_from("党史《》“”的，和就关于条例a1"), max_size=60),
    st.integers(-1, 30),
)
def test_nothing_is_lost_and_no_line_is_too_long(text: str, limit: int) -> None:
    broken = lines(text, limit)
    assert "".join(broken) == text
    assert all(len(line) <= max(limit, 1) for line in broken)
