"""False alarms on clean files; the greatest are left to the benchmark."""

from __future__ import annotations

from pathlib import Path

from publisher.check.marks import UNBALANCED_QUOTE
from publisher.check.numbering import SKIPPED_NUMBER
from publisher.diagnostics import Diagnostic, Words
from tests.check.alarms import clean, heard, tallied, too_often

BIG = 150_000


def test_no_rule_is_wrong_on_more_than_one_clean_file_in_twenty(shared: Path) -> None:
    paths = [p for p in clean(shared / "corpus") if p.stat().st_size < BIG]
    results = {path.name: heard(path) for path in paths}
    tallies = tallied({name: found for name, (found, _) in results.items()})
    assert len(paths) > 30
    assert too_often(tallies, 38) == []
    assert {name: n for name, (_, n) in results.items() if n} == {}


def test_what_nobody_has_judged_counts_as_false() -> None:
    gap = Diagnostic(SKIPPED_NUMBER, Words("缺", "missing"))
    quote = Diagnostic(UNBALANCED_QUOTE, Words("引号", "quote"))
    tallies = tallied({"10-甲.md": [gap, quote], "99-乙.md": [quote]})
    assert too_often(tallies, 20) == ["unbalanced-quote"]
    assert tallies["skipped-number"].wrong == set()
    assert tallies["unbalanced-quote"].wrong == {"10-甲.md", "99-乙.md"}
