"""Switches: what is to be left plain, to find out where a fault comes from.

``PUBLISHER_PLAIN=gc,styles`` leaves out these two, ``swift`` all that makes WeasyPrint
faster, and ``all`` everything. The bytes are the same with each and without it, but for
two: without ``file`` other bytes hold the same objects, and ``compose`` is no speed-up
but Chinese lines, without which the pages are WeasyPrint's own.
"""

from __future__ import annotations

import os
import re

WORDS = re.compile(r"[,\s]+")
SWITCHES = (
    *("all", "compose", "lines", "phases", "kept", "remembered", "file"),
    *("swift", "loading", "gc", "parsing", "styles", "pages", "margins", "leaving"),
    *("flow", "percentages", "struts", "backgrounds", "painting", "references"),
    *("fonts", "objects"),
)
"""All names there are; the README says what each leaves out."""


def plain(name: str) -> bool:
    """Whether something is to be left out."""
    named = _named()
    return name in named or "all" in named


def unknown() -> list[str]:
    """The words of the variable that are no switches."""
    return [word for word in _named() if word and word not in SWITCHES]


def _named() -> list[str]:
    return WORDS.split(os.environ.get("PUBLISHER_PLAIN", ""))
