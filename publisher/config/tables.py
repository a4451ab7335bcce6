"""The tables of ``book.toml``. The one place that lists its keys."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import get_args

from publisher.book import (
    Fonts,
    Format,
    Punctuation,
    Script,
    Spelling,
    Threshold,
    Writing,
)
from publisher.config.kinds import (
    PRINTABLE,
    Array,
    Choice,
    Day,
    Either,
    Flag,
    Key,
    Named,
    Number,
    Table,
    Text,
)
from publisher.config.units import (
    LENGTH,
    PAGE_SPELLINGS,
    PAGES,
    SIZE_SPELLINGS,
    SIZES,
)
from publisher.diagnostics import Words
from publisher.tree.nodes import DocumentKind

NAME = Text(
    r"[^\W_][\w.\-]*",
    Words(
        "只能用文字、数字和 - _ .，并以文字或数字开头（它要作文件夹名）",
        "only letters, digits and - _ . after a letter or digit (it names a folder)",
    ),
)
PRINT = Text(
    rf"(?:{NAME.pattern})?",
    Words("是一个印本的名称，或空着", "it is the name of a printed edition, or empty"),
)
ANY = Text(
    rf"{PRINTABLE}*",
    Words("不能换行或含控制字符", "it must not hold line ends or control characters"),
)
ANCHOR = Text(
    r"[^\s*?\[\]{}]+",
    Words(
        "写一处的编号，如 reg 或 reg.art_19；不能用通配符",
        "name one place, as in reg or reg.art_19; no wildcards",
    ),
)
RULE = Text(
    r"[A-Za-z0-9\-]+",
    Words("写一条规则的名称；不能用通配符", "name one rule; no wildcards"),
)
SHA256 = Text(
    r"[0-9a-fA-F]{64}",
    Words("是 64 位十六进制数", "it is 64 hexadecimal digits"),
)
LANGUAGE = Text(
    r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*",
    Words("是语言标记，如 zh-Hans-CN", "it is a language tag such as zh-Hans-CN"),
)
REASON = Key(Text(), Words("理由（必填）。", "Why (required)."), required=True)
MARGIN = Either((Number(0, 400), Choice(tuple(SIZES), LENGTH.pattern)))


def _spelt(spellings: Iterable[str], *more: str) -> str:
    """A pattern of all these."""
    return "|".join([*map(re.escape, spellings), *more])


def _key(kind: Text | Choice, zh: str, en: str) -> Key:
    return Key(kind, Words(zh, en))


FROM = Table(
    {
        "kind": Key(
            Choice(get_args(DocumentKind)),
            Words("文档种类。", "The kind of document that was read."),
            required=True,
        ),
        "title": _key(Text(), "来源中的标题。", "Its title in the source."),
    }
)
SELECT = Key(
    FROM,
    Words("指哪一篇：种类，或种类加标题。", "Which document: kind, or kind and title."),
    required=True,
)
DATES = Table(
    {
        "approved": Key(Day(), Words("审议批准日期。", "Approved on.")),
        "issued": Key(Day(), Words("发布日期。", "Issued on.")),
        "effective": Key(Day(), Words("施行日期。", "In force from.")),
        "repealed": Key(Day(), Words("废止日期。", "Repealed on.")),
    }
)
BOOK = Table(
    {
        "id": Key(
            NAME,
            Words("书的编号，用作文件夹和文件名。", "Names the folder and files."),
            required=True,
        ),
        "title": _key(
            Text(),
            "书名；不写则用第一篇的标题。",
            "The title; else that of the first document.",
        ),
        "subtitle": _key(Text(), "副书名。", "The subtitle."),
        "authority": _key(Text(), "发布机关。", "The issuing authority."),
        "publisher": _key(Text(), "编印者。", "Who publishes the book."),
        "language": _key(LANGUAGE, "来源的语言。", "The language of the source."),
        "dates": Key(DATES, Words("日期。", "Dates.")),
        "rights": _key(Text(), "版权说明。", "A statement of rights."),
    }
)
SOURCE = Table(
    {
        "file": Key(
            Text(),
            Words("文件，相对于本文件夹。", "The file, relative to this folder."),
            required=True,
        ),
        "sha256": _key(SHA256, "未改动文件的 SHA-256。", "SHA-256 of the file."),
        "origin": _key(Text(), "文本的来历。", "Where the text comes from."),
    }
)
DOCUMENT = Table(
    {
        "from": SELECT,
        "title": _key(
            Text(),
            "编者拟的标题（来源没有时）。",
            "A title, where the source has none.",
        ),
        "short_title": _key(
            Text(), "目录和书眉用的短标题。", "For contents and running heads."
        ),
    }
)
LEAVE_OUT = Table({"from": SELECT, "reason": REASON})
MEASURE = Table(
    {
        "chars": Key(
            Number(5, 100, whole=True),
            Words("每行字数。", "Characters a line."),
            required=True,
        ),
        "lines": Key(
            Number(3, 100, whole=True),
            Words("每页行数。", "Lines a page."),
            required=True,
        ),
    }
)
_SIZE = _spelt(SIZE_SPELLINGS, LENGTH.pattern)
EDITION = Table(
    {
        "extends": _key(
            NAME,
            "以哪个版本或预设为底。",
            "The edition or preset that this one starts from.",
        ),
        "format": _key(Choice(get_args(Format)), "输出格式。", "What is written."),
        "script": _key(Choice(get_args(Script)), "简体还是繁体。", "The script."),
        "page": Key(
            Either(
                (
                    Choice(tuple(PAGES), _spelt(PAGE_SPELLINGS)),
                    Array(Number(60, 1200), 2),
                )
            ),
            Words("开本，或 [宽, 高]（毫米）。", "Trim size: a name, or [w, h] in mm."),
        ),
        "measure": Key(MEASURE, Words("版心。", "The type area.")),
        "size": Key(
            Either((Choice(tuple(SIZES), _SIZE), Number(4, 72))),
            Words(
                "正文字号，如“五号”“小四”；或磅数，或带单位的长度，如 4mm。",
                "Type size: a 字号, points, or a length with its unit (4mm).",
            ),
        ),
        "leading": Key(
            Either((Choice(tuple(SIZES), _SIZE), Number(4, 200))),
            Words(
                "行距：磅数、字号，或带单位的长度，如 6.5mm。",
                "Line to line: points, a 字号, or a length with its unit (6.5mm).",
            ),
        ),
        "head": Key(
            MARGIN,
            Words(
                "天头：毫米数，或带单位的长度，如 3行、2cm。",
                "Head margin: mm, or a length with its unit (3行, 2cm).",
            ),
        ),
        "spine": Key(
            MARGIN,
            Words(
                "订口：毫米数，或带单位的长度，如 5字、20mm。",
                "Spine margin: mm, or a length with its unit (5字, 20mm).",
            ),
        ),
        "punctuation": _key(
            Choice(get_args(Punctuation)), "标点样式。", "The style of punctuation."
        ),
        "hanging": Key(
            Flag(),
            Words(
                "行末的、，。悬在版心之外。",
                "Marks 、，。 at the end of a line hang outside the type area.",
            ),
        ),
        "ink": _key(
            Choice(("two", "grey")), "双色，或单色灰。", "Two inks, or one with grey."
        ),
        "select": Key(
            Array(ANCHOR),
            Words("只印这些编号的条文（摘编）。", "Print only these ids (an excerpt)."),
        ),
        "page_list_from": _key(
            PRINT,
            "EPUB 的页码取自哪个印本；空着就没有页码。",
            "The printed edition whose pages the EPUB names; empty for none.",
        ),
        "writing": _key(
            Choice(get_args(Writing)),
            "EPUB 横排或直排（直排只用于繁体）。",
            "EPUB: how lines run; vertical is for traditional characters.",
        ),
        "fonts": _key(
            Choice(get_args(Fonts)),
            "EPUB 是否带字体：不带，或只带书中用到的字。",
            "EPUB: carry no fonts, or fonts cut down to the book's own characters.",
        ),
    }
)
ALLOW = Table(
    {
        "rule": Key(RULE, Words("规则名称。", "The rule."), required=True),
        "where": Key(ANCHOR, Words("位置的编号。", "The place."), required=True),
        "reason": REASON,
    }
)
CLAIMS = tuple(
    f"EPUB Accessibility 1.1 - WCAG {version} Level {level}"
    for version in ("2.0", "2.1", "2.2")
    for level in ("A", "AA", "AAA")
)
"""The only strings that EPUB Accessibility 1.1 allows as a claim."""
EPUB = Table(
    {
        "conforms_to": Key(
            Choice(CLAIMS),
            Words(
                "有人验过、愿意具名担保的无障碍标准。",
                "The standard of accessibility that a person vouches for.",
            ),
            required=True,
        ),
        "certified_by": Key(
            Text(),
            Words("担保的人或机构（必填）。", "Who does (required)."),
            required=True,
        ),
        "credential": _key(Text(), "其资质。", "What entitles them to."),
        "report": _key(Text(), "检验报告的网址。", "Address of their report."),
    }
)
CHECK = Table(
    {
        "fail_on": _key(
            Choice(get_args(Threshold)),
            "到哪一级就以 1 退出。",
            "The severity from which the exit code is 1.",
        ),
        "allow": Key(
            Array(ALLOW),
            Words(
                "编者认可的问题：一条规则、一个位置、一个理由。",
                "Findings the editor accepts: one rule, one place, one reason.",
            ),
        ),
    }
)
CONVERSION = Table(
    {
        "spelling": _key(
            Choice(get_args(Spelling)),
            "繁体用字的体例；不写则用该地区法规的体例。",
            "The spelling of traditional editions; default: that of the region's laws.",
        ),
        "fail_on_unreviewed": Key(
            Flag(),
            Words(
                "有风险的选字没有定过，就算错误。",
                "A risky choice that nobody has decided is an error.",
            ),
        ),
    }
)
BOOK_TOML = Table(
    {
        "schema": Key(
            Number(0, 1_000_000, whole=True),
            Words("格式的版本，现为 1。", "The version of this format: 1."),
            required=True,
        ),
        "book": Key(BOOK, Words("书。", "The book."), required=True),
        "source": Key(
            Array(SOURCE),
            Words("未改动的来源文件。", "The untouched input files."),
            required=True,
        ),
        "document": Key(
            Array(DOCUMENT),
            Words("要印的文档，按印刷次序。", "What is printed, in order."),
        ),
        "leave_out": Key(
            Array(LEAVE_OUT),
            Words("读到而不印的文档。", "Documents that are read but not printed."),
        ),
        "edition": Key(Named(NAME, EDITION), Words("版本。", "Editions, by name.")),
        "epub": Key(
            EPUB,
            Words(
                "EPUB 的无障碍声明；没有人具名就不写这一节。",
                "A claim of accessibility; left out unless a person signs it.",
            ),
        ),
        "check": Key(CHECK, Words("核校。", "Checking.")),
        "conversion": Key(CONVERSION, Words("繁简转换。", "Conversion of script.")),
    }
)
