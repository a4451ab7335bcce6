"""Carry out what the editor decided about proposed repairs, and the editor's own.

A decision is anchored by text. Law: it is carried out exactly where it says, or it is
reported; it is never bent to fit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from publisher.book import Decision
from publisher.diagnostics import Diagnostic, Report, Words
from publisher.outcomes import (
    AMBIGUOUS_DECISION,
    BROKEN_DECISION,
    EDITOR,
    MOVED_DECISION,
)
from publisher.repair.anchors import (
    FOLD,
    Found,
    covers,
    find,
    moved,
    overlap,
    whole,
)
from publisher.repair.edits import Edit, common, deletion, edits
from publisher.repair.failures import (
    BROKEN,
    LABEL,
    MOVED,
    OVERLAP,
    REPLACED,
    SAME,
    finding,
    unplaced,
    unrefused,
)
from publisher.repair.passages import Reading
from publisher.source import Span
from publisher.tree.nodes import Repair

DECIDED = Words("编辑所定", "the editor's decision")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What decisions came to."""

    edits: tuple[Edit, ...]
    records: tuple[Repair, ...]
    """Applied repairs of this step, and the proposals that are left or rejected."""


def resettled(
    reading: Reading,
    decisions: Sequence[Decision],
    proposals: Sequence[Repair],
    report: Report,
) -> list[Decision]:
    """The decisions, each at the place where its words stand now."""
    return [_resettled(reading, each, proposals, report) for each in decisions]


def _resettled(
    reading: Reading, decision: Decision, proposals: Sequence[Repair], report: Report
) -> Decision:
    def known(found: Found) -> bool:
        same = (r for r in proposals if r.rule == decision.rule)
        return any(found.touches(record.span) for record in same)

    found = moved(reading, decision.where, decision.before, known)
    if found is None:
        return decision
    message = MOVED.fill(
        where=decision.where, before=decision.before, new=found.passage.where
    )
    span, where, cure = found.spans[0], found.passage.where, MOVED_DECISION.cure
    place = decision.place
    report(Diagnostic(MOVED_DECISION, message, span, where, cure, place=place))
    return replace(decision, where=where)


def rejected(
    reading: Reading, decisions: Sequence[Decision], records: Sequence[Repair]
) -> tuple[tuple[Repair, ...], tuple[Decision, ...]]:
    """Mark the repairs that the editor rejects; and the decisions that did so."""
    out, used = list(records), []
    for decision in decisions:
        places = (
            find(reading, decision.where, decision.before)
            if decision.verdict == "reject"
            else ()
        )
        for place in places if len(places) == 1 else ():
            for index in _meant(out, place, decision):
                out[index] = replace(
                    out[index], status="rejected", reason=decision.reason
                )
                used.append(decision)
    return tuple(out), tuple(used)


def _meant(
    records: Sequence[Repair], place: Found, decision: Decision
) -> Sequence[int]:
    """Which proposals a refusal is about: all of its rule that its words touch.

    If it says what was proposed, and its words reach into several, only that one.
    """
    found = [
        index
        for index, record in enumerate(records)
        if record.rule == decision.rule and place.touches(record.span)
    ]
    if len(found) < 2 or not decision.after:
        return found
    wanted = decision.after.translate(FOLD)
    said = [_proposed(records[index], place).translate(FOLD) for index in found]
    exact = [index for index, words in zip(found, said, strict=True) if words == wanted]
    return exact or found


def _proposed(record: Repair, place: Found) -> str:
    """What the words of a decision would be with a proposal in them."""
    head, _, tail = _parts(place, record.span)
    return f"{head}{record.after}{tail}"


def _parts(place: Found, span: Span) -> tuple[str, str, str]:
    """What of the words of a decision is before a stretch, in it, and behind it."""
    passage, start, end = place.passage, place.start, place.end
    first = min(max(passage.offset(span), start), end)
    last = min(max(passage.offset(span, end=True), first), end)
    text = passage.text
    return text[start:first], text[first:last], text[last:end]


def carry_out(
    reading: Reading,
    decisions: Sequence[Decision],
    proposals: Sequence[Repair],
    report: Report,
) -> Outcome:
    """Apply and reject proposals as the editor decided; report what cannot be done."""
    left, used = rejected(reading, decisions, proposals)
    changes: list[Edit] = []
    made: list[Repair] = []
    for decision in decisions:
        if decision in used:
            continue
        found = _found(reading, decision)
        if len(found) != 1:
            report(unplaced(reading, decision, len(found)))
            continue
        (places,) = found
        if decision.verdict == "reject" and decision.rule == EDITOR.name:
            made.append(_doubt(reading, places[0], decision))
            continue
        if decision.verdict == "reject":
            report(unrefused(reading, decision))
            continue
        new = [(place, _edits(reading, place, decision)) for place in places]
        every = [edit for _, each in new for edit in each]
        if not all(each for _, each in new):
            why = _why(reading, places[0], decision)
            report(finding(BROKEN_DECISION, decision, why, places[0]))
        elif any(overlap(a.span, b.span) for a in every for b in changes):
            report(finding(AMBIGUOUS_DECISION, decision, OVERLAP, places[0]))
        else:
            changes += every
            for place, each in new:
                made += _records(reading, place, decision, each, left)
            left = _without(left, every)
    return Outcome(tuple(changes), (*made, *left))


def _found(reading: Reading, decision: Decision) -> Sequence[tuple[Found, ...]]:
    """The places that may be meant; one has several parts where a label goes too."""
    places = find(reading, decision.where, decision.before)
    if places or not _deletes(decision):
        return [(place,) for place in places]
    return whole(reading, decision.where, decision.before)


def _deletes(decision: Decision) -> bool:
    return decision.verdict == "accept" and not decision.after


def _doubt(reading: Reading, found: Found, decision: Decision) -> Repair:
    """A doubt of the editor's own: printed as found, and listed with its reason.

    Over a seam other text may lie between: then its first part is doubted alone.
    """
    span = found.spans[0]
    whole = bool(decision.after) and len(found.spans) == 1
    after = _wanted(found, decision) if whole else ""
    return Repair(
        rule=EDITOR.name,
        status="rejected",
        before=reading.within(span),
        after=after,
        basis=DECIDED,
        confidence=1.0,
        where=found.passage.where,
        reason=decision.reason,
        span=span,
    )


def _without(proposals: Sequence[Repair], new: Sequence[Edit]) -> tuple[Repair, ...]:
    """The proposals that an accepted decision leaves open."""
    return tuple(
        proposal
        for proposal in proposals
        if proposal.status == "rejected"
        or not any(overlap(edit.span, proposal.span) for edit in new)
    )


def _edits(reading: Reading, found: Found, decision: Decision) -> tuple[Edit, ...]:
    if not decision.after:
        alone = _unlabels(reading, found, decision)
        return () if alone else deletion(found.passage, found.start, found.end)
    return edits(found.passage, found.start, found.end, _wanted(found, decision))


def _unlabels(reading: Reading, found: Found, decision: Decision) -> bool:
    """Whether a label would be deleted and what it stands before would stay."""
    passage = found.passage
    if not passage.label or (found.start, found.end) != (0, len(passage.text)):
        return False
    beside = [other for other, _ in reading.inside(passage.where)]
    return len(beside) > 1 and not whole(reading, passage.where, decision.before)


def _why(reading: Reading, found: Found, decision: Decision) -> Words:
    """Why a decision cannot be carried out."""
    if not decision.after:
        alone = _unlabels(reading, found, decision)
        return LABEL if alone else REPLACED
    now = found.passage.text[found.start : found.end]
    return SAME if _wanted(found, decision) == now else BROKEN


def _wanted(found: Found, decision: Decision) -> str:
    """What the stretch shall say: what the editor did not touch stays as it is."""
    now = found.passage.text[found.start : found.end]
    before, after = decision.before, decision.after
    if len(now) != len(before):
        return after
    if len(before) == len(after):
        triples = zip(now, before, after, strict=True)
        return "".join(new if old != new else kept for kept, old, new in triples)
    head = common(before, after)
    tail = common(before[head:][::-1], after[head:][::-1])
    return now[:head] + after[head : len(after) - tail] + now[len(now) - tail :]


def _records(
    reading: Reading,
    found: Found,
    decision: Decision,
    new: Sequence[Edit],
    proposals: Sequence[Repair],
) -> Iterator[Repair]:
    """One record for the whole stretch; or one for each edit, where it has holes."""
    about = (r for r in proposals if r.rule == decision.rule)
    ground = next(
        (r for r in about if any(overlap(edit.span, r.span) for edit in new)), None
    )
    form = Repair(
        rule=ground.rule if ground else EDITOR.name,
        status="applied",
        before="",
        after="",
        basis=ground.basis if ground else DECIDED,
        confidence=ground.confidence if ground else 1.0,
        where=found.passage.where,
        reason=decision.reason,
    )
    passage, wanted, spans = found.passage, _wanted(found, decision), found.spans
    own = ground and any(covers(span, ground.span) for span in spans)
    if ground and own and all(covers(ground.span, edit.span) for edit in new):
        head, _, tail = _parts(found, ground.span)
        inner = wanted[len(head) : len(wanted) - len(tail)]
        if head + inner + tail == wanted:
            yield _record(reading, form, ground.span, inner)
            return
    if passage.label:
        wanted = passage.text[: found.start] + wanted + passage.text[found.end :]
        spans = passage.stretches(0, len(passage.text))
    if len(spans) == 1 and all(covers(spans[0], edit.span) for edit in new):
        yield _record(reading, form, spans[0], wanted)
    else:
        yield from (_record(reading, form, edit.span, edit.text) for edit in new)


def _record(reading: Reading, form: Repair, span: Span, after: str) -> Repair:
    return replace(form, before=reading.within(span), after=after, span=span)
