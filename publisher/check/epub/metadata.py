"""The package document: what it must say of the book, and what it may not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from publisher.check.epub.examined import Examined, found
from publisher.diagnostics import Diagnostic, Rule, Severity, Words
from publisher.read.epub import Publication
from publisher.read.epub.publication import local

NO_DIRECTION = Rule(
    "W105",
    "no-page-direction",
    Severity.ERROR,
    Words(
        "没有写明翻页方向（page-progression-direction）。繁体书不写，有的阅读器就当成从右往左翻。",
        "The direction of pages is not told. Readers take a book that is only in "
        "traditional Chinese to turn from right to left.",
    ),
    "a spine without page-progression-direction",
    Words(
        "在 spine 上写 ltr（横排）或 rtl（直排）。",
        "Write ltr (horizontal) or rtl (vertical) on the spine.",
    ),
)
NO_COVER = Rule(
    "W107",
    "no-cover-image",
    Severity.ERROR,
    Words(
        "没有哪幅图标作封面（cover-image），书架上就没有封面。",
        "No picture is marked as the cover, so the shelf shows none.",
    ),
    'a manifest without properties="cover-image"',
    Words(
        '给封面图的 item 加 properties="cover-image"。',
        'Give the picture\'s item properties="cover-image".',
    ),
)
NO_FILE_AS = Rule(
    "W108",
    "no-file-as",
    Severity.WARNING,
    Words(
        "书名没有排序用的拼音（file-as），书库就按码位排，找不到。",
        "The title has no sorting form (file-as); libraries file it by code point, "
        "where nobody looks.",
    ),
    'a dc:title without <meta property="file-as">',
    Words(
        "给书名加一条 file-as（拼音）。", "Refine the title with file-as, in pinyin."
    ),
)
FUTURE = Rule(
    "W110",
    "future-date",
    Severity.ERROR,
    Words(
        "修改时间在将来，书库会一直以为这是最新的版本，以后的更正发不到读者手里。",
        "It says it was changed in the future; shelves will hold it for the newest "
        "edition, and no correction will reach readers.",
    ),
    "dcterms:modified of 2034 in a book checked in 2026",
    Words("改正 dcterms:modified（UTC）。", "Correct dcterms:modified (UTC)."),
)
UNTOLD = Rule(
    "W122",
    "missing-metadata",
    Severity.ERROR,
    Words(
        "缺了规范必需的书目：标识、书名、语言或修改时间。",
        "Metadata that EPUB requires is missing: identifier, title, language, or the "
        "time of the last change.",
    ),
    "a package without dc:language",
    Words("补上所列各项。", "Add what is named."),
)
SLACK = timedelta(days=1)
"""Clocks differ."""


def directionless(examined: Examined) -> Iterator[Diagnostic]:
    """A spine that does not say which way pages turn."""
    book = examined.publication
    for spine in (e for e in book.opf.iter() if local(e) == "spine"):
        if spine.get("page-progression-direction") not in {"ltr", "rtl"}:
            yield found(NO_DIRECTION, examined, _DIRECTION, book.opf_name, spine)


def coverless(examined: Examined) -> Iterator[Diagnostic]:
    """A book without a cover."""
    book = examined.publication
    covers = [item for item in book.items if "cover-image" in item.properties]
    if not covers:
        yield found(NO_COVER, examined, _COVER, book.opf_name)


def unfiled(examined: Examined) -> Iterator[Diagnostic]:
    """Titles, main ones at least, without a sorting form."""
    book = examined.publication
    refined = {e.get("refines") for e in book.metas("file-as")}
    for title in book.dc("title"):
        text = "".join(title.itertext()).strip()
        known = f"#{title.get('id')}" in refined
        if not known and any("\u3400" <= char <= "\u9fff" for char in text):
            message = _FILED.fill(title=text)
            yield found(NO_FILE_AS, examined, message, book.opf_name, title)


def future(examined: Examined) -> Iterator[Diagnostic]:
    """A time of change that has not come yet."""
    book, now = examined.publication, examined.now
    for meta in book.metas("dcterms:modified"):
        when = _time(meta.text or "")
        if when is None:
            message = _NO_TIME.fill(text=(meta.text or "").strip())
            yield found(FUTURE, examined, message, book.opf_name, meta)
        elif now and when > now + SLACK:
            message = _FUTURE.fill(day=when.date())
            yield found(FUTURE, examined, message, book.opf_name, meta)


def untold(examined: Examined) -> Iterator[Diagnostic]:
    """What EPUB 3 requires of every package."""
    book = examined.publication
    missing = [
        f"dc:{name}"
        for name in ("identifier", "title", "language")
        if not any("".join(e.itertext()).strip() for e in book.dc(name))
    ]
    if not book.told("dcterms:modified"):
        missing.append("dcterms:modified")
    if not _identified(book):
        missing.append("unique-identifier")
    if missing:
        message = _UNTOLD.fill(names=", ".join(missing))
        yield found(UNTOLD, examined, message, book.opf_name)


def _identified(book: Publication) -> bool:
    wanted = book.opf.get("unique-identifier")
    return any(e.get("id") == wanted for e in book.dc("identifier"))


def _time(text: str) -> datetime | None:
    try:
        when = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)


_DIRECTION = Words("没有写明翻页方向", "the direction of pages is not told")
_COVER = Words("没有封面图", "no picture is the cover")
_FILED = Words("书名“{title}”没有 file-as", "the title {title!r} has no file-as")
_FUTURE = Words("修改时间是将来的 {day}", "it was changed on {day}, which is to come")
_NO_TIME = Words("“{text}”不是时间", "{text!r} is no time")
_UNTOLD = Words("缺 {names}", "missing: {names}")
