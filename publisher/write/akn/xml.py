"""Elements of Akoma Ntoso, and the characters that XML allows."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from publisher.patterns import pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

    Element: TypeAlias = _Element
else:
    Element = object

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
MIXED = frozenset(
    ("p", "block", "heading", "crossHeading", "num", "caption", "tocItem", "docTitle")
)
"""Elements that hold characters; a line end put into them would be one more."""
FORBIDDEN = pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def add(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    """A new last child; an attribute that is empty is left out.

    A name of Python is written with an underscore after it (``from_``).
    """
    made = parent.makeelement(f"{{{NAMESPACE}}}{tag}")
    for name, value in attributes.items():
        if value:
            made.set(name.rstrip("_"), FORBIDDEN.sub("", value))
    if text:
        made.text = FORBIDDEN.sub("", text)
    parent.append(made)
    return made


def say(parent: Element, text: str) -> None:
    """Characters after all that an element has."""
    text = FORBIDDEN.sub("", text)
    last = next(parent.iterchildren(reversed=True), None)
    if last is not None:
        last.tail = (last.tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def indent(parent: Element, depth: int = 0) -> None:
    """Put each element on a line of its own, but for those among characters."""
    if not len(parent) or str(parent.tag).rpartition("}")[2] in MIXED:
        return
    parent.text = "\n" + "  " * (depth + 1)
    for child in parent:
        indent(child, depth + 1)
        child.tail = parent.text
    parent[-1].tail = "\n" + "  " * depth
