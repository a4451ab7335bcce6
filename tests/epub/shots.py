"""Pictures of an EPUB as a reader sees it: unpacked, in headless Chromium.

``python tests/epub/shots.py BOOK.epub OUT [PAGE…]`` makes for each page named
(``text/reg.xhtml``, with a fragment where a place is meant) a picture by day, by night
and as wide as a phone. Without names: contents, title page, 编辑说明, first pages.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from tests.epub.validators import browser

FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"),
    *("--no-first-run", "--disable-background-networking", "--hide-scrollbars"),
    *("--disable-component-update", "--disable-sync", "--force-device-scale-factor=1"),
)
NIGHT = """
<style>html { background: #121212 !important; color: #e0e0e0 !important; }</style>
"""
"""What a reader's night mode does, besides telling `prefers-color-scheme`."""
CHROME = 100
"""Pixels of a window's height that its frame takes."""
FRAME = (
    '<!DOCTYPE html><body style="margin:0"><iframe src="{address}" '
    'style="display:block;border:0;width:{width}px;height:{height}px"></iframe></body>'
)
"""A page in a page: it scrolls by itself, to the place named, from the right side."""


@dataclass(frozen=True)
class Look:
    """A way to look at a page."""

    name: str
    width: int
    height: int
    night: bool = False


LOOKS = (
    Look("day", 720, 1000),
    Look("night", 720, 1000, night=True),
    Look("phone", 360, 740),
)


def shots(
    book: Path, out: Path, pages: Iterable[str] = (), looks: Iterable[Look] = LOOKS
) -> Iterator[Path]:
    """Take all pictures; gives their paths as they are made."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with zipfile.ZipFile(book) as packed:
            packed.extractall(folder)
        root = folder / "EPUB"
        for page in list(pages) or _usual(root):
            for look in looks:
                stem = Path(page.split("#")[0]).stem.replace(".", "-")
                place = page.partition("#")[2].replace(".", "-")
                file = out / f"{stem}{f'-{place}' if place else ''}-{look.name}.png"
                _shoot(root, page, look, file, folder / "profile")
                yield file


def shoot(book: Path, page: str, look: Look, file: Path) -> None:
    """Take one picture of one page of an EPUB."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with zipfile.ZipFile(book) as packed:
            packed.extractall(folder)
        _shoot(folder / "EPUB", page, look, file, folder / "profile")


def _usual(root: Path) -> list[str]:
    texts = sorted(path.name for path in (root / "text").glob("*.xhtml"))
    ours = {"cover.xhtml", "titlepage.xhtml", "colophon.xhtml", "preface.xhtml"}
    own = [f"text/{name}" for name in texts if name not in ours]
    return ["nav.xhtml", "text/titlepage.xhtml", "text/preface.xhtml", *own[:3]]


def _shoot(root: Path, page: str, look: Look, file: Path, profile: Path) -> None:
    name, _, place = page.partition("#")
    shown = root / name
    if look.night:
        text = shown.read_text("utf-8").replace("</head>", f"{NIGHT}</head>")
        shown = shown.with_name(f"night-{shown.name}")
        shown.write_text(text, "utf-8")
    frame = shown.with_name("frame.html")
    address = f"{shown.name}{f'#{place}' if place else ''}"
    text = FRAME.format(address=address, width=look.width, height=look.height)
    frame.write_text(text, "utf-8")
    command = [
        browser(),
        *FLAGS,
        f"--user-data-dir={profile}",
        f"--window-size={look.width},{look.height + CHROME}",
        f"--screenshot={file}",
        *(["--blink-settings=preferredColorScheme=0"] if look.night else []),
        frame.as_uri(),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with Image.open(file) as whole:
        whole.crop((0, 0, look.width, look.height)).save(file)
    frame.unlink()
    if look.night:
        shown.unlink()


if __name__ == "__main__":
    for made in shots(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]):
        print(made)  # noqa: T201  (it tells what it made)
