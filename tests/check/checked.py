"""Read, repair and check a text that stands in a test."""

from __future__ import annotations

from publisher.check import check
from publisher.diagnostics import Diagnostic
from publisher.read import decode, read
from publisher.repair import repair
from publisher.tree.nodes import Collection


def unheard(_: Diagnostic) -> None:
    """A report that nobody reads."""


def collect(*texts: str | bytes) -> Collection:
    raws = [text if isinstance(text, bytes) else text.encode() for text in texts]
    sources = [decode(f"{n}.md", raw, unheard) for n, raw in enumerate(raws)]
    return repair(read(sources, unheard), (), unheard)


def checked(*texts: str | bytes) -> list[Diagnostic]:
    found: list[Diagnostic] = []
    check(collect(*texts), found.append)
    return found


def said(rule: str, *texts: str | bytes) -> list[str]:
    """What one rule says in Chinese."""
    return [d.message.zh for d in checked(*texts) if d.rule.name == rule]
