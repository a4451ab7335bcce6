# ruff: noqa: ANN401  (WeasyPrint has no types)
"""The page numbers of what stands in another document.

WeasyPrint resolves ``target-counter`` within one document: it lays out everything
again until no number changes. Where the pages that are pointed at are laid out already
their numbers are known, and the first layout is the last.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from weasyprint import document
from weasyprint.css.targets import TargetCollector, TargetLookupItem

NUMBERS: ContextVar[Mapping[str, int] | None] = ContextVar("numbers", default=None)


@dataclass(slots=True)
class Elsewhere:
    """Stands for a box of another document; only its counters can be asked for."""

    cached_counter_values: dict[str, list[int]] = field(default_factory=dict)

    def extract_text(self, _kind: str) -> str:
        """For ``target-text``, which nothing of ours uses across documents."""
        return ""


class Targets(TargetCollector):  # type: ignore[misc]  # the library has no types
    """Knows beforehand the pages of anchors of another document."""

    def __init__(self) -> None:
        super().__init__()
        for anchor, page in (NUMBERS.get() or {}).items():
            item = TargetLookupItem("up-to-date")
            item.target_box = Elsewhere({"page": [page]})
            self.target_lookup_items[anchor] = item

    def collect_anchor(self, anchor_name: Any) -> None:
        """Leave alone what is known, if it is in this document after all."""
        known = self.target_lookup_items.get(anchor_name)
        if known is None or not isinstance(known.target_box, Elsewhere):
            super().collect_anchor(anchor_name)


@contextmanager
def numbered(numbers: Mapping[str, int]) -> Iterator[None]:
    """While it lasts, documents laid out in this context know these anchors' pages."""
    document.TargetCollector = Targets  # does what the other does, without numbers
    token = NUMBERS.set(numbers)
    try:
        yield
    finally:
        NUMBERS.reset(token)
