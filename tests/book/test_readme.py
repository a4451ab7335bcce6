"""What the README promises is run here."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from publisher import config
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")


def block(language: str) -> str:
    found = re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    assert found, language
    return str(found[0])


def test_the_python_example_runs_and_says_what_it_read(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "sources", tmp_path / "sources")
    done = subprocess.run(
        [sys.executable, "-c", block("python")],
        capture_output=True,
        encoding="utf-8",
        cwd=tmp_path,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = done.stdout.splitlines()
    assert said[:4] == ["reg regulation", "qa press_qa", "news news", "news-2 news"]
    assert said[4].startswith("党史学习教育工作条例 ['booklet', 'epub',")
    assert (tmp_path / said[5]).is_file()


def test_the_settings_shown_are_valid(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("# 某某条例\n", "utf-8")
    path = tmp_path / "book.toml"
    shown = re.findall(r"^```toml\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    path.write_text(shown[0], "utf-8")
    (tmp_path / "decisions.toml").write_text(shown[1], "utf-8")
    (tmp_path / "notes.toml").write_text(shown[2], "utf-8")
    book = config.load(path)
    assert {"booklet", "booklet-tw"} <= {edition.name for edition in book.editions}
    assert [decision.verdict for decision in book.decisions] == ["accept", "reject"]
    assert len(book.notes) == 4


def test_the_table_of_the_architecture_names_every_module() -> None:
    package = ROOT / "publisher"
    inside = {p.name for p in package.iterdir() if p.suffix == ".py" or p.is_dir()}
    rows = "".join(re.findall(r"^\| `.*$", README, re.MULTILINE))
    named = set(re.findall(r"`(\w+(?:/|\.py))`", rows))
    own = {name.rstrip("/") for name in named}
    assert inside - own <= {"__init__.py", "__main__.py", "__pycache__"}
    assert own - inside == {"publisher", "sources"}


def test_every_picture_is_there() -> None:
    for path in re.findall(r"!\[[^]]*\]\(([^)]+)\)", README):
        assert (ROOT / path).is_file()
