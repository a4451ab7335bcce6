"""Regular expressions that are compiled when they are first asked, and quickly.

There are two hundred of them, and half are for what a given text does not have. Many
have all Han characters in a class, which Python marks one by one in a table of 65,536
each time that it compiles one: here each class is worked out once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Any, AnyStr, cast

METHODS = (
    *("match", "search", "fullmatch", "finditer", "findall"),
    *("sub", "subn", "split", "scanner", "groups", "groupindex"),
)


def pattern(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What ``re.compile`` would give, compiled later; an error shows then."""
    return cast("re.Pattern[AnyStr]", Later(source, flags))


class Later:
    """A pattern that will be compiled; its methods are those of the compiled one."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        """Nothing is done yet."""
        self.pattern = source
        self.asked = flags

    def __getattr__(self, name: str) -> object:
        """Compile it; from now on its methods are found without this."""
        if name not in METHODS and name != "flags":
            raise AttributeError(name)
        with _LOCK, _classes_kept():
            made = re.compile(self.pattern, self.asked)
        self.flags = made.flags
        for each in METHODS:
            setattr(self, each, getattr(made, each))
        return getattr(made, name)


_LOCK = RLock()
_KEPT: dict[tuple[object, ...], Any] = {}
"""Classes of characters as `re` parses them, and as it would write them."""


@contextmanager
def _classes_kept() -> Iterator[None]:
    """While it lasts, `re` works a class out only if it has not met it yet.

    The function is private: it has been the same since Python 3.7, and where it is gone
    compiling is only slower.
    """
    compiler: Any = getattr(re, "_compiler", None)
    own: Callable[..., Any] | None = getattr(compiler, "_optimize_charset", None)
    if own is None:
        yield
        return

    def optimized(charset: list[object], *cases: object) -> object:
        if any(cases):  # it ignores case
            return own(charset, *cases)
        key = tuple(charset)
        if key not in _KEPT:
            _KEPT[key] = own(charset, *cases)
        return _KEPT[key]

    compiler._optimize_charset = optimized  # noqa: SLF001
    try:
        yield
    finally:
        compiler._optimize_charset = own  # noqa: SLF001
