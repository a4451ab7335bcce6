"""The files of an EPUB that templates make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Environment

from publisher.edition.prepared import Prepared
from publisher.patterns import pattern
from publisher.render import Imprint
from publisher.render.contents import nameless, title_of
from publisher.render.environment import compiled, environment
from publisher.render.epub.contents import caption, depth
from publisher.render.epub.flow import Call, Flow, bracketed, number_notes
from publisher.render.epub.metadata import title
from publisher.render.epub.parts import Part, blocks, sort
from publisher.render.epub.pictures import Key, pictures, words
from publisher.render.package import CSS, NCX, XHTML, Entry, File, Landmark, PageMark
from publisher.render.runs import broken
from publisher.tree.ids import anchor
from publisher.tree.nodes import Attachment, Division, Document, Image, Run
from publisher.tree.walk import plain, walk

FOLDER = "text/"
FORBIDDEN = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold: controls, lone surrogates, U+FFFE and U+FFFF."""
SEMANTICS: Mapping[str, tuple[str, str]] = {
    "volume": ("volume", ""),
    "book": ("part", "doc-part"),
    "part": ("division", ""),
    "chapter": ("chapter", "doc-chapter"),
    "attachment": ("appendix", "doc-appendix"),
    "press_qa": ("qna", "doc-qna"),
}
"""What a section is → EPUB structural word, and the ARIA role that goes with it."""
DEEPEST = 6
"""HTML has no more levels of headings."""


@dataclass(frozen=True, slots=True)
class Pages:
    """What the files of one edition are made with."""

    prepared: Prepared
    imprint: Imprint
    environment: Environment
    flows: Mapping[str, Flow]
    """By document id."""
    places: Mapping[str, str]
    """Anchor → the name of the file that it is in."""
    pictures: Mapping[Key, File]
    """The pictures that the book shows."""

    def page(self, name: str, **values: object) -> File:
        """A page of the front matter."""
        text = self._text(f"{name}.xhtml", **values)
        return File(name, f"{FOLDER}{name}.xhtml", XHTML, text)

    def style(self) -> File:
        """The style sheet."""
        return File("css", "css/book.css", CSS, self._text("book.css"))

    def nav(
        self,
        entries: Sequence[Entry],
        marks: Sequence[Landmark],
        pages: Sequence[PageMark],
    ) -> File:
        """The navigation document, which is also the contents page (目录)."""
        text = self._text("nav.xhtml", entries=entries, landmarks=marks, pages=pages)
        return File("nav", "nav.xhtml", XHTML, text, ("nav",))

    def ncx(
        self, entries: Sequence[Entry], uid: str, pages: Sequence[PageMark]
    ) -> File:
        """The same for readers of EPUB 2."""
        numbers = [int(page.label) for page in pages if page.label.isdecimal()]
        text = self._text(
            "toc.ncx",
            entries=entries,
            uid=uid,
            depth=depth(entries),
            pages=pages,
            most=max(numbers, default=0),
        )
        return File("ncx", "toc.ncx", NCX, text)

    def part(self, part: Part) -> File:
        """One file of a document."""
        name, document = f"{part.name}.xhtml", part.document
        flow, note = self.flows[document.id], document.note

        def run(owner: str, run: Run) -> object:
            return flow.run(owner, run, name)

        text = self._text(
            "document.xhtml",
            part=part,
            document=document,
            heading=self._heading(part),
            nameless=nameless(document),
            semantics=SEMANTICS.get(_sort(document), ("chapter", "doc-chapter")),
            kinds=SEMANTICS,
            run=run,
            note=note and flow.lines(note.id, broken(note.run), name),
            at=lambda node_id: anchor(document, node_id),
            notes=tuple(self._notes(part)),
            bracketed=bracketed,
            caption=caption,
            sort=sort,
            deepest=DEEPEST,
            shown=self._shown,
            words=lambda image: words(image, self.prepared.convert),
        )
        return File(part.name, f"{FOLDER}{name}", XHTML, text)

    def _shown(self, image: Image) -> str:
        """Where a picture is, from the folder of pages; empty if there is none."""
        file = self.pictures.get((image.span.file, image.src))
        return f"../{file.name}" if file else ""

    def _heading(self, part: Part) -> str:
        """The title of a file: the document's, or that of the first division in it."""
        if not part.opening:
            for block in blocks(part.body):
                if isinstance(block, Division | Attachment):
                    return caption(block)
        return title_of(part.document)

    def _notes(self, part: Part) -> Iterator[Call]:
        """The notes that are called in a file."""
        document = part.document
        for owner, calls in self.flows[document.id].calls.items():
            name = owner if owner == document.id else anchor(document, owner)
            if self.places[name] == f"{part.name}.xhtml":
                yield from calls

    def _text(self, template: str, **values: object) -> bytes:
        text = self.environment.get_template(f"epub/{template}").render(
            lang=self.prepared.lang,
            book=self.prepared.book,
            title=title(self.prepared),
            vertical=self.prepared.edition.writing == "vertical",
            subset=self.prepared.edition.fonts == "subset",
            plain=plain,
            **values,
        )
        return FORBIDDEN.sub("\ufffd", text).encode()


def pages(prepared: Prepared, imprint: Imprint, parts: Iterable[Part]) -> Pages:
    """What an edition's files are made with, given how its documents are cut."""
    places = {name: f"{part.name}.xhtml" for part in parts for name in _anchors(part)}
    return Pages(
        prepared,
        imprint,
        environment(imprint.templates, script=prepared.convert),
        {
            document.id: Flow(document, number_notes(document), places)
            for document in prepared.documents
        },
        places,
        pictures(prepared.documents, imprint.pictures),
    )


def ready() -> None:
    """Compile the templates."""
    compiled("epub", "script")


def _anchors(part: Part) -> Iterator[str]:
    """The name of every place in a file that can be linked to."""
    document = part.document
    if part.opening:
        yield document.id
        if document.note:
            yield anchor(document, document.note.id)
    for block in blocks(part.body):
        # What is in a division comes by itself: it may be in another file.
        held = isinstance(block, Division | Attachment)
        inner = (block,) if held else walk(block)
        for node in inner:
            if name := getattr(node, "id", ""):
                yield anchor(document, name)


def _sort(document: Document) -> str:
    """What a document is among sections: with 编 it holds parts, with 章 it is one."""
    if document.kind == "press_qa":
        return "press_qa"
    kinds = {block.kind for block in document.body if isinstance(block, Division)}
    return "volume" if "book" in kinds else "book" if "chapter" in kinds else "chapter"
