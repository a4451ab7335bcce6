"""An EPUB as plain data: every file of it, and what the package document says of them.

Nothing here knows how the container is written; `publisher.write.epub` does that. File
names are relative to the package document, with ``/``; hrefs are such names, with a
fragment where a place inside a file is meant.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

XHTML = "application/xhtml+xml"
CSS = "text/css"
NCX = "application/x-dtbncx+xml"
JPEG = "image/jpeg"
WOFF2 = "font/woff2"
PLAIN = "text/plain"
XML = "application/xml"
META = "META-INF/"


@dataclass(frozen=True, slots=True)
class Cover:
    """What the cover picture says (封面); drawn when the container is written."""

    title: tuple[str, ...]
    """Line by line."""
    subtitle: str
    publisher: str


@dataclass(frozen=True, slots=True)
class Cut:
    """A face with some characters alone; cut when the container is written."""

    role: str
    weight: int
    characters: str


@dataclass(frozen=True, slots=True)
class Licence:
    """The licence text of the face of a role."""

    role: str


@dataclass(frozen=True, slots=True)
class File:
    """One file of the package; ``properties`` are those of its manifest item.

    What is in the folder `META` is about the container and in no manifest.
    """

    id: str
    name: str
    media_type: str
    content: bytes | Cover | Cut | Licence = field(repr=False)
    properties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents (目录), with the lines under it."""

    title: str
    href: str
    kind: str
    """What it leads to: a node's name in small letters, or ``front``."""
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Landmark:
    """A place that readers offer by name; ``type`` is a single EPUB structural word."""

    type: str
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class PageMark:
    """The place where a page of the printed edition begins."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Meta:
    """An element of the package metadata: ``dc:title``, or ``meta`` with attributes."""

    name: str
    text: str
    attributes: tuple[tuple[str, str], ...] = ()


Metadata: TypeAlias = tuple[Meta, ...]


@dataclass(frozen=True, slots=True)
class Package:
    """All of one EPUB."""

    identifier: str
    """``urn:uuid:…``, the same in every build of this edition."""
    lang: str
    title: str
    modified: datetime
    metadata: Metadata
    files: tuple[File, ...]
    spine: tuple[str, ...]
    """File ids in reading order."""
    contents: tuple[Entry, ...]
    landmarks: tuple[Landmark, ...]
    guide: tuple[Landmark, ...]
    """The same for old readers, with the words of OPF 2."""
    direction: str = "ltr"
    """Page progression. Never left out: a sole zh-Hant would be read as ``rtl``."""
    pages: tuple[PageMark, ...] = ()
    """Of the printed edition, in reading order."""
    lost: tuple[str, ...] = ()
    """Labels of printed pages that begin in this book, but where was not found."""
