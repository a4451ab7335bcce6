"""What reading has to say of the lines that it set aside: of the page, not the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from publisher.diagnostics import Diagnostic, Report, Words
from publisher.read.folios import Aside
from publisher.read.rules import DOUBTFUL_FOLIO, FURNITURE
from publisher.read.text import Line
from publisher.source import Source
from publisher.tree.nodes import Document

MOST, SIDE = 6, 6
"""How many lines that were set aside are shown, and how many characters beside one."""


def furniture(
    documents: Sequence[Document],
    beside: Sequence[tuple[Sequence[Line], Aside]],
    sources: Sequence[Source],
    report: Report,
) -> None:
    """Report what was set aside between the lines of each file, and what perhaps is."""
    where = documents[0].id if documents else ""
    for lines, aside in beside:
        gone = sorted(aside.lines)
        often = Counter(line.text for line in lines) if gone or aside.doubtful else {}
        if gone:
            span = lines[gone[0]].span
            shown = [_shown(lines[i], sources[span.file]) for i in gone[:MOST]]
            message = _SET_ASIDE.list(count=[str(len(gone))], lines=shown)
            before = _named(lines, gone[0], often)
            hint = _KEPT.fill(rule=FURNITURE.name, where=where, before=before)
            report(Diagnostic(FURNITURE, message, span, hint=hint))
        for i in aside.doubtful:
            message = _FOLIO.fill(text=lines[i].text)
            before = _named(lines, i, often)
            hint = _TAKEN.fill(rule=FURNITURE.name, where=where, before=before)
            report(Diagnostic(DOUBTFUL_FOLIO, message, lines[i].span, hint=hint))


def _shown(line: Line, source: Source) -> str:
    return f"{source.locate(line.span.start)[0]} “{line.text}”"


def _named(lines: Sequence[Line], i: int, often: Mapping[str, int]) -> str:
    """The words by which a decision names a line: those beside it, if it has a like."""
    text = lines[i].text
    if often[text] == 1:
        return text
    before = lines[i - 1].text[-SIDE:] if i else ""
    after = lines[i + 1].text[:SIDE] if i + 1 < len(lines) else ""
    return f"{before}\\n{text}\\n{after}"


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
    "这一行只有“{text}”，像页码、页眉，也可能是正文",
    "there is nothing in the line but “{text}”: of a page's head or foot, or text",
)
_TAKEN = Words(
    "对照原件；是页码的，在 decisions.toml 中写："
    '[[accept]] rule = "{rule}", where = "{where}", before = "{before}", '
    'after = "", reason = "页码"。',
    "Compare the original; if it is a page's number, write in decisions.toml: "
    '[[accept]] rule = "{rule}", where = "{where}", before = "{before}", '
    'after = "", reason = "folio".',
)
