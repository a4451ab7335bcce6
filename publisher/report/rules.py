"""The catalogue of everything the tool can report, collected from the stages."""

from __future__ import annotations

from publisher import check, edition, read, repair
from publisher.diagnostics import Rule
from publisher.write.pdf import rules as pdf

RULES: tuple[Rule, ...] = (
    *read.RULES,
    *repair.RULES,
    *check.RULES,
    *edition.RULES,
    *pdf.RULES,
)
