"""Characters of the old script that are left in a converted text.

Conversion is looked at from outside: what it was given beside what is going to be
printed, whoever kept a character on the way. So print and EPUB say the same, and the
place is that of the source.

Law: what the editor wants so is no finding: fixed spans, the book's own entries, names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import get_args

from publisher.book import Conversion, Script
from publisher.check.places import Place, place
from publisher.diagnostics import Diagnostic, Words
from publisher.edition.conversion.converter import Converter
from publisher.edition.conversion.layers import LayerName
from publisher.edition.conversion.rules import LEFT
from publisher.edition.conversion.schemes import converter
from publisher.edition.lines import script_of
from publisher.edition.marks import fixed
from publisher.tree import walk
from publisher.tree.nodes import Document

MEANT = (*get_args(LayerName), "phrase")
"""What may say that a character stays: 瞭 in 瞭望, a name, an entry of the book."""
SHOWN = 8
_SIMPLIFIED = Words(
    "“{near}”里有没转换的简体字“{chars}”",
    "simplified characters are left in “{near}”: {chars}",
)
_TRADITIONAL = Words(
    "“{near}”里有没转换的繁体字“{chars}”",
    "traditional characters are left in “{near}”: {chars}",
)


def leftovers(
    before: Document, after: Document, by: Conversion
) -> Iterator[Diagnostic]:
    """A finding for each run that still has characters of the old script."""
    to = script_of(after.lang)
    made = converter(to, script_of(before.lang), by)
    if made is None:
        return
    strays = made.strays
    pairs = zip(walk.runs(before), walk.runs(after), strict=True)
    for (owner, old), (_, new) in pairs:
        said = walk.plain(new)
        if not strays.isdisjoint(said):
            was = place(before, owner, old)
            if left := _left(was, said, made):
                yield _finding(was, left, to)


def _left(old: Place, said: str, made: Converter) -> Sequence[int]:
    """The offsets of what stayed, and neither table nor editor wanted to stay."""
    trace = made.trace(old.text)
    kept = {at for start, end in fixed(old.run) for at in range(start, end)}
    return [
        at
        for at, (char, was) in enumerate(zip(said, old.text, strict=True))
        if char == was
        and char in made.strays
        and at not in kept
        and not (trace.text[at] == char and trace.choices[at].by in MEANT)
    ]


def _finding(old: Place, left: Sequence[int], to: Script) -> Diagnostic:
    kind = _TRADITIONAL if to == "zh-Hans" else _SIMPLIFIED
    chars = "".join(dict.fromkeys(old.text[at] for at in left))
    words = kind.fill(near=old.near(left[0]), chars=chars[:SHOWN])
    return Diagnostic(LEFT, words, old.span(left[0]), old.where, LEFT.cure)
