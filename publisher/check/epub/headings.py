"""Headings, the contents, and the old contents (NCX): three tellings of one thing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from publisher.check.epub.examined import Examined, found
from publisher.check.epub.navigation import nav_of
from publisher.diagnostics import Diagnostic, Rule, Severity, Words
from publisher.read.epub import Element, Page, Publication, linked, words_of
from publisher.read.epub.publication import XHTML, local

CONTENTS = Rule(
    "W102",
    "contents-mismatch",
    Severity.ERROR,
    Words(
        "目录、标题和旧式目录（NCX）说的不是一回事：有的章节从目录去不了，有的目录名不符实。",
        "The contents, the headings and the old contents (NCX) differ: a chapter that "
        "the contents do not lead to, or an entry that says other words.",
    ),
    "a chapter that is not in the contents",
    Words(
        "目录逐条对应标题，NCX 与目录相同。",
        "Let each heading have its entry, and let the NCX say the same.",
    ),
)
LOST_HEADING = Rule(
    "W109",
    "lost-heading",
    Severity.ERROR,
    Words(
        "应当是标题的成了普通段落，或标题跳了级；读屏软件按标题走，走不到这里。",
        "What should be a heading is a paragraph, or a level is skipped; screen "
        "readers go by headings and do not come here.",
    ),
    '<section aria-labelledby="t"><p id="t">第一章</p>',
    Words("标题用 h1 至 h6，一级一级往下。", "Use h1 to h6, one level after another."),
)
LEVELS = {f"h{level}": level for level in range(1, 7)}
UNTITLED = frozenset({"cover", "titlepage", "halftitlepage", "toc"})
"""Pages that the contents call by what they are."""
MUCH = 400
"""Characters on a page that should have a heading."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading of a page."""

    page: Page
    element: Element
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents."""

    text: str
    target: tuple[str, str]
    element: Element


def contents(examined: Examined) -> Iterator[Diagnostic]:
    """The contents against the headings, and the old contents against the contents."""
    book = examined.publication
    nav = nav_of(book, "toc")
    if nav is None or book.nav is None:
        name = book.nav.name if book.nav else book.opf_name
        yield found(CONTENTS, examined, _NO_CONTENTS, name)
        return
    entries = list(_entries(book.nav.name, nav))
    yield from _leading(examined, entries)
    yield from _reached(examined, entries)
    if book.ncx is not None:
        yield from _old(examined, entries)


def _entries(name: str, nav: Element) -> Iterator[Entry]:
    for link in nav.iter(f"{XHTML}a"):
        if link.get("href"):
            target = linked(name, link.get("href") or "") or ("?", "")
            yield Entry("".join("".join(link.itertext()).split()), target, link)


def headings(page: Page) -> list[Heading]:
    """The headings of a page that say something, in order."""
    if LEVELS.keys().isdisjoint(page.by_name):
        return []
    return [
        Heading(page, element, LEVELS[local(element)], text)
        for element in page.root.iter(*(f"{XHTML}{name}" for name in LEVELS))
        if (text := words_of(element))
    ]


def _reached(examined: Examined, entries: list[Entry]) -> Iterator[Diagnostic]:
    """Headings that no entry leads to, as deep as the contents go."""
    book = examined.publication
    targets = {entry.target for entry in entries}
    known: list[tuple[Heading, bool]] = []
    for page in book.read:
        if page is not book.nav:
            known += _those(page, targets)
    deepest = max((h.level for h, told in known if told), default=1)
    for heading, told in known:
        if not told and heading.level <= deepest:
            message = _UNREACHED.fill(text=heading.text[:30])
            name = heading.page.name
            yield found(CONTENTS, examined, message, name, heading.element)


def _those(page: Page, targets: set[tuple[str, str]]) -> Iterator[tuple[Heading, bool]]:
    """Each heading of a page, and whether an entry leads to it or to what it heads."""
    headed: set[Element] = set()
    for number, heading in enumerate(headings(page)):
        told = number == 0 and (page.name, "") in targets
        above: Element | None = heading.element
        while above is not None:
            own = above.get("id") or ""
            first = above not in headed
            headed.add(above)
            told = told or (first and bool(own) and (page.name, own) in targets)
            above = above.getparent()
        yield heading, told


def _leading(examined: Examined, entries: list[Entry]) -> Iterator[Diagnostic]:
    """Entries that lead to other words than they say, or backwards."""
    book = examined.publication
    name = book.nav.name if book.nav else ""
    order = {page.name: number for number, page in enumerate(book.read)}
    untitled = {
        page.name for page in book.pages.values() if any(map(page.has, UNTITLED))
    }
    for entry in entries:
        page = book.pages.get(entry.target[0])
        if page is None or page.name in untitled or entry.text.startswith("〔"):
            continue
        said = _said(page, entry)
        if said is not None:
            message = _OTHER_WORDS.fill(text=entry.text[:30], said=said)
            yield found(CONTENTS, examined, message, name, entry.element)
    placed = [(order[e.target[0]], e) for e in entries if e.target[0] in order]
    for (before, _), (after, entry) in pairwise(placed):
        if after < before:
            message = _BACKWARDS.fill(text=entry.text[:30])
            yield found(CONTENTS, examined, message, name, entry.element)


def _said(page: Page, entry: Entry) -> str | None:
    """What the place of an entry says, if it is something else."""
    at = page.ids.get(entry.target[1]) if entry.target[1] else page.body
    if at is None:
        return None  # a dead link, which another check tells
    heads = at.iter(*(f"{XHTML}{name}" for name in LEVELS))
    held = next((e for e in heads if words_of(e)), None)
    if held is not None and entry.text in words_of(held):
        return None
    begin = _begin(at, len(entry.text) + 30)
    return None if entry.text in begin else begin[:30]


def _begin(element: Element, count: int) -> str:
    """The first characters of an element."""
    out = ""
    for text in element.itertext():
        out += "".join(text.split())
        if len(out) >= count:
            break
    return out


def _old(examined: Examined, entries: list[Entry]) -> Iterator[Diagnostic]:
    """The NCX, entry by entry."""
    book = examined.publication
    new = [(entry.text, entry.target) for entry in entries]
    old = list(_points(book))
    for wanted, got in zip_longest(new, old):
        if wanted != got:
            first, second = (e[0][:30] if e else "—" for e in (wanted, got))
            message = _OLD.fill(wanted=first, got=second)
            yield found(CONTENTS, examined, message, book.ncx_name)
            return


def _points(book: Publication) -> Iterator[tuple[str, tuple[str, str]]]:
    for point in book.ncx.iter() if book.ncx is not None else ():
        if local(point) != "navPoint":
            continue
        label = next((e for e in point if local(e) == "navLabel"), None)
        content = next((e for e in point if local(e) == "content"), None)
        text = "".join(label.itertext()) if label is not None else ""
        src = (content.get("src") if content is not None else "") or ""
        yield "".join(text.split()), linked(book.ncx_name, src) or ("?", "")


def headless(examined: Examined) -> Iterator[Diagnostic]:
    """What is headed by no heading, and levels that are skipped."""
    book = examined.publication
    for page in book.read:
        for element in page.named("section", "article", "nav"):
            name = element.get("aria-labelledby") or ""
            head = page.ids.get(name.split()[0]) if name.split() else None
            if head is not None and local(head) not in LEVELS:
                message = _NOT_HEADING.fill(text=words_of(head)[:30])
                yield found(LOST_HEADING, examined, message, page.name, head)
        held = headings(page)
        for before, after in pairwise(held):
            if after.level > before.level + 1:
                message = _SKIPPED.fill(
                    before=before.level, after=after.level, text=after.text[:30]
                )
                yield found(LOST_HEADING, examined, message, page.name, after.element)
        if not held and not _continued(page) and len(page.words) > MUCH:
            yield found(LOST_HEADING, examined, _NONE, page.name, page.body)


def _continued(page: Page) -> bool:
    """Whether a page goes on with sections of an earlier one, by name."""
    return any(e.get("aria-label") for e in page.named("section", "nav"))


_NO_CONTENTS = Words("没有目录（nav toc）", "there are no contents (nav toc)")
_UNREACHED = Words("从目录去不了“{text}”", "the contents do not lead to {text!r}")
_OTHER_WORDS = Words(
    "目录写的是“{text}”，去到的是“{said}”", "the entry {text!r} leads to {said!r}"
)
_BACKWARDS = Words("目录的“{text}”次序不对", "the entry {text!r} is out of order")
_OLD = Words(
    "NCX 与目录不同：应当是“{wanted}”，却是“{got}”",
    "the NCX differs: {wanted!r} wanted, {got!r} found",
)
_NOT_HEADING = Words("“{text}”应当是标题", "{text!r} should be a heading")
_SKIPPED = Words(
    "标题“{text}”从 h{before} 跳到了 h{after}",
    "h{before} is followed by h{after}: {text!r}",
)
_NONE = Words("这一页没有标题", "this page has no heading")
