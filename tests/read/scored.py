"""The development set's own scorer, run on the command as it is installed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Literal, TypeAlias

Kind: TypeAlias = Literal["clean", "damaged", "seed"]
WIDTH = "fullwidth-punctuation"


def score(shared: Path, kind: Kind) -> dict[str, Any]:
    """The figures of one run of ``score_outline.py``, as its last line has them."""
    corpus, seed = shared / "corpus", shared / "seed"
    places = {
        "clean": [corpus / "truth", corpus],
        "damaged": [corpus / "damaged"],
        "seed": [seed / "page.md", seed / "reading-order.json"],
    }[kind]
    run = f"{sys.executable} -m publisher outline {{}} --json"
    scorer = shared / "tools" / "score_outline.py"
    command = [sys.executable, scorer, kind, *places, "--run", run]
    done = subprocess.run(
        [*map(str, command), "--width-rules", WIDTH],
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    figures: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return figures
