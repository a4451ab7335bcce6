"""``publisher outline``: show what was read."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from publisher import pipeline
from publisher.cli import helping
from publisher.cli.options import common, existing, formats, paths
from publisher.cli.voice import print_json, voice
from publisher.diagnostics import Diagnostic, Words
from publisher.report import diagnostic
from publisher.report.terminal import visible
from publisher.tree import dump
from publisher.tree.markdown import page

_SAYS = Words(
    """看读出了什么：文档、条款、接续、修改。

SOURCE 是来源文件或一本书；几个文件合在一起读。发现的问题写到标准错误，不影响退出\
码。""",
    """Show documents, provisions, joins and repairs.

SOURCE is a source file, or a book; several files are read as one collection. What
was found goes to stderr, and does not change the exit code.""",
)


@helping.command("outline", says=_SAYS)
@paths("SOURCE...")
@formats("human", "json", "text", "akn")
@common
def command(paths: tuple[Path, ...], format_: str) -> int:
    """Show what was read."""
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
