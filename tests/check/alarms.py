"""How often each rule speaks on clean texts, and how often for nothing.

Run as ``python -m tests.check.alarms``: reads, repairs and checks the clean laws and
the plain texts of Taiwan's laws, and prints for each rule its findings, the files in
which it speaks, and the files in which a person has judged that it should not have.
What nobody has judged counts as false. A rule that is wrong in more than one file of
twenty must become a note, or go.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from publisher.check import check
from publisher.diagnostics import Diagnostic, Severity
from publisher.read import decode, read
from publisher.repair import repair, undo
from publisher.tree import walk

MOST = 1 / 20
RIGHT: frozenset[tuple[str, str]] = frozenset(
    {
        # articles or chapters that the source lacks: excerpts, losses of the crawler
        ("skipped-number", "10"),
        ("skipped-number", "23"),
        ("skipped-number", "27"),
        ("first-number", "03"),
        ("first-number", "08"),
        ("first-number", "10"),
        ("first-number", "21"),
        # points whose number was lost, so that their list has a gap
        ("skipped-number", "28"),
        ("first-number", "28"),
        # headings that stand as bare lines
        ("lost-heading-number", "21"),
        ("lost-heading-number", "23"),
        ("lost-heading-number", "27"),
        ("lost-heading-number", "28"),
        # 续表 without a table; a title with nothing under it; attachments left out
        ("lost-table", "17"),
        ("lost-table", "25"),
        ("missing-attachment", "D0120011"),
        # marks that have no partner in the source
        ("unbalanced-quote", "12"),
        ("unbalanced-bracket", "18"),
        ("unbalanced-bracket", "27"),
        # an excerpt cites what is outside it; an article that is missing is cited
        ("unresolved-reference", "03"),
        ("unresolved-reference", "23"),
    }
)
"""What a person has found to be right, by rule and beginning of the file's name."""


@dataclass
class Tally:
    """What one rule said: findings and files, and the files where it was wrong."""

    code: str = ""
    level: Severity = Severity.NOTE
    findings: int = 0
    files: set[str] = field(default_factory=set)
    wrong: set[str] = field(default_factory=set)
    sample: str = ""


def clean(corpus: Path) -> list[Path]:
    """The files of the development set that nobody has damaged."""
    return [
        *sorted((corpus / "laws").glob("*.md")),
        *sorted((corpus / "moj").glob("*.txt")),
    ]


def heard(path: Path) -> tuple[list[Diagnostic], int]:
    """All that is said of a file; and how many repairs other than of width.

    Raises:
        ValueError: the repairs could not be undone.
    """
    found: list[Diagnostic] = []
    source = decode(path.name, path.read_bytes(), found.append)
    collection = repair(read((source,), found.append), (), found.append)
    check(collection, found.append)
    if walk.restore(undo(collection), 1) != (source.text,):
        raise ValueError(f"{path.name}: the repairs could not be undone")
    applied = (r for r in collection.repairs if r.status == "applied")
    return found, sum(r.rule != "fullwidth-punctuation" for r in applied)


def tallied(said: Mapping[str, Iterable[Diagnostic]]) -> dict[str, Tally]:
    """The tally of each rule, by name."""
    out: dict[str, Tally] = defaultdict(Tally)
    for name, found in said.items():
        key = name.partition("-")[0].partition(".")[0]
        for finding in found:
            tally = out[finding.rule.name]
            tally.code = finding.rule.code
            tally.level = max(tally.level, finding.level)
            tally.findings += 1
            tally.files.add(name)
            if finding.level > Severity.NOTE and (finding.rule.name, key) not in RIGHT:
                tally.wrong.add(name)
                tally.sample = tally.sample or f"{key}: {finding.message.zh[:40]}"
    return out


def too_often(tallies: Mapping[str, Tally], files: int) -> list[str]:
    """The rules that are wrong in more than one file of twenty."""
    return [name for name, tally in tallies.items() if len(tally.wrong) > MOST * files]


def main(corpus: Path) -> int:
    """Print the table; 1 where a rule is wrong too often or a clean file repaired."""
    paths = clean(corpus)
    results = {path.name: heard(path) for path in paths}
    tallies = tallied({name: found for name, (found, _) in results.items()})
    print(f"{'rule':34} {'level':8} findings files false")
    for name, tally in sorted(tallies.items(), key=lambda pair: pair[1].code):
        counts = f"{tally.findings:8} {len(tally.files):5} {len(tally.wrong):5}"
        print(f"{tally.code} {name:29} {tally.level.name:8} {counts}  {tally.sample}")
    repaired = sum(count for _, count in results.values())
    print(f"{len(paths)} files; repairs other than of width: {repaired}")
    wrong = too_often(tallies, len(paths))
    print(f"false in more than one file of twenty: {'、'.join(wrong) or 'none'}")
    return int(bool(wrong or repaired))


if __name__ == "__main__":
    root = Path(__file__).resolve().parents[3] / "shared" / "corpus"
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else root))
