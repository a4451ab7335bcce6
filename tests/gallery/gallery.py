"""One page of each kind of content, as PNG files for a person to look at.

``make gallery`` builds the real book and the sample beside this file and renders the
pages that `SHOTS` names into ``build/gallery/``. To show something else, add a row; to
show something other than a page of a PDF, add a function to `CAMERAS`.
"""

from __future__ import annotations

import argparse
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from html import escape
from pathlib import Path

import publisher
from publisher.inspect import inspect
from publisher.inspect.facts import Facts, Page
from tests.epub.shots import LOOKS, Look, shoot

ROOT = Path(__file__).resolve().parents[2]
BOOKS = {
    "seed": ROOT / "sources" / "dangshi",
    "sample": ROOT / "tests" / "gallery" / "book",
}
DPI = 110


@dataclass(frozen=True)
class Shot:
    """One picture: of which book and edition, and what the page must show.

    ``shows`` are words in one line of the page, without spaces; ``=目录`` is the whole
    line, ``@3`` the third page; of an EPUB it is the file. ``camera`` is a row of
    `CAMERAS`.
    """

    name: str
    book: str
    edition: str
    shows: str
    camera: str = "page"
    skip: int = field(default=0)
    """How many pages that show it come before."""


PAGES: tuple[tuple[str, str, str], ...] = (
    ("cover", "seed", "@1"),
    ("title-page", "seed", "@3"),
    ("colophon", "seed", "@4"),
    ("contents", "seed", "=目录"),
    ("editorial-note", "seed", "=编辑说明"),
    ("editorial-tables", "seed", "=校改"),
    ("opening", "seed", "第一条为了"),
    ("items", "seed", "（一）学史明理"),
    ("chapters", "seed", "=第三章党史学习教育的内容"),
    ("footnote", "seed", "第十九条基层"),
    ("end-of-source", "seed", "第二十五条党史"),
    ("qa-opening", "seed", "近日，中共中央"),
    ("qa", "seed", "答：《条例》共六章"),
    ("qa-end", "seed", "新华社北京"),
    ("deep-contents", "sample", "=目录"),
    ("deep-opening", "sample", "=第一编通则"),
    ("deep-items", "sample", "借还图书"),
    ("marks", "sample", "逐件登记"),
    ("tables", "sample", "寒暑假"),
    ("attachment", "sample", "=附件一社区图书阅览室评估标准"),
    ("sample-qa", "sample", "问：为什么要修订"),
)
"""Each page of the booklet: its name, its book, and what it shows."""
OTHERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("large-print", ("title-page", "contents", "editorial-tables", "opening", "items")),
    ("large-print", ("footnote", "qa", "marks", "tables", "attachment")),
    ("a4", ("cover", "contents", "editorial-tables", "opening", "footnote", "qa")),
    ("a4", ("marks", "tables", "attachment")),
    ("booklet-tw", ("cover", "contents", "editorial-tables", "opening", "items")),
    ("booklet-tw", ("footnote", "qa", "marks", "tables", "attachment")),
    ("booklet-hk", ("contents", "opening", "items", "qa", "marks")),
)
"""Which of these are shown of other editions too."""


def shots() -> tuple[Shot, ...]:
    """The whole table."""
    known = {name: (book, shows) for name, book, shows in PAGES}
    table = [Shot(name, book, "booklet", shows) for name, book, shows in PAGES]
    for edition, names in OTHERS:
        script = "zh-Hant-TW" if edition.endswith("-tw") else "zh-Hant-HK"
        for name in names:
            book, shows = known[name]
            said = _converted(shows, script) if "-" in edition[-3:] else shows
            table.append(Shot(f"{edition}-{name}", book, edition, said))
    for name, book, edition, page in EPUB_PAGES:
        table += [
            Shot(f"{edition}-{name}-{camera}", book, edition, page, camera)
            for camera in READERS
        ]
    table.append(Shot("typst-articles", "seed", "booklet", "第十一条认真", "typst"))
    return tuple(table)


def _converted(shows: str, script: str) -> str:
    from publisher.edition.lines import convert

    return convert(shows, script)  # type: ignore[arg-type]


Camera = Callable[[Shot, Path, Path], None]
"""Takes a shot of a built file, and writes the picture to a path."""


def page(shot: Shot, built: Path, picture: Path) -> None:
    """A page of a PDF, by poppler."""
    number = str(found(shot, looked(built)).number)
    base = picture.with_suffix("")
    command = ["pdftoppm", "-r", str(DPI), "-f", number, "-l", number]
    subprocess.run([*command, "-png", "-singlefile", built, base], check=True)


def typst(shot: Shot, built: Path, picture: Path) -> None:
    """The text of the same page set by Typst at the same measure, to look at beside."""
    import typst as engine

    shown = found(shot, looked(built))
    size = max(line.size for line in shown.lines if line.size < 11)
    column = [line for line in shown.lines if line.size == size]
    text = ""
    for line in column:
        indented = line.left > min(each.left for each in column) + size
        text += ("\n\n" if indented else "") + line.text
    source = f"""#set page(width: 148mm, height: 210mm, margin: (top: 21mm, left: 20mm,
  right: 24.28mm, bottom: 17mm))
#set text(lang: "zh", font: "Noto Serif CJK SC", size: {size}pt)
#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 7.5pt,
  spacing: 7.5pt)
{text}
"""
    made = picture.with_suffix(".typ")
    made.write_text(source, "utf-8")
    engine.compile(str(made), output=str(picture), format="png", ppi=float(DPI))
    made.unlink()


def reader(look: Look) -> Camera:
    """A page of an EPUB, ``shows`` by name, as a reader shows it (Chromium)."""
    return lambda shot, built, picture: shoot(built, shot.shows, look, picture)


READERS: Mapping[str, Camera] = {look.name: reader(look) for look in LOOKS}
"""By day, by night, and on a phone."""
CAMERAS: Mapping[str, Camera] = {"page": page, "typst": typst, **READERS}
EPUB_PAGES = (
    ("nav", "seed", "epub", "nav.xhtml"),
    ("chapter", "seed", "epub", "text/reg.chp_4.xhtml"),
    ("note", "seed", "epub", "text/reg.chp_4.xhtml#reg.note_1"),
    ("marks", "sample", "epub", "text/reg.xhtml"),
    ("vertical", "sample", "epub-upright", "text/reg.xhtml"),
    ("vertical-nav", "sample", "epub-upright", "nav.xhtml"),
)
"""Name, book, edition and page of what is shown of EPUBs, by each of `READERS`."""


@cache
def looked(built: Path) -> Facts:
    """A PDF, looked into once."""
    return inspect(built)


def found(shot: Shot, facts: Facts) -> Page:
    """The page that a shot names.

    Raises:
        LookupError: no page shows it.
    """
    if shot.shows.startswith("@"):
        return facts.pages[int(shot.shows[1:]) - 1]
    showing = [page for page in facts.pages if _shows(page, shot.shows)]
    if shot.skip >= len(showing):
        raise LookupError(f"{shot.name}: no page shows {shot.shows}")
    return showing[shot.skip]


def _shows(page: Page, words: str) -> bool:
    texts = ["".join(line.text.split()) for line in page.lines]
    if words.startswith("="):
        return words[1:] in texts
    return any(words in text for text in texts)


def build(table: tuple[Shot, ...], out: Path) -> dict[tuple[str, str], Path]:
    """Every edition that the table needs, built once."""
    made = {}
    for book in sorted({shot.book for shot in table}):
        names = sorted({shot.edition for shot in table if shot.book == book})
        results = publisher.build(BOOKS[book], names, out)
        for target in results.targets:
            made[book, target.target.edition.name] = Path(target.path)
    return made


def take(table: tuple[Shot, ...], out: Path) -> list[Path]:
    """Build and render; the pictures, in the table's order."""
    out.mkdir(parents=True, exist_ok=True)
    made = build(table, out / "books")
    pictures = []
    numbers = {shot.name: number for number, shot in enumerate(shots(), 1)}
    for shot in table:
        number = numbers[shot.name]
        picture = out / f"{number:02}-{shot.name}.png"
        CAMERAS[shot.camera](shot, made[shot.book, shot.edition], picture)
        pictures.append(picture)
    _index(pictures, out)
    return pictures


def _index(pictures: list[Path], out: Path) -> None:
    """All pictures on one page."""
    figures = "\n".join(
        f'<figure><img src="{escape(p.name)}" alt=""><figcaption>{escape(p.stem)}'
        "</figcaption></figure>"
        for p in pictures
    )
    style = "body{background:#ccc;font:14px sans-serif}figure{display:inline-block}"
    text = f"<!DOCTYPE html><meta charset=utf-8><style>{style}</style>\n{figures}\n"
    (out / "index.html").write_text(text, "utf-8")


def main() -> None:
    """``gallery.py [NAME…]``: all shots, or those whose name holds one of these."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("-o", type=Path, default=ROOT / "build" / "gallery")
    asked = parser.parse_args()
    table = tuple(
        shot
        for shot in shots()
        if not asked.names or any(name in shot.name for name in asked.names)
    )
    for picture in take(table, asked.o):
        print(picture)


if __name__ == "__main__":
    main()
