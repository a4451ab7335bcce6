"""The text layer: what programs read is what the source says, without stray spaces."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from publisher.book import Punctuation
from tests.conftest import ROOT
from tests.typeset import extracted
from tests.typeset.making import body, document, ink, make, paragraphs

MIXED = (
    "<p>本条例自<b>2024年</b>2月5日起施行，GDP同比增长5.2%，见<b>“附则”</b>第3条A款；"
    "共12,345.67元（约合US$1,700），由Office 365处理。</p>"
)
ALONE = "b { margin-right: .25em }"
"""With more, pdftotext takes the labels of two lines for a column of their own."""
STRAY = re.compile(
    r"[\u4e00-\u9fff“”，。][ \u00a0]+[0-9A-Za-z]"
    r"|[0-9A-Za-z%][ \u00a0]+[\u4e00-\u9fff，。]"
)
"""A space between Han or a mark and Latin, where the source has none."""


@pytest.mark.parametrize("way", ["layout", "raw", "pdfium"])
@pytest.mark.parametrize("style", ["kaiming", "quanjiao", "banjiao"])
def test_the_whole_page_reads_as_its_source(
    way: str, style: Punctuation, tmp_path: Path
) -> None:
    held = paragraphs(ROOT / "sources" / "dangshi" / "page.md")
    path = tmp_path / "page.pdf"
    html = document(body(held), css=ALONE)
    path.write_bytes(make(html, style)[0])
    said = "".join(_without_folio(page) for page in extracted.pages(path, way))
    assert "".join(said.split()) == ink(held)


@pytest.mark.parametrize("way", ["layout", "raw", "pdfium"])
@pytest.mark.parametrize("width", [180.0, 294.0, 365.0])
def test_no_space_comes_between_han_and_latin(
    way: str, width: float, tmp_path: Path
) -> None:
    path = tmp_path / "mixed.pdf"
    css = "b { margin: 0 }"
    path.write_bytes(make(document(MIXED * 3, width, css), "kaiming")[0])
    said = "".join(map(_without_folio, extracted.pages(path, way)))
    assert STRAY.findall(said) == []
    assert "增长5.2%" in said.replace("\n", "").replace("\r", "")


def _without_folio(page: str) -> str:
    lines = [line for line in page.replace("\r", "").split("\n") if line.strip()]
    return "\n".join(lines[:-1] if lines and lines[-1].strip().isdigit() else lines)
