# ruff: noqa: ANN401  (WeasyPrint has no types)
"""What is done for each page, done once for all pages that are of one kind, or never.

WeasyPrint computes styles of pages and margin boxes anew for each page. Two pages are
of one kind if the same ``@page`` rules match them: then the same declarations apply.
And it goes through all boxes of a page, and all anchors before it, to say on which page
each anchor is; where nobody asks that while pages are made, it need not.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any

from weasyprint import layout
from weasyprint.formatting_structure import boxes
from weasyprint.layout import page

_computed = page.set_page_type_computed_styles
_make_page = page.make_page
_fixed = layout.layout_fixed_boxes
ASKED = ContextVar("asked", default=True)
"""Whether counters of this or other pages are asked for."""


def replaced() -> dict[Any, Any]:
    """What stands for what."""
    return {
        _computed: set_page_type_computed_styles,
        _make_page: make_page,
        _fixed: layout_fixed_boxes,
        (boxes.PageBox, "descendants"): descendants,
    }


def set_page_type_computed_styles(page_type: Any, html: Any, style_for: Any) -> None:
    """Take the styles of a page of this kind, if there was one."""
    kinds = style_for.__dict__.setdefault("kinds_of_pages", {})
    kind = tuple(
        style_for._page_type_match(selector[2], page_type)  # noqa: SLF001
        for sheet, _, _ in style_for._sheets  # noqa: SLF001
        for _, selectors, _ in sheet.page_rules
        for selector in selectors
    )
    computed = style_for.get_computed_styles()
    if kind in kinds:
        for pseudo_type, style in kinds[kind].items():
            computed[page_type, pseudo_type] = style
        return
    before = set(computed)
    _computed(page_type, html, style_for)
    new = {key: style for key, style in computed.items() if key not in before}
    if new:
        kinds[kind] = {pseudo_type: style for (_, pseudo_type), style in new.items()}


def make_page(  # noqa: PLR0913, PLR0917  (as it is called)
    context: Any,
    root_box: Any,
    page_type: Any,
    resume_at: Any,
    page_number: Any,
    page_state: Any,
) -> Any:
    """Make a page; note whether anything of it, or of earlier ones, is asked for."""
    asked = bool(context.target_collector.counter_lookup_items)
    token, entries = ASKED.set(asked), context.page_maker
    if not asked:
        context.page_maker = _NoneBefore(entries)
    try:
        return _make_page(
            context, root_box, page_type, resume_at, page_number, page_state
        )
    finally:
        context.page_maker = entries
        ASKED.reset(token)


class _NoneBefore:
    """What is known of pages, but not what anchors those before have."""

    def __init__(self, entries: Any) -> None:
        self.entries = entries

    def __getitem__(self, index: int | slice) -> Any:
        return () if isinstance(index, slice) else self.entries[index]


def descendants(self: Any, placeholders: Any = False) -> Iterator[Any]:  # noqa: FBT002
    """All boxes of a page; those with placeholders are gone through to be asked for."""
    if placeholders and not ASKED.get():
        return iter(())
    return super(boxes.PageBox, self).descendants(placeholders)  # type: ignore[no-any-return]


def layout_fixed_boxes(context: Any, pages: Any, containing_page: Any) -> Iterator[Any]:
    """Fixed boxes of other pages; mostly there are none, which takes no walk."""
    if any(each.fixed_boxes for each in pages):
        return _fixed(context, pages, containing_page)  # type: ignore[no-any-return]
    return iter(())
