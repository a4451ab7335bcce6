"""``publisher init``: a book folder that builds, with everything explained in it."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import click

from publisher.cli import helping
from publisher.cli.options import MISUSE, as_json, common, existing
from publisher.cli.voice import LANG, print_json, voice
from publisher.config import BOOK
from publisher.diagnostics import Problem, Words
from publisher.jobs.files import FAILED, put
from publisher.patterns import pattern
from publisher.refusals import reason

INVALID = 3
SAMPLE = "text.md"

_SAYS = Words(
    """建一个书稿文件夹，建好就能做书。

DIR 应是新的，或是空的。里面放写好注释的 book.toml，以及 FILE 的副本；没有指明 FILE \
的，放一份样稿，换成您自己的即可。""",
    """Make a book folder that builds.

DIR must be new or empty. It gets a book.toml with comments, and a copy of FILE, or
a sample source to replace with your own.""",
)


UNFIT = pattern(r"[^\w.\-]+")
"""What a folder's name may hold and a book's id may not."""


@helping.command("init", says=_SAYS)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@helping.option(
    "--from",
    "given",
    metavar="FILE",
    type=click.Path(path_type=Path),
    says=Words(
        "用这个来源文件做书：把它抄进 DIR。默认放一份样稿。",
        "A source file to make the book of: it is copied into DIR. Default: a sample.",
    ),
)
@as_json
@common
def command(*, folder: Path, given: Path | None, json_: bool) -> int:
    """Make a book folder that builds."""
    spoken = voice()
    name, text = _source(given)
    _must_be_free(folder)
    book = UNFIT.sub("-", folder.resolve().name).strip("-_.") or "book"
    head, tail = spoken.words(_BOOK).split('"FILE"')
    quoted = json.dumps(name, ensure_ascii=False)
    settings = head.replace("NAME", book) + quoted + tail
    files = {name: text, BOOK: settings.encode()}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, data in files.items():
            put(folder / file, data)
    except OSError as error:
        raise _refused(folder, error) from error
    if json_:
        print_json({"folder": str(folder), "files": sorted(files)})
    spoken.say(_DONE.fill(folder=shlex.quote(str(folder)), lang=_asked()))
    spoken.say(_REPLACE if given is None else _LOOK_OVER)
    return 0


def _source(given: Path | None) -> tuple[str, bytes]:
    """The name and the bytes of the source to begin with.

    Raises:
        Problem: 2, it is not there, or is no source; 3, it cannot be read.
    """
    if given is None:
        return SAMPLE, _TEXT.encode()
    if given.is_dir() or given.name == BOOK:
        raise Problem(MISUSE, _NO_SOURCE.fill(path=given), place=str(given))
    existing([given])
    if not given.name.isprintable() or not given.is_file():
        raise Problem(MISUSE, _UNFIT.fill(name=ascii(given.name)), _RENAME)
    try:
        return given.name, given.read_bytes()
    except OSError as error:
        why = reason(error)
        message = Words(
            f"文件 {given} 读不出：{why.zh}", f"cannot read {given}: {why.en}"
        )
        raise Problem(INVALID, message, place=str(given)) from error


def _asked() -> str:
    """The language as it was asked for on the command line: the next command too."""
    lang = click.get_current_context().meta.get(LANG)
    return f" --lang {lang}" if lang else ""


def _must_be_free(folder: Path) -> None:
    """Nothing of anybody's may be overwritten.

    Raises:
        Problem: 2, something is there; 4, it cannot be looked at.
    """
    try:
        taken = any(folder.iterdir()) if folder.exists() else False
    except OSError as error:
        raise _refused(folder, error) from error
    if taken:
        raise Problem(MISUSE, _TAKEN.fill(folder=folder), _TAKEN_HINT, str(folder))


def _refused(folder: Path, error: OSError) -> Problem:
    why = reason(error)
    message = Words(
        f"建不了文件夹 {folder}：{why.zh}", f"cannot make the folder {folder}: {why.en}"
    )
    return Problem(FAILED, message, _TAKEN_HINT, str(folder))


_TAKEN = Words("文件夹 {folder} 不是空的", "the folder {folder} is not empty")
_TAKEN_HINT = Words("换一个名称或地方", "choose another name or place")
_NO_SOURCE = Words("{path} 不是来源文件", "{path} is not a source file")
_UNFIT = Words(
    "来源文件的名称 {name} 里有印不出的字符，或它不是普通文件",
    "the source {name} has characters in its name that cannot be shown, or is no file",
)
_RENAME = Words("先给它改个名", "give it another name first")
_DONE = Words(
    "已建好 {folder}。\n"
    "  publisher check {folder}{lang}    查稿\n"
    "  publisher build {folder}{lang}    做书",
    "{folder} is ready.\n"
    "  publisher check {folder}{lang}    what is wrong with the text\n"
    "  publisher build {folder}{lang}    make the book",
)
_REPLACE = Words(
    "把 text.md 换成您的来源文本，再看一遍 book.toml。",
    "Put your own text in place of text.md, and look over book.toml.",
)
_LOOK_OVER = Words(
    "再看一遍 book.toml：书名、编印者、日期、收哪几篇。",
    "Look over book.toml: title, publisher, dates, which documents to print.",
)

_TEXT = """\
# 阅览室管理办法

（2024年3月1日馆务会议通过）

## 第一章　总则

第一条　为了规范阅览室的管理，方便读者，制定本办法。

第二条　阅览室对所有读者开放。

## 第二章　借阅

第三条　读者应当遵守下列规定：

（一）爱护图书；

（二）保持安静；

（三）按时归还。

第四条　违反本办法第三条规定的，由管理员劝阻。

第五条　本办法自发布之日起施行。
"""
_BOOK = Words(
    """\
# 这本书的设置。全部键名见 publisher schema；写错的键会指出行号。
schema = 1

[book]
id = "NAME"                         # 文件夹和文件名
# title = "某某办法"                 # 书名；不写则用第一篇的标题
# subtitle = "附答记者问"
# authority = "某某机关"             # 发布机关
# publisher = "某某单位"             # 编印者，印在封面、扉页和版权页上
# dates = { approved = 2024-03-01 } # 通过；还有 issued effective repealed

[[source]]                          # 来源文件，原样保存，程序从不改动
file = "FILE"
# origin = "某某网站"                # 文本的来历，印在版权页上
# sha256 = "…"                      # 写上后，文件一变就报错（用 sha256sum 算）

# [[document]]                      # 印什么，依次序；不写则读出的全印
# from = { kind = "regulation" }    # regulation press_qa news decision prose

# [[leave_out]]                     # 读到而不印的，要写理由
# from = { kind = "news" }
# reason = "同版其他新闻"

[edition.booklet]                   # 预设：booklet large-print a4 epub
page = "A5"                         # A5 A4 16开 32开 大32开 …，或 [宽, 高]（毫米）
measure = { chars = 28, lines = 27 }
size = "五号"                        # 初号至八号，或磅数，或 4mm 一类长度
leading = 18                        # 行距（磅）

[edition.epub]

[edition.booklet-tw]                # 繁体版：-tw 台湾  -hk 香港  -hant 通用
[edition.epub-tw]

[check]
fail_on = "error"                   # error warning never
# 认可一条问题：一条规则、一个位置、一个理由
# allow = [{ rule = "skipped-number", where = "reg", reason = "来源缺第三章" }]
""",
    """\
# The settings of this book. `publisher schema` has every key.
schema = 1

[book]
id = "NAME"                         # names the folder and the files
# title = "某某办法"                 # else that of the first document
# subtitle = "附答记者问"
# authority = "某某机关"             # who issued it
# publisher = "某某单位"             # on the cover, the title page and the imprint
# dates = { approved = 2024-03-01 } # also: issued, effective, repealed

[[source]]                          # an input file; it is never changed
file = "FILE"
# origin = "某某网站"                # where the text comes from; printed
# sha256 = "…"                      # then a changed file is an error (sha256sum)

# [[document]]                      # what is printed, in order; else all that is read
# from = { kind = "regulation" }    # regulation press_qa news decision prose

# [[leave_out]]                     # what was read and is not printed, with a reason
# from = { kind = "news" }
# reason = "同版其他新闻"

[edition.booklet]                   # presets: booklet large-print a4 epub
page = "A5"                         # A5 A4 16开 32开 大32开 …, or [width, height] in mm
measure = { chars = 28, lines = 27 }
size = "五号"                        # a 字号, points, or a length such as 4mm
leading = 18                        # line to line, in points

[edition.epub]

[edition.booklet-tw]                # other scripts: -tw, -hk, -hant
[edition.epub-tw]

[check]
fail_on = "error"                   # error warning never
# a finding that you accept: one rule, one place, one reason
# allow = [{ rule = "skipped-number", where = "reg", reason = "来源缺第三章" }]
""",
)
