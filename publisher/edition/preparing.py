"""tree → tree: works of the book, selection, the editor's notes, quotes, script.

    works → select → notes → quotes → script, and the account of it all (`Apparatus`)

Law: for the script of the source the ink of what is printed is the ink of what was
read; for another script it is as long, and nothing but its conversion.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from publisher.book import Book, Conversion, Edition, Script
from publisher.check.claims import Claim, claims
from publisher.diagnostics import Diagnostic, Report, Rule
from publisher.edition import (
    apparatus,
    imprint,
    lines,
    prepared,
    quotes,
    remarks,
    script,
    works,
)
from publisher.edition.conversion import rules
from publisher.edition.lines import Change, convert
from publisher.edition.missing import claim, missing, skips
from publisher.edition.notes import annotate
from publisher.edition.places import name_documents, ordinals
from publisher.edition.prepared import Apparatus, Missing, Prepared, Skip
from publisher.edition.select import select
from publisher.patterns import pattern
from publisher.tree import walk
from publisher.tree.nodes import Collection, Document

if TYPE_CHECKING:
    from publisher.edition.conversion.account import Audit

RULES: tuple[Rule, ...] = (
    works.UNDECIDED,
    works.NO_MATCH,
    lines.LENGTH,
    quotes.UNMATCHED,
    works.OWN_TITLE,
    imprint.UNNAMED,
    *remarks.RULES,
    *rules.RULES,
)

Record = TypeVar("Record")


def prepare(
    collection: Collection, book: Book, edition: Edition, report: Report
) -> Prepared:
    """One edition of a book, ready to be rendered.

    ``book.allow`` are the allowances that have matched a finding: they are printed.
    What the choice of documents had to say was reported when the book was read.

    Raises:
        Problem: (3) the edition selects an id that is not in the book; (5) another
            package has taken the place of OpenCC.
    """
    found = works.printed(collection, book, _unheard)
    whole = tuple(script.recognise(document, book.language) for document in found)
    to = _script(whole, book, edition)
    chosen, selected = select(whole, edition.select)
    desk = apparatus.Desk(collection, whole, tuple(chosen))
    holes = {document.id: skips(document) for document in whole}
    lost = _missing(desk, holes, chosen)
    told = apparatus.account(desk, book, lost, selected)
    repairs = apparatus.repairs(desk)
    by_id = {m.document: m for m in lost}
    noted = [annotate(d, repairs, by_id.get(d.id), holes[d.id]) for d in chosen]
    quoted = tuple(quotes.restyle_document(d, to, report) for d in noted)
    by = book.conversion
    written = tuple(script.convert_document(d, to, report, by) for d in quoted)
    _leftovers(zip(quoted, written, strict=True), by, report)
    say = partial(_say, by, to)
    return Prepared(
        book=_said(book, partial(say, lines.script_of(book.language))),
        edition=replace(edition, script=to),
        documents=written,
        apparatus=replace(
            _account(told, *_voices(whole, book, to)),
            converted=tuple(_converted(noted, written)),
            ordinals=tuple(ordinals(whole).items()),
        ),
        lang=to,
        convert=partial(say, "zh-Hans"),
        audits=tuple(_audits(quoted, to, by, report)),
    )


def _audits(
    documents: Sequence[Document], to: Script, by: Conversion, report: Report
) -> Iterator[Audit]:
    """The account of what was converted, script by script, and what it has to say."""
    for source in dict.fromkeys(lines.script_of(d.lang) for d in documents):
        if source == to:
            continue
        from publisher.edition.conversion import memory
        from publisher.edition.conversion.audit import audit

        own = [d for d in documents if lines.script_of(d.lang) == source]
        if found := audit(own, to, source, by):
            for finding in (*rules.findings(found, by), *memory.upgraded(by)):
                report(finding)
            yield found


def _leftovers(
    pairs: Iterable[tuple[Document, Document]], by: Conversion, report: Report
) -> None:
    """Report what conversion left of the script that a document was in."""
    for before, after in pairs:
        if lines.script_of(before.lang) != after.lang:
            from publisher.edition.conversion.leftovers import leftovers

            for found in leftovers(before, after, by):
                report(found)


def _script(whole: Sequence[Document], book: Book, edition: Edition) -> Script:
    """The script of an edition; where nobody gave one, the book's own.

    That is the script of its language; a bare file has no settings that could say it,
    so there it is the one that the text is in.
    """
    if not edition.own_script:
        return edition.script
    scripts = {lines.script_of(document.lang) for document in whole}
    if book.bare and len(scripts) == 1:
        return scripts.pop()
    return lines.script_of(book.language)


def _voices(whole: Sequence[Document], book: Book, to: Script) -> tuple[Change, Change]:
    """How the account turns our words, and how the words that it quotes.

    Ours are simplified, but may hold a title; quoted words are never touched where the
    source has the script of the edition.
    """
    scripts = {lines.script_of(document.lang) for document in whole}
    source = scripts.pop() if len(scripts) == 1 else lines.script_of(book.language)
    ours: Script = source if to == "zh-Hans" else "zh-Hans"
    say = partial(_say, book.conversion, to)
    return partial(say, ours), partial(say, source)


def _converted(
    before: Sequence[Document], after: Sequence[Document]
) -> Iterator[tuple[str, Script]]:
    """The documents whose characters are others now, and the script they were in."""
    for one, other in zip(before, after, strict=True):
        source = lines.script_of(one.lang)
        if source != other.lang and walk.ink(one) != walk.ink(other):
            yield one.id, source


def _unheard(_: Diagnostic) -> None:
    """Said once already."""


def _say(by: Conversion, to: Script, source: Script, text: str) -> str:
    """The editor's words in the script of an edition, quotation marks and all."""
    if to == source:
        return text
    return quotes.restyle(convert(text, to, source, by), to)


# ---------------------------------------------------------------- what is missing


def _missing(
    desk: apparatus.Desk,
    holes: Mapping[str, Sequence[Skip]],
    chosen: Sequence[Document],
) -> list[Missing]:
    """What is missing of each document; of an excerpt, only where it ends in a gap."""
    whole = desk.whole
    parts = {document.id: document for document in chosen}
    read = {document.id: document for document in desk.collection.documents}
    told = claims(desk.collection)
    out = []
    for document in whole:
        part = parts.get(document.id)
        if part is None or (part != document and not part.tail_missing):
            continue
        said = max((c for c in told if c.about == document.id), key=_much, default=None)
        by = _claim(said, read, whole) if said else ""
        marked = holes[document.id]
        found = missing(document, said, by, lambda: desk.counts, marked)
        out += [found] if found else []
    return out


def _claim(said: Claim, read: Mapping[str, Document], whole: Sequence[Document]) -> str:
    by = {document.id: document for document in whole}.get(said.by)
    called = name_documents(whole).get(said.by, "")
    return claim(said, by or read[said.by], called)


def _much(said: Claim) -> tuple[bool, bool]:
    """The claim that says most is the one to go by; of equals, the first."""
    return bool(said.articles), bool(said.chapters)


# ---------------------------------------------------------------- the book's strings


def _said(book: Book, say: Change) -> Book:
    """The book's own strings in the edition's script; what selects stays as it is."""
    return replace(
        _strings(book, say, "title", "subtitle", "authority", "publisher", "rights"),
        sources=tuple(_strings(source, say, "origin") for source in book.sources),
        works=tuple(_strings(work, say, "title", "short_title") for work in book.works),
        leave_out=tuple(_strings(entry, say, "reason") for entry in book.leave_out),
        allow=tuple(_strings(entry, say, "reason") for entry in book.allow),
    )


def _strings(record: Record, say: Change, *names: str) -> Record:
    changed = {name: say(getattr(record, name)) for name in names}
    return replace(record, **changed)  # type: ignore[type-var]


def _account(told: Apparatus, say: Change, quote: Change) -> Apparatus:
    """The account in the edition's script; the marks that were counted stay."""
    return replace(
        told,
        missing=tuple(
            replace(
                _strings(_strings(m, say, *_SAID), quote, "last_words"),
                chapters=tuple((say(label), quote(head)) for label, head in m.chapters),
                unseen=tuple(_strings(each, say, "name", "label") for each in m.unseen),
            )
            for m in told.missing
        ),
        joins=tuple(
            _strings(_strings(join, say, "place"), quote, "left", "right")
            for join in told.joins
        ),
        splits=tuple(say(place) for place in told.splits),
        changed=tuple(_rows(told.changed, say, quote)),
        doubts=tuple(_rows(told.doubts, say, quote)),
        left_out=tuple(
            _strings(entry, say, "name", "reason") for entry in told.left_out
        ),
        allowed=tuple((say(place), say(reason)) for place, reason in told.allowed),
        selected=say(told.selected),
    )


_SAID = ("cut_in", "articles", "claim", "tail", "begins", "bare", "unattached")


def _rows(
    rows: Iterable[prepared.Change], say: Change, quote: Change
) -> Iterator[prepared.Change]:
    """Rows in the edition's script; 組 for 组 is no change where both are 組."""
    for row in rows:
        before, after = quote(row.before), quote(row.after)
        if before == after and row.before != row.after:
            continue
        basis = _basis(row.basis, say, quote)
        yield replace(
            row, place=say(row.place), before=before, after=after, basis=basis
        )


def _basis(basis: str, say: Change, quote: Change) -> str:
    """A reason in the edition's script; the words that it tells apart stay apart."""
    said = say(basis)
    quoted = set(QUOTED.findall(basis))
    if len(quoted) == len(set(map(say, quoted))):
        return said
    if len(quoted) > len(set(map(quote, quoted))):
        return say(BOTH_SCRIPTS)
    for found in QUOTED.finditer(basis):
        said = said[: found.start(1)] + quote(found[1]) + said[found.end(1) :]
    return said


QUOTED = pattern("“([^”]*)”")
BOTH_SCRIPTS = "来源此处繁简夹杂，也可能是形近字误认"
"""Said where conversion makes one of the words that a reason tells apart."""
