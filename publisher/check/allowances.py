"""Findings that the editor accepts, and findings that no longer matter to a book."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from publisher.book import Allow
from publisher.diagnostics import Diagnostic, Rule, Severity, Words

UNUSED_ALLOWANCE = Rule(
    "C901",
    "unused-allowance",
    Severity.WARNING,
    Words(
        "book.toml 里允许的一条情况现在没有发现，允许就成了空话，以后还会掩盖新问题。",
        "A finding that book.toml allows was not found. An allowance without a finding "
        "says nothing, and may hide something later.",
    ),
    "（book.toml 允许的规则和位置，与发现的哪一条都不相符。）",
    Words(
        "删去这一条，或按发现的规则名和位置改写。",
        "Delete it, or write the rule and place as they are reported.",
    ),
)


def allow(
    found: Sequence[Diagnostic], allowances: Sequence[Allow]
) -> tuple[Diagnostic, ...]:
    """Turn allowed findings into notes; an allowance that matches nothing is a finding.

    An allowance is for one rule (its name or code) at one place: the very anchor or
    document id of the finding. One without a reason allows nothing.
    """
    reasons = {
        (allowance.rule, allowance.where): allowance.reason
        for allowance in allowances
        if allowance.reason
    }
    out: list[Diagnostic] = []
    used: set[tuple[str, str]] = set()
    for finding in found:
        keys = (
            (name, finding.where) for name in (finding.rule.name, finding.rule.code)
        )
        key = next((key for key in keys if key in reasons), None)
        out.append(finding.allow(reasons[key]) if key else finding)
        used |= {key} if key else set()
    out += (_unused(one) for one in allowances if (one.rule, one.where) not in used)
    return tuple(out)


def used(told: Iterable[Diagnostic], allowances: Sequence[Allow]) -> tuple[Allow, ...]:
    """The allowances that have matched a finding; ``told`` is what `allow` gave."""
    matched = {
        (name, d.where)
        for d in told
        if d.allowed
        for name in (d.rule.name, d.rule.code)
    }
    return tuple(one for one in allowances if (one.rule, one.where) in matched)


def _unused(allowance: Allow) -> Diagnostic:
    message = _UNUSED if allowance.reason else _UNREASONED
    words = message.fill(rule=allowance.rule, where=allowance.where)
    return Diagnostic(
        UNUSED_ALLOWANCE,
        words,
        where=allowance.where,
        hint=UNUSED_ALLOWANCE.cure,
        place=allowance.place,
    )


def concerning(
    found: Iterable[Diagnostic], left: Iterable[str]
) -> tuple[Diagnostic, ...]:
    """The findings that are not about documents which a book leaves out by name.

    ``left`` are the ids of those. What names a document that is not there at all, as a
    decision may, stays a finding.
    """
    names = frozenset(left)
    return tuple(d for d in found if d.where.partition(".")[0] not in names)


_UNUSED = Words(
    "允许了 {where} 的 {rule}，但没有发现这个情况",
    "{rule} is allowed at {where}, but nothing of the kind was found there",
)
_UNREASONED = Words(
    "允许 {where} 的 {rule} 没有写理由，所以不算",
    "{rule} is allowed at {where} without a reason, so it is not",
)
