# ruff: noqa: ANN401  (WeasyPrint has no types)
"""Styles of pages and margin boxes, computed once for all pages that are of one kind.

WeasyPrint computes them anew for each page. Two pages are of one kind if the same
``@page`` rules match them: then the same declarations apply.
"""

from __future__ import annotations

from typing import Any

from weasyprint.layout import page

_computed = page.set_page_type_computed_styles


def replaced() -> dict[Any, Any]:
    """What stands for what."""
    return {_computed: set_page_type_computed_styles}


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
