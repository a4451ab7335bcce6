"""Whatever is too long, too wide or too deep: nothing overflows and nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from publisher.book import Measure, Punctuation, Typography
from publisher.inspect import inspect
from publisher.inspect.facts import Facts
from publisher.render import tables
from publisher.render.print import running
from publisher.render.titles import width
from publisher.tree.walk import ink
from publisher.typeset import breaks
from publisher.typeset.breaks import Room
from tests.print import pdf_text
from tests.print.designs import printed
from tests.typeset import planned

TITLE = (
    "关于进一步加强和规范全市各级各类社区图书阅览室、农家书屋、职工书屋、流动图书车等"
    "公共阅读服务设施建设、管理、运行和绩效评价工作若干重大问题的暂行规定（征求意见稿）"
)
NOTE = (
    "（2021年3月18日某市第十七届人民代表大会常务委员会第二十九次会议审议通过并经某省"
    "第十三届人民代表大会常务委员会第三十三次会议批准　2021年4月1日公布）"
)
CHAPTER = (
    "第一章　关于社区图书阅览室、农家书屋、职工书屋等公共阅读服务设施的设立、变更、"
    "终止、登记、备案与藏书建设、经费保障、人员配备、志愿服务的基本要求和一般原则"
)
DEEP = (
    "第一条　为了甲：\n\n（一）乙：\n\n1. 丙：\n\n（1）丁：\n\n"
    "①戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥甲乙丙丁戊己庚辛壬癸子丑寅卯。"
)
WORD = (
    "第二条　见https://www.example.org/a/very/long/address/that/goes/on/for/ever.html"
    "和Pneumonoultramicroscopicsilicovolcanoconiosis一词。"
)


def table(columns: int, rows: int = 2, cell: str = "{0}格") -> str:
    lines = ["|" + "|".join(f"列{n}" for n in range(columns)) + "|"]
    lines.append("|" + "---|" * columns)
    lines += ["|" + "|".join(cell.format(n) for n in range(columns)) + "|"] * rows
    return "\n".join(lines)


LONG_CELL = (
    "|项目|内容|\n|---|---|\n|长|" + "这一格的文字很长，不能丢失。" * 80 + "|\n|短|完|"
)
PICTURE = "![一幅很大的图：" + "说明文字很长，" * 70 + "完](big.png)"
QUESTION = (
    "问："
    + "对老年读者和残疾读者有哪些照顾，阅览室怎样落实这些规定，" * 4
    + "钱从哪里来？"
)
TEXT = "\n\n".join(
    [
        f"# {TITLE}",
        NOTE,
        f"## {CHAPTER}",
        DEEP,
        WORD,
        table(12),
        "第三条　见下表。",
        table(45),
        "第四条　见下表。",
        LONG_CELL,
        "第五条　" + "表后的正文仍在格上。" * 12,
        PICTURE,
        "第六条　完。",
        "# 市图书馆馆长就《" + TITLE + "》答记者问",
        QUESTION,
        "答：由财政保障。",
    ]
)


@pytest.fixture(scope="module", params=["booklet", "large-print-tw"])
def extreme(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, str, Facts]:
    """What the tree says, what the PDF says, and where its lines stand."""
    folder = tmp_path_factory.mktemp("extreme")
    (folder / "text.md").write_text(TEXT, "utf-8")
    made = printed(folder / "text.md", request.param, folder)
    assert [d for d in made.found if d.rule.code.startswith("W")] == []
    wanted = "".join(ink(document) for document in made.prepared.documents)
    return wanted, pdf_text.ink(made.path), inspect(made.path)


def test_every_character_is_there_and_in_order(
    extreme: tuple[str, str, Facts],
) -> None:
    wanted, got, _ = extreme
    assert got == wanted


def test_no_character_leaves_the_page(extreme: tuple[str, str, Facts]) -> None:
    for page in extreme[2].pages:
        width, height = page.size
        for line in page.lines:
            assert line.left > 20, line.text
            assert line.right < width - 20, line.text
            assert 20 < line.baseline < height - 20, line.text


def test_no_two_lines_stand_on_each_other(extreme: tuple[str, str, Facts]) -> None:
    for page in extreme[2].pages:
        lines = sorted(page.lines, key=lambda line: line.baseline)
        for n, one in enumerate(lines):
            for two in lines[n + 1 :]:
                near = 0.5 < two.baseline - one.baseline < 0.8 * min(one.size, two.size)
                apart = two.left >= one.right - 0.5 or two.right <= one.left + 0.5
                assert not near or apart, (page.label, one.text, two.text)


def test_a_running_head_is_cut_where_a_phrase_ends() -> None:
    assert running(30, "第一章\u3000总则") == "第一章\u2002总则"  # else read as columns
    cut = running(30, CHAPTER)
    assert width(cut) <= 30
    assert CHAPTER.startswith(cut.removesuffix("……").replace("\u2002", "\u3000"))
    assert cut.endswith("……")


# ---------------------------------------------------------------- tables


def laid(*rows: Sequence[str], chars: int = 28) -> tables.Layout:
    return tables.layout(rows, Typography(measure=Measure(chars, 27)))


def test_a_row_is_as_many_grid_lines_as_its_small_lines_need() -> None:
    ems = [10.0]
    heights = [tables.height(["字" * many], ems) for many in (1, 10, 20, 30, 50)]
    assert heights == [1, 2, 3, 4, 5]


def test_short_cells_stay_whole_and_the_long_one_takes_the_rest() -> None:
    rows = (("周一至周五", "9:00—12:00", "开展亲子阅读、读书会等各种活动" * 3),) * 2
    how = laid(*rows)
    ems = 294 / 9
    widths = [share * ems / 100 - tables.CLOSE for share in how.widths]
    assert widths[0] >= 5
    assert widths[1] >= width("9:00—12:00")
    assert widths[2] > 12
    assert sum(how.widths) == pytest.approx(100, abs=0.1)


def test_a_table_that_is_cramped_is_set_smaller_and_one_too_wide_row_by_row() -> None:
    assert laid(("甲乙丙丁",) * 5).face == "small"
    assert laid(("甲乙丙丁",) * 7).face == "tiny"
    assert not laid(("甲乙丙丁",) * 12).stacked
    assert laid(("甲乙丙丁",) * 40).stacked
    assert laid() == tables.Layout("small", (), ())


def test_a_row_higher_than_half_a_page_may_break() -> None:
    how = laid(("长", "字" * 900), ("短", "完"))
    assert how.loose
    assert not how.short
    assert laid(("短", "完")).short


def test_figures_with_a_dash_and_marks_are_not_parted() -> None:
    assert tables.wrapped("9:00—12:00", 7) == 1
    assert tables.wrapped("一二三，", 3.1) == 2
    assert tables.wrapped("", 3) == 1


CELLS = st.lists(
    st.one_of(
        st.text("党史学习教育工作条例", min_size=1, max_size=9),
        st.sampled_from(
            [*"，。、；（）《》“”〈〉", "（《", "）》", "（十一）》", "2024"]
        ),
    ),
    min_size=1,
    max_size=30,
).map("".join)


@given(CELLS, st.floats(4, 20), st.sampled_from(["quanjiao", "kaiming", "tw"]))
@settings(max_examples=300, deadline=None)
def test_a_cell_has_no_more_lines_than_it_was_given(
    text: str, ems: float, style: Punctuation
) -> None:
    room = Room(ems * 1000, ems * 1000, flush=False)
    lines = breaks.lines(planned.sorts(text, style), 0, len(text) - 1, room)
    assume(all(line.first < line.last or len(text) < 2 for line in lines))
    assert len(lines) <= tables.wrapped(text, ems)


def test_marks_beside_each_other_and_at_the_end_take_half() -> None:
    assert tables.wrapped("第二条（《修正案》）", 9) == 1
    assert tables.wrapped("第二条（《修正案》）", 8) == 2


@pytest.mark.parametrize("chars", [10, 16, 28, 40])
def test_a_table_fits_its_measure_whatever_it_is(chars: int) -> None:
    for columns in (1, 2, 5, 9, 20, 60):
        how = laid(*[["内容" * n for n in range(1, columns + 1)]] * 3, chars=chars)
        assert how.stacked or sum(how.widths) <= 100.1
        assert how.stacked or len(how.widths) == columns
