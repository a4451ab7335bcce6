"""EPUBs that others made, and EPUBs that are meant to do harm: a report or a reason."""

from __future__ import annotations

import io
import json
import os
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import pypandoc
import pytest
from ebooklib import epub

from publisher.check.epub import Examined, examine
from publisher.diagnostics import Diagnostic
from publisher.read.epub import read_epub
from tests.conftest import ROOT
from tests.epub.conftest import Made

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">'
    '<rootfiles><rootfile full-path="a.opf" '
    'media-type="application/oebps-package+xml"/>'
    "</rootfiles></container>"
)
OPF = (
    '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata/><manifest>'
    '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
    '<spine><itemref idref="a"/></spine></package>'
)
ENTITY = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
LAUGHS = (
    '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {y} "{f"&{x};" * 10}">'
        for x, y in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]><a>&i;</a>"
)
MARKDOWN = """---
title: 示例条例
lang: zh-Hans
---

# 第一章 总则

第一条 为了规范。[^1]

# 第二章 附则

第二条 施行。

[^1]: 编者注。
"""


def packed(**files: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        for name, data in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return out.getvalue()


def whole(**files: str | bytes) -> bytes:
    return packed(**{"META-INF__container_xml": CONTAINER, "a_opf": OPF, **files})


def look(data: bytes) -> list[Diagnostic]:
    out: list[Diagnostic] = []
    publication = read_epub("a.epub", data, out.append)
    if publication:
        examine(Examined(publication), out.append)
    return out


def bomb() -> bytes:
    return whole(a_xhtml=b" " * 60_000_000)


def tricked() -> bytes:
    data = whole(a_xhtml="<a/>", bb__bb__bb__bb="x")
    return data.replace(b"bb/bb/bb/bb", b"../../../bb")


def twins() -> bytes:
    data = whole(a_xhtml="<a/>", b_xhtml="<a/>")
    return data.replace(b"b.xhtml", b"a.xhtml")


def locked() -> bytes:
    data = bytearray(whole(a_xhtml="<a/>"))
    for mark, at in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        place = data.find(mark)
        while place >= 0:
            data[place + at] |= 1
            place = data.find(mark, place + 4)
    return bytes(data)


HOSTILE = {
    "a bomb": (bomb(), "hostile-file", "bomb"),
    "paths that lead out": (tricked(), "hostile-file", "paths that lead out"),
    "two files of one name": (twins(), "hostile-file", "twins"),
    "an entity of the machine": (whole(a_xhtml=ENTITY), "hostile-file", "entities"),
    "an entity in UTF-16": (
        whole(a_xhtml=ENTITY.encode("utf-16")), "hostile-file", "entities",
    ),
    "a billion laughs": (whole(a_xhtml=LAUGHS), "hostile-file", "entities"),
    "a million tags": (whole(a_xhtml="<a>" * 300_000), "hostile-file", "too many tags"),
    "nesting without end": (
        whole(a_xhtml="<a>" * 90_000 + "</a>" * 90_000), "unreadable-file", "not XML",
    ),
    "a password": (locked(), "unreadable-file", "password"),
    "no container": (packed(a_opf=OPF), "unreadable-file", "container.xml"),
    "no OPF": (
        packed(**{"META-INF__container_xml": CONTAINER}), "unreadable-file", "a.opf",
    ),
    "an empty container": (
        packed(**{"META-INF__container_xml": "<container/>"}),
        "unreadable-file", "no OPF",
    ),
    "a container that is not XML": (
        packed(**{"META-INF__container_xml": "<a"}), "unreadable-file", "not XML",
    ),
    "no zip file": (b"PK but not really", "unreadable-file", "no zip file"),
    "nothing": (b"", "unreadable-file", "no zip file"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_a_reason(name: str) -> None:
    data, rule, words = HOSTILE[name]
    told = [d for d in look(data) if d.rule.name == rule]
    assert told
    assert words in told[0].message.en
    assert told[0].place.startswith("a.epub")


def test_a_damaged_file_never_ends_in_an_accident(everything: Made) -> None:
    for step in range(0, len(everything.data), 997):
        spoilt = bytearray(everything.data)
        spoilt[step : step + 40] = bytes(40)
        look(bytes(spoilt))
        look(everything.data[:step])


def run(*args: str, memory: int = 0) -> subprocess.CompletedProcess[str]:
    def limit() -> None:
        if memory:
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))

    return subprocess.run(
        [sys.executable, "-m", "publisher", "check", *args],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"},
        preexec_fn=limit,
        check=False,
    )


def test_a_bomb_is_refused_in_little_memory(tmp_path: Path) -> None:
    (tmp_path / "bomb.epub").write_bytes(bomb())
    done = run(str(tmp_path / "bomb.epub"), memory=400_000_000)
    assert done.returncode == 1
    assert "its archive is a bomb" in done.stderr
    assert "Traceback" not in done.stderr


def by_pandoc(folder: Path) -> Path:
    path = folder / "pandoc.epub"
    pypandoc.convert_text(MARKDOWN, "epub3", "markdown", outputfile=str(path))
    return path


def by_ebooklib(folder: Path) -> Path:
    """As EbookLib's documentation makes one."""
    book = epub.EpubBook()
    book.set_identifier("id123456")
    book.set_title("示例条例")
    book.set_language("zh")
    book.add_author("某机关")
    chapter = epub.EpubHtml(title="第一章", file_name="chap_01.xhtml", lang="zh")
    chapter.content = "<h1>第一章</h1><p>第一条 为了规范管理，制定本条例。</p>"
    book.add_item(chapter)
    book.toc = (epub.Link("chap_01.xhtml", "第一章", "intro"),)
    book.add_item(epub.EpubNcx())
    book.add_item(epub.EpubNav())
    book.spine = ["nav", chapter]
    path = folder / "ebooklib.epub"
    epub.write_epub(str(path), book, {})
    return path


def test_a_book_of_pandocs_gets_a_useful_report(tmp_path: Path) -> None:
    path = by_pandoc(tmp_path)
    done = run(str(path), "--format", "json")
    found = json.loads(done.stdout)["diagnostics"]
    names = {each["name"] for each in found}
    assert {"no-page-direction", "no-cover-image", "no-file-as"} <= names
    assert "hostile-file" not in names
    assert "unreadable-file" not in names
    assert all(str(path) in each["file"] for each in found)
    assert done.returncode == 1


def test_a_book_of_ebooklibs_gets_a_useful_report(tmp_path: Path) -> None:
    path = by_ebooklib(tmp_path)
    done = run(str(path), "--format", "github")
    lines = done.stdout.splitlines()
    assert lines
    assert all(line.startswith("::") for line in lines)
    for name in ("missing-landmarks", "no-page-direction", "accessibility-claim"):
        assert any(name in line for line in lines), name
    done = run(str(path), "--lang", "zh")
    assert "没有写明翻页方向" in done.stderr
    assert done.stdout == ""


def test_in_our_own_book_nothing_is_found(everything: Made, tmp_path: Path) -> None:
    path = tmp_path / "ours.epub"
    path.write_bytes(everything.data)
    done = run(str(path))
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "errors: 0, warnings: 0, notes: 0\n"


def test_an_epub_is_no_source(everything: Made, tmp_path: Path) -> None:
    path = tmp_path / "ours.epub"
    path.write_bytes(everything.data)
    done = subprocess.run(
        [sys.executable, "-m", "publisher", "build", str(path)],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == 2
    assert "publisher check" in done.stderr


def test_checking_an_epub_loads_nothing_heavy(everything: Made, tmp_path: Path) -> None:
    path = tmp_path / "ours.epub"
    path.write_bytes(everything.data)
    script = (
        f"import sys; sys.argv = ['publisher', 'check', {str(path)!r}]\n"
        "from publisher.__main__ import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'weasyprint', 'ebooklib', 'opencc', 'PIL'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
    )
    assert done.stdout.strip() == "[]"


def test_a_file_that_cannot_be_read_from_the_disk_is_a_problem(tmp_path: Path) -> None:
    folder = tmp_path / "folder.epub"
    folder.mkdir()
    (folder / "book.toml").write_text("schema = 1\n", "utf-8")
    done = run(str(tmp_path / "absent.epub"))
    assert done.returncode == 2
