"""``publisher fonts``: list the faces, install them, find characters they lack."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import click

from publisher import assets, config, fonts, pipeline
from publisher.cli import helping
from publisher.cli.options import as_json, books, common, paths
from publisher.cli.voice import print_json, voice
from publisher.diagnostics import Diagnostic, Words
from publisher.fonts import Face
from publisher.jobs import Findings, findings_of
from publisher.report import Json, diagnostic

MISSING = 5

_SAYS = Words(
    """字体：列出，安装，查缺字。""",
    """List, install and audit fonts.""",
)
_SAYS_LIST = Words(
    """列出各种用途、各种字体、各种粗细的字体文件。

有一个不在这台电脑上，退出码就是 5。""",
    """List the face of each role, script and weight.

The exit code is 5 if one is not on this machine.""",
)
_SAYS_INSTALL = Words(
    """安装缺的字体（Debian 软件包）。

装不了的，写出要人来运行的那一行命令，退出码为 5。""",
    """Install the Debian packages of faces that are missing.

Where that is not possible, print the one line that a person must run, and exit 5.""",
)
_SAYS_AUDIT = Words(
    """查缺字：书里哪些字，所用的字体里没有。

有缺字的，退出码为 1。""",
    """Find characters that have no glyph in the face that will set them.

The exit code is 1 if there are any.""",
)


@helping.group("fonts", says=_SAYS)
@common
def command() -> None:
    """List, install and audit fonts."""


@command.command("list", says=_SAYS_LIST)
@as_json
@common
def list_(*, json_: bool) -> int:
    """List the face of each role, script and weight."""
    faces = fonts.load(assets.fonts())
    if json_:
        print_json({"faces": [_object(face) for face in faces.faces]})
    else:
        for face in faces.faces:
            where = face.file or f"–  ({face.package})"
            click.echo(f"{face.role} {face.script} {face.weight}  {face.name}  {where}")
    return MISSING if faces.absent else 0


@command.command("install", says=_SAYS_INSTALL)
@as_json
@common
def install(*, json_: bool) -> int:
    """Install the Debian packages of faces that are missing."""
    spoken = voice()
    absent = fonts.load(assets.fonts()).absent
    if absent and os.geteuid() == 0 and shutil.which("apt-get"):
        _apt(sorted({face.package for face in absent}))
        absent = fonts.load(assets.fonts()).absent
    said = fonts.install_line(absent) if absent else spoken.words(_ALL_HERE)
    if json_:
        print_json({"missing": [_object(face) for face in absent], "run": said})
    else:
        click.echo(said)
    return MISSING if absent else 0


def _apt(packages: list[str]) -> None:
    """Run apt; what it says goes to stderr, and what came of it is looked at after."""
    run = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    subprocess.run(run, check=False, stdout=sys.stderr.fileno())  # noqa: S603


@command.command("audit", says=_SAYS_AUDIT)
@paths("[BOOK]...", required=False)
@helping.option(
    "-e",
    "--edition",
    "editions",
    metavar="EDITION",
    multiple=True,
    says=Words("只查这一版，可写几次。", "Only this edition; may be given again."),
)
@as_json
@common
def audit(*, paths: tuple[Path, ...], editions: tuple[str, ...], json_: bool) -> int:
    """Find characters that have no glyph in the face that will set them."""
    spoken = voice()
    found = [_audit(path, editions) for path in books(paths)]
    if json_:
        listed: list[Json] = [
            diagnostic(each, findings.sources, spoken.language)
            for findings in found
            for each in findings.diagnostics
        ]
        print_json({"missing": listed})
    else:
        for findings in found:
            spoken.findings(findings.diagnostics, findings.sources)
    some = any(findings.diagnostics for findings in found)
    if not some:
        spoken.say(_COMPLETE)
    return int(some)


def _audit(path: Path, editions: tuple[str, ...]) -> Findings:
    """All editions of one book, each character once."""
    from publisher.edition import prepare
    from publisher.render.voices import audit as search

    loaded = pipeline.load(path)
    reading = pipeline.read_book(loaded, lambda _: None)
    faces = fonts.load(assets.fonts())
    wanted = editions or tuple(each.name for each in loaded.book.editions)
    found: list[Diagnostic] = []
    for name in wanted:
        edition = config.edition(loaded.book, name)
        book = loaded.book
        prepared = prepare(reading.collection, book, edition, lambda _: None)
        found += search(prepared, faces.of(edition.script))
    return findings_of(loaded, reading.sources, found)


def _object(face: Face) -> dict[str, Json]:
    return {
        "role": face.role,
        "script": face.script,
        "weight": face.weight,
        "name": face.name,
        "family": face.family,
        "file": str(face.file) if face.file else None,
        "index": face.index,
        "version": face.version or None,
        "sha256": face.sha256 or None,
        "licence": face.licence,
        "package": face.package,
    }


_ALL_HERE = Words("所需字体都有了。", "All fonts are here.")
_COMPLETE = Words("没有缺字。", "No glyph is missing.")
