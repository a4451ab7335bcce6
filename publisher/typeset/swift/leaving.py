# ruff: noqa: ANN401  (WeasyPrint has no types)
"""A layout leaves its pages behind and nothing else.

WeasyPrint's layout context holds itself (it is bound into its fetcher of images), and
with itself every box, style and anchor that the pages were made from, until the garbage
collector walks all of it. Nobody asks for them once the pages are there: a picture in
SVG keeps the context, but draws with its fonts and its fetcher alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint import layout

from publisher.typeset.swift.writing import give_back

_layout_document = layout.layout_document


def replaced() -> dict[Any, Any]:
    """What stands for what."""
    return {_layout_document: layout_document}


def layout_document(
    html: Any, root_box: Any, context: Any, max_loops: Any = 8
) -> Iterator[Any]:
    """Lay out all pages, and let go of what they were made from."""
    yield from _layout_document(html, root_box, context, max_loops)
    leave(context)
    give_back()


def leave(context: Any) -> None:
    """Let go of all that a layout was made from, but its pages."""
    for name in ("_computed_styles", "_cascaded_styles"):
        getattr(context.style_for, name).clear()
    targets = context.target_collector
    targets.target_lookup_items.clear()
    targets.counter_lookup_items.clear()
    context.page_maker = []
    for name in ("running_elements", "broken_out_of_flow", "tables", "page_footnotes"):
        getattr(context, name).clear()
    for name in ("footnotes", "current_page_footnotes", "reported_footnotes"):
        setattr(context, name, [])
    context.current_footnote_area = context.rendered_notes = None
