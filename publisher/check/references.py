"""Citations that lead nowhere, and 本法 where it means the law above this document."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.check.places import Place
from publisher.diagnostics import Diagnostic, Rule, Severity, Words
from publisher.read.references import Known, Provision, Sense, known, sense
from publisher.read.references.surfaces import citations
from publisher.source import Span
from publisher.tree import walk
from publisher.tree.ids import anchor
from publisher.tree.nodes import Collection, Document, Reference, Run

UNRESOLVED_REFERENCE = Rule(
    "C204",
    "unresolved-reference",
    Severity.WARNING,
    Words(
        "条文引用在本篇里找不到所指的条款，可能是那一条缺了，或编号认错。",
        "A reference points at a provision that this document does not have: it may be "
        "missing, or a number is misread.",
    ),
    "# 某条例\n\n第一条 违反本条例第九条规定的，责令改正。\n\n"
    "第二条 本条例自公布之日起施行。\n",
    Words("核对所引的条款。", "Compare the provision that is cited."),
)
PARENT_LAW = Rule(
    "C230",
    "parent-law",
    Severity.NOTE,
    Words(
        "施行细则里的“本法”指它所依据的法律，不指细则自身；引用因此不在本篇里查找。",
        "In implementing rules 本法 means the law they carry out, not the rules "
        "themselves; such references are not looked for in this document.",
    ),
    "# 某法实施细则\n\n第一条 根据《某法》，制定本细则。\n\n"
    "第二条 本法第九条所称机关，是指主管部门。\n",
    Words("如不是此意，核对原文。", "Compare the original if it means something else."),
)


def unresolved(collection: Collection) -> Iterator[Diagnostic]:
    """A finding for the first step of a citation that finds nothing here."""
    for document in collection.documents:
        for place, reference, found in _followed(document):
            if step := found.missing:
                surface = place.text
                yield Diagnostic(
                    UNRESOLVED_REFERENCE,
                    _message(surface, surface[step.start : step.end], found.within),
                    _part(place.run, step.start, step.end) or reference.span,
                    place.where,
                    UNRESOLVED_REFERENCE.cure,
                )


def parents(collection: Collection) -> Iterator[Diagnostic]:
    """A note at the first 本法 of a document that means the law above it."""
    for document in collection.documents:
        for owner, run in walk.runs(document):
            found = next((r for r in _references(run) if _is_parent(r)), None)
            if found:
                surface = walk.plain(found.inlines)
                yield Diagnostic(
                    PARENT_LAW,
                    _PARENT.fill(surface=surface, law=found.law),
                    found.span,
                    anchor(document, owner),
                    PARENT_LAW.cure,
                )
                break


def _followed(document: Document) -> Iterator[tuple[Place, Reference, Sense]]:
    """Each citation of the document itself, and what it means; its place is its own."""
    if not any(_references(run) for _, run in walk.runs(document)):
        return
    what: Known = known(document)
    article: Provision | None = None
    last: Provision | None = None
    for owner, run in walk.runs(document):
        here = what.provisions.owners.get(owner)
        if (here.up(0) if here else None) is not article:
            article, last = here.up(0) if here else None, None
        for reference in _references(run):
            if reference.law or not here:
                continue
            text = walk.plain(reference.inlines)
            start, end = next(citations(text), (0, len(text)))
            found = sense(
                text[start:end],
                here,
                what.provisions,
                own=start > 0,
                last=last,
            )
            last = found.last
            inner = walk.slice_run(reference.inlines, start, end)
            where = anchor(document, owner)
            yield Place(where, text[start:end], inner), reference, found


def _references(run: Run) -> list[Reference]:
    found = (inner for inline in run for inner in walk.walk(inline))
    return [inner for inner in found if isinstance(inner, Reference)]


def _is_parent(reference: Reference) -> bool:
    return bool(reference.law) and walk.plain(reference.inlines).startswith("本")


def _part(run: Run, start: int, end: int) -> Span | None:
    """Where a part of a citation stands in the source, if it is in one piece."""
    spans = [t.span for i in walk.slice_run(run, start, end) for t in walk.texts(i)]
    if not spans or spans[0].file != spans[-1].file:
        return None
    return Span(spans[0].file, spans[0].start, max(spans[0].end, spans[-1].end))


def _message(surface: str, step: str, within: Provision | None) -> Words:
    words = _UNRESOLVED if step == surface or not within else _PART
    return words.fill(surface=surface, step=step)


_UNRESOLVED = Words(
    "“{surface}”在本篇里没有所指的条款",
    "“{surface}” points at nothing in this document",
)
_PART = Words(
    "“{surface}”中的“{step}”在本篇里没有所指的条款",
    "“{step}” in “{surface}” points at nothing in this document",
)
_PARENT = Words(
    "“{surface}”指《{law}》，不在本篇里",
    "“{surface}” is of {law}, not of this document",
)
