"""Which files go with a book to other machines."""

from __future__ import annotations

from pathlib import Path

import pytest

from publisher import jobs, pipeline
from publisher.jobs.belongings import belongings, own_fonts
from tests.jobs.test_many import laws


def names(path: Path) -> set[str]:
    return {name for name, _ in belongings(pipeline.load(path))}


def put(folder: Path, *files: str) -> None:
    for file in files:
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_bytes(b"x")


def test_with_a_bare_file_go_only_the_pictures_that_it_names(tmp_path: Path) -> None:
    law = tmp_path / "办法.md"
    law.write_text("# 办法\n\n第一条　见图。\n\n![国徽](images/国徽.png)\n", "utf-8")
    put(tmp_path, "images/国徽.png", "images/身份证.png", "letter.docx", "other.md")
    assert names(law) == {"办法.md", "images/国徽.png"}


@pytest.mark.parametrize(
    "said", ["a%20b.png", "a b.png", "a\\_b.png", "folder/a-b.PNG?v=1"]
)
def test_a_name_is_found_however_it_is_written(tmp_path: Path, said: str) -> None:
    law = tmp_path / "办法.md"
    law.write_text(f"# 办法\n\n第一条　见图。\n\n![国徽]({said})\n", "utf-8")
    put(tmp_path, "办法.files/a b.png", "办法.files/a_b.png", "办法.files/a-b.PNG")
    assert len(names(law)) == 4


def test_a_web_page_s_pictures_go_with_it(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p>第一条　见图。</p><p><img src='x/seal&amp;1.png'></p>", "utf-8")
    put(tmp_path, "page_files/seal&1.png", "page_files/style.css")
    assert names(page) == {"page.html", "page_files/seal&1.png"}


def own_book(folder: Path, said: str) -> Path:
    folder.mkdir()
    (folder / "text.md").write_text(f"# 办法\n\n第一条　见图。\n\n{said}\n", "utf-8")
    (folder / "book.toml").write_text(
        'schema = 1\n[book]\nid = "own"\n[[source]]\nfile = "text.md"\n', "utf-8"
    )
    return folder


def test_with_a_bare_file_go_the_templates_beside_it(tmp_path: Path) -> None:
    (law,) = laws(tmp_path, 1)
    put(tmp_path, "templates/epub/book.css", "templates.md", "other/templates/a.css")
    assert names(law) == {law.name, "templates/epub/book.css"}


def test_what_a_link_leads_to_goes_with_a_book_once(tmp_path: Path) -> None:
    put(tmp_path, "shared/epub/book.css")
    folder = own_book(tmp_path / "book", "")
    (folder / "templates").symlink_to("../shared")
    (folder / "loop").symlink_to(".")
    assert names(folder) == {"book.toml", "text.md", "templates/epub/book.css"}


def test_of_hidden_files_go_those_that_a_source_names(tmp_path: Path) -> None:
    folder = own_book(tmp_path / "book", "![章](.pics/seal.png)")
    put(folder, ".pics/seal.png", ".pics/other.png", ".DS_Store", ".git/HEAD")
    assert names(folder) == {"book.toml", "text.md", ".pics/seal.png"}


def test_with_a_book_goes_its_folder_but_no_output(tmp_path: Path) -> None:
    (law,) = laws(tmp_path, 1)
    (tmp_path / "book.toml").write_text(
        'schema = 1\n[book]\nid = "own"\ntitle = "办法"\n[[source]]\n'
        f'file = "{law.name}"\n',
        "utf-8",
    )
    put(tmp_path, "templates/print/book.css", "pictures/.cache/seal.png", ".git/HEAD")
    before = names(tmp_path)
    assert {"templates/print/book.css", law.name, "book.toml"} <= before
    assert not any(name.startswith(".git") for name in before)
    jobs.build([tmp_path], ["epub"], tmp_path / "build")
    assert names(tmp_path) == before


@pytest.mark.parametrize(
    ("file", "text", "own"),
    [
        ("templates/print/book.css", ".kai { font-family: var(--kai) }\n", False),
        ("templates/print/book.css", "p { color: #111 }\n", False),
        ("templates/print/book.css", 'p { font: 9pt "DejaVu Sans" }\n', True),
        ("templates/print/tokens.css", ':root { --song: "FZShuSong" }\n', True),
        ("templates/print/book.css", 'p { f\\6fnt: 9pt "DejaVu Sans" }\n', True),
        ("images/map.svg", "<svg><path d='M0 0'/></svg>", False),
        ("images/map.svg", "<svg><text>图</text></svg>", True),
        ("note.md", "font", False),
    ],
)
def test_a_book_that_may_ask_for_other_fonts_is_known(
    tmp_path: Path, file: str, text: str, *, own: bool
) -> None:
    (law,) = laws(tmp_path, 1)
    (tmp_path / "book.toml").write_text(
        'schema = 1\n[book]\nid = "own"\ntitle = "办法"\n[[source]]\n'
        f'file = "{law.name}"\n',
        "utf-8",
    )
    (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / file).write_text(text, "utf-8")
    loaded = pipeline.load(tmp_path)
    assert own_fonts(loaded, belongings(loaded)) == own
