"""``publisher convert``: lines from stdin to stdout, in another script."""

from __future__ import annotations

import sys

import click

from publisher.book import Script
from publisher.cli import helping
from publisher.cli.options import common
from publisher.cli.usage import OneOf, Refused
from publisher.config import SCRIPTS
from publisher.config.vocabulary import WORDS_STAY, vocabulary
from publisher.diagnostics import Problem, Words

_SAYS = Words(
    """逐行繁简转换：从标准输入到标准输出，用 UTF-8。""",
    """Convert lines from stdin to stdout, as UTF-8.""",
)


class _Scripts(OneOf):
    """A script; a scheme that exchanges words is refused with the reason."""

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """The script itself."""
        if why := vocabulary(str(value)):
            raise Refused(why, WORDS_STAY)
        return super().convert(value, param, ctx)


SCRIPT = _Scripts(
    SCRIPTS,
    {
        "zh-cn": "zh-Hans",
        "zh-sg": "zh-Hans",
        "zh-hans-cn": "zh-Hans",
        "zh-tw": "zh-Hant-TW",
        "zh-hk": "zh-Hant-HK",
        "zh-mo": "zh-Hant-HK",
    },
)
"""A script, with the regions that people name it by."""


@helping.command("convert", says=_SAYS)
@helping.option(
    "--to",
    required=True,
    type=SCRIPT,
    says=Words("要转成的字体。", "The script wanted."),
)
@helping.option(
    "--from",
    "from_",
    type=SCRIPT,
    says=Words(
        "输入的字体；默认 zh-Hans，转成 zh-Hans 时默认 zh-Hant-TW。",
        "The script of the input; default: zh-Hans, or zh-Hant-TW when --to zh-Hans.",
    ),
)
@common
def command(to: Script, from_: Script | None) -> int:
    """Convert lines from stdin to stdout, as UTF-8."""
    from publisher.edition.lines import convert

    given = sys.stdin.buffer
    out = sys.stdout.buffer
    for number, raw in enumerate(given, 1):
        try:
            line = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            column = len(raw[: error.start].decode("utf-8")) + 1
            raise Problem(
                3, _NOT_UTF8, _NOT_UTF8_HINT, f"<stdin>:{number}:{column}"
            ) from error
        out.write(convert(line, to, from_).encode())
        out.flush()
    return 0


_NOT_UTF8 = Words("输入不是 UTF-8 编码", "the input is not UTF-8")
_NOT_UTF8_HINT = Words(
    "先转成 UTF-8，例如 iconv -f GB18030 -t UTF-8",
    "turn it into UTF-8 first, as with iconv -f GB18030 -t UTF-8",
)
