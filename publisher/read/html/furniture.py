"""What stands on a web page and is not its text, told by general means.

By element (``nav``, ``footer`` …), by role, by words in class and id, by the share of
links, and by standing apart from where the prose is. Law: what holds much of the prose,
or a numbered provision, is text, whatever it is called.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from publisher.patterns import pattern
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

SPLIT = pattern(r"[^a-z0-9]+|(?<=[a-z])(?=[A-Z])")
HIDDEN = pattern(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# A provision, a part of a law, a point, an annex, or the date of a note
PRINTED = pattern(
    r"(?:^|[\r\n\u3000>])\s*(?:\*\*)?(?:第[零〇一二三四五六七八九十百千两\d]{1,7}\s*(?:[条條章节節编編])"
    r"|[（(][一二三四五六七八九十]{1,3}[）)]|附\s*[件录錄则則]|[（(]?\d{4}年\d{1,2}月\d{1,2}日)"
)
# 发布时间：2024-02-05　来源：某某网　字号：大 中 小
ABOUT = pattern(
    r"\s*[\[【（(]?\s*(?:(?:发布|發布|更新|公开|录入|成文)?(?:时间|日期|時間)|来源|來源|信息来源"
    r"|字号|字體|字体|浏览|点击|阅读|分享|打印|列印|收藏|关闭|責任编辑|责任编辑|编辑"
    r"|(?:当前|您的|你的|您现在的)位置|(?:制定|发文|公布)机关|(?:公布|施行|成文)日期|时效性"
    r"|有效性|索\s*引\s*号|主题分类|发文字号|公开方式)"
    r"\s*(?:[:：\]】）)到次]|[大中小]|$)"
    r"|\s*(?:今天是)?\s*\d{4}年\d{1,2}月\d{1,2}日\s*星期"
)
# 索引号 … 发文机关 … 发文字号: the card of a document, in a table
CARD = pattern(
    r"索\s*引\s*号|主题分类|发文机关|发文字号|成文日期|发布日期|公开方式|有\s*效\s*性|废止日期"
)
# 【打印】【关闭窗口】; 上一篇：…; 版权所有 …: what a page says of itself, in a line
BUTTONS = pattern(
    r"(?:[【\[（(|｜/·\s]*(?:打印(?:本页|此页|页面)?|关闭(?:窗口|本页|页面)?|返回(?:顶部|首页|上页"
    r"|列表)?|收藏(?:本页)?|分享(?:到)?|我要纠错|纠错|TOP|回到顶部|(?:网站|返回)?首页)[】\]）)|｜/·\s]*)+"
)
SELF = pattern(
    r"[•\s]*(?:[上下]一[篇条]|相关(?:链接|阅读|文章|新闻|报道)|扫一扫|网站标识码|主办单位|承办单位"
    r"|技术支持|版权所有|Copyright|©|.{0,30}ICP备|.{0,20}公网安备|当前位置|您的?位置)",
    re.IGNORECASE,
)
CELLS = frozenset(("td", "li"))
"""What holds nothing but a link is one of a list of links."""
MANY = 3
"""From so many links on a part may be a list of links."""
DENSE = 0.6
"""The share of its characters that are links, in a list of links."""
CORE = 0.85
"""The share of the prose that the text of a page has at least."""
LINE = 200
"""The most characters of a line about the page itself."""
EDGE = 24
"""So many lines at each end of a page may be about the page."""
MUCH = 0.3
"""A part with this share of the prose is text, whatever it is called."""


def clear(body: _Element) -> list[str]:
    """Take all that is not text out of a page; gives what readers saw of it."""
    for element in list(body.iter(*MUTE)):
        _drop(element)
    page = _Page(body)
    questions = (page.hidden, page.named, page.linked, page.about, page.card)
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
        if element.tag in CELLS and weight.links and not weight.prose:
            plain = size < LINE and not PRINTED.search(self.text(element))
            return plain and not self.named_by(element)
        if weight.links < MANY or weight.linked < DENSE * size:
            return False
        text = self.text(element)
        return not PRINTED.search(text) and "。" not in text

    def named_by(self, element: _Element) -> bool:
        """Whether the cell before says what is in this one: 法規名稱：."""
        before = element.getprevious()
        return before is not None and self.text(before).rstrip()[-1:] in ("：", ":")

    def card(self, element: _Element) -> bool:
        """Whether it is a table of what a document is filed under."""
        if element.tag != "table" or self.mostly(element):
            return False
        text = self.text(element)
        return "。" not in text and len(set(CARD.findall(text))) >= MANY

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


def own_words(lines: Sequence[str]) -> list[int]:
    """The lines of a page that are its text: not what it says of itself at the ends."""
    texts = [at for at, line in enumerate(lines) if _is_text(line)]
    first, last = (texts[0], texts[-1]) if texts else (len(lines), 0)
    top = range(min(first, EDGE))
    about = range(max(last + 1, len(lines) - EDGE), len(lines))
    end = next((at for at in about if _of_itself(lines[at])), len(lines))
    beside = {at for at in top if _of_itself(lines[at])} | {*range(end, len(lines))}
    return [at for at in range(len(lines)) if at not in beside]


def _of_itself(line: str) -> bool:
    if len(line) > LINE or "。" in line:
        return False
    return bool(BUTTONS.fullmatch(line) or SELF.match(line) or ABOUT.match(line))


def _is_text(line: str) -> bool:
    return "。" in line or PRINTED.search(line) is not None


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
