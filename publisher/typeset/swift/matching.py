# ruff: noqa: ANN401  (cssselect2 has no types)
"""Which rules match an element, asked once for all that look alike.

What most selectors ask of an element are its name, some attributes, and the same of its
ancestors; two elements that agree in these match the same rules. Selectors that ask for
anything else, such as the place among siblings, are put to each element by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import CodeType
from typing import Any, TypeAlias

from cssselect2 import Matcher

Match: TypeAlias = tuple[Any, Any, Any, Any]
"""A sheet with its origin, the specificity, the pseudo-element, and the rule."""
Rules: TypeAlias = tuple[tuple[int, Any], ...]
"""Rules that match, and their weights."""
ALIKE = frozenset(
    {
        *("local_name", "namespace_url", "in_html_document", "id", "classes", "lang"),
        *("parent", "ancestors", "etree_element", "tag", "attrib", "get"),
        *("any", "next", "startswith", "endswith", "lower", "scheme", "urlparse"),
        *("split_whitespace", "ascii_lower"),
    }
)
"""What a selector may ask for so that its answer is that of all that look alike."""
ATTRIBUTES = frozenset({"class", "lang", "{http://www.w3.org/XML/1998/namespace}lang"})
"""What is behind ``classes`` and ``lang``."""
LISTS = ("lang_attr_selectors", "other_selectors")
TABLES = (
    *("id_selectors", "class_selectors"),
    *("lower_local_name_selectors", "namespace_selectors"),
)
"""Where a matcher keeps its selectors."""


class Matching:
    """The rules of some style sheets."""

    def __init__(self, sheets: Any) -> None:
        self.sheets = [(each, *_divided(each[0].matcher)) for each in sheets]
        tests = [test for _, *both in self.sheets for each in both for test in each.all]
        self.names = ATTRIBUTES.union(*map(_words, tests))
        """Attributes that some selector may look at."""
        if any("id" in _names(test) for test in tests):
            self.names |= {"id"}
        self.kinds: dict[Any, int] = {}
        self.seen: dict[Any, int] = {}
        """The kind of each element: those of one kind look alike."""
        self.known: dict[int, tuple[Rules, list[Match]] | None] = {}

    def of(self, wrapper: Any) -> tuple[Rules, list[Match]]:
        """The rules that match an element, those of the heaviest weight last."""
        kind = self._kind(wrapper)
        if kind not in self.known:
            own = any(each.may(wrapper) for _, _, each in self.sheets)
            self.known[kind] = None if own else self._asked(wrapper)
        return self.known[kind] or self._asked(wrapper)

    def _kind(self, wrapper: Any) -> int:
        element = wrapper.etree_element
        above = self.seen[wrapper.parent.etree_element] if wrapper.parent else None
        names = self.names
        held = [pair for pair in element.attrib.items() if pair[0] in names]
        kind = self.kinds.setdefault((above, element.tag, *held), len(self.kinds))
        self.seen[element] = kind
        return kind

    def _asked(self, wrapper: Any) -> tuple[Rules, list[Match]]:
        matches = [
            (each, each[2] or specificity, pseudo, rule)
            for each, *both in self.sheets
            for specificity, _, pseudo, rule in sorted(
                found for part in both for found in part.matcher.match(wrapper)
            )
        ]
        return tuple((id(rule), weight) for _, weight, _, rule in matches), matches


class _Part:
    """Some of the selectors of a sheet."""

    def __init__(self, whole: Any, *, alike: bool) -> None:
        self.matcher = Matcher()
        self.all: list[Any] = []
        for name in TABLES:
            for key, entries in getattr(whole, name).items():
                if kept := list(self._kept(entries, alike)):
                    getattr(self.matcher, name)[key] = kept
        for name in LISTS:
            getattr(self.matcher, name).extend(self._kept(getattr(whole, name), alike))

    def _kept(self, entries: Any, alike: bool) -> Iterator[Any]:  # noqa: FBT001
        for entry in entries:
            code = entry[0].__code__
            if (_names(code) <= ALIKE) == alike:
                self.all.append(code)
                yield entry

    def may(self, wrapper: Any) -> bool:
        """Whether one of them is to be asked about an element that looks like this."""
        held = self.matcher
        return bool(
            held.id_selectors
            or held.namespace_selectors
            or any(getattr(held, name) for name in LISTS)
            or wrapper.local_name.lower() in held.lower_local_name_selectors
            or not wrapper.classes.isdisjoint(held.class_selectors)
        )


def _divided(matcher: Any) -> tuple[_Part, _Part]:
    """Selectors that ask only how an element looks, and all others."""
    return _Part(matcher, alike=True), _Part(matcher, alike=False)


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from _codes(each)


def _names(code: CodeType) -> set[str]:
    """All that a selector asks for by name."""
    return {name for each in _codes(code) for name in each.co_names}


def _words(code: CodeType) -> set[str]:
    """All words in a selector, the names of attributes among them."""
    held = (word for each in _codes(code) for word in _flat(each.co_consts))
    return {word for word in held if isinstance(word, str)}


def _flat(values: Any) -> Iterator[Any]:
    for each in values:
        if isinstance(each, tuple | frozenset):
            yield from _flat(each)
        else:
            yield each
