"""What an output depends on besides the files it is made from, told in short.

A part is a name and a digest. Two builds whose parts are equal, and that read the same
files, give the same bytes. Each is cheap: a build that changes nothing takes them all.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from publisher import assets, fonts, packages
from publisher.inputs import CODE, digest

ENVIRONMENT = (
    "SOURCE_DATE_EPOCH",
    "PUBLISHER_PLAIN",
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
def code() -> str:
    """The code that makes outputs: all of this package but the command line."""
    outside = {f"{CODE}/cli", *map(str, (assets.templates(), assets.fonts()))}
    files = []
    for folder, inner, names in os.walk(CODE):
        inner[:] = [n for n in sorted(inner) if f"{folder}/{n}" not in outside]
        files += [f"{folder}/{n}" for n in sorted(names) if not n.endswith(".pyc")]
    return short(*((file[len(CODE) :], digest(file, small=0)) for file in files))


@cache
def libraries() -> str:
    """Python, and the packages that this one stands on, by version."""
    found = packages.installed()
    wanted, todo = set[str](), ["publisher"]
    while todo:
        name = todo.pop()
        if name in found and name not in wanted:
            wanted.add(name)
            todo += map(packages.plain, packages.requirements(found[name]))
    names = {Path(found[name]).name for name in wanted or found}
    return short(sys.version, sys.platform, *sorted(names))


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
