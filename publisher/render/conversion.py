"""The account of a conversion: as data, and as a page that a proofreader works from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeAlias

from publisher.edition.conversion.account import (
    INCOMPLETE,
    Audit,
    Irreversible,
    Kind,
    Place,
    Split,
)
from publisher.edition.conversion.memory import Pending, versions
from publisher.edition.conversion.reasons import doubts_of, reason
from publisher.edition.places import names
from publisher.edition.prepared import Prepared
from publisher.source import Source

Json: TypeAlias = dict[str, Any]
TEMPLATE = "audit/conversion.html"


def account(prepared: Prepared, sources: Sequence[Source]) -> Json:
    """The account of an edition's conversion, as ``conversion.json`` has it."""
    teller = _Teller(prepared, sources)
    return {
        "book": prepared.book.id,
        "title": prepared.book.title,
        "edition": prepared.edition.name,
        "versions": dict(versions()),
        "complete": False,
        "note": {"zh": INCOMPLETE.zh, "en": INCOMPLETE.en},
        "conversions": [teller.audit(each) for each in prepared.audits],
    }


def page(told: Json, folders: Sequence[Path]) -> str:
    """The same as one HTML page that needs nothing else.

    Raises:
        Problem: 4, a template of the book's own cannot be rendered.
    """
    from publisher.render import environment

    with environment.told(folders):
        made = environment.environment(folders)
        return made.get_template(TEMPLATE).render(told=told)


class _Teller:
    """Puts places into words: the provision's name, file, line and column."""

    def __init__(self, prepared: Prepared, sources: Sequence[Source]) -> None:
        self.names: Mapping[str, str] = names(prepared.documents)
        self.sources = sources

    def audit(self, audit: Audit) -> Json:
        kinds = [self.kind(each, audit) for each in audit.kinds]
        return {
            "script": audit.script,
            "source": audit.source,
            "spelling": audit.spelling,
            "counts": {
                "characters": audit.characters,
                "choices": audit.choices,
                "types": len(audit.kinds),
                "places": audit.places,
                "open": len(audit.open),
                "reviewed": len(audit.kinds) - len(audit.open),
                "unused": len(audit.unused),
            },
            "types": kinds,
            "two_renderings": [self.split(each) for each in audit.splits],
            "irreversible": [self.foreign(each) for each in audit.irreversible],
            "unused": [row.simplified for row in audit.unused],
            "words": dict(audit.words),
        }

    def kind(self, kind: Kind, audit: Audit) -> Json:
        choice = Pending(audit.script, audit.source, kind)
        rows = [choice.decide(said, "") for said in choice.renderings]
        return {
            "key": kind.key,
            "rendering": kind.rendering,
            "offset": kind.at,
            "character": kind.character,
            "chosen": kind.chosen,
            "opencc": kind.plain,
            "candidates": list(kind.candidates),
            "by": kind.by,
            "note": kind.note,
            "why": list(kind.why),
            "words": {
                "by": asdict(reason(kind.by)),
                "why": [asdict(words) for words in doubts_of(kind.why)],
            },
            "state": kind.state,
            "lines": [
                f"{row.simplified}\t{row.traditional}\t{row.region}" for row in rows
            ],
            "places": [self.place(each) for each in kind.places],
        }

    def split(self, split: Split) -> Json:
        return {
            "key": split.key,
            "renderings": [
                {"rendering": said, "places": [self.place(each) for each in places]}
                for said, places in split.renderings
            ],
        }

    def foreign(self, found: Irreversible) -> Json:
        return {
            "character": found.character,
            "back": found.back,
            "place": self.place(found.place),
        }

    def place(self, place: Place) -> Json:
        file, line, column = None, None, None
        if place.span.file >= 0:
            source = self.sources[place.span.file]
            file, (line, column) = source.name, source.locate(place.span.start)
        return {
            "where": place.where,
            "name": self.names.get(place.where, ""),
            "file": file,
            "line": line,
            "column": column,
            "before": place.before,
            "after": place.after,
            "source": place.source,
        }
