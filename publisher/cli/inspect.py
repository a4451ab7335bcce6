"""``publisher inspect``: look into any PDF, and count what is claimed of its lines."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import click

from publisher.cli import helping
from publisher.cli.options import as_json, common
from publisher.cli.voice import Voice, print_json, voice
from publisher.config.neighbours import neighbours
from publisher.diagnostics import Problem, Words
from publisher.inspect import inspect
from publisher.inspect.claims import Composition, Place, composition
from publisher.inspect.dump import dumped
from publisher.inspect.facts import Facts, Page
from publisher.report.terminal import columns

MISUSE = 2
TOLD = 5
"""Places that are shown of each kind; ``-v`` shows all."""

_SAYS = Words(
    """看成品 PDF 的版面：页面、字体、各行，并加以度量。

任何 PDF 都可以。加 --json 时连每一行都写出：基线，左右两端（以磅计，从页面左上角量\
起），首字末字，字号。""",
    """Show pages, fonts and lines of any PDF, and measure them.

With --json, also each line: baseline, left and right edge in points from the top
left of the page, first and last character, sizes of type.""",
)


@helping.command("inspect", says=_SAYS)
@click.argument("path", metavar="FILE.pdf", type=click.Path(path_type=Path))
@as_json
@common
def command(path: Path, *, json_: bool) -> int:
    """Show pages, fonts and lines of any PDF, and measure them."""
    spoken = voice()
    if not os.path.exists(path):  # noqa: PTH110  (never raises)
        raise Problem(MISUSE, _ABSENT.fill(path=path), neighbours(path), str(path))
    facts = inspect(path)
    claims = composition(facts)
    if json_:
        print_json({"file": str(path), **dumped(facts, claims)})
        return 0
    for term, text in _rows(path, facts, claims, spoken):
        said = spoken.words(term)
        click.echo(said + " " * (_TAB - columns(said)) + text)
    return 0


def _rows(
    path: Path, facts: Facts, claims: Composition | None, spoken: Voice
) -> Iterator[tuple[Words, str]]:
    kinds = [f"PDF {facts.version}", *facts.variants]
    kinds += [spoken.words(words) for words in _kinds(facts)]
    yield Words("文件", "file"), f"{path.name}  {', '.join(filter(None, kinds))}"
    if facts.title:
        yield Words("题名", "title"), facts.title
    for number, font in enumerate(facts.fonts):
        state = _EMBEDDED if font.embedded else _NOT_EMBEDDED
        term = Words("", "") if number else Words("字体", "fonts")
        yield term, f"{font.name}  {spoken.words(state)}"
    for number, text in enumerate(_pages(facts.pages, spoken)):
        yield Words("", "") if number else Words("页面", "pages"), text
    if claims:
        yield from _measured(claims, spoken)
    else:
        yield Words("正文", "text"), spoken.words(_NO_HAN)


def _kinds(facts: Facts) -> Iterator[Words]:
    yield Words("有标签", "tagged") if facts.tagged else Words("无标签", "not tagged")
    if facts.encrypted:
        yield Words("加了密", "encrypted")
    if facts.language:
        yield Words(facts.language, facts.language)


def _pages(pages: Sequence[Page], spoken: Voice) -> Iterator[str]:
    """Each stretch of pages of one size, by label."""
    for size, held in groupby(pages, key=lambda page: page.size):
        some = list(held)
        width, height = size
        yield spoken.words(
            _PAGES.fill(
                many=len(some),
                first=some[0].label,
                last=some[-1].label,
                width=round(width, 2),
                height=round(height, 2),
                mm=f"{width / 72 * 25.4:.1f} × {height / 72 * 25.4:.1f} mm",
            )
        )


def _measured(claims: Composition, spoken: Voice) -> Iterator[tuple[Words, str]]:
    text = (_TEXT if claims.nonfinal else _SHORT).fill(
        size=claims.size,
        leading=claims.leading,
        measure=claims.measure,
        paragraphs=claims.paragraphs,
        lines=claims.lines,
    )
    yield Words("正文", "text"), spoken.words(text)
    rest = ", ".join(f"{value:g} ({many})" for value, many in claims.remainders[:4])
    yield Words("基线余数", "baselines"), f"mod {claims.leading:g}: {rest}"
    yield Words("两端齐", "flush"), _flush(claims, spoken)
    yield from _listed(claims.ragged, Words("不齐", "ragged"), spoken)
    yield Words("标点连排", "adjacent"), f"{claims.pressed}/{claims.pairs}"
    gaps = _GAPS.fill(widest=claims.widest, common=claims.common)
    yield Words("字距", "gaps"), spoken.words(gaps)
    yield from _counted(claims, spoken)


def _flush(claims: Composition, spoken: Voice) -> str:
    if not claims.nonfinal:
        return spoken.words(_NOT_FULL)
    share = f"{claims.nonfinal - len(claims.ragged)}/{claims.nonfinal}"
    uneven = spoken.words(_UNEVEN.fill(many=claims.uneven)) if claims.uneven else ""
    return f"{share} = {claims.flush:.4f}{uneven}"


def _counted(claims: Composition, spoken: Voice) -> Iterator[tuple[Words, str]]:
    kinds = (
        (Words("避头尾", "kinsoku"), claims.kinsoku),
        (Words("——断开", "split"), claims.split),
        (Words("孤字", "orphans"), claims.orphans),
    )
    for words, found in kinds:
        yield words, str(len(found))
        yield from _listed(found, Words("", ""), spoken)


def _listed(
    found: Sequence[Place], words: Words, spoken: Voice
) -> Iterator[tuple[Words, str]]:
    shown = found if spoken.level > 0 else found[:TOLD]
    for number, place in enumerate(shown):
        where = f"{place.page}:{place.baseline:.1f}"
        yield Words("", "") if number else words, f"{where}  {place.text}"
    if len(shown) < len(found):
        rest = _MORE.fill(many=len(found) - len(shown))
        yield Words("", ""), spoken.words(rest)


_TAB = 12
_ABSENT = Words("没有这个文件：{path}", "there is no such file: {path}")
_EMBEDDED = Words("已嵌入", "embedded")
_NOT_EMBEDDED = Words("未嵌入", "not embedded")
_PAGES = Words(
    "{many} 页（{first}–{last}），{width} × {height} pt（{mm}）",
    "{many} pages ({first}–{last}), {width} × {height} pt ({mm})",
)
_TEXT = Words(
    "{size} pt，行距 {leading} pt，每行 {measure} 字；{paragraphs} 段 {lines} 行",
    "{size} pt on {leading} pt, {measure} ems wide; {paragraphs} paragraphs, "
    "{lines} lines",
)
_SHORT = Words(
    "{size} pt，行距 {leading} pt；{paragraphs} 段 {lines} 行",
    "{size} pt on {leading} pt; {paragraphs} paragraphs, {lines} lines",
)
_NOT_FULL = Words(
    "没有一段满一行，无从量起",
    "no paragraph has a full line, so there is none to measure",
)
_UNEVEN = Words("，{many} 段有不齐的行", ", ragged lines in {many} paragraphs")
_GAPS = Words(
    "汉字之间最宽 {widest} 字，百分之九十九不过 {common} 字",
    "between Han characters at most {widest} em, 99 % at most {common} em",
)
_MORE = Words("另有 {many} 处；加 -v 全列", "and {many} more; -v shows all")
_NO_HAN = Words(
    "没有可量的中文（或无文字层，或页码皆非数字）",
    "no Chinese text to measure on pages with arabic labels",
)
