"""What looks like something else is proposed, and what only looks odd is left."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.repair.mended import accept, mend

RULES = ("letter-for-digit", "variant-character")


def proposed(text: str) -> list[tuple[str, str]]:
    made = mend(f"第一条 {text}\n")
    return [(r.before, r.after) for rule in RULES for r in made.records(rule)]


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("每平方米0.l元。", "l"),
        ("按l.5倍计算。", "l"),
        ("不低于O.5％。", "O"),
        ("共1O人。", "O"),
        ("不超过2l0名。", "l"),
        ("共l2条。", "l"),
        ("每次1.O5 元。", "O"),
    ],
)
def test_a_letter_inside_a_number_is_perhaps_a_digit(text: str, letters: str) -> None:
    found = proposed(text)
    assert "".join(before for before, _ in found) == letters
    assert [after for _, after in found] == ["0" if c == "O" else "1" for c in letters]


@pytest.mark.parametrize(
    "text",
    [
        "每次用水5l以下、0.5l以下。",
        "空气中的O2、O3浓度和I2含量。",
        "型号为A1O型、GB1l号、IO设备。",
        "见 https://example.cn/1l0名 和 3I-l。",
        "三硫化二砷As2S3、氯酸钾KClO3的用量。",
        "第II类和第l类。",
    ],
)
def test_letters_that_mean_themselves_are_left(text: str) -> None:
    assert proposed(text) == []


@pytest.mark.parametrize(
    ("text", "pair"),
    [("最髙不超过五元。", ("髙", "高")), ("\uf97e词。", ("\uf97e", "量"))],
)
def test_a_shape_that_no_standard_has_is_proposed_in_its_usual_form(
    text: str, pair: tuple[str, str]
) -> None:
    assert proposed(text) == [pair]


def test_the_editor_accepts_it_as_any_proposal() -> None:
    decision = accept("reg.art_1", "最髙", "最高", "variant-character")
    made = mend("第一条 最髙不超过五元。\n", decision)
    assert made.words("reg.art_1").endswith("最高不超过五元。")
    (record,) = made.records("variant-character")
    assert (record.status, record.reason) == ("applied", decision.reason)


def test_the_clean_files_have_nothing_of_the_sort(shared: Path) -> None:
    files = [
        *(shared / "corpus").glob("laws/*.md"),
        *(shared / "corpus").glob("moj/*.txt"),
    ]
    assert files
    for path in files:
        made = mend(path.read_bytes())
        assert not [r for rule in RULES for r in made.records(rule)], path.name
