"""What a book asks of its EPUB: vertical lines, faces, pictures, marks, a signature."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from lxml import etree

from publisher import config
from publisher.book import Conformance, SourceFile
from publisher.diagnostics import Diagnostic, Problem
from publisher.plates import plates
from publisher.render.epub.upright import upright as stand
from publisher.render.package import File
from publisher.source import Span
from publisher.subset import subset
from publisher.tree.nodes import Collection, Document, Image, Text
from tests.conftest import ROOT
from tests.epub import books
from tests.epub.conftest import XHTML, Made, loaded, make, set_as, taiwan


def opf(made: Made) -> str:
    return made.files["EPUB/content.opf"].decode()


# ---------------------------------------------------------------- vertical lines


def test_vertical_books_turn_from_right_to_left_and_say_so(upright: Made) -> None:
    assert 'page-progression-direction="rtl"' in opf(upright)
    assert 'name="primary-writing-mode" content="vertical-rl"' in opf(upright)
    css = upright.files["EPUB/css/book.css"].decode()
    told = re.findall(r"([^{}\n]+)\{[^{}]*[ ;]writing-mode: vertical-rl", css)
    assert [selector.strip() for selector in told] == ["html"]
    for name, page in upright.pages.items():
        (link,) = page.iter(f"{XHTML}link")
        assert str(link.get("href")).endswith("css/book.css"), name


def test_horizontal_books_have_nothing_vertical(everywhere: Made) -> None:
    assert "writing-mode" not in opf(everywhere)
    assert b"writing-mode" not in everywhere.files["EPUB/css/book.css"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("第12條", "第[tcy:12]條"),
        ("5歲", "[tcy:5]歲"),
        ("100元", "[tcy:100]元"),
        ("2024年", "[upright:2024]年"),
        ("1.目一", "[tcy:1.]目一"),
        ("12.5%", "12.5%"),
        ("GB18030號", "GB18030號"),
        ("COVID-19", "COVID-19"),
        ("&#38;3&amp;", "&#38;[tcy:3]&amp;"),
    ],
)
def test_figures_stand_upright_in_vertical_lines(text: str, wanted: str) -> None:
    page = f"<html><head><title>12</title></head><body><p>{text}</p></body></html>"
    content = stand(File("a", "a", "", page.encode())).content
    assert isinstance(content, bytes)
    told = content.decode()
    assert "<title>12</title>" in told
    shown = re.sub(r'<span class="(\w+)">(.*?)</span>', r"[\1:\2]", told)
    assert f"<p>{wanted}</p>" in shown


def settings(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "book.toml"
    head = 'schema = 1\n[book]\nid = "b"\ntitle = "书"\n[[source]]\nfile = "a.md"\n'
    path.write_text(head + text, "utf-8")
    return path


def test_only_traditional_editions_may_be_vertical(tmp_path: Path) -> None:
    vertical = '[edition.v]\nformat = "epub"\nwriting = "vertical"\n'
    with pytest.raises(Problem) as refused:
        config.load(settings(tmp_path, vertical))
    assert refused.value.place.endswith(":9:1")
    book = config.load(settings(tmp_path, f'{vertical}script = "zh-Hant-HK"\n'))
    assert book.editions[0].writing == "vertical"


def test_a_table_that_begins_anew_names_no_pages_by_itself(tmp_path: Path) -> None:
    text = (
        '[edition.a]\nformat = "epub"\n[edition.b]\nextends = "epub"\n'
        '[edition.c]\nextends = "epub"\npage_list_from = ""\n[edition.d]\n'
        'format = "epub"\npage_list_from = "a4"\n'
    )
    own = {
        e.name: e.page_list_from for e in config.load(settings(tmp_path, text)).editions
    }
    assert own == {"a": "", "b": "booklet", "c": "", "d": "a4"}


# ---------------------------------------------------------------- faces


def test_a_book_carries_no_faces_unless_it_is_told_to(everything: Made) -> None:
    assert not [
        name for name in everything.files if "font" in name or "licence" in name
    ]
    css = everything.files["EPUB/css/book.css"].decode()
    assert "@font-face" not in css
    assert not re.search(r"(?m)^body \{[^}]*font-family", css)


def test_faces_hold_the_books_characters_and_few_others(hongkong: Made) -> None:
    fonts = {n: d for n, d in hongkong.files.items() if n.endswith(".woff2")}
    assert sorted(fonts) == [
        f"EPUB/fonts/{n}.woff2" for n in ("kai-400", "song-400", "song-700")
    ]
    text = {
        char
        for page in hongkong.pages.values()
        for char in "".join(map(str, page.find(f"{XHTML}body").itertext()))  # type: ignore[union-attr]
        if not char.isspace()
    }
    whole = next(f for f in loaded().of("zh-Hant-HK") if f.role == "song").characters
    with TTFont(io.BytesIO(fonts["EPUB/fonts/song-400.woff2"])) as font:
        held = set(font.getBestCmap())
        assert font["name"].getDebugName(13)  # its licence
    assert {ord(char) for char in text} & whole <= held
    assert len(held) < len(text) + 50


def test_every_face_comes_with_its_licence(hongkong: Made) -> None:
    for role in ("song", "kai"):
        text = hongkong.files[f"META-INF/licence-{role}.txt"].decode()
        assert "SIL OPEN FONT LICENSE" in text
    assert (
        b"specified-fonts"
        in hongkong.files["META-INF/com.apple.ibooks.display-options.xml"]
    )
    assert "licence" not in opf(hongkong)


def test_the_same_face_and_characters_are_the_same_bytes() -> None:
    script = (
        "import hashlib, sys\nfrom tests.epub.conftest import loaded\n"
        "from publisher.subset import subset\n"
        "face = next(f for f in loaded().of('zh-Hant-HK') if f.role == 'kai')\n"
        "print(hashlib.sha256(subset(face, '第一條章節，。「」')).hexdigest())"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            encoding="utf-8",
            env={"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed, "TZ": zone},
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Taipei"))
    }
    assert len(told) == 1


def test_a_face_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    broken = tmp_path / "broken.otf"
    broken.write_bytes(b"no font")
    face = replace(loaded().of("zh-Hans")[0], file=broken)
    with pytest.raises(Problem) as unread:
        subset(face, "字")
    assert unread.value.status == 5


# ---------------------------------------------------------------- pictures


def test_a_picture_is_packed_with_its_words_and_its_caption(everything: Made) -> None:
    page = everything.pages["text/reg.xhtml"]
    pages = [p for _, p in everything.documents()]
    shown = [e for p in pages for e in p.iter(f"{XHTML}img")]
    assert [(e.get("src"), e.get("alt")) for e in shown] == [
        ("../images/picture-1.png", "国徽图案")
    ]
    assert (
        everything.files["EPUB/images/picture-1.png"]
        == books.PICTURES[-1, "a.png"].data
    )
    figure = shown[0].getparent().getparent()  # type: ignore[union-attr]
    assert "图1" in "".join(map(str, figure.itertext()))  # type: ignore[union-attr]
    assert "图" in "".join(map(str, page.itertext())) or page is not None
    assert "文中各图有替代文字" in opf(everything)


def test_a_picture_that_is_not_there_leaves_its_words(everything: Made) -> None:
    held = [e for _, p in everything.documents() for e in p.iter(f"{XHTML}p")]
    (words,) = [e for e in held if e.get("class") == "image"]
    assert words.text == "图"


def found(folder: Path, source: str, name: str) -> tuple[dict[str, bytes], list[str]]:
    image = Image(name, (Text("图"),), span=Span(0, 0, 1), id="figure_1")
    collection = Collection((Document("prose", (), (image,), id="prose"),))
    told: list[Diagnostic] = []
    held = plates(collection, (SourceFile(source),), folder, told.append)
    shown = {key[1]: plate.data for key, plate in held.items()}
    return shown, [d.rule.name for d in told]


@pytest.mark.parametrize(
    ("place", "name"),
    [("a.png", "a.png"), ("sub/a.png", "sub/a.png"), ("page_files/a.png", "a.png"),
     ("images/a.png", "a.png")],
)  # fmt: skip
def test_pictures_are_found_beside_their_source(
    tmp_path: Path, place: str, name: str
) -> None:
    file = tmp_path / place
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(books.dot(b"abc"))
    assert found(tmp_path, "page.html", name) == ({name: books.dot(b"abc")}, [])


@pytest.mark.parametrize(
    "name",
    ["../secret.png", "/etc/passwd", "http://127.0.0.1/a.png", "link.png", "none.png",
     "file:///etc/passwd", "a\0.png"],
)  # fmt: skip
def test_no_picture_outside_the_books_folder_is_ever_read(
    tmp_path: Path, name: str
) -> None:
    (tmp_path / "secret.png").write_bytes(books.dot(b"abc"))
    folder = tmp_path / "book"
    folder.mkdir()
    (folder / "link.png").symlink_to(tmp_path / "secret.png")
    assert found(folder, "page.md", name) == ({}, ["picture-not-found"])


def test_pictures_of_a_word_file_are_its_own(tmp_path: Path) -> None:
    from docx import Document as Word

    word = Word()
    word.add_heading("某某办法", 0)
    word.add_paragraph("第一条 徽章式样如下：")
    word.add_picture(io.BytesIO(books.dot(b"\x01\x02\x03")))
    word.add_paragraph("第二条 本办法施行。")
    word.save(str(tmp_path / "a.docx"))
    command = [sys.executable, "-m", "publisher", "build", str(tmp_path / "a.docx")]
    subprocess.run(
        [*command, "-e", "epub", "-o", str(tmp_path / "out"), "--fail-on", "never"],
        check=True,
        capture_output=True,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
    )
    import zipfile

    with zipfile.ZipFile(tmp_path / "out" / "a" / "epub" / "a.epub") as packed:
        assert packed.read("EPUB/images/picture-1.png") == books.dot(b"\x01\x02\x03")


def test_what_readers_cannot_show_is_not_packed() -> None:
    image = Image("a.emf", (Text("图"),), span=Span(0, 0, 1), id="figure_1")
    document = Document("prose", (Text("题"),), (image,), id="prose")
    book = books.prepared(document)
    made = make(book)
    assert not [name for name in made.files if "picture" in name]


# ---------------------------------------------------------------- a signature


def test_no_book_claims_conformance_unless_a_person_is_named(tmp_path: Path) -> None:
    claim = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
    unsigned = settings(tmp_path, f'[epub]\nconforms_to = "{claim}"\n')
    with pytest.raises(Problem):
        config.load(unsigned)
    other = settings(tmp_path, '[epub]\nconforms_to = "AA"\ncertified_by = "张三"\n')
    with pytest.raises(Problem):
        config.load(other)
    signed = f'[epub]\nconforms_to = "{claim}"\ncertified_by = "张三"\n'
    book = config.load(settings(tmp_path, signed))
    assert book.conformance == Conformance(claim, "张三")
    assert config.load(settings(tmp_path, "")).conformance is None


def test_a_signed_claim_is_in_the_package(everything: Made) -> None:
    assert "conformsTo" not in opf(everything)
    claim = Conformance(
        "EPUB Accessibility 1.1 - WCAG 2.2 Level AA",
        "张三",
        "某证",
        "https://a.example/r",
    )
    book = everything.prepared
    made = make(replace(book, book=replace(book.book, conformance=claim)))
    metas = {
        e.get("property"): (e.text, e.get("refines"))
        for e in etree.fromstring(made.files["EPUB/content.opf"]).iter("{*}meta")
    }
    assert metas["dcterms:conformsTo"] == (claim.standard, None)
    assert metas["a11y:certifiedBy"] == ("张三", "#conf")
    assert metas["a11y:certifierCredential"] == ("某证", "#certifier")
    assert 'rel="a11y:certifierReport"' in opf(made)


# ---------------------------------------------------------------- notes and marks


def test_notes_pop_up_and_are_the_editors(everything: Made) -> None:
    page = everything.pages["text/reg.xhtml"]
    call = next(e for e in page.iter() if e.get("role") == "doc-noteref")
    note = next(e for e in page.iter() if e.get("id") == str(call.get("href"))[1:])
    assert "duokan-footnote" in str(call.get("class"))
    words = "".join(map(str, note.itertext())).strip()
    assert re.fullmatch(r"① 〔.*〕", words)
    back = next(e for e in note.iter() if e.get("role") == "doc-backlink")
    assert back.text == "①"  # a short link that does not hold the note


def test_marks_along_text_keep_their_words(everything: Made) -> None:
    elements = [e for _, p in everything.documents() for e in p.iter()]
    dotted = [e for e in elements if "emphasis" in str(e.get("class", "")).split()]
    assert dotted
    assert {etree.QName(e).localname for e in dotted} == {"em"}
    assert [e for e in elements if etree.QName(e).localname == "ruby"]


def test_vertical_lines_and_faces_go_together() -> None:
    made = make(set_as(taiwan(), writing="vertical", fonts="subset"))
    css = made.files["EPUB/css/book.css"].decode()
    assert "vertical-rl" in css
    assert css.count("@font-face") == 3
