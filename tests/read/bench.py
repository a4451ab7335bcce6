"""``make bench``, second part: how well and how fast the reader reads.

Prints what the development set's own scorer counts on clean, damaged and seed files,
where references lead, how often each rule speaks for nothing, and what the outline of
the Civil Code takes beside ten copies of it; writes ``build/bench-read.json``. Without
the development set there is nothing to measure.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import get_args

from tests.bench import LAW, ROOT, Run, timed
from tests.check import alarms
from tests.read.cited import compare
from tests.read.scored import Kind, score

SHARED = ROOT.parent / "shared"
COPIES = 10


def references(shared: Path) -> dict[str, int]:
    """How many citations are wanted and found, and how many lead to the right ids."""
    counts: Counter[str] = Counter()
    for compared in compare(shared):
        counts += compared.counts()
    return dict(counts)


def speed(runs: int) -> dict[str, Run]:
    """The outline of one Civil Code and of ten, in turns; medians."""
    with tempfile.TemporaryDirectory() as name:
        ten = Path(name) / "ten.md"
        ten.write_text("\n".join([LAW.read_text("utf-8")] * COPIES), "utf-8")
        tiny = Path(name) / "tiny.md"
        tiny.write_text("第一条 甲。\n", "utf-8")
        ways = {"one article": tiny, "the Civil Code": LAW, f"{COPIES} copies": ten}
        taken: dict[str, list[Run]] = {way: [] for way in ways}
        for _ in range(runs):
            for way, path in ways.items():
                command = [sys.executable, "-m", "publisher", "outline", str(path)]
                taken[way].append(timed([*command, "--json"]))
    return {
        way: Run(*(statistics.median(column) for column in zip(*rows, strict=True)))
        for way, of in taken.items()
        for rows in [[(run.wall, run.cpu, run.peak) for run in of]]
    }


def main() -> int:
    """Print all figures and write them down."""
    if not LAW.exists():
        print("there is no development set to read")
        return 0
    figures: dict[str, object] = {kind: score(SHARED, kind) for kind in get_args(Kind)}
    figures["references"] = cited = references(SHARED)
    for name, found in figures.items():
        print(name)
        for what, value in found.items() if isinstance(found, dict) else ():
            print(f"  {what:22} {value}")
    print(f"  right targets          {cited['right'] / cited['with targets']:.4f}")
    taken = speed(3)
    for way, run in taken.items():
        print(f"{way:16} {run.cpu:6.2f} s of the processor, {run.peak:4.0f} MiB")
    one, ten = taken["the Civil Code"].cpu, taken[f"{COPIES} copies"].cpu
    print(f"{COPIES} copies take {ten / one:.1f} times as long as one")
    figures["speed"] = {way: vars_of(run) for way, run in taken.items()}
    (ROOT / "build" / "bench-read.json").write_text(
        json.dumps(figures, ensure_ascii=False, indent=1) + "\n", "utf-8"
    )
    return alarms.main(SHARED / "corpus")


def vars_of(run: Run) -> dict[str, float]:
    """A run's figures by name."""
    return {"wall": run.wall, "cpu": run.cpu, "peak MiB": run.peak}


if __name__ == "__main__":
    sys.exit(main())
