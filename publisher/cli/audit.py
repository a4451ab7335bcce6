"""``publisher audit``: the risky choices of an edition in the other script."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from publisher import config, pipeline
from publisher.book import Edition, Threshold
from publisher.cli import helping
from publisher.cli.options import as_json, books, common, fail_on, paths
from publisher.cli.voice import Voice, print_json, voice
from publisher.diagnostics import Diagnostic, Words
from publisher.edition.conversion.reasons import joined
from publisher.jobs import Findings, findings_of
from publisher.pipeline import Loaded
from publisher.report.terminal import visible

SHOWN = 3
"""So many places of a type are shown; the page and --json have all."""

_SAYS = Words(
    """查繁简转换：列出有风险的选字，连同所在之处和缘由。

BOOK 是带 book.toml 的文件夹、book.toml 本身，或单独的来源文件；不写则查 sources/ 下\
的每一本。不写文件：每次做书，同样的内容就在成品旁边，名为 conversion.html 和 \
conversion.json。""",
    """List the risky choices of characters, with places and reasons.

BOOK is a folder with a book.toml, a book.toml, or a bare source file; none means
every book under sources/. Nothing is written: at each build the same account is
beside the edition, as conversion.html and conversion.json.""",
)


@helping.command("audit", says=_SAYS)
@paths("[BOOK]...", required=False)
@helping.option(
    "-e",
    "--edition",
    "editions",
    metavar="EDITION",
    multiple=True,
    says=Words(
        "只查这一版，可写几次；默认每种字体查一版。",
        "Audit only this edition; may be given again. Default: each script once.",
    ),
)
@fail_on
@as_json
@common
def command(
    *,
    paths: tuple[Path, ...],
    editions: tuple[str, ...],
    fail_on: Threshold | None,
    json_: bool,
) -> int:
    """List the risky choices of characters."""
    spoken, told, worst = voice(), [], 0
    for path in books(paths):
        accounts, findings = _audited(pipeline.load(path), editions)
        told += accounts
        worst |= int(findings.reach(fail_on))
        if not json_:
            spoken.findings(findings.diagnostics, findings.sources)
    if json_:
        print_json({"audits": told})
        return worst
    for each in told:
        _show(each, spoken)
    if not told:
        spoken.say(_NONE)
    return worst


def _audited(
    loaded: Loaded, editions: tuple[str, ...]
) -> tuple[list[dict[str, Any]], Findings]:
    """The accounts of a book's editions, and what conversion found on the way."""
    from publisher.render.conversion import account

    told, found = [], list[Diagnostic]()
    reading = pipeline.read_book(loaded, lambda _: None)
    pipeline.conversion_of(loaded, found.append)
    for edition in _chosen(loaded, editions):
        prepared = pipeline.prepared_of(loaded, reading, edition, found.append)
        if prepared.audits:
            told.append(account(prepared, reading.sources))
    return told, findings_of(loaded, reading.sources, found)


def _chosen(loaded: Loaded, names: tuple[str, ...]) -> list[Edition]:
    """The editions asked for, else the first of each script of the book.

    Raises:
        Problem: 2, there is no such edition.
    """
    if names:
        return [config.edition(loaded.book, name) for name in names]
    first: dict[tuple[str, tuple[str, ...]], Edition] = {}
    for edition in loaded.book.editions:
        first.setdefault((edition.script, edition.select), edition)
    return list(first.values())


def _show(told: dict[str, Any], spoken: Voice) -> None:
    for each in told["conversions"]:
        head = f"{told['book']}/{told['edition']}  {each['source']} → {each['script']}"
        click.echo(f"{head}  {spoken.words(_COUNTS.fill(**each['counts']))}")
        for kind in each["types"]:
            _show_kind(kind, spoken)
    click.echo(f"\n{told['note'][spoken.language]}")


def _show_kind(kind: dict[str, Any], spoken: Voice) -> None:
    many = len(kind["places"])
    by, why = Words(**kind["words"]["by"]), [Words(**w) for w in kind["words"]["why"]]
    state = "" if kind["state"] == "open" else f"  [{spoken.words(_REVIEWED)}]"
    click.echo(f"\n{kind['key']} → {kind['rendering']}  ×{many}{state}")
    click.echo(f"    {spoken.words(_BY)}{spoken.words(by)}")
    click.echo(f"    {spoken.words(_DOUBT)}{spoken.words(joined(why))}")
    for place in kind["places"][:SHOWN]:
        at = f"{place['file']}:{place['line']}:{place['column']}"
        said = f"…{place['before']}【{kind['rendering']}】{place['after']}…"
        click.echo(visible(f"    {at}  {place['name']}  {said}"))
    if many > SHOWN:
        click.echo(f"    {spoken.words(_MORE.fill(many=many - SHOWN))}")


_COUNTS = Words(
    "待定 {open} 类，已定 {reviewed} 类，共 {places} 处（{characters} 字）",
    "open types: {open}, reviewed: {reviewed}, places: {places} "
    "in {characters} characters",
)
_REVIEWED = Words("已定", "decided")
_BY = Words("依据：", "chosen: ")
_DOUBT = Words("疑点：", "doubt: ")
_MORE = Words("另有 {many} 处", "and {many} more")
_NONE = Words(
    "没有要转换的版本：用 -e 指明一个，如 -e booklet-tw",
    "no edition is in another script: name one, as in -e booklet-tw",
)
