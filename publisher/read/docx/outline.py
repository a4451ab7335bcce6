"""What Word works out when it shows a file, written into the file as text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from publisher.read.docx.numbering import Numbering, numbering
from publisher.read.docx.package import Package
from publisher.read.docx.styles import Styles, styles, value, w

if TYPE_CHECKING:
    from lxml.etree import _Element

SPACE = "{http://www.w3.org/XML/1998/namespace}space"
PART_OF_TITLE = ("title", "标题")


def settle(package: Package) -> frozenset[str]:
    """Write automatic numbers and heading levels into the main part.

    Gives the local names of all elements in it.
    """
    main = package.parts[package.main]
    known = styles(package.part("styles"))
    counted = numbering(package.part("numbering"))
    for paragraph in main.iter(w("p")):
        _settle(paragraph, known, counted)
    for name in ("numbering", "styles"):
        folder = package.main.rpartition("/")[0]
        package.parts.pop(f"{folder}/{name}.xml".lstrip("/"), None)
    return frozenset(_names(main))


def _settle(paragraph: _Element, known: Styles, counted: Numbering) -> None:
    properties = paragraph.find(w("pPr"))
    style = value(properties, "pStyle") or known.default
    number = _number(properties, style, known, counted)
    heading = _heading(properties, style, known)
    if number:
        _prefix(paragraph, properties, number)
    if properties is not None:
        for name in ("numPr", "pStyle"):
            for found in properties.findall(w(name)):
                properties.remove(found)
    if heading:
        if properties is None:
            properties = paragraph.makeelement(w("pPr"))
            paragraph.insert(0, properties)
        made = properties.makeelement(w("pStyle"), {w("val"): heading})
        properties.insert(0, made)


def _number(
    properties: _Element | None, style: str, known: Styles, counted: Numbering
) -> str:
    """The number that Word shows before a paragraph, with what parts them."""
    own = properties.find(w("numPr")) if properties is not None else None
    list_id, level = value(own, "numId"), value(own, "ilvl")
    if not list_id:
        list_id, from_style = known.list_of(style)
        level = level or from_style or counted.level_of(list_id, style)
    if list_id in ("", "0") or _deleted(properties):
        return ""
    return counted.next(list_id, int(level) if level.isdecimal() else 0)


def _deleted(properties: _Element | None) -> bool:
    """Whether a tracked change took the paragraph out."""
    path = f"{w('rPr')}/{w('del')}"
    return properties is not None and properties.find(path) is not None


def _heading(properties: _Element | None, style: str, known: Styles) -> str:
    """The heading that a paragraph is: ``Title``, ``Heading1`` …, or empty."""
    if known.name(style) in PART_OF_TITLE:
        return "Title"
    level = value(properties, "outlineLvl") or known.outline(style)
    if level.isdecimal() and int(level) < 9:
        return f"Heading{min(int(level) + 1, 6)}"
    return ""


def _prefix(paragraph: _Element, properties: _Element | None, text: str) -> None:
    run = paragraph.makeelement(w("r"))
    inner = run.makeelement(w("t"), {SPACE: "preserve"})
    inner.text = text
    run.append(inner)
    paragraph.insert(0 if properties is None else 1, run)


def _names(root: _Element) -> Iterator[str]:
    for element in root.iter():
        if isinstance(element.tag, str):
            yield element.tag.rpartition("}")[2]
