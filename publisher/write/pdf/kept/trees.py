"""What has changed between two trees of elements; what has not stays the same object.

Boxes know the elements that they come from. So the tree that was laid out is kept, and
brought up to date in place: elements that changed are replaced, all others stay what
they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias
from xml.etree.ElementTree import Element

HOLDERS = frozenset({"article", "section", "div", "ol", "ul", "li"})
"""Elements of which a part may change; of all others the whole does."""
NOTE = "note"
"""Class of what becomes a footnote: each is numbered after those before it."""
Numbers: TypeAlias = dict[Element, tuple[int, int]]
"""Where each element begins and ends, in reading order."""
BEGIN, END = 0, 1


def in_order(parts: Iterable[Element]) -> Numbers:
    """Number elements in reading order."""
    out: Numbers = {}

    def number(element: Element) -> None:
        begin = len(out)
        out[element] = (begin, begin)
        for child in element:
            number(child)
        out[element] = (begin, len(out))

    for part in parts:
        number(part)
    return out


def same(one: Element, other: Element) -> bool:
    """Whether two elements are alike, with all that is in them."""
    return (
        one.tag == other.tag
        and one.text == other.text
        and one.tail == other.tail
        and len(one) == len(other)
        and one.attrib == other.attrib
        and all(map(same, one, other))
    )


def notes(parts: Iterable[Element]) -> int:
    """How many footnotes elements hold."""
    return sum(
        NOTE in (element.get("class") or "").split()
        for part in parts
        for element in part.iter()
    )


@dataclass(slots=True)
class Change:
    """The stretch of a tree that changed, or may look different.

    What stands before ``first`` is as it was and looks as it did; so does all that
    stands from `last` on.
    """

    before: Numbers
    """The old tree's."""
    first: int = -1
    """In numbers of the old tree; -1 while nothing has changed."""
    ends: list[tuple[Element, int]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return self.first >= 0

    def last(self, after: Numbers) -> int:
        """Where the stretch ends, in numbers of the new tree."""
        return max(after[element][side] for element, side in self.ends)

    def took_place(self, first: int, element: Element, side: int) -> None:
        """From a number of the old tree to a place in the new one."""
        self.first = first if self.first < 0 else min(first, self.first)
        self.ends.append((element, side))


def merged(
    ours: Sequence[Element], theirs: Sequence[Element], change: Change
) -> list[Element]:
    """Parts brought up to date: old elements where nothing changed."""
    if [_kind(part) for part in ours] != [_kind(part) for part in theirs]:
        change.took_place(0, theirs[-1], END)
        return list(theirs)
    out = []
    for old, new in zip(ours, theirs, strict=True):
        before = notes([old])
        out.append(_merge(old, new, change))
        if change and notes([out[-1]]) != before:
            change.took_place(change.first, out[-1], END)
    return out


def _merge(old: Element, new: Element, change: Change) -> Element:
    if same(old, new):
        return old
    if old.tag not in HOLDERS or not _alike(old, new):
        change.took_place(change.before[old][BEGIN], new, END)
        return new
    ours, theirs = list(old), list(new)
    if list(map(_kind, ours)) == list(map(_kind, theirs)):
        pairs = zip(ours, theirs, strict=True)
        old[:] = [_merge(*pair, change) for pair in pairs]
        return old
    begin = _common(ours, theirs)
    end = _common(ours[begin:][::-1], theirs[begin:][::-1])
    rest = ours[len(ours) - end :]
    old[:] = [*ours[:begin], *theirs[begin : len(theirs) - end], *rest]
    before, after = ours[: len(ours) - end], theirs[: len(theirs) - end]
    change.took_place(
        _first(old, ours, begin, end, change), *_last(old, rest, before, after)
    )
    return old


def _first(
    parent: Element, ours: Sequence[Element], begin: int, end: int, change: Change
) -> int:
    """The first place of a changed list of children; the last child is told apart."""
    if not end and begin:
        return change.before[ours[begin - 1]][BEGIN]
    if begin < len(ours):
        return change.before[ours[begin]][BEGIN]
    return change.before[parent][END]


def _last(
    parent: Element,
    rest: Sequence[Element],
    before: Sequence[Element],
    after: Sequence[Element],
) -> tuple[Element, int]:
    """Where it ends: a style sheet may ask what stands before an element."""
    if not rest or set(map(_kind, before)) != set(map(_kind, after)):
        return parent, END
    if before and after and _kind(before[-1]) == _kind(after[-1]):
        return rest[0], BEGIN
    return rest[0], END


def _alike(one: Element, other: Element) -> bool:
    """Whether two elements differ in their children only."""
    return (
        one.tag == other.tag
        and one.text == other.text
        and one.tail == other.tail
        and one.attrib == other.attrib
    )


def _kind(element: Element) -> tuple[str, str]:
    return element.tag, element.get("class") or ""


def _common(ours: Sequence[Element], theirs: Sequence[Element]) -> int:
    """How many children at the beginning are the same."""
    pairs = zip(ours, theirs, strict=False)
    return next(
        (n for n, pair in enumerate(pairs) if not same(*pair)),
        min(len(ours), len(theirs)),
    )
