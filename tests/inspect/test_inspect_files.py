"""Any PDF can be looked into; what cannot is said plainly."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import typst
from weasyprint import HTML

from publisher.cli import run
from publisher.diagnostics import Problem
from publisher.inspect import inspect
from publisher.inspect.claims import composition
from publisher.inspect.facts import Facts

Say = pytest.CaptureFixture[str]


def drawn(content: str, folder: Path, **page: Any) -> Path:  # noqa: ANN401
    """A page with Helvetica and these drawing operators."""
    pdf = pikepdf.new()
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    names = {key: pikepdf.Name(value) for key, value in font.items()}
    held = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pikepdf.Dictionary(names)))
    made = pikepdf.Dictionary(
        Type=pikepdf.Name("/Page"),
        MediaBox=[10, 20, 310, 420],
        Resources=held,
        Contents=pdf.make_stream(content.encode()),
        **page,
    )
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(made)))
    path = folder / "drawn.pdf"
    pdf.save(path)
    return path


def printed(body: str, folder: Path, lang: str = "zh", **options: Any) -> Facts:  # noqa: ANN401
    css = (
        "@page { size: 200pt 300pt; margin: 30pt 40pt 30pt 60pt }"
        "body, p { margin: 0; font: 10pt/18pt 'Noto Serif CJK SC' }"
        "p { width: 100pt; text-indent: 2em }"
    )
    html = f"<html lang={lang}><title>某某条例</title><style>{css}</style>{body}"
    path = folder / "printed.pdf"
    path.write_bytes(HTML(string=html).write_pdf(**options))
    return inspect(path)


def test_a_line_is_where_it_was_drawn(tmp_path: Path) -> None:
    path = drawn(
        "BT /F1 10 Tf 1 0 0 1 60 370 Tm (AV) Tj 1 0 0 1 200 370 Tm (x) Tj"
        " 1 0 0 1 60 350 Tm (iii) Tj ET",
        tmp_path,
        TrimBox=[20, 30, 300, 410],
    )
    (page,) = inspect(path).pages
    assert page.boxes["media"] == (10, 20, 310, 420)
    assert page.boxes["trim"] == (20, 30, 300, 410)
    assert page.size == (280, 380)
    got = [(li.text, li.baseline, li.left, round(li.right, 2)) for li in page.lines]
    assert got == [
        ("AV", 50.0, 50.0, 63.34),  # Helvetica: A and V are .667 em wide
        ("x", 50.0, 190.0, 195.0),
        ("iii", 70.0, 50.0, 56.66),
    ]


def test_a_raised_call_belongs_to_its_line(tmp_path: Path) -> None:
    path = drawn(
        "BT /F1 10 Tf 1 0 0 1 60 370 Tm (ab) Tj /F1 6 Tf 1 0 0 1 71.2 374 Tm (1) Tj"
        " /F1 10 Tf 1 0 0 1 75 370 Tm (cd) Tj ET",
        tmp_path,
    )
    (line,) = inspect(path).pages[0].lines
    assert (line.text, line.baseline, line.sizes) == ("ab1cd", 50.0, (10.0, 6.0))


def test_text_at_an_angle_is_measured_along_its_direction(tmp_path: Path) -> None:
    path = drawn("BT /F1 10 Tf 0 1 -1 0 60 70 Tm (abc) Tj ET", tmp_path)
    (line,) = inspect(path).pages[0].lines
    assert (line.text, line.inked[0].angle) == ("abc", 90.0)


def test_scaled_type_has_the_size_that_is_seen(tmp_path: Path) -> None:
    path = drawn("BT .75 0 0 .75 0 0 cm /F1 14 Tf 40 300 Td (a) Tj ET", tmp_path)
    assert inspect(path).pages[0].lines[0].size == 10.5


def test_a_page_without_text_has_no_lines(tmp_path: Path) -> None:
    facts = inspect(drawn("0 0 10 10 re f", tmp_path))
    assert facts.pages[0].lines == ()
    assert (facts.fonts, composition(facts)) == ((), None)
    assert (facts.tagged, facts.variants, facts.language) == (False, (), "")


def test_faces_language_title_and_claims_are_told(tmp_path: Path) -> None:
    facts = printed("<p>第一条</p>", tmp_path, pdf_variant="pdf/ua-1")
    assert (facts.version, facts.variants, facts.tagged) == ("1.7", ("PDF/UA-1",), True)
    assert (facts.title, facts.language) == ("某某条例", "zh")
    assert [(font.name, font.embedded) for font in facts.fonts] == [
        ("Noto-Serif-CJK-SC", True)
    ]


def test_pdf_a_is_told_with_its_level(tmp_path: Path) -> None:
    path = drawn("", tmp_path)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        with pdf.open_metadata() as meta:
            meta["pdfaid:part"], meta["pdfaid:conformance"] = "3", "B"
        pdf.save(path)
    assert inspect(path).variants == ("PDF/A-3b",)


def test_a_full_line_of_ten_characters_ends_ten_ems_on(tmp_path: Path) -> None:
    facts = printed('<p style="text-indent: 0">一二三四五六七八九十甲乙</p>', tmp_path)
    first, second = facts.pages[0].lines
    assert (first.text, second.text) == ("一二三四五六七八九十", "甲乙")
    assert first.left == pytest.approx(60, abs=0.01)
    assert first.right == pytest.approx(160, abs=0.01)
    assert second.baseline - first.baseline == pytest.approx(18, abs=0.01)


def test_a_page_of_another_tool_is_measured_too(tmp_path: Path) -> None:
    text = "为了规范管理，促进发展，制定本办法。" * 12
    source = f"""#set page(width: 300pt, height: 400pt, margin: 40pt, numbering: "1")
#set text(lang: "zh", font: "Noto Serif CJK SC", size: 10pt)
#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 8pt)
{text}

{text}
"""
    (tmp_path / "in.typ").write_text(source, "utf-8")
    path = tmp_path / "typst.pdf"
    path.write_bytes(typst.compile(str(tmp_path / "in.typ")))
    facts = inspect(path)
    claims = composition(facts)
    assert claims is not None
    assert (claims.size, claims.measure) == (10.0, 22.0)
    assert claims.paragraphs == 2
    assert claims.nonfinal == claims.lines - 2 > 15
    assert claims.flush == 1.0
    assert claims.kinsoku == ()


RAGGED = "<p>甲乙丙丁戊己庚辛一二三四五六七八九（甲乙。</p>"
"""Eight characters, nine because of the mark that no line ends with, and the rest."""


def test_a_ragged_page_is_seen_as_ragged(tmp_path: Path) -> None:
    facts = printed(RAGGED * 2, tmp_path)
    claims = composition(facts)
    assert claims is not None
    assert [place.text for place in claims.ragged] == ["一二三四五六七八九"] * 2
    assert (claims.flush, claims.uneven) == (0.5, 2)


# ---------------------------------------------------------------- what goes wrong


def test_a_password_is_asked_for_in_words(tmp_path: Path, capsys: Say) -> None:
    path = drawn("BT /F1 10 Tf (a) Tj ET", tmp_path)
    locked = tmp_path / "locked.pdf"
    with pikepdf.open(path) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(user="u", owner="o"))
    with pytest.raises(Problem, match="password") as caught:
        inspect(locked)
    assert caught.value.status == 3
    assert run(["inspect", str(locked), "--lang", "zh"]) == 3
    assert "口令" in capsys.readouterr().err


def test_a_file_that_only_forbids_changes_is_read(tmp_path: Path) -> None:
    path = drawn("BT /F1 10 Tf 60 370 Td (a) Tj ET", tmp_path)
    locked = tmp_path / "owner.pdf"
    with pikepdf.open(path) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(user="", owner="o"))
    facts = inspect(locked)
    assert facts.encrypted
    assert facts.pages[0].lines[0].text == "a"


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7\n", bytes(range(256))])
def test_what_is_no_pdf_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(data)
    with pytest.raises(Problem, match="no PDF") as caught:
        inspect(path)
    assert caught.value.status == 3


def test_a_file_cut_short_is_read_or_refused_and_never_an_accident(
    tmp_path: Path,
) -> None:
    whole = drawn("BT /F1 10 Tf 60 370 Td (abc) Tj ET", tmp_path).read_bytes()
    path = tmp_path / "cut.pdf"
    for end in range(0, len(whole), 40):
        path.write_bytes(whole[:end])
        try:
            inspect(path)
        except Problem as problem:
            assert problem.status in {3, 4}  # noqa: PT017  (either way is right)


def test_a_broken_page_is_named(tmp_path: Path) -> None:
    path = drawn("BT ET", tmp_path)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.Root.Pages.Kids[0] = pikepdf.Dictionary(Type=pikepdf.Name("/Nothing"))
        pdf.save(path)
    with pytest.raises(Problem, match="page 1 of") as caught:
        inspect(path)
    assert caught.value.status == 4


def test_a_folder_and_an_absent_file_are_refused(tmp_path: Path, capsys: Say) -> None:
    assert run(["inspect", str(tmp_path)]) == 3
    assert run(["inspect", str(tmp_path / "none.pdf")]) == 2
    assert "there is no such file" in capsys.readouterr().err


def test_json_has_the_contracted_keys(tmp_path: Path, capsys: Say) -> None:
    printed('<p style="text-indent: 0">一二三四五六七八九十甲乙</p>', tmp_path)
    assert run(["inspect", str(tmp_path / "printed.pdf"), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert set(said) >= {"file", "version", "variants", "tagged", "fonts", "pages"}
    line = said["pages"][0]["lines"][0]
    assert (line["first"], line["last"], line["size"]) == ("一", "十", 10.0)
    assert line["right"] - line["left"] == pytest.approx(100, abs=0.01)
    assert said["composition"]["flush"] == 1.0
    assert said["fonts"][line["font"]]["name"] == "Noto-Serif-CJK-SC"


def test_people_are_told_in_rows(tmp_path: Path, capsys: Say) -> None:
    printed(RAGGED * 8, tmp_path)
    path = str(tmp_path / "printed.pdf")
    assert run(["inspect", path]) == 0
    out = capsys.readouterr().out
    assert "10.0 pt on 18.0 pt" in out
    assert "and 3 more; -v shows all" in out
    assert run(["inspect", path, "-v", "--lang", "zh"]) == 0
    assert capsys.readouterr().out.count("一二三四五六七八九\n") == 8
    blank = drawn("", tmp_path)
    assert run(["inspect", str(blank)]) == 0
    assert "no Chinese text" in capsys.readouterr().out


def test_metadata_that_cannot_be_read_claims_nothing(tmp_path: Path) -> None:
    made = BytesIO(drawn("BT /F1 10 Tf 60 370 Td (a) Tj ET", tmp_path).read_bytes())
    path = tmp_path / "meta.pdf"
    with pikepdf.open(made) as pdf:
        pdf.Root.Metadata = pdf.make_stream(b"<not xml")
        pdf.save(path)
    assert inspect(path).variants == ()


def test_cells_of_a_tagged_table_are_lines_apart_and_no_paragraphs(
    tmp_path: Path,
) -> None:
    body = (
        "<table style='font: 10pt/21pt \"Noto Serif CJK SC\"; border-spacing: 0'>"
        + "<tr><td style='padding: 0 4pt 0 0'>左一栏<td style='padding: 0'>右栏" * 9
        + "</table><p>一二三四五六七八九十甲乙丙丁戊己庚辛壬癸</p>"
    )
    facts = printed(body, tmp_path, pdf_tags=True)
    texts = [line.text for page in facts.pages for line in page.lines]
    assert texts.count("左一栏") == texts.count("右栏") == 9
    found = composition(facts)
    assert found is not None
    assert (found.paragraphs, found.lines) == (1, 3)
    untold = printed(body, tmp_path, pdf_tags=False)
    assert "左一栏右栏" in [line.text for page in untold.pages for line in page.lines]
