"""Facts and claims as plain data for ``--json``. The names of the keys are a contract.

Lengths are points. ``baseline`` is measured from the top of the page; ``left`` and
``right`` are the edges of advance widths, from its left side.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from publisher.inspect.claims import Composition, Place
from publisher.inspect.facts import Facts, Line, Page


def dumped(facts: Facts, claims: Composition | None) -> dict[str, Any]:
    """The whole file."""
    return {
        "version": facts.version,
        "variants": list(facts.variants),
        "tagged": facts.tagged,
        "encrypted": facts.encrypted,
        "language": facts.language or None,
        "title": facts.title or None,
        "author": facts.author or None,
        "producer": facts.producer or None,
        "fonts": [{"name": f.name, "embedded": f.embedded} for f in facts.fonts],
        "composition": composed(claims) if claims else None,
        "pages": [_page(page) for page in facts.pages],
    }


def _page(page: Page) -> dict[str, Any]:
    return {
        "number": page.number,
        "label": page.label,
        "rotation": page.rotation,
        "boxes": {name: list(box) for name, box in page.boxes.items()},
        "lines": [_line(line) for line in page.lines],
    }


def _line(line: Line) -> dict[str, Any]:
    inked = line.inked
    said: dict[str, Any] = {
        "baseline": round(line.baseline, 3),
        "left": round(line.left, 3),
        "right": round(line.right, 3),
        "first": inked[0].text,
        "last": inked[-1].text,
        "size": line.size,
        "sizes": list(line.sizes),
        "font": line.font,
        "text": line.text,
    }
    if angle := inked[0].angle:
        said["angle"] = angle
    return said


def composed(claims: Composition) -> dict[str, Any]:
    """The claims: counts, and each place that breaks one."""
    return {
        "size": claims.size,
        "leading": claims.leading,
        "measure": claims.measure,
        "paragraphs": claims.paragraphs,
        "lines": claims.lines,
        "nonfinal": claims.nonfinal,
        "flush": round(claims.flush, 5),
        "uneven": claims.uneven,
        "adjacent": {"pairs": claims.pairs, "pressed": claims.pressed},
        "gaps": {"widest": claims.widest, "p99": claims.common},
        "remainders": [list(each) for each in claims.remainders],
        "ragged": _places(claims.ragged),
        "kinsoku": _places(claims.kinsoku),
        "split": _places(claims.split),
        "orphans": _places(claims.orphans),
    }


def _places(places: Sequence[Place]) -> list[dict[str, Any]]:
    return [
        {"page": place.page, "baseline": place.baseline, "text": place.text}
        for place in places
    ]
