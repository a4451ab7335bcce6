# ruff: noqa: ANN401  (tinyhtml5 has no types)
"""A page that is written as ours are, read without the rules for all other pages.

HTML says what tree any text makes, however it is written. Here only such pages are read
whose elements are all closed and hold what they may hold, so that none of those rules
apply. Any other page is left to tinyhtml5, which gives the same tree in any case.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from io import StringIO
from typing import Any
from xml.etree.ElementTree import Element

import tinyhtml5

_parse = tinyhtml5.parse
SPACE = " \t\n\f"
START = re.compile(r"[ \t\n\f]*<!(?i:doctype)[ ]html>")
TAG = re.compile(
    r"""<(/?)([a-z][a-z0-9]*)((?:[ \t\n\f]+[a-z][-a-z0-9:]*(?:="[^"]*")?)*)"""
    r"[ \t\n\f]*(/?)>"
)
"""<p class="lede">, </p>, <br/>"""
ATTRIBUTE = re.compile(r"""([a-z][-a-z0-9:]*)(?:="([^"]*)")?""")
ODD = re.compile(r"&(?!(?:amp|lt|gt|quot|nbsp|#34|#39);)|[\r\0\ud800-\udfff]")
"""What is not just itself: a character reference that we do not write, CR, NUL."""

RAW = frozenset({"style", "title"})
"""No tag begins in their text."""
VOID = frozenset({"br", "col", "hr", "img", "link", "meta", "wbr"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS = HEADINGS | {
    *("article", "aside", "blockquote", "div", "dl", "figcaption", "figure", "footer"),
    *("header", "hr", "main", "nav", "ol", "p", "section", "table", "ul"),
}
"""Each of them would close an open paragraph."""
PHRASES = frozenset(
    {
        *("a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em"),
        *("i", "img", "ins", "kbd", "mark", "q", "ruby", "s", "samp", "small"),
        *("span", "strong", "sub", "sup", "time", "u", "var", "wbr"),
    }
)
INSIDE = {
    "html": frozenset({"head", "body"}),
    "head": frozenset({"link", "meta", "style", "title"}),
    "ol": frozenset({"li"}),
    "ul": frozenset({"li"}),
    "dl": frozenset({"dt", "dd"}),
    "ruby": PHRASES | frozenset({"rt", "rp"}),
    "table": frozenset({"caption", "colgroup", "thead", "tbody", "tfoot", "tr"}),
    "colgroup": frozenset({"col"}),
    "thead": frozenset({"tr"}),
    "tbody": frozenset({"tr"}),
    "tfoot": frozenset({"tr"}),
    "tr": frozenset({"td", "th"}),
}
"""Parents that hold certain elements only."""
EMPTY = frozenset(INSIDE) - {"ol", "ul", "dl", "ruby"}
"""Parents whose text is white space, or is moved elsewhere."""
CELLS = frozenset({"td", "th", "caption"})
"""A paragraph outside is not closed by what is inside."""
FLOW = BLOCKS | PHRASES


def replaced() -> dict[Any, Any]:
    """What stands for what."""
    return {_parse: parse}


def parse(document: Any, namespace_html_elements: Any = True, **given: Any) -> Any:  # noqa: FBT002
    """Read a page, swiftly if it is plain enough."""
    plain = not namespace_html_elements and not given
    if plain and isinstance(document, StringIO):
        text = document.read()
        root = read(text)
        if root is not None:
            return root
        document = StringIO(text)
    return _parse(document, namespace_html_elements, **given)


class _OtherError(Exception):
    """The page is not as plain as that."""


def read(text: str) -> Element | None:
    """The tree that tinyhtml5 makes of a page; None if that is to be asked."""
    start = START.match(text)
    if start is None or ODD.search(text):
        return None
    reading = _Reading(text, start.end())
    try:
        return reading.all()
    except _OtherError:
        return None


def _need(condition: object) -> None:
    if not condition:
        raise _OtherError


@dataclass
class _Reading:
    text: str
    at: int
    root: Element = field(default_factory=lambda: Element("html"))
    open: list[Element] = field(default_factory=list)
    """The elements that are open, the root first."""
    closed: list[str] = field(default_factory=list)
    """Parts of the page that were closed: the head, the body."""

    def all(self) -> Element:
        """Read tag after tag."""
        while (at := self.text.find("<", self.at)) >= 0:
            self.words(self.text[self.at : at])
            tag = TAG.match(self.text, at)
            if tag is None:
                raise _OtherError
            self.at = tag.end()
            end, name, attributes, slash = tag.groups()
            if end:
                _need(not attributes and not slash)
                self.end(name)
            else:
                _need(not slash or name in VOID)
                self.begin(name, attributes)
        self.words(self.text[self.at :])
        _need(self.closed == ["head", "body", "html"])
        return self.root

    def words(self, text: str) -> None:
        """Text between two tags."""
        if not text:
            return
        if not self.open or self.open[-1].tag in EMPTY:
            _need(not text.strip(SPACE))
        if self.closed[1:]:
            parent = self.root[1]  # after the body is in the body
        elif not self.open or (self.open[-1] is self.root and not self.closed):
            return  # before the head is nowhere
        else:
            parent = self.open[-1]
        _add(parent, unescape(text) if "&" in text else text)

    def begin(self, name: str, attributes: str) -> None:
        """A start tag."""
        if not self.open:
            _need(name == "html" and not self.closed)
            self.root.attrib.update(_attributes(attributes))
            self.open.append(self.root)
            return
        parent = self.open[-1]
        if name == "tr" and parent.tag == "table":
            parent = self._push("tbody", {})
        _need(name in INSIDE.get(parent.tag, FLOW if name != "a" else self._no("a")))
        if name in BLOCKS:
            self._no("p")
            _need(name not in HEADINGS or parent.tag not in HEADINGS)
        if parent is self.root:
            _need(self.closed == ([] if name == "head" else ["head"]))
        self._push(name, _attributes(attributes))
        if name in VOID:
            self.open.pop()
        elif name in RAW:
            self._raw(name)

    def _push(self, name: str, attributes: dict[str, str]) -> Element:
        made = Element(name, attributes)
        self.open[-1].append(made)
        self.open.append(made)
        return made

    def _no(self, name: str) -> frozenset[str]:
        """None of this name is open, up to the cell we are in."""
        for each in reversed(self.open):
            if each.tag in CELLS:
                break
            _need(each.tag != name)
        return FLOW

    def _raw(self, name: str) -> None:
        """The text of an element whose text is all up to its end tag."""
        end = self.text.find(f"</{name}>", self.at)
        _need(end >= 0)
        held = self.text[self.at : end]
        _need(f"</{name}" not in held.lower())
        _need(name == "title" or "&" not in held)
        self.open[-1].text = unescape(held) or None
        self.at = end

    def end(self, name: str) -> None:
        """An end tag."""
        _need(self.open)
        if name == "table" and self.open[-1].tag == "tbody":
            self.open.pop()  # which a row began
        _need(self.open and self.open.pop().tag == name)
        if name in {"head", "body", "html"}:
            self.closed.append(name)


def _add(parent: Element, text: str) -> None:
    """Put text after what a parent holds."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _attributes(text: str) -> dict[str, str]:
    found = ATTRIBUTE.findall(text)
    out = {name: unescape(value) for name, value in found}
    _need(len(out) == len(found))
    return out
