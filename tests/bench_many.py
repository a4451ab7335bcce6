"""``make bench``: starting, building again, watching, and many books.

Writes ``build/bench-many.json`` and prints a table. CPU seconds are the kernel's own
account; wall times depend on what else the machine does. Usage:
``python tests/bench_many.py [BOOKS]``; the laws are those of the development corpus,
each varied, or the seed's text where they are not beside this checkout.
"""

from __future__ import annotations

import json
import multiprocessing
import shutil
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from statistics import median

from publisher import jobs
from publisher.jobs import Built
from publisher.jobs.workers import STATM
from tests.bench import LAW, OWN, ROOT, timed

SEED = ROOT / "sources" / "dangshi"
SMALL = 16_000
"""Bytes; larger laws would make a bench of hours."""
CHANGES = 6
"""While a book is watched."""
WARM_UP = 30
"""Books after which a worker's memory should not grow."""
MARKS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"


def laws(folder: Path, number: int) -> list[Path]:
    """So many different laws."""
    pool = sorted(p for p in LAW.parent.glob("*.md") if p.stat().st_size < SMALL)
    out = []
    for n in range(number):
        text = (pool or [OWN])[n % max(len(pool), 1)].read_text("utf-8")
        mark = MARKS[n % len(MARKS)] + MARKS[n // len(MARKS) % len(MARKS)]
        out.append(folder / f"law-{n:04}.md")
        out[-1].write_text(text.replace("。", f"（{mark}）。", 1), "utf-8")
    return out


def memory() -> dict[int, float]:
    """MiB that each worker holds now; their nursery is our child."""
    out = {}
    for nursery in multiprocessing.active_children():
        listed = Path(f"/proc/{nursery.pid}/task/{nursery.pid}/children").read_text()
        for process in map(int, listed.split()):
            try:
                pages = Path(f"/proc/{process}/{STATM.name}").read_text("ascii")
                out[process] = int(pages.split()[1]) * 4096 / (1 << 20)
            except (OSError, IndexError):  # one that has just ended
                continue
    return out


def many(folder: Path, number: int) -> dict[str, float]:
    """Rate, and how much the largest worker grew after the first books."""
    began, early, late = time.perf_counter(), 0.0, 0.0
    paths = laws(folder, number)
    names = ("booklet", "epub")
    for n, done in enumerate(jobs.build_each(paths, names, folder / "out", workers=2)):
        assert isinstance(done, Built)
        held = max(memory().values(), default=0.0)
        if n < WARM_UP:
            early = max(early, held)
        else:
            late = max(late, held)
    taken = time.perf_counter() - began
    return {
        "books": number,
        "books/min": 60 * number / taken,
        f"MiB, first {WARM_UP}": early,
        "MiB, after": late,
    }


def watched(source: Path, folder: Path, workers: int) -> dict[str, float]:
    """From a change of one character to the new booklet in its place.

    The changes are spread over the text, and each is to what the last one left.
    """
    copy = folder / source.name
    shutil.copy(source, copy)
    text = copy.read_text("utf-8")
    placed: list[tuple[float, float]] = []

    def progress(event: jobs.Event) -> None:
        if isinstance(event, jobs.Result) and event.target.edition.format == "pdf":
            placed.append((time.perf_counter(), time.process_time()))

    walls, cpus = [], []
    watching = jobs.watch(
        [copy], ["booklet"], folder / "warm", workers=workers, progress=progress
    )
    with closing(watching):  # type: ignore[type-var]
        next(watching)
        for n in range(CHANGES):
            at = text.rindex("的", 0, len(text) * (n + 1) // CHANGES)
            text = text[:at] + MARKS[n] + text[at + 1 :]
            copy.write_text(text, "utf-8")
            wall, cpu = time.perf_counter(), time.process_time()
            next(watching)
            walls.append(placed[-1][0] - wall)
            cpus.append(placed[-1][1] - cpu)
    return {
        "wall s": min(walls),
        "cpu s": min(cpus),
        "wall s, median": median(walls),
        "wall s, worst": max(walls),
    }


def main() -> None:
    """Print the table and write ``build/bench-many.json``."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    command = [sys.executable, "-m", "publisher"]
    figures: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        seed = [*command, "build", str(SEED), "-q", "-o", str(folder / "seed"), "-j2"]
        for what, line in {
            "--help": [*command, "--help"],
            "the seed's targets, cold": [*seed, "--fresh"],
            "nothing changed": seed,
        }.items():
            runs = [timed(line) for _ in range(3)]
            figures[what] = {
                "wall s": min(run.wall for run in runs),
                "cpu s": min(run.cpu for run in runs),
            }
        figures["one character, seed"] = watched(OWN, folder, 1)
        if LAW.exists():
            figures["one character, 民法典"] = watched(LAW, folder, 1)
        (folder / "laws").mkdir()
        figures["many"] = many(folder / "laws", number)
    for what, held in figures.items():
        print(what, held)
    out = ROOT / "build" / "bench-many.json"
    out.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
