"""What became of the editor's decisions about folios and the like.

Reading obeys them (`publisher.read.folios`), since what is set aside is in no tree.
Here it is seen whether it did: a decision must not get lost in silence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from publisher.book import Decision
from publisher.diagnostics import Diagnostic, Report, Words
from publisher.read.rules import FURNITURE
from publisher.repair.outcomes import STALE_DECISION
from publisher.repair.passages import Reading
from publisher.source import Span

SET_ASIDE = FURNITURE.name


def obeyed(reading: Reading, decisions: Sequence[Decision], report: Report) -> None:
    """Report the decisions about furniture that reading could not carry out."""
    for decision in decisions:
        places = _places(reading, decision.before)
        kept = [bool(reading.within(span).strip()) for span in places]
        if kept != [decision.verdict == "reject"]:
            message = _LOST.fill(before=decision.before.replace("\n", "|"))
            cure, place = STALE_DECISION.cure, decision.place
            where = decision.where
            report(
                Diagnostic(STALE_DECISION, message, where=where, hint=cure, place=place)
            )


def _places(reading: Reading, words: str) -> list[Span]:
    """Where the line stands that a decision names, alone or between two others."""
    parts = words.split("\n")
    own = re.escape(parts[len(parts) // 2].strip())
    ends = [re.escape(part.strip()) for part in (parts if len(parts) == 3 else "  ")]
    form = rf"{ends[0]}\s*^\s*(?P<own>{own})\s*$\s*{ends[-1]}"
    return [
        Span(file, *found.span("own"))
        for file, text in enumerate(reading.files)
        for found in re.finditer(form, text, re.MULTILINE)
    ]


_LOST = Words(
    "没有这样一行可以照办，或不止一行：{before}",
    "there is no such line to act on, or more than one: {before}",
)
