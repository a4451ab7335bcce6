"""Word's paragraph styles, as far as they say what a paragraph is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from publisher.patterns import pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DEEPEST = 20
"""How many styles may be based on one another; Word allows ten."""
HEADING = pattern(r"(?:heading|标题|標題) ?([1-9])")


def w(name: str) -> str:
    """A name of WordprocessingML as lxml writes it."""
    return f"{{{W}}}{name}"


def value(parent: _Element | None, name: str) -> str:
    """The ``w:val`` of a child, or empty."""
    child = parent.find(w(name)) if parent is not None else None
    return (child.get(w("val")) or "") if child is not None else ""


@dataclass(frozen=True, slots=True)
class Style:
    """One style; what is empty is as in the style that it is ``based`` on."""

    name: str
    based: str
    list_id: str
    level: str
    outline: str


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a file by id, and the id of the default one."""

    all: dict[str, Style] = field(default_factory=dict)
    default: str = ""

    def name(self, style: str) -> str:
        """The name of a style, in small letters."""
        return self.all[style].name if style in self.all else ""

    def list_of(self, style: str) -> tuple[str, str]:
        """The list that paragraphs of a style are in, and their level if it says so."""
        for each in self._up(style):
            if each.list_id:
                return each.list_id, each.level
        return "", ""

    def outline(self, style: str) -> str:
        """The level in the outline, from 0, or empty."""
        for each in self._up(style):
            if each.outline:
                return each.outline
            if found := HEADING.fullmatch(each.name):
                return str(int(found[1]) - 1)
        return ""

    def _up(self, style: str) -> Iterator[Style]:
        for _ in range(DEEPEST):
            if style not in self.all:
                return
            yield self.all[style]
            style = self.all[style].based


def styles(part: _Element | None) -> Styles:
    """Read ``styles.xml``."""
    if part is None:
        return Styles()
    out: dict[str, Style] = {}
    default = ""
    for element in part.iter(w("style")):
        if element.get(w("type")) not in (None, "paragraph"):
            continue
        key = element.get(w("styleId")) or ""
        if element.get(w("default")) in ("1", "true", "on"):
            default = key
        properties = element.find(w("pPr"))
        list_ = properties.find(w("numPr")) if properties is not None else None
        out[key] = Style(
            value(element, "name").lower(),
            value(element, "basedOn"),
            value(list_, "numId"),
            value(list_, "ilvl"),
            value(properties, "outlineLvl"),
        )
    return Styles(out, default)
