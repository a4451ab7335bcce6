"""What must not change: text that is not Chinese, and bytes made sooner."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from publisher.typeset.guard import differences
from publisher.typeset.swift import SPEEDUPS, as_expected, different
from tests.conftest import ROOT
from tests.typeset.making import document, make
from tests.typeset.stress import BODY, CSS

ENGLISH = (
    "<h2>Regulations</h2><p>In order to promote the study of history, these “rules” "
    "are made; see <a href='#x'>article 25</a> and <b>others</b>.</p>"
    * 40
    + "<p id='x'>The end.</p>"
)
SCRIPT = """
import sys
from contextlib import ExitStack
from tests.typeset.making import document, make
from tests.typeset.stress import BODY, CSS
from tests.typeset.test_typeset_plain import ENGLISH
from publisher.typeset import swiftly
which, how, out = sys.argv[1:]
html = document(BODY, css=CSS) if which == "stress" else document(ENGLISH, lang="en")
with ExitStack() as stack:
    if "swift" in how:
        stack.enter_context(swiftly())
    data, account, _ = make(html, "kaiming" if "compose" in how else None)
open(out, "wb").write(data)
print(account.composed)
"""


def made(which: str, how: str, out: Path) -> tuple[bytes, int]:
    """A document made in a process of its own: what is wrapped stays wrapped."""
    command = [sys.executable, "-c", SCRIPT, which, how, str(out)]
    run = subprocess.run(command, check=True, cwd=ROOT, capture_output=True, text=True)
    return out.read_bytes(), int(run.stdout)


def test_the_engine_is_the_one_that_the_hooks_were_written_for() -> None:
    assert differences("lines") == ()
    assert different() == []
    assert [name for name, each in SPEEDUPS.items() if not as_expected(each)] == []


def test_a_document_that_is_not_chinese_keeps_its_bytes(tmp_path: Path) -> None:
    plain, _ = made("english", "none", tmp_path / "plain.pdf")
    composed, count = made("english", "compose", tmp_path / "composed.pdf")
    assert count == 0
    assert plain == composed


@pytest.mark.parametrize("which", ["stress", "english"])
@pytest.mark.parametrize("lines", ["", "compose"])
def test_swift_makes_the_same_bytes(which: str, lines: str, tmp_path: Path) -> None:
    slow, _ = made(which, lines or "none", tmp_path / "slow.pdf")
    quick, _ = made(which, f"swift {lines}", tmp_path / "quick.pdf")
    assert slow == quick


def test_the_same_document_gives_the_same_bytes_each_time() -> None:
    html = document(BODY, css=CSS)
    assert make(html)[0] == make(html)[0]


def test_an_environment_variable_leaves_all_to_weasyprint(tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    source.write_text("第一条　为了学习，制定本条例。\n", "utf-8")
    out = tmp_path / "out"
    command = [sys.executable, "-m", "publisher", "build", str(source), "-e", "booklet"]
    environ = {**os.environ, "PUBLISHER_PLAIN": "compose swift"}
    subprocess.run([*command, "-q", "-o", str(out)], check=True, env=environ)
    manifest = (out / "a" / "manifest.json").read_text("utf-8")
    assert '"composed": 0' in manifest
