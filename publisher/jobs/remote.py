"""The far end of a build on many machines: what runs in a Dask worker.

Nothing is expected of the worker's machine but the same publisher, libraries and system
libraries. A book's files, its tree and the faces come by their sha256; what the machine
has under that sum is not sent again. Law: an output made here has the bytes that it has
at home. What a stage read here is told in words that mean something at home (`Input`
paths that begin with `BOOK`, `OURS` or `FACE`).
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import threading
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import TypeAlias

from publisher import assets, fonts, pipeline
from publisher.cache import natives, parts, pickled
from publisher.cache.store import Store, shrink
from publisher.inputs import Input, digest
from publisher.jobs.work import Answer, Made, ReadTask, WasRead, Work, do
from publisher.jobs.workers import tidy
from publisher.pipeline import Output

BOOK, OURS, FACE = "book:", "ours:", "face:"
SHAPING = ("pango", "harfbuzz", "fontconfig", "freetype", "fribidi", "glib", "cairo")
"""Libraries of the system that have a say in where ink comes to stand."""
SHARED = ("SOURCE_DATE_EPOCH", "PUBLISHER_PLAIN")
"""Variables that mean the same on every machine."""
PLACE = "PUBLISHER_WORKER_DIR"
"""Where a machine keeps what it was sent; shared by its workers."""

Files: TypeAlias = tuple[tuple[str, str], ...]
"""Names and sha256."""
Stamp: TypeAlias = Mapping[str, str]
Reply: TypeAlias = tuple[str, str, object, Mapping[str, bytes]]
"""``done``, ``lacking`` some objects, or ``refused``; by whom; what; objects."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """Work for another machine."""

    work: Work
    files: Files = ()
    """The files of the book's folder."""
    tree: str = ""
    faces: Files = ()
    environment: tuple[tuple[str, str], ...] = ()
    objects: Mapping[str, bytes] = field(default_factory=dict)
    """Small ones, sent along."""


@cache
def stamp() -> Stamp:
    """All that must be the same on two machines, by name and version."""
    import_module("weasyprint")  # and with it the libraries of the system
    out = {
        **dict(pipeline.versions()),
        "publisher": f"{dict(pipeline.versions())['publisher']} {parts.code()[:12]}",
        "Python": sys.version.split()[0],
        "Python packages": parts.libraries()[:12],
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
    }
    for line in natives.mapped().splitlines():
        name, _, version = Path(line).name.partition(".so")
        if any(each in name for each in SHAPING):
            out[name] = version
    return out


def differences(ours: Stamp, theirs: Stamp) -> tuple[tuple[str, str, str], ...]:
    """What is of another version there: its name, here, there."""
    names = sorted({**ours, **theirs})
    pairs = ((name, ours.get(name, "–"), theirs.get(name, "–")) for name in names)
    return tuple(each for each in pairs if each[1] != each[2])


_ONE_AT_A_TIME = threading.Lock()
"""A layout engine's log and a process's variables are shared by its threads."""


def carry_out(theirs: Stamp, data: bytes) -> Reply:
    """Do what was sent; says so if something is lacking, or of another version."""
    from distributed import get_worker

    who = get_worker().address
    with _ONE_AT_A_TIME:
        if other := differences(theirs, stamp()):
            return "refused", who, other, {}
        parcel = pickled.loads(data)
        if not isinstance(parcel, Parcel):
            raise TypeError("no parcel")
        store = here()
        for content in parcel.objects.values():
            store.put(content)
        lacking = tuple(_lacking(store, parcel))
        if lacking:
            return "lacking", who, lacking, {}
        try:
            return "done", who, *_done(store, parcel)
        finally:
            tidy()
            shrink(store)


def here() -> Store:
    """What this machine was sent."""
    place = os.environ.get(PLACE)
    return Store(Path(place) if place else _temporary() / "objects-of-publisher")


def _temporary() -> Path:
    return Path(tempfile.gettempdir()) / f"publisher-{os.getuid()}"


def keep(objects: Iterable[bytes]) -> None:
    """Take in what was lacking."""
    store = here()
    for content in objects:
        store.put(content)


def _lacking(store: Store, parcel: Parcel) -> Iterator[str]:
    wanted = {digest for _, digest in parcel.files} | {parcel.tree} - {""}
    yield from (each for each in sorted(wanted) if store.get(each) is None)
    yield from (sum_ for _, sum_ in _faces_lacking(store, parcel.faces))


def _done(store: Store, parcel: Parcel) -> tuple[bytes, Mapping[str, bytes]]:
    _outfit(store, parcel.faces)
    with _environment(parcel.environment), _staged(store, parcel.files) as folder:
        work = _at(parcel.work, folder, store.get(parcel.tree) or b"")
        answer = _home(do(work), folder)
    objects: dict[str, bytes] = {}
    if isinstance(answer, Made) and isinstance(answer.output, Output):
        objects[sha256(answer.output.data).hexdigest()] = answer.output.data
        answer = replace(answer, output=replace(answer.output, data=b""))
    if isinstance(answer, WasRead):
        store.put(answer.tree)
    return pickled.dumps(answer), objects


def _at(work: Work, folder: Path, tree: bytes) -> Work:
    """The same work, on the book as it lies here."""
    loaded = replace(work.loaded, folder=folder)
    if isinstance(work, ReadTask):
        return replace(work, loaded=loaded)
    return replace(work, loaded=loaded, reading=tree)


@contextmanager
def _staged(store: Store, files: Files) -> Iterator[Path]:
    """The files of a book, in a folder of their own."""
    _temporary().mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=_temporary()))
    try:
        for name, sum_ in files:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(store.get(sum_) or b"")
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _environment(shared: tuple[tuple[str, str], ...]) -> Iterator[None]:
    before = {name: os.environ.pop(name, None) for name in SHARED}
    os.environ.update(shared)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


# ------------------------------------------------------------------ faces


def _faces_lacking(store: Store, faces: Files) -> Iterator[tuple[str, str]]:
    """Faces that neither this machine has nor was sent."""
    for name, sum_ in _foreign(faces):
        if store.get(sum_) is None:
            yield name, sum_


def _foreign(faces: Files) -> Files:
    """The faces that this machine's own files are not."""
    return tuple((n, sum_) for n, sum_ in faces if _own(n) != sum_)


@cache
def _own(name: str) -> str:
    found = {f.file.name: f.file for f in fonts.load(assets.fonts()).faces if f.file}
    return digest(str(found[name])) if name in found else ""


def _outfit(store: Store, faces: Files) -> None:
    """Use the faces that were sent, and none of the machine's own beside them.

    A process has read its fonts once it has laid out a page; the faces of a build do
    not change, and another build is told apart by its folder.
    """
    if not _foreign(faces):
        return
    name = parts.short(*faces)[:16]
    data = store.folder / "faces" / name
    target = data / "fonts"
    if not target.is_dir():
        new = Path(tempfile.mkdtemp(dir=_made(store.folder / "faces")))
        (new / "fonts").mkdir()
        for file, sum_ in faces:
            content = store.get(sum_)
            if content is None:
                content = _content(file)
            (new / "fonts" / file).write_bytes(content)
        (new / "fonts.conf").write_text(CONFIGURATION.format(folder=target))
        try:
            new.rename(data)
        except OSError:  # another worker of this machine was quicker
            shutil.rmtree(new, ignore_errors=True)
    os.environ["XDG_DATA_HOME"] = str(data)
    os.environ["FONTCONFIG_FILE"] = str(data / "fonts.conf")


def _content(name: str) -> bytes:
    found = {f.file.name: f.file for f in fonts.load(assets.fonts()).faces if f.file}
    return found[name].read_bytes()


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir prefix="xdg">fontconfig</cachedir></fontconfig>
"""


# ------------------------------------------------------------------ back home


def _home(answer: Answer, folder: Path) -> Answer:
    """The answer, with what was read named so that it can be found at home."""
    if answer.read is None:
        return answer
    read = tuple(replace(each, path=_named(each, folder)) for each in answer.read)
    if isinstance(answer, Made):
        return replace(answer, read=read, libraries="", digests={})
    return replace(answer, read=read)


def _named(read: Input, folder: Path) -> str:
    path = read.path
    if path.startswith(f"{folder}/"):
        return BOOK + path[len(str(folder)) + 1 :]
    for place in (assets.templates(), assets.fonts()):
        if path.startswith(f"{place}/"):
            return f"{OURS}{place.name}/{path[len(str(place)) + 1 :]}"
    if Path(path).suffix.lower() in {".ttc", ".otf", ".ttf", ".otc"}:
        return FACE + Path(path).name
    return path
