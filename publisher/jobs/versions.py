"""What must be the same on two machines for a book to come out the same, by name.

Law: all that an output depends on is either compared here or sent
(`publisher.jobs.remote`): our code file by file, Python, the packages and the libraries
of the system. A difference is told by what differs, so that it can be mended.
"""

from __future__ import annotations

import os
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TypeAlias

from publisher.cache import natives, parts
from publisher.diagnostics import Words
from publisher.inputs import digest

SHAPING = ("pango", "harfbuzz", "fontconfig", "freetype", "fribidi", "glib", "cairo")
"""Libraries of the system that have a say in where ink comes to stand."""
ABSENT = "–"
MOST = 5
"""Differences that are named; the rest is counted."""

Stamp: TypeAlias = Mapping[str, str]
"""Names and versions; of a file its path, which has a slash, and its sha256."""
Difference: TypeAlias = tuple[str, str, str]
"""Its name, here, there."""


@cache
def stamp() -> Stamp:
    """All that must be the same on two machines."""
    import_module("weasyprint")  # and with it the libraries of the system
    out = {
        "Python": sys.version.split()[0],
        "system": f"{sys.platform} {os.uname().machine}",
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
    }
    out.update(parts.versions())
    for line in natives.mapped().splitlines():
        name, _, version = Path(line).name.partition(".so")
        if any(each in name for each in SHAPING):
            out[name] = f"{version.lstrip('.')} ({digest(line)[:8]})".strip()
    out.update((f"publisher{file}", sum_) for file, sum_ in parts.files().items())
    return out


@cache
def fingerprint() -> str:
    """The same, in short: it goes with each piece of work."""
    return parts.short(*sorted(stamp().items()))


def differences(ours: Stamp, theirs: Stamp) -> tuple[Difference, ...]:
    """What is otherwise there; versions first, then files."""
    names = sorted({**ours, **theirs}, key=lambda name: ("/" in name, name))
    pairs = ((name, ours.get(name, ABSENT), theirs.get(name, ABSENT)) for name in names)
    return tuple(each for each in pairs if each[1] != each[2])


def refusal(who: str, other: Iterable[Difference]) -> Words:
    """In what a worker differs: the first few, and how many more."""
    said = list(other)
    words = [*map(_told, said[:MOST]), *_more(len(said) - MOST)]
    zh, en = "；".join(w.zh for w in words), "; ".join(w.en for w in words)
    return Words(f"工作机 {who} 的版本不同：{zh}", f"worker {who} differs: {en}")


def _told(one: Difference) -> Words:
    name, ours, theirs = one
    if "/" not in name:
        return _VERSIONS.fill(name=name, ours=ours, theirs=theirs)
    if theirs == ABSENT:
        return _ONLY_HERE.fill(name=name)
    return (_ONLY_THERE if ours == ABSENT else _ANOTHER).fill(name=name)


def _more(count: int) -> Iterator[Words]:
    if count > 0:
        yield _MORE.fill(count=count)


_VERSIONS = Words(
    "{name}：这里 {ours}，那里 {theirs}", "{name}: {ours} here, {theirs} there"
)
_ANOTHER = Words("文件 {name} 内容不同", "the file {name} has other content there")
_ONLY_HERE = Words("文件 {name} 只有这里有", "the file {name} is only here")
_ONLY_THERE = Words("文件 {name} 只有那里有", "the file {name} is only there")
_MORE = Words("另有 {count} 处", "and {count} more")
