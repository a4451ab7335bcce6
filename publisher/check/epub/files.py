"""Files: their names, sizes and links, the directions of their lines, bare markup."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from publisher.check.epub.examined import Examined, found
from publisher.check.epub.pixels import pixels
from publisher.diagnostics import Diagnostic, Rule, Severity, Words
from publisher.patterns import pattern
from publisher.read.epub import Publication, linked
from publisher.read.epub.publication import XHTML, Element, local

LARGE_FILE = Rule(
    "W116",
    "large-file",
    Severity.WARNING,
    Words(
        "文件过大，慢的阅读器翻开这一章要等很久，甚至打不开。",
        "A file is so large that slow readers take long to open it, or cannot.",
    ),
    "an XHTML file of 300 KB",
    Words(
        "按章分文件，每个不超过 250 KB；图不超过 420 万像素。",
        "Give each chapter a file of at most 250 KB; pictures at most 4.2 megapixels.",
    ),
)
UNSAFE_NAME = Rule(
    "W117",
    "unsafe-name",
    Severity.WARNING,
    Words(
        "文件名或 id 用了汉字、空格之类，或 id 在书里重复；"
        "有的阅读器打不开，链接会跳错。",
        "A file name or an id has characters that are not safe, or an id stands twice "
        "in the book; some readers cannot open it, or links go astray.",
    ),
    "a file called 第一章.xhtml",
    Words(
        "只用 ASCII 字母、数字和 - _ .；id 以字母开头，全书不重复。",
        "Use ASCII letters, digits and - _ . only; let each id begin with a letter and "
        "stand once in the book.",
    ),
)
DEAD_LINK = Rule(
    "W119",
    "dead-link",
    Severity.ERROR,
    Words(
        "链接所指的文件或位置不在书里，或书里的文件没有列进清单。",
        "A link leads to a file or a place that is not in the book, or a file is not "
        "in the manifest.",
    ),
    "a link to chapter-9.xhtml in a book of eight",
    Words("改正链接，或补上文件。", "Correct the link, or add the file."),
)
WRITING = Rule(
    "W121",
    "mixed-writing-mode",
    Severity.ERROR,
    Words(
        "直排写得不一致：有的页直排、有的页横排，或翻页方向与行的方向不合；阅读器会乱页。",
        "Vertical writing is not the same everywhere, or pages turn the other way; "
        "readers set such books wrongly.",
    ),
    "vertical-rl in a book whose pages turn ltr",
    Words(
        "只在 html 或 body 上写 writing-mode，每一页都一样，spine 写 rtl。",
        "Write writing-mode on html or body alone, the same in every page; let the "
        "spine be rtl.",
    ),
)
BARE_MARKUP = Rule(
    "W125",
    "bare-markup",
    Severity.WARNING,
    Words(
        "用空段落、连续换行或行内样式排版；读者换了字号、夜间模式，这些就不对了。",
        "Empty paragraphs, breaks or inline styles do the work of a style sheet; they "
        "go wrong when readers change size or colours.",
    ),
    '<p style="color: black">第一条</p>',
    Words("改用样式表。", "Use the style sheet."),
)
PAGE, PICTURE = 250_000, 4_200_000
SAFE_FILE = pattern(r"[A-Za-z0-9._~/-]+")
SAFE_ID = pattern(r"[A-Za-z][A-Za-z0-9._:-]*")
URL = pattern(r"url\(\s*[\"']?([^\"')]+)")
VERTICAL = pattern(
    r"([^{}]*)\{[^{}]*(?<![\w-])writing-mode\s*:\s*(vertical-(?:rl|lr)|tb-rl)"
)
COMMENT = pattern(r"/\*.*?\*/", re.DOTALL)
LINKS = ("href", "src", "data", "poster")
LINKING = (
    *(
        f"{XHTML}{name}"
        for name in (
            *("a", "area", "audio", "embed", "iframe", "img", "link", "object"),
            *("script", "source", "track", "video"),
        )
    ),
    "{http://www.daisy.org/z3986/2005/ncx/}content",
)
"""The elements that lead to a file."""
ROOTS = frozenset({"html", "body", ":root"})


def large(examined: Examined) -> Iterator[Diagnostic]:
    """Files that are too large."""
    book = examined.publication
    for name in book.pages:
        size = book.sizes.get(name, 0)
        if size > PAGE:
            message = _LARGE.fill(size=size // 1000)
            yield found(LARGE_FILE, examined, message, name)
    for name, head in book.pictures.items():
        if (area := pixels(head)) > PICTURE:
            message = _MANY.fill(area=area / 1_000_000)
            yield found(LARGE_FILE, examined, message, name)


def unsafe(examined: Examined) -> Iterator[Diagnostic]:
    """Names that are not safe, and ids that stand twice."""
    book = examined.publication
    for name in book.sizes:
        if not SAFE_FILE.fullmatch(name):
            yield found(UNSAFE_NAME, examined, _NAME.fill(name=name), name)
    places = [
        (own, page.name, element)
        for page in book.pages.values()
        for own, element in page.ids.items()
    ]
    counts = Counter(own for own, _, _ in places)
    told: set[str] = set()
    for own, name, element in places:
        if not SAFE_ID.fullmatch(own):
            yield found(UNSAFE_NAME, examined, _ID.fill(id=own), name, element)
        elif counts[own] > 1 and own not in told:
            told.add(own)
            message = _TWICE.fill(id=own, count=counts[own])
            yield found(UNSAFE_NAME, examined, message, name, element)


def dead(examined: Examined) -> Iterator[Diagnostic]:
    """Links that lead nowhere, and files that nothing names."""
    book = examined.publication
    for item in book.items:
        if item.name not in book.sizes and not item.remote:
            message = _ABSENT.fill(href=item.name)
            yield found(DEAD_LINK, examined, message, book.opf_name)
    listed = {item.name for item in book.items} | {book.opf_name, "mimetype"}
    for name in book.sizes:
        if name not in listed and not name.startswith("META-INF/"):
            yield found(DEAD_LINK, examined, _UNLISTED.fill(name=name), name)
    for name, base, element in _links(book):
        target = linked(base, name)
        if target and not _there(book, *target):
            message = _DEAD.fill(href=name)
            yield found(DEAD_LINK, examined, message, base, element)


def _links(book: Publication) -> Iterator[tuple[str, str, Element | None]]:
    roots = [(page.name, page.root) for page in book.pages.values()]
    if book.ncx is not None:
        roots.append((book.ncx_name, book.ncx))
    for name, root in roots:
        for element in root.iter(*LINKING):
            for key in LINKS:
                if href := element.get(key):
                    yield href, name, element
    for name, style in book.styles.items():
        for href in URL.findall(COMMENT.sub("", style)):
            yield href, name, None


def _there(book: Publication, name: str, place: str) -> bool:
    if name not in book.sizes:
        return False
    page = book.pages.get(name)
    return not place or page is None or place in page.ids


def writing(examined: Examined) -> Iterator[Diagnostic]:
    """Vertical writing that is not the same everywhere."""
    book = examined.publication
    styled = {name for name, style in book.styles.items() if _vertical(style)}
    for name, style in book.styles.items():
        for selector in _vertical(style):
            if not {s.strip() for s in selector.split(",")} <= ROOTS:
                message = _SELECTOR.fill(selector=selector.strip())
                yield found(WRITING, examined, message, name)
    vertical = [
        page for page in book.pages.values() if _sheets(page.name, page.root) & styled
    ]
    if vertical and len(vertical) < len(book.pages):
        for page in book.pages.values():
            if page not in vertical:
                yield found(WRITING, examined, _LEVEL, page.name, page.root)
    spine = next((e for e in book.opf.iter() if local(e) == "spine"), None)
    turns = spine.get("page-progression-direction") if spine is not None else None
    if vertical and turns != "rtl":
        yield found(WRITING, examined, _TURNS, book.opf_name, spine)


def _vertical(style: str) -> list[str]:
    """The selectors that are set vertical."""
    return [
        found[0].rpartition("}")[2]
        for found in VERTICAL.findall(COMMENT.sub("", style))
    ]


def _sheets(name: str, root: Element) -> set[str]:
    targets = (linked(name, e.get("href") or "") for e in root.iter(f"{XHTML}link"))
    return {target[0] for target in targets if target}


def bare(examined: Examined) -> Iterator[Diagnostic]:
    """Markup that does the work of a style sheet; once a page each."""
    for page in examined.publication.pages.values():
        told: set[Words] = set()
        for element in page.root.iter():
            said = _bare(element)
            if said and said not in told:
                told.add(said)
                yield found(BARE_MARKUP, examined, said, page.name, element)


def _bare(element: Element) -> Words | None:
    if element.get("style"):
        return _STYLE
    name = local(element)
    if name == "p" and not list(element) and not (element.text or "").strip():
        return _EMPTY
    if name == "br" and not (element.tail or "").strip():
        above = element.getparent()
        after = list(above) if above is not None else []
        at = after.index(element) + 1
        if at < len(after) and local(after[at]) == "br":
            return _BREAKS
    return None


_LARGE = Words("有 {size} KB", "it has {size} KB")
_MANY = Words("有 {area:.1f} 百万像素", "it has {area:.1f} megapixels")
_NAME = Words("文件名“{name}”不稳妥", "the file name {name!r} is not safe")
_ID = Words("id“{id}”不稳妥", "the id {id!r} is not safe")
_TWICE = Words("id“{id}”在书里有 {count} 处", "the id {id!r} stands {count} times")
_ABSENT = Words(
    "清单里的 {href} 不在书里", "{href} is in the manifest and not in the book"
)
_UNLISTED = Words("{name} 没有列进清单", "{name} is not in the manifest")
_DEAD = Words("链接“{href}”没有去处", "the link {href!r} leads nowhere")
_SELECTOR = Words(
    "writing-mode 写在了“{selector}”上", "writing-mode is set on {selector!r}"
)
_LEVEL = Words("别的页直排，这一页没有", "other pages are vertical, this one is not")
_TURNS = Words("直排的书要从右往左翻", "a vertical book turns from right to left")
_STYLE = Words("有行内样式", "there are inline styles")
_EMPTY = Words("有空段落", "there are empty paragraphs")
_BREAKS = Words("用连续换行隔开文字", "breaks are used for space")
