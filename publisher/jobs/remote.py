"""The far end of a build on many machines: what runs in a Dask worker.

Nothing is expected of the worker's machine but the same code, packages and system
libraries (`versions`). A book's files, its tree, our templates and fonts and the faces
come by their sha256 (`outfit`); what the machine has under that sum is not sent again.
Law: an output made here has the bytes that it has at home. What a stage read here is
told in words that mean something at home (`Input` paths that begin with `BOOK`, `OURS`
or `FACE`); what lies elsewhere is the machine's own, and is held against home's.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from stat import S_ISDIR
from typing import TypeAlias

from publisher import assets
from publisher.cache import parts, pickled
from publisher.cache.store import Store, shrink
from publisher.diagnostics import Problem, Words
from publisher.inputs import Input
from publisher.jobs import versions
from publisher.jobs.outfit import (
    Files,
    Lacking,
    Outfit,
    environment,
    inside,
    lacking,
    worn,
)
from publisher.jobs.work import Answer, Made, ReadTask, WasRead, Work, do
from publisher.jobs.workers import tidy
from publisher.pipeline import Output

BOOK, OURS, FACE = "book:", "ours:", "face:"
PLACE = "PUBLISHER_WORKER_DIR"
"""Where a machine keeps what it was sent; shared by its workers."""

Reply: TypeAlias = tuple[str, str, object, Mapping[str, bytes]]
"""``done``, ``lacking`` some objects, or ``refused``; by whom; what; objects."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """Work for another machine."""

    work: Work
    files: Files = ()
    """The files of the book's folder."""
    tree: str = ""
    outfit: Outfit = field(default_factory=Outfit)
    environment: tuple[tuple[str, str], ...] = ()
    objects: Mapping[str, bytes] = field(default_factory=dict)
    """Small ones, sent along."""


def stamp() -> versions.Stamp:
    """What this machine has; asked of each worker before it is given work."""
    return versions.stamp()


_ONE_AT_A_TIME = threading.Lock()
"""A layout engine's log and a process's variables are shared by its threads."""


def carry_out(version: str, data: bytes) -> Reply:
    """Do what was sent; says so if something is lacking, or of another version."""
    from distributed import get_worker

    who = get_worker().address
    with _ONE_AT_A_TIME:
        if version != versions.fingerprint():
            return "refused", who, dict(stamp()), {}
        parcel = pickled.loads(data)
        if not isinstance(parcel, Parcel):
            raise TypeError("no parcel")
        store = here()
        for content in parcel.objects.values():
            store.put(content)
        if wanted := tuple(_lacking(store, parcel)):
            return "lacking", who, wanted, {}
        try:
            return "done", who, *_done(store, parcel)
        except Lacking as one:  # let go by another worker of this machine
            return "lacking", who, one.args, {}
        finally:
            tidy()
            shrink(store)


def here() -> Store:
    """What this machine was sent."""
    place = os.environ.get(PLACE)
    return Store(Path(place) if place else _temporary() / "objects-of-publisher")


def _temporary() -> Path:
    """A folder that nobody else can look into: drafts lie there.

    Raises:
        Problem: 5, somebody else has made a folder of that name, or a link.
    """
    place = Path(tempfile.gettempdir()) / f"publisher-{os.getuid()}"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = place.lstat()
    if not S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise Problem(5, _NOT_OURS.fill(path=place), _ELSEWHERE.fill(name=PLACE))
    if found.st_mode & OTHERS:
        place.chmod(0o700)
    return place


OTHERS = 0o077
"""What others may do with a file."""
_NOT_OURS = Words(
    "工作机上的 {path} 是别人的，或是一个链接",
    "{path} on a worker's machine is somebody else's, or a link",
)
_ELSEWHERE = Words(
    "在那台机器上删去它，或用环境变量 {name} 指明另一个文件夹",
    "remove it there, or name another folder with the variable {name}",
)


def keep(objects: Iterable[bytes]) -> None:
    """Take in what was lacking."""
    store = here()
    for content in objects:
        store.put(content)


def _lacking(store: Store, parcel: Parcel) -> Iterator[str]:
    wanted = {digest for _, digest in parcel.files} | {parcel.tree} - {""}
    yield from (each for each in sorted(wanted) if store.get(each) is None)
    yield from lacking(store, parcel.outfit)


def _done(store: Store, parcel: Parcel) -> tuple[bytes, Mapping[str, bytes]]:
    said = {**dict.fromkeys(parts.SAID, ""), **dict(parcel.environment)}
    with (
        environment(said),
        worn(store, parcel.outfit) as faces,
        _staged(store, parcel.files) as folder,
    ):
        work = _at(parcel.work, folder, _content(store, parcel.tree))
        answer = _home(do(work), folder, faces)
        answer = _told_at_home(answer, str(folder), str(parcel.work.loaded.folder))
    objects: dict[str, bytes] = {}
    if isinstance(answer, Made) and isinstance(answer.output, Output):
        objects[sha256(answer.output.data).hexdigest()] = answer.output.data
        answer = replace(answer, output=replace(answer.output, data=b""))
    if isinstance(answer, WasRead):
        store.put(answer.tree)
    return pickled.dumps(answer), objects


def _content(store: Store, sum_: str) -> bytes:
    found = store.get(sum_) if sum_ else b""
    if found is None:
        raise Lacking(sum_)
    return found


def _at(work: Work, folder: Path, tree: bytes) -> Work:
    """The same work, on the book as it lies here."""
    loaded = replace(work.loaded, folder=folder)
    if isinstance(work, ReadTask):
        return replace(work, loaded=loaded)
    return replace(work, loaded=loaded, reading=tree)


@contextmanager
def _staged(store: Store, files: Files) -> Iterator[Path]:
    """The files of a book, in a folder of their own."""
    folder = Path(tempfile.mkdtemp(dir=_temporary()))
    try:
        for name, sum_ in files:
            path = inside(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(_content(store, sum_))
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


# ------------------------------------------------------------------ back home


def _home(answer: Answer, folder: Path, faces: Path) -> Answer:
    """The answer, with what was read named so that it can be found at home."""
    if answer.read is None:
        return answer
    read = tuple(
        replace(each, path=_named(each, folder, faces)) for each in answer.read
    )
    if isinstance(answer, Made):
        return replace(answer, read=read, libraries="", digests={})
    return replace(answer, read=read)


def _told_at_home(answer: Answer, folder: str, home: str) -> Answer:
    """The answer, with the book's folder in its messages as it is called at home."""

    def words(said: Words) -> Words:
        return Words(said.zh.replace(folder, home), said.en.replace(folder, home))

    def told(problem: Problem) -> Problem:
        place = problem.place.replace(folder, home)
        said = words(problem.message), words(problem.hint)
        return Problem(problem.status, *said, place)

    if isinstance(answer, WasRead):
        facts = answer.facts
        return (
            replace(answer, facts=told(facts)) if isinstance(facts, Problem) else answer
        )
    found = tuple(
        replace(
            each,
            message=words(each.message),
            hint=words(each.hint),
            place=each.place.replace(folder, home),
        )
        for each in answer.found
    )
    output = answer.output
    return replace(
        answer,
        found=found,
        output=told(output) if isinstance(output, Problem) else output,
    )


def _named(read: Input, folder: Path, faces: Path) -> str:
    places = {f"{folder}/": BOOK, f"{faces}/": FACE}
    for place in (assets.templates(), assets.fonts()):
        places[f"{place}/"] = f"{OURS}{place.name}/"
    for start, name in places.items():
        if read.path.startswith(start):
            return name + read.path[len(start) :]
    return read.path
