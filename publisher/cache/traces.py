"""Whether something was made before from the very same things, and if not, why not.

A stage is asked for with a name (what is wanted) and parts (what it depends on besides
files). A trace says what was read then (`publisher.inputs`) and what came of it. It
holds while the parts are equal and each file reads the same; the files need not be
known beforehand. A few traces of one name are kept: going back is as quick as staying.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from publisher.cache.natives import same
from publisher.cache.parts import ENVIRONMENT, VARIABLE, short
from publisher.cache.store import Json, Store
from publisher.diagnostics import NOTHING, Words
from publisher.inputs import GONE, Input, told

KEPT = 6
"""Traces of one name."""
OWN = "./"
"""How the paths begin that lie in the book's folder."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for."""

    name: str
    parts: Mapping[str, str]
    folder: Path
    """The book's; what lies in it is known relative to it."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of it."""

    result: Json = None
    """What was kept, or None."""
    key: str = ""
    """Tells this very outcome apart, where there is one."""
    why: Words = NOTHING
    """Why there is none."""
    part: str = ""
    """The part that is not as it was, if it was one."""


def look(store: Store, wanted: Wanted) -> Found:
    """What was kept, if all that it was made from is as it was."""
    entries = store.trace(wanted.name)
    for entry in entries:
        if entry["parts"] == wanted.parts and not _changed(store, entry, wanted.folder):
            return Found(entry["result"], _key(wanted, entry["inputs"]))
    return _why(store, wanted, entries[0]) if entries else Found(why=NEVER)


def keep(
    store: Store, wanted: Wanted, read: Iterable[Input], natives: str, result: Json
) -> str:
    """Keep what was made; the key that tells it apart."""
    inputs = _inputs(wanted, read)
    new = {
        "parts": dict(wanted.parts),
        "inputs": inputs,
        "natives": natives,
        "result": result,
    }
    same = ("parts", "inputs")
    others = [
        entry
        for entry in store.trace(wanted.name)
        if any(entry[key] != new[key] for key in same)
    ]
    store.put_trace(wanted.name, [new, *others][:KEPT])
    return _key(wanted, inputs)


def key(wanted: Wanted, read: Iterable[Input]) -> str:
    """Tells apart what was made from these things, before it is kept."""
    return _key(wanted, _inputs(wanted, read))


def _inputs(wanted: Wanted, read: Iterable[Input]) -> Json:
    folder = f"{os.path.abspath(wanted.folder)}/"  # noqa: PTH100  (no links resolved)
    return [[_own(each.path, folder), each.digest] for each in read]


def _key(wanted: Wanted, inputs: Json) -> str:
    return short(wanted.name, sorted(wanted.parts.items()), inputs)


def _own(path: str, folder: str) -> str:
    return OWN + path[len(folder) :] if path.startswith(folder) else path


def whole(path: str, folder: Path) -> str:
    """Where a file lies that a trace names."""
    return os.path.abspath(folder) + path[1:] if path.startswith(OWN) else path  # noqa: PTH100


def _changed(store: Store, entry: Json, folder: Path) -> str:
    """The first file that reads otherwise than it did, or empty."""
    for path, before in entry["inputs"]:
        if told(whole(path, folder)) != before:
            return str(path)
    return "" if same(store, entry["natives"]) else _SYSTEM_PATH


# ------------------------------------------------------------------ why

NEVER = Words("以前没有做过", "it was not made before")
FRESH = Words("指定了 --fresh", "--fresh was given")
LOST = Words("缓存里的成品不见了或已损坏", "what the cache held is gone or damaged")
SAME = Words("没有变动", "nothing changed")
PUT_BACK = Words("没有变动，从缓存放回", "nothing changed; put back from the cache")
READING = "reading"
"""The part that stands for all that a book says; why it changed is told elsewhere."""
NAMES = {
    "code": Words("publisher 本身变了", "publisher itself changed"),
    "libraries": Words("程序库的版本变了", "a library has another version"),
    **{
        f"{VARIABLE}{name}": Words(
            f"环境变量 {name} 变了", f"the variable {name} changed"
        )
        for name in ENVIRONMENT
    },
    "faces": Words("这台机器的字体变了", "the fonts of this machine changed"),
    "path": Words("从别的路径来做", "it is named by another path"),
    "beside": Words(
        "书的文件夹里添了或少了设置、模板文件",
        "a file of settings or a template came or went",
    ),
    "settings": Words("书的设置变了", "the book's settings changed"),
    "edition": Words("这个版本的设置变了", "the edition's settings changed"),
    READING: Words("读出的内容变了", "what was read changed"),
    "page": Words("版面的内容变了", "the page changed"),
    "siblings": Words("它提到的别的版本变了", "another edition that it names changed"),
    "printed": Words("印本的页变了", "the pages of its print changed"),
}
_SYSTEM_PATH = "libraries of the system"
_FILE = Words("{name} 变了", "{name} changed")
_CAME = Words("{name} 是新有的", "{name} is new")
_WENT = Words("{name} 没有了", "{name} is gone")
_SYSTEM = Words("系统的程序库变了", "a library of the system changed")


def _why(store: Store, wanted: Wanted, entry: Json) -> Found:
    """What is not as it was when this was last made."""
    before = entry["parts"]
    other = [n for n in NAMES if before.get(n) != wanted.parts.get(n)]
    if other:
        return Found(why=NAMES[other[0]], part=other[0])
    path = _changed(store, entry, wanted.folder)
    if path == _SYSTEM_PATH:
        return Found(why=_SYSTEM)
    was = dict(entry["inputs"])[path]
    there = told(whole(path, wanted.folder)) != GONE
    words = _CAME if was == GONE else _FILE if there else _WENT
    return Found(why=words.fill(name=path.removeprefix(OWN)))
