"""Packages → EPUB files: EbookLib as the container, and as nothing else.

EbookLib writes the package document, ``container.xml`` and the zip file. Every file of
the book goes in as it is: its own makers of pages, contents and NCX lose text. Law: the
bytes depend on the package and the faces alone.
"""

from __future__ import annotations

from publisher.render import Imprint
from publisher.render.package import Cover, Package


def cover_words(package: Package) -> dict[str, str]:
    """What the cover picture says, by the role of the face that says it."""
    covers = [f.content for f in package.files if isinstance(f.content, Cover)]
    return {
        "song": "".join(line for cover in covers for line in cover.title),
        "kai": "".join(cover.subtitle + cover.publisher for cover in covers),
    }


def write(package: Package, imprint: Imprint) -> bytes:
    """The EPUB file.

    Raises:
        Problem: the cover cannot be drawn, because a face cannot be read.
    """
    from publisher.write.epub.container import pack
    from publisher.write.epub.cover import draw

    files = {
        file.name: draw(file.content, imprint.faces)
        if isinstance(file.content, Cover)
        else file.content
        for file in package.files
    }
    return pack(package, files)
