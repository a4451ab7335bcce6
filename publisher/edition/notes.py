"""Put the editor's marks into a tree: footnotes at changes, gaps, and a notice.

Law: what is added is a `Note`, a `Gap` or a `Notice`, never a `Text`; the ink of the
tree stays as it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from publisher.edition.gaps import (
    appended,
    at_head,
    at_tail,
    marked,
    marks,
    notice_text,
)
from publisher.edition.places import Seat, first_after, holding, seats, where
from publisher.edition.prepared import Missing, Skip
from publisher.patterns import pattern
from publisher.source import Span
from publisher.tree import walk
from publisher.tree.nodes import (
    Document,
    Inline,
    Note,
    Notice,
    Repair,
    Run,
    Text,
)

GIVEN_TITLE = "来源无标题，此题编者所拟。"
GROUND = pattern(r"(?:依据|根据|据|依|按)?(.+?)(?:校改|校补|校删|改正)?。?")
"""据第十七条“纳入学习计划”校改: what a change stands on, without the words round it."""
SENTENCE = pattern(r"[，。；！？]")
QUOTED = pattern(r"“[^”]*”")


def annotate(
    document: Document,
    repairs: Sequence[Repair],
    missing: Missing | None,
    skips: Sequence[Skip] = (),
) -> Document:
    """The document with the editor's notes, gaps and notices in it."""
    new = _at_changes(document, [repair for repair in repairs if noted(repair)])
    if document.given_title:
        new = replace(new, title=(*new.title, Note(GIVEN_TITLE)))
    if document.head_missing:
        new = at_head(new)
    if document.tail_missing:
        new = at_tail(new)
    gaps = marks(document, skips)
    new = marked(new, gaps)
    if document.tail_missing or (missing and missing.tail):
        notice = Notice(notice_text(missing), id=f"notice_{len(gaps.notices) + 1}")
        new = replace(new, body=appended(new.body, notice))
    return new


# ---------------------------------------------------------------- changes


def _at_changes(document: Document, repairs: Sequence[Repair]) -> Document:
    """A footnote at each change of the editor's."""
    if not repairs:
        return document
    found = seats((document,))
    calls = [call for repair in repairs if (call := called(repair, found))]
    owners = (where(document, owner) for owner, _ in walk.runs(document))

    def change(run: Run) -> Run:
        here = next(owners)
        own = [call for call in calls if call.anchor == here]
        return with_notes(run, own) if own else run

    return walk.map_document(document, change, lambda label: label)


@dataclass(frozen=True, slots=True)
class Call:
    """A footnote and the place in a run where it is called."""

    anchor: str
    at: int
    note: Note


def noted(repair: Repair) -> bool:
    """Whether a change is the editor's own word: the safe rules give no reason."""
    applied = repair.status == "applied" and repair.kind == "replace"
    return applied and bool(repair.reason)


def called(repair: Repair, found: Sequence[Seat]) -> Call | None:
    """The note on a change, after what is new in it; None if it is not in the seats.

    A label holds nothing but its characters: its note is called at the words after it.
    """
    begin = Span(repair.span.file, repair.span.start, repair.span.start)
    seat = holding(found, begin)
    if seat is None:
        return None
    head, tail = _common(repair.before, repair.after)
    before = repair.before[head : len(repair.before) - tail]
    after = repair.after[head : len(repair.after) - tail]
    note = Note(_note(before.strip(), after.strip(), repair.reason))
    if seat.label:
        seat = first_after(found, seat.span.file, seat.span.end)
        return Call(seat.anchor, seat.at, note) if seat else None
    return Call(seat.anchor, seat.offset(begin.start) + len(repair.after) - tail, note)


def _common(one: str, other: str) -> tuple[int, int]:
    """How many characters two strings share at the start, and at the end."""
    most = min(len(one), len(other))
    head = 0
    while head < most and one[head] == other[head]:
        head += 1
    tail = 0
    while tail < most - head and one[-1 - tail] == other[-1 - tail]:
        tail += 1
    return head, tail


def _note(before: str, after: str, reason: str) -> str:
    """The words of a note, as in 来源作“同”，据第十七条校改。."""
    if before and after:
        said, done = f"来源作“{before}”", "校改"
    elif after:
        said, done = f"来源无“{after}”", "校补"
    else:
        said, done = f"来源有“{before}”", "校删"
    if SENTENCE.search(QUOTED.sub("", ground(reason))):
        return f"{said}，编者{done}：{reason.strip().rstrip('。')}。"
    return f"{said}，据{ground(reason)}{done}。"


def ground(reason: str) -> str:
    """What a change stands on, as in 第十七条“纳入学习计划”."""
    match = GROUND.fullmatch(reason.strip())
    return match[1] if match else reason


def with_notes(run: Run, calls: Sequence[Call]) -> Run:
    """A run with notes put in at their places."""
    left = sorted(calls, key=lambda call: call.at)
    at = 0

    def change(text: Text) -> tuple[Inline, ...]:
        nonlocal at
        out: list[Inline] = []
        begin, at = at, at + len(text.text)
        while left and left[0].at <= at:
            before, text = walk.cut_text(text, left[0].at - begin)
            begin = left[0].at
            out += [*before, left.pop(0).note]
        return (*out, text) if text.text else tuple(out)

    return walk.map_texts(run, change)
