"""What checks propose: a finding that names other characters is a proposal like others.

The editor accepts it in ``decisions.toml``, where `publisher.repair.repair` carries it
out before any check; here it is refused, or stays open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from publisher.book import Decision
from publisher.diagnostics import Diagnostic, Report
from publisher.read.rules import FURNITURE
from publisher.repair import RULES
from publisher.repair.anchors import overlap
from publisher.repair.decisions import rejected, resettled
from publisher.repair.failures import unrefused
from publisher.repair.passages import Reading
from publisher.tree.nodes import Collection, Repair

EVEN = 0.5
"""How sure it is that of two texts that differ it is this one that is wrong."""
OWN = frozenset((*(rule.name for rule in RULES), FURNITURE.name))


def propose(
    collection: Collection,
    original: Collection,
    found: Sequence[Diagnostic],
    decisions: Sequence[Decision],
    report: Report,
) -> Collection:
    """The collection with the proposals of checks among its repairs.

    All findings are reported on; one that the editor refuses counts as a note. So is a
    refusal that finds nothing to refuse.
    """
    reading = Reading(collection, original)
    refusals = [d for d in decisions if d.verdict == "reject" and d.rule not in OWN]
    proposals = list(_proposals(reading, found))
    records = [record for _, record in proposals]
    refusals = resettled(reading, refusals, records, report)
    settled, used = rejected(reading, refusals, records)
    refused = {
        id(finding): record.reason
        for (finding, _), record in zip(proposals, settled, strict=True)
        if record.status == "rejected"
    }
    for finding in found:
        reason = refused.get(id(finding))
        report(finding.allow(reason) if reason else finding)
    for decision in refusals:
        if decision not in used:
            report(unrefused(reading, decision))
    return replace(collection, repairs=(*collection.repairs, *settled))


def _proposals(
    reading: Reading, found: Sequence[Diagnostic]
) -> Iterator[tuple[Diagnostic, Repair]]:
    taken = [r.span for r in reading.collection.repairs if r.status != "applied"]
    for finding in found:
        span = finding.span
        if not finding.instead or any(overlap(span, other) for other in taken):
            continue
        taken.append(span)
        yield (
            finding,
            Repair(
                rule=finding.rule.name,
                status="suggested",
                before=reading.within(span),
                after=finding.instead,
                basis=finding.message,
                confidence=EVEN,
                where=finding.where,
                span=span,
            ),
        )
