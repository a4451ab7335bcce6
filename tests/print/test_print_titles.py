"""Titles break by sense."""

from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publisher.render import titles
from publisher.render.sense import Sense, senses
from publisher.render.titles import fit, lines, pressed, width
from publisher.tree.nodes import Document, Prose, Text


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
    assert all(width(line) <= max(limit, 1) for line in broken)


WORDS = "商品 流通 市场 建设 管理 条例 道路 运输 公共 卫生 事件 应急 突发 预算 审查"


def apart(pair: str) -> float:
    """What a long text would tell of these words."""
    return 1.0 if pair in WORDS.split() else 0.1


@pytest.mark.parametrize(
    ("title", "size", "wanted"),
    [
        ("青岛市商品流通市场建设与管理条例", 0, "青岛市商品/流通市场建设与/管理条例"),
        ("山东省道路运输条例", 0, "山东省/道路运输条例"),
        ("党史学习教育工作条例", 0, "党史学习教育/工作条例"),
        ("汕头经济特区公共卫生应急条例", 0, "汕头经济特区/公共卫生应急条例"),
        (
            "北京市人民代表大会常务委员会关于加强预算审查监督的决定",
            2,
            "北京市人民代表大会常务委员会/关于加强预算审查监督的决定",
        ),
        ("工作条例", 0, "工作条例"),
    ],
)
def test_a_large_title_is_cut_between_words_or_made_smaller(
    title: str, size: int, wanted: str
) -> None:
    at, broken = fit(title, (8, 12, 15, 19), Sense(apart))
    assert (at, "/".join(broken)) == (size, wanted)


@given(st.text(st.sampled_from("党史《》的和省市委员会条例a1"), max_size=60))
def test_a_title_of_any_length_fits_one_of_its_sizes(text: str) -> None:
    at, broken = fit(text, (8, 12, 19))
    assert "".join(broken) == text
    assert all(width(line) <= (8, 12, 19)[at] for line in broken)


def test_a_books_own_text_tells_which_characters_belong_together() -> None:
    text = "商品市场，市场规划，交易市场。城乡建设，建设项目，市容。"
    bond = senses([Document("prose", (), (Prose((Text(text),)),))]).bond
    assert bond("市场") > 0.8
    assert bond("场建") == 0.0
    assert bond("场外") == Sense().bond("场外")


@pytest.mark.parametrize(
    ("text", "before", "wanted"),
    [
        ("条例", "", 2),
        ("《条例》的内容？", "问：", 7),
        ("《条例》《办法》", "", 7),
        ("（“甲”）", "", 3.5),
        ("甲，乙。", "", 3.5),
    ],
)
def test_marks_side_by_side_and_at_the_end_are_pressed(
    text: str, before: str, wanted: float
) -> None:
    assert pressed(text, before) == wanted


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("中华人民共和国香港特别行政区基本法", "中华人民共和国/香港特别行政区基本法"),
        (
            "最高人民法院、最高人民检察院关于办理危害生产安全刑事案件适用法律若干问题的解释（二）",
            (
                "最高人民法院、最高人民检察院/关于办理危害生产安全刑事案件/"
                "适用法律若干问题的解释（二）"
            ),
        ),
        (
            "《民法典》绿色原则对“大棚房”合同纠纷中隐藏行为的适用",
            "《民法典》绿色原则对“大棚房”/合同纠纷中隐藏行为的适用",
        ),
        (
            "北京市人民代表大会常务委员会关于加强市级预算审查监督的决定",
            "北京市人民代表大会常务委员会/关于加强市级预算审查监督的决定",
        ),
        (
            "设立、变更、终止与登记备案以及藏书建设的基本要求",
            "设立、变更、终止与登记备案/以及藏书建设的基本要求",
        ),
        (
            "最高人民法院關於適用《中華人民共和國民法典》婚姻家庭編的解釋（一）",
            "最高人民法院關於適用/《中華人民共和國民法典》/婚姻家庭編的解釋（一）",
        ),
        (
            "一二三四五六七八九十甲乙丙丁戊（试行）",
            "一二三四五六七八九十/甲乙丙丁戊（试行）",
        ),
    ],
)
def test_long_titles_of_laws_break_between_words(title: str, wanted: str) -> None:
    sense = senses([Document("prose", (), ())])
    assert "/".join(lines(title, 15, sense=sense)) == wanted


def test_lines_set_from_the_left_are_full_before_they_are_even() -> None:
    text = "《条例》对党史学习教育工作的领导体制和工作职责，作了哪些规定？"
    sense = senses([Document("prose", (), ())])
    assert lines(text, 27, 0, sense)[1] == "作了哪些规定？"


@pytest.mark.parametrize(
    ("title", "broken"),
    [
        ("中华人民共和国民法典", "中华人民共和国/民法典"),
        ("上海市宗教事务条例", "上海市/宗教事务条例"),
        ("关于执行《刑法》的补充规定", "关于执行《刑法》/的补充规定"),
    ],
)
def test_a_title_whose_form_tells_asks_no_dictionary(title: str, broken: str) -> None:
    def inside(_: str) -> frozenset[int]:
        raise AssertionError

    assert "/".join(lines(title, 8.5, sense=Sense(inside=inside))) == broken


@given(
    st.text(st.sampled_from("党史《》的，和就关于条例市商品流通"), max_size=24),
    st.sets(st.integers(1, 23)),
    st.floats(0, 1),
    st.integers(3, 12),
)
def test_what_the_form_tells_the_dictionary_would_not_change(
    text: str, places: set[int], bond: float, limit: int
) -> None:
    words = frozenset(places)
    sense = Sense(lambda _: bond, lambda _: words)
    made = lines(text, limit, sense=sense)
    scale = titles._Scale.of(text, sense, words)  # noqa: SLF001
    if len(made) > 1:
        best, _ = titles._best(scale, limit, len(made), titles.EVEN)  # noqa: SLF001
        starts = list(accumulate(map(len, made[:-1])))
        mean = scale.size(0, len(text)) / len(made)
        assert best == pytest.approx(
            sum(scale.costs[at] for at in starts)
            + sum(
                titles.EVEN * (size - mean) ** 2 + titles.WORD * (size < titles.STUB)
                for size in map(width, made)
            )
        )
