"""Carry out what the editor decided about proposed repairs, and the editor's own.

A decision is anchored by text. Law: it is carried out exactly where it says, or it is
reported; it is never bent to fit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from publisher.book import Decision
from publisher.diagnostics import Diagnostic, Report, Rule, Severity, Words
from publisher.repair.anchors import Found, covers, find, overlap
from publisher.repair.edits import Edit, common, edits
from publisher.repair.passages import Reading
from publisher.source import NOWHERE, Span
from publisher.tree.nodes import Repair

EDITOR = Rule(
    "P300",
    "editor",
    Severity.NOTE,
    Words(
        "编辑在 decisions.toml 里写明、没有规则提出的改动（accept）或存疑（reject）。",
        "A repair ([[accept]]) or a doubt ([[reject]]) of the editor's own, which no "
        "rule proposed.",
    ),
    "（decisions.toml 中有一条 accept，所改之处没有规则提出建议。）",
    Words("无须处理。", "Nothing to do."),
)
STALE_DECISION = Rule(
    "P301",
    "stale-decision",
    Severity.ERROR,
    Words(
        "decisions.toml 里的一条决定在书里找不到着落：没有这个位置，或那里没有这些字。"
        "编辑定了的事不能悄悄落空。",
        "A decision finds nothing to act on: there is no such place, or the words are "
        "not there. What the editor decided must not get lost in silence.",
    ),
    "（一条决定所写的原文不在它所写的位置。）",
    Words(
        "按现在的文字改写 where 和 before，或删去这一条。",
        "Bring `where` and `before` up to date, or delete it.",
    ),
)
AMBIGUOUS_DECISION = Rule(
    "P302",
    "ambiguous-decision",
    Severity.ERROR,
    Words(
        "一条决定所写的原文在它所写的位置出现不止一次，或与另一条决定重叠，"
        "不知改哪一处，所以没有改。",
        "The words of a decision stand more than once at its place, or two decisions "
        "overlap; nothing was changed there.",
    ),
    "（一条决定所写的原文在那一条里出现两次。）",
    Words(
        "把 before 写长些，或把 where 写细些。",
        "Write a longer `before`, or a narrower `where`.",
    ),
)
BROKEN_DECISION = Rule(
    "P303",
    "broken-decision",
    Severity.ERROR,
    Words(
        "一条决定要改的字跨过了接缝、粗体或条文引用的边界，或没有改动什么，无法照办。",
        "The characters to be changed run across a seam, bold type or the edge of a "
        "reference, or nothing would change; it cannot be carried out.",
    ),
    "（一条决定要改的字一半在接缝前、一半在接缝后。）",
    Words("把它分成两条，各在边界一侧。", "Write two decisions, one on each side."),
)
DECIDED = Words("编辑所定", "the editor's decision")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What decisions came to."""

    edits: tuple[Edit, ...]
    records: tuple[Repair, ...]
    """Applied repairs of this step, and the proposals that are left or rejected."""


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
            for index, record in enumerate(out):
                if record.rule == decision.rule and place.touches(record.span):
                    out[index] = replace(
                        record, status="rejected", reason=decision.reason
                    )
                    used.append(decision)
    return tuple(out), tuple(used)


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
        places = find(reading, decision.where, decision.before)
        if len(places) != 1:
            report(_unplaced(decision, len(places)))
            continue
        if decision.verdict == "reject" and decision.rule == EDITOR.name:
            made.append(_doubt(reading, places[0], decision))
            continue
        if decision.verdict == "reject":
            report(unrefused(reading, decision))
            continue
        new = _edits(places[0], decision)
        if not new:
            report(_finding(BROKEN_DECISION, decision, _BROKEN, places[0]))
        elif any(overlap(a.span, b.span) for a in new for b in changes):
            report(_finding(AMBIGUOUS_DECISION, decision, _OVERLAP, places[0]))
        else:
            changes += new
            made += _records(reading, places[0], decision, new, left)
            left = _without(left, places[0])
    return Outcome(tuple(changes), (*made, *left))


def unrefused(reading: Reading, decision: Decision) -> Diagnostic:
    """What there is to say of a refusal that found nothing to refuse."""
    places = find(reading, decision.where, decision.before)
    if len(places) == 1:
        return _finding(STALE_DECISION, decision, _NOTHING_REJECTED, places[0])
    return _unplaced(decision, len(places))


def unjoined(decision: Decision, span: Span) -> Diagnostic:
    """What there is to say of a decision about a join that was not obeyed."""
    message = _STILL if span.file >= 0 else _NO_SEAM
    rule = BROKEN_DECISION if span.file >= 0 else STALE_DECISION
    return replace(_finding(rule, decision, message), span=span)


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


def _without(proposals: Sequence[Repair], found: Found) -> tuple[Repair, ...]:
    """The proposals that an accepted decision leaves open."""
    return tuple(
        proposal
        for proposal in proposals
        if proposal.status == "rejected" or not found.touches(proposal.span)
    )


def _edits(found: Found, decision: Decision) -> tuple[Edit, ...]:
    if not decision.after:
        return ()
    return edits(found.passage, found.start, found.end, _wanted(found, decision))


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
    same = (r for r in proposals if r.rule == decision.rule and found.touches(r.span))
    ground = next(same, None)
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
    if passage.label:
        wanted = passage.text[: found.start] + wanted + passage.text[found.end :]
        spans = passage.stretches(0, len(passage.text))
    if len(spans) == 1 and all(covers(spans[0], edit.span) for edit in new):
        yield _record(reading, form, spans[0], wanted)
    else:
        yield from (_record(reading, form, edit.span, edit.text) for edit in new)


def _record(reading: Reading, form: Repair, span: Span, after: str) -> Repair:
    return replace(form, before=reading.within(span), after=after, span=span)


_MANY = Words(
    "“{before}”在 {where} 里出现 {count} 次，不知是哪一处",
    "“{before}” stands {count} times in {where}; which one is meant?",
)
_NONE = Words(
    "{where} 里没有“{before}”，这条决定没有照办",
    "there is no “{before}” in {where}; this decision was not carried out",
)
_NOTHING_REJECTED = Words(
    "{where} 的“{before}”没有 {rule} 的建议可以拒绝",
    "{rule} proposes nothing for “{before}” in {where}; nothing to reject",
)
_BROKEN = Words(
    "{where} 的“{before}”改为“{after}”，无法照办：跨过了边界，或没有改动",
    "“{before}” in {where} cannot become “{after}”: it crosses an edge, or is the same",
)
_STILL = Words(
    "“{before}”仍然相接：这两行不能分开",
    "“{before}” are still joined: they cannot be kept apart",
)
_NO_SEAM = Words(
    "没有这样一处接缝：“{before}”（before 要写“前一行末尾\\n后一行开头”）",
    "there is no such seam: “{before}” (`before` is the end of one line, \\n, and the "
    "beginning of the other)",
)
_OVERLAP = Words(
    "{where} 的“{before}”已由另一条决定改动",
    "another decision already changes “{before}” in {where}",
)


def _unplaced(decision: Decision, count: int) -> Diagnostic:
    if count:
        return _finding(AMBIGUOUS_DECISION, decision, _MANY, count=count)
    return _finding(STALE_DECISION, decision, _NONE)


def _finding(
    rule: Rule,
    decision: Decision,
    message: Words,
    found: Found | None = None,
    count: int = 0,
) -> Diagnostic:
    words = message.fill(
        before=decision.before.replace("\n", "|"),
        after=decision.after,
        where=decision.where,
        rule=decision.rule,
        count=count,
    )
    span = found.spans[0] if found else NOWHERE
    return Diagnostic(
        rule, words, span, decision.where, rule.cure, place=decision.place
    )
