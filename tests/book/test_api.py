from __future__ import annotations

from pathlib import Path

import pytest

import publisher
from tests.conftest import ROOT

BOOK = ROOT / "sources" / "dangshi"


def test_files_are_read_without_a_book(tmp_path: Path) -> None:
    other = tmp_path / "other.md"
    other.write_text("# 某条例\n\n第一条 甲。\n", "utf-8")
    read = publisher.read([BOOK / "page.md", str(other)])
    assert [source.name[-8:] for source in read.sources] == ["/page.md", "other.md"]
    assert read.collection.documents[-1].id == "reg-2"
    assert any(found.rule.name == "truncated" for found in read.diagnostics)
    assert publisher.read(str(other)).collection.documents[0].id == "reg"


def test_reading_nothing_is_misuse() -> None:
    with pytest.raises(ValueError, match="no file"):
        publisher.read([])


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(publisher.Problem) as raised:
        publisher.read(tmp_path / "none.md")
    assert raised.value.status in (2, 3)


def test_one_edition_may_be_named_without_a_list(tmp_path: Path) -> None:
    results = publisher.build(BOOK, "epub", tmp_path)
    assert [target.target.edition.name for target in results.targets] == ["epub"]
    assert results.targets[0].path.is_file()


def test_the_stage_and_the_function_of_one_name_live_together() -> None:
    from publisher.read import RULES

    assert RULES
    assert callable(publisher.read)


def test_a_corrected_number_is_neither_twice_nor_missing(tmp_path: Path) -> None:
    (tmp_path / "text.md").write_text(
        "# 某办法\n\n第一条 甲。\n\n第二条 乙。\n\n第二条 丙。\n\n第四条 丁。\n",
        "utf-8",
    )
    (tmp_path / "book.toml").write_text(
        'schema = 1\n[book]\nid = "b"\ntitle = "某办法"\n'
        '[[source]]\nfile = "text.md"\n',
        "utf-8",
    )
    names = [found.rule.name for found in publisher.read(tmp_path).diagnostics]
    assert {"duplicate-number", "skipped-number"} <= set(names)
    (tmp_path / "decisions.toml").write_text(
        '[[accept]]\nrule = "editor"\nwhere = "reg.art_2-dup2"\nbefore = "第二条"\n'
        'after = "第三条"\nreason = "据原件"\n',
        "utf-8",
    )
    read = publisher.read(tmp_path)
    assert [found.rule.name for found in read.diagnostics] == ["editor"]
    (document,) = read.collection.documents
    assert [inner.id for inner in document.body] == [
        *("art_1", "art_2", "art_2-dup2", "art_4")
    ]
