"""Chinese lines as a good publisher sets them, inside an unforked WeasyPrint.

`composing` is the only way in. What decides is pure and knows nothing of WeasyPrint
(`classes`, `pairs`, `metrics`, `sorts`, `breaks`, `adjust`); `hooks` lets it in.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from publisher.diagnostics import Diagnostic, Report, Words
from publisher.typeset.guard import differences
from publisher.typeset.rules import OTHER_ENGINE, PLAIN_PARAGRAPH, RULES
from publisher.typeset.settings import Settings, settings
from publisher.typeset.swift import seldom_collected, swiftly

if TYPE_CHECKING:
    from publisher.typeset.hooks.paragraphs import Planned

__all__ = [
    "COMPOSER",
    "RULES",
    "Account",
    "Settings",
    "as_written_for",
    "composing",
    "numbered",
    "seldom_collected",
    "settings",
    "swiftly",
]

COMPOSER = "composer"
"""What a composer is kept as."""
_DIFFERENT = Words("这些与预期不符：{what}", "these are not as expected: {what}")
_PLAIN = Words(
    "{count} 段未按中文规则排行：{reason}",
    "{count} paragraphs set without the rules of Chinese lines: {reason}",
)


@dataclass(slots=True)
class Account:
    """How many paragraphs of a document were composed, complete when it is laid out."""

    composed: int = 0
    plain: Mapping[str, int] = field(default_factory=dict)
    """How many were not, by reason. Text that is not Chinese does not count."""
    plans: MutableMapping[Any, Planned] = field(default_factory=dict)

    def laid_out(self) -> None:
        """Let go of what only planning needs: all lines are made."""
        for plan in self.plans.values():
            plan.sorts.planned()
        self.plans.clear()


def as_written_for(part: str = "lines") -> bool:
    """Whether the layout engine is the one that a part of ours knows (`guard`)."""
    return not differences(part)


def ready() -> None:
    """Load all that composes, if it can."""
    if as_written_for():
        from publisher.typeset.hooks import elsewhere  # noqa: F401


def numbered(numbers: Mapping[str, int]) -> AbstractContextManager[None]:
    """While it lasts, the pages of another document's anchors are known."""
    from publisher.typeset.hooks import elsewhere

    return elsewhere.numbered(numbers)


@contextmanager
def composing(
    how: Settings, report: Report, kept: dict[str, Any] | None = None
) -> Iterator[Account]:
    """While it lasts, Chinese text laid out in this context is composed.

    Afterwards what could not be composed is reported. What is known of a text can be
    ``kept`` for the next time.
    """
    account = Account()
    if different := differences("lines"):
        words = _DIFFERENT.fill(what=", ".join(different))
        report(Diagnostic(OTHER_ENGINE, words))
        yield account
        return
    from publisher.typeset import hooks

    composer = kept.get(COMPOSER) if kept is not None else None
    if composer is None or composer.settings != how:
        composer = hooks.Composer(how)
    if kept is not None:
        kept[COMPOSER] = composer
    account.plans = composer.known
    with hooks.composing(composer):
        yield account
    account.composed = len(composer.composed)
    account.plain = dict(sorted(composer.reasons().items()))
    for reason, count in account.plain.items():
        words = _PLAIN.fill(count=count, reason=reason)
        report(Diagnostic(PLAIN_PARAGRAPH, words))
