"""The files that a book may read, of all that lie in its folder.

A book's folder may be anything: a law from somebody's documents lies among a thousand
other files, and the last outputs may lie there too. Only what the book can read goes to
other machines.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote

from publisher import assets
from publisher.cache.store import results
from publisher.inputs import digest
from publisher.pipeline import Loaded

HIDDEN, TEMPLATES = ".", "templates/"
NEVER = frozenset({".git", ".hg", ".svn"})
"""Hidden folders that are looked into by nobody."""


def belongings(loaded: Loaded) -> tuple[tuple[str, str], ...]:
    """Names, relative to the book's folder, and sha256.

    All of a book's own folder but outputs; of hidden files, and of what lies beside a
    bare source file and its templates, only the sources and what they name: pictures.
    """
    folder = loaded.folder
    named = (source.path for source in loaded.book.sources)
    own = {name for name in named if (folder / name).is_file()}
    names = set(_below(str(folder)))
    open_ = {
        name
        for name in names
        if not _hidden(name) and (not loaded.book.bare or name.startswith(TEMPLATES))
    }
    if asked := names - open_ - own:
        said = "".join(_said(folder / n, digest(str(folder / n))) for n in sorted(own))
        open_ |= {name for name in asked if _letters(Path(name).name) in said}
    return tuple((n, digest(str(folder / n))) for n in sorted(open_ | own))


def _hidden(name: str) -> bool:
    return any(part.startswith(HIDDEN) for part in Path(name).parts)


def own_fonts(loaded: Loaded, files: Iterable[tuple[str, str]]) -> bool:
    """Whether a book may ask for a font of this machine that no table names.

    Its templates may, and drawings with text. Lines that are ours do not.
    """
    return any(
        line not in _ours()
        for name, sum_ in files
        if name.startswith(TEMPLATES) or name.lower().endswith(".svg")
        for line in _of_fonts(str(loaded.folder / name), sum_)
    )


FONTS = (b"font", b"--song", b"--hei", b"--kai", b"--fangsong", b"<text", b"\\")
"""What a line has that chooses a font. CSS may hide a word behind a backslash."""


@lru_cache(maxsize=64)
def _of_fonts(file: str, _sum: str) -> frozenset[bytes]:
    lines = Path(file).read_bytes().splitlines()
    return frozenset(e.strip() for e in lines if any(w in e.lower() for w in FONTS))


def _ours() -> frozenset[bytes]:
    files = (file for file in assets.templates().rglob("*") if file.is_file())
    return frozenset().union(*(_of_fonts(str(f), digest(str(f))) for f in files))


def _below(folder: str) -> list[str]:
    """All files, also where a link leads to a folder; each folder once."""
    found, seen = [], set()
    for root, inner, names in os.walk(folder, followlinks=True):
        real = os.path.realpath(root)
        if real in seen or (root != folder and results(Path(root))):
            inner.clear()
            continue
        seen.add(real)
        inner[:] = sorted(name for name in inner if name not in NEVER)
        found += [f"{root}/{name}" for name in sorted(names)]
    return [path[len(folder) + 1 :] for path in found]


@lru_cache(maxsize=8)
def _said(file: Path, _sum: str) -> str:
    """What a source says, as `_letters`; it names its pictures as Markdown does."""
    from publisher.read import decode

    return _letters(decode(file.name, file.read_bytes(), lambda _: None).text)


def _letters(text: str) -> str:
    """Letters and digits only, so that no way of escaping a name hides it."""
    return "".join(filter(str.isalnum, unquote(text).casefold()))
