"""The catalogue of everything the tool can report, collected from the stages."""

from __future__ import annotations

from publisher import check, edition, read, repair
from publisher.diagnostics import Rule

RULES: tuple[Rule, ...] = tuple(
    rule
    for stage in (read, repair, check, edition)
    for rule in getattr(stage, "RULES", ())
)
