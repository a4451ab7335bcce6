"""``publisher outline``: show what was read."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from publisher import pipeline
from publisher.book import Book, SourceFile
from publisher.cli.options import common, existing, formats, paths
from publisher.cli.voice import print_json, voice
from publisher.diagnostics import Diagnostic
from publisher.pipeline import Loaded
from publisher.report import diagnostic
from publisher.report.terminal import visible
from publisher.tree import dump


@click.command("outline")
@paths("SOURCE...")
@formats("human", "json", "text")
@common
def command(paths: tuple[Path, ...], format_: str) -> int:
    """看读出了什么。Show documents, provisions, joins and repairs.

    SOURCE is a source file, or a book; several files are read as one collection. What
    was found goes to stderr, and does not change the exit code.
    """
    spoken = voice()
    loaded = _load(existing(paths))
    found: list[Diagnostic] = []
    reading = pipeline.read_book(loaded, found.append)
    if format_ == "json":
        said = [diagnostic(each, reading.sources, spoken.language) for each in found]
        outlined = dump.outline(
            reading.collection, reading.sources, said, spoken.language
        )
        print_json(outlined)
        return 0
    lines = dump.lines if format_ == "human" else dump.text
    for number, document in enumerate(reading.collection.documents):
        shown = "\n".join(map(visible, lines(document)))
        click.echo(f"\n{shown}" if number else shown)
    if format_ == "human":
        spoken.findings(found, reading.sources)
        spoken.count(found)
    return 0


def _load(paths: Sequence[Path]) -> Loaded:
    """One book, or several source files taken together as one."""
    if len(paths) == 1:
        return pipeline.load(paths[0])
    parts = [pipeline.load(path) for path in paths]
    files = [part.folder / each.path for part in parts for each in part.book.sources]
    folder = Path(os.path.commonpath([file.parent.resolve() for file in files]))
    sources = tuple(
        SourceFile(str(file.parent.resolve().relative_to(folder) / file.name))
        for file in dict.fromkeys(files)
    )
    return Loaded(Book(parts[0].book.id, sources=sources, bare=True), folder)
