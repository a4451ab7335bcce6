"""One review: what waits, what was decided, and the way back.

Law: each decision is on the disk, whole, before the next question is asked, and undoing
all of them gives back the very bytes that were there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from publisher import pipeline
from publisher.book import Decision
from publisher.cli.review.kinds import Kind
from publisher.diagnostics import Diagnostic, Problem, Words
from publisher.jobs.files import put, unwritable
from publisher.outcomes import (
    AMBIGUOUS_DECISION,
    BROKEN_DECISION,
    STALE_DECISION,
)
from publisher.repair.offers import Offer
from publisher.source import Span

Done: TypeAlias = Literal["accepted", "rejected", "skipped"]
Place: TypeAlias = tuple[Span, str, str]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done, and the bytes that its file had before and has now."""

    done: Done
    place: Place
    file: Path | None = None
    before: bytes | None = None
    after: bytes | None = None


@dataclass(slots=True)
class Session:
    """A book on the desk."""

    path: Path
    kinds: tuple[Kind, ...]
    loaded: pipeline.Loaded = field(init=False)
    reading: pipeline.Reading = field(init=False)
    found: list[Diagnostic] = field(init=False)
    steps: list[Step] = field(default_factory=list)
    at: Place | None = None
    """Where the editor is; what waits from here on comes first."""

    def __post_init__(self) -> None:
        """Read the book."""
        self.read()

    def read(self) -> None:
        """Read the book again, as its files are now.

        Raises:
            Problem: the settings or a source cannot be read.
        """
        self.loaded = pipeline.load(self.path)
        self.found = []
        self.reading = pipeline.read_book(self.loaded, self.found.append)

    def waiting(self) -> list[tuple[Kind, Offer]]:
        """All that is open and was not skipped, from where the editor is on."""
        skipped = {step.place for step in self.steps if step.done == "skipped"}
        every = [one for one in self.pending() if one[1].place not in skipped]
        at = self.at
        if at is None:
            return every
        ahead = [one for one in every if one[1].place >= at]
        return ahead + [one for one in every if one[1].place < at]

    def pending(self) -> Iterator[tuple[Kind, Offer]]:
        """All that is open."""
        for kind in self.kinds:
            for offer in kind.find(self.loaded, self.reading):
                yield kind, offer

    def skip(self, offer: Offer) -> None:
        """Leave a proposal as it is for this time."""
        self.at = offer.place
        self.steps.append(Step("skipped", offer.place))

    def decide(self, kind: Kind, offer: Offer, decision: Decision) -> None:
        """Write a decision down, and read the book as it is with it.

        Raises:
            Problem: it cannot be written, or it would not be carried out; then nothing
                is changed.
        """
        file = self.loaded.folder / kind.file
        before = bytes_of(file)
        after = kind.add(file, before or b"", decision)
        put_bytes(file, after)
        try:
            self.read()
            self._carried_out(offer, decision)
        except BaseException:
            put_bytes(file, before)
            self.read()
            raise
        done: Done = "accepted" if decision.verdict == "accept" else "rejected"
        self.at = offer.place
        self.steps.append(Step(done, offer.place, file, before, after))

    def _carried_out(self, offer: Offer, decision: Decision) -> None:
        """See that a decision has done what it says.

        Raises:
            Problem: what was decided still waits.
        """
        if any(other.place == offer.place for _, other in self.pending()):
            raise Problem(1, _NOT_DONE.fill(before=decision.before))

    def failed(self) -> list[Diagnostic]:
        """Decisions that are not carried out as things stand."""
        failed = (STALE_DECISION, AMBIGUOUS_DECISION, BROKEN_DECISION)
        return [finding for finding in self.found if finding.rule in failed]

    def undo(self) -> Step | None:
        """Take the last step back; None where there is none.

        Raises:
            Problem: the file has been changed since by somebody else.
        """
        if not self.steps:
            return None
        step = self.steps[-1]
        if step.file:
            if bytes_of(step.file) != step.after:
                raise Problem(1, _CHANGED.fill(file=step.file))
            put_bytes(step.file, step.before)
            self.read()
        self.at = step.place
        return self.steps.pop()

    def counts(self) -> Counter[Done]:
        """How much was done of what."""
        return Counter(step.done for step in self.steps)


def bytes_of(file: Path) -> bytes | None:
    """What is in a file; None where there is none."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise unwritable(file, error) from error


def put_bytes(file: Path, data: bytes | None) -> None:
    """Make a file have these bytes, or not be there."""
    try:
        if data is None:
            file.unlink(missing_ok=True)
        else:
            put(file, data)
    except OSError as error:
        raise unwritable(file, error) from error


_NOT_DONE = Words(
    "这条决定写下来也不会生效（“{before}”），所以没有写",
    "the decision would not be carried out (“{before}”), so it was not written",
)
_CHANGED = Words(
    "{file} 已被别处改动，不能撤销；请自行改回",
    "{file} was changed by somebody else since; undo it by hand",
)
