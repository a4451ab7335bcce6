# ruff: noqa: ANN401, SLF001  (WeasyPrint has no types)
"""Computed styles, shared by all elements that differ in their names only.

WeasyPrint shares the style of elements that match the same rules, unless they have an
``id`` or a ``lang``: those become declarations of their own, so that no two are alike,
and their children are not either. Here the name is kept aside: a named element has a
style of its own that asks the shared one for everything but its anchor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from cssselect2 import ElementWrapper
from weasyprint import css

from publisher.typeset.swift import cascade

_find = css.find_style_attributes
_init = css.StyleFor.__init__
_query_all = ElementWrapper.query_all
CALLED = re.compile("[a-z][a-z0-9]*")
"""A selector that asks for a name and nothing else."""
NAME = re.compile(r"[^\s\"\\\\]+")
"""An id that CSS reads as it stands between quotation marks."""
LANG = "lang"
DECLARED = frozenset({"style", LANG, "name"})
SVG = "{http://www.w3.org/2000/svg}svg"
"""Attributes, and an element, that declare something."""


def replaced() -> dict[Any, Any]:
    """What stands for what."""
    return {
        _init: style_for_init,
        cascade._call: cascade.style_of,
        _query_all: query_all,
    }


def style_for_init(  # noqa: PLR0913, PLR0917  (as it is called)
    style_for: Any,
    html: Any,
    sheets: Any,
    presentational_hints: Any,
    font_config: Any,
    target_collector: Any,
) -> None:
    """Compute all styles without names, then give the names out."""
    named = _named(html.etree_element)
    if presentational_hints or named is None or _anchors(sheets):
        _init(
            style_for, html, sheets, presentational_hints, font_config, target_collector
        )
        return
    style_for._cascaded_styles = {}
    style_for._computed_styles = {}
    style_for.initial_page_sizes = {"box": None, "area": None}
    style_for._sheets = sheets
    style_for.font_config = font_config
    own = _without(named, html)
    cascade.compute(style_for, html, target_collector, own)
    computed = style_for.get_computed_styles()
    for element, name in named.items():
        computed[element, None] = Named(computed[element, None], name)
        if target_collector:
            target_collector.collect_anchor(name)


def query_all(self: Any, *selectors: Any) -> Iterator[Any]:
    """Look for names where there are such names: mostly in the head of a page."""
    if all(isinstance(each, str) and CALLED.fullmatch(each) for each in selectors):
        return _called(self, frozenset(selectors))
    found: Iterator[Any] = _query_all(self, *selectors)
    return found


def _called(wrapper: Any, names: frozenset[str]) -> Iterator[Any]:
    if wrapper.local_name in names:
        yield wrapper
    for child in wrapper.iter_children():
        tags = {each.tag for each in child.etree_element.iter()}
        if any(isinstance(tag, str) and tag.split("}")[-1] in names for tag in tags):
            yield from _called(child, names)


def _named(root: Any) -> dict[Any, str] | None:
    """Each element with its name; None if one must be read as CSS reads it."""
    out = {}
    for element in root.iter():
        own = element.get("id") or ""
        if element.tag == "a" and element.get("name"):
            return None
        if own:
            if not NAME.fullmatch(own):
                return None
            out[element] = own
    return out


def _anchors(sheets: Any) -> bool:
    """Whether a style sheet gives out anchors by itself."""
    return any(
        name == "anchor"
        for sheet, _, _ in sheets
        for declarations in _declarations(sheet.matcher)
        for name, _, _ in declarations
    )


def _declarations(matcher: Any) -> Iterator[Any]:
    for selectors in (
        *matcher.id_selectors.values(),
        *matcher.class_selectors.values(),
        *matcher.lower_local_name_selectors.values(),
        *matcher.namespace_selectors.values(),
        matcher.lang_attr_selectors,
        matcher.other_selectors,
    ):
        for *_, (declarations, _) in selectors:
            yield declarations


def _without(named: dict[Any, str], html: Any) -> Iterator[Any]:
    """What elements declare, without anchors, and with one declaration a language."""
    held: dict[str, Any] = {}
    declared = _find(_Declaring(html.etree_element), base_url=html.base_url)
    for specificity, element, declarations, base in declared:
        (first, *more) = declarations
        kind = getattr(first, "lower_name", "")
        if element in named and not more and kind == "-weasy-anchor":
            continue
        if kind == "-weasy-lang" and not more and "style" not in element.attrib:
            key = element.get(LANG)
            yield specificity, element, held.setdefault(key, (first,)), base
            continue
        yield specificity, element, declarations, base


class _Declaring:
    """A tree of those elements alone that declare more than a name."""

    def __init__(self, root: Any) -> None:
        self.root = root

    def iter(self) -> Iterator[Any]:
        """In the order of the tree."""
        for element in self.root.iter():
            held = element.attrib.keys()
            if not held.isdisjoint(DECLARED) or element.tag == SVG:
                yield element


class Named(css.ComputedStyle):  # type: ignore[misc]  # the library has no types
    """The style of one element that has a name."""

    def __init__(self, shared: Any, name: str) -> None:
        self.shared = shared
        self.specified = shared.specified
        self.parent_style = shared.parent_style
        self.cascaded = shared.cascaded
        self.is_root_element = shared.is_root_element
        self.pseudo_type = shared.pseudo_type
        self.root_style = shared.root_style
        self.base_url = shared.base_url
        self.font_config = shared.font_config
        self.initial_page_sizes = shared.initial_page_sizes
        self.cache = shared.cache
        self["anchor"] = name

    @property
    def anonymous_style(self) -> Any:
        """Nothing of the name is inherited."""
        return self.shared.anonymous_style

    def copy(self) -> Any:
        """A style that is no longer shared."""
        copy = Named(self.shared, self["anchor"])
        copy.update(self)
        copy.specified = self.specified.copy()
        return copy

    def __missing__(self, key: str) -> Any:
        value = self[key] = self.shared[key]
        return value
