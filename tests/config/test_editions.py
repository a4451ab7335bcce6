"""Editions: presets, what a book makes of them, other scripts, pages and margins."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from publisher import config
from publisher.book import Book, Edition, Measure
from publisher.config.units import points, sheets, size_name
from publisher.diagnostics import Problem

LEAST = """\
schema = 1
[book]
id = "a"
title = "甲"
[[source]]
file = "page.md"
"""
MM = 25.4 / 72


def editions(folder: Path, text: str) -> dict[str, Edition]:
    path = folder / "book.toml"
    path.write_text(LEAST + text, "utf-8")
    return {each.name: each for each in config.load(path).editions}


def refused(folder: Path, text: str) -> tuple[str, str, str]:
    with pytest.raises(Problem) as caught:
        editions(folder, text)
    problem = caught.value
    assert problem.status == 3
    return problem.place.split("/")[-1], problem.message.en, problem.hint.en


def margins(edition: Edition) -> tuple[float, float, float, float]:
    """Head, foot, spine and fore-edge in millimetres."""
    page = edition.typography
    fore = page.page[0] - page.spine - page.measure.chars * page.size
    foot = page.page[1] - page.head - page.measure.lines * page.leading
    return (page.head * MM, foot * MM, page.spine * MM, fore * MM)


def test_the_booklet_is_the_designed_page() -> None:
    booklet = config.PRESETS["booklet"]
    head, foot, spine, fore = margins(booklet)
    wanted = [21, 17.55, 20, 24.28]
    assert [head, foot, spine, fore] == pytest.approx(wanted, abs=0.02)
    assert booklet.typography.measure == Measure(28, 27)


@pytest.mark.parametrize("name", ["booklet", "large-print", "a4"])
def test_every_preset_has_room_for_thumbs_and_binding(name: str) -> None:
    assert min(margins(config.PRESETS[name])) > 12


def test_an_edition_named_like_a_preset_starts_from_it(tmp_path: Path) -> None:
    own = editions(tmp_path, "[edition.large-print]\nleading = 27")["large-print"]
    assert own.typography.page_name == "16开"
    assert own.typography.leading == 27
    assert own.format == "pdf"


def test_an_edition_may_extend_the_preset_of_its_own_name(tmp_path: Path) -> None:
    text = '[edition.booklet]\nextends = "booklet"\nink = "grey"'
    assert editions(tmp_path, text)["booklet"].typography.ink == "grey"


def test_extending_follows_a_chain_in_any_order(tmp_path: Path) -> None:
    text = """
[edition.third]
extends = "second"
[edition.second]
extends = "first"
select = ["chp_3", "art_5"]
[edition.first]
format = "pdf"
size = "小四"
"""
    third = editions(tmp_path, text)["third"]
    assert third.typography.size_name == "小四"
    assert third.select == ("chp_3", "art_5")


def test_a_format_alone_starts_from_the_booklet_or_the_epub(tmp_path: Path) -> None:
    own = editions(
        tmp_path, '[edition.x]\nformat = "pdf"\n[edition.y]\nformat = "epub"'
    )
    assert own["x"].typography == config.PRESETS["booklet"].typography
    assert own["y"].page_list_from == ""  # a preset cannot know what else is made


def test_another_script_brings_its_punctuation_and_its_pages(tmp_path: Path) -> None:
    text = """
[edition.booklet]
punctuation = "quanjiao"
[edition.epub]
[edition.epub-tw]
extends = "epub"
script = "zh-Hant-TW"
[edition.booklet-hk]
[edition.mine]
extends = "booklet"
script = "zh-Hant-TW"
punctuation = "hk"
[edition.back]
extends = "epub-tw"
script = "zh-Hans"
page_list_from = "booklet"
"""
    own = editions(tmp_path, text)
    assert own["booklet"].typography.punctuation == "quanjiao"
    assert own["epub-tw"].script == "zh-Hant-TW"
    assert own["epub-tw"].typography.punctuation == "tw"
    assert own["epub-tw"].page_list_from == "booklet-tw"
    assert own["booklet-hk"].script == "zh-Hant-HK"
    assert own["booklet-hk"].typography.punctuation == "hk"
    assert own["mine"].typography.punctuation == "hk"
    assert own["back"].typography.punctuation == "quanjiao"


SUFFIXED = [
    ("booklet-tw", "zh-Hant-TW", "tw"),
    ("a4-hk", "zh-Hant-HK", "hk"),
    ("large-print-hant", "zh-Hant", "tw"),
    ("epub-hans", "zh-Hans", "quanjiao"),
]


@pytest.mark.parametrize(("name", "script", "punctuation"), SUFFIXED)
def test_any_edition_exists_in_other_scripts_by_name(
    name: str, script: str, punctuation: str
) -> None:
    edition = config.edition(config.bare(Path("a.md")), name)
    assert (edition.name, edition.script) == (name, script)
    assert edition.typography.punctuation == punctuation


def test_an_edition_of_the_book_comes_before_a_preset(tmp_path: Path) -> None:
    path = tmp_path / "book.toml"
    path.write_text(LEAST + '[edition.a4]\nsize = "五号"', "utf-8")
    book = config.load(path)
    assert config.edition(book, "a4").typography.size_name == "五号"
    assert config.edition(book, "a4-tw").typography.size_name == "五号"
    assert config.edition(book, "booklet") == config.PRESETS["booklet"]


UNKNOWN = [
    ("bookelt", "did you mean “booklet”?\neditions: booklet, epub"),
    ("zzz", "editions: booklet, epub, booklet-tw, epub-tw, large-print, a4"),
    ("zzz-tw", "editions: "),
]


@pytest.mark.parametrize(("name", "hint"), UNKNOWN)
def test_an_unknown_edition_is_misuse_and_names_those_there_are(
    name: str, hint: str
) -> None:
    with pytest.raises(Problem) as caught:
        config.edition(config.bare(Path("a.md")), name)
    assert caught.value.status == 2
    assert caught.value.hint.en.startswith(hint)
    assert name in caught.value.message.zh


WRONG = [
    ('[edition.x]\nextends = "bokklet"', "8:1", "no edition or preset “bokklet”"),
    ('[edition.x]\nextends = "x"', "8:1", "goes in a circle: x → x"),
    (
        '[edition.x]\nextends = "y"\n[edition.y]\nextends = "x-tw"',
        "10:1",
        "goes in a circle: x → y → x",
    ),
    ("[edition.x]\nsize = 10", "7:1", "has neither format nor extends"),
    ("[edition.x-tw]\nsize = 10", "7:1", "has neither format nor extends"),
    ('[edition.booklet]\nformat = "docx"', "8:1", "“format” cannot be “docx”"),
    ('[edition.booklet]\npage = "B7"', "8:1", "“page” cannot be “B7”"),
    ("[edition.booklet]\npage = [100]", "8:1", "must be a list of 2 [a number, …]"),
    ("[edition.booklet]\npage = [100, 20]", "8:14", "“page” must be from 60 to 1200"),
    ("[edition.booklet]\npage = 5", "8:1", "must be text in quotes or a list of 2"),
    ('[edition.booklet]\nsize = "五"', "8:1", "“size” cannot be “五”"),
    ('[edition.booklet]\nsize = "小九"', "8:1", "“size” cannot be “小九”"),
    ('[edition.booklet]\nsize = "9行"', "8:1", "“size” cannot be “9行”"),
    ('[edition.booklet]\nsize = "90mm"', "8:1", "“size” cannot be “90mm”"),
    ('[edition.booklet]\nhead = "两行"', "8:1", "“head” cannot be “两行”"),
    ('[edition.booklet]\npage = "大33K"', "8:1", "“page” cannot be “大33K”"),
    ("[edition.booklet]\nsize = 99", "8:1", "“size” must be from 4 to 72, not 99"),
    ("[edition.booklet]\nmeasure = {chars=28}", "8:1", "“lines” is missing"),
    (
        "[edition.booklet]\nmeasure = {chars=39, lines=27}",
        "8:1",
        "does not fit: the fore-edge margin would be -16.5 mm",
    ),
    (
        "[edition.booklet]\nmeasure = {chars=28, lines=30}",
        "8:1",
        "does not fit: the foot margin would be -1.5 mm",
    ),
    ("[edition.booklet]\nspine = 45", "8:1", "the fore-edge margin would be -0.7 mm"),
    ("[edition.booklet]\nspine = 1", "8:1", "the spine margin would be 1.0 mm"),
    ("[edition.booklet]\nhead = 0", "8:1", "the head margin would be 0.0 mm"),
    ("[edition.booklet]\nleading = 9", "8:1", "lines of 10.5 pt would overlap at 9 pt"),
    ("[edition.booklet]\nsize = 20\nleading = 19", "9:1", "lines of 20 pt would overl"),
    ('[edition.epub]\npage_list_from = "bklet"', "8:1", "no printed edition “bklet”"),
    ('[edition.epub]\npage_list_from = "epub"', "8:1", "no printed edition “epub”"),
    ('[edition.booklet]\nselect = ["art_*"]', "8:11", "“select” cannot be “art_*”"),
]


@pytest.mark.parametrize(("text", "place", "what"), WRONG)
def test_each_mistake_in_an_edition_is_named_with_its_place(
    tmp_path: Path, text: str, place: str, what: str
) -> None:
    where, message, _ = refused(tmp_path, text)
    assert where == f"book.toml:{place}"
    assert what in message


def test_a_type_area_that_does_not_fit_comes_with_one_that_does(tmp_path: Path) -> None:
    text = "[edition.booklet]\nmeasure = {chars=60, lines=27}"
    assert "28 characters and 27 lines would do" in refused(tmp_path, text)[2]


@pytest.mark.parametrize("page", ['"A4"', '"16开"', '"32开"', '"大32开"', "[170, 240]"])
@pytest.mark.parametrize("size", ['"五号"', '"小四"', "16"])
def test_any_page_and_size_have_sensible_margins_by_themselves(
    tmp_path: Path, page: str, size: str
) -> None:
    own = editions(tmp_path, f"[edition.booklet]\npage = {page}\nsize = {size}")
    head, foot, spine, fore = margins(own["booklet"])
    assert head > foot > 10
    assert fore > spine > 12


def test_a_page_in_millimetres_and_a_size_in_points_are_named(tmp_path: Path) -> None:
    text = "[edition.booklet]\npage = [170, 240.5]\nsize = 10.5\nhead = 20\nspine = 18"
    page = editions(tmp_path, text)["booklet"].typography
    assert page.page_name == "170×240.5 mm"
    assert page.page == (points(170), points(240.5))
    assert page.size_name == "五号"
    assert (page.head, page.spine) == (points(20), points(18))


@pytest.mark.parametrize(
    ("written", "size", "name"),
    [
        ('"小五号"', 9, "小五"),
        ('"5号"', 10.5, "五号"),
        ('"五號"', 10.5, "五号"),
        ('"小4號"', 12, "小四"),
        ('"初号"', 42, "初号"),
        ('"10.5pt"', 10.5, "五号"),
        ('"11 磅"', 11, "11 pt"),
        ('"4mm"', 11.34, "11.34 pt"),
    ],
)
def test_a_size_may_be_written_as_people_write_it(
    tmp_path: Path, written: str, size: float, name: str
) -> None:
    text = f"[edition.a4]\nsize = {written}\nmeasure = {{chars=8, lines=9}}"
    page = editions(tmp_path, text)["a4"].typography
    assert (page.size, page.size_name) == (size, name)


@pytest.mark.parametrize(
    ("written", "name"),
    [("大32K", "大32开"), ("32開", "32开"), ("a5", "A5"), ("大16开", "大16开")],
)
def test_a_page_may_be_written_as_people_write_it(
    tmp_path: Path, written: str, name: str
) -> None:
    page = editions(tmp_path, f'[edition.booklet]\npage = "{written}"')["booklet"]
    assert page.typography.page_name == name


def test_margins_and_leading_may_say_their_unit(tmp_path: Path) -> None:
    text = '[edition.booklet]\nhead = "3行"\nspine = "5字"\nleading = "小二"'
    page = editions(tmp_path, text)["booklet"].typography
    assert (page.head, page.spine, page.leading) == (54, 52.5, 18)
    text = '[edition.booklet]\nhead = "2.1cm"\nspine = "56.69磅"\nleading = "18pt"'
    page = editions(tmp_path, text)["booklet"].typography
    assert (page.head, page.spine, page.leading) == (59.53, 56.69, 18)


def test_a_size_without_a_leading_keeps_the_booklets_proportion(tmp_path: Path) -> None:
    own = editions(tmp_path, '[edition.booklet]\nsize = "小四"\n')
    assert own["booklet"].typography.leading == 20.5


def test_sizes_have_their_names() -> None:
    names = [size_name(points) for points in (10.5, 16.0, 11)]
    assert names == ["五号", "三号", "11 pt"]


def test_printed_sheets_count_by_the_leaves_of_a_page() -> None:
    a5 = (points(148), points(210))
    assert sheets(32, a5, "A5") == 1
    assert sheets(24, a5, "A5") == 0.75
    assert sheets(24, a5, "148×210 mm") == 0.75
    assert sheets(16, (points(210), points(297)), "210×297 mm") == 1
    assert sheets(1, (points(1200), points(1200)), "1200×1200 mm") == 1


def test_an_edition_that_nobody_gave_a_script_takes_the_books_language() -> None:
    book = Book("b", language="zh-Hant-TW")
    own = config.edition(book, "booklet")
    assert (own.script, own.typography.punctuation) == ("zh-Hant-TW", "tw")
    simplified = config.edition(book, "booklet-hans")
    assert (simplified.script, simplified.own_script) == ("zh-Hans", False)
    assert config.edition(replace(book, bare=True), "booklet").own_script
    assert config.edition(Book("b"), "epub").script == "zh-Hans"


def test_hanging_marks_are_asked_for_and_inherited(tmp_path: Path) -> None:
    text = """[edition.one]
extends = "booklet"
hanging = true
[edition.two]
extends = "one"
[edition.three]
extends = "one"
hanging = false
"""
    made = editions(tmp_path, text)
    hanging = {name: made[name].typography.hanging for name in made}
    assert hanging["one"]
    assert hanging["two"]
    assert not hanging["three"]
