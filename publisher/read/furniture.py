"""What reading has to say of the lines that it set aside: of the page, not the text."""

from __future__ import annotations

from collections.abc import Sequence

from publisher.diagnostics import Diagnostic, Report, Words
from publisher.read.folios import Aside
from publisher.read.rules import DOUBTFUL_FOLIO, FURNITURE
from publisher.read.seam import fold
from publisher.read.text import Line
from publisher.source import Source

MOST, SIDE = 6, 6
"""How many lines that were set aside are shown, and how many characters beside one."""


def furniture(
    files: Sequence[Sequence[Line]],
    asides: Sequence[Aside],
    sources: Sequence[Source],
    report: Report,
) -> None:
    """Report what was set aside between the lines of each file, and what perhaps is."""
    for lines, aside, source in zip(files, asides, sources, strict=True):
        told = (
            (FURNITURE, sorted(aside.lines), _SET_ASIDE, _KEPT),
            (DOUBTFUL_FOLIO, aside.doubtful, _FOLIO, _TAKEN),
        )
        for rule, places, words, cure in told:
            if places:
                shown = [_shown(lines[i], source) for i in places[:MOST]]
                count = [str(len(places))]
                before = _named(lines, places[0])
                name = FURNITURE.name
                hint = cure.fill(rule=name, where=source.name, before=before)
                message = words.list(count=count, lines=shown)
                report(Diagnostic(rule, message, lines[places[0]].span, hint=hint))


def _shown(line: Line, source: Source) -> str:
    return f"{source.locate(line.span.start)[0]} “{line.text}”"


def _named(lines: Sequence[Line], i: int) -> str:
    """The words by which a decision names a line: those beside it, if it has a like."""
    text = fold(lines[i].text)
    if sum(fold(line.text) == text for line in lines) == 1:
        return lines[i].text
    before = lines[i - 1].text[-SIDE:] if i else ""
    after = lines[i + 1].text[:SIDE] if i + 1 < len(lines) else ""
    return f"{before}\\n{lines[i].text}\\n{after}"


_SET_ASIDE = Words(
    "有 {count} 行是页码、页眉页脚，不是正文，没有读入（行号和文字）：{lines}",
    "folios, heads and feet of pages are not the text and were left out "
    "(lines: {count}): {lines}",
)
_KEPT = Words(
    "哪一行是正文，就在 decisions.toml 中写：[[reject]] "
    'rule = "{rule}", where = "{where}", before = "{before}", reason = "…"。',
    "Where one is text after all, write in decisions.toml: "
    '[[reject]] rule = "{rule}", where = "{where}", before = "{before}", reason = "…".',
)
_FOLIO = Words(
    "有 {count} 行像页码、页眉，也可能是正文，现在当作正文排印（行号和文字）：{lines}",
    "of a page's head or foot, or text, and taken for text (lines: {count}): {lines}",
)
_TAKEN = Words(
    "对照原件；是页码的，在 decisions.toml 中写："
    '[[accept]] rule = "{rule}", where = "{where}", before = "{before}", '
    'after = "", reason = "页码"。',
    "Compare the original; if it is a page's number, write in decisions.toml: "
    '[[accept]] rule = "{rule}", where = "{where}", before = "{before}", '
    'after = "", reason = "folio".',
)
