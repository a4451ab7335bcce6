from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.numerals import NUMERAL, number, to_chinese


@given(st.integers(1, 9999))
def test_what_is_written_is_read(value: int) -> None:
    assert number(to_chinese(value)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("一百零八", 108),
        ("一百十八", 118),
        ("一〇八", 108),
        ("一千二百六十", 1260),
        ("廿三", 23),
        ("卅", 30),
        ("壹拾贰", 12),
        ("108", 108),
        ("１０８", 108),
        ("两", 2),
    ],
)
def test_every_form_of_a_number_is_read(text: str, value: int) -> None:
    assert number(text) == value
    assert re.fullmatch(f"{NUMERAL}+", text)


@pytest.mark.parametrize(
    "text", ["", "甲", "十甲", "第三", "9" * 5000, "一" * 5000, "99999"]
)
def test_other_characters_are_no_number(text: str) -> None:
    assert number(text) is None


@pytest.mark.parametrize("value", [0, -1, 10000])
def test_a_number_beyond_what_provisions_have_is_refused(value: int) -> None:
    with pytest.raises(ValueError, match="no provision"):
        to_chinese(value)
