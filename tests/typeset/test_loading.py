"""WeasyPrint loaded swiftly is WeasyPrint; another one is loaded as it is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from publisher import assets, fonts
from publisher.typeset.swift import declarations, loading
from tests.conftest import ROOT
from tests.typeset.declaring import arguments

HEAVY = "print(sorted({'fontTools', 'cffi', 'pycparser'} & {*sys.modules}))"
LOAD = "import sys; from publisher.typeset.swift import loading; loading.load(); "
BOOK = """
import sys
from publisher.typeset.swift import swiftly
with swiftly():
    import weasyprint
    html = "<style>@font-face{font-family:own;src:url(%s)} p{font-family:own}</style>"
    html = weasyprint.HTML(string=html % sys.argv[1] + "<p>第一条</p>", base_url="/")
    sys.stdout.buffer.write(html.write_pdf(pdf_variant="pdf/ua-1"))
"""


def told(code: str, *arguments: str, plain: str = "") -> bytes:
    """What a process of its own prints."""
    environ = {**os.environ, "PUBLISHER_PLAIN": plain, "SOURCE_DATE_EPOCH": "0"}
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environ, check=True, capture_output=True
    ).stdout


def test_the_declarations_are_those_of_the_engine_that_is_installed() -> None:
    assert loading.installed() == declarations.WRITTEN_FOR
    assert arguments() == declarations.ARGUMENTS


def test_nothing_heavy_is_loaded_with_it() -> None:
    assert told(LOAD + HEAVY) == b"[]\n"


def test_what_was_left_is_there_when_it_is_used() -> None:
    code = (
        LOAD
        + "from weasyprint.pdf import fonts; from weasyprint.text import fonts as t;"
        "print(fonts.subset.Options.__name__, isinstance(fonts.TTLibError, type),"
        " t.TTFont is fonts.TTFont, t.woff2.__name__, fonts.ttFont.__name__,"
        " fonts.instantiateVariableFont.__name__)"
    )
    expected = "Options True True fontTools.ttLib.woff2 fontTools.ttLib.ttFont "
    assert told(code).decode() == f"{expected}instantiateVariableFont\n"


@pytest.mark.parametrize(
    "spoil",
    ["declarations.WRITTEN_FOR = ''", "declarations.ARGUMENTS = {'_types': b'x'}"],
)
def test_another_engine_or_another_cffi_is_loaded_as_it_is(spoil: str) -> None:
    code = f"from publisher.typeset.swift import declarations; {spoil}; {LOAD}{HEAVY}"
    assert told(code) == b"['cffi', 'fontTools', 'pycparser']\n"


def test_the_switch_leaves_it_out() -> None:
    assert b"cffi" in told(LOAD + HEAVY, plain="loading")


def test_a_compressed_font_gives_the_same_bytes_both_ways(tmp_path: Path) -> None:
    face = next(f for f in fonts.load(assets.fonts()).of("zh-Hans") if f.role == "kai")
    assert face.file
    font = TTFont(face.file, fontNumber=face.index)
    small = Subsetter(Options())
    small.populate(text="第一条")
    small.subset(font)
    font.flavor = "woff2"
    path = tmp_path / "own.woff2"
    font.save(path)
    swift = told(BOOK, path.as_uri())
    assert swift == told(BOOK, path.as_uri(), plain="swift")
    assert swift != told(BOOK, path.with_name("none.woff2").as_uri())
