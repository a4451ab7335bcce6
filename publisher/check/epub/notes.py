"""Notes: each called once, each with a way back; and roles for those who listen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from publisher.check.epub.examined import Examined, found
from publisher.diagnostics import Diagnostic, Rule, Severity, Words
from publisher.read.epub import Element, Page, linked
from publisher.read.epub.publication import local, types

NO_RETURN = Rule(
    "W106",
    "note-without-return",
    Severity.ERROR,
    Words(
        "注与注号不成对：有的注没有人引，有的注号没有注，有的注回不到正文。",
        "Notes and their calls are no pairs: a note that nothing calls, a call without "
        "a note, a note without a way back to the text.",
    ),
    "a footnote without a backlink",
    Words(
        "每条注在正文里引一次，注里有一个短的返回链接，不要把整条注包在链接里。",
        "Call each note once; give it one short link back that does not hold the note.",
    ),
)
NO_ROLE = Rule(
    "W118",
    "missing-role",
    Severity.WARNING,
    Words(
        "epub:type 只有阅读软件看，读屏软件看 role；只写一样，另一边就不知道这是什么。",
        "Reading systems look at epub:type, screen readers at role; with only one of "
        "them the other does not know what the element is.",
    ),
    '<aside epub:type="footnote"> without role="doc-footnote"',
    Words("写上所列的 role。", "Add the role that is named."),
)
ROLES: Mapping[str, str] = {
    "appendix": "doc-appendix",
    "backlink": "doc-backlink",
    "chapter": "doc-chapter",
    "colophon": "doc-colophon",
    "footnote": "doc-footnote",
    "noteref": "doc-noteref",
    "page-list": "doc-pagelist",
    "pagebreak": "doc-pagebreak",
    "part": "doc-part",
    "preface": "doc-preface",
    "qna": "doc-qna",
    "subtitle": "doc-subtitle",
    "toc": "doc-toc",
}
"""EPUB structural word → the ARIA role that goes with it (EPUB Type to ARIA Role)."""
NOTES = frozenset({"footnote", "endnote", "rearnote", "note"})


def returns(examined: Examined) -> Iterator[Diagnostic]:
    """Notes and calls that are no pairs."""
    book = examined.publication
    notes = {(n.page.name, n.id): n for page in book.read for n in _notes(page)}
    calls = [call for page in book.read for call in _calls(page)]
    called = Counter(call.target for call in calls)
    for call in calls:
        if call.target not in notes and not _known(examined, call.target):
            yield found(NO_RETURN, examined, _NO_NOTE, call.page.name, call.element)
    for key, note in notes.items():
        if called[key] != 1:
            message = _CALLED.fill(count=called[key])
            yield found(NO_RETURN, examined, message, note.page.name, note.element)
        froms = {(c.page.name, c.id) for c in calls if c.target == key}
        if called[key] and not froms & set(_links(note)):
            yield found(NO_RETURN, examined, _NO_WAY, note.page.name, note.element)


@dataclass(frozen=True, slots=True)
class _Call:
    page: Page
    element: Element
    id: str
    target: tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Note:
    page: Page
    element: Element
    id: str


def _calls(page: Page) -> Iterator[_Call]:
    for element in page.typed:
        if "noteref" in types(element):
            target = linked(page.name, element.get("href") or "") or ("", "")
            yield _Call(page, element, _own_id(element), target)


def _own_id(element: Element) -> str:
    """Its own id, or that of what it is alone in, as in ``<sup id><a/></sup>``."""
    above = element.getparent()
    return element.get("id") or (above.get("id") if above is not None else "") or ""


def _notes(page: Page) -> Iterator[_Note]:
    for element in page.typed:
        if NOTES & set(types(element)) and local(element) != "a":
            yield _Note(page, element, element.get("id") or "")


def _links(note: _Note) -> Iterator[tuple[str, str]]:
    for element in note.element.iter():
        if local(element) == "a":
            yield linked(note.page.name, element.get("href") or "") or ("", "")


def _known(examined: Examined, target: tuple[str, str]) -> bool:
    page = examined.publication.pages.get(target[0])
    return page is not None and target[1] in page.ids


def roles(examined: Examined) -> Iterator[Diagnostic]:
    """Structural words without the roles that go with them."""
    for page in examined.publication.pages.values():
        seen = set()
        for element in page.typed:
            for word in types(element):
                role = ROLES.get(word, "")
                told = (element.get("role") or "").split()
                link = local(element) == "a" and word not in {"noteref", "backlink"}
                if not role or role in told or link or local(element) == "body":
                    continue
                if word not in seen:
                    seen.add(word)
                    message = _ROLE.fill(word=word, role=role)
                    yield found(NO_ROLE, examined, message, page.name, element)


_NO_NOTE = Words("注号没有指到注", "the call leads to no note")
_CALLED = Words("这条注引了 {count} 次", "this note is called {count} times")
_NO_WAY = Words("这条注没有返回正文的链接", "this note has no link back")
_ROLE = Words(
    "epub:type=“{word}”没有 role=“{role}”", "epub:type {word} without role {role}"
)
