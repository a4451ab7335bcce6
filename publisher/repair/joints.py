"""Joins that the editor decides: what became of the decisions, and what is open.

Reading obeys such decisions (`publisher.read.ruled`), since they move lines from one
paragraph, or document, to another. Here they are put on record, or have failed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from publisher.book import Decision
from publisher.diagnostics import Report
from publisher.read.seam import fold
from publisher.repair.decisions import DECIDED
from publisher.repair.failures import unjoined
from publisher.repair.passages import Reading
from publisher.repair.seams import JOIN, SHOWN, joined, sides
from publisher.source import NOWHERE, Span
from publisher.tree.nodes import Join, Repair

DOUBTFUL = 0.7
"""Seams that are less sure than this wait for the editor."""
MOST = 24
"""Characters on each side by which a seam can be told, at most."""


def settled(
    reading: Reading, decisions: Sequence[Decision], report: Report
) -> Iterator[Repair]:
    """The record of every join, with the editor's reason where there is one.

    What the editor has kept apart is on record as rejected.
    """
    records = list(joined(reading))
    for decision in decisions:
        at, seam = _joined(reading, decision), _seam(reading, decision)
        if decision.verdict == "accept" and at:
            records = [_reasoned(r, at, decision) for r in records]
        elif decision.verdict == "reject" and at is None and seam is not None:
            yield _apart(decision, seam)
        else:
            report(unjoined(decision, at.right if at else NOWHERE))
    yield from records


def _joined(reading: Reading, decision: Decision) -> Join | None:
    """The join that a decision is about, if the lines are joined."""
    left, _, right = decision.before.partition("\n")
    for join in reading.collection.joins if left and right else ():
        one, other = map(fold, sides(reading, join))
        if one.endswith(fold(left)) and other.startswith(fold(right)):
            return join
    return None


def _seam(reading: Reading, decision: Decision) -> Span | None:
    """Where the second of two lines begins that a decision is about."""
    left, _, right = decision.before.partition("\n")
    for file, text in enumerate(reading.files):
        at = text.find(right, text.find(left) + len(left))
        if left and right and left in text and at >= 0:
            return Span(file, at, at)
    return None


def _reasoned(record: Repair, join: Join, decision: Decision) -> Repair:
    own = record.span.end == join.right.start and record.span.file == join.right.file
    return replace(record, reason=decision.reason) if own else record


def _apart(decision: Decision, span: Span) -> Repair:
    """Lines that the editor keeps apart."""
    return Repair(
        rule=JOIN.name,
        status="rejected",
        before=decision.before,
        after=decision.before.replace("\n", ""),
        basis=DECIDED,
        confidence=1.0,
        where=decision.where,
        kind="join",
        reason=decision.reason,
        span=span,
    )


def words(reading: Reading, join: Join) -> str:
    """The words on both sides of a seam, as many as tell it from all others."""
    left, right = sides(reading, join)
    text = "\n".join(reading.files)
    for size in range(SHOWN, MOST):
        one, other = left[-size:], right[:size]
        if text.count(one) == text.count(other) == 1:
            break
    return f"{one}\n{other}"
