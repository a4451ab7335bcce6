"""``publisher cache``: what is kept of earlier builds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from publisher.cache import Info, clear, info, store_in
from publisher.cli import helping
from publisher.cli.options import as_json, common
from publisher.cli.voice import print_json, voice
from publisher.diagnostics import Words

Command = Callable[..., object]

_SAYS = Words(
    """缓存：以前做书时留下的东西，免得重做。

在成品文件夹里，名为 DIR/.cache，随时可以删去。""",
    """What is kept of earlier builds, so that nothing is made twice.

It lies in the folder of results, as DIR/.cache, and may be deleted at any time.""",
)
_SAYS_INFO = Words(
    """看缓存在哪里，占多少，上限多少。""",
    """Say where it is, how much it holds and how much it may.""",
)
_SAYS_CLEAR = Words(
    """清空缓存。成品还在；下次做书全部重做。""",
    """Delete it. Outputs stay; the next build makes everything again.""",
)


@helping.group("cache", says=_SAYS)
@common
def command() -> None:
    """What is kept of earlier builds."""


def _out(command: Command) -> Command:
    return helping.option(
        "-o",
        "--output",
        "out",
        metavar="DIR",
        default="build",
        show_default=True,
        type=click.Path(path_type=Path),
        says=Words("成品所在的文件夹。", "Folder for results."),
    )(command)


@command.command("info", says=_SAYS_INFO)
@_out
@as_json
@common
def info_(*, out: Path, json_: bool) -> int:
    """Say where it is, how much it holds and how much it may."""
    _say(info(store_in(out)), json_=json_)
    return 0


@command.command("clear", says=_SAYS_CLEAR)
@_out
@as_json
@common
def clear_(*, out: Path, json_: bool) -> int:
    """Delete it."""
    store = store_in(out)
    gone = clear(store)
    if json_:
        _say(info(store), json_=True)
    else:
        voice().say(_GONE.fill(size=_mb(gone)))
    return 0


def _say(found: Info, *, json_: bool) -> None:
    if json_:
        print_json(
            {
                "folder": str(found.folder),
                "objects": found.objects,
                "traces": found.traces,
                "bytes": found.bytes,
                "limit": found.limit,
            }
        )
        return
    words = _INFO.fill(
        folder=found.folder,
        objects=found.objects,
        traces=found.traces,
        size=_mb(found.bytes),
        limit=_mb(found.limit),
    )
    click.echo(voice().words(words))


def _mb(size: int) -> str:
    return f"{size / (1 << 20):,.1f} MiB"


_INFO = Words(
    "{folder}：{objects} 个对象，{traces} 条记录，共 {size}，上限 {limit}"
    "（环境变量 PUBLISHER_CACHE_MIB 可改）",
    "{folder}: {objects} objects, {traces} traces, {size} of at most {limit} "
    "(PUBLISHER_CACHE_MIB sets the limit)",
)
_GONE = Words("已清空（{size}）", "cleared ({size})")
