"""Runs of the tree → characters and elements among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never
from urllib.parse import quote

from publisher.tree.nodes import (
    Fixed,
    Gap,
    Inline,
    Marked,
    Note,
    Reference,
    Ruby,
    Run,
    Strong,
    Text,
)
from publisher.write.akn.xml import Element, add, say


@dataclass(frozen=True, slots=True)
class Sayer:
    """Writes runs; ``prefix`` stands before all ids of a document."""

    prefix: str
    lang: str

    def inlines(self, parent: Element, run: Run) -> None:
        """The inlines of a run; line ends inside it are spaces.

        Characters are said together: XML keeps what follows an element as one string.
        """
        words: list[str] = []
        for inline in self.plainly(run):
            if isinstance(inline, Text):
                space = " " if inline.text else ""  # nothing, where it was deleted
                words.append(" ".join(inline.text.splitlines()) or space)
                continue
            say(parent, "".join(words))
            words = []
            self.inline(parent, inline)
        say(parent, "".join(words))

    def plainly(self, run: Run) -> Iterator[Inline]:
        """The inlines of a run; a citation that leads nowhere is what it says."""
        for inline in run:
            match inline:
                case Fixed():
                    yield from self.plainly(inline.inlines)
                case Reference() if not self.targets(inline):
                    yield from self.plainly(inline.inlines)
                case _:
                    yield inline

    def inline(self, parent: Element, inline: Inline) -> None:
        """One inline."""
        match inline:
            case Text():
                say(parent, inline.text)
            case Strong():
                self.inlines(add(parent, "b"), inline.inlines)
            case Marked():
                self.inlines(add(parent, "inline", name=inline.kind), inline.inlines)
            case Ruby():
                made = add(parent, "inline", name="ruby", title=inline.reading)
                self.inlines(made, inline.inlines)
            case Fixed():
                self.inlines(parent, inline.inlines)
            case Reference():
                self.reference(parent, inline)
            case Note():
                add(add(parent, "authorialNote"), "p", inline.text)
            case Gap():
                add(parent, "remark", inline.text, status="editorial")
            case _:
                assert_never(inline)

    def targets(self, reference: Reference) -> list[str]:
        """Where a citation leads: to provisions of this document, or another law."""
        country = "tw" if self.lang.endswith("TW") else "cn"
        targets = [f"#{self.prefix}{target}" for target in reference.targets]
        if reference.law and not targets:
            targets = [f"/akn/{country}/act/{quote(reference.law)}"]
        return targets

    def reference(self, parent: Element, reference: Reference) -> None:
        """A citation: of one provision, of several, or of another law."""
        targets = self.targets(reference)
        if len(targets) == 1:
            self.inlines(add(parent, "ref", href=targets[0]), reference.inlines)
            return
        made = add(parent, "mref")
        self.inlines(made, reference.inlines)
        for target in targets:
            add(made, "ref", href=target)
