"""What the package document says of an edition: names, people, dates, accessibility."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date
from uuid import NAMESPACE_URL, uuid5

from publisher.book import Edition
from publisher.edition.prepared import Prepared
from publisher.render import Imprint
from publisher.render.contents import title_of
from publisher.render.epub.pinyin import file_as
from publisher.render.package import Meta

DATES = (
    ("approved", "dcterms:dateAccepted"),
    ("issued", "dcterms:issued"),
    ("effective", "dcterms:valid"),
)
FEATURES = (
    "alternativeText",
    "ARIA",
    "displayTransformability",
    "readingOrder",
    "structuralNavigation",
    "tableOfContents",
    "unlocked",
)
"""True of every EPUB made here: each picture has words for it; all else is text."""
PAGED = ("pageBreakMarkers", "pageNavigation")
"""True of those that name the pages of a printed edition."""
SUMMARY = "全书为可重排文本，有目录与标题可逐级导航，直到条文与问题；"
COVER_ONLY = "封面图有替代文字。"
PICTURES = "封面图和文中各图有替代文字。"
NUMBERED = "页码与印本一致，可按页码跳转。"


def metadata(  # noqa: PLR0913  (each is something that is told)
    prepared: Prepared,
    imprint: Imprint,
    about: str,
    cover: str,
    *,
    pictures: int = 0,
    source: str = "",
) -> tuple[Meta, ...]:
    """All metadata.

    Args:
        prepared: the edition.
        imprint: what it is made with.
        about: describes the book.
        cover: the id of its picture.
        pictures: how many there are in the text.
        source: what names the printed edition whose pages are marked; or empty.
    """
    return (
        Meta("dc:identifier", identifier(prepared, imprint), (("id", "pub-id"),)),
        *_titles(prepared),
        Meta("dc:language", prepared.lang),
        *_agents(prepared),
        Meta("dc:description", about),
        *_rights_and_dates(prepared, imprint),
        *_related(prepared, imprint),
        *(
            (Meta("meta", source, (("property", "pageBreakSource"),)),)
            if source
            else ()
        ),
        *_accessibility(prepared, pictures=pictures, paged=bool(source)),
        *_conformance(prepared),
        Meta("meta", "", (("name", "cover"), ("content", cover))),
        *_vertical(prepared),
    )


def identifier(
    prepared: Prepared, imprint: Imprint, edition: Edition | None = None
) -> str:
    """The name of an edition, the same in every build: a UUID from what it is.

    A bare file has no name of its own but that of the file, which many share; there the
    sources' checksums stand in.
    """
    book, edition = prepared.book, edition or prepared.edition
    who = [digest for _, digest, _ in imprint.sources] if book.bare else [book.id]
    path = "/".join((*who, edition.name, edition.script))
    return uuid5(NAMESPACE_URL, f"publisher:{path}").urn


def title(prepared: Prepared) -> str:
    """The book's title, else that of its first document, else its id."""
    first = next(map(title_of, prepared.documents), "")
    return prepared.book.title or first or prepared.book.id


def _titles(prepared: Prepared) -> Iterator[Meta]:
    named = (("main", title(prepared)), ("subtitle", prepared.book.subtitle))
    for number, (kind, text) in enumerate(named, 1):
        if text:
            yield from _named("dc:title", f"title-{number}", text, ("title-type", kind))


def _agents(prepared: Prepared) -> Iterator[Meta]:
    book = prepared.book
    if book.authority:
        yield from _named("dc:creator", "authority", book.authority, ("role", "isb"))
    if book.publisher:
        yield from _named("dc:publisher", "publisher", book.publisher, ("role", "pbl"))


def _named(name: str, uid: str, text: str, more: tuple[str, str]) -> Iterator[Meta]:
    """An element with what refines it; roles are MARC relators."""
    prop, value = more
    scheme = (("scheme", "marc:relators"),) if prop == "role" else ()
    refines = ("refines", f"#{uid}")
    yield Meta(name, text, (("id", uid),))
    yield Meta("meta", value, (refines, ("property", prop), *scheme))
    if filed := file_as(text):
        yield Meta("meta", filed, (refines, ("property", "file-as")))


def _rights_and_dates(prepared: Prepared, imprint: Imprint) -> Iterator[Meta]:
    dates = prepared.book.dates
    day = dates.get("issued") or _day(imprint)
    yield Meta("dc:date", day.isoformat())
    for key, prop in DATES:
        if key in dates:
            yield Meta("meta", dates[key].isoformat(), (("property", prop),))
    for name, digest, origin in imprint.sources:
        text = f"{prepared.convert(origin) or name}（SHA-256 {digest}）"
        yield Meta("dc:source", text)
    if prepared.book.rights:
        yield Meta("dc:rights", prepared.book.rights)
    if prepared.apparatus.selected:
        yield Meta("dc:coverage", prepared.apparatus.selected)


def _day(imprint: Imprint) -> date:
    return imprint.stamp.astimezone(UTC).date()


def _related(prepared: Prepared, imprint: Imprint) -> Iterator[Meta]:
    """The other EPUB editions of the book."""
    for edition in prepared.book.editions:
        if edition.format == "epub" and edition.name != prepared.edition.name:
            yield Meta("dc:relation", identifier(prepared, imprint, edition))


def _accessibility(prepared: Prepared, *, pictures: int, paged: bool) -> Iterator[Meta]:
    summary = SUMMARY + (PICTURES if pictures else COVER_ONLY)
    rows = (
        ("accessMode", "textual"),
        ("accessMode", "visual"),  # the cover picture
        ("accessModeSufficient", "textual"),
        *(
            ("accessibilityFeature", feature)
            for feature in sorted((*FEATURES, *(PAGED if paged else ())), key=str.lower)
        ),
        ("accessibilityHazard", "none"),
        (
            "accessibilitySummary",
            prepared.convert(summary + (NUMBERED if paged else "")),
        ),
    )
    for name, text in rows:
        yield Meta("meta", text, (("property", f"schema:{name}"),))


def _conformance(prepared: Prepared) -> Iterator[Meta]:
    """A claim, if the book names who makes it."""
    if not (claim := prepared.book.conformance):
        return
    yield Meta(
        "meta", claim.standard, (("id", "conf"), ("property", "dcterms:conformsTo"))
    )
    by = ("refines", "#conf")
    yield Meta(
        "meta",
        claim.certifier,
        (("id", "certifier"), by, ("property", "a11y:certifiedBy")),
    )
    of = ("refines", "#certifier")
    if claim.credential:
        prop = ("property", "a11y:certifierCredential")
        yield Meta("meta", claim.credential, (of, prop))
    if claim.report:
        rel = ("rel", "a11y:certifierReport")
        yield Meta("link", "", (of, rel, ("href", claim.report)))


def _vertical(prepared: Prepared) -> Iterator[Meta]:
    """What Kindle goes by."""
    if prepared.edition.writing == "vertical":
        how = (("name", "primary-writing-mode"), ("content", "vertical-rl"))
        yield Meta("meta", "", how)
