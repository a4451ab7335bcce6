"""``make bench``: how lines are set, here and by others, as `inspect` sees it.

The same paragraphs at the booklet's measure: 28 characters of 10.5 pt on 18 pt. Texts
are the real page and, where the development corpus is at hand, the Civil Code. Usage:
``python tests/bench_lines.py``.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests import bench
from tests.typeset.making import document, paragraphs

Held = tuple[tuple[str, str, str], ...]
OURS = """
import sys
from pathlib import Path
from tests.typeset.making import make
page, out, style = sys.argv[1:]
html = Path(page).read_text("utf-8")
Path(out).write_bytes(make(html, style if style != "plain" else None)[0])
"""
TYPST_HEAD = """
#set page(width: 354pt, height: 595pt, margin: (x: 30pt, top: 54pt, bottom: 55pt))
#set text(font: "Noto Serif CJK SC", size: 10.5pt, lang: "zh", region: "cn")
#set par(justify: true, leading: 7.5pt, spacing: 7.5pt,
  first-line-indent: (amount: 2em, all: true))
"""
TEX_HEAD = r"""\documentclass[fontset=none]{ctexart}
\usepackage[paperwidth=354pt,paperheight=595pt,textwidth=294bp,left=30bp]{geometry}
\setCJKmainfont{Noto Serif CJK SC}
\setmainfont{Noto Serif CJK SC}
\begin{document}\fontsize{10.5bp}{18bp}\selectfont\raggedbottom
"""
CHROMIUM = [
    *("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"),
    *("--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--no-pdf-header-footer"),
]


def words(held: Held) -> Iterable[str]:
    """Each paragraph, its label in front."""
    for tag, label, text in held:
        if tag == "p":
            yield label + "\u3000" * bool(label) + " ".join(text.split())


def ways(held: Held, folder: Path) -> dict[str, tuple[list[str], Path]]:
    """A command for each program that this machine has, and what it writes."""
    page = folder / "page.html"
    body = "".join(f"<p>{escape(text)}</p>" for text in words(held))
    page.write_text(document(body), "utf-8")
    python = [sys.executable, "-c", OURS, str(page)]
    found = {
        "WeasyPrint": ([*python, str(folder / "w.pdf"), "plain"], folder / "w.pdf"),
        "ours, kaiming": (
            [*python, str(folder / "k.pdf"), "kaiming"],
            folder / "k.pdf",
        ),
        "ours, quanjiao": (
            [*python, str(folder / "q.pdf"), "quanjiao"],
            folder / "q.pdf",
        ),
    }
    typ, out = folder / "page.typ", folder / "t.pdf"
    codes = ("".join(f"\\u{{{ord(c):x}}}" for c in text) for text in words(held))
    typ.write_text(TYPST_HEAD + "\n".join(f'#par("{c}")' for c in codes), "utf-8")
    found["Typst"] = ([sys.executable, "-c", bench.TYPST, str(typ), str(out)], out)
    if shutil.which("xelatex"):
        found["xeCJK"] = _tex(held, folder)
    if shutil.which("chromium"):
        out = folder / "c.pdf"
        profile = f"--user-data-dir={folder / 'profile'}"
        command = [*CHROMIUM, profile, f"--print-to-pdf={out}", page.as_uri()]
        found["Chromium"] = (command, out)
    return found


def _tex(held: Held, folder: Path) -> tuple[list[str], Path]:
    tex = folder / "x.tex"
    text = "\n\n".join(words(held))
    for char in "\\%$#&_{}~^":
        text = text.replace(char, f"\\char`\\{char} ")
    tex.write_text(TEX_HEAD + text + "\n\\end{document}\n", "utf-8")
    options = ["-interaction=batchmode", f"-output-directory={folder}"]
    return ["xelatex", *options, str(tex)], folder / "x.pdf"


def inspected(path: Path) -> dict[str, Any]:
    """What `publisher inspect` says of a file's lines."""
    command = [sys.executable, "-m", "publisher", "inspect", "--json", str(path)]
    run = subprocess.run(command, capture_output=True, check=True)
    found: dict[str, Any] = json.loads(run.stdout)["composition"]
    return found


def main() -> None:
    """Print one table for each text."""
    sources = [bench.OWN, *([bench.LAW] if bench.LAW.exists() else [])]
    for source in sources:
        held = paragraphs(source)
        print(f"{source.name}: 28 characters of 10.5 pt")
        print(
            f"{'':16}{'lines':>7}{'flush':>8}{'kinsoku':>9}{'split':>7}{'pressed':>10}"
            f"{'orphans':>9}{'gap p99':>9}{'widest':>8}{'cpu s':>7}"
        )
        with tempfile.TemporaryDirectory() as name:
            for way, (command, out) in ways(held, Path(name)).items():
                run = bench.timed(command)
                print(f"{way:16}{row(inspected(out))}{run.cpu:7.2f}", flush=True)


def row(found: dict[str, Any]) -> str:
    """The figures of one file."""
    marks, gaps = found["adjacent"], found["gaps"]
    pressed = f"{marks['pressed']}/{marks['pairs']}"
    return (
        f"{found['lines']:7}{found['flush']:8.4f}{_count(found['kinsoku']):9}"
        f"{_count(found['split']):7}{pressed:>10}{_count(found['orphans']):9}"
        f"{gaps['p99']:9.4f}{gaps['widest']:8.4f}"
    )


def _count(found: Any) -> int:
    return found if isinstance(found, int) else len(found)


if __name__ == "__main__":
    main()
