"""To a Dask scheduler, and to know that it is one: whom we meet, and who is gone."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from publisher.diagnostics import Problem, Words
from publisher.jobs import remote, versions

if TYPE_CHECKING:
    from distributed import Client, Future

MISSING = 5
TIMEOUT = 15
"""Seconds to wait for the scheduler, and for a first worker."""
SILENT = logging.CRITICAL + 1
LOGGERS = ("distributed", "distributed.client", "distributed.core", "tornado")
"""Who would tell an editor in their own words what we tell in ours."""


class Joined:
    """One build's connection to a scheduler and its workers."""

    def __init__(self, scheduler: str) -> None:
        """Meet the workers, and see that each is as we are.

        Raises:
            Problem: 5, there is no scheduler, no worker, or one of another version.
        """
        self.scheduler = scheduler
        self.made = 0
        """How many outputs came back."""
        self.levels: dict[str, int] = {}
        try:
            self.client = self._connected()
            try:
                self._meet()
            except BaseException:
                self.client.close()
                raise
        except BaseException:
            self._loud()
            raise

    def close(self) -> None:
        """Leave."""
        with suppress(OSError, TimeoutError):
            self.client.close()
        self._loud()

    def submit(self, function: Callable[..., object], *values: object) -> Future:
        """Have it done by some worker."""
        self.wait_for_return()
        return self.client.submit(function, *values, pure=False)

    def workers(self) -> Mapping[str, object]:
        """The workers of now."""
        found = self._asked(lambda: self.client.scheduler_info(n_workers=-1))
        workers: Mapping[str, object] = (found or {}).get("workers", {})
        return workers

    def wait_for_return(self) -> None:
        """Wait until the scheduler can be reached, as long as Dask tries.

        Raises:
            Problem: 5, it is gone.
        """
        while self.client.status == "connecting":
            time.sleep(0.05)
        if self.client.status != "running":
            words = _GONE.fill(scheduler=self.scheduler, made=self.made)
            raise Problem(MISSING, words, _AGAIN)

    def run(
        self,
        function: Callable[..., object],
        *values: object,
        workers: Sequence[str] | None = None,
    ) -> Mapping[str, object]:
        """Run a function on these workers, or on each; a lost one gives nothing."""
        found: Mapping[str, object] | None = self._asked(
            lambda: self.client.run(
                function, *values, workers=workers, on_error="return"
            )
        )
        return found or {}

    def send_away(self, worker: str) -> None:
        """Give a worker no more work."""
        self._asked(lambda: self.client.retire_workers([worker], close_workers=True))

    def _asked(self, ask: Callable[[], Any]) -> Any:  # noqa: ANN401  (half typed)
        """What is said; None if who was asked has gone. The scheduler is waited for."""
        try:
            found = ask()
        except Exception:  # noqa: BLE001  (Dask raises what it runs into)
            found = None
        self.wait_for_return()
        return found

    def _connected(self) -> Client:
        try:
            from distributed import Client
        except ImportError:
            raise Problem(MISSING, _NO_DASK, _INSTALL) from None
        for name in LOGGERS:
            self.levels[name] = logging.getLogger(name).level
            logging.getLogger(name).setLevel(SILENT)
        try:
            asyncio.run(_greeted(self.scheduler))
            return Client(self.scheduler, timeout=TIMEOUT, set_as_default=False)
        except Exception:  # noqa: BLE001  (what is no scheduler may say anything)
            words = _NO_SCHEDULER.fill(scheduler=self.scheduler)
            raise Problem(MISSING, words, _SCHEDULER) from None

    def _meet(self) -> None:
        try:
            self.client.wait_for_workers(1, timeout=TIMEOUT)
        except TimeoutError:
            words = _NO_WORKER.fill(scheduler=self.scheduler)
            hint = _START.fill(scheduler=self.scheduler)
            raise Problem(MISSING, words, hint) from None
        ours = versions.stamp()
        for who, theirs in self.run(remote.stamp).items():
            if not isinstance(theirs, Mapping):
                why = f"{theirs!r:.200}"
                raise Problem(MISSING, _NO_PUBLISHER.fill(worker=who, why=why), _SAME)
            if other := versions.differences(ours, theirs):
                raise Problem(MISSING, versions.refusal(who, other), _SAME)

    def _loud(self) -> None:
        for name, level in self.levels.items():
            logging.getLogger(name).setLevel(level)


async def _greeted(scheduler: str) -> None:
    """Exchange greetings: whoever is no scheduler may listen and never say a word."""
    from distributed.comm import connect
    from distributed.security import Security

    how: Any = Security().get_connection_args("client")
    met = await asyncio.wait_for(connect(scheduler, TIMEOUT, **how), TIMEOUT)
    met.abort()


_NO_DASK = Words("没有安装 dask.distributed", "dask.distributed is not installed")
_INSTALL = Words(
    "在源码文件夹里运行：.venv/bin/pip install -c constraints.txt -e '.[dask]'；"
    "别处运行：pip install 'publisher[dask]'",
    "in a clone: .venv/bin/pip install -c constraints.txt -e '.[dask]'; "
    "elsewhere: pip install 'publisher[dask]'",
)
_NO_SCHEDULER = Words("连不上调度器 {scheduler}", "no scheduler answers at {scheduler}")
_SCHEDULER = Words(
    "先运行：dask scheduler；它的地址是 tcp://主机:8786（8787 是给浏览器看的网页）",
    "start one: dask scheduler; its address is tcp://HOST:8786 (8787 is its dashboard, "
    "a page for browsers)",
)
_GONE = Words(
    "调度器 {scheduler} 不在了；此前做成的 {made} 个成品都保留着",
    "the scheduler at {scheduler} is gone; the {made} outputs made before stay",
)
_AGAIN = Words(
    "重新启动调度器和工作机，再运行同一条命令：做成的不会重做",
    "start it and its workers again, and run the same command: what was made is kept",
)
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
