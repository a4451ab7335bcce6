"""``publisher build``: make books."""

from __future__ import annotations

from pathlib import Path

import click

from publisher.book import Threshold
from publisher.cli import helping
from publisher.cli.account import Account, summary
from publisher.cli.options import MISUSE, as_json, books, common, fail_on, paths
from publisher.cli.progress import Watch
from publisher.cli.usage import Amount, OneOf, Refused
from publisher.cli.voice import Voice, print_json, voice
from publisher.diagnostics import Problem, Words
from publisher.jobs import PATIENCE, build_each, cores
from publisher.report import Json, by_level, problem

CORES = "auto"
_SAYS = Words(
    """做书：PDF 和 EPUB。

BOOK 是带 book.toml 的文件夹、book.toml 本身、单独的来源文件，或 'laws/*.md' 这样的\
名称；不写则做 sources/ 下的每一本。几本书里有一本做不出，别的照做。先写成品，问题达\
到 --fail-on 的级别时，退出码为 1。没有改动的不重做：为此留下的东西在 DIR/.cache。

\b
退出码：
  0    一切正常
  1    有达到 --fail-on 的问题；用 --watch 时，指最后一次
  2    命令写错：没有这本 BOOK、没有这个版本、选项不对
  3    来源或设置有误：book.toml 所列的文件没有了，或改动过
  4    排版或写文件失败（上一次的成品还在）
  5    这台电脑缺东西，例如字体
  130  被中断""",
    """Build books: PDF and EPUB.

BOOK is a folder with a book.toml, a book.toml, or a bare source file, or a pattern
such as 'laws/*.md'; none means every book under sources/. One book of many that
cannot be made stops no other. Outputs are written first; then the exit code is 1 if
findings reach --fail-on. What did not change is not made again: what is kept for
that lies in DIR/.cache.

\b
Exit codes:
  0    fine
  1    findings at or over --fail-on; with --watch, those of the last build
  2    misuse: a BOOK or an edition that does not exist, a wrong option
  3    source or settings invalid: one that book.toml names is missing or changed
  4    a render or write failed (the last good output stays)
  5    something is missing on this machine, such as a font
  130  interrupted""",
)
_ALONE = Words(
    "--watch 不与 --json、--fresh、--engine dask 合用",
    "--watch does not go with --json, --fresh or --engine dask",
)
_WATCHING = Words(
    "改动来源或设置就会再做；Ctrl-C 结束", "watching for changes; Ctrl-C ends"
)
_TOGETHER = Words(
    "--engine dask 与 --scheduler tcp://主机:8786 要一起写",
    "--engine dask and --scheduler tcp://HOST:8786 go together",
)


class Workers(click.ParamType[int]):
    """A whole number from 1, or ``auto``: one worker a processor."""

    name = "N|auto"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """The number of workers."""
        if value == CORES:
            return cores()
        del param, ctx
        text = str(value)
        if not text.isdecimal() or int(text) < 1:
            raise Refused(
                Words(
                    f"应是 1 以上的整数或 auto，不是“{text}”",
                    f"“{text}” is not a number from 1, nor auto",
                )
            )
        return int(text)


@helping.command("build", says=_SAYS)
@paths("[BOOK]...", required=False)
@helping.option(
    "-e",
    "--edition",
    "editions",
    metavar="EDITION",
    multiple=True,
    says=Words(
        "只做这一版，可写几次；默认做书中全部版本。",
        "Make only this edition; may be given again. Default: all of the book.",
    ),
)
@helping.option(
    "-o",
    "--output",
    "out",
    metavar="DIR",
    default="build",
    show_default=True,
    type=click.Path(path_type=Path),
    says=Words(
        "成品放在哪里：DIR/<书>/<版本>/<书>.pdf 或 .epub。",
        "Folder for results: DIR/<book>/<edition>/<book>.pdf or .epub.",
    ),
)
@helping.option(
    "-j",
    "--jobs",
    "workers",
    type=Workers(),
    default=CORES,
    show_default=True,
    says=Words("同时做几件成品。", "How many outputs are made at a time."),
)
@helping.option(
    "--wait",
    metavar="SECONDS",
    type=Amount(),
    default=PATIENCE,
    show_default=True,
    says=Words(
        "同一文件夹里正有别的 publisher 在做书时，等它多少秒。",
        "How long to wait for another build in the same folder.",
    ),
)
@helping.option(
    "--engine",
    type=OneOf(["local", "dask"]),
    default="local",
    show_default=True,
    says=Words(
        "在这台电脑上做，还是交给 Dask 调度器的各台机器做。",
        "Make them on this machine, or on the workers of a Dask scheduler.",
    ),
)
@helping.option(
    "--scheduler",
    metavar="URL",
    default="",
    says=Words(
        "Dask 调度器的地址：tcp://主机:8786。",
        "Where the Dask scheduler is: tcp://HOST:8786.",
    ),
)
@helping.option(
    "--watch",
    "stay",
    is_flag=True,
    says=Words(
        "做完不退出，文件一有改动就再做。", "Stay, and build again on each change."
    ),
)
@helping.option(
    "--explain",
    is_flag=True,
    says=Words(
        "说明每件成品为什么做、为什么不做。", "Say why each output was made, or not."
    ),
)
@helping.option(
    "--fresh",
    is_flag=True,
    says=Words(
        "全部重做，不用以前留下的。", "Make all again, as if never made before."
    ),
)
@fail_on
@as_json
@common
def command(  # noqa: PLR0913  (each is one flag)
    *,
    paths: tuple[Path, ...],
    editions: tuple[str, ...],
    out: Path,
    workers: int,
    wait: float,
    engine: str,
    scheduler: str,
    stay: bool,
    explain: bool,
    fresh: bool,
    fail_on: Threshold | None,
    json_: bool,
) -> int:
    """Make books."""
    if (engine == "dask") != bool(scheduler):
        raise Problem(MISUSE, _TOGETHER)
    if stay:
        if scheduler or json_ or fresh:
            raise Problem(MISUSE, _ALONE)
        return _watch(books(paths), editions, out, workers, wait, explain, fail_on)
    spoken, account = voice(), Account(keep=json_)
    progress = Watch(spoken, data_on_stdout=json_, explain=explain)
    try:
        with progress:
            for done in build_each(
                books(paths),
                editions,
                out,
                workers=workers,
                scheduler=scheduler,
                fresh=fresh,
                progress=progress,
                patience=wait,
            ):
                account.add(done, fail_on)
    except Problem as stopped:
        if json_:
            print_json(_object(account, spoken, stopped))
        elif account.books:
            summary(account, spoken, progress.books - account.books)
        raise
    if json_:
        print_json(_object(account, spoken))
    elif account.books > 1:
        summary(account, spoken)
    spoken.count_levels(account.levels)
    return account.status


def _watch(  # noqa: PLR0913, PLR0917  (each is one flag)
    paths: tuple[Path, ...],
    editions: tuple[str, ...],
    out: Path,
    workers: int,
    wait: float,
    explain: bool,  # noqa: FBT001
    fail_on: Threshold | None,
) -> int:
    """Build until Ctrl-C; the exit code is that of the last build."""
    from publisher.jobs import watch

    spoken, status = voice(), 0
    progress = Watch(spoken, data_on_stdout=False, explain=explain, stay=True)
    try:
        for done in watch(
            paths, editions, out, workers=workers, progress=progress, patience=wait
        ):
            if progress.bar:
                progress.bar.stop()
            account = Account()
            for one in done:
                account.add(one, fail_on)
            spoken.count_levels(account.levels)
            spoken.say(_WATCHING)
            status = account.status
    except KeyboardInterrupt:
        return status
    return status


def _object(
    account: Account, spoken: Voice, stopped: Problem | None = None
) -> dict[str, Json]:
    targets: list[Json] = [
        {
            "book": result.target.book,
            "edition": result.target.edition.name,
            "format": result.target.edition.format,
            "path": str(result.path),
            "pages": result.pages,
            "bytes": result.bytes,
            "sha256": result.sha256,
            "seconds": result.seconds,
            "cached": result.cached,
            "why": result.why.say(spoken.language),
        }
        for result in account.results
    ]
    problems: list[Json] = [
        {**problem(each.problem, spoken.language), "target": each.name}
        for each in account.failed
    ]
    if stopped:
        problems.append({**problem(stopped, spoken.language), "target": None})
    return {
        "targets": targets,
        "diagnostics": by_level(account.levels),
        "problems": problems,
    }
