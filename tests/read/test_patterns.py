"""Patterns are compiled when they are first asked, and match what `re` would."""

from __future__ import annotations

import pkgutil
import re
from importlib import import_module
from itertools import chain

import pytest

import publisher
from publisher.patterns import Later, pattern
from publisher.repair.passages import HAN

TEXT = "第三条　为了𠀀、漢字 and Ａ1，做好好工作工作。"
SOURCES = (rf"[{HAN}]+", rf"[^{HAN}]", rf"(?=([{HAN}]{{2,6}})\1)", rf"[{HAN}A-Z]{{2}}")


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("flags", [0, re.IGNORECASE, re.VERBOSE])
def test_a_pattern_finds_what_it_would_find_compiled_at_once(
    source: str, flags: int
) -> None:
    later, once = pattern(source, flags), re.compile(source, flags)
    for _ in range(2):
        assert [f.span() for f in later.finditer(TEXT)] == [
            f.span() for f in once.finditer(TEXT)
        ]
    assert (later.flags, later.pattern, later.groups) == (
        *(once.flags, once.pattern, once.groups),
    )


def test_a_pattern_says_what_is_wrong_with_it_when_it_is_asked() -> None:
    wrong = pattern("(")
    with pytest.raises(re.error):
        wrong.match("")


def test_every_pattern_of_ours_can_be_compiled() -> None:
    names = (m.name for m in pkgutil.walk_packages(publisher.__path__, "publisher."))
    modules = [import_module(name) for name in names if "__main__" not in name]
    held = chain.from_iterable(vars(module).values() for module in modules)
    later = {id(each): each for each in held if isinstance(each, Later)}
    assert len(later) > 150
    for each in later.values():
        assert re.compile(each.pattern, each.asked).pattern == each.pattern
