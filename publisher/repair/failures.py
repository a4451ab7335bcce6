"""What there is to say of a decision that was not carried out, or not as it stands."""

from __future__ import annotations

from dataclasses import replace

from publisher.book import Decision
from publisher.diagnostics import Diagnostic, Rule, Words
from publisher.outcomes import (
    AMBIGUOUS_DECISION,
    BROKEN_DECISION,
    STALE_DECISION,
)
from publisher.repair.anchors import Found, find, mistaken
from publisher.repair.passages import Reading
from publisher.source import NOWHERE, Span


def unrefused(reading: Reading, decision: Decision) -> Diagnostic:
    """What there is to say of a refusal that found nothing to refuse."""
    places = find(reading, decision.where, decision.before)
    if len(places) == 1:
        return finding(STALE_DECISION, decision, _NOTHING_REJECTED, places[0])
    return unplaced(reading, decision, len(places))


def unjoined(decision: Decision, span: Span) -> Diagnostic:
    """What there is to say of a decision about a join that was not obeyed."""
    message = _STILL if span.file >= 0 else _NO_SEAM
    rule = BROKEN_DECISION if span.file >= 0 else STALE_DECISION
    return replace(finding(rule, decision, message), span=span)


def unplaced(reading: Reading, decision: Decision, count: int) -> Diagnostic:
    """What there is to say where words stand nowhere, or at several places."""
    if count:
        return finding(AMBIGUOUS_DECISION, decision, _MANY, count=count)
    told = finding(STALE_DECISION, decision, _NONE)
    hint = mistaken(reading, decision.where)
    return replace(told, hint=hint) if hint.zh else told


def finding(
    rule: Rule,
    decision: Decision,
    message: Words,
    found: Found | None = None,
    count: int = 0,
) -> Diagnostic:
    """What a rule has to say of a decision."""
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


MOVED = Words(
    "{where} 里已没有“{before}”，它现在在 {new}，决定已在那里照办",
    "“{before}” is no longer in {where} but in {new}; the decision was carried out "
    "there",
)
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
BROKEN = Words(
    "{where} 的“{before}”改为“{after}”，无法照办：跨过了接缝、粗体或条文引用的边界",
    "“{before}” in {where} cannot become “{after}”: it crosses a seam, bold type or "
    "the edge of a reference",
)
SAME = Words(
    "{where} 的“{before}”改为“{after}”，并没有改动",
    "“{before}” in {where} is “{after}” already: nothing would change",
)
LABEL = Words(
    "{where} 的“{before}”是序号，后面的文字还在，不能只删序号；要连文字一起删，"
    "before 写整行",
    "“{before}” is the label of {where} and cannot be deleted while its text stays; "
    "to delete both, write the whole line as `before`",
)
REPLACED = Words(
    "{where} 的“{before}”删不掉：其中一部分已由别的修复整个换过",
    "“{before}” in {where} cannot be deleted: another repair has replaced a part of it "
    "as a whole",
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
OVERLAP = Words(
    "{where} 的“{before}”已由另一条决定改动",
    "another decision already changes “{before}” in {where}",
)
