"""Citations that lead nowhere, and 本法 where it means the law above this document."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import lru_cache
from itertools import islice

from publisher.check.places import Place, Same, place, places
from publisher.check.sunk import sunk
from publisher.diagnostics import Diagnostic, Rule, Severity, Words
from publisher.patterns import pattern
from publisher.read.marks import HAN, counted
from publisher.read.references import Citation, citing
from publisher.read.references.laws import AMENDING, OWN
from publisher.read.references.surfaces import Step
from publisher.tree import walk
from publisher.tree.nodes import Collection, Document

# 一　选举总统: a point without a mark, read as a paragraph
UNLISTED = pattern(rf"({HAN}{{1,3}})[ \u3000]|(\d{{1,2}})[ \u3000]")
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
    """A finding for each citation of this document that finds nothing in it.

    It points at the first step that finds nothing: 第五款 in 第三条第五款.
    """
    for document in collection.documents:
        unlisted = _unlisted(document)
        told = {(s.place.where, s.start) for s in sunk(document)}  # by skipped-number
        for stands, found in _followed(Same(document)):
            for one in found:
                step = one.sense.missing
                if (stands.where, one.at) in told:
                    continue
                if step and not one.law and not _stands(unlisted, stands, step):
                    surface = stands.text[one.start : one.end]
                    cited = stands.text[one.at : one.end]
                    part = cited[step.start : step.end]
                    words = _UNRESOLVED if part == cited else _PART
                    yield Diagnostic(
                        UNRESOLVED_REFERENCE,
                        words.fill(surface=surface, part=part),
                        stands.stretch(one.at + step.start, one.at + step.end),
                        stands.where,
                        UNRESOLVED_REFERENCE.cure,
                    )


def _unlisted(document: Document) -> frozenset[tuple[str, int]]:
    """The points that an article has as paragraphs (一　选举…), by its anchor."""
    return frozenset(
        (stands.where.partition("__")[0], counted(found[1] or found[2]))
        for stands in places(document)
        if (found := UNLISTED.match(stands.text))
    )


def _stands(unlisted: AbstractSet[tuple[str, int]], stands: Place, step: Step) -> bool:
    """Whether what a step finds nothing of is there, though not as a point."""
    article = stands.where.partition("__")[0]
    return step.unit in "款项項目" and (article, step.number[0]) in unlisted


def parents(collection: Collection) -> Iterator[Diagnostic]:
    """A note at the first 本法 of a document that means the law above it."""
    for document in collection.documents:
        if AMENDING.search(walk.plain(document.title)):
            continue  # there all that is unnamed is of the law it amends
        found = (
            Diagnostic(
                PARENT_LAW,
                _PARENT.fill(surface=name, law=one.law),
                stands.stretch(one.start, one.at),
                stands.where,
                PARENT_LAW.cure,
            )
            for stands, cited in _followed(Same(document))
            for one in cited
            if one.law
            and (name := stands.text[one.start : one.at])
            and OWN.fullmatch(name)
        )
        yield from islice(found, 1)


@lru_cache(maxsize=4)
def _followed(same: Same) -> tuple[tuple[Place, tuple[Citation, ...]], ...]:
    """Every run that cites something, and its citations: what two checks ask."""
    document = same.document
    return tuple(
        (place(document, owner, run), found) for owner, run, found in citing(document)
    )


_UNRESOLVED = Words(
    "“{surface}”在本篇里没有所指的条款",
    "“{surface}” points at nothing in this document",
)
_PART = Words(
    "“{surface}”中的“{part}”在本篇里没有所指的条款",
    "“{part}” in “{surface}” points at nothing in this document",
)
_PARENT = Words(
    "“{surface}”指《{law}》，不在本篇里",
    "“{surface}” is of {law}, not of this document",
)
