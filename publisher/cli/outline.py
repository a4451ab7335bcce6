"""``publisher outline``: show what was read."""

from __future__ import annotations

from pathlib import Path

import click

from publisher import pipeline
from publisher.cli.options import common, existing, formats, paths
from publisher.cli.voice import print_json, voice
from publisher.diagnostics import Diagnostic
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
    loaded = pipeline.together(existing(paths))
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
