"""What is claimed of lines is counted from where their characters stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from publisher.inspect.claims import Composition, composition, remainders
from publisher.inspect.facts import Facts, Font, Glyph, Page
from publisher.inspect.lines import lines

MARGIN, SIZE, STEP = 50.0, 10.0, 18.0
Row = Sequence[tuple[str, float]]
"""A line: its characters, each with how far the next one is (em)."""


def row(text: str, short: str = "") -> Row:
    """Characters an em apart; those in ``short`` give up half."""
    return [(char, 0.5 if char in short else 1.0) for char in text]


def glyphs(down: float, indent: float, held: Row) -> list[Glyph]:
    x, out = MARGIN + indent * SIZE, []
    for char, step in held:
        out.append(Glyph(char, x, x + SIZE, down, SIZE, 0))
        x += step * SIZE
    return out


def facts(*pages: Sequence[tuple[float, Row]]) -> Facts:
    """Pages of lines, each with its indent in ems."""
    made = tuple(
        Page(
            n,
            str(n),
            0,
            {"media": (0, 0, 300, 400)},
            lines(
                glyph
                for at, (indent, held) in enumerate(rows)
                for glyph in glyphs(40 + at * STEP, indent, held)
            ),
        )
        for n, rows in enumerate(pages, 1)
    )
    return whole(*made)


def whole(*pages: Page) -> Facts:
    return Facts(
        version="1.7",
        variants=(),
        tagged=False,
        encrypted=False,
        language="",
        title="",
        author="",
        producer="",
        fonts=(Font("F", embedded=True),),
        pages=pages,
    )


def counted(*pages: Sequence[tuple[float, Row]]) -> Composition:
    found = composition(facts(*pages))
    assert found is not None
    return found


TEN = row("一二三四五六七八九十")
EIGHT = row("一二三四五六七八")


def texts(places: Sequence[object]) -> list[str]:
    return [place.text for place in places]  # type: ignore[attr-defined]


def test_full_lines_are_flush() -> None:
    found = counted([(2, EIGHT), (0, TEN), (0, row("甲乙。"))])
    assert (found.paragraphs, found.lines, found.nonfinal) == (1, 3, 2)
    assert (found.flush, found.measure, found.leading) == (1.0, 10.0, 18.0)
    assert found.remainders == ((4.0, 3),)


def test_a_short_line_is_ragged_and_named() -> None:
    found = counted([(2, EIGHT), (0, TEN), (0, TEN[:9]), (0, row("甲乙"))])
    assert found.flush == pytest.approx(2 / 3)
    assert [(p.page, p.text) for p in found.ragged] == [("1", "一二三四五六七八九")]


def test_a_line_too_long_is_ragged_too() -> None:
    long = row("一二三四五六七八九十甲")
    found = counted([(2, EIGHT), (0, TEN), (0, long), (0, row("甲乙"))])
    assert texts(found.ragged) == ["一二三四五六七八九十甲"]


def test_a_mark_at_the_end_may_give_up_its_blank_or_hang() -> None:
    trimmed = row("一二三，四五六七八九。", "，")
    hung = row("一二三四五六七八九十，")
    found = counted([(2, EIGHT), (0, TEN), (0, TEN), (0, hung), (0, row("甲乙"))])
    assert found.ragged == ()
    found = counted([(2, EIGHT), (0, TEN), (0, trimmed), (0, row("甲乙"))])
    assert found.ragged == ()


def test_a_mark_that_hangs_in_part_is_ragged() -> None:
    odd = [*row("一二三四五六七八九"), ("，", 1.0)]
    odd[0] = ("一", 1.2)
    found = counted([(2, EIGHT), (0, TEN), (0, odd), (0, row("甲乙"))])
    assert len(found.ragged) == 1


def test_an_opening_mark_at_the_start_may_stand_without_its_blank() -> None:
    trimmed = row("《二三四五六七八九十甲", "十")
    found = counted([(2, EIGHT), (0, TEN), (-0.5, trimmed), (0, row("甲乙"))])
    assert found.ragged == ()
    assert found.paragraphs == 1


def test_a_paragraph_goes_on_over_the_page() -> None:
    found = counted([(2, EIGHT), (0, TEN)], [(0, TEN), (0, row("甲乙。"))])
    assert (found.paragraphs, found.nonfinal) == (1, 3)


def test_an_indent_or_a_wide_step_begins_a_paragraph() -> None:
    indented = counted([(2, EIGHT), (0, row("甲乙")), (2, EIGHT), (0, row("甲乙"))])
    assert indented.paragraphs == 2
    made = facts([(0, TEN), (0, TEN), (0, TEN)])
    page = made.pages[0]
    low = Glyph("甲", 50, 60, 40 + 4 * STEP, SIZE, 0)
    held = [glyph for line in page.lines for glyph in line.glyphs]
    spaced = Page(1, "1", 0, page.boxes, lines([*held, low]))
    found = composition(whole(spaced))
    assert found is not None
    assert found.paragraphs == 2


def test_paragraphs_of_one_line_each_are_told_apart_by_their_tags() -> None:
    (page,) = facts([(2, EIGHT), (2, row("一二三")), (2, row("一二三四"))]).pages
    tagged = replace(
        page,
        lines=tuple(
            replace(line, glyphs=tuple(replace(g, block=n) for g in line.glyphs))
            for n, line in enumerate(page.lines, 1)
        ),
    )
    found = composition(whole(tagged))
    assert found is not None
    assert (found.paragraphs, found.nonfinal, found.ragged) == (3, 0, ())


def test_lines_of_one_tagged_paragraph_are_one_though_the_second_is_indented() -> None:
    (page,) = facts([(0, TEN), (2, EIGHT), (0, row("甲。"))]).pages
    tagged = replace(
        page,
        lines=tuple(
            replace(line, glyphs=tuple(replace(g, block=7) for g in line.glyphs))
            for line in page.lines
        ),
    )
    found = composition(whole(tagged))
    assert found is not None
    assert (found.paragraphs, found.nonfinal) == (1, 2)


def test_forbidden_marks_at_the_ends_of_lines_are_found() -> None:
    found = counted(
        [
            (2, EIGHT),
            (0, row("，二三四五六七八九十")),
            (0, row("一二三四五六七八九（")),
            (0, row("—二三四五六七八九十")),
            (0, row("——三四五六七八九十")),
            (0, row("。")),
        ]
    )
    assert [text[0] + text[-1] for text in texts(found.kinsoku)] == [
        "，十",
        "一（",
        "—十",
        "。。",
    ]


def test_dashes_and_dots_that_are_parted_are_found() -> None:
    found = counted(
        [
            (0, row("一二三四五六七八九—")),
            (0, row("—二三四五六七八九…")),
            (0, row("…甲")),
        ]
    )
    assert len(found.split) == 2


def test_a_lone_last_character_is_found() -> None:
    found = counted(
        [(2, EIGHT), (0, row("甲。")), (2, EIGHT), (0, row("甲乙")), (2, row("甲。"))]
    )
    assert texts(found.orphans) == ["甲。"]


def test_adjacent_marks_are_pressed_or_not() -> None:
    found = counted(
        [(2, row("甲》，乙", "》")), (2, row("甲》，乙")), (2, row("（《乙"))]
    )
    assert (found.pairs, found.pressed) == (3, 1)


def test_gaps_between_characters_are_in_ems() -> None:
    wide = [("一", 1.1), ("二", 1.0), ("三", 1.0)]
    found = counted([(2, wide)])
    assert (found.widest, found.common) == (0.1, 0.1)


def test_pages_with_roman_labels_are_not_counted() -> None:
    made = facts([(2, EIGHT)])
    page = made.pages[0]
    front = Page(1, "i", 0, page.boxes, page.lines)
    assert composition(whole(front)) is None


def test_baselines_a_hair_apart_have_one_remainder() -> None:
    assert remainders([10.0, 28.04, 46.09, 63.98, 74.0], 18) == ((10.0, 4), (2.0, 1))
    assert remainders([17.98, 18.02, 36.0], 18) == ((0.0, 3),)
    assert remainders([1.0], 0) == ()


def test_a_line_is_in_the_face_of_its_han_and_not_of_its_figures() -> None:
    text = "2021年1月1日施行"
    held = [
        Glyph(char, 10.0 * n, 10.0 * n + 10, 50.0, 10.0, int(not char.isdigit()), 0)
        for n, char in enumerate(text)
    ]
    assert [line.font for line in lines(held)] == [1]
