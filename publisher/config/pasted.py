"""What an editor may write about a finding, as lines to be pasted into the settings.

A hint that says *where* to write does not say *what*. Law: the lines are read again as
they stand; only the reason, and the words that are to stand instead, are left open. Of
a decision that is pasted and not filled in it is said that it changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from publisher.book import Allow, Decision
from publisher.config.written import allowed, lines
from publisher.diagnostics import NOTHING, Diagnostic, Words
from publisher.outcomes import EDITOR
from publisher.repair.offers import stretch, window
from publisher.repair.passages import Reading

ALLOWED = frozenset(
    {
        "truncated",
        "duplicate-number",
        "skipped-number",
        "first-number",
        "claim-mismatch",
        "missing-attachment",
    }
)
"""Rules whose cure speaks of an allowance in ``book.toml``."""
DECIDED = frozenset(
    {
        "duplicate-number",
        "unbalanced-quote",
        "unbalanced-bracket",
        "unterminated-paragraph",
        "private-character",
        "fullwidth-letter",
        "misquoted",
        "leading-mark",
    }
)
"""Rules whose cure speaks of a decision in ``decisions.toml``."""
WHY = Words("理由", "why")


def pasted(
    finding: Diagnostic, reading: Reading, allowances: Sequence[Allow]
) -> Diagnostic:
    """The finding, with lines for ``decisions.toml`` and ``book.toml`` in its hint.

    ``allowances`` are the book's own: another is written as they are.
    """
    if finding.allowed or not finding.where:
        return finding
    name, hint = finding.rule.name, finding.hint
    if name in DECIDED:
        hint = _joined(hint, _decision(finding, reading))
    if name in ALLOWED:
        hint = _joined(hint, _allowance(finding, allowances))
    return finding if hint == finding.hint else replace(finding, hint=hint)


def _decision(finding: Diagnostic, reading: Reading) -> Words:
    """A correction of the place, named by words that stand there alone."""
    span = finding.span
    passage = reading.read.passage_at(span.file, span.start) if span.file >= 0 else None
    if passage is None:
        return NOTHING
    start, end = stretch(passage, span)
    first, last = window(reading, passage, start, end)
    before = passage.text[first:last]
    rule, after = EDITOR.name, before
    if finding.instead:  # a proposal, which has the name of its rule
        rule = finding.rule.name
        after = passage.text[first:start] + finding.instead + passage.text[end:last]
    said = Decision("accept", rule, passage.where, before, after, "")
    zh, en = (lines(replace(said, reason=why)) for why in (WHY.zh, WHY.en))
    head = _DECIDE_PROPOSED if finding.instead else _DECIDE
    return _under(head, zh, en)


def _allowance(finding: Diagnostic, allowances: Sequence[Allow]) -> Words:
    inline = any(not each.place.endswith(":1") for each in allowances)
    allow = Allow(finding.rule.name, finding.where, "")
    zh, en = (
        allowed(replace(allow, reason=why), inline=inline) for why in (WHY.zh, WHY.en)
    )
    return _under(_ALLOW_TOO if inline else _ALLOW, zh, en)


def _under(head: Words, zh: Sequence[str], en: Sequence[str]) -> Words:
    """A line that says what is meant, and the lines to paste, set in."""
    return Words(
        "\n  ".join([head.zh, *zh]),
        "\n  ".join([head.en, *en]),
    )


def _joined(one: Words, other: Words) -> Words:
    if other == NOTHING:
        return one
    return Words(f"{one.zh}\n{other.zh}", f"{one.en}\n{other.en}")


_DECIDE = Words(
    "要改，在 decisions.toml 里加上，after 写成改后的样子：",
    "to correct it, add to decisions.toml, with `after` as it should be:",
)
_DECIDE_PROPOSED = Words(
    "要改，用 publisher review，或在 decisions.toml 里加上：",
    "to correct it, use publisher review, or add to decisions.toml:",
)
_ALLOW = Words("要照来源付印，在 book.toml 里加上：", "to allow it, add to book.toml:")
_ALLOW_TOO = Words(
    "要照来源付印，在 book.toml 的 allow 里加上：",
    "to allow it, add to `allow` in book.toml:",
)
