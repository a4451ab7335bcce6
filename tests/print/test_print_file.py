"""The bytes of a file hold the objects that pydyf writes, and are well formed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pikepdf
import pydyf
import pytest

from publisher.write.pdf import file
from tests.conftest import ROOT
from tests.print.making import made, prepared
from tests.print.test_print_phases import book

ABOUT = ("/Length", "/Filter")
"""What a stream says of its own bytes."""


def objects(data: bytes) -> list[object]:
    """Each object of a PDF that is not about the file itself, streams decoded."""
    with pikepdf.open(BytesIO(data)) as pdf:
        out: list[object] = []
        for held in pdf.objects:
            if not isinstance(held, pikepdf.Stream):
                out.append(held.unparse())
                continue
            said = {n: repr(v) for n, v in held.items() if n not in ABOUT}
            if not {"/ObjStm", "/XRef"} & {str(held.get("/Type"))}:
                out.append((said, held.read_bytes()))
        return out


def test_the_objects_are_those_that_pydyf_writes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("PUBLISHER_PLAIN", raising=False)
    ours = made(prepared())[0].data
    monkeypatch.setenv("PUBLISHER_PLAIN", "file")
    theirs = made(prepared())[0].data
    assert ours != theirs
    assert objects(ours) == objects(theirs)
    assert len(objects(ours)) > 50


OTHER_PYDYF = """
import sys
from publisher.typeset.swift.loading import load
load()
import pydyf
pydyf.VERSION = sys.argv[2]
from publisher.write.pdf.kept import DESKS, keeping
from tests.conftest import ROOT
from tests.print.making import made
from tests.print.test_print_phases import book
with keeping("it"):
    pdf, found = made(book(1, 2))
open(sys.argv[1], "wb").write(pdf.data)
print("book" in DESKS["it"], pdf.composed, [each.rule.code for each in found])
"""


@pytest.mark.parametrize("version", ["0.13.0", "0.14.0"])
def test_another_pydyf_writes_its_files_itself(
    version: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """And pages are not kept: they are written with names of pydyf's inside."""
    known = version == pydyf.VERSION
    monkeypatch.setenv("PUBLISHER_PLAIN", "" if known else "file")
    expected = made(book(1, 2))[0]
    monkeypatch.setenv("PUBLISHER_PLAIN", "")
    path = tmp_path / "book.pdf"
    command = [sys.executable, "-c", OTHER_PYDYF, str(path), version]
    run = subprocess.run(command, check=True, cwd=ROOT, capture_output=True, text=True)
    assert run.stdout == f"{known} {expected.composed} []\n"
    assert path.read_bytes() == expected.data


def test_qpdf_finds_every_object_where_the_file_says(tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(made(prepared())[0].data)
    qpdf = shutil.which("qpdf")
    assert qpdf
    told = subprocess.run(
        [qpdf, "--check", path], capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stdout + told.stderr
    assert "WARNING" not in told.stderr


def small(*, info: bool, compress: bool = True) -> pydyf.PDF:
    pdf = pydyf.PDF()
    drawing = pydyf.Stream([b"q", 1.5, "Q"], {"A": pydyf.String("(文)")}, compress)
    pdf.add_object(drawing)
    size = pydyf.Array([0, 0, 10.25, 20])
    about = {"Type": "/Page", "MediaBox": size, "Contents": drawing.reference}
    pdf.add_page(pydyf.Dictionary(about))
    if info:
        pdf.info["Title"] = pydyf.String("書")
    return pdf


def written(pdf: pydyf.PDF, identifier: object = b"name") -> bytes:
    output = BytesIO()
    file.write(pdf, output, b"1.7", identifier, compress=True)
    return output.getvalue()


@pytest.mark.parametrize("info", [True, False])
@pytest.mark.parametrize("compress", [True, False])
def test_a_file_says_what_it_holds(*, info: bool, compress: bool) -> None:
    with pikepdf.open(BytesIO(written(small(info=info, compress=compress)))) as pdf:
        page = pdf.pages[0]
        assert [float(n) for n in page.MediaBox] == [0, 0, 10.25, 20]
        assert page.Contents.read_bytes() == b"q\n1.5\nQ"
        assert str(page.Contents.A) == "(文)"
        assert ("/Title" in pdf.docinfo) == info
        assert bytes(pdf.trailer.ID[0]) == b"name"


def test_a_file_is_named_by_its_content() -> None:
    first, second = written(small(info=True)), written(small(info=False))
    names = []
    for data in (first, second, first):
        with pikepdf.open(BytesIO(data)) as pdf:
            names.append(bytes(pdf.trailer.ID[1]))
    assert names[0] == names[2] != names[1]
    with pikepdf.open(BytesIO(written(small(info=True), identifier=None))) as pdf:
        assert bytes(pdf.trailer.ID[0]) == bytes(pdf.trailer.ID[1])
