"""``manifest.json``: what a book's outputs are and what they were made from.

Deterministic: sorted, without times, and with paths that begin at its own folder. It
is written last, so what it names is there.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeAlias

from publisher.diagnostics import Diagnostic
from publisher.jobs.files import write
from publisher.jobs.known import Facts
from publisher.jobs.plan import Job
from publisher.jobs.results import Result
from publisher.report import counts

Json: TypeAlias = dict[str, Any]
"""Read back from a file that anybody may have changed."""

NAME = "manifest.json"


def record(
    job: Job,
    facts: Facts,
    results: Sequence[Result],
    found: Iterable[Diagnostic],
) -> None:
    """Write the manifest of a book after its outputs.

    Outputs of earlier builds stay in it while they are unchanged on the disk and come
    from the same sources.

    Raises:
        Problem: 4, it cannot be written.
    """
    path = job.folder / NAME
    sources = _sources(job, facts)
    made = {result.target.edition.name: _target(result, job) for result in results}
    kept = {
        name: target
        for name, target in _earlier(path, sources).items()
        if name not in made and _unchanged(job.folder, target)
    }
    targets = [target for _, target in sorted({**kept, **made}.items())]
    told: Json = {
        "book": job.loaded.book.id,
        "title": job.loaded.book.title,
        "targets": targets,
        "sources": sources,
        "characters": facts.characters,
        "repairs": facts.repairs,
        "diagnostics": counts(found),
        "fonts": _fonts(targets),
        "versions": dict(facts.versions),
    }
    text = json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True)
    data = f"{text}\n".encode()
    if _content(path) != data:
        write(path, data)


def _target(result: Result, job: Job) -> Json:
    typography = result.target.edition.typography
    out: Json = {
        "book": result.target.book,
        "edition": result.target.edition.name,
        "format": result.target.edition.format,
        "script": result.target.edition.script,
        "path": result.target.path.relative_to(job.folder).as_posix(),
        "pages": result.pages,
        "bytes": result.bytes,
        "sha256": result.sha256,
        "fonts": [{"file": file, "sha256": digest} for file, digest in result.faces],
    }
    if result.pages is not None:
        out["page"] = typography.page_name
        out["sheets"] = result.sheets
        out["composed"] = result.composed
        out["plain"] = dict(result.plain)
    return out


def _sources(job: Job, facts: Facts) -> list[Json]:
    files = zip(job.loaded.book.sources, facts.digests, strict=True)
    return [
        {"file": source.path, "sha256": digest, "origin": source.origin}
        for source, digest in files
    ]


def _fonts(targets: Sequence[Json]) -> list[Json]:
    pairs = {(f["file"], f["sha256"]) for target in targets for f in target["fonts"]}
    return [{"file": file, "sha256": digest} for file, digest in sorted(pairs)]


def _earlier(path: Path, sources: list[Json]) -> dict[str, Json]:
    """The outputs that the last manifest names, if it is about the same sources."""
    try:
        data = json.loads(path.read_bytes())
        if data["sources"] != sources:
            return {}
        return {str(target["edition"]): target for target in data["targets"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}  # no manifest, or none of ours: this build writes a new one


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _unchanged(folder: Path, target: Json) -> bool:
    try:
        data = (folder / target["path"]).read_bytes()
        _fonts([target])  # fails here if the entry is none of ours
        return bool(sha256(data).hexdigest() == target["sha256"])
    except (OSError, KeyError, TypeError):
        return False
