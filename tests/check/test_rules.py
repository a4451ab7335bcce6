from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from publisher import check, repair
from publisher.book import Allow
from publisher.check import epub
from publisher.check.marks import UNBALANCED_QUOTE
from publisher.check.numbering import SKIPPED_NUMBER
from publisher.diagnostics import Diagnostic, Report, Rule, Severity, Words
from publisher.read import decode, read
from publisher.tree.nodes import Collection

TABLES: tuple[repair.Row | check.Row, ...] = (*repair.REPAIRS, *check.CHECKS)
RULES = (*repair.RULES, *check.RULES, *epub.RULES)


def findings(text: str) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    report: Report = found.append
    collection: Collection = read((decode("a.md", text.encode(), report),), report)
    check.check(repair.repair(collection, (), report), report)
    return found


@pytest.mark.parametrize(
    "rule", [row.rule for row in TABLES], ids=lambda rule: rule.name
)
def test_each_rules_example_makes_it_speak(rule: Rule) -> None:
    spoken = [d for d in findings(rule.example) if d.rule is rule]
    assert spoken
    for finding in spoken:
        assert finding.where
        assert finding.span.file == 0
        for words in (finding.message, finding.rule.why, finding.rule.cure):
            assert words.zh
            assert words.en
            assert "{" not in words.zh + words.en


def test_codes_and_names_are_given_once() -> None:
    for values in ([r.code for r in RULES], [r.name for r in RULES]):
        assert max(Counter(values).values()) == 1


def test_a_clean_text_has_no_findings() -> None:
    text = (
        "# 学校安全条例\n\n## 第一章 总则\n\n第一条 为了规范管理，制定本条例。\n\n"
        "第二条 学校应当做到：\n\n（一）甲；\n\n（二）乙。\n\n## 第二章 附则\n\n"
        "第三条 本条例第二条所称“学校”（含幼儿园），按《教育法》确定。\n"
    )
    assert findings(text) == []


SKIPPED = Diagnostic(SKIPPED_NUMBER, Words("缺", "missing"), where="reg")
QUOTE = Diagnostic(UNBALANCED_QUOTE, Words("引号", "quote"), where="qa.q_1")


def test_an_allowed_finding_is_a_note_that_keeps_the_reason() -> None:
    one, other = check.allow(
        [SKIPPED, QUOTE], [Allow("skipped-number", "reg", "原报如此")]
    )
    assert (one.level, one.allowed) == (Severity.NOTE, "原报如此")
    assert other is QUOTE


def test_an_allowance_may_name_the_code() -> None:
    (finding,) = check.allow([SKIPPED], [Allow("C101", "reg", "原报如此")])
    assert finding.level is Severity.NOTE


@pytest.mark.parametrize(
    "allowance",
    [
        Allow("skipped-number", "qa", "原报如此"),
        Allow("skipped-number", "reg.art_3", "原报如此"),
        Allow("skipped-number", "*", "原报如此"),
        Allow("unbalanced-quote", "qa", "原报如此"),
        Allow("skipped-number", "reg", ""),
    ],
)
def test_an_allowance_that_matches_nothing_is_a_finding(allowance: Allow) -> None:
    *found, unused = check.allow([SKIPPED, QUOTE], [allowance])
    assert found == [SKIPPED, QUOTE]
    assert unused.rule.name == "unused-allowance"
    assert unused.level is Severity.WARNING
    assert unused.where == allowance.where


def test_only_findings_of_kept_documents_and_of_none_concern_a_book() -> None:
    nowhere = Diagnostic(SKIPPED_NUMBER, Words("文件", "file"))
    assert check.concerning([SKIPPED, QUOTE, nowhere], ["qa"]) == (SKIPPED, nowhere)


def test_only_an_allowance_that_matched_is_a_fact_to_be_told() -> None:
    broken = "# 某某条例\n\n第一条 为了管理，制定本条例。\n\n第三条 本条例施行。\n"
    by_name = Allow("skipped-number", "reg", "原本如此")
    by_code = replace(by_name, rule="C101")
    idle = Allow("first-number", "reg", "不曾有")
    told = check.allow(findings(broken), (by_name, idle))
    assert check.used(told, (by_name, by_code, idle)) == (by_name, by_code)
