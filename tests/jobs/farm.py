"""A real scheduler and real workers, on the loopback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from publisher import jobs
from publisher.jobs import remote
from tests.conftest import ROOT

NAMES = ("epub", "booklet")


class Farm:
    """A scheduler, and the workers that were started for it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "scheduler.json"
        self.processes: list[subprocess.Popen[bytes]] = []
        self.run("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        self.address = str(self.read()["address"])

    def run(self, kind: str, *arguments: str, **more: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}"]
        file = ("--scheduler-file", str(self.file))
        environ = {"PYTHONPATH": str(ROOT), remote.PLACE: str(self.folder / "objects")}
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(
                [*command, *file, *arguments],
                cwd=self.folder,
                env={**os.environ, **environ, **more},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def worker(self, **more: str) -> subprocess.Popen[bytes]:
        plain = ("--nthreads", "1", "--no-nanny", "--no-dashboard")
        return self.run("worker", *plain, "--host", "127.0.0.1", **more)

    def read(self) -> dict[str, Any]:
        until = time.monotonic() + 60
        while not self.file.exists() or not self.file.read_text():
            assert time.monotonic() < until, (self.folder / "log").read_text()
            time.sleep(0.05)
        found: dict[str, Any] = json.loads(self.file.read_text())
        return found

    def registered(self, workers: int) -> None:
        """Wait until so many workers have reported."""
        until = time.monotonic() + 60
        while (self.folder / "log").read_text().count("Registered to:") < workers:
            assert time.monotonic() < until, (self.folder / "log").read_text()
            time.sleep(0.05)

    def end(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                process.kill()
            process.wait()


@contextmanager
def farm(folder: Path) -> Iterator[Farm]:
    folder.mkdir()
    made = Farm(folder)
    try:
        yield made
    finally:
        made.end()


def build(
    farm: Farm, paths: list[Path], out: Path, progress: jobs.Progress = lambda _: None
) -> jobs.Results:
    return jobs.build(paths, NAMES, out, scheduler=farm.address, progress=progress)
