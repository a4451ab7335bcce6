# ruff: noqa: ANN401, SLF001  (WeasyPrint has no types)
"""The cascade, worked out once for all elements that the same rules match.

Mirrors ``StyleFor.__init__`` of WeasyPrint 70.0. That shares the styles of such
elements too, but makes seven pseudo-elements for each of them (markers, calls and
markers of footnotes and notes), nearly all for nothing. Here pseudo-elements are shared
as their elements are, and computed when somebody asks for one.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import inf
from typing import Any, TypeAlias

from weasyprint import css

from publisher.typeset.swift.matching import Match, Matching

Cascaded: TypeAlias = dict[str, Any]
"""Property → its value and weight."""

_call = css.StyleFor.__call__
OWN = frozenset({"first-letter", "first-line"})
"""Pseudo-elements whose styles are copied as far as they are computed: not shared."""


def compute(style_for: Any, html: Any, collector: Any, own: Iterable[Any]) -> None:
    """The styles of all elements, and what those of pseudo-elements are made from.

    ``own`` is what single elements declare, as `css.find_style_attributes` gives it.
    """
    cascaded, declared = _declared(own)
    computed = style_for.get_computed_styles()
    known: dict[Any, Any] = {}
    matching = Matching(style_for._sheets)
    for wrapper in html.wrapper_element.iter_subtree():
        element = wrapper.etree_element
        parent = wrapper.parent.etree_element if wrapper.parent else None
        above = None if parent is None else computed[parent, None]
        rules, matches = matching.of(wrapper)
        key = id(above), declared.get(element), rules
        if key not in known:
            styles = _cascade(cascaded.get(element, {}), matches)
            style_for.get_cascaded_styles()[element, None] = styles.pop(None)
            style_for.set_computed_styles(
                element,
                root=html.etree_element,
                parent=parent,
                base_url=html.base_url,
                target_collector=collector,
            )
            known[key] = computed[element, None]
            known[key].pseudo = styles, {}
        computed[element, None] = known[key]
    style_for.get_cascaded_styles().clear()
    style_for.base_url = html.base_url


def _declared(own: Iterable[Any]) -> tuple[dict[Any, Cascaded], dict[Any, Any]]:
    """What single elements declare: by property, and as it stands."""
    cascaded: dict[Any, Cascaded] = {}
    declared = {}
    for specificity, element, declarations, base in own:
        declared[element] = tuple(declarations)
        found = css.preprocess_declarations(base, declarations)
        _put(cascaded.setdefault(element, {}), found, "author", inf, specificity)
    return cascaded, declared


def _cascade(own: Cascaded, matches: list[Match]) -> dict[Any, Cascaded]:
    """What counts for an element (None) and for each of its pseudo-elements."""
    styles: dict[Any, Cascaded] = {None: own}
    for (sheet, origin, _), specificity, pseudo, (declarations, layer) in matches:
        order = inf if layer is None else sheet.layers.index(layer)
        style = styles.setdefault(pseudo, {})
        _put(style, declarations, origin, order, specificity)
    return styles


def _put(
    style: Cascaded, declarations: Any, origin: str, order: float, specificity: Any
) -> None:
    for name, values, importance in declarations:
        precedence = css.declaration_precedence(origin, importance)
        weight = precedence, order, specificity
        if name not in style or style[name][1] <= weight:
            style[name] = values, weight


def style_of(style_for: Any, element: Any, pseudo_type: Any = None) -> Any:
    """``StyleFor.__call__``; the style of a pseudo-element is computed now."""
    if pseudo_type:
        computed = style_for.get_computed_styles()
        if (element, pseudo_type) not in computed:
            made = _pseudo(style_for, computed.get((element, None)), pseudo_type)
            if made is None:
                return None
            computed[element, pseudo_type] = made
    return _call(style_for, element, pseudo_type)


def _pseudo(style_for: Any, above: Any, pseudo_type: str) -> Any:
    """The style of a pseudo-element below the style of an element; None without one."""
    shared = getattr(above, "shared", above)
    held: tuple[dict[str, Cascaded], dict[str, Any]]
    held = getattr(shared, "pseudo", ({}, {}))
    cascaded, made = held
    if pseudo_type not in cascaded or pseudo_type in made:
        return made.get(pseudo_type)
    style = css.ComputedStyle(
        shared,
        cascaded[pseudo_type],
        pseudo_type,
        shared.root_style if shared.parent_style is not None else shared,
        style_for.base_url,
        style_for.font_config,
        style_for.initial_page_sizes,
    )
    style["anchor"]  # is asked for first
    if pseudo_type not in OWN and shared["position"][0] != "note()":
        made[pseudo_type] = style  # of a note, names are written into it later
    return style
