"""``publisher check``: read, repair and check; write nothing."""

from __future__ import annotations

from pathlib import Path

import click

from publisher import pipeline
from publisher.book import Threshold
from publisher.cli import helping
from publisher.cli.options import EPUB, books, common, fail_on, formats, paths
from publisher.cli.voice import Voice, print_json, voice
from publisher.diagnostics import Problem, Words
from publisher.jobs import Findings, examined, read
from publisher.report import Json, annotation, counts, diagnostic, problem

_SAYS = Words(
    """查稿：读、修、核，不写成品；也可查成品 EPUB。

BOOK 是带 book.toml 的文件夹或 book.toml 本身，SOURCE 是单独的来源文件；不写则查 \
sources/ 下的每一本。FILE.epub 可以是任何人做的 EPUB：看 epubcheck 和 Ace 看不出的毛\
病。给人看的写到标准错误，json 和 github 格式写到标准输出。问题达到 --fail-on 的级别\
时，退出码为 1。""",
    """Read, repair and check; write nothing.

BOOK is a folder with a book.toml, a book.toml, or a bare source file; none means
every book under sources/. FILE.epub is any EPUB: what epubcheck and Ace do not see
is looked for. Findings for people go to stderr; json and github go to
stdout. The exit code is 1 if findings reach --fail-on.""",
)


@helping.command("check", says=_SAYS)
@paths("[BOOK|SOURCE|FILE.epub]...", required=False)
@formats("human", "json", "github")
@fail_on
@common
def command(paths: tuple[Path, ...], format_: str, fail_on: Threshold | None) -> int:
    """Read, repair and check; write nothing."""
    spoken = voice()
    found: list[Findings] = []
    try:
        for path in books(paths, epubs=True):
            found.append(_looked_over(path))
            if format_ == "human":
                spoken.findings(found[-1].diagnostics, found[-1].sources)
    except Problem as stopped:
        if format_ == "json":
            print_json(_object(found, spoken, [stopped]))
        raise
    every = [each for findings in found for each in findings.diagnostics]
    if format_ == "json":
        print_json(_object(found, spoken, []))
    elif format_ == "github":
        for findings in found:
            for each in findings.diagnostics:
                click.echo(annotation(each, findings.sources, spoken.language))
    else:
        spoken.count(every)
    return int(any(findings.reach(fail_on) for findings in found))


def _looked_over(path: Path) -> Findings:
    """What is found in a book, a source or a finished EPUB."""
    return (
        examined(path) if path.suffix.lower() == EPUB else read(pipeline.load(path))[1]
    )


def _object(
    found: list[Findings], spoken: Voice, stopped: list[Problem]
) -> dict[str, Json]:
    every = [each for findings in found for each in findings.diagnostics]
    return {
        "files": [source.name for findings in found for source in findings.sources],
        "diagnostics": [
            {
                **diagnostic(each, findings.sources, spoken.language),
                "book": findings.book.id,
            }
            for findings in found
            for each in findings.diagnostics
        ],
        "counts": counts(every),
        "problems": [problem(each, spoken.language) for each in stopped],
    }
