"""编辑说明 on a phone: its tables, in a browser as wide as one."""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from publisher.edition.prepared import Apparatus, Change
from tests.epub import books
from tests.epub.conftest import Made, make, set_as, taiwan
from tests.epub.shots import FLAGS
from tests.epub.validators import browser

LONG = (
    "《上海市人民代表大会常务委员会规范性文件备案审查条例》第三十八条第二款第（一）项"
)
CHANGES = (
    Change("《某某区图书馆借阅管理办法》第八条", "組", "组", "通用规范汉字"),
    Change(LONG, "有关规定与", "规定同", f"据原件第二页改正，参见{LONG[-13:]}"),
)
MEASURE = """
<script>
addEventListener("load", () => {
  const tall = getComputedStyle(document.body).writingMode !== "horizontal-tb";
  const root = document.documentElement;
  const size = box => tall ? box.height : box.width;
  const cells = [...document.querySelectorAll("tbody td, tbody th, thead th")];
  const shown = cells.filter(cell => cell.getClientRects().length);
  const ems = cell => size(cell.getBoundingClientRect())
    / parseFloat(getComputedStyle(cell).fontSize);
  parent.postMessage({
    over: tall ? root.scrollHeight - innerHeight : root.scrollWidth - innerWidth,
    least: Math.min(...shown.map(ems)),
    heads: document.querySelector("thead").getClientRects().length,
  }, "*");
});
</script>
"""
"""How much wider than the window a page is, the narrowest cell in its ems, and whether
the tables have their heads above them."""
FRAME = """<!DOCTYPE html><body><iframe src="preface.xhtml"
style="border:0;width:{width}px;height:{height}px"></iframe><pre></pre><script>
addEventListener("message", event =>
  document.querySelector("pre").textContent = JSON.stringify(event.data));
</script></body>"""


@dataclass(frozen=True)
class Seen:
    over: float
    least: float
    heads: int


def seen(made: Made, folder: Path, width: int, height: int, type_size: int) -> Seen:
    """编辑说明 in a window of this size, where the reader chose a size of type."""
    (folder / "css").mkdir()
    (folder / "text").mkdir()
    css = made.files["EPUB/css/book.css"].decode()
    (folder / "css/book.css").write_text(
        f"{css}\nhtml {{ font-size: {type_size}px }}", "utf-8"
    )
    page = made.files["EPUB/text/preface.xhtml"].decode()
    script = MEASURE.replace("&", "&amp;").replace("=>", "=&gt;")
    (folder / "text/preface.xhtml").write_text(
        page.replace("</head>", f"{script}</head>"), "utf-8"
    )
    frame = folder / "text/frame.html"
    frame.write_text(FRAME.format(width=width, height=height), "utf-8")
    profile = f"--user-data-dir={folder / 'profile'}"
    size = f"--window-size={max(width, 900)},{max(height, 900)}"
    wait = ("--virtual-time-budget=3000", "--dump-dom")
    said = subprocess.run(
        [browser(), *FLAGS, profile, size, *wait, frame.as_uri()],
        check=True,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
    ).stdout
    found = re.search(r"<pre>(\{.*?\})</pre>", said)
    assert found, said
    return Seen(**json.loads(found[1]))


def noted(*, vertical: bool = False) -> Made:
    law = books.law()
    given = Apparatus(changed=CHANGES, doubts=CHANGES)
    if not vertical:
        return make(books.prepared(law, apparatus=given))
    return make(set_as(replace(taiwan(), apparatus=given), writing="vertical"))


@pytest.mark.parametrize("type_size", [16, 32])
@pytest.mark.parametrize("width", [320, 420, 800])
def test_no_column_is_squeezed_or_pushed_off_the_screen(
    width: int, type_size: int, tmp_path: Path
) -> None:
    found = seen(noted(), tmp_path, width, 740, type_size)
    assert found.over <= 0
    assert found.least >= 3


def test_where_there_is_room_the_tables_are_tables_and_on_a_phone_they_are_not(
    tmp_path: Path,
) -> None:
    (tmp_path / "wide").mkdir()
    (tmp_path / "phone").mkdir()
    assert seen(noted(), tmp_path / "wide", 800, 740, 16).heads == 1
    assert seen(noted(), tmp_path / "phone", 320, 740, 16).heads == 0


@pytest.mark.parametrize("height", [320, 740])
def test_vertical_lines_hold_the_tables_too(height: int, tmp_path: Path) -> None:
    found = seen(noted(vertical=True), tmp_path, 600, height, 20)
    assert found.over <= 0
    assert found.least >= 3


def test_a_row_that_stands_by_itself_says_what_each_of_its_cells_is() -> None:
    page = noted().files["EPUB/text/preface.xhtml"].decode()
    assert '<td data-head="来源作">組</td><td data-head="本册作">组</td>' in page
