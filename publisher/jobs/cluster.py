"""A build on many machines: the same work, through a Dask scheduler.

Dask knows which workers there are, gives them work and does it elsewhere when one is
lost. What is sent are parcels (`publisher.jobs.remote`): a book's files by their
sha256, small ones with the work, large ones once to a machine that says it lacks them.
"""

from __future__ import annotations

import os
import queue
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, cast

from publisher import assets, fonts
from publisher.cache import natives, pickled
from publisher.diagnostics import Problem, Words
from publisher.inputs import Input, digest, told
from publisher.jobs import remote
from publisher.jobs.belongings import belongings
from publisher.jobs.remote import Files, Parcel, Reply
from publisher.jobs.work import Answer, Made, ReadTask, Work, failed
from publisher.pipeline import Loaded, Output

if TYPE_CHECKING:
    from distributed import Client, Future

MISSING = 5
TIMEOUT = 15
"""Seconds to wait for the scheduler, and for a first worker."""
SMALL = 4 << 20
"""Bytes up to which a file goes with the work."""
AHEAD = 2
"""Work that is under way for each worker, so that none waits for the wire."""
TRIES = 4
"""How often something is sent again that was lacking, or lost."""


class Cluster:
    """The workers of a Dask scheduler."""

    def __init__(self, scheduler: str, notice: Callable[[Words], None]) -> None:
        """Meet the workers.

        Raises:
            Problem: 5, there is no scheduler, no worker, or one of another version.
        """
        self.client = _connected(scheduler)
        self.notice = notice
        self.ended: queue.SimpleQueue[Future] = queue.SimpleQueue()
        self.flying: dict[str, tuple[Work, Parcel, int]] = {}
        self.faces = _faces()
        try:
            self._meet(scheduler)
        except BaseException:
            self.close()
            raise

    at_hand = False

    @property
    def capacity(self) -> int:
        """Twice as much as there are workers now: they come and go."""
        info = self.client.scheduler_info(n_workers=-1)
        return max(1, len(info["workers"])) * AHEAD

    def submit(self, work: Work) -> None:
        """Send it."""
        self._send(work, self._parcel(work), 0)

    def finished(self) -> Iterable[tuple[Work, Answer]]:
        """What is done by now; waits until something is."""
        waiting = [self.ended.get()]
        while not self.ended.empty():
            waiting.append(self.ended.get())
        for future in waiting:
            work, parcel, tries = self.flying.pop(future.key)
            answer = self._answer(future, work, parcel, tries)
            if answer:
                yield work, answer

    def rest(self) -> None:
        """Each worker puts things in order when it has answered."""

    def close(self) -> None:
        """Leave; what is still under way is not wanted any more."""
        self.client.close()

    # -------------------------------------------------------------- there and back

    def _parcel(self, work: Work) -> Parcel:
        files = belongings(work.loaded)
        folder = work.loaded.folder
        paths = {sum_: folder / name for name, sum_ in files}
        objects = {s: p.read_bytes() for s, p in paths.items() if _size(p) <= SMALL}
        tree, faces = "", cast("Files", ())
        if not isinstance(work, ReadTask):
            data = cast("bytes", work.reading)
            tree, faces = sha256(data).hexdigest(), self.faces
            objects[tree] = data
            work = replace(work, reading=b"", digests={})
        shared = ((name, os.environ.get(name)) for name in remote.SHARED)
        environment = tuple((name, value) for name, value in shared if value)
        return Parcel(work, files, tree, faces, environment, objects)

    def _send(self, work: Work, parcel: Parcel, tries: int) -> None:
        future = self.client.submit(
            remote.carry_out, remote.stamp(), pickled.dumps(parcel), pure=False
        )
        self.flying[future.key] = work, parcel, tries
        future.add_done_callback(self.ended.put)

    def _answer(
        self, future: Future, work: Work, parcel: Parcel, tries: int
    ) -> Answer | None:
        """What came back; None if it must be sent again."""
        try:
            reply: Reply = future.result()
        except Exception as error:  # noqa: BLE001  (whatever happened on the way)
            return failed(work, Problem(4, _LOST.fill(why=f"{error!r:.300}")))
        kind, who, value, objects = reply
        if kind == "done":
            return _received(work, cast("bytes", value), objects)
        if tries >= TRIES:
            return failed(work, Problem(4, _NEVER.fill(worker=who)))
        if kind == "lacking":
            self._supply(who, cast("tuple[str, ...]", value), parcel, work)
        else:
            self.notice(_refusal(who, cast("tuple[tuple[str, str, str], ...]", value)))
            self.client.retire_workers([who], close_workers=True)
        self._send(work, parcel, tries + 1)
        return None

    def _supply(
        self, who: str, sums: Sequence[str], parcel: Parcel, work: Work
    ) -> None:
        """Send a machine what it lacks."""
        places = {sum_: work.loaded.folder / name for name, sum_ in parcel.files}
        places.update({sum_: _face_files()[name] for name, sum_ in parcel.faces})
        for sum_ in sums:
            content = parcel.objects.get(sum_) or places[sum_].read_bytes()
            self._run(remote.keep, [content], workers=[who])

    def _run(
        self,
        function: Callable[..., object],
        *values: object,
        workers: Sequence[str] | None = None,
    ) -> dict[str, object]:
        """Run a function on these workers, or on each."""
        found: dict[str, object] = self.client.run(
            function, *values, workers=workers, on_error="return"
        )
        return found

    def _meet(self, scheduler: str) -> None:
        """See that there are workers, and that each is as we are."""
        try:
            self.client.wait_for_workers(1, timeout=TIMEOUT)
        except TimeoutError:
            words = _NO_WORKER.fill(scheduler=scheduler)
            raise Problem(MISSING, words, _START.fill(scheduler=scheduler)) from None
        ours = remote.stamp()
        for who, theirs in self._run(remote.stamp).items():
            if not isinstance(theirs, Mapping):
                why = f"{theirs!r:.200}"
                raise Problem(MISSING, _NO_PUBLISHER.fill(worker=who, why=why), _SAME)
            if other := remote.differences(ours, theirs):
                raise Problem(MISSING, _refusal(who, other), _SAME)


def _connected(scheduler: str) -> Client:
    try:
        from distributed import Client
    except ImportError:
        raise Problem(MISSING, _NO_DASK, _INSTALL) from None
    try:
        return Client(scheduler, timeout=TIMEOUT, set_as_default=False)
    except (OSError, ValueError, TimeoutError):
        words, hint = _NO_SCHEDULER.fill(scheduler=scheduler), _SCHEDULER
        raise Problem(MISSING, words, hint) from None


def _received(work: Work, data: bytes, objects: Mapping[str, bytes]) -> Answer:
    """An answer, its output whole and its inputs found at home."""
    answer = cast("Answer", pickled.loads(data))
    if isinstance(answer, Made) and isinstance(answer.output, Output):
        ((sum_, content),) = objects.items()
        if sha256(content).hexdigest() != sum_:
            return failed(work, Problem(4, _DAMAGED))
        answer = replace(answer, output=replace(answer.output, data=content))
        answer = replace(answer, libraries=natives.mapped())
    if answer.read is None:
        return answer
    read = tuple(_at_home(each, work.loaded) for each in answer.read)
    return replace(answer, read=tuple(sorted(read, key=lambda each: each.path)))


def _at_home(read: Input, loaded: Loaded) -> Input:
    kind, _, name = read.path.partition(":")
    match f"{kind}:":
        case remote.BOOK:
            return replace(read, path=os.path.abspath(loaded.folder / name))  # noqa: PTH100
        case remote.OURS:
            place, _, rest = name.partition("/")
            folder = {p.name: p for p in (assets.templates(), assets.fonts())}[place]
            return replace(read, path=f"{folder}/{rest}")
        case remote.FACE if name in _face_files():
            return replace(read, path=str(_face_files()[name]))
        case _:
            return Input(read.path, told(read.path))


# ------------------------------------------------------------------ what is sent


def _size(path: Path) -> int:
    return path.stat().st_size


@cache
def _face_files() -> Mapping[str, Path]:
    faces = fonts.load(assets.fonts()).faces
    return {face.file.name: face.file for face in faces if face.file}


def _faces() -> Files:
    return tuple((name, digest(str(file))) for name, file in _face_files().items())


# ------------------------------------------------------------------ what is said


def _refusal(who: str, other: Iterable[tuple[str, str, str]]) -> Words:
    zh = "；".join(f"{n}：这里 {ours}，那里 {theirs}" for n, ours, theirs in other)
    en = "; ".join(f"{n}: {ours} here, {theirs} there" for n, ours, theirs in other)
    return Words(f"工作机 {who} 的版本不同：{zh}", f"worker {who} differs: {en}")


_NO_DASK = Words("没有安装 dask.distributed", "dask.distributed is not installed")
_INSTALL = Words(
    "在源码文件夹里运行：.venv/bin/pip install -c constraints.txt -e '.[dask]'；"
    "别处运行：pip install 'publisher[dask]'",
    "in a clone: .venv/bin/pip install -c constraints.txt -e '.[dask]'; "
    "elsewhere: pip install 'publisher[dask]'",
)
_NO_SCHEDULER = Words("连不上调度器 {scheduler}", "no scheduler answers at {scheduler}")
_SCHEDULER = Words("先运行：dask scheduler", "start one: dask scheduler")
_NO_WORKER = Words("调度器 {scheduler} 没有工作机", "{scheduler} has no workers")
_START = Words(
    "在各台机器上运行：dask worker {scheduler} --nworkers auto --nthreads 1",
    "on each machine: dask worker {scheduler} --nworkers auto --nthreads 1",
)
_NO_PUBLISHER = Words(
    "工作机 {worker} 用不了 publisher：{why}", "worker {worker} has no publisher: {why}"
)
_SAME = Words(
    "各台机器要装同一版本的 publisher、程序库和系统库",
    "all machines need the same publisher, libraries and system libraries",
)
_LOST = Words("工作机上没有做成：{why}", "it failed on the workers: {why}")
_NEVER = Words("工作机 {worker} 总是缺文件", "worker {worker} lacks files each time")
_DAMAGED = Words("送回的成品已损坏", "the output that came back is damaged")
