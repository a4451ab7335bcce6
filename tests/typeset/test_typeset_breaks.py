"""Plans of lines: laws that hold for any text at any measure, and cases."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publisher.book import Punctuation
from publisher.typeset import breaks
from publisher.typeset.adjust import Fitted, fit, whole
from publisher.typeset.breaks import Line, Room
from publisher.typeset.classes import FULL
from publisher.typeset.settings import STYLES, Settings
from publisher.typeset.sorts import MARKS, Sorts
from tests.typeset.judged import NEVER_FIRST, NEVER_LAST
from tests.typeset.planned import cast, planned, sorts, texts

HAN = "党史学习教育工作条例第三十条年月日一二"
PIECES = st.one_of(
    st.text(HAN, min_size=1, max_size=12),
    st.sampled_from(["，", "。", "、", "“", "”", "《", "》", "（", "）", "——", "……"]),
    st.sampled_from(
        ["2024", "5.2%", "GDP", "A", " and ", "·", "：", "；", "？！", "～"]
    ),
)
PARAGRAPHS = st.lists(PIECES, min_size=1, max_size=40).map("".join).map(str.strip)
MEASURES = st.floats(6, 45)
STYLE = st.sampled_from(sorted(STYLES))


@given(PARAGRAPHS.filter(bool), MEASURES, STYLE)
@settings(max_examples=300, deadline=None)
def test_a_plan_covers_the_text_and_keeps_the_rules(
    text: str, chars: float, style: Punctuation
) -> None:
    made, lines = planned(text, chars, style)
    assert (lines[0].first, lines[-1].next) == (0, len(text))
    for line, following in pairwise(lines):
        assert line.next == following.first
        assert not text[line.last + 1 : line.next].strip()
    for line in lines:
        assert line.first <= line.last
        start, end = text[line.first], text[line.last]
        if line.first:
            assert start not in NEVER_FIRST
            assert start + text[line.first - 1] not in ("——", "……")
        if line.next < len(text):
            assert end not in NEVER_LAST
    del made


def fitted_lines(
    text: str, chars: float, style: Punctuation
) -> Iterator[tuple[Sorts, Line, Fitted]]:
    """Each line of a paragraph that is indented by two ems, fitted to its measure."""
    made, lines = planned(text, chars, style)
    for number, line in enumerate(lines):
        length = (chars - (0 if number else 2)) * 1000
        yield made, line, fit(made, line, length, flush=line.next < len(text))


@given(PARAGRAPHS.filter(bool), MEASURES, STYLE)
@settings(max_examples=300, deadline=None)
def test_a_fitted_line_is_as_long_as_its_glyphs_say(
    text: str, chars: float, style: Punctuation
) -> None:
    for made, line, fitted in fitted_lines(text, chars, style):
        moves = dict(whole(fitted.moves, 1))
        span = range(line.first, line.last)
        # the glyphs' own advances, the even stretch behind each, and the moves
        drawn = sum(_own(text[k]) + fitted.each - moves.get(k, 0) for k in span)
        drawn += made.shifts.get(line.last, 0) - made.shifts.get(line.first, 0)
        last = made.ends[line.last] - made.starts[line.last]
        assert drawn + last == pytest.approx(fitted.width, abs=1)


def _own(char: str) -> float:
    return cast(char).glyphs[0].advance


CLAUSES = st.lists(st.text(HAN, min_size=3, max_size=12), min_size=8, max_size=40)


@given(CLAUSES.map("，".join), st.floats(15, 40))
@settings(max_examples=100, deadline=None)
def test_lines_of_han_are_flush(text: str, chars: float) -> None:
    made, lines = planned(text, chars)
    for number, line in enumerate(lines[:-1]):
        length = (chars - (0 if number else 2)) * 1000
        assert fit(made, line, length, flush=True).width == pytest.approx(length, abs=2)


def test_a_sum_of_rounded_moves_is_the_rounded_sum() -> None:
    moves = [(k, 0.4) for k in range(50)]
    assert sum(move for _, move in whole(moves, 1)) == pytest.approx(20, abs=0.5)


def test_no_last_line_has_one_character() -> None:
    text = "党" * 26 + "史学习教育工作条例教" * 3 + "史。"
    for length in range(30, len(text)):
        cut = text[: length - 1] + "。"
        _, lines = planned(cut, 28)
        final = texts(cut, lines)[-1]
        assert len(lines) == 1 or len(final) >= 3, final


def test_a_last_line_of_figures_is_not_a_lone_character() -> None:
    text = "面部片状细小瘢痕，或者显著色素异常的，面积累计达面部30%。"
    _, lines = planned(text, 28)
    assert texts(text, lines)[-1] == "30%。"
    text = "党史学习教育工作直接选举的议员35人。"
    _, lines = planned(text, 9.5)
    assert texts(text, lines)[-1] == "员35人。"


def test_half_an_em_too_much_is_taken_from_all_gaps_rather_than_two_characters() -> (
    None
):
    text = "中央军事委员会每届任期同全国人民代表大会每届任期相同。"
    made, lines = planned(text, 28)
    assert texts(text, lines) == [text]
    fitted = fit(made, lines[0], 26000, flush=False)
    assert fitted.width == pytest.approx(26000, abs=2)
    assert -20 <= fitted.each < -15


@given(PARAGRAPHS.filter(bool), MEASURES, STYLE)
@settings(max_examples=200, deadline=None)
def test_han_come_no_nearer_than_a_fiftieth_of_an_em(
    text: str, chars: float, style: Punctuation
) -> None:
    for _, _, fitted in fitted_lines(text, chars, style):
        assert fitted.each >= -breaks.TIGHT - breaks.SLACK


def test_a_year_and_an_article_stay_whole_where_they_can() -> None:
    text = (
        "党史学习教育工作条例自" + "2024年1月18日起施行，第三十条另有规定的除外。" * 3
    )
    _, lines = planned(text, 20)
    for line in texts(text, lines):
        assert not line.endswith(("2024", "第", "第三十"))


def test_a_word_that_is_too_long_is_left_whole() -> None:
    text = "见" + "a" * 40 + "处"
    _, lines = planned(text, 8)
    assert "".join(texts(text, lines)) == text
    assert any("a" * 40 in line for line in texts(text, lines))


def test_a_heading_is_balanced() -> None:
    text = "这是一个很长的居中标题需要折行因为它超过了版心的宽度"
    made = sorts(text)
    lines = breaks.balanced(made, 0, len(text) - 1, Room(20000, 20000))
    assert [len(line) for line in texts(text, lines)] == [13, 13]


def test_beside_a_float_a_line_is_planned_by_itself() -> None:
    text = "党史学习教育，" * 20
    line = breaks.greedy(sorts(text), 0, len(text) - 1, Room(9000, 28000))
    assert 8 <= line.last - line.first + 1 <= 10


@pytest.mark.parametrize(
    ("style", "comma", "stop"),
    [
        ("kaiming", 500, 1000),
        ("quanjiao", 1000, 1000),
        ("banjiao", 500, 500),
        ("tw", 1000, 1000),
        ("hk", 1000, 1000),
    ],
)
def test_each_style_gives_marks_their_width(
    style: Punctuation, comma: int, stop: int
) -> None:
    made = sorts("党，史。学", style)
    assert made.starts[2] - made.starts[1] == comma
    assert made.starts[4] - made.starts[3] == stop


@pytest.mark.parametrize("style", ["kaiming", "quanjiao", "banjiao"])
def test_adjacent_marks_share_a_blank(style: Punctuation) -> None:
    made = sorts("史》，（“学”）。《》？！", style)
    for at, pair in enumerate(pairwise(made.text)):
        if all(char in "》，（“”）。《》？！" for char in pair):
            assert made.starts[at + 1] - made.starts[at] <= 1000, pair


def test_a_question_and_an_exclamation_mark_are_one_em_together() -> None:
    made = sorts("吗？！他", "quanjiao")
    assert made.starts[2] - made.starts[1] == 500


def test_a_mark_at_the_end_keeps_its_square_only_where_that_spares_stretching() -> None:
    text = "党史学习教育工作条例党史学习教，工作条例党史学习教育工作条例"
    made = sorts(text, Settings(ends="auto"))
    short = breaks.lines(made, 0, len(text) - 1, Room(15500, 15500, full_ends=True))
    assert texts(text, short)[0].endswith("，")
    assert made.ends[short[0].last] - made.starts[0] == 15500
    whole_square = fit(made, short[0], 16000, flush=True, full_end=True)
    assert (whole_square.width, whole_square.each) == (15500, 0)


def test_marks_hang_outside_the_measure_if_asked() -> None:
    text = "党史学习教育工作条例党史，" * 4
    made = sorts(text, Settings(hang=True))
    lines = breaks.lines(made, 0, len(text) - 1, Room(12000, 12000))
    assert texts(text, lines)[0] == "党史学习教育工作条例党史，"
    assert made.ends[12] == 12000


def test_a_middle_dot_gives_way_before_commas() -> None:
    made = sorts("马克思·恩格斯，列宁", "quanjiao")
    spaces = made.tiered().shrink[0]
    assert spaces is not None
    assert spaces[5] == 500  # a quarter of an em on each side


def test_the_expressions_name_the_classes() -> None:
    assert set(MARKS.pattern.strip("[]")) == set(FULL)


def test_time_grows_with_the_text_and_not_faster() -> None:
    def seconds(times: int) -> float:
        text = (
            "为了推动党史学习教育常态化长效化，推动全党全社会学好党史、用好党史。"
            * times
        )
        start = time.process_time()
        planned(text, 28)
        return time.process_time() - start

    seconds(20)
    one = min(seconds(100) for _ in range(3))
    assert min(seconds(800) for _ in range(3)) < 8 * one * 2.5
