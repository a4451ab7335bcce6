"""The packages that are installed here, by what their folders say.

``importlib.metadata`` says the same, but reads each file as an e-mail; it is asked only
about a package that has no such folder (an egg, a zip file).
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from publisher.patterns import pattern

SEPARATORS = pattern(r"[-_.]+")
VERSION = pattern(r"^Version: *(\S+)", re.MULTILINE)
WANTED = pattern(
    r"^Requires-Dist: ([\w.-]+)[^;\n]*(?:;(?!.*extra\s*==).*)?$", re.MULTILINE
)
"""Requires-Dist: lxml>=5 — but not what only an extra asks for."""
UNKNOWN = "?"


def version(name: str) -> str:
    """The version of a package, ``?`` if it is not installed."""
    folder = installed().get(plain(name), "")
    found = VERSION.search(_head(folder)) if folder else None
    return found[1] if found else _otherwise(name)


def _otherwise(name: str) -> str:
    from importlib import metadata

    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return UNKNOWN


def requirements(folder: str) -> list[str]:
    """The names of the packages that one needs, as its folder has them."""
    return WANTED.findall(_head(folder))


@cache
def installed() -> Mapping[str, str]:
    """The folder of each installed package, by its plain name."""
    return dict(_installed())


def _installed() -> Iterator[tuple[str, str]]:
    for place in reversed(sys.path):
        try:
            names = os.listdir(place or ".")  # noqa: PTH208  (names alone)
        except OSError:
            continue
        for name in names:
            if name.endswith(".dist-info"):
                yield plain(name.partition("-")[0]), f"{place}/{name}"


def plain(name: str) -> str:
    """The name as it is compared (PEP 503)."""
    return SEPARATORS.sub("-", name).lower()


@cache
def _head(folder: str) -> str:
    try:
        text = Path(folder, "METADATA").read_text("utf-8")
    except OSError:
        return ""
    return text.partition("\n\n")[0]
