"""The books made by hand, made into EPUBs once, and opened again."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, is_dataclass, replace
from functools import cache, cached_property

import pytest
from lxml import etree

from publisher import assets, fonts
from publisher.book import Edition, Script
from publisher.edition.lines import convert
from publisher.edition.prepared import Apparatus, Prepared
from publisher.edition.script import convert_document
from publisher.render import Imprint, render_epub
from publisher.render.package import Package
from publisher.render.printed import Printed
from publisher.write import printed
from publisher.write.epub import write
from tests.epub import books

XHTML = "{http://www.w3.org/1999/xhtml}"
OPS = "{http://www.idpf.org/2007/ops}"


@dataclass(frozen=True)
class Made:
    """One EPUB: what went in, what came out, and its files read again."""

    prepared: Prepared
    imprint: Imprint
    package: Package
    data: bytes

    @cached_property
    def files(self) -> dict[str, bytes]:
        """Every file by its name in the zip file."""
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    @cached_property
    def pages(self) -> dict[str, etree._Element]:
        """Every XHTML file, by its name under EPUB/, in no order."""
        return {
            name.removeprefix("EPUB/"): etree.fromstring(data)
            for name, data in self.files.items()
            if name.endswith(".xhtml")
        }

    def documents(self) -> Iterator[tuple[str, etree._Element]]:
        """The pages that hold the documents, in reading order."""
        names = {file.id: file.name for file in self.package.files}
        for name in (names[item] for item in self.package.spine):
            if "generated" not in classes(body(self.pages[name])):
                yield name, self.pages[name]


def body(page: etree._Element) -> etree._Element:
    found = page.find(f"{XHTML}body")
    assert found is not None
    return found


def classes(element: etree._Element) -> list[str]:
    return str(element.get("class", "")).split()


def text_of(element: etree._Element) -> str:
    """The text that is the source's: all but what has the class ``generated``."""
    if "generated" in classes(element):
        return ""
    inner = (text_of(child) + (child.tail or "") for child in element)
    return (element.text or "") + "".join(inner)


def make(prepared: Prepared, printed: Printed | None = None) -> Made:
    faces = loaded().of(prepared.edition.script)
    imprint = replace(books.imprint(faces), printed=printed, pictures=books.PICTURES)
    package = render_epub(prepared, imprint)
    return Made(prepared, imprint, package, write(package, imprint))


def in_print(prepared: Prepared) -> Printed:
    """Where the pages of the same book in print begin."""
    script = prepared.edition.script
    edition = Edition("booklet", "pdf", script)
    found = loaded()
    imprint = replace(
        books.imprint(found.of(script)),
        css_fonts=found.css(script),
        font_css=found.font_css(script),
    )
    return printed(replace(prepared, edition=edition), imprint, ())


def set_as(prepared: Prepared, **how: str) -> Prepared:
    """The same book with another setting of its edition."""
    return replace(prepared, edition=replace(prepared.edition, **how))  # type: ignore[arg-type]


@cache
def loaded() -> fonts.Faces:
    return fonts.load(assets.fonts())


def taiwan(script: Script = "zh-Hant-TW") -> Prepared:
    def say(text: str) -> str:
        return convert(text, script)

    documents = (books.law(), books.talk(), books.news())
    there = (convert_document(d, script, lambda _: None) for d in documents)
    own = books.book()
    strings = ("subtitle", "authority", "publisher", "rights")
    told = {name: say(getattr(own, name)) for name in strings}
    account = converted(books.APPARATUS, say)
    return books.prepared(
        *there,
        script=script,
        convert=say,
        apparatus=account,
        title="黨史條例",
        **told,
    )


def converted(account: Apparatus, say: Callable[[str], str]) -> Apparatus:
    """The account in another script, every string of it."""

    def turn(value: object) -> object:
        if isinstance(value, str):
            return value if value == "reg" else say(value)
        if isinstance(value, tuple):
            return tuple(turn(each) for each in value)
        if is_dataclass(value) and not isinstance(value, type):
            fields = {name: turn(getattr(value, name)) for name in value.__slots__}  # type: ignore[attr-defined]
            return replace(value, **fields)
        return value

    made = turn(account)
    assert isinstance(made, Apparatus)
    return made


@pytest.fixture(scope="session")
def everything() -> Made:
    """Every kind of node, in simplified characters."""
    return make(books.everything())


@pytest.fixture(scope="session")
def everywhere() -> Made:
    """The same in Taiwan's characters."""
    return make(taiwan())


@pytest.fixture(scope="session")
def excerpt() -> Made:
    """One chapter without the rest."""
    return make(books.excerpt())


@pytest.fixture(scope="session")
def numbered() -> Made:
    """The first with the pages of its print."""
    book = books.everything()
    return make(book, in_print(book))


@pytest.fixture(scope="session")
def upright() -> Made:
    """Taiwan's, in vertical lines, with the pages of its print."""
    book = taiwan()
    return make(set_as(book, writing="vertical"), in_print(book))


@pytest.fixture(scope="session")
def hongkong() -> Made:
    """Hong Kong's, with faces of its own."""
    return make(set_as(taiwan("zh-Hant-HK"), fonts="subset"))


KINDS = ("everything", "everywhere", "excerpt", "numbered", "upright", "hongkong")
"""Every kind of EPUB that is made."""


@pytest.fixture(params=KINDS)
def made(request: pytest.FixtureRequest) -> Made:
    """Each of them in turn."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Made)
    return found
