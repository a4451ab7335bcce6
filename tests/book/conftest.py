"""The book of the page, made once for all tests here, as a user would make it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT


@dataclass(frozen=True)
class Built:
    """What one ``publisher build`` printed and left behind."""

    code: int
    json: dict[str, Any]
    stderr: str
    folder: Path

    def file(self, edition: str) -> Path:
        return next(
            Path(t["path"]) for t in self.json["targets"] if t["edition"] == edition
        )


def build(book: Path, out: Path, *flags: str, **environ: str) -> Built:
    """Run ``publisher build --json`` in a process of its own."""
    command = [sys.executable, "-m", "publisher", "build", str(book), "--json"]
    done = subprocess.run(
        [*command, "-o", str(out), *flags],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), **environ},
        cwd=out.parent,
        check=False,
    )
    return Built(done.returncode, json.loads(done.stdout), done.stderr, out)


@pytest.fixture(scope="session")
def dangshi(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The four files of the book in ``sources/dangshi``."""
    out = tmp_path_factory.mktemp("dangshi") / "build"
    return build(ROOT / "sources" / "dangshi", out, "-j", "2")
