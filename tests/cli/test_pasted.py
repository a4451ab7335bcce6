"""What hints give to be pasted into the settings is pasted, and does what it says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from publisher.check import RULES as CHECK
from publisher.cli import run
from publisher.config.pasted import ALLOWED, DECIDED
from publisher.diagnostics import Rule
from publisher.read import RULES as READ

Say = pytest.CaptureFixture[str]
BY_NAME = {rule.name: rule for rule in (*READ, *CHECK)}
BOOK = 'schema = 1\n[book]\nid = "b"\n[[source]]\nfile = "text.md"\n'


@pytest.fixture(autouse=True)
def in_a_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    monkeypatch.chdir(tmp_path)


def book(text: str, settings: str = "", decisions: str = "") -> None:
    Path("b").mkdir(exist_ok=True)
    Path("b/text.md").write_text(text, "utf-8")
    Path("b/book.toml").write_text(BOOK + settings, "utf-8")
    Path("b/decisions.toml").write_text(decisions, "utf-8")


def found(say: Say, what: str = "b") -> list[dict[str, Any]]:
    run(["check", what, "--json", "--fail-on", "never"])
    listed: list[dict[str, Any]] = json.loads(say.readouterr().out)["diagnostics"]
    return listed


def of(rule: str, listed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [each for each in listed if each["name"] == rule]


def pasted(hint: str, file: str) -> str:
    """The lines that a hint gives for one of the files, as a person copies them."""
    lines = hint.splitlines()
    heads = [n for n, line in enumerate(lines) if file in line and line[-1] == "："]
    assert heads, hint
    rest = lines[heads[-1] + 1 :]
    end = next((n for n, line in enumerate(rest) if line[:2] != "  "), len(rest))
    return "\n".join(rest[:end]) + "\n"


@pytest.mark.parametrize("name", sorted(ALLOWED))
def test_an_allowance_that_is_pasted_allows_the_finding(name: str, capsys: Say) -> None:
    book(BY_NAME[name].example)
    before = of(name, found(capsys))
    settings = "".join(pasted(each["hint"], "book.toml") for each in before)
    book(BY_NAME[name].example, settings)
    after = found(capsys)
    assert [each["severity"] for each in of(name, after)] == ["note"] * len(before)
    assert not of("unused-allowance", after)


@pytest.mark.parametrize("name", sorted(DECIDED - {"misquoted"}))
def test_a_decision_that_is_pasted_finds_its_place_and_wants_only_to_be_filled_in(
    name: str, capsys: Say
) -> None:
    text = BY_NAME[name].example
    book(text)
    (first, *_) = of(name, found(capsys))
    decision = pasted(first["hint"], "decisions.toml")
    book(text, decisions=decision)
    (said,) = of("broken-decision", found(capsys))
    assert said["severity"] == "error"
    after = decision.replace("after = ", "after = '某某' # ")
    book(text, decisions=after)
    listed = found(capsys)
    assert of("editor", listed)
    decided = ("broken-decision", "stale-decision", "ambiguous-decision")
    assert not [each for rule in decided for each in of(rule, listed)]


def test_what_a_quotation_should_be_is_in_the_decision_that_is_pasted(
    capsys: Say,
) -> None:
    text = BY_NAME["misquoted"].example
    book(text)
    (first,) = of("misquoted", found(capsys))
    book(text, decisions=pasted(first["hint"], "decisions.toml"))
    assert found(capsys) != []
    assert not of("misquoted", found(capsys))
    assert not [each for each in found(capsys) if "decision" in each["name"]]


def test_where_a_book_has_its_allowances_in_brackets_another_goes_among_them(
    capsys: Say,
) -> None:
    text = "# 某条例\n\n第一条 甲。\n\n第三条 乙。\n\n第五条 丙（丁。\n"
    other = '{ rule = "unbalanced-bracket", where = "reg.art_5__para_1", reason = "r" }'
    book(text, f"[check]\nallow = [\n  {other},\n]\n")
    (first,) = of("skipped-number", found(capsys))
    row = pasted(first["hint"], "book.toml")
    book(text, f"[check]\nallow = [\n  {other},\n{row}]\n")
    rules = ("skipped-number", "unbalanced-bracket")
    told = [each["severity"] for rule in rules for each in of(rule, found(capsys))]
    assert told == ["note", "note"]


def test_every_cure_that_speaks_of_the_settings_has_lines_to_paste() -> None:
    def named(words: str) -> frozenset[str]:
        return frozenset(n for n, r in BY_NAME.items() if _told(r, words))

    def _told(rule: Rule, words: str) -> bool:
        return words in rule.cure.zh

    assert named("予以允许") == ALLOWED
    assert (
        named("在 decisions.toml 中写明") | named("在 decisions.toml 里改正") == DECIDED
    )


def test_a_bare_file_is_made_a_book_by_the_command_that_its_hint_names(
    capsys: Say,
) -> None:
    Path("某 条例.md").write_text(BY_NAME["skipped-number"].example, "utf-8")
    (first,) = of("skipped-number", found(capsys, "某 条例.md"))
    *_, last = first["hint"].splitlines()
    assert last.endswith("：publisher init 'sources/某 条例' --from '某 条例.md'")
    assert run(["init", "sources/某 条例", "--from", "某 条例.md", "-q"]) == 0
    book_toml = Path("sources/某 条例/book.toml")
    before = of("skipped-number", found(capsys, str(book_toml.parent)))
    assert [each["file"] for each in before] == ["sources/某 条例/某 条例.md"]
    with book_toml.open("a", encoding="utf-8") as file:
        file.write(pasted(before[0]["hint"], "book.toml"))
    assert run(["check", str(book_toml.parent)]) == 0


def test_a_quotation_mark_without_its_partner_is_told_of_once(capsys: Say) -> None:
    book("# 某条例\n\n第一条 增强“四个意识、坚定自信，制定本条例。\n")
    run(["build", "b", "-e", "epub-tw", "-j", "1", "--fail-on", "never"])
    err = capsys.readouterr().err
    assert err.count("unbalanced-quote") == 1
    assert "unmatched-quotation-mark" not in err


def test_a_book_without_a_publisher_is_told_so_until_the_line_is_pasted(
    capsys: Say,
) -> None:
    text = "# 某条例\n\n第一条 本条例自公布之日起施行。\n"
    book(text)
    (said,) = of("unnamed-publisher", found(capsys))
    assert said["severity"] == "note"
    line = pasted(f"{said['hint']}", "book.toml")
    Path("b/book.toml").write_text(BOOK.replace("[[source", f"{line}[[source"), "utf-8")
    assert not found(capsys)
