"""Decisions and allowances as the settings have them, and one added to its file.

Law: what is in the file stays as it is, byte for byte; a decision is added behind it.
"""

from __future__ import annotations

import json
from pathlib import Path

from publisher.book import Allow, Decision
from publisher.config.desk import DECISIONS_TOML
from publisher.config.section import parse
from publisher.source import Source


def added(file: Path, raw: bytes, decision: Decision) -> bytes:
    """The bytes of a file of decisions, with one more.

    Raises:
        Problem: 3, the file would not be read again.
    """
    end = b"\r\n" if b"\r\n" in raw else b"\n"
    head = raw.rstrip(b"\r\n") + end * 2 if raw.strip() else raw
    new = head + end.join(line.encode() for line in lines(decision)) + end
    text = new.decode("utf-8-sig").replace("\r\n", "\n")
    parse(Source(str(file), text), DECISIONS_TOML)
    return new


def lines(decision: Decision) -> list[str]:
    """A decision as ``decisions.toml`` has it."""
    said = {
        "rule": decision.rule,
        "where": decision.where,
        "before": decision.before,
        "after": decision.after,
        "reason": decision.reason,
    }
    keys = (f"{key} = {_quoted(text)}" for key, text in said.items() if text)
    return [f"[[{decision.verdict}]]", *keys]


def allowed(allow: Allow, *, inline: bool) -> list[str]:
    """An allowance as ``book.toml`` has it: a table, or one of a list in brackets."""
    said = {"rule": allow.rule, "where": allow.where, "reason": allow.reason}
    keys = [f"{key} = {_quoted(text)}" for key, text in said.items()]
    return [f"{{ {', '.join(keys)} }},"] if inline else ["[[check.allow]]", *keys]


def _quoted(text: str) -> str:
    """A basic string: JSON escapes nothing that TOML does not know."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
