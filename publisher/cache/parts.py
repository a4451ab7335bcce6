"""What an output depends on besides the files it is made from, told in short.

A part is a name and a digest. Two builds whose parts are equal, and that read the same
files, give the same bytes. Each is cheap: a build that changes nothing takes them all.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

from publisher import assets, fonts, packages
from publisher.inputs import CODE, digest

SAID = ("SOURCE_DATE_EPOCH", "PUBLISHER_PLAIN")
"""Variables that mean the same on every machine."""
ENVIRONMENT = (
    *SAID,
    "HOME",
    "XDG_DATA_HOME",
    "XDG_DATA_DIRS",
    "XDG_CONFIG_HOME",
    "FONTCONFIG_FILE",
    "FONTCONFIG_PATH",
)
"""All variables that reach an output, by way of our code or of fontconfig's."""
VARIABLE = "$"
"""How the part begins that is a variable."""
SETTINGS = (".toml", ".tsv")
"""How the names of files end that the editor may put beside a book."""


def short(*values: object) -> str:
    """One digest of values; of settings, every field counts."""
    return sha256("\0".join(map(repr, values)).encode("utf-8", "replace")).hexdigest()


@cache
def files() -> Mapping[str, str]:
    """The files that make outputs: all of this package but the command line."""
    outside = {f"{CODE}/cli", *(f"{CODE}/{name}" for name in assets.FOLDERS)}
    found = []
    for folder, inner, names in os.walk(CODE):
        inner[:] = [n for n in sorted(inner) if f"{folder}/{n}" not in outside]
        found += [f"{folder}/{n}" for n in sorted(names) if not n.endswith(".pyc")]
    return {file[len(CODE) :]: digest(file, small=0) for file in found}


@cache
def code() -> str:
    """The code that makes outputs."""
    return short(*files().items())


@cache
def versions() -> Mapping[str, str]:
    """The packages that this one stands on, and itself, with their versions."""
    found = packages.installed()
    wanted, todo = set[str](), ["publisher"]
    while todo:
        name = todo.pop()
        if name in found and name not in wanted:
            wanted.add(name)
            todo += map(packages.plain, packages.requirements(found[name]))
    names = sorted(wanted or found)
    return {n: Path(found[n]).stem.partition("-")[2] for n in names}


@cache
def libraries() -> str:
    """Python, and the packages that this one stands on, by version."""
    return short(sys.version, sys.platform, *versions().items())


def environment() -> dict[str, str]:
    """The variables that reach an output, as those that are set, by name."""
    there = [name for name in ENVIRONMENT if name in os.environ]
    return {VARIABLE + name: short(os.environ[name]) for name in there}


def faces() -> str:
    """The fonts of this machine and the settings of fontconfig, by their states."""
    return short(*fonts.states())


def _below(place: str) -> Iterator[str]:
    for folder, inner, names in os.walk(place):
        inner.sort()
        yield from (f"{folder}/{name}" for name in sorted(names))


def beside(folder: Path) -> str:
    """Which files of settings and templates a book has: one that comes counts too."""
    try:
        names = [n for n in os.listdir(folder) if n.endswith(SETTINGS)]  # noqa: PTH208
    except OSError:
        names = []
    return short(sorted(names), *_below(str(folder / "templates")))
