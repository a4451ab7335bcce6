"""Packages → EPUB files: EbookLib as the container, and as nothing else.

EbookLib writes the package document, ``container.xml`` and the zip file. Every file of
the book goes in as it is: its own makers of pages, contents and NCX lose text. Law: the
bytes depend on the package and the faces alone.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import assert_never

from publisher import assets
from publisher.diagnostics import Problem, Report, Words
from publisher.edition.prepared import Prepared
from publisher.fonts import Face
from publisher.render import Imprint
from publisher.render.package import Cover, Cut, File, Licence, Package
from publisher.render.printed import KINDS, ranges
from publisher.tree import walk


def cover_words(package: Package) -> dict[str, str]:
    """What the cover picture says, by the role of the face that says it."""
    covers = [f.content for f in package.files if isinstance(f.content, Cover)]
    return {
        "song": "".join(line for cover in covers for line in cover.title),
        "kai": "".join(cover.subtitle + cover.publisher for cover in covers),
    }


def faces(package: Package, imprint: Imprint) -> tuple[Face, ...]:
    """The faces that draw the cover, and those that the book carries."""
    from publisher.write.epub.cover import FACES

    cuts = [f.content for f in package.files if isinstance(f.content, Cut)]
    wanted = (*FACES, *((cut.role, cut.weight) for cut in cuts))
    return tuple(dict.fromkeys(_face(imprint, *each) for each in wanted))


def write(package: Package, imprint: Imprint) -> bytes:
    """The EPUB file.

    Raises:
        Problem: the cover cannot be drawn, because a face cannot be read.
    """
    from publisher.write.epub.container import pack

    return pack(package, {f.name: _content(f, imprint) for f in package.files})


def examine(
    data: bytes,
    package: Package,
    prepared: Prepared,
    imprint: Imprint,
    report: Report,
) -> None:
    """Open a finished EPUB again, and report all that is wrong with it."""
    from publisher.check.epub import Examined, Expected
    from publisher.check.epub import examine as look
    from publisher.read.epub import read_epub

    publication = read_epub(f"{prepared.book.id}.epub", data, report)
    if publication is None:
        return
    bare = ranges(imprint.printed.bare) if imprint.printed else ()
    expected = Expected(
        ink="".join(map(walk.ink, prepared.documents)),
        lost=package.lost,
        bare=tuple((label, KINDS[kind]) for label, kind in bare),
    )
    look(Examined(publication, datetime.now(UTC), expected), report)


def _content(file: File, imprint: Imprint) -> bytes:
    """The bytes of a file; what is only described so far is made."""
    match file.content:
        case Cover():
            from publisher.write.epub.cover import draw

            return draw(file.content, imprint.faces)
        case Cut():
            from publisher.subset import subset

            face = _face(imprint, file.content.role, file.content.weight)
            return subset(face, file.content.characters)
        case Licence():
            face = _face(imprint, file.content.role)
            return (assets.fonts() / face.licence_file).read_bytes()
        case bytes():
            return file.content
        case _:
            assert_never(file.content)


def _face(imprint: Imprint, role: str, weight: int = 400) -> Face:
    """The face of a role whose weight is nearest."""
    held = [face for face in imprint.faces if face.role == role]
    if not held:
        raise Problem(5, _NO_FACE.fill(role=role))
    return min(held, key=lambda face: abs(face.weight - weight))


_NO_FACE = Words("字体表里没有“{role}”", "the table of fonts has no role “{role}”")
