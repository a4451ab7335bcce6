"""The catalogue of everything the tool can report, collected from the stages."""

from __future__ import annotations

from publisher.check import RULES as CHECK
from publisher.check.epub import RULES as EPUB
from publisher.diagnostics import Rule
from publisher.edition.preparing import RULES as EDITION
from publisher.plates import NO_PICTURE
from publisher.read import RULES as READ
from publisher.repair import RULES as REPAIR
from publisher.typeset.rules import RULES as TYPESET
from publisher.write import NO_PRINT
from publisher.write.pdf.rules import RULES as PDF

RULES: tuple[Rule, ...] = (
    *READ,
    *REPAIR,
    *CHECK,
    *EPUB,
    *EDITION,
    *TYPESET,
    *PDF,
    NO_PICTURE,
    NO_PRINT,
)
