"""What people and machines are told, character for character."""

from __future__ import annotations

import pytest

from publisher import report
from publisher.diagnostics import Diagnostic, Problem, Rule, Severity, Words
from publisher.source import Source, Span

RULE = Rule("X001", "odd-word", Severity.ERROR, Words("", ""), "", Words("", ""))
SAID = Words("这里不对", "this is odd")
PLAIN = report.painter(colour=False)


def found(text: str, word: str, name: str = "页.md") -> tuple[Diagnostic, list[Source]]:
    start = text.index(word)
    hint = Words("改一改", "mend it")
    span = Span(0, start, start + len(word))
    return Diagnostic(RULE, SAID, span, "reg.art_1", hint), [Source(name, text)]


def test_carets_stand_under_han_characters() -> None:
    shown = report.show(*found("一\n第一条 纳同年度。", "同"), "zh", PLAIN)
    assert shown.splitlines() == [
        "错误[X001 odd-word]: 这里不对",
        " --> 页.md:2:6  reg.art_1",
        "  |",
        "2 | 第一条 纳同年度。",
        "  |          ^^",
        "  = 提示：改一改",
    ]


def test_a_half_width_mark_gets_one_caret_and_english_is_english() -> None:
    shown = report.show(*found("第一条,第二条", ","), "en", PLAIN)
    assert "error[X001 odd-word]: this is odd" in shown
    assert shown.splitlines()[-2] == "  |       ^"
    assert shown.splitlines()[-1] == "  = hint: mend it"


def test_a_long_line_is_cut_on_both_sides_and_the_caret_moves_with_it() -> None:
    text = "前" * 50 + "错" + "后" * 50
    lines = report.show(*found(text, "错"), "zh", PLAIN).splitlines()
    assert lines[1] == " --> 页.md:1:51  reg.art_1"
    assert lines[3] == "1 | …" + "前" * 12 + "错" + "后" * 12 + "…"
    assert lines[4] == "  | " + " " * 25 + "^^"


def test_a_span_of_many_lines_is_marked_to_the_end_of_its_first_line() -> None:
    shown = report.show(*found("甲乙丙\n丁戊\n", "乙丙\n丁"), "zh", PLAIN)
    assert "  |   ^^^^" in shown.splitlines()


def test_a_very_long_span_is_marked_only_at_its_start() -> None:
    text = "字" * 500
    lines = report.show(*found(text, text), "zh", PLAIN).splitlines()
    assert lines[4].count("^") == 80


def test_a_place_at_the_end_of_a_line_gets_one_caret() -> None:
    source = Source("a.md", "第一条")
    end = Diagnostic(RULE, SAID, Span(0, 3, 3))
    lines = report.show(end, [source], "en", PLAIN).splitlines()
    assert lines[4] == "  |       ^"


def test_no_control_character_of_a_source_reaches_the_terminal() -> None:
    text = "甲\x1b[31m\u202e乙\t错\x07"
    shown = report.show(*found(text, "错"), "zh", PLAIN)
    assert "甲�[31m�乙 错�" in shown
    caret = shown.splitlines()[4]
    assert caret == "  | " + " " * (2 + 1 + 4 + 1 + 2 + 1) + "^^"


def test_combining_marks_take_no_column() -> None:
    assert report.columns("ē\u0301中ａ") == 1 + 0 + 2 + 2


def test_a_finding_without_a_place_names_the_node_it_is_about() -> None:
    shown = report.show(Diagnostic(RULE, SAID, where="qa"), [], "en", PLAIN)
    assert shown.splitlines() == ["error[X001 odd-word]: this is odd", "--> qa"]
    nowhere = report.show(Diagnostic(RULE, SAID), [], "en", PLAIN)
    assert nowhere == "error[X001 odd-word]: this is odd"


def test_an_allowed_finding_is_a_note_with_the_editors_reason() -> None:
    allowed = Diagnostic(RULE, SAID).allow("来源如此")
    shown = report.show(allowed, [], "zh", PLAIN)
    assert shown == "说明[X001 odd-word]: 这里不对\n = 编者已认可：来源如此"


def test_colour_is_only_added_never_changes_the_words() -> None:
    args = found("甲错", "错")
    painted = report.show(*args, "zh", report.painter(colour=True))
    assert "\x1b[1;31m" in painted
    for code in ("1;31", "1;33", "1;36", "1", "2", "0"):
        painted = painted.replace(f"\x1b[{code}m", "")
    assert painted == report.show(*args, "zh", PLAIN)


def test_a_problem_shows_place_and_each_line_of_its_hint() -> None:
    problem = Problem(3, SAID, Words("一\n二", "a\nb"), "book.toml:3:1")
    assert report.show_problem(problem, "zh", PLAIN).splitlines() == [
        "错误: 这里不对",
        "--> book.toml:3:1",
        " = 提示：一",
        "   二",
    ]
    assert report.show_problem(Problem(2, SAID), "en", PLAIN) == "error: this is odd"


def test_json_has_the_contracted_keys() -> None:
    given = report.diagnostic(*found("一\n甲错", "错"), "en")
    assert given == {
        "code": "X001",
        "name": "odd-word",
        "severity": "error",
        "file": "页.md",
        "line": 2,
        "column": 2,
        "message": "this is odd",
        "hint": "mend it",
        "where": "reg.art_1",
        "allowed": None,
    }
    bare = report.diagnostic(Diagnostic(RULE, SAID), [], "zh")
    assert (bare["file"], bare["line"], bare["column"]) == (None, None, None)
    assert (bare["hint"], bare["where"]) == (None, None)


def test_counts_name_every_severity() -> None:
    one = Diagnostic(RULE, SAID)
    given = report.counts([one, one, one.allow("x")])
    assert given == {"error": 2, "warning": 0, "note": 1}


def test_a_problem_as_json() -> None:
    assert report.problem(Problem(4, SAID, place="a.pdf"), "en") == {
        "status": 4,
        "message": "this is odd",
        "hint": None,
        "place": "a.pdf",
    }


def test_github_annotations_are_escaped() -> None:
    finding, sources = found("错", "错", "第1版,a:b.md")
    finding = Diagnostic(RULE, Words("", "100%\r\nodd"), finding.span)
    assert report.annotation(finding, sources, "en") == (
        "::error file=第1版%2Ca%3Ab.md,line=1,col=1,title=X001 odd-word"
        "::100%25%0D%0Aodd"
    )


def test_a_github_annotation_without_a_place_still_has_a_title() -> None:
    note = Diagnostic(RULE, SAID, hint=Words("改", "mend")).allow("r")
    given = report.annotation(note, [], "en")
    assert given == "::notice title=X001 odd-word::this is odd%0Amend"


SETTINGS = "mine/decisions.toml:7:1"


def test_a_finding_about_the_settings_points_at_them_and_shows_the_source_too() -> None:
    there = Diagnostic(RULE, SAID, where="reg.art_9", place=SETTINGS)
    shown = report.show(there, [], "en", PLAIN).splitlines()
    assert shown[1:] == [f"--> {SETTINGS}  reg.art_9"]
    given = report.diagnostic(there, [], "en")
    assert (given["file"], given["line"], given["column"]) == (SETTINGS[:-4], 7, 1)
    noted = report.annotation(there, [], "en")
    assert noted.startswith("::error file=mine/decisions.toml,line=7,col=1,title=")
    source = Source("a.md", "甲错")
    both = Diagnostic(RULE, SAID, Span(0, 1, 2), "reg.art_9", place=SETTINGS)
    shown = report.show(both, [source], "en", PLAIN).splitlines()
    assert shown[1:3] == [f"--> {SETTINGS}  reg.art_9", " --> a.md:1:2  reg.art_9"]


def test_a_hint_of_several_lines_is_shown_line_by_line() -> None:
    hint = Words("一\n  二", "a\n  b")
    shown = report.show(Diagnostic(RULE, SAID, hint=hint), [], "en", PLAIN)
    assert shown.splitlines()[1:] == [" = hint: a", "     b"]


@pytest.mark.parametrize(
    "source", [Source("a.doc", "\xd0\xcf", "latin-1"), Source("a.doc", "\n")]
)
def test_of_what_is_no_text_only_the_place_is_shown(source: Source) -> None:
    shown = report.show(Diagnostic(RULE, SAID, Span(0, 0, 0)), [source], "en", PLAIN)
    assert shown.splitlines()[1:] == ["--> a.doc:1:1"]
