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

from weasyprint.formatting_structure import boxes
from weasyprint.layout import page

_computed = page.set_page_type_computed_styles
_make_page = page.make_page
ASKED = ContextVar("asked", default=True)
"""Whether counters of this or other pages are asked for."""


def replaced() -> dict[Any, Any]:
    """What stands for what."""
    return {
        _computed: set_page_type_computed_styles,
        _make_page: make_page,
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
    """Make a page, and note whether anything of it is asked for elsewhere."""
    token = ASKED.set(bool(context.target_collector.counter_lookup_items))
    try:
        return _make_page(
            context, root_box, page_type, resume_at, page_number, page_state
        )
    finally:
        ASKED.reset(token)


def descendants(self: Any, placeholders: Any = False) -> Iterator[Any]:  # noqa: FBT002
    """All boxes of a page; those with placeholders are gone through to be asked for."""
    if placeholders and not ASKED.get():
        return iter(())
    return super(boxes.PageBox, self).descendants(placeholders)  # type: ignore[no-any-return]
