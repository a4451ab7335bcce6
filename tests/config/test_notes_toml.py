from __future__ import annotations

from pathlib import Path

import pytest

from publisher import config
from publisher.book import Highlighted, Remark
from publisher.diagnostics import Problem

BOOK = """schema = 1
[book]
id = "x"
title = "题"
[[source]]
file = "a.md"
"""
GOOD = """[[note]]
where = "reg.art_4__para_1"
text = "党史学习教育"
note = "编者注。"
all = true

[[mark]]
where = "reg.art_3"
text = "条例"
kind = "ruby"
reading = "tiáo lì"

[[mark]]
where = "reg.art_3"
text = "乾隆"
kind = "fixed"
to = { zh-Hant-TW = "乾隆" }

[[mark]]
where = "reg"
text = "干"
kind = "fixed"
to = "乾"
"""


def notes(folder: Path, text: str) -> tuple[Remark | Highlighted, ...]:
    (folder / "book.toml").write_text(BOOK, "utf-8")
    (folder / "notes.toml").write_text(text, "utf-8")
    return config.load(folder / "book.toml").notes


def test_a_book_has_the_notes_and_marks_beside_it(tmp_path: Path) -> None:
    ruby, fixed, everywhere, note = notes(tmp_path, GOOD)
    assert note == Remark("reg.art_4__para_1", "党史学习教育", "编者注。", every=True)
    assert note.place.endswith("notes.toml:3:1")
    assert ruby == Highlighted("reg.art_3", "条例", "ruby", "tiáo lì")
    assert isinstance(fixed, Highlighted)
    assert fixed.renderings == (("zh-Hant-TW", "乾隆"),)
    assert isinstance(everywhere, Highlighted)
    assert ("zh-Hant-HK", "乾") in everywhere.renderings


def test_a_book_without_such_a_file_has_none(tmp_path: Path) -> None:
    (tmp_path / "book.toml").write_text(BOOK, "utf-8")
    assert config.load(tmp_path / "book.toml").notes == ()


@pytest.mark.parametrize(
    ("wrong", "line", "said", "hint"),
    [
        ('[[mrak]]\nwhere = "reg"', "1:1", "mrak", "mark"),
        ('[[note]]\nwehre = "reg"', "2:1", "wehre", "where"),
        ('[[note]]\nwhere = "reg"\ntext = "甲"', "1:1", "note", ""),
        (
            '[[mark]]\nwhere = "reg"\ntext = "甲"\nkind = "emphasys"',
            "4:1",
            "emphasys",
            "emphasis",
        ),
        ('[[mark]]\nwhere = "reg"\ntext = "甲"\nkind = "ruby"', "4:1", "reading", ""),
        (
            '[[mark]]\nwhere = "a"\ntext = "甲"\nkind = "name"\nreading = "jiǎ"',
            "5:1",
            "ruby",
            "",
        ),
        (
            '[[mark]]\nwhere = "a"\ntext = "甲"\nkind = "fixed"\nto = "甲乙"',
            "5:1",
            "甲乙",
            "",
        ),
        (
            (
                '[[mark]]\nwhere = "a"\ntext = "甲"\nkind = "fixed"\n'
                'to = { zh-Hant-Tw = "乙" }'
            ),
            "5:8",
            "zh-Hant-Tw",
            "zh-Hant-TW",
        ),
        (
            '[[note]]\nwhere = "a"\ntext = "甲"\nnote = "注"\nall = "yes"',
            "5:1",
            "all",
            "",
        ),
    ],
)
def test_what_is_not_understood_is_an_error_at_its_place(
    tmp_path: Path, wrong: str, line: str, said: str, hint: str
) -> None:
    with pytest.raises(Problem) as raised:
        notes(tmp_path, wrong)
    problem = raised.value
    assert problem.status == 3
    assert problem.place.endswith(f"notes.toml:{line}")
    assert said in problem.message.en
    assert hint in problem.hint.en


def test_the_schema_of_the_notes_names_every_key() -> None:
    schema = config.schema("notes.toml")
    assert schema["title"] == "notes.toml"
    shown = str(schema)
    for key in ("where", "text", "note", "all", "kind", "reading", "to", "zh-Hant-HK"):
        assert f"'{key}'" in shown
    assert "'boolean'" in shown
    assert "accept" in str(config.schema("decisions.toml"))
