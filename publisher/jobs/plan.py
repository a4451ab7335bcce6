"""Which outputs a build makes, and where they go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from publisher import pipeline
from publisher.book import BOOK, Book, Edition, Format, Script
from publisher.diagnostics import Problem, Words
from publisher.pipeline import Loaded


@dataclass(frozen=True, slots=True)
class Target:
    """One output: an edition of a book, and its file."""

    book: str
    edition: Edition
    path: Path

    @property
    def name(self) -> str:
        """As progress shows it: ``dangshi/booklet-tw``."""
        return f"{self.book}/{self.edition.name}"


@dataclass(frozen=True, slots=True)
class Job:
    """One book to build, the folder for its results, and what is wanted of it."""

    loaded: Loaded
    folder: Path
    targets: tuple[Target, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A book as it was named; its settings are read again when its turn comes."""

    path: Path
    id: str = ""
    targets: int = 0
    formats: frozenset[Format] = frozenset()
    scripts: frozenset[Script] = frozenset()
    problem: Problem | None = None
    """What is wrong with its settings."""


Load: TypeAlias = Callable[[Path], Loaded]


def plan(paths: Sequence[Path], editions: Sequence[str], out: Path) -> tuple[Job, ...]:
    """A job for each book; each book named once is built once.

    Args:
        paths: folders with a ``book.toml``, such files, or bare source files.
        editions: names; none means all that each book defines.
        out: results go to ``out/<book>/<edition>/<book>.pdf`` or ``.epub``.

    Raises:
        Problem: settings are invalid, an edition is unknown, or two books share an id.
    """
    entries = survey(paths, editions, out, pipeline.load)
    return tuple(job(entry, editions, out, pipeline.load) for entry in entries)


def survey(
    paths: Sequence[Path], editions: Sequence[str], out: Path, load: Load
) -> list[Entry]:
    """What is to be built, without keeping it all in mind.

    Raises:
        Problem: two books share an id.
    """
    seen = {_whole(path): path for path in reversed(paths)}
    entries: list[Entry] = []
    ids: dict[str, Path] = {}
    for path in reversed(seen.values()):
        try:
            made = job(Entry(path), editions, out, load)
        except Problem as problem:
            entries.append(Entry(path, problem=problem))
            continue
        name = made.loaded.book.id
        if name in ids:
            words = _SAME_ID.fill(id=name, one=ids[name], other=path)
            raise Problem(3, words, _SAME_ID_HINT, str(path))
        ids[name] = path
        wanted = [target.edition for target in made.targets]
        formats = frozenset(edition.format for edition in wanted)
        scripts = frozenset(edition.script for edition in wanted)
        entries.append(Entry(path, name, len(wanted), formats, scripts))
    return entries


def _whole(path: Path) -> Path:
    return (path / BOOK if path.is_dir() else path).resolve()


def job(entry: Entry, editions: Sequence[str], out: Path, load: Load) -> Job:
    """One book's job.

    Raises:
        Problem: its settings are invalid, or an edition is unknown.
    """
    if entry.problem:
        raise entry.problem
    return _job(load(entry.path), editions, out)


def _job(loaded: Loaded, editions: Sequence[str], out: Path) -> Job:
    book = loaded.book
    wanted = dict.fromkeys(editions or (each.name for each in book.editions))
    folder = out / book.id
    targets = []
    for name in wanted:
        edition = _edition(book, name)
        file = f"{book.id}.{edition.format}"
        targets.append(Target(book.id, edition, folder / edition.name / file))
    return Job(loaded, folder, tuple(targets))


def _edition(book: Book, name: str) -> Edition:
    if found := next((each for each in book.editions if each.name == name), None):
        return found
    from publisher import config

    return config.edition(book, name)


_SAME_ID = Words(
    "两本书的编号都是“{id}”：{one} 和 {other}",
    "two books have the id “{id}”: {one} and {other}",
)
_SAME_ID_HINT = Words(
    "它们会写进同一个文件夹；请改其中一本 book.toml 里的 id，或分两次做",
    "they would be written into one folder; change one id, or build them separately",
)
