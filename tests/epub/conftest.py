"""The books made by hand, made into EPUBs once, and opened again."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

import pytest
from lxml import etree

from publisher import assets, fonts
from publisher.edition.lines import convert
from publisher.edition.prepared import Prepared
from publisher.edition.script import convert_document
from publisher.render import Imprint, render_epub
from publisher.render.package import Package
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


def make(prepared: Prepared) -> Made:
    faces = loaded().of(prepared.edition.script)
    imprint = books.imprint(faces)
    package = render_epub(prepared, imprint)
    return Made(prepared, imprint, package, write(package, imprint))


@cache
def loaded() -> fonts.Faces:
    return fonts.load(assets.fonts())


def taiwan() -> Prepared:
    def say(text: str) -> str:
        return convert(text, "zh-Hant-TW")

    documents = (books.law(), books.talk(), books.news())
    there = (convert_document(d, "zh-Hant-TW", lambda _: None) for d in documents)
    return books.prepared(*there, script="zh-Hant-TW", convert=say, title="黨史條例")


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


@pytest.fixture(params=["everything", "everywhere", "excerpt"])
def made(request: pytest.FixtureRequest) -> Made:
    """Each of the three in turn."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Made)
    return found
