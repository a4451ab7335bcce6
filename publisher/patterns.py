"""Regular expressions that are compiled when they are first asked.

There are two hundred of them, and half are for what a given text does not have. Many
have all Han characters in a class, which Python marks one by one in a table of 65,536
each time that it compiles one.
"""

from __future__ import annotations

import re
from typing import AnyStr, cast

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
        made = re.compile(self.pattern, self.asked)
        self.flags = made.flags
        for each in METHODS:
            setattr(self, each, getattr(made, each))
        return getattr(made, name)
