"""``publisher outline``: show what was read."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from publisher import pipeline
from publisher.cli.options import common, existing, formats, paths
from publisher.cli.voice import print_json, voice
from publisher.diagnostics import Diagnostic
from publisher.report import diagnostic
from publisher.report.terminal import visible
from publisher.tree import dump
from publisher.tree.markdown import page


@click.command("outline")
@paths("SOURCE...")
@formats("human", "json", "text", "akn")
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
    if format_ == "akn":
        from publisher.write import akn

        click.echo(akn.write(reading.collection.documents), nl=False)
        return 0
    if format_ == "text":
        written = page(reading.collection.documents)
        lines = map(visible, written) if sys.stdout.isatty() else written
        click.echo("\n".join(lines))
        return 0
    for number, document in enumerate(reading.collection.documents):
        shown = "\n".join(map(visible, dump.lines(document)))
        click.echo(f"\n{shown}" if number else shown)
    spoken.findings(found, reading.sources)
    if found:
        spoken.count(found)
    return 0
