"""Hundreds of books, three ways: the outputs must be the same, and none may be missing.

The laws of the development corpus, each varied, as booklet and EPUB: by two workers of
this machine, through Dask with a worker killed half-way, and each alone in a process
of its own. Takes minutes to hours; ``make test`` does the same with a few. Usage:
``python -m tests.bench_hundreds [BOOKS]``; exits with 1 where something differs.
"""

from __future__ import annotations

import signal
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

from publisher import jobs
from tests.bench import timed
from tests.bench_many import laws, many
from tests.jobs.farm import farm

NAMES = ("booklet", "epub")


def sums(out: Path) -> dict[str, str]:
    """The sha256 of every book and manifest, by its place in the folder."""
    return {
        str(path.relative_to(out)): sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.glob("*/**/*"))
        if path.suffix in {".pdf", ".epub", ".json"}
        and ".cache" not in path.relative_to(out).parts
    }


def apart(paths: list[Path], out: Path) -> None:
    """Each book by a command of its own."""

    def one(path: Path) -> None:
        chosen = [flag for name in NAMES for flag in ("-e", name)]
        command = [sys.executable, "-m", "publisher", "build", str(path), *chosen]
        timed([*command, "-q", "-j1", "-o", str(out)])

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(one, paths))


def away(paths: list[Path], out: Path, folder: Path) -> bool:
    """Through Dask; whether a worker could be killed half-way."""
    done: list[jobs.Result] = []
    killed = False

    def progress(event: jobs.Event) -> None:
        nonlocal killed
        if isinstance(event, jobs.Result):
            done.append(event)
            if len(done) == len(paths) and not killed:  # half of all outputs
                killed = True
                lost.send_signal(signal.SIGKILL)

    with farm(folder) as made:
        lost, _ = made.worker(), made.worker()
        results = jobs.build(
            paths, NAMES, out, scheduler=made.address, progress=progress
        )
    assert not results.failures, results.failures
    return killed


def main() -> None:
    """Build all three ways and compare."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "laws").mkdir()
        print("two workers:", many(folder / "laws", number), flush=True)
        paths = laws(folder / "laws", number)
        began = time.perf_counter()
        killed = away(paths, folder / "away", folder / "farm")
        print(
            f"Dask: {time.perf_counter() - began:.0f} s, killed: {killed}", flush=True
        )
        apart(paths, folder / "apart")
        home, *others = (sums(folder / p) for p in ("laws/out", "away", "apart"))
        outputs = sum(not path.endswith(".json") for path in home)
        print(f"outputs: {outputs} of {2 * number}")
        wrong = [
            f"{place}: {path}"
            for place, held in zip(("Dask", "alone"), others, strict=True)
            for path in sorted({*home, *held})
            if home.get(path) != held.get(path)
        ]
        print("\n".join(wrong) or "all the same")
        sys.exit(bool(wrong) or outputs != 2 * number or not killed)


if __name__ == "__main__":
    main()
