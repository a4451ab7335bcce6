"""A build on many machines: the same work, through a Dask scheduler.

Dask knows which workers there are, gives them work and does it elsewhere when one is
lost. What is sent are parcels (`publisher.jobs.remote`): files by their sha256, small
ones with the work, large ones once to a machine that says it lacks them. Law: an answer
counts only if it has the bytes that it has at home; where that cannot be known, because
a font of this machine may be used that is not sent, the work is done at home.
"""

from __future__ import annotations

import os
import queue
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, TypeAlias, cast

from publisher.cache import natives, parts, pickled
from publisher.diagnostics import Problem, Words
from publisher.inputs import Input, told
from publisher.jobs import outfit, remote, versions
from publisher.jobs.belongings import belongings, own_fonts
from publisher.jobs.joining import Joined
from publisher.jobs.outfit import Files
from publisher.jobs.remote import Parcel, Reply
from publisher.jobs.work import Answer, Made, ReadTask, Work, do, failed
from publisher.pipeline import Loaded, Output
from publisher.render.voices import MISSING_GLYPH

if TYPE_CHECKING:
    from distributed import Future

SMALL = 4 << 20
"""Bytes up to which a file goes with the work."""
AHEAD = 2
"""Work that is under way for each worker, so that none waits for the wire."""
TRIES = 4
"""How often something is sent again that was lacking, or lost."""
OFTEN = 1.0
"""Seconds after which workers are counted again."""
QUIET = 10.0
"""Seconds without an answer after which it is looked whether there are workers."""
NO_MATTER = ("/etc/mime.types", "/usr/local/etc/mime.types")
"""What Python reads when it is asked for kinds of files; none of us asks it that."""

_Flying: TypeAlias = tuple[Work, Parcel, int]
"""Work that is under way, as it was sent, and how often it was sent before."""


class Cluster:
    """The workers of a Dask scheduler."""

    def __init__(self, scheduler: str, notice: Callable[[Words], None]) -> None:
        """Meet the workers.

        Raises:
            Problem: 5, there is no scheduler, no worker, or one of another version.
        """
        self.notice = notice
        self.ended: queue.SimpleQueue[Future] = queue.SimpleQueue()
        self.flying: dict[str, _Flying] = {}
        self.at_home: deque[Work] = deque()
        self.outfit, self.places = outfit.own()
        self.counted = 0.0, 1
        self.idle = False
        """Whether it was told that there are no workers."""
        self.joined = Joined(scheduler)

    at_hand = False

    @property
    def capacity(self) -> int:
        """Twice as much as there are workers now: they come and go."""
        when, workers = self.counted
        if time.monotonic() > when + OFTEN:
            workers = len(self.joined.workers())
            self.counted = time.monotonic(), workers
        return max(1, workers) * AHEAD

    def submit(self, work: Work) -> None:
        """Send it."""
        files = belongings(work.loaded)
        if not isinstance(work, ReadTask) and own_fonts(work.loaded, files):
            self.at_home.append(work)
        else:
            self._send(work, self._parcel(work, files), 0)

    def finished(self) -> Iterable[tuple[Work, Answer]]:
        """What is done by now; waits until something is.

        Raises:
            Problem: 5, the scheduler is gone.
        """
        for future in self._ended():
            work, parcel, tries = self.flying.pop(future.key)
            answer = self._answer(future, work, parcel, tries)
            if answer:
                self.joined.made += isinstance(answer, Made)
                yield work, answer
        if self.at_home:
            work = self.at_home.popleft()
            yield work, do(work)

    def rest(self) -> None:
        """Each worker puts things in order when it has answered."""

    def close(self) -> None:
        """Leave; what is still under way is not wanted any more."""
        self.joined.close()

    # -------------------------------------------------------------- there and back

    def _ended(self) -> Iterator[Future]:
        """What has ended; waits for something, unless there is work to do at home."""
        if not self.at_home:
            yield self._next()
        while not self.ended.empty():
            yield self.ended.get()

    def _next(self) -> Future:
        while True:
            try:
                found = self.ended.get(timeout=QUIET)
            except queue.Empty:
                if not self.joined.workers() and not self.idle:
                    self.notice(_NONE_LEFT)
                    self.idle = True
            else:
                self.idle = False
                return found

    def _parcel(self, work: Work, files: Files) -> Parcel:
        folder = work.loaded.folder
        paths = {sum_: folder / name for name, sum_ in files}
        objects = {
            s: p.read_bytes() for s, p in paths.items() if p.stat().st_size <= SMALL
        }
        tree = ""
        if not isinstance(work, ReadTask):
            data = cast("bytes", work.reading)
            tree = sha256(data).hexdigest()
            objects[tree] = data
            work = replace(work, reading=b"", digests={})
        shared = ((name, os.environ.get(name)) for name in parts.SAID)
        environment = tuple((name, value) for name, value in shared if value)
        return Parcel(work, files, tree, self.outfit, environment, objects)

    def _send(self, work: Work, parcel: Parcel, tries: int) -> None:
        future = self.joined.submit(
            remote.carry_out, versions.fingerprint(), pickled.dumps(parcel)
        )
        self.flying[future.key] = work, parcel, tries
        future.add_done_callback(self.ended.put)

    def _answer(
        self, future: Future, work: Work, parcel: Parcel, tries: int
    ) -> Answer | None:
        """What came back; None if it must be sent again, or done at home."""
        try:
            reply: Reply = future.result()
        except Exception as error:  # noqa: BLE001  (whatever happened on the way)
            if future.status != "cancelled" or tries >= TRIES:
                return failed(work, Problem(4, _LOST.fill(why=_said(error))))
            self.joined.wait_for_return()
            self._send(work, parcel, tries + 1)
            return None
        kind, who, value, objects = reply
        if kind == "done":
            answer = _received(work, cast("bytes", value), objects)
            return self._accepted(who, answer, work, parcel, tries)
        if tries >= TRIES:
            return failed(work, Problem(4, _NEVER.fill(worker=who)))
        if kind == "lacking":
            self._supply(who, cast("tuple[str, ...]", value), parcel, work)
        else:
            self._refuse(who, cast("versions.Stamp", value))
        self._send(work, parcel, tries + 1)
        return None

    def _accepted(
        self, who: str, answer: Answer, work: Work, parcel: Parcel, tries: int
    ) -> Answer | None:
        """An answer, if it is what it is at home, its inputs found there."""
        if any(each.rule == MISSING_GLYPH for each in getattr(answer, "found", ())):
            self.at_home.append(work)  # here another font may have the glyph
            return None
        if answer.read is None:
            return answer
        read = tuple(_at_home(each, work.loaded) for each in answer.read)
        if other := _other(answer.read):
            if tries >= TRIES:
                return failed(work, Problem(4, _NEVER_SAME.fill(worker=who)))
            ours = {path: told(path) for path in other}
            self._refuse(who, {**versions.stamp(), **other}, ours)
            self._send(work, parcel, tries + 1)
            return None
        return replace(answer, read=tuple(sorted(read, key=lambda each: each.path)))

    def _refuse(
        self, who: str, theirs: versions.Stamp, more: Mapping[str, str] | None = None
    ) -> None:
        """Send a worker away, and say why."""
        ours = {**versions.stamp(), **(more or {})}
        self.notice(versions.refusal(who, versions.differences(ours, theirs)))
        self.joined.send_away(who)

    def _supply(
        self, who: str, sums: Sequence[str], parcel: Parcel, work: Work
    ) -> None:
        """Send a machine what it lacks."""
        places = {sum_: work.loaded.folder / name for name, sum_ in parcel.files}
        places |= self.places
        for sum_ in sums:
            content = parcel.objects.get(sum_) or places[sum_].read_bytes()
            self.joined.run(remote.keep, [content], workers=[who])


def _received(work: Work, data: bytes, objects: Mapping[str, bytes]) -> Answer:
    """An answer, its output whole."""
    answer = cast("Answer", pickled.loads(data))
    if isinstance(answer, Made) and isinstance(answer.output, Output):
        ((sum_, content),) = objects.items()
        if sha256(content).hexdigest() != sum_:
            return failed(work, Problem(4, _DAMAGED))
        answer = replace(answer, output=replace(answer.output, data=content))
        answer = replace(answer, libraries=natives.mapped())
    return answer


def _other(read: Iterable[Input]) -> dict[str, str]:
    """The files of the machine itself that are others than here."""
    own = (each for each in read if each.path.startswith("/"))
    own = (each for each in own if each.path not in NO_MATTER)
    return {each.path: each.digest for each in own if told(each.path) != each.digest}


def _at_home(read: Input, loaded: Loaded) -> Input:
    """What was read there, as it is known here."""
    kind, _, name = read.path.partition(":")
    match f"{kind}:":
        case remote.BOOK if name.endswith("/") or not name:  # which names there are
            path = f"{os.path.abspath(loaded.folder / name)}/"  # noqa: PTH100
            return Input(path, told(path))
        case remote.BOOK:
            return replace(read, path=os.path.abspath(loaded.folder / name))  # noqa: PTH100
        case remote.OURS:
            end = "/" if name.endswith("/") else ""
            return replace(read, path=f"{outfit.home_of(name)}{end}")
        case remote.FACE if face := outfit.home_of_face(name):
            return replace(read, path=str(face))
        case _:
            return Input(read.path, told(read.path))


def _said(error: Exception) -> str:
    """What an error says, as far as it says something."""
    return f"{str(error) or type(error).__name__:.300}"


_NONE_LEFT = Words(
    "调度器已没有工作机；等新的来……", "no workers are left; waiting for new ones …"
)
_LOST = Words("工作机上没有做成：{why}", "it failed on the workers: {why}")
_NEVER = Words("工作机 {worker} 总是缺文件", "worker {worker} lacks files each time")
_NEVER_SAME = Words(
    "工作机 {worker} 上的系统文件总与这里不同",
    "files of the system are others on each worker, as on {worker}",
)
_DAMAGED = Words("送回的成品已损坏", "the output that came back is damaged")
