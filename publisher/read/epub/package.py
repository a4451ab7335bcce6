"""The package document (OPF) and the files it names."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.diagnostics import Diagnostic, Report
from publisher.read.epub.archive import Archive
from publisher.read.epub.parse import parse
from publisher.read.epub.publication import (
    Element,
    Item,
    Publication,
    linked,
    local,
    page,
)
from publisher.read.hostile import Refused
from publisher.read.rules import EPUB_CURE, UNREADABLE

XHTML = "application/xhtml+xml"
NCX = "application/x-dtbncx+xml"
CSS = "text/css"
HEAD = 262_144
"""Bytes of a picture that are enough to know how large it is."""


def package(
    name: str, archive: Archive, opf_name: str, opf: Element, report: Report
) -> Publication:
    """The publication, with every file that can be parsed; the others are reported."""
    items = tuple(_items(opf, opf_name))
    by_id = {item.id: item for item in items}
    refs = [e.get("idref") or "" for e in opf.iter() if local(e) == "itemref"]
    spine = tuple(by_id[ref] for ref in refs if ref in by_id)
    reader = _Reader(name, archive, report)
    order = dict.fromkeys((*spine, *items))
    roots = {
        item.name: root
        for item in order
        if item.media_type == XHTML and (root := reader.root(item.name)) is not None
    }
    pages = {held: page(held, root) for held, root in roots.items()}
    nav = next((pages.get(i.name) for i in items if "nav" in i.properties), None)
    ncx = next((i for i in items if i.media_type == NCX), None)
    return Publication(
        name,
        opf_name,
        opf,
        items,
        spine,
        pages,
        nav,
        reader.root(ncx.name) if ncx else None,
        ncx.name if ncx else "",
        {i.name: reader.text(i.name) for i in items if i.media_type == CSS},
        {
            i.name: archive.read(i.name, HEAD)
            for i in items
            if i.media_type.startswith("image/") and i.name in archive.sizes
        },
        archive.sizes,
    )


def _items(opf: Element, opf_name: str) -> Iterator[Item]:
    for element in opf.iter():
        if local(element) != "item":
            continue
        href = element.get("href") or ""
        target = linked(opf_name, href)
        yield Item(
            element.get("id") or "",
            target[0] if target else href,
            element.get("media-type") or "",
            tuple((element.get("properties") or "").split()),
            remote=target is None,
        )


class _Reader:
    """Parses files; one that cannot be is reported, and the others go on."""

    def __init__(self, name: str, archive: Archive, report: Report) -> None:
        self.name = name
        self.archive = archive
        self.report = report

    def root(self, name: str) -> Element | None:
        if name not in self.archive.sizes:
            return None  # a dead link, which a check tells
        try:
            return parse(self.archive.read(name), name)
        except Refused as refused:
            if refused.hostile:
                raise
            place = f"{self.name}!{name}:1:1"
            words, cure = refused.words, EPUB_CURE
            self.report(Diagnostic(UNREADABLE, words, hint=cure, place=place))
            return None

    def text(self, name: str) -> str:
        if name not in self.archive.sizes:
            return ""
        return self.archive.read(name).decode("utf-8", "replace")
