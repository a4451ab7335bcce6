"""All that can stand in a line, composed and plain: the same document twice."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from publisher.typeset import Account
from tests.typeset import extracted, measured
from tests.typeset.making import document, make
from tests.typeset.stress import BODY, CSS

ONE_PAGE = "@page { size: 354pt 4000pt }"
"""A paragraph that goes on to another page has two elements in the structure tree."""


@dataclass(frozen=True)
class Pair:
    composed: Path
    plain: Path
    account: Account


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    folder = tmp_path_factory.mktemp("stress")
    html = document(BODY, css=CSS + ONE_PAGE)
    composed, account, found = make(html)
    plain, _, _ = make(html, None)
    assert found == []
    (folder / "composed.pdf").write_bytes(composed)
    (folder / "plain.pdf").write_bytes(plain)
    return Pair(folder / "composed.pdf", folder / "plain.pdf", account)


def test_every_paragraph_is_composed(pair: Pair) -> None:
    assert pair.account.composed > 35
    assert pair.account.plain == {}


def test_the_structure_is_that_of_plain_setting(pair: Pair) -> None:
    assert extracted.structure(pair.composed) == extracted.structure(pair.plain)


def test_the_links_are_those_of_plain_setting(pair: Pair) -> None:
    assert set(extracted.links(pair.composed)) == set(extracted.links(pair.plain))
    assert len(extracted.links(pair.composed)) > 3


def test_the_text_stands_in_the_structure_as_in_plain_setting(pair: Pair) -> None:
    said = [
        "".join(block.said for block in measured.blocks(path, "P LBody Lbl H2 TD Note"))
        for path in (pair.composed, pair.plain)
    ]
    assert len(said[0]) > 2000
    assert said[0].replace(".", "") == said[1].replace(".", "")  # a leader's dots


@pytest.mark.parametrize("way", ["layout", "raw", "pdfium"])
def test_the_characters_are_those_of_plain_setting(pair: Pair, way: str) -> None:
    said = [
        sorted("".join("".join(extracted.pages(path, way)).split()).replace(".", ""))
        for path in (pair.composed, pair.plain)
    ]
    assert said[0] == said[1]  # but for the dots of a leader


def test_the_file_is_sound(pair: Pair) -> None:
    subprocess.run(["qpdf", "--check", str(pair.composed)], check=True)


def test_a_document_of_many_pages_is_composed_and_sound(tmp_path: Path) -> None:
    path = tmp_path / "pages.pdf"
    data, account, found = make(document(BODY, css=CSS))
    path.write_bytes(data)
    assert (account.plain, found) == ({}, [])
    subprocess.run(["qpdf", "--check", str(path)], check=True)
    assert len(extracted.pages(path, "layout")) > 4


def test_an_atom_has_no_margin_at_the_edge_of_a_line(tmp_path: Path) -> None:
    css = "p { text-indent: 0 } s { display: inline-block; margin: 0 .12em }"
    atoms = "<s>党</s>" * 60
    path = tmp_path / "atoms.pdf"
    path.write_bytes(make(document(f"<p>{atoms}为了</p>", 294.0, css))[0])
    (block,) = measured.blocks(path, "P")
    *flush, last = [line for _, line in block.lines]
    assert len(flush) == 2
    for line in flush:
        assert line[0].x == pytest.approx(30, abs=0.02)
        assert line[-1].x + line[-1].advance == pytest.approx(324, abs=0.02)
    assert last[0].x == pytest.approx(30, abs=0.02)
    steps = [b.x - a.x for a, b in pairwise(last) if b.text == "党"]
    assert steps == pytest.approx([10.5 * 1.24] * len(steps), abs=0.02)
