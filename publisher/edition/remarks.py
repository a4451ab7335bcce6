"""Put the editor's notes and marks (``notes.toml``) into a tree.

Law: they are found exactly where the editor says, or reported. The characters of the
tree, and so its ink, stay as they are: what is added is a `Note`, or encloses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import assert_never

from publisher.book import Highlighted, Remark
from publisher.diagnostics import Diagnostic, Report, Rule, Severity, Words
from publisher.edition.notes import Call, with_notes
from publisher.edition.places import Seat, first_after, seats, where
from publisher.repair.anchors import Found, find, mistaken, moved
from publisher.repair.passages import Reading
from publisher.source import NOWHERE
from publisher.tree import walk
from publisher.tree.nodes import (
    Collection,
    Document,
    Enclosing,
    Fixed,
    Marked,
    MarkKind,
    Note,
    Ruby,
    Run,
)

STALE = Rule(
    "E020",
    "stale-note",
    Severity.ERROR,
    Words(
        "notes.toml 里的一条注或标记在书里找不到着落：没有这个位置，或那里没有这些字。"
        "编者写的注不能悄悄落空。",
        "A note or a mark finds nothing to stand at: there is no such place, or the "
        "words are not there. What the editor wrote must not get lost in silence.",
    ),
    "",
    Words(
        "按现在的文字改写 where 和 text，或删去这一条。",
        "Bring `where` and `text` up to date, or delete it.",
    ),
)
AMBIGUOUS = Rule(
    "E021",
    "ambiguous-note",
    Severity.ERROR,
    Words(
        "一条注或标记所写的原文在它所写的位置出现不止一次，不知是哪一处，所以没有加。",
        "The words of a note or a mark stand more than once at its place; nothing was "
        "put there.",
    ),
    "",
    Words(
        "把 text 写长些，把 where 写细些，或写 all = true（每一处都加）。",
        "Write a longer `text`, a narrower `where`, or all = true for every one.",
    ),
)
UNFIT = Rule(
    "E022",
    "unfit-mark",
    Severity.ERROR,
    Words(
        "这个标记加不上：与同类标记重叠，或落在序号里，或注音要拆开而不知怎么拆。",
        "The mark cannot be drawn: it overlaps one of its kind, stands in a printed "
        "label, or its reading would have to be divided.",
    ),
    "",
    Words(
        "把重叠的并成一条，或把 text 改到序号以外、边界一侧。",
        "Make one mark of two that overlap, or keep `text` out of labels and edges.",
    ),
)
MOVED = Rule(
    "E023",
    "moved-note",
    Severity.NOTE,
    Words(
        "注或标记所写的位置已没有这些字，全书只有另一处有：多半是来源添了页，条款的编号"
        "变了。已加在新的位置。",
        "The words of a note or a mark are not at its place any more, and stand in one "
        "other alone: the source has grown, and its nodes have other numbers. It was "
        "put there.",
    ),
    "",
    Words(
        "核对无误后，把 where 改成新的位置。",
        "See that it is right, and write the new place as `where`.",
    ),
)
RULES = (STALE, AMBIGUOUS, UNFIT, MOVED)
KINDS: dict[str, MarkKind] = {
    "emphasis": "emphasis",
    "name": "proper-name",
    "title": "work-title",
}
Setting = Remark | Highlighted


@dataclass(frozen=True, slots=True)
class Drawn:
    """A mark and the stretch of a run that it is drawn along."""

    setting: Highlighted
    found: Found

    def clashes(self, other: Drawn) -> bool:
        """Whether two marks of one kind, or two readings, share characters."""
        one, two = self.found, other.found
        same = (one.passage.where, self.setting.kind)
        if same != (two.passage.where, other.setting.kind):
            return False
        return one.start < two.end and two.start < one.end


def annotate(
    collection: Collection,
    original: Collection,
    settings: Sequence[Setting],
    report: Report,
) -> Collection:
    """The collection with the editor's notes and marks in it.

    ``original`` is the same before its repairs: words may be given as the source has
    them.
    """
    if not settings:
        return collection
    reading = Reading(collection, original)
    seated = cache(lambda: seats(collection.documents))
    marks: list[Drawn] = []
    calls: list[Call] = []
    for setting in settings:
        for found in _places(reading, setting, report):
            match setting:
                case Remark():
                    calls += _call(found, setting, seated)
                case Highlighted():
                    marks += _drawn(Drawn(setting, found), marks, report)
                case _:
                    assert_never(setting)
    documents = (_annotated(d, marks, calls, report) for d in collection.documents)
    return replace(collection, documents=tuple(documents))


def _places(reading: Reading, setting: Setting, report: Report) -> tuple[Found, ...]:
    found = find(reading, setting.where, setting.text)
    if not found:
        return _elsewhere(reading, setting, report)
    if len(found) > 1 and not setting.every:
        report(_finding(AMBIGUOUS, _MANY, setting, found[0], count=len(found)))
    else:
        return found
    return ()


def _elsewhere(reading: Reading, setting: Setting, report: Report) -> tuple[Found, ...]:
    """The one place to which the words have gone, if there is one."""
    found = moved(reading, setting.where, setting.text)
    if found is None:
        stale = _finding(STALE, _NONE, setting)
        hint = mistaken(reading, setting.where)
        report(replace(stale, hint=hint) if hint.zh else stale)
        return ()
    message = _MOVED.fill(new=found.passage.where, where="{where}", text="{text}")
    report(_finding(MOVED, message, setting, found))
    return (found,)


def _call(
    found: Found, remark: Remark, seated: Callable[[], Sequence[Seat]]
) -> Iterator[Call]:
    """Where a note is called: after its words; after a label, at what follows it."""
    note = Note(remark.note)
    if not found.passage.label:
        yield Call(found.passage.where, found.end, note)
        return
    last = found.spans[-1]
    if seat := first_after(seated(), last.file, last.end):
        yield Call(seat.anchor, seat.at, note)


def _drawn(mark: Drawn, before: Sequence[Drawn], report: Report) -> Iterator[Drawn]:
    if mark.found.passage.label:
        report(_finding(UNFIT, _IN_LABEL, mark.setting, mark.found))
    elif any(mark.clashes(other) for other in before):
        report(_finding(UNFIT, _OVERLAP, mark.setting, mark.found))
    else:
        yield mark


def _annotated(
    document: Document, marks: Sequence[Drawn], calls: Sequence[Call], report: Report
) -> Document:
    """A document with its marks drawn, longer ones outside, and its notes called."""
    drawn: dict[str, list[Drawn]] = {}
    for mark in sorted(marks, key=lambda m: m.found.start - m.found.end):
        drawn.setdefault(mark.found.passage.where, []).append(mark)
    called: dict[str, list[Call]] = {}
    for call in calls:
        called.setdefault(call.anchor, []).append(call)
    owners = (where(document, owner) for owner, _ in walk.runs(document))

    def change(run: Run) -> Run:
        here = next(owners)
        run = with_notes(run, called[here]) if here in called else run
        for mark in drawn.get(here, ()):
            run = _enclosed(run, mark, report)
        return run

    return walk.map_document(document, change, lambda label: label)


def _enclosed(run: Run, mark: Drawn, report: Report) -> Run:
    parts = 0

    def make(inner: Run, start: int, end: int) -> Enclosing:
        nonlocal parts
        parts += 1
        return _node(mark.setting, inner, start, end)

    new = walk.enclose(run, mark.found.start, mark.found.end, make)
    if parts > 1 and mark.setting.kind == "ruby" and not _divisible(mark.setting):
        report(_finding(UNFIT, _DIVIDED, mark.setting, mark.found))
        return run
    return new


def _divisible(mark: Highlighted) -> bool:
    return len(mark.reading.split()) == len(mark.text)


def _node(mark: Highlighted, inner: Run, start: int, end: int) -> Enclosing:
    """A part of the marked words in the node that marks them."""
    match mark.kind:
        case "emphasis" | "name" | "title":
            return Marked(inner, KINDS[mark.kind], by="editor")
        case "ruby":
            said = walk.spoken(mark.reading, len(mark.text), start, end)
            return Ruby(inner, said, by="editor")
        case "fixed":
            to = tuple((script, word[start:end]) for script, word in mark.renderings)
            return Fixed(inner, to)
        case _:
            assert_never(mark.kind)


_NONE = Words(
    "{where} 里没有“{text}”，这一条没有加上",
    "there is no “{text}” in {where}; nothing was put there",
)
_MOVED = Words(
    "{where} 里已没有“{text}”，它现在在 {new}，已加在那里",
    "“{text}” is no longer in {where} but in {new}; it was put there",
)
_MANY = Words(
    "“{text}”在 {where} 里出现 {count} 次，不知是哪一处",
    "“{text}” stands {count} times in {where}; which one is meant?",
)
_OVERLAP = Words(
    "{where} 的“{text}”与上面一条同类标记重叠",
    "“{text}” in {where} overlaps a mark of its kind above",
)
_IN_LABEL = Words(
    "{where} 的“{text}”是序号，不能加标记",
    "“{text}” in {where} is a printed label and cannot be marked",
)
_DIVIDED = Words(
    "{where} 的“{text}”跨过粗体或条文引用的边界，注音“{reading}”不能逐字拆开",
    "“{text}” in {where} crosses an edge, and its reading cannot be divided",
)


def _finding(
    rule: Rule,
    message: Words,
    setting: Setting,
    found: Found | None = None,
    count: int = 0,
) -> Diagnostic:
    reading = setting.reading if isinstance(setting, Highlighted) else ""
    words = message.fill(
        where=setting.where, text=setting.text, count=count, reading=reading
    )
    span = found.spans[0] if found else NOWHERE
    return Diagnostic(rule, words, span, setting.where, rule.cure, place=setting.place)
