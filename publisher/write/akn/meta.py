"""What Akoma Ntoso wants to know about a document (FRBR), as far as its text says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from publisher.patterns import pattern
from publisher.tree.nodes import Document, Event
from publisher.tree.walk import plain
from publisher.write.akn.xml import Element, add

UNKNOWN = "0001-01-01"
AMENDED = pattern(r"修[正订訂改]|增訂|增订")
REPEALED = pattern(r"[废廢]止")


@dataclass(frozen=True, slots=True)
class _Work:
    """What identifies a document: its kind, its days, the part of it that is meant."""

    country: str
    kind: str
    name: str
    made: str = ""
    changed: str = ""
    title: str = ""
    part: str = "main"

    @property
    def uri(self) -> str:
        """The IRI of the work, as the naming convention has it."""
        day = self.made or UNKNOWN
        return f"/akn/{self.country}/{self.kind}/{day}/{self.name}"


def meta(whole: Element, document: Document, prefix: str, part: str = "main") -> None:
    """``meta`` of a document, or of what is attached to it."""
    made = add(whole, "meta")
    events = _events(document) if part == "main" else []
    days = [event.date for event in events]
    work = _Work(
        country="tw" if document.lang.endswith("TW") else "cn",
        kind="act" if document.kind == "regulation" else "doc",
        name=document.id or "document",
        made=min(days, default=""),
        changed=max(days, default=""),
        title=" ".join(plain(document.title).split()) if part == "main" else "",
        part=part,
    )
    _identify(made, work, prefix)
    if events:
        _lifecycle(made, events, prefix)
    _references(made, prefix, asked=document.kind == "press_qa")


def identify_collection(whole: Element) -> None:
    """``meta`` of several documents together, of which nothing is known."""
    made = add(whole, "meta")
    _identify(made, _Work("cn", "documentCollection", "collection"), "")
    _references(made, "")


def _identify(made: Element, work: _Work, prefix: str) -> None:
    """``identification``: the work, the expression in Chinese, and this file."""
    source = f"#{prefix}publisher"
    whole = add(made, "identification", source=source)
    spoken = f"{work.uri}/zho@{work.changed}"
    for level, uri, day in (
        ("FRBRWork", work.uri, work.made),
        ("FRBRExpression", spoken, work.changed),
        ("FRBRManifestation", f"{spoken}.xml", work.changed),
    ):
        one = add(whole, level)
        this = uri if level == "FRBRManifestation" else f"{uri}/!{work.part}"
        add(one, "FRBRthis", value=this)
        add(one, "FRBRuri", value=uri)
        if work.title and level == "FRBRWork":
            add(one, "FRBRalias", name="title", value=work.title)
        add(one, "FRBRdate", date=day or UNKNOWN, name="text" if day else "unknown")
        add(one, "FRBRauthor", href=source)
        if level == "FRBRWork":
            add(one, "FRBRcountry", value=work.country)
        elif level == "FRBRExpression":
            add(one, "FRBRlanguage", language="zho")


def _events(document: Document) -> list[Event]:
    """The dated acts whose dates are days of the calendar."""
    note = document.note
    return [event for event in note.events if _is_day(event.date)] if note else []


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _lifecycle(made: Element, events: list[Event], prefix: str) -> None:
    cycle = add(made, "lifecycle", source=f"#{prefix}publisher")
    for event in events:
        amends, repeals = AMENDED.search(event.act), REPEALED.search(event.act)
        kind = "repeal" if repeals else "amendment" if amends else "generation"
        add(
            cycle,
            "eventRef",
            date=event.date,
            source=f"#{prefix}publisher",
            type=kind,
        )


def _references(made: Element, prefix: str, *, asked: bool = False) -> None:
    all_ = add(made, "references", source=f"#{prefix}publisher")
    name = "publisher"
    href = f"/akn/ontology/organization/{quote(name)}"
    add(all_, "TLCOrganization", eId=f"{prefix}publisher", href=href, showAs=name)
    if asked:
        for role, shown in (("questioner", "问"), ("respondent", "答")):
            href = f"/akn/ontology/role/{role}"
            add(all_, "TLCRole", eId=f"{prefix}{role}", href=href, showAs=shown)
