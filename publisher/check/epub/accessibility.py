"""Accessibility: what a book claims of itself, against what it has.

EPUB Accessibility 1.1, 2.2: metadata must be there, and must be true. Tools check that
it is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from publisher.check.epub.examined import Examined, found
from publisher.check.epub.navigation import marked, nav_of
from publisher.diagnostics import Diagnostic, Rule, Severity, Words
from publisher.read.epub import Publication
from publisher.read.epub.publication import Element

CLAIM = Rule(
    "W114",
    "accessibility-claim",
    Severity.ERROR,
    Words(
        "无障碍说明缺项，或与书的实际不符；靠它选书的读者会上当。",
        "What the book says of its accessibility is incomplete or untrue; readers who "
        "choose by it are misled.",
    ),
    "pageBreakMarkers claimed in a book without page marks",
    Words(
        "照实写 schema:access… 各项；没有人验过的书不要写 conformsTo。",
        "Write the schema:access… metadata as things are; claim conformance only where "
        "somebody vouches for it.",
    ),
)
WORDLESS = Rule(
    "W120",
    "picture-without-words",
    Severity.ERROR,
    Words(
        "图没有替代文字，看不见图的人不知道那里有什么。",
        "A picture has no words that stand for it.",
    ),
    '<img src="a.png"/>',
    Words(
        '写 alt；只作装饰的图写 alt="" 和 role="presentation"。',
        'Write alt; a mere ornament gets alt="" and role="presentation".',
    ),
)
REQUIRED = (
    "schema:accessMode",
    "schema:accessModeSufficient",
    "schema:accessibilityFeature",
    "schema:accessibilityHazard",
    "schema:accessibilitySummary",
)


def wordless(examined: Examined) -> Iterator[Diagnostic]:
    """Pictures without words."""
    for page in examined.publication.pages.values():
        for element in page.named("img"):
            if not _worded(element):
                message = _WORDLESS.fill(src=element.get("src") or "")
                yield found(WORDLESS, examined, message, page.name, element)


def _worded(element: Element) -> bool:
    if (element.get("role") or "") in {"presentation", "none"}:
        return True
    return bool((element.get("alt") or element.get("aria-label") or "").strip())


def claims(examined: Examined) -> Iterator[Diagnostic]:
    """What is not said, and what is said and is not so."""
    book = examined.publication
    missing = [name for name in REQUIRED if not any(book.told(name))]
    if missing:
        message = _MISSING.fill(names=", ".join(missing))
        yield found(CLAIM, examined, message, book.opf_name)
    told = set(book.told("schema:accessibilityFeature"))
    for feature, has in FEATURES.items():
        if feature in told and not has(book):
            message = _UNTRUE.fill(name=feature)
            yield found(CLAIM, examined, message, book.opf_name)
        elif feature in NAMED and told and feature not in told and has(book):
            message = _UNSAID.fill(name=feature)
            yield found(CLAIM, examined, message, book.opf_name)
    if "printPageNumbers" in told:
        yield found(CLAIM, examined, _OLD, book.opf_name)
    yield from _modes(examined)
    claimed = [text for text in book.told("dcterms:conformsTo") if text]
    if claimed and not any(book.told("a11y:certifiedBy")):
        message = _UNSIGNED.fill(claim=claimed[0])
        yield found(CLAIM, examined, message, book.opf_name)


def _modes(examined: Examined) -> Iterator[Diagnostic]:
    book = examined.publication
    told = set(book.told("schema:accessMode"))
    shown = any(item.media_type.startswith("image/") for item in book.items)
    if told and ("visual" in told) != shown:
        message = _UNTRUE if "visual" in told else _UNSAID
        yield found(CLAIM, examined, message.fill(name="visual"), book.opf_name)


def _pictures(book: Publication) -> bool:
    return all(_worded(e) for p in book.pages.values() for e in p.named("img"))


def _roles(book: Publication) -> bool:
    return any(e.get("role") for p in book.pages.values() for e in p.root.iter())


def _headed(book: Publication) -> bool:
    pages = (p for p in book.read if p is not book.nav)
    names = {f"h{n}" for n in range(1, 7)}
    return any(not names.isdisjoint(p.by_name) for p in pages)


def _maths(book: Publication) -> bool:
    return any("math" in p.by_name for p in book.pages.values())


FEATURES: Mapping[str, Callable[[Publication], bool]] = {
    "alternativeText": _pictures,
    "ARIA": _roles,
    "MathML": _maths,
    "pageBreakMarkers": lambda book: any(True for _ in marked(book)),
    "pageNavigation": lambda book: nav_of(book, "page-list") is not None,
    "structuralNavigation": _headed,
    "tableOfContents": lambda book: nav_of(book, "toc") is not None,
    "unlocked": lambda book: "META-INF/encryption.xml" not in book.sizes,
}
"""What can be claimed and seen to be so."""
NAMED = frozenset({"pageBreakMarkers", "pageNavigation", "MathML"})
"""What readers look for, so that a book that has it should say so."""

_WORDLESS = Words("图 {src} 没有替代文字", "the picture {src} has no words")
_MISSING = Words("缺 {names}", "missing: {names}")
_UNTRUE = Words("说有 {name}，其实没有", "{name} is claimed and is not so")
_UNSAID = Words("有 {name}，却没有说", "it has {name} and does not say so")
_OLD = Words(
    "printPageNumbers 已不用，应写 pageBreakMarkers 和 pageNavigation",
    "printPageNumbers is out of use: write pageBreakMarkers and pageNavigation",
)
_UNSIGNED = Words(
    "声称合乎“{claim}”，却没有人具名（a11y:certifiedBy）",
    "{claim!r} is claimed and nobody vouches for it (a11y:certifiedBy)",
)
