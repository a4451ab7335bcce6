"""One edition → all files of an EPUB, as plain data.

One XHTML file a chapter; before them cover, title page, 版权页, contents and 编辑说明.
Law: the ink of the documents' files, without what has the class ``generated``, is the
ink of the documents.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from publisher.edition.prepared import Prepared
from publisher.render import Imprint, colophon, editorial
from publisher.render.epub import contents
from publisher.render.epub.lines import lines
from publisher.render.epub.metadata import identifier, metadata, title
from publisher.render.package import JPEG, Cover, Entry, File, Package
from publisher.render.epub.pages import FOLDER, pages
from publisher.render.epub.parts import parts

COVER = "cover-image"
FRONT = ("cover", "titlepage", "colophon", "nav", "preface")
"""The files before the documents, in reading order."""


def render(prepared: Prepared, imprint: Imprint) -> Package:
    """All files of one EPUB edition, and what its package document says."""
    held = tuple(part for document in prepared.documents for part in parts(document))
    made = pages(prepared, imprint, held)
    notes = tuple(editorial.parts(prepared))
    entries = tuple(_contents(prepared, notes, made.places))
    hrefs = (*map(_href, FRONT), *(_href(part.name) for part in held[:1]))
    marks = tuple(contents.landmarks(prepared, hrefs))
    name = identifier(prepared, imprint)
    words = Cover(
        lines(title(prepared)), prepared.book.subtitle, prepared.book.publisher
    )
    return Package(
        identifier=name,
        lang=prepared.lang,
        title=title(prepared),
        modified=imprint.stamp,
        metadata=metadata(prepared, imprint, COVER),
        files=(
            File(COVER, "images/cover.jpg", JPEG, words, ("cover-image",)),
            made.style(),
            made.page("cover", alt=prepared.convert("封面：") + title(prepared)),
            made.page("titlepage", lines=words.title),
            made.page("colophon", rows=tuple(colophon.rows(prepared, imprint))),
            made.nav(entries, marks),
            made.page("preface", parts=notes),
            made.ncx(entries, name),
            *map(made.part, held),
        ),
        spine=(*FRONT, *(part.name for part in held)),
        contents=entries,
        landmarks=marks,
        guide=tuple(contents.guide(prepared, hrefs)),
    )


def _href(name: str) -> str:
    return "nav.xhtml" if name == "nav" else f"{FOLDER}{name}.xhtml"


def _contents(
    prepared: Prepared, notes: Sequence[editorial.Part], where: Mapping[str, str]
) -> Iterator[Entry]:
    """What the contents list, in reading order."""
    say = prepared.convert
    yield Entry(say("扉页"), _href("titlepage"), "front")
    yield Entry(say("版权页"), _href("colophon"), "front")
    yield contents.preface(notes, say("编辑说明"), _href("preface"))
    for document in prepared.documents:
        yield contents.entry(
            prepared, document, lambda name: f"{FOLDER}{where[name]}#{name}"
        )
