"""The pictures of a book: which of them the text shows, and the words for each."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias

from publisher.patterns import pattern
from publisher.render import Picture
from publisher.render.package import File
from publisher.tree.nodes import Document, Image
from publisher.tree.walk import plain, walk

Key: TypeAlias = tuple[int, str]
"""Number of the source file, and the picture's name there."""
KINDS = (
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (b"GIF8", "image/gif", "gif"),
)
"""How a file begins that all readers can show (EPUB core media types), and its name."""
LIVELY = pattern(
    rb"<script|<foreignObject|<!ENTITY|\son\w+\s*=|href\s*=\s*[\"'](?!#|data:image/)",
    re.IGNORECASE,
)
"""What a drawing may not have in a book: programs, and what it fetches."""
UNTOLD = "图（来源没有说明）"


def kind(data: bytes) -> tuple[str, str] | None:
    """Media type and suffix of a picture; None if readers cannot show it."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp", "webp"
    if b"<svg" in data[:4096] and not LIVELY.search(data):
        return "image/svg+xml", "svg"
    found = (row[1:] for row in KINDS if data.startswith(row[0]))
    return next(found, None)


def pictures(
    documents: Iterable[Document], found: Mapping[Key, Picture]
) -> dict[Key, File]:
    """The pictures of some documents that are there and can be shown, by place."""
    out: dict[Key, File] = {}
    for document in documents:
        for node in walk(document):
            if isinstance(node, Image):
                key = node.span.file, node.src
                picture = found.get(key)
                sort = kind(picture.data) if picture else None
                if picture and sort and key not in out:
                    name = f"picture-{len(out) + 1}"
                    file = f"images/{name}.{sort[1]}"
                    out[key] = File(name, file, sort[0], picture.data)
    return out


def words(image: Image, convert: Callable[[str], str]) -> str:
    """What stands for a picture: the source's words for it, or its caption's."""
    said = plain(image.run).strip()
    if not said and image.caption:
        said = plain(image.caption.run).strip()
    return said or convert(UNTOLD)
