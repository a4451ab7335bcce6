"""The container: a package document and a zip file, through EbookLib 0.20.

`Writer` puts right what EbookLib's public interface cannot: the language of the package
document, its superfluous prefix, and the times and file system in the zip entries.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from ebooklib import epub

from publisher.render.package import META, Meta, Package

if TYPE_CHECKING:
    from lxml.etree import _Element

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
DOS_TIME = (datetime(1980, 1, 1), datetime(2107, 12, 31))  # noqa: DTZ001
"""The first and last day that a zip entry can tell."""


def pack(package: Package, files: Mapping[str, bytes]) -> bytes:
    """The zip file; ``files`` are the contents by name."""
    out = BytesIO()
    writer = Writer(out, _book(package, files), {"mtime": package.modified})
    writer.beside = {n: b for n, b in sorted(files.items()) if n.startswith(META)}
    writer.process()
    writer.write()
    return out.getvalue()


class Writer(epub.EpubWriter):  # type: ignore[misc]
    """EbookLib's writer, made reproducible."""

    beside: Mapping[str, bytes]
    """Files that are in no manifest."""

    def _write_opf_file(self, root: _Element) -> None:
        root.set(XML_LANG, self.book.language)
        del root.attrib["prefix"]  # declares only what EPUB reserves
        super()._write_opf_file(root)

    def write(self) -> None:
        """Write all entries, ``mimetype`` first and stored as it is."""
        moment = self.options["mtime"].replace(tzinfo=None)
        moment = min(max(moment, DOS_TIME[0]), DOS_TIME[1])
        with _Zip(self.file_name, moment) as self.out:
            self.out.writestr("mimetype", "application/epub+zip", ZIP_STORED)
            self._write_container()
            for name, data in self.beside.items():
                self.out.writestr(name, data)
            self._write_opf()
            self._write_items()


class _Zip(ZipFile):
    """A zip file whose entries all have one time, on a Unix with plain permissions."""

    def __init__(self, file: BytesIO, moment: datetime) -> None:
        super().__init__(file, "w")
        self.moment = moment

    def writestr(
        self,
        zinfo_or_arcname: str | ZipInfo,
        data: Any,  # noqa: ANN401  (bytes or str, as zipfile has it)
        compress_type: int | None = None,
        compresslevel: int | None = 9,
    ) -> None:
        info = ZipInfo(str(zinfo_or_arcname), self.moment.timetuple()[:6])
        info.create_system = 3
        info.external_attr = 0o644 << 16
        kind = ZIP_DEFLATED if compress_type is None else compress_type
        super().writestr(info, data, kind, compresslevel)


def _book(package: Package, files: Mapping[str, bytes]) -> epub.EpubBook:
    book = epub.EpubBook()
    book.metadata = {}  # a random identifier and EbookLib's own name
    book.IDENTIFIER_ID = "pub-id"
    book.uid, book.title = package.identifier, package.title
    book.language, book.direction = package.lang, package.direction
    for meta in package.metadata:
        _add(book, meta)
    inside = (file for file in package.files if not file.name.startswith(META))
    for file in sorted(inside, key=lambda file: file.name):
        item = epub.EpubItem(file.id, file.name, file.media_type, files[file.name])
        item.properties = list(file.properties)
        book.add_item(item)
    book.spine = [(name, "yes") for name in package.spine]
    book.guide = [
        {"type": mark.type, "title": mark.title, "href": mark.href}
        for mark in package.guide
    ]
    return book


def _add(book: epub.EpubBook, meta: Meta) -> None:
    prefix, _, name = meta.name.rpartition(":")
    book.add_metadata(prefix.upper() or None, name, meta.text, dict(meta.attributes))
