"""Put outputs where they belong: those just made, and those of earlier builds.

An output that is known and lies in its place, by its sha256, is left alone.
"""

from __future__ import annotations

import time
from hashlib import sha256
from pathlib import Path

from publisher.cache import Cache, Wanted
from publisher.cache.traces import LOST, PUT_BACK, SAME
from publisher.diagnostics import Problem, Words
from publisher.jobs import known
from publisher.jobs.files import write
from publisher.jobs.known import Known, Pages
from publisher.jobs.plan import Target
from publisher.jobs.results import Failure, Result
from publisher.jobs.work import Made
from publisher.pipeline import Output


def again(
    target: Target, cache: Cache, wanted: Wanted, read: known.Read
) -> tuple[Result, Known] | Words:
    """An output that is in its place, or was put back there; else why it is not."""
    began = time.perf_counter()
    before, found = known.output(cache, wanted)
    if before is None:
        return known.why(found, read)
    why = SAME
    files = {target.path: before.sha256}
    files |= {target.path.with_name(name): sha for name, sha in before.beside}
    for path, wanted_digest in files.items():
        if _digest(path) == wanted_digest:
            continue
        data = cache.store.get(wanted_digest)
        if data is None:
            return LOST
        try:
            write(path, data)
        except Problem:
            return LOST  # making it again will say why it cannot be written
        why = PUT_BACK
    return _result(
        target, before, time.perf_counter() - began, why, cached=True
    ), before


def place(
    target: Target, cache: Cache, made: Made, wanted: Wanted, why: Words
) -> tuple[Result | Failure, Pages | None]:
    """Put an output where it belongs, and keep it; where its pages begin."""
    output = made.output
    if isinstance(output, Problem):
        return Failure(target, output, made.trace), None
    try:
        write(target.path, output.data)
        for name, data in output.beside:
            write(target.path.with_name(name), data)
    except Problem as problem:
        return Failure(target, problem), None
    new = Known(
        output.pages,
        len(output.data),
        sha256(output.data).hexdigest(),
        output.faces,
        _sheets(target, output),
        made.found,
        tuple((name, sha256(data).hexdigest()) for name, data in output.beside),
        output.composed,
        output.plain,
        known.kept_pages(cache, output.printed),
    )
    read = made.read, made.libraries
    known.keep_output(cache, wanted, new, output, read)
    return _result(target, new, made.seconds, why, cached=False), new.printed


def _result(
    target: Target, made: Known, seconds: float, why: Words, *, cached: bool
) -> Result:
    return Result(
        target,
        made.pages,
        made.bytes,
        made.sha256,
        made.faces,
        round(seconds, 3),
        made.sheets,
        cached,
        why,
        made.composed,
        made.plain,
    )


def _digest(path: Path) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _sheets(target: Target, output: Output) -> float | None:
    from publisher.config.units import sheets

    if output.pages is None:
        return None
    typography = target.edition.typography
    return sheets(output.pages, typography.page, typography.page_name)
