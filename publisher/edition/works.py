"""Which of the read documents the book prints, and in which order.

Law: every document that was read is printed or left out by name. Where the book says
nothing at all (a bare file), everything is printed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from difflib import get_close_matches
from typing import cast

from publisher.book import Book, LeaveOut, Selector, Work
from publisher.diagnostics import (
    Diagnostic,
    Report,
    Rule,
    Severity,
    Words,
)
from publisher.tree import walk
from publisher.tree.kinds import KINDS, called, listed
from publisher.tree.nodes import Collection, Document, DocumentKind

UNDECIDED = Rule(
    "E001",
    "undecided-document",
    Severity.ERROR,
    Words(
        "来源中的每份文档，书中或印或不印，都须指名；否则会有文字悄悄丢失。",
        "Every document of a source is printed or left out by name; else text would be "
        "lost in silence.",
    ),
    "",
    Words(
        "请在 book.toml 里加一条 [[document]]，或加 [[leave_out]] 并写明理由。",
        "Add a [[document]], or a [[leave_out]] with a reason, to book.toml.",
    ),
)
NO_MATCH = Rule(
    "E002",
    "nothing-selected",
    Severity.ERROR,
    Words(
        "book.toml 指名的文档在来源里没有：书会比编者以为的少一篇。",
        "book.toml names a document that was not read: the book would hold less than "
        "its editor believes.",
    ),
    "",
    Words(
        "请用 publisher outline 看读出了哪些文档，再改 from 的 kind 或 title。",
        "See what was read with publisher outline, and correct kind or title in from.",
    ),
)
OWN_TITLE = Rule(
    "E005",
    "title-already-printed",
    Severity.WARNING,
    Words(
        "来源本有标题；编者所拟之题不得替换来源文字，故未采用。",
        "The source has a title, and the editor's words never replace the source's: "
        "the given title was not used.",
    ),
    "",
    Words(
        "请删去 title；目录、书眉要用简称，可写 short_title。",
        "Remove title; for contents and running heads write short_title.",
    ),
)
_UNDECIDED = Words(
    "{name}既未收入，也未声明不收",
    "neither printed nor left out: {name}",
)
_NO_MATCH = Words(
    "没有读到{name}，或已另有条目指名",
    "nothing that was read is {name}, or it is taken",
)
_OWN_TITLE = Words(
    "这篇来源已有标题，book.toml 所拟“{title}”未采用",
    "{name} has a title in the source; {title!r} of book.toml was not used",
)
_TO_DECIDE = Words(
    "要印，在 book.toml 里加上：\n  [[document]]\n  {select}\n"
    '不印，在 book.toml 里加上：\n  [[leave_out]]\n  {select}\n  reason = "理由"',
    "to print it, add to book.toml:\n  [[document]]\n  {select}\n"
    'to leave it out, add:\n  [[leave_out]]\n  {select}\n  reason = "why"',
)
_PERHAPS = Words("是不是“{title}”？", "did you mean {title!r}?")


def printed(collection: Collection, book: Book, report: Report) -> tuple[Document, ...]:
    """The documents to print, in the book's order, with the titles its editor gave."""
    documents = collection.documents
    chosen = {document.id: _choice(document, book) for document in documents}
    for entry in _entries(book):
        if not any(entry is choice for choice in chosen.values()):
            report(_missed(entry.select, documents))
    if not book.works:
        return tuple(d for d in documents if not isinstance(chosen[d.id], LeaveOut))
    for finding in _undecided([d for d in documents if chosen[d.id] is None]):
        report(finding)
    return tuple(
        _titled(document, work, report)
        for work in book.works
        for document in documents
        if chosen[document.id] is work
    )


def _undecided(documents: Iterable[Document]) -> Iterator[Diagnostic]:
    """A finding for each entry that is wanting: one entry means all it could mean."""
    alike: dict[str, list[Document]] = {}
    for document in documents:
        alike.setdefault(_selector(document), []).append(document)
    for select, meant in alike.items():
        names = listed([called(each, title_of(each)) for each in meant])
        words = Words(
            _UNDECIDED.zh.format(name=names.zh), _UNDECIDED.en.format(name=names.en)
        )
        hint = _TO_DECIDE.fill(select=select)
        yield Diagnostic(UNDECIDED, words, meant[0].span, hint=hint)


def left_out(
    collection: Collection, book: Book
) -> tuple[tuple[Document, LeaveOut], ...]:
    """The documents that the book leaves out by name, as read, with its reason."""
    choices = ((document, _choice(document, book)) for document in collection.documents)
    return tuple((d, choice) for d, choice in choices if isinstance(choice, LeaveOut))


def title_of(document: Document) -> str:
    """The title that stands over the document: the source's, else the editor's."""
    return walk.plain(document.title).strip() or document.given_title


def _entries(book: Book) -> tuple[Work | LeaveOut, ...]:
    return (*book.works, *book.leave_out)


def _choice(document: Document, book: Book) -> Work | LeaveOut | None:
    """The entry that means this document: one with its title before one without."""
    meant = [entry for entry in _entries(book) if _means(entry.select, document)]
    return min(meant, key=lambda entry: not entry.select.title, default=None)


def _means(selector: Selector, document: Document) -> bool:
    if selector.kind != document.kind:
        return False
    return not selector.title or _same(selector.title, walk.plain(document.title))


def _same(one: str, other: str) -> bool:
    return "".join(one.split()) == "".join(other.split())


def _missed(selector: Selector, documents: Iterable[Document]) -> Diagnostic:
    kind = KINDS[cast("DocumentKind", selector.kind)]
    title = f"《{selector.title}》" if selector.title else ""
    titles = [title_of(d) for d in documents if d.kind == selector.kind]
    close = get_close_matches(selector.title, filter(None, titles), 1, 0.4)
    hint = _PERHAPS.fill(title=close[0]) if close else NO_MATCH.cure
    words = Words(
        _NO_MATCH.zh.format(name=kind.zh + title),
        _NO_MATCH.en.format(name=kind.en + title),
    )
    return Diagnostic(NO_MATCH, words, hint=hint, place=selector.place)


def _selector(document: Document) -> str:
    """What means this document in ``book.toml``, ready to be copied."""
    parts = [f"kind = {_quoted(document.kind)}"]
    if title := " ".join(walk.plain(document.title).split()):
        parts.append(f"title = {_quoted(title)}")
    return f"from = {{ {', '.join(parts)} }}"


def _quoted(text: str) -> str:
    """A string as TOML writes it; JSON writes it the same way."""
    return json.dumps(text, ensure_ascii=False)


def _titled(document: Document, work: Work, report: Report) -> Document:
    own = walk.plain(document.title).strip()
    if work.title and own and not _same(work.title, own):
        words = _OWN_TITLE.fill(name=document.id, title=work.title)
        report(Diagnostic(OWN_TITLE, words, document.span, document.id))
    given = "" if own else work.title
    return replace(document, given_title=given, short_title=work.short_title)
