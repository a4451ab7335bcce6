"""The main job, end to end: the real page becomes four files that can be trusted."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import page
import pikepdf
import pytest
from lxml import etree

from publisher import pipeline
from publisher.edition import prepare
from publisher.repair import undo
from publisher.tree import walk
from tests.book.conftest import Built, build
from tests.conftest import ROOT

BOOK = ROOT / "sources" / "dangshi"
EDITIONS = ("booklet", "epub", "booklet-tw", "epub-tw")


def test_the_page_is_the_one_that_came(shared: Path) -> None:
    came = (shared / "seed" / "page.md").read_bytes()
    ours = (BOOK / "page.md").read_bytes()
    assert hashlib.sha256(ours).hexdigest() == hashlib.sha256(came).hexdigest()


def test_the_book_builds_its_four_files_and_is_content(dangshi: Built) -> None:
    assert dangshi.code == 0, dangshi.stderr
    assert [t["edition"] for t in dangshi.json["targets"]] == list(EDITIONS)
    for target in dangshi.json["targets"]:
        path = Path(target["path"])
        assert path.parts[-3:-1] == ("dangshi", target["edition"])
        assert path.stat().st_size == target["bytes"]
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        assert digest == target["sha256"]
    assert dangshi.json["diagnostics"]["error"] == 0


def test_the_booklet_folds_into_sheets(dangshi: Built) -> None:
    for target in dangshi.json["targets"]:
        if target["format"] == "pdf":
            assert target["pages"] % 4 == 0
        else:
            assert target["pages"] is None


def test_the_manifest_names_all_that_went_in(dangshi: Built) -> None:
    path = dangshi.folder / "dangshi" / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    text = json.dumps(manifest)
    digest = hashlib.sha256((BOOK / "page.md").read_bytes()).hexdigest()
    assert digest in text
    assert "WeasyPrint" in text
    assert "70.0" in text
    assert str(ROOT) not in text


def test_the_bare_page_builds_and_then_fails_saying_why(tmp_path: Path) -> None:
    bare = tmp_path / "page.md"
    shutil.copy(BOOK / "page.md", bare)
    built = build(bare, tmp_path / "out", "--lang", "zh")
    assert built.code == 1
    assert [t["edition"] for t in built.json["targets"]] == list(EDITIONS)
    assert all(Path(t["path"]).is_file() for t in built.json["targets"])
    assert built.json["diagnostics"]["error"] > 0
    assert "page.md:117" in built.stderr
    assert "第二十五条到这里断了" in built.stderr
    assert "第二十六条至第三十四条" in built.stderr
    assert "Traceback" not in built.stderr


def test_the_book_also_builds_without_decisions(tmp_path: Path) -> None:
    book = tmp_path / "dangshi"
    shutil.copytree(BOOK, book, ignore=shutil.ignore_patterns("decisions.toml"))
    built = build(book, tmp_path / "out", "-e", "epub")
    assert built.code == 0, built.stderr


def test_the_source_is_the_tree_and_what_was_repaired() -> None:
    reading = pipeline.read_book(pipeline.load(BOOK), lambda _: None)
    restored = walk.restore(undo(reading.collection), 1)[0]
    raw = (BOOK / "page.md").read_bytes()
    assert reading.sources[0].encode(restored) == raw
    assert any(r.status == "applied" for r in reading.collection.repairs)


def test_what_is_not_printed_is_left_out_by_name() -> None:
    loaded = pipeline.load(BOOK)
    collection = pipeline.read_book(loaded, lambda _: None).collection
    edition = loaded.book.editions[0]
    printed = prepare(collection, loaded.book, edition, lambda _: None).documents
    left = [d for d in collection.documents if d.id not in {p.id for p in printed}]
    assert {d.kind for d in left} == {"news"}
    assert len(left) == 2
    by_id = {d.id: d for d in collection.documents}
    for document in printed:
        assert walk.ink(document) == walk.ink(by_id[document.id])


def tree_ink(edition: str) -> str:
    loaded = pipeline.load(BOOK)
    collection = pipeline.read_book(loaded, lambda _: None).collection
    wanted = next(e for e in loaded.book.editions if e.name == edition)
    documents = prepare(collection, loaded.book, wanted, lambda _: None).documents
    return "".join(walk.ink(document) for document in documents)


XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"


def epub_ink(path: Path) -> str:
    """The text of the documents in spine order, without what is marked as made."""
    with zipfile.ZipFile(path) as packed:
        opf_name = next(n for n in packed.namelist() if n.endswith(".opf"))
        opf = etree.fromstring(packed.read(opf_name))
        folder = opf_name.rpartition("/")[0]
        hrefs = {i.get("id"): i.get("href") for i in opf.iter("{*}item")}
        spine = [hrefs[i.get("idref")] for i in opf.iter("{*}itemref")]
        parts = [packed.read(f"{folder}/{href}".lstrip("/")) for href in spine]
    out: list[str] = []
    for part in parts:
        body = etree.fromstring(part).find(f"{XHTML}body")
        assert body is not None
        out.extend(_kept(body))
    return "".join("".join(out).split())


def _kept(element: etree._Element) -> Iterator[str]:
    marks = (element.get("class") or "").split()
    if "generated" not in marks:
        yield element.text or ""
        for child in element:
            yield from _kept(child)
            yield child.tail or ""


@pytest.mark.parametrize("edition", ["epub", "epub-tw"])
def test_the_epub_holds_the_trees_characters_and_no_others(
    dangshi: Built, edition: str
) -> None:
    assert epub_ink(dangshi.file(edition)) == tree_ink(edition)


def test_the_taiwan_edition_says_the_same_in_its_own_characters() -> None:
    simplified, traditional = tree_ink("booklet"), tree_ink("booklet-tw")
    assert len(simplified) == len(traditional)
    assert "為" in traditional
    assert "「三個代表」" in traditional
    assert not re.search("[“”‘’]", traditional)
    assert "“三个代表”" in simplified


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_same_book_has_the_same_bytes_anywhere(
    dangshi: Built, tmp_path: Path, edition: str
) -> None:
    copy = tmp_path / "elsewhere" / "dangshi"
    shutil.copytree(BOOK, copy)
    out = tmp_path / "other" / "out"
    out.parent.mkdir()
    environ = {"TZ": "Asia/Shanghai", "PYTHONHASHSEED": "7", "LC_ALL": "C.UTF-8"}
    again = build(copy, out, "-e", edition, **environ)
    assert again.file(edition).read_bytes() == dangshi.file(edition).read_bytes()


def test_a_wheel_in_a_clean_environment_makes_a_book(tmp_path: Path) -> None:
    """As a user without the checkout would: install, init, build."""
    pip = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps"]
    wheels = tmp_path / "wheels"
    flags = ["--no-build-isolation", "-w", str(wheels), str(ROOT)]
    subprocess.run([*pip, *flags], check=True)
    wheel = next(wheels.glob("publisher-*.whl"))
    clean = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", str(clean)], check=True)
    install = [str(clean / "bin" / "pip"), "install", "-q", str(wheel)]
    locked = ["-c", str(ROOT / "constraints.txt"), "--disable-pip-version-check"]
    subprocess.run([*install, *locked], check=True)
    command = str(clean / "bin" / "publisher")
    away = tmp_path / "away"
    away.mkdir()
    own = {key: of for key, of in os.environ.items() if key != "PYTHONPATH"}
    for flags in (["init", "mine"], ["build", "mine"]):
        subprocess.run([command, *flags], check=True, cwd=away, env=own)
    assert list(away.glob("build/mine/*/mine.pdf"))
    assert list(away.glob("build/mine/*/mine.epub"))


@pytest.mark.parametrize("edition", ["booklet", "booklet-tw"])
def test_the_booklet_is_pdf_ua_by_a_validators_word(
    dangshi: Built, edition: str
) -> None:
    profile = page.ValidationProfile.PDF_UA_1
    report = page.validate_pdf(str(dangshi.file(edition)), profile=profile)
    assert [failure.message for failure in report.failures] == []
    assert report.is_compliant


def test_the_booklet_is_sound_by_qpdfs_word(dangshi: Built) -> None:
    pdf = str(dangshi.file("booklet"))
    subprocess.run(["qpdf", "--check", pdf], check=True, capture_output=True)


def test_a_reference_to_another_provision_is_one_link(tmp_path: Path) -> None:
    source = tmp_path / "law.md"
    source.write_text("# 某法\n\n第一条 甲。\n\n第二条 依照本法第一条办理。\n", "utf-8")
    built = build(source, tmp_path / "out", "-e", "booklet")
    with pikepdf.open(built.file("booklet")) as pdf:
        notes = [note for sheet in pdf.pages for note in sheet.get("/Annots", [])]
    names = [str(note.Dest) for note in notes]
    assert names.count("reg.art_1") == 1


HOSTILE = """# 某某条例<script>alert(1)</script>

第一条 <img src="file:///etc/passwd"><b>粗</b> &amp; {{ 7 * 7 }}。

第二条 <link rel="attachment" href="file:///etc/hostname">[链接](http://127.0.0.1:9/x)。
"""


def test_a_hostile_source_is_only_text(tmp_path: Path) -> None:
    source = tmp_path / "hostile.md"
    source.write_text(HOSTILE, "utf-8")
    built = build(source, tmp_path / "out", "-e", "booklet", "-e", "epub")
    pdf = built.file("booklet")
    shown = subprocess.run(
        ["pdftotext", "-raw", str(pdf), "-"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout
    text = "".join(shown.split())
    assert "<script>alert(1)</script>" in text
    assert '<imgsrc="file:///etc/passwd"><b>粗</b>&amp;{{7*7}}。' in text
    assert b"/EmbeddedFile" not in pdf.read_bytes()
    with zipfile.ZipFile(built.file("epub")) as packed:
        names = packed.namelist()
        pages = [packed.read(n).decode() for n in names if n.endswith(".xhtml")]
    assert not any("<script" in page or 'etc/passwd">' in page for page in pages)
    assert "passwd" in "".join(pages)
