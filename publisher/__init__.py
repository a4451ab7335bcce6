"""Publish Chinese documents as PDF and EPUB, in simplified and traditional editions.

The same as the command line, in functions: `read` files, `load` a book's settings,
`build` a book. What is found wrong is in the results; `Problem` is raised where the
tool cannot go on.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, TypeAlias

from publisher.diagnostics import Diagnostic, Problem

if TYPE_CHECKING:
    from publisher.jobs import Results
    from publisher.pipeline import Loaded
    from publisher.source import Source
    from publisher.tree.nodes import Collection

__all__ = ["Problem", "Read", "build", "load", "read"]

AnyPath: TypeAlias = str | PathLike[str]


@dataclass(frozen=True, slots=True)
class Read:
    """What files say: the tree, read, repaired and checked, and what was found."""

    collection: Collection
    sources: tuple[Source, ...]
    diagnostics: tuple[Diagnostic, ...]


def read(paths: AnyPath | Iterable[AnyPath]) -> Read:
    """Read source files as one collection, without a book around them.

    Reading never fails for what a file says; any bytes give a tree and diagnostics.

    Raises:
        Problem: 3, a file cannot be read from the disk.
        ValueError: no file is named.
    """
    from publisher import pipeline

    found: list[Diagnostic] = []
    loaded = pipeline.together([Path(path) for path in _each(paths)])
    reading = pipeline.read_book(loaded, found.append)
    return Read(reading.collection, reading.sources, tuple(found))


def load(book: AnyPath) -> Loaded:
    """The settings of a folder with ``book.toml``, of such a file, or of a bare source.

    Raises:
        Problem: 3, there is no such file, or the settings are invalid.
    """
    from publisher import pipeline

    return pipeline.load(Path(book))


def build(
    book: AnyPath | Iterable[AnyPath],
    editions: str | Sequence[str] = (),
    out: AnyPath = "build",
) -> Results:
    """Make editions of one or several books; none named: all that each book defines.

    Outputs that fail are in the results' ``failures``, what was found wrong with the
    text in its ``findings``; the last good output of a failed edition stays.

    Raises:
        Problem: nothing could be made: settings, a source or the folder are at fault.
    """
    from publisher import jobs

    names = (editions,) if isinstance(editions, str) else editions
    return jobs.build([Path(path) for path in _each(book)], names, Path(out))


def _each(paths: AnyPath | Iterable[AnyPath]) -> Iterable[AnyPath]:
    return [paths] if isinstance(paths, str | PathLike) else paths


class _Package(ModuleType):
    """This package, whose function `read` shares its name with the stage.

    A module sets its own name on its package when it is first imported: here the
    function stays. (So the stage is imported by its full name: ``from publisher.read
    import …``.) Importing the stage early would have the same effect, at the cost of
    a quarter of a second whenever ``publisher --help`` is asked.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (name == "read" and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
