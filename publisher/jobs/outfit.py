"""What a book is made with besides its own files, taken to another machine.

Our templates, our folder of fonts and the faces of this machine go by their sha256, as
a book's files do. Law: a worker makes books with nothing else of the kind. Whatever it
has itself, in its checkout or among its fonts, is used only where the content is the
same.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeAlias

from publisher import assets, fonts
from publisher.cache import parts
from publisher.cache.store import Store
from publisher.diagnostics import Problem
from publisher.inputs import digest

Files: TypeAlias = tuple[tuple[str, str], ...]
"""Names and sha256."""
OURS, FACES = "ours", "faces"
"""Where they lie: below these, in a folder for each set of them."""
CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir prefix="xdg">fontconfig</cachedir></fontconfig>
"""
UNUSED = 7 * 86400
"""Seconds after which a set that nobody used is let go when a new one comes."""
HOME = "home"


class Lacking(Exception):  # noqa: N818  (it is nobody's error)
    """A content, by its sha256, that was here a moment ago."""


@dataclass(frozen=True, slots=True)
class Outfit:
    """The files by name: of ours with their folders, of the faces without."""

    ours: Files = ()
    faces: Files = ()


# ------------------------------------------------------------------ at home


def own() -> tuple[Outfit, Mapping[str, Path]]:
    """This machine's, and where each content lies."""
    ours, faces = _files_of_ours(), _face_files()
    outfit = Outfit(_sums(ours), _sums(faces))
    places = {sum_: ours[name] for name, sum_ in outfit.ours}
    return outfit, places | {sum_: faces[name] for name, sum_ in outfit.faces}


def _sums(files: Mapping[str, Path]) -> Files:
    return tuple((name, digest(str(file))) for name, file in files.items())


def _files_of_ours() -> dict[str, Path]:
    """All files of our two folders: that one is there can count."""
    return {
        f"{place.name}/{file.relative_to(place)}": file
        for place in (assets.templates(), assets.fonts())
        for file in sorted(place.rglob("*"))
        if file.is_file()
    }


@cache
def _face_files() -> Mapping[str, Path]:
    """The faces of this machine; those in our own folder are ours."""
    try:
        faces = fonts.load(assets.fonts()).faces
    except Problem:  # where it counts, it is told when a book is made
        return {}
    return {f.file.name: f.file for f in faces if f.file and not f.own}


def home_of(name: str) -> Path:
    """Where a file of ours lies at home."""
    place, _, rest = name.partition("/")
    folders = {each.name: each for each in (assets.templates(), assets.fonts())}
    return folders[place] / rest


def home_of_face(name: str) -> Path | None:
    """Where a face lies at home."""
    return _face_files().get(name)


# ------------------------------------------------------------------ on the worker


def lacking(store: Store, outfit: Outfit) -> Iterator[str]:
    """What this machine neither has nor was sent."""
    for kind, files in ((OURS, outfit.ours), (FACES, outfit.faces)):
        if not _whole(_folder(store, kind, files) / _inner(kind), files):
            for name, sum_ in files:
                if not _mine(kind, name, sum_) and store.get(sum_) is None:
                    yield sum_


@contextmanager
def worn(store: Store, outfit: Outfit) -> Iterator[Path]:
    """Make with this, while it lasts, and with none of the machine's own beside it.

    Gives the folder of the faces. Every variable that reaches an output by way of the
    fonts is set; those of the worker come back afterwards.
    """
    ours, faces = _put(store, OURS, outfit.ours), _put(store, FACES, outfit.faces)
    (faces / HOME).mkdir(parents=True, exist_ok=True)
    settings = faces / "fonts.conf"
    text = CONFIGURATION.format(folder=faces / "fonts")
    if not settings.exists() or settings.read_text("utf-8") != text:
        _written(settings, text.encode(), faces.parent)
    variables = {
        "HOME": str(faces / HOME),
        "XDG_DATA_HOME": str(faces),
        "XDG_DATA_DIRS": str(faces),
        "FONTCONFIG_FILE": str(settings),
    }
    names = [n for n in parts.ENVIRONMENT if n not in {*parts.SAID, *variables}]
    with environment({**variables, **dict.fromkeys(names, "")}), assets.lying_in(ours):
        yield faces / "fonts"


@contextmanager
def environment(values: Mapping[str, str]) -> Iterator[None]:
    """Variables while it lasts; an empty one is not set."""
    before = {name: os.environ.get(name, "") for name in values}
    try:
        _set(values)
        yield
    finally:
        _set(before)


def _set(values: Mapping[str, str]) -> None:
    for name, value in values.items():
        if value:
            os.environ[name] = value
        else:
            os.environ.pop(name, None)


def _folder(store: Store, kind: str, files: Files) -> Path:
    return store.folder / kind / parts.short(*files)[:16]


def _inner(kind: str) -> str:
    return "fonts" if kind == FACES else ""


def inside(folder: Path, name: str) -> Path:
    """Where a file lies that was sent: never outside its folder.

    Raises:
        ValueError: the name leads out of it.
    """
    path = folder / name
    if ".." in Path(name).parts or not path.is_relative_to(folder):
        raise ValueError(name)
    return path


def _put(store: Store, kind: str, files: Files) -> Path:
    """The folder where they lie, each as it should be.

    It is looked at each time: who keeps a machine's temporary files few does not know
    us, and a font that a link leads to may have been changed.
    """
    folder = _folder(store, kind, files)
    if _whole(folder / _inner(kind), files):
        with suppress(OSError):
            os.utime(folder)
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    _let_go(folder.parent)
    for name, sum_ in files:
        file = inside(folder / _inner(kind), name)
        if _sum(file) == sum_:
            continue
        mine = _mine(kind, name, sum_)
        content: bytes | Path | None = mine or store.get(sum_)
        if mine and kind == OURS:  # a template that lies elsewhere is none of ours
            content = mine.read_bytes()
        if content is None:
            raise Lacking(sum_)
        _written(file, content, folder.parent)
    return folder


def _written(file: Path, content: bytes | Path, place: Path) -> None:
    """Whole or not at all: other workers of this machine do the same.

    Of a face that this machine has, a link is enough.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=place) as beside:
        new = Path(beside, file.name)
        if isinstance(content, Path):
            new.symlink_to(content)
        else:
            new.write_bytes(content)
        new.replace(file)


def _whole(folder: Path, files: Files) -> bool:
    """Whether all are there and each is what it should be."""
    return all(_sum(folder / name) == sum_ for name, sum_ in files)


def _sum(file: Path) -> str:
    """What large files are is known by the path to which links lead."""
    return digest(os.path.realpath(file))


def _mine(kind: str, name: str, sum_: str) -> Path | None:
    """A file of this machine itself, if its content is what is wanted."""
    file = home_of(name) if kind == OURS else home_of_face(name)
    return file.resolve() if file and _sum(file) == sum_ else None


def _let_go(folder: Path) -> None:
    """What was not used for long."""
    with suppress(OSError):
        for each in folder.iterdir():
            if each.stat().st_mtime < time.time() - UNUSED:
                shutil.rmtree(each, ignore_errors=True)
