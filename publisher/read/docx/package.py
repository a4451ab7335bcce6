"""The archive of a Word file: looked over before anything is taken out of it."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from publisher.patterns import pattern
from publisher.read.hostile import DECLARED, TAGS, VALUE, Refused
from publisher.read.zipped import damaged, look_over

if TYPE_CHECKING:
    from lxml.etree import _Element

ENTRIES = 5_000
"""The most files in the archive."""
PART = 16_000_000
"""The most bytes of all parts that are read."""
SMALL = 1_000_000
"""A file that stays smaller than this is no bomb."""
READ = pattern(
    r"(?!customXml/|docProps/|.*theme)(?:[^/]+/)*[^/]*\.(?:xml|rels)", re.IGNORECASE
)
MEDIA = pattern(r"word/media/[^/]+", re.IGNORECASE)
"""Pictures."""
MAIN = pattern(r"/officeDocument$")
RELATED = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass
class Package:
    """The parts of a Word file that hold text, each parsed, by their names.

    ``media`` are its pictures, where they were asked for.
    """

    parts: dict[str, _Element]
    main: str
    media: dict[str, bytes]

    def part(self, name: str) -> _Element | None:
        """A part beside the main one, by its usual name: ``styles``, ``numbering``."""
        folder = self.main.rpartition("/")[0]
        return self.parts.get(f"{folder}/{name}.xml".lstrip("/"))

    def pack(self) -> bytes:
        """These parts as an archive."""
        from lxml import etree

        out = BytesIO()
        with ZipFile(out, "w", ZIP_STORED) as archive:
            for name, root in self.parts.items():
                archive.writestr(name, etree.tostring(root, encoding="utf-8"))
            for name, data in self.media.items():
                archive.writestr(name, data)
        return out.getvalue()


def open_package(raw: bytes, media: re.Pattern[str] | None = None) -> Package:
    """Look an archive over, then take out and parse what is to be read.

    ``media`` matches the names of what is taken out as it is.

    Raises:
        Refused: it is no Word file, or is built as attacks are.
    """
    try:
        with ZipFile(BytesIO(raw)) as archive:
            wanted = _look_over(archive.infolist())
            data = {info.filename: _take(archive, info) for info in wanted}
            found = {
                info.filename: _take(archive, info)
                for info in archive.infolist()
                if media and media.fullmatch(info.filename) and info.file_size <= PART
            }
    except (BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise damaged("不是 .docx 文件", "it is not a .docx file") from error
    except (ValueError, UnicodeError, zlib.error) as error:
        raise damaged("压缩包已损坏", "its archive is damaged") from error
    parts = {name: _parse(part) for name, part in data.items()}
    return Package(parts, _main(parts), found)


def _look_over(entries: list[ZipInfo]) -> list[ZipInfo]:
    """The entries to be read, if all entries are harmless."""
    look_over(entries, ENTRIES, SMALL)
    wanted = [info for info in entries if READ.fullmatch(info.filename)]
    if sum(info.file_size for info in wanted) > PART:
        raise Refused("压缩包里的文本过大", "its parts are too large")
    return wanted


def _take(archive: ZipFile, info: ZipInfo) -> bytes:
    """A part's bytes, never more than it declares."""
    with archive.open(info) as part:
        return part.read(info.file_size + 1)


def _parse(part: bytes) -> _Element:
    from lxml import etree

    if part.count(b"<") > TAGS:
        raise Refused("标签过多", "it has too many tags")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    if DECLARED.search(part.decode("latin-1")):
        raise Refused("文件声明了外部或内部实体", "it declares entities")
    try:
        root = etree.fromstring(part, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if any(e.type_name == "ERR_RESOURCE_LIMIT" for e in parser.error_log):
            raise Refused("嵌套过深，或有一段过长", "it nests too deep") from error
        raise damaged("XML 有误", "its XML is broken") from error
    if getattr(root.getroottree().docinfo, "doctype", ""):
        raise Refused("文件声明了文档类型", "it declares a document type")
    for element in root.iter(etree.Element):
        if any(len(value) > VALUE for value in element.attrib.values()):
            raise Refused("属性过长", "it has huge attributes")
    return root


def _main(parts: dict[str, _Element]) -> str:
    """The name of the part that holds the text."""
    top = parts.get("_rels/.rels")
    for related in top.iter(RELATED) if top is not None else ():
        target = (related.get("Target") or "").lstrip("/")
        if MAIN.search(related.get("Type") or "") and target in parts:
            return target
    if "word/document.xml" in parts:
        return "word/document.xml"
    raise damaged("里面没有 Word 正文", "there is no Word text in it")
