"""``make bench``: how long a law takes from its source to a PDF, beside its peers.

Whole processes, one after the other in turns (A B C A B C …), so that a machine whose
speed drifts does not favour one; the ratios of one run are what counts. Writes
``build/bench.json`` and prints a table. Usage: ``python tests/bench.py [RUNS]``.

The text is the Civil Code of the development corpus; without that folder, the book of
this checkout.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from publisher import pipeline
from publisher.source import Source
from publisher.tree import dump
from publisher.tree.nodes import Article, Collection, Division
from publisher.tree.walk import plain

ROOT = Path(__file__).resolve().parent.parent
LAW = ROOT.parent / "shared" / "corpus" / "laws" / "00-民法典-合编.md"
OWN = ROOT / "sources" / "dangshi" / "page.md"

PLAIN = """
import sys, weasyprint
weasyprint.HTML(filename=sys.argv[1]).write_pdf(sys.argv[2], pdf_variant=sys.argv[3])
"""
TYPST = """
import sys, typst
typst.compile(sys.argv[1], output=sys.argv[2], pdf_standards=sys.argv[3:])
"""
TYPST_HEAD = """
#set page(width: 148mm, height: 210mm, margin: (x: 22mm, top: 21mm, bottom: 17.5mm))
#set text(font: "Noto Serif CJK SC", size: 10.5pt, lang: "zh", region: "cn")
#set par(justify: true, leading: 7.5pt, spacing: 7.5pt,
  first-line-indent: (amount: 2em, all: true))
"""
TYPST_BOOK = """
#set document(title: "book")
#set page(numbering: "1", header: context {
  let before = query(selector(heading).before(here()))
  if before.len() > 0 { before.last().body }
})
#outline()
"""
"""What makes a book of it: contents with page numbers and links, running heads."""
XELATEX = [
    *("--toc", "--pdf-engine=xelatex", "-V", "documentclass=ctexart"),
    *("-V", "papersize=a5", "-V", "classoption=fontset=none"),
    *("-V", "CJKmainfont=Noto Serif CJK SC"),
]


@dataclass(frozen=True)
class Run:
    """What one process took: seconds by the clock and of the processor, MiB."""

    wall: float
    cpu: float
    peak: float


def timed(command: list[str]) -> Run:
    """Run a command to its end and take the kernel's own account of it."""
    null = os.open(os.devnull, os.O_WRONLY)
    files = [(os.POSIX_SPAWN_DUP2, null, 1), (os.POSIX_SPAWN_DUP2, null, 2)]
    start = time.perf_counter()
    pid = os.posix_spawnp(command[0], command, os.environ, file_actions=files)
    _, status, usage = os.wait4(pid, 0)
    wall = time.perf_counter() - start
    os.close(null)
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 1):  # 1: findings, after the files were written
        raise SystemExit(f"{' '.join(command)}: exit {code}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def read(source: Path) -> Collection:
    """The tree of one file, findings aside."""
    loaded = pipeline.load(source)
    return pipeline.read_book(loaded, lambda _: None).collection


def typst_source(collection: Collection, head: str) -> str:
    """The same paragraphs as Typst markup."""
    out = [head]
    for document in collection.documents:
        for _, entry in dump.entries(document):
            words = "".join(f"\\u{{{ord(c):x}}}" for c in shown(entry))
            if isinstance(entry, Division):
                out.append(f'#heading(level: 1, "{words}")')
            elif words:
                out.append(f'#par("{words}")')
    return "\n".join(out)


def markdown(collection: Collection) -> str:
    """The same paragraphs as Markdown, for pandoc."""
    out = []
    for document in collection.documents:
        for _, entry in dump.entries(document):
            mark = "# " if isinstance(entry, Division) else ""
            if words := shown(entry):
                out.append(mark + words)
    return "\n\n".join(out)


def shown(entry: dump.Entry) -> str:
    """The characters of one paragraph, its marker in front."""
    mark = dump.label(entry)
    words = plain(dump.own_run(entry))
    own = (mark.text + "\u3000" if mark else "") + words
    return "" if isinstance(entry, Article) else own


def contestants(source: Path, folder: Path) -> dict[str, list[str]]:
    """Every way to the PDF that this machine has, by name."""
    python = sys.executable
    collection = read(source)
    page = folder / "book.html"
    page.write_text(html_of(source), "utf-8")
    bare, typ = folder / "bare.typ", folder / "book.typ"
    bare.write_text(typst_source(collection, TYPST_HEAD), "utf-8")
    typ.write_text(typst_source(collection, TYPST_HEAD + TYPST_BOOK), "utf-8")
    build = [
        python,
        "-m",
        "publisher",
        "build",
        str(source),
        "-e",
        "booklet",
        "--fresh",
    ]
    plain = [python, "-c", PLAIN, str(page)]
    typst = [python, "-c", TYPST]
    found = {
        "publisher": [*build, "-q", "-o", str(folder / "out")],
        "WeasyPrint, tagged": [*plain, str(folder / "ua.pdf"), "pdf/ua-1"],
        "WeasyPrint, plain": [*plain, str(folder / "plain.pdf"), ""],
        "Typst, a tagged book": [*typst, str(typ), str(folder / "book.pdf"), "ua-1"],
        "Typst, paragraphs": [*typst, str(bare), str(folder / "bare.pdf")],
    }
    if shutil.which("pandoc") and shutil.which("xelatex"):
        text = folder / "book.md"
        text.write_text(markdown(collection), "utf-8")
        pdf = str(folder / "xelatex.pdf")
        found["pandoc + XeLaTeX"] = ["pandoc", str(text), "-o", pdf, *XELATEX]
    return found


def html_of(source: Path) -> str:
    """The very HTML that the booklet of this source is made from."""
    from publisher import assets, fonts
    from publisher.edition import prepare
    from publisher.render import render_print

    loaded = pipeline.load(source)
    reading = pipeline.read_book(loaded, lambda _: None)
    edition = next(e for e in loaded.book.editions if e.name == "booklet")
    prepared = prepare(reading.collection, loaded.book, edition, lambda _: None)
    faces = fonts.load(assets.fonts())
    imprint = pipeline.imprint_of(loaded, reading, edition, faces)
    return render_print(prepared, imprint)


def main() -> None:
    """Print the table and write ``build/bench.json``."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    source = LAW if LAW.exists() else OWN
    with tempfile.TemporaryDirectory() as name:
        taken = in_turns(contestants(source, Path(name)), runs)
    text = Source(source.name, source.read_text("utf-8"))
    report(text, taken)


def in_turns(ways: Mapping[str, list[str]], runs: int) -> dict[str, list[Run]]:
    """Run every command so many times, A B C A B C …"""
    taken: dict[str, list[Run]] = {way: [] for way in ways}
    for turn in range(runs + 1):
        for way, command in ways.items():
            run = timed(command)
            if turn:  # the first turn only warms the disk's cache
                taken[way].append(run)
    return taken


def medians_of(taken: Mapping[str, list[Run]]) -> dict[str, Run]:
    """Of each way, each figure's median."""
    return {
        way: Run(*map(statistics.median, zip(*map(list_of, of), strict=True)))
        for way, of in taken.items()
    }


def report(source: Source, taken: dict[str, list[Run]]) -> None:
    """Medians and ratios, for people and for the file."""
    medians = medians_of(taken)
    own = medians["publisher"]
    print(f"{source.name}, {len(source.text):,} characters, to A5 PDF; medians")
    print(f"{'':22}{'wall s':>8}{'cpu s':>8}{'peak MiB':>10}{'ours ÷ it':>11}")
    for way, run in medians.items():
        ratio = own.wall / run.wall
        print(f"{way:22}{run.wall:8.2f}{run.cpu:8.2f}{run.peak:10.0f}{ratio:11.2f}")
    out = ROOT / "build" / "bench.json"
    record = {
        "source": source.name,
        "runs": {way: [asdict(run) for run in of] for way, of in taken.items()},
        "ratio of wall time": {w: own.wall / r.wall for w, r in medians.items()},
        "ratio of cpu time": {w: own.cpu / r.cpu for w, r in medians.items()},
    }
    out.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", "utf-8")


def list_of(run: Run) -> list[float]:
    """The figures of a run in a row."""
    return [run.wall, run.cpu, run.peak]


if __name__ == "__main__":
    main()
