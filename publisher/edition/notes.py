"""Put the editor's marks into a tree: footnotes at changes, gaps, and a notice.

Law: what is added is a `Note`, a `Gap` or a `Notice`, never a `Text`; the ink of the
tree stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from publisher.edition.places import Seat, first_after, holding, seats, where
from publisher.edition.prepared import Missing, Skip
from publisher.patterns import pattern
from publisher.source import Span
from publisher.tree import walk
from publisher.tree.nodes import (
    Article,
    Attachment,
    Block,
    Continuation,
    Division,
    Document,
    Gap,
    Inline,
    Note,
    Notice,
    Repair,
    Run,
    Text,
)

HEAD_GAP = "〔上缺〕"
TAIL_GAP = "〔下缺〕"
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
        new = _at_head(new)
    if document.tail_missing:
        new = _at_tail(new)
    if skipped := _skipped(document, skips):
        new = replace(new, body=_between(new.body, skipped))
    if document.tail_missing or (missing and missing.tail):
        notice = Notice(notice_text(missing), id=f"notice_{len(skipped) + 1}")
        new = replace(new, body=_appended(new.body, notice))
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


# ---------------------------------------------------------------- gaps


def _at_head(document: Document) -> Document:
    """〔上缺〕 before the first words, but after a （上接第1版）."""
    skipped = {b.id for b in document.body if isinstance(b, Continuation)}
    owners = (node_id for node_id, _ in walk.runs(document))
    done = False

    def change(run: Run) -> Run:
        nonlocal done
        owner = next(owners)
        if done or owner in (document.id, "note", *skipped):
            return run
        done = True
        return (Gap(HEAD_GAP), *run)

    return walk.map_document(document, change, lambda label: label)


def _at_tail(document: Document) -> Document:
    """〔下缺〕 after the last words."""
    last = len(list(walk.runs(document)))
    seen = 0

    def change(run: Run) -> Run:
        nonlocal seen
        seen += 1
        return (*run, Gap(TAIL_GAP)) if seen == last else run

    return walk.map_document(document, change, lambda label: label)


def _skipped(document: Document, skips: Sequence[Skip]) -> dict[str, Notice]:
    """By the id of the article behind it, the notice of a gap; of an excerpt, inside.

    An excerpt that ends before a gap or begins behind it says nothing of it.
    """
    if not skips:
        return {}
    ids = {a.id for a in walk.walk(document) if isinstance(a, Article)}
    out: dict[str, Notice] = {}
    for skip in skips:
        after, before = (name.partition(".")[2] for name in (skip.after, skip.before))
        if {after, before} <= ids:
            out[before] = Notice(skip_text(skip.name), id=f"notice_{len(out) + 1}")
    return out


def _between(body: Iterable[Block], notices: Mapping[str, Notice]) -> tuple[Block, ...]:
    """The blocks, with a notice before each article that comes too early."""
    out: list[Block] = []
    for block in body:
        match block:
            case Article() if block.id in notices:
                out += [notices[block.id], block]
            case Division() | Attachment():
                out.append(replace(block, body=_between(block.body, notices)))
            case _:
                out.append(block)
    return tuple(out)


def skip_text(name: str) -> str:
    """〔第五条，来源未见〕."""
    return f"〔{name}，来源未见〕"


def _appended(body: tuple[Block, ...], notice: Notice) -> tuple[Block, ...]:
    if body and isinstance(body[-1], Division):
        last = replace(body[-1], body=_appended(body[-1].body, notice))
        return (*body[:-1], last)
    return (*body, notice)


def notice_text(missing: Missing | None) -> str:
    """〔来源至此中断：第二十五条未完；第二十六条至第三十四条及第六章缺，…〕."""
    cut = missing.cut_in if missing else ""
    lost = (missing.tail if missing else "") or "以下文字"
    said = f"{cut}未完；{lost}缺" if cut else f"{lost}缺"
    return f"〔来源至此中断：{said}，本册不补。参见《编辑说明》。〕"
