"""What stands on a web page and is not its text, told by general means.

By element (``nav``, ``footer`` …), by role, by words in class and id, by the share of
links, and by standing apart from where the prose is. Law: what holds much of the prose,
or a numbered provision, is text, whatever it is called.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from publisher.read.html.names import (
    ASIDE,
    BLOCKS,
    MUTE,
    ROLES,
    TITLED,
    WORDS,
    WRAPPERS,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

SPLIT = re.compile(r"[^a-z0-9]+|(?<=[a-z])(?=[A-Z])")
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# A provision, a part of a law, a point, an annex, or the date of a note
PRINTED = re.compile(
    r"(?:^|[\r\n\u3000>])\s*(?:\*\*)?(?:第[零〇一二三四五六七八九十百千两\d]{1,7}\s*(?:[条條章节節编編])"
    r"|[（(][一二三四五六七八九十]{1,3}[）)]|附\s*[件录錄则則]|[（(]?\d{4}年\d{1,2}月\d{1,2}日)"
)
# 发布时间：2024-02-05　来源：某某网　字号：大 中 小
ABOUT = re.compile(
    r"\s*[\[【（(]?\s*(?:(?:发布|發布|更新|公开|录入|成文)?(?:时间|日期|時間)|来源|來源|信息来源"
    r"|字号|字體|字体|浏览|点击|阅读|分享|打印|列印|收藏|关闭|責任编辑|责任编辑|编辑)"
    r"\s*(?:[:：\]】）)到次]|[大中小]|$)"
)
MANY = 3
"""From so many links on a part may be a list of links."""
DENSE = 0.6
"""The share of its characters that are links, in a list of links."""
CORE = 0.85
"""The share of the prose that the text of a page has at least."""
LINE = 200
"""The most characters of a line about the page itself."""
MUCH = 0.3
"""A part with this share of the prose is text, whatever it is called."""


def clear(body: _Element) -> list[str]:
    """Take all that is not text out of a page; gives what readers saw of it."""
    for element in list(body.iter(*MUTE)):
        _drop(element)
    page = _Page(body)
    questions = (page.hidden, page.named, page.linked, page.about)
    left_out: list[str] = []
    for element in list(body.iter()):
        if page.gone(element) or element is body:
            continue
        if any(ask(element) for ask in questions):
            left_out.append(page.text(element))
            page.keep_heading(element)
            _drop(element)
    left_out.extend(_outside(body))
    return [text for text in left_out if text.strip()]


class _Page:
    """The body of a page and how its prose is spread."""

    def __init__(self, body: _Element) -> None:
        self.body = body
        self.weights = weigh(body)
        self.whole = max(self.weights[body].prose, 1)
        self.headings = sum(1 for _ in body.iter("h1"))

    def gone(self, element: _Element) -> bool:
        """Whether it was dropped with a part around it."""
        above = element
        while above is not self.body:
            parent = above.getparent()
            if parent is None:
                return True
            above = parent
        return False

    def text(self, element: _Element) -> str:
        return "".join(map(str, element.itertext()))

    def hidden(self, element: _Element) -> bool:
        """Whether a browser would not show it."""
        return (
            element.get("hidden") is not None
            or element.get("aria-hidden") == "true"
            or bool(HIDDEN.search(element.get("style") or ""))
        ) and not self.mostly(element)

    def mostly(self, element: _Element) -> bool:
        return self.weights[element].prose > MUCH * self.whole

    def named(self, element: _Element) -> bool:
        """Whether it is called what is not text."""
        called = (
            element.tag in ASIDE
            or element.get("role") in ROLES
            or (element.tag in BLOCKS and not WORDS.isdisjoint(_words(element)))
        )
        if not called or self.mostly(element):
            return False
        return not PRINTED.search(self.text(element))

    def linked(self, element: _Element) -> bool:
        """Whether it is a list of links to elsewhere."""
        if element.tag not in BLOCKS:
            return False
        weight = self.weights[element]
        size = weight.linked + weight.prose
        if weight.links < MANY or weight.linked < DENSE * size:
            return False
        text = self.text(element)
        return not PRINTED.search(text) and "。" not in text

    def about(self, element: _Element) -> bool:
        """Whether it says when and where the page was published, and no more."""
        if element.tag not in BLOCKS or any(c.tag in BLOCKS for c in element):
            return False
        text = self.text(element)
        return len(text) < LINE and "。" not in text and bool(ABOUT.match(text))

    def keep_heading(self, element: _Element) -> None:
        """A page's only great heading is text wherever it stands."""
        if self.headings != 1 or element.tag == "nav":
            return
        for heading in list(element.iter("h1")):
            if self.text(heading).strip():
                heading.tail = None
                element.addprevious(heading)


class Weight(NamedTuple):
    """How many characters are in an element, and of what sort."""

    prose: int = 0
    """Those that are not in links."""
    linked: int = 0
    links: int = 0


def weigh(body: _Element) -> dict[_Element, Weight]:
    """For each element, what is in it."""
    out: dict[_Element, Weight] = {}
    for element in reversed(list(body.iter())):
        prose, linked, links = _size(element.text), 0, 0
        for child in element:
            inner = out[child]
            prose += inner.prose + _size(child.tail)
            linked += inner.linked
            links += inner.links
        if element.tag == "a" and _elsewhere(element):
            prose, linked, links = 0, prose + linked, 1
        out[element] = Weight(prose, linked, links)
    return out


def _size(text: str | None) -> int:
    return len("".join((text or "").split()))


def _words(element: _Element) -> frozenset[str]:
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    return frozenset(word.lower() for word in SPLIT.split(named))


def _elsewhere(link: _Element) -> bool:
    """Whether it leads off the page, and not to what is attached to the text."""
    target = link.get("href") or "#"
    return not target.startswith("#") and not "".join(
        map(str, link.itertext())
    ).startswith("附")


def _outside(body: _Element) -> list[str]:
    """Drop what stands apart from the prose and does not look like text."""
    prose = {element: weight.prose for element, weight in weigh(body).items()}
    core, path = body, []
    while True:
        inner = [child for child in core if child.tag in WRAPPERS]
        best = max(inner, key=lambda child: prose[child], default=None)
        if best is None or prose[best] < CORE * prose[body]:
            break
        path.append(best)
        core = best
    out = []
    for kept in path:
        parent = kept.getparent()
        if parent is None:
            continue
        for beside in [child for child in parent if child is not kept]:
            text = "".join(map(str, beside.itertext()))
            if beside.tag == "br" or _looks_like_text(beside, text):
                continue
            out.append(text)
            _drop(beside)
    return out


def _looks_like_text(element: _Element, text: str) -> bool:
    if element.tag in ("h1", "h2", "h3", "img") or not text.strip():
        return True
    if next(element.iter("h1", "h2", "img", "table"), None) is not None:
        return True
    titled = not TITLED.isdisjoint(_words(element))
    return titled or bool("。" in text or PRINTED.search(text))


def _drop(element: _Element) -> None:
    """Empty an element; what follows it stays, on a line of its own after a block."""
    for child in list(element):
        element.remove(child)
    element.text = None
    element.tag = "div" if element.tag in BLOCKS else "span"
