"""The elements of a page → its lines, as a browser would break them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from publisher.numerals import to_chinese
from publisher.patterns import pattern
from publisher.read.html.names import BREAKS, HEADINGS
from publisher.read.html.tables import fields, is_data, rows

if TYPE_CHECKING:
    from lxml.etree import _Element

SPACE = pattern(r"[ \t\r\n\f]+")
SPACES = pattern(r"[ \n]{2,}")
W = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
# A line end of the file between two Chinese characters is no space.
BROKEN = pattern(rf"(?<={W})\n(?={W})")
SUPER = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
CALLED = pattern(r"[\[［〔(（]?\s*(\d{1,2})\s*[\]］〕)）]?")
CIRCLES = (
    "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
)
CHINESE = pattern(r"list-style[^;]*(?:cjk-ideographic|chinese)")
BACK = pattern(r"[↑↩^\ufe0e\s]*")


@dataclass(frozen=True, slots=True)
class Flowed:
    """One line: its characters, with marks for bold and without, and heading level."""

    text: str
    plain: str
    level: int = 0


@dataclass
class _List:
    ordered: bool
    style: str
    next: int


@dataclass
class _Flow:
    lines: list[Flowed] = field(default_factory=list)
    runs: list[tuple[str, bool]] = field(default_factory=list)
    bold: int = 0
    level: int = 0
    pre: int = 0
    lists: list[_List] = field(default_factory=list)
    counted: bool = False
    """Whether the line so far is the number of a list's point."""

    def say(self, text: str | None) -> None:
        """Characters, as they stand in the file."""
        if not text:
            return
        self.counted = self.counted and not text.strip()
        if self.pre:
            first, *more = text.splitlines() or [""]
            self.runs.append((first, False))
            for line in more:
                self.end()
                self.runs.append((line, False))
            return
        self.runs.append((SPACE.sub(_space, text), self.bold > 0))

    def end(self) -> None:
        """The end of a line."""
        if self.counted:
            return
        plain = _tidy("".join(text for text, _ in self.runs))
        if plain:
            text = plain if self.level else _tidy(_marked(self.runs))
            self.lines.append(Flowed(text, plain, self.level))
        self.runs = []


def flow(body: _Element) -> list[Flowed]:
    """The lines of a page's body, in order, without the blank ones."""
    from lxml import etree

    state = _Flow()
    walker = etree.iterwalk(body, events=("start", "end"))
    for event, element in walker:
        tag = element.tag
        if event == "end":
            _close(state, element)
            if element is not body:
                state.say(element.tail)
        elif tag == "table" and is_data(element):
            state.end()
            said = fields(element, cell) or rows(element, cell)
            state.lines.extend(Flowed(row, row) for row in said)
            _empty(element)
            walker.skip_subtree()
        elif tag == "sup":
            state.say(_super(element))
            _empty(element)
            walker.skip_subtree()
        else:
            _open(state, element)
    state.end()
    return state.lines


def cell(element: _Element) -> str:
    """The characters of a table's cell, on one line."""
    inner = " ".join(line.text for line in flow(element))
    return inner.replace("|", "\\|")


def _open(state: _Flow, element: _Element) -> None:
    tag = element.tag
    if tag in BREAKS:
        state.end()
    if tag in HEADINGS:
        state.level = HEADINGS[tag]
    elif tag in ("b", "strong"):
        state.bold += 1
    elif tag == "pre":
        state.pre += 1
    elif tag in ("ol", "ul"):
        state.lists.append(_list(element))
    elif tag == "li":
        state.counted = True
        state.runs.append((_counter(state.lists, element), False))
    elif tag == "br":
        state.say("\n") if state.level else state.end()
    elif tag == "img":
        state.say(_picture(element, alone=not any(t.strip() for t, _ in state.runs)))
    if tag == "a" and (element.get("href") or "").startswith("#") and _back(element):
        return
    state.say(element.text)


def _close(state: _Flow, element: _Element) -> None:
    tag = element.tag
    if tag in BREAKS:
        state.counted = state.counted and tag != "li"
        state.end()
    if tag in HEADINGS:
        state.level = 0
    elif tag in ("b", "strong"):
        state.bold -= 1
    elif tag == "pre":
        state.pre -= 1
    elif tag in ("ol", "ul"):
        state.lists.pop()


def _empty(element: _Element) -> None:
    """Leave nothing of an element that was written in another way."""
    element.text = None
    for child in list(element):
        element.remove(child)


def _list(element: _Element) -> _List:
    style = element.get("type") or ""
    if CHINESE.search(element.get("style") or ""):
        style = "一"
    start = element.get("start") or "1"
    number = int(start) if start.isdecimal() and len(start) < 5 else 1
    notes = any((li.get("id") or "").startswith("footnote") for li in element)
    return _List(element.tag == "ol", "①" if notes else style, number)


def _counter(lists: list[_List], element: _Element) -> str:
    """What a browser prints before the point of a list."""
    if not lists or not lists[-1].ordered:
        return "• " if lists else ""
    given = element.get("value") or ""
    if given.isdecimal() and len(given) < 5:
        lists[-1].next = int(given)
    number = lists[-1].next
    lists[-1].next += 1
    match lists[-1].style:
        case "a" if 1 <= number <= 26:
            return f"{chr(96 + number)}) "
        case "一" if number:
            return f"{to_chinese(number)}、"
        case "①" if 1 <= number <= len(CIRCLES):
            return CIRCLES[number - 1]
        case _:
            return f"{number}. "


def _super(element: _Element) -> str:
    """Raised characters: the call of a note, or a power."""
    text = "".join(map(str, element.itertext())).strip()
    found = CALLED.fullmatch(text)
    noted = any(
        (a.get("href") or "").startswith("#") or a.get("id") for a in element.iter("a")
    )
    if found and (noted or text != found[1]) and 1 <= int(found[1]) <= len(CIRCLES):
        return CIRCLES[int(found[1]) - 1]
    return text.translate(SUPER) if not set(text) - set("0123456789+-") else text


def _back(element: _Element) -> bool:
    """Whether it is the arrow from a note back to its call."""
    text = "".join(map(str, element.itertext()))
    if text and BACK.fullmatch(text):
        _empty(element)
        return True
    return False


def _picture(element: _Element, *, alone: bool) -> str:
    """A picture by what it shows and its file's name; inside a line what it shows."""
    alt = " ".join((element.get("alt") or element.get("title") or "").split())
    name = (element.get("src") or "").rpartition("/")[2].split("?")[0]
    name = re.sub(r"[\s()<>]|^data:.*", "", name)[:80] or "picture"
    beside = (element.tail or "").strip()
    if not alone or beside or element.getnext() is not None:
        return alt
    return f"![{alt.replace('[', '').replace(']', '')}]({name})"


def _marked(runs: list[tuple[str, bool]]) -> str:
    """The characters with ``**`` around what is bold."""
    return "".join(_stretches(runs))


def _stretches(runs: list[tuple[str, bool]]) -> Iterator[str]:
    merged: list[tuple[str, bool]] = []
    for text, bold in runs:
        if not text:
            continue
        if merged and (bold == merged[-1][1] or not text.strip()):
            merged[-1] = (merged[-1][0] + text, merged[-1][1])
        else:
            merged.append((text, bold))
    for text, bold in merged:
        inner = text.strip()
        if not bold or not inner or "*" in inner:
            yield text
            continue
        before, _, after = text.partition(inner)
        yield f"{before}**{inner}**{after}"


def _space(found: re.Match[str]) -> str:
    """What a stretch of space counts as: a line end of the file, or a space."""
    return "\n" if "\n" in found[0] or "\r" in found[0] else " "


def _tidy(text: str) -> str:
    """A line with single spaces, and none at its ends."""
    text = BROKEN.sub("", SPACES.sub(_space, text))
    return text.replace("\n", " ").strip()
