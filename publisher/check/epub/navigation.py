"""Ways through a book besides its contents: named places, and pages of the print."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from publisher.check.epub.examined import Examined, found
from publisher.diagnostics import Diagnostic, Rule, Severity, Words
from publisher.read.epub import Element, Publication, linked
from publisher.read.epub.publication import local, types

LANDMARKS = Rule(
    "W101",
    "missing-landmarks",
    Severity.ERROR,
    Words(
        "没有命名的去处（landmarks），阅读器不知道正文从哪里开始，有的连章名都显示不出。",
        "There are no named places (landmarks): readers do not know where the text "
        "begins, and some show no chapter.",
    ),
    'a navigation document without <nav epub:type="landmarks">',
    Words(
        "在 nav 里写 landmarks：cover、toc、bodymatter，一处一个词。",
        "Write landmarks into nav: cover, toc, bodymatter; one word a place.",
    ),
)
PAGES = Rule(
    "W113",
    "page-list-mismatch",
    Severity.ERROR,
    Words(
        "页码表与正文里的页码标记对不上，按页码翻会翻到别处。",
        "The list of pages is not that of the marks in the text; a number leads to "
        "another page.",
    ),
    "a page list whose 3 leads to the mark of page 2",
    Words(
        "页码表（nav 与 ncx）逐条对应正文里的标记，并写明所据的印本。",
        "Let nav and ncx list every mark, in order, and name the print they are of.",
    ),
)
NOT_PLACED = Rule(
    "W123",
    "page-not-placed",
    Severity.ERROR,
    Words(
        "印本的一页从本书的文字开始，却没有找到是哪里，所以没有页码标记。",
        "A page of the print begins in this book, but where was not found; it has no "
        "mark.",
    ),
    "a template of the book's own that says other words than the print",
    Words("检查本书自己的 templates/。", "Look through the book's own templates/."),
)
UNMARKED = Rule(
    "W124",
    "pages-without-mark",
    Severity.NOTE,
    Words(
        "印本的这些页在 EPUB 里没有页码标记：封面、目录、版权页和空白页，"
        "EPUB 里没有同样的文字。",
        "These pages of the print have no mark in the EPUB, because it does not have "
        "their text: cover, contents, colophon and blank pages.",
    ),
    "the contents pages of a booklet",
    Words("不必改。", "Nothing to do."),
)


def landmarks(examined: Examined) -> Iterator[Diagnostic]:
    """Books without named places, or whose text begins nowhere."""
    book = examined.publication
    if book.nav is None:
        yield found(LANDMARKS, examined, _NO_NAV, book.opf_name)
        return
    nav = nav_of(book, "landmarks")
    if nav is None:
        yield found(LANDMARKS, examined, _NO_LANDMARKS, book.nav.name)
        return
    links = [e for e in nav.iter() if local(e) == "a"]
    named = {word for link in links for word in types(link)}
    if not named & {"bodymatter", "text"}:
        yield found(LANDMARKS, examined, _NO_START, book.nav.name, nav)
    for link in links:
        if len(types(link)) != 1:
            message = _MANY.fill(words=link.get("href") or "")
            yield found(LANDMARKS, examined, message, book.nav.name, link)


def nav_of(book: Publication, kind: str) -> Element | None:
    """The list of a kind in the navigation document."""
    if book.nav is None:
        return None
    return next(
        (e for e in book.nav.named("nav") if kind in types(e)),
        None,
    )


def pages(examined: Examined) -> Iterator[Diagnostic]:
    """The marks in the text, the list of pages, and the old list, in step."""
    book = examined.publication
    marks = list(marked(book))
    listed = list(_listed(book))
    nav = nav_of(book, "page-list")
    if marks and nav is None:
        name = book.nav.name if book.nav else book.opf_name
        yield found(PAGES, examined, _NO_LIST.fill(count=len(marks)), name)
    elif nav is not None and book.nav:
        yield from _compare(examined, marks, listed, book.nav.name, nav)
    if book.ncx is not None:
        old = list(_old(book))
        if old != listed:
            yield from _compare(examined, listed, old, book.ncx_name, book.ncx)
    sources = book.told("pageBreakSource") or book.told("source-of")
    if marks and not any(sources):
        yield found(PAGES, examined, _NO_SOURCE, book.opf_name)


def marked(book: Publication) -> Iterator[tuple[str, str, str]]:
    """Label, file and id of each mark, in reading order."""
    for page in book.read:
        for element in page.typed:
            if "pagebreak" in types(element):
                said = element.get("aria-label") or element.get("title") or ""
                label = said or "".join(element.itertext())
                yield label.strip(), page.name, element.get("id") or ""


def _listed(book: Publication) -> Iterator[tuple[str, str, str]]:
    nav = nav_of(book, "page-list")
    for link in nav.iter() if nav is not None else ():
        if local(link) == "a" and book.nav:
            target = linked(book.nav.name, link.get("href") or "") or ("?", "")
            yield "".join(link.itertext()).strip(), *target


def _old(book: Publication) -> Iterator[tuple[str, str, str]]:
    for element in book.ncx.iter() if book.ncx is not None else ():
        if local(element) == "pageTarget":
            label = "".join(
                "".join(e.itertext()) for e in element if local(e) == "navLabel"
            )
            src = next((e.get("src") for e in element.iter() if e.get("src")), "")
            yield label.strip(), *(linked(book.ncx_name, src or "") or ("?", ""))


def _compare(
    examined: Examined,
    marks: list[tuple[str, str, str]],
    listed: list[tuple[str, str, str]],
    name: str,
    at: Element,
) -> Iterator[Diagnostic]:
    for mark, entry in zip_longest(marks, listed):
        if mark != entry:
            wanted, got = (
                f"{e[0]} → {e[1]}#{e[2]}" if e else "—" for e in (mark, entry)
            )
            message = _OTHER.fill(wanted=wanted, got=got)
            yield found(PAGES, examined, message, name, at)
            return


def misplaced(examined: Examined) -> Iterator[Diagnostic]:
    """Printed pages whose beginning was not found."""
    lost = examined.expected.lost if examined.expected else ()
    if lost:
        yield found(NOT_PLACED, examined, _LOST.list(labels=lost))


def unmarked(examined: Examined) -> Iterator[Diagnostic]:
    """Printed pages that have no mark because they need none."""
    bare = examined.expected.bare if examined.expected else ()
    if bare:
        zh = "、".join(f"{label}（{kind.zh}）" for label, kind in bare)
        en = ", ".join(f"{label} ({kind.en})" for label, kind in bare)
        message = Words(
            f"没有页码标记的印本页：{zh}", f"printed pages without a mark: {en}"
        )
        yield found(UNMARKED, examined, message)


_NO_NAV = Words("没有导航文档（nav）", "there is no navigation document")
_NO_LANDMARKS = Words("没有 landmarks", "there are no landmarks")
_NO_START = Words("landmarks 没有指出正文（bodymatter）", "no landmark is bodymatter")
_MANY = Words(
    "landmarks 里 {words} 应当恰有一个 epub:type", "{words} must have one epub:type"
)
_NO_LIST = Words(
    "正文里有 {count} 个页码标记，却没有页码表",
    "there are {count} page marks and no list of pages",
)
_OTHER = Words("应当是 {wanted}，却是 {got}", "{wanted} wanted, {got} found")
_NO_SOURCE = Words(
    "有页码标记，却没有说明是哪个印本的（pageBreakSource）",
    "pages are marked, and pageBreakSource does not say of which print",
)
_LOST = Words(
    "没有找到开始处的印本页：{labels}", "pages whose places were not found: {labels}"
)
