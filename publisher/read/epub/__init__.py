"""An EPUB → its parsed files, to be checked. It is never a source of a book.

Law: nothing is unpacked before its size is known, nothing is fetched, no entity is
resolved; whatever the bytes are, the answer is a publication or a reason.
"""

from __future__ import annotations

from publisher.diagnostics import Diagnostic, Report, Words
from publisher.read.epub.archive import WHOLE as LARGEST
from publisher.read.epub.archive import Archive, open_archive
from publisher.read.epub.parse import parse
from publisher.read.epub.publication import (
    Element,
    Item,
    Page,
    Publication,
    linked,
    words_of,
)
from publisher.read.hostile import Refused
from publisher.read.rules import EPUB_CURE, HOSTILE, UNREADABLE

__all__ = [
    "LARGEST",
    "Element",
    "Item",
    "Page",
    "Publication",
    "linked",
    "read_epub",
    "words_of",
]

CONTAINER = "META-INF/container.xml"


def read_epub(name: str, raw: bytes, report: Report) -> Publication | None:
    """The files of an EPUB; None, and a finding, if it cannot be looked into.

    ``name`` is what people call it; files inside are told by it and their own name.
    """
    try:
        archive = open_archive(raw)
        return _publication(name, archive, report)
    except Refused as refused:
        rule = HOSTILE if refused.hostile else UNREADABLE
        report(Diagnostic(rule, refused.words, hint=EPUB_CURE, place=f"{name}:1:1"))
        return None


def _publication(name: str, archive: Archive, report: Report) -> Publication:
    from publisher.read.epub.package import package

    if archive.names[:1] != ("mimetype",):
        _say(report, name, "压缩包的第一个文件不是 mimetype", "mimetype is not first")
    opf_name = _package_name(archive)
    opf = parse(archive.read(opf_name), opf_name)
    return package(name, archive, opf_name, opf, report)


def _say(report: Report, name: str, zh: str, en: str) -> None:
    report(Diagnostic(UNREADABLE, Words(zh, en), hint=EPUB_CURE, place=f"{name}:1:1"))


def _package_name(archive: Archive) -> str:
    """The package document that the container names."""
    if CONTAINER not in archive.sizes:
        raise Refused(
            "里面没有 META-INF/container.xml，不是 EPUB",
            "there is no META-INF/container.xml in it: it is no EPUB",
            hostile=False,
        )
    root = parse(archive.read(CONTAINER), CONTAINER)
    for element in root.iter():
        path = element.get("full-path")
        if path and path in archive.sizes:
            return path
        if path:
            raise Refused(
                f"container.xml 所指的 {path} 不在压缩包里",
                f"{path}, which container.xml names, is not in the archive",
                hostile=False,
            )
    raise Refused(
        "container.xml 没有指出 OPF 文件", "container.xml names no OPF", hostile=False
    )
