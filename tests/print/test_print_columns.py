"""Columns of ruled tables are as wide as suits what is in them."""

from __future__ import annotations

import pytest

from publisher.book import Measure, Typography
from publisher.render import page
from publisher.render.columns import GAP, held, shares
from publisher.render.environment import places
from publisher.render.tables import wrapped

HEADS = ("处所", "来源作（照录）", "疑当作", "理由")
ROW = ("答问四", "马克思主义主义", "马克思主义", "疑衍二字，无他本可据，" * 4)


def test_the_column_that_has_most_to_say_is_the_widest() -> None:
    place, before, after, reason = shares(HEADS, [ROW], Typography())
    assert reason > before > after > place
    assert place + before + after + reason < 100


def test_columns_that_have_as_much_to_say_are_as_wide() -> None:
    row = ("第一条", "甲" * 30, "乙" * 30, "丙" * 30)
    _, before, after, reason = shares(HEADS, [row], Typography())
    assert max(before, after, reason) - min(before, after, reason) < 5


def test_many_rows_take_no_time_and_a_narrow_page_leaves_it_to_the_renderer() -> None:
    assert len(shares(HEADS, [ROW] * 3000, Typography())) == 4
    assert shares(HEADS, [ROW], Typography(measure=Measure(10, 20))) == ()


def test_cells_hold_what_the_page_leaves_between_columns() -> None:
    how = Typography()
    room = page.measure(how) / page.size("small", how.size)
    ems = held(shares(HEADS, [ROW], how), how)
    assert sum(ems) == pytest.approx(room - 3 * GAP)
    assert [wrapped("字" * int(each), each) for each in ems] == [1] * 4
    assert held((), how) == ()


def test_no_line_breaks_inside_a_place() -> None:
    made = places("<据第十七条之一及答问七>“第一次”")
    whole = '<span class="whole">{}</span>'.format
    assert made == (f"&lt;据{whole('第十七条之一')}及{whole('答问七')}&gt;“第一次”")
