"""``conversions.tsv`` and ``names.tsv``: each bad line is a finding at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from publisher import pipeline
from publisher.book import Override
from publisher.diagnostics import Diagnostic
from publisher.edition.conversion.memory import made_with, remember
from publisher.edition.conversion.tables import BAD_LINE, Table, line_of, read

GOOD = "复议\t復議\ttw\t行政复议法\n"


def table(text: str, *, names: bool = False) -> tuple[Table, list[Diagnostic]]:
    found: list[Diagnostic] = []
    return read(text, "b/conversions.tsv", found.append, names=names), found


def test_a_table_is_entries_with_region_and_reason() -> None:
    made, found = table(f"\ufeff# 说明\n{GOOD}\r\n里\t裏\n")
    assert found == []
    assert made.rows == (
        Override("复议", "復議", "tw", "行政复议法"),
        Override("里", "裏"),
    )
    assert made.rows[1].place == "b/conversions.tsv:4:1"


@pytest.mark.parametrize(
    ("line", "column", "word"),
    [
        ("复议\t復議案", 4, "length"),
        ("复议\t復義", 5, "form"),
        ("对象\t物件", 4, "form"),
        ("征程\t征程\tmo", 7, "region"),
        ("复议\t复\x00", 5, "cannot be"),
        ("复\udce4\t复a", 2, "GB18030"),
        ("复\ud800\t復\ud800", 2, "cannot be"),
        ("复议", 1, "tab"),
        ("\t復議", 1, "empty"),
        ("复议\t", 4, "empty"),
    ],
)
def test_a_bad_line_is_a_finding_and_the_others_count(
    line: str, column: int, word: str
) -> None:
    made, found = table(f"{GOOD}{line}\n里\t裡\n")
    assert [row.simplified for row in made.rows] == ["复议", "里"]
    (diagnostic,) = found
    assert diagnostic.rule is BAD_LINE
    assert diagnostic.place == f"b/conversions.tsv:2:{column}"
    assert word in diagnostic.message.en or word in diagnostic.rule.why.en
    assert diagnostic.message.zh


def test_a_key_may_stand_once_for_each_region() -> None:
    made, found = table(f"{GOOD}复议\t複議\thk\n复议\t複議\ttw\n")
    assert [row.region for row in made.rows] == ["tw", "hk"]
    assert [d.place for d in found] == ["b/conversions.tsv:3:1"]
    assert "1" in found[0].message.zh


def test_names_need_no_rendering_and_have_no_region() -> None:
    made, found = table("于谦\n乾某\t乾某\t姓\n范某\t范某某\n", names=True)
    assert made.rows == (
        Override("于谦", ""),
        Override("乾某", "乾某", "", "姓"),
    )
    assert [d.place for d in found] == ["b/conversions.tsv:3:4"]


def test_what_is_written_is_read_again() -> None:
    rows = (Override("里", "裡"), Override("复议", "復議", "tw", "理由"))
    made, found = table("\n".join(map(line_of, rows)))
    assert (made.rows, found) == (rows, [])
    assert line_of(rows[0]) == "里\t裡"


def test_a_decision_changes_its_own_line_and_the_head_alone() -> None:
    text = "# 编者的话\n# made with x 1\n里\t裏裏\n复议\t複議\ttw\t旧\n复议\t復議\thk\n"
    new = Override("复议", "復議", "tw", "新")
    other = Override("准入", "准入")
    made = remember(text, [new, other])
    assert made.splitlines() == [
        "# 编者的话",
        f"# made with {made_with()}",
        "里\t裏裏",
        "复议\t復議\ttw\t新",
        "复议\t復議\thk",
        "准入\t准入",
    ]
    assert remember(made, [new, other]) == made
    first = remember("", [other]).splitlines()
    assert first[1:] == [f"# made with {made_with()}", "准入\t准入"]


BOOK = """
schema = 1
[book]
id = "b"
title = "书"
[[source]]
file = "a.md"
[[document]]
from = { kind = "regulation" }
"""


def test_a_build_goes_on_without_a_bad_line(tmp_path: Path) -> None:
    (tmp_path / "book.toml").write_text(BOOK, "utf-8")
    (tmp_path / "a.md").write_text("# 某条例\n\n第一条 行政复议。\n", "utf-8")
    broken = "复议\t複議\ttw\n里\t裡裡\n".encode() + b"\xff\t\xff\n"
    (tmp_path / "conversions.tsv").write_bytes(broken)
    (tmp_path / "names.tsv").write_text("于某某\n", "utf-8")
    found: list[Diagnostic] = []
    loaded = pipeline.load(tmp_path)
    reading = pipeline.read_book(loaded, found.append)
    assert [row.traditional for row in reading.conversion.overrides] == ["複議"]
    assert [row.simplified for row in reading.conversion.names] == ["于某某"]
    places = [d.place for d in found if d.rule is BAD_LINE]
    assert places == [f"{tmp_path}/conversions.tsv:{at}" for at in ("2:3", "3:1")]
