# ruff: noqa: ANN401  (WeasyPrint has no types)
"""Places in a tree of boxes, told by elements: they hold in another tree of boxes too.

WeasyPrint says where a page begins by the numbers of boxes among their siblings. The
same place in a tree from which siblings are left out has other numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from publisher.write.pdf.kept.trees import HOLDERS, notes

NOWHERE = {-1: None}
"""A place that no page is at."""


@dataclass(frozen=True, slots=True)
class Place:
    """From the root down: elements, and which box of each; then numbers."""

    path: tuple[tuple[Element, int], ...]
    rest: tuple[Any, ...] | None
    """Numbers inside the last element, whose boxes are the same in every tree."""

    @property
    def elements(self) -> list[Element]:
        """The elements that the place is in."""
        return [element for element, _ in self.path]


def place(root: Any, resume: Any) -> Place | None:
    """Where numbers of boxes lead to; None for the beginning."""
    if resume is None:
        return None
    path = []
    box = root
    while resume is not None and len(resume) == 1:
        ((number, inner),) = resume.items()
        child = box.children[number] if 0 <= number < len(box.children) else None
        if child is None or child.element is None or child.element is box.element:
            break
        earlier = box.children[:number]
        nth = sum(1 for each in earlier if each.element is child.element)
        path.append((child.element, nth))
        box, resume = child, inner
    return Place(tuple(path), _frozen(resume))


def resume(root: Any, place: Place | None) -> Any:
    """The numbers of boxes that lead to a place; nowhere if it is not in this tree."""
    if place is None:
        return None
    numbers, box = [], root
    for element, nth in place.path:
        found = [n for n, each in enumerate(box.children) if each.element is element]
        if nth >= len(found):
            return dict(NOWHERE)
        numbers.append(found[nth])
        box = box.children[found[nth]]
    out = _thawed(place.rest)
    for number in reversed(numbers):
        out = {number: out}
    return out


def _frozen(resume: Any) -> Any:
    if resume is None:
        return None
    return tuple((number, _frozen(inner)) for number, inner in resume.items())


def _thawed(rest: Any) -> Any:
    return None if rest is None else {number: _thawed(inner) for number, inner in rest}


@contextmanager
def between(
    body: Element, low: Sequence[Element], high: Sequence[Element]
) -> Iterator[None]:
    """While it lasts, a tree holds no more than what stands between two places.

    Both are elements from ``body`` down, or none for an end of it. Of elements that
    are left out enough are there without contents for the style sheet to ask what an
    element follows; they make no boxes.
    """
    whole: list[tuple[Element, list[Element]]] = []
    left_out: list[Element] = []
    """Of the article that the first place is in: what stands before it."""

    def keep(parent: Element, low: Sequence[Element], high: Sequence[Element]) -> None:
        inner = list(parent)
        whole.append((parent, inner))
        first = inner.index(low[0]) if low else 0
        last = inner.index(high[0]) if high else len(inner) - 1
        if parent is not body:
            left_out.extend(inner[:first])
        before, after = _stand_ins(inner[:first]), _stand_ins(inner[last + 1 :])
        parent[:] = [*before, *inner[first : last + 1], *after]
        for number in {first, last}:
            lower = low[1:] if low and number == first else ()
            higher = high[1:] if high and number == last else ()
            if inner[number].tag in HOLDERS and (lower or higher):
                keep(inner[number], lower, higher)

    counted: Element | None = None
    style: str | None = None
    try:
        keep(body, low, high)
        if low and (number := notes(left_out)):
            counted, style = low[0], low[0].get("style")
            said = f"{style}; " if style else ""
            counted.set("style", f"{said}counter-reset: footnote {number}")
        yield
    finally:
        if counted is not None:
            counted.attrib.pop("style")
            if style is not None:
                counted.set("style", style)
        for parent, inner in whole:
            parent[:] = inner


def _stand_ins(left_out: Sequence[Element]) -> Iterator[Element]:
    """One of each kind, and those at the ends."""
    seen = set()
    last = len(left_out) - 1
    for number, element in enumerate(left_out):
        kind = element.tag, element.get("class")
        if kind not in seen or number in {0, last}:
            seen.add(kind)
            held = {k: v for k, v in element.items() if k != "id"}
            made = Element(element.tag, held | {"style": "display: none"})
            made.tail = element.tail
            yield made
