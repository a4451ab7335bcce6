"""One edition → all files of an EPUB, as plain data.

One XHTML file a chapter; before them cover, title page, 版权页, contents and 编辑说明.
Law: the ink of the documents' files, without what has the class ``generated``, is the
ink of the documents.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from markupsafe import Markup

from publisher.check.scripts import language_of
from publisher.edition.prepared import Prepared
from publisher.render import Imprint, colophon, editorial, titles
from publisher.render.colophon import Row
from publisher.render.contents import named
from publisher.render.epub import contents
from publisher.render.epub.faces import faces
from publisher.render.epub.metadata import identifier, metadata, title
from publisher.render.epub.numbered import numbered, print_name
from publisher.render.epub.pages import FOLDER, Pages, pages
from publisher.render.epub.parts import parts
from publisher.render.epub.upright import upright
from publisher.render.package import JPEG, Cover, Entry, File, Package
from publisher.render.sense import senses

COVER = "cover-image"
FRONT = ("cover", "titlepage", "colophon", "nav", "preface")
"""The files before the documents, in reading order."""
LINES = (8, 10, 12, 16, 24)
"""Characters in a line of the cover's title, the largest size first."""


def render(prepared: Prepared, imprint: Imprint) -> Package:
    """All files of one EPUB edition, and what its package document says."""
    prepared = named(prepared)
    held = tuple(part for document in prepared.documents for part in parts(document))
    made = pages(prepared, imprint, held)
    notes = tuple(editorial.parts(prepared))
    entries = tuple(_contents(prepared, notes, made.places))
    hrefs = (*map(_href, FRONT), *(_href(part.name) for part in held[:1]))
    marks = tuple(contents.landmarks(prepared, hrefs))
    name = identifier(prepared, imprint)
    cover = _cover(prepared)
    text = [*_front(made, notes, cover), *map(made.part, held)]
    if prepared.edition.writing == "vertical":
        text = [upright(file) for file in text]
    text, numbers, lost = numbered(text, imprint.printed, prepared, made.places)
    files = (
        File(COVER, "images/cover.jpg", JPEG, cover, ("cover-image",)),
        made.style(),
        *text,
        made.nav(entries, marks, numbers),
        made.ncx(entries, name, numbers),
        *made.pictures.values(),
    )
    return Package(
        identifier=name,
        lang=prepared.lang,
        title=title(prepared),
        modified=imprint.stamp,
        metadata=metadata(
            prepared,
            imprint,
            notes[0].paragraphs[0],
            COVER,
            pictures=len(made.pictures),
            source=print_name(prepared, imprint, imprint.printed)
            if imprint.printed and numbers
            else "",
        ),
        files=(*files, *faces(files, prepared)),
        spine=(*FRONT, *(part.name for part in held)),
        contents=entries,
        landmarks=marks,
        guide=tuple(contents.guide(prepared, hrefs)),
        direction="rtl" if prepared.edition.writing == "vertical" else "ltr",
        pages=numbers,
        lost=lost,
    )


def _front(
    made: Pages, notes: Sequence[editorial.Part], cover: Cover
) -> Iterator[File]:
    """The pages of ours, but for the contents, in reading order."""
    prepared = made.prepared
    yield made.page("cover", alt=prepared.convert("封面：") + title(prepared))
    yield made.page("titlepage", lines=cover.title)
    yield made.page("colophon", rows=tuple(_colophon(prepared, made.imprint)))
    yield made.page("preface", parts=notes, apart=_marked(prepared))


def _cover(prepared: Prepared) -> Cover:
    """The cover's words, the title in as few lines as leave it large."""
    book = prepared.book
    words = title(prepared)
    _, lines = titles.fit(words, LINES, senses(prepared.documents))
    lines = lines if len(lines) <= titles.MOST else (words,)
    return Cover(tuple(map(str.strip, lines)), book.subtitle, book.publisher)


def _marked(prepared: Prepared) -> str:
    """What the EPUB alone says in 编辑说明: it cannot count on colour."""
    return prepared.convert("不显颜色之处，编者所加仍以〔〕与注号为别。")


def _colophon(prepared: Prepared, imprint: Imprint) -> Iterator[Row]:
    """版权页 without the size of a sheet, and with the identifier of the file."""
    for row in colophon.rows(prepared, imprint):
        if row.term != prepared.convert("开本"):
            told = (_told(line, row.quoted, prepared.lang) for line in row.lines)
            yield replace(row, lines=tuple(told))
    if imprint.printed:
        yield Row(
            prepared.convert("页码"), (print_name(prepared, imprint, imprint.printed),)
        )
    yield Row(prepared.convert("标识"), (identifier(prepared, imprint),))


def _told(line: str, quoted: Sequence[str], lang: str) -> str:
    """A line; a name that it begins with is marked if it is in another script."""
    begins = [name for name in quoted if line.startswith(name)]
    name = max(begins, key=len, default="")
    other = language_of(name, lang)
    if not other:
        return line
    marked = Markup('<span lang="{0}" xml:lang="{0}">{1}</span>').format(other, name)
    return marked + line[len(name) :]


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
