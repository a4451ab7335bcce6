"""What the checks of an EPUB are given, and how they say what they find."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from publisher.diagnostics import Diagnostic, Rule, Words
from publisher.read.epub import Element, Publication


@dataclass(frozen=True, slots=True)
class Expected:
    """What a book that we made ourselves must hold."""

    ink: str
    """The characters of its documents, without space."""
    lost: tuple[str, ...] = ()
    """Labels of printed pages that begin in it, but whose places were not found."""
    bare: tuple[tuple[str, Words], ...] = ()
    """Labels of printed pages that have no mark, and what they are."""


@dataclass(frozen=True, slots=True)
class Examined:
    """An EPUB, and what else is known."""

    publication: Publication
    now: datetime | None = None
    """The time, if it is known."""
    expected: Expected | None = None


def found(
    rule: Rule,
    examined: Examined,
    message: Words,
    name: str = "",
    element: Element | None = None,
) -> Diagnostic:
    """A finding at an element of a file in the archive."""
    place = examined.publication.place(name, element)
    return Diagnostic(rule, message, hint=rule.cure, place=place)
