"""Each speed-up gives the same bytes with it and without it."""

from __future__ import annotations

import gc
import re
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from mmap import ACCESS_READ, mmap
from pathlib import Path

import pytest
from weasyprint import css
from weasyprint.layout import percent

from publisher import assets, pipeline
from publisher.book import Punctuation
from publisher.diagnostics import Diagnostic
from publisher.fonts import load
from publisher.plain import plain
from publisher.typeset.swift import SPEEDUPS, as_expected, swiftly
from publisher.typeset.swift.writing import give_back
from publisher.write import pdf
from tests.conftest import ROOT
from tests.typeset.making import document, make
from tests.typeset.stress import BODY, CSS

SMAPS = Path("/proc/self/smaps")
VARIED_CSS = """
@page { size: 130mm 180mm; margin: 15mm; @bottom-center { content: counter(page) } }
@page :left { margin-left: 20mm; background: #eee }
@page :nth(2) { @top-right { content: string(head) } }
@page wide { size: 180mm 130mm; @top-left { content: "wide" } }
h2 { string-set: head content(); bookmark-level: 2 }
.wide { page: wide; break-before: page }
:lang(en) { color: #060 } [lang=zh-TW] b { color: #006 }
#one > p { text-indent: 2em } #two { border: 1px solid; padding: 1em 5% }
p::first-letter { font-size: 120% } li::before { content: counter(list-item) "、" }
.flex { display: flex } .flex > * { flex: 1; min-width: 10% }
.grid { display: grid; grid-template-columns: 1fr 2fr }
table { border-collapse: collapse } td { border: 1px solid }
.sep { border-collapse: separate } .note { float: footnote }
.left { float: left; width: 30%; background: linear-gradient(#fff, #ccc) }
.round { border-radius: 3px; box-shadow: 1px 1px 1px #000; outline: 1px dotted }
.abs { position: relative } .abs > i { position: absolute; right: 1em; top: 50% }
a::after { content: " (" target-counter(attr(href), page) ")" }
@page { @top-left { content: element(run) } }
@page { @note-area { content: element(notes all-once) } }
.run { position: running(run) } .aside { position: note(notes) }
.cols { columns: 2; break-before: left; orphans: 2 } .keep { break-inside: avoid }
.cols p:nth-child(2) { break-after: avoid } .cols p + p::first-line { color: #00f }
.after { break-after: page } .rel { position: relative; top: 2pt; float: left }
.bar { list-style: inside square; break-before: avoid-page }
p:not(:last-child) > b, li + li { color: #300 } #one ~ section p:empty { height: 1em }
@page { @left-middle { content: "旁" } @right-bottom { content: string(head, last) } }
.over { overflow: hidden; opacity: .5 } .turned { transform: rotate(1deg) }
.above { position: relative; z-index: 2 } .bleak { visibility: hidden; margin: -1pt 0 }
"""
WORDS = "为了加强管理，制定本条例。第三条规定的“办法”由国务院另行制定——另有规定的除外。"
VARIED = f"""
<div id="one" lang="zh"><h2 id="h.1">标题</h2>
<p id="p1">{WORDS * 3}<a href="#two">见下</a></p>
<p id="p2" lang="en">In order to <b>promote</b> it, these rules are made.</p>
<p lang="en" style="color: red">Red, <span lang="en" id="s">and</span> English.</p>
<p id="p3" style="margin-left: 10%">{WORDS}<span class="note">{WORDS}</span></p></div>
<section id="two" class="round"><p id="p4">{WORDS}</p><p id="p5">{WORDS}</p>
<ul id="u"><li id="l1">{WORDS}</li><li id="l2">甲<ol><li id="l3">乙</li></ol></li></ul>
<p lang="zh-TW"><b>繁體</b>{WORDS}<em class="note">{WORDS}</em></p></section>
<div class="flex" id="f"><p id="f1">{WORDS}</p><p id="f2">{WORDS}</p></div>
<div class="grid"><p id="g1">{WORDS}</p><p id="g2" style="width: 50%">{WORDS}</p></div>
<p><span class="left" id="left">浮</span>{WORDS * 4}</p>
<table id="t"><tr id="r"><td id="c1">甲</td><td id="c2" style="width: 40%">乙</td></tr>
<tr><td colspan="2" class="abs">丙<i id="i">丁</i></td></tr></table>
<table class="sep" id="t2"><tr><th id="th">{WORDS}</th><td>戊</td></tr></table>
<div class="wide" id="w"><p id="w1">{WORDS}</p></div>
<div class="wide"><p id="w2">{WORDS * 30}</p></div>
<div class="run" id="run">页眉<b>一</b></div>
<p>{WORDS}<span class="aside" id="aside">旁注</span>{WORDS}<i class="aside">又一</i></p>
<div class="cols"><p>{WORDS * 2}</p><p>{WORDS}</p><p class="keep">{WORDS * 3}</p>
<div class="after"><div class="keep"><p>{WORDS}</p></div></div><p>{WORDS * 4}</p></div>
<ul class="bar"><li>{WORDS}<li class="rel">甲</ul><div class="run">页眉二</div>
<p class="over" id="over">{WORDS}</p><p class="turned" id="turned">{WORDS}</p>
<p class="above" id="above">{WORDS}<a id="in">甲</a></p><p class="bleak">{WORDS}</p>
<div class="flex"><b class="left">不浮</b><i class="left">{WORDS}</i></div>
<p id="last">{WORDS}<a href="#h.1">见上</a><a href="#i">丁</a></p>
<p><a href="#fixed">定</a></p>
<p style="position: fixed; bottom: 0" id="fixed">每页</p>
"""


def booklet(monkeypatch: pytest.MonkeyPatch, names: str) -> bytes:
    """The seed book's booklet."""
    from publisher.edition import prepare
    from publisher.render import render_print

    monkeypatch.setenv("PUBLISHER_PLAIN", names)
    loaded = pipeline.load(ROOT / "sources" / "dangshi")
    reading = pipeline.read_book(loaded, lambda _: None)
    edition = next(e for e in loaded.book.editions if e.name == "booklet")
    book = replace(loaded.book, allow=reading.allowed)
    prepared = prepare(reading.collection, book, edition, lambda _: None)
    faces = load(assets.fonts())
    imprint = pipeline.imprint_of(loaded, reading, prepared.edition, faces)
    html = render_print(prepared, imprint)
    roots = (loaded.folder, assets.templates(), assets.fonts())
    found: list[Diagnostic] = []
    made = pdf.write(html, prepared, imprint, roots, found.append)
    assert not [each for each in found if each.rule.code.startswith("T")]
    return made.data


def varied(
    monkeypatch: pytest.MonkeyPatch, names: str, how: Punctuation | None
) -> list[bytes]:
    monkeypatch.setenv("PUBLISHER_PLAIN", names)
    out = []
    for body, style in ((VARIED, VARIED_CSS), (BODY, CSS)):
        with swiftly():
            out.append(make(document(body, css=style), how)[0])
    return out


@pytest.fixture(scope="module")
def slow() -> dict[str | None, list[bytes]]:
    hows: tuple[Punctuation | None, ...] = (None, "kaiming")
    with pytest.MonkeyPatch.context() as patch:
        return {how: varied(patch, "swift", how) for how in hows}


@pytest.mark.parametrize("name", ["none", *SPEEDUPS, "gc", "lines"])
def test_each_can_be_left_out_and_changes_no_byte(
    name: str,
    slow: dict[str | None, list[bytes]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert varied(monkeypatch, name, "kaiming") == slow["kaiming"]


def test_all_together_change_no_byte_of_plain_lines(
    slow: dict[str | None, list[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert varied(monkeypatch, "none", None) == slow[None]


def test_the_seed_book_is_the_same_both_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    assert booklet(monkeypatch, "none") == booklet(monkeypatch, "swift lines")


def test_weasyprint_is_as_it_was_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLISHER_PLAIN", "")
    resolve, init = percent.resolve_percentages, css.StyleFor.__init__
    before = gc.get_threshold()
    with swiftly():
        assert percent.resolve_percentages is not resolve
        with swiftly():
            assert css.StyleFor.__init__ is not init
        assert css.StyleFor.__init__ is not init
        assert gc.get_threshold() != before
    assert percent.resolve_percentages is resolve
    assert css.StyleFor.__init__ is init
    assert gc.get_threshold() == before
    monkeypatch.setenv("PUBLISHER_PLAIN", "percentages, gc")
    with swiftly():
        assert percent.resolve_percentages is resolve
        assert css.StyleFor.__init__ is not init
        assert gc.get_threshold() == before


@pytest.mark.skipif(not SMAPS.exists(), reason="the system does not tell")
def test_what_was_read_of_font_files_is_given_back_and_can_be_read_again() -> None:
    path = next(filter(None, (face.file for face in load(assets.fonts()).faces)))

    def resident() -> int:
        """What of the file is in memory, in kB."""
        blocks = re.split(r"\n(?=[0-9a-f]+-[0-9a-f]+ )", SMAPS.read_text())
        held = "".join(block for block in blocks if str(path) in block)
        return sum(map(int, re.findall(r"\nRss:\s+(\d+)", held)))

    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as held:
        content = sha256(held).digest()
        assert resident() > len(held) // 2048
        give_back()
        assert resident() < len(held) // 8192
        assert sha256(held).digest() == content


def test_all_are_in_use_with_the_engine_that_is_installed() -> None:
    assert [name for name, each in SPEEDUPS.items() if not as_expected(each)] == []


def test_words_of_the_switch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLISHER_PLAIN", "styles, compose\tgc")
    assert [plain(n) for n in ("styles", "compose", "gc", "pages")] == [True] * 3 + [
        False
    ]
    monkeypatch.setenv("PUBLISHER_PLAIN", "all")
    assert plain("pages")
    monkeypatch.delenv("PUBLISHER_PLAIN")
    assert not plain("pages")


def test_the_composer_takes_a_swift_weasyprint_for_what_it_knows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever is loaded first: what stands for a function has its parameters."""
    monkeypatch.setenv("PUBLISHER_PLAIN", "")
    code = """from publisher.typeset import swiftly
with swiftly():
    from publisher.typeset import guard
    print([guard.differences(part) for part in guard.PARTS])
"""
    line = [sys.executable, "-c", code]
    said = subprocess.run(line, capture_output=True, text=True, check=True).stdout
    assert said == "[(), (), ()]\n"


def test_what_is_loaded_meanwhile_keeps_nothing_that_was_lent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PUBLISHER_PLAIN", "")
    code = """import sys
from importlib import import_module
from publisher.typeset.swift import SPEEDUPS, swiftly
with swiftly():
    from publisher.typeset.hooks import elsewhere, shaping
    from publisher.write.pdf.kept import book, painted
    import_module("weasyprint.layout.flex")
    rows = [new for each in SPEEDUPS.values() for new in each.replaces().values()]
    lent = {id(new) for new in rows if callable(new)}
    print(id(shaping.resolve_percentages) in lent, id(shaping.strut) in lent)
print([
    (name, key)
    for name, module in sys.modules.items()
    if not name.startswith("publisher.typeset.swift")
    for key, value in list(vars(module).items())
    if id(value) in lent
])
with swiftly():
    print(id(shaping.resolve_percentages) in lent, id(shaping.strut) in lent)
"""
    line = [sys.executable, "-c", code]
    said = subprocess.run(line, capture_output=True, text=True, check=True).stdout
    assert said == "True True\n[]\nTrue True\n"


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        ("", "✓ WeasyPrint (speed-ups)  –"),
        (
            "import pydyf; pydyf.VERSION = '0.14.0'",
            f"– WeasyPrint (speed-ups)  loading, {', '.join(SPEEDUPS)} ← pydyf",
        ),
        (
            "from weasyprint.text import line_break; line_break.strut = len",
            "– WeasyPrint (speed-ups)  struts ← WeasyPrint",
        ),
        (
            "from weasyprint import layout; del layout.layout_document",
            "– WeasyPrint (speed-ups)  leaving ← WeasyPrint",
        ),
        (
            "from publisher.typeset.swift import declarations as d; d.WRITTEN_FOR = ''",
            "– WeasyPrint (speed-ups)  loading ← WeasyPrint",
        ),
    ],
)
def test_doctor_says_which_speed_ups_are_left_out_and_why(
    spoil: str, expected: str
) -> None:
    code = (
        f"{spoil}\nfrom publisher.cli import doctor\nfrom publisher.cli.voice import "
    )
    code += "voice\nprint(doctor._line(doctor.speed(), voice()))"
    line = [sys.executable, "-c", code]
    said = subprocess.run(line, capture_output=True, text=True, check=True).stdout
    assert said.splitlines()[0] == expected
    assert ("constraints.txt" in said) == bool(spoil)
