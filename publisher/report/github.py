"""Diagnostics as GitHub annotations: workflow commands, one a line.

``::error file=page.md,line=3,col=5,title=C101 skipped-number::message``. In messages
``%``, CR and LF are escaped, in properties ``:`` and ``,`` as well (GitHub Docs,
"Workflow commands"; actions/toolkit, command.ts).
"""

from __future__ import annotations

from collections.abc import Sequence

from publisher.diagnostics import Diagnostic, Language, Severity
from publisher.report.machine import place
from publisher.source import Source

LEVEL = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "notice",
}


def annotation(found: Diagnostic, sources: Sequence[Source], language: Language) -> str:
    """One diagnostic; its source should be named from the repository's root."""
    named = zip(("file", "line", "col"), place(found, sources), strict=True)
    properties = [(key, value) for key, value in named if value is not None]
    properties.append(("title", f"{found.rule.code} {found.rule.name}"))
    listed = ",".join(f"{key}={_property(str(value))}" for key, value in properties)
    words = [found.message.say(language), found.hint.say(language)]
    message = _message("\n".join(filter(None, words)))
    return f"::{LEVEL[found.level]} {listed}::{message}"


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
