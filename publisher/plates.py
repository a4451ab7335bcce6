"""The pictures that a book's sources show, as bytes, from the book's own folder.

A Word file carries its pictures. A web page that was saved has them in a folder beside
it; of its addresses only the last part is known. A picture that lies outside the book's
folder is not there, whatever the source says: nothing is ever fetched.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PureWindowsPath
from urllib.parse import quote, unquote

from publisher.book import SourceFile
from publisher.diagnostics import Diagnostic, Report, Rule, Severity, Words
from publisher.tree.nodes import Collection, Image
from publisher.tree.walk import walk

NO_PICTURE = Rule(
    "W111",
    "picture-not-found",
    Severity.WARNING,
    Words(
        "来源里有一幅图，书的文件夹里却没有图的文件（或不是 PNG、JPEG、GIF、WebP），"
        "书里只能印出图的文字说明。",
        "The source shows a picture whose file is not in the book's folder, or is of a "
        "kind that readers cannot show; the book has only the words for it.",
    ),
    "![国徽图案](国徽.png), and no such file",
    Words(
        "把图的文件放进书的文件夹，名称与来源所写相同。",
        "Put the file into the book's folder, under the name that the source gives.",
    ),
)
MOST = 32_000_000
"""Bytes of a picture; larger ones are no pictures of a book's text."""
BESIDE = ("{stem}_files", "{stem}.files", "images", "media")
"""Folders that browsers and word processors put pictures into."""


@dataclass(frozen=True, slots=True)
class Plate:
    """A picture that a source shows."""

    href: str
    """Relative to the book's folder, as a URL; or all of it, as a ``data:`` URL."""
    data: bytes = field(repr=False)


def plates(
    collection: Collection,
    sources: tuple[SourceFile, ...],
    folder: Path,
    report: Report,
) -> dict[tuple[int, str], Plate]:
    """The pictures of a collection, by number of the source file and by name."""
    out: dict[tuple[int, str], Plate] = {}
    for document, image in _shown(collection):
        key = image.span.file, image.src
        if key[0] < 0 or key in out:
            continue
        found = _found(folder, sources[key[0]].path, image.src)
        if found is None:
            message = _ABSENT.fill(name=image.src)
            where = f"{document}.{image.id}"
            report(Diagnostic(NO_PICTURE, message, image.span, where, NO_PICTURE.cure))
        else:
            out[key] = found
    return out


_ABSENT = Words("没有找到图“{name}”", "the picture {name!r} was not found")


def _shown(collection: Collection) -> Iterator[tuple[str, Image]]:
    for document in collection.documents:
        for node in walk(document):
            if isinstance(node, Image):
                yield document.id, node


def _found(folder: Path, source: str, name: str) -> Plate | None:
    path = folder / source
    if path.suffix.lower() == ".docx":
        from publisher.read.docx import pictures

        data = pictures(path.read_bytes()).get(name)
        return Plate(_whole(name, data), data) if data else None
    found = (_inside(candidate, folder) for candidate in _candidates(path, name))
    return next((plate for plate in found if plate), None)


def _whole(name: str, data: bytes) -> str:
    """A picture as an address that holds all of it."""
    kind = name.rpartition(".")[2]
    return f"data:image/{kind};base64,{b64encode(data).decode()}"


def _candidates(source: Path, name: str) -> Iterator[Path]:
    parts = PureWindowsPath(unquote(name.partition("?")[0]))
    if parts.anchor or ":" in name or "\0" in name:
        return
    yield source.parent / Path(*parts.parts)
    for beside in BESIDE:
        yield source.parent / beside.format(stem=source.stem) / parts.name


def _inside(path: Path, folder: Path) -> Plate | None:
    """A file, if it truly lies in the folder and is not too large."""
    root = folder.resolve()
    try:
        whole = path.resolve(strict=True)
        within = whole.is_relative_to(root) and whole.is_file()
        if not within or whole.stat().st_size > MOST:
            return None
        return Plate(quote(whole.relative_to(root).as_posix()), whole.read_bytes())
    except (OSError, ValueError, RuntimeError):
        return None
