"""One XML file of an EPUB → its elements, with nothing fetched and nothing expanded."""

from __future__ import annotations

from typing import cast

from publisher.read.epub.publication import Element
from publisher.read.hostile import DECLARED, TAGS, Refused
from publisher.read.zipped import damaged


def parse(data: bytes, name: str) -> Element:
    """The root element of a file.

    Raises:
        Refused: it is not XML, declares entities, or is too large.
    """
    from lxml import etree

    for raw in (data.decode("latin-1"), *_wide(data)):
        if DECLARED.search(raw):
            raise Refused(f"{name} 声明了实体", f"{name} declares entities")
    if data.count(b"<") > TAGS:
        raise Refused(f"{name} 标签过多", f"{name} has too many tags")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return cast("Element", etree.fromstring(data, parser))
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        raise damaged(
            f"{name} 第 {line} 行不是正确的 XML：{error}",
            f"{name}, line {line}, is not XML: {error}",
        ) from error


def _wide(data: bytes) -> tuple[str, ...]:
    """The same in UTF-16, where a declaration could hide."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\x00" in data[:4]:
        return tuple(data.decode(c, "ignore") for c in ("utf-16-le", "utf-16-be"))
    return ()
