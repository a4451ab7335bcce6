"""What can be reviewed: one row a kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from publisher import pipeline
from publisher.book import Decision
from publisher.config.desk import DECISIONS
from publisher.config.written import added
from publisher.diagnostics import Words
from publisher.edition.works import left_out
from publisher.read.rules import AMBIGUOUS
from publisher.repair import undo
from publisher.repair.offers import Offer, offers
from publisher.repair.passages import Reading


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of review: what waits for the editor, and where the word is kept."""

    name: str
    """As the flag is called: ``--repairs``."""
    about: Words
    find: Callable[[pipeline.Loaded, pipeline.Reading], Sequence[Offer]]
    file: str
    """In the book's folder."""
    add: Callable[[Path, bytes, Decision], bytes]
    """The bytes of the file with one more decision."""


def _repairs(loaded: pipeline.Loaded, reading: pipeline.Reading) -> Sequence[Offer]:
    """Proposals and doubtful joins that the book neither leaves out nor allows."""
    collection = reading.collection
    out = {document.id for document, _ in left_out(collection, loaded.book)}
    found = offers(Reading(collection, undo(collection)))
    kept = (one for one in found if one.where.partition(".")[0] not in out)
    allowed = {(allow.rule, allow.where) for allow in loaded.book.allow}
    still = (one for one in kept if _finding(one) not in allowed)
    return sorted(still, key=lambda offer: offer.place)


def _finding(offer: Offer) -> tuple[str, str]:
    """How an allowance names the finding that an offer stands for."""
    if offer.record.kind == "join":
        return AMBIGUOUS.name, offer.where.partition(".")[0]
    return offer.record.rule, offer.where


KINDS: tuple[Kind, ...] = (
    Kind("repairs", Words("校改建议", "repairs"), _repairs, DECISIONS, added),
)
