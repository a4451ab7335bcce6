"""Documents for tests of the composer: paragraphs at a measure, set or left plain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from functools import cache
from html import escape
from pathlib import Path

from publisher import pipeline
from publisher.book import Punctuation
from publisher.diagnostics import Diagnostic
from publisher.tree import dump
from publisher.tree.nodes import Article, Division, Question
from publisher.tree.walk import plain
from publisher.typeset import Account, Settings, composing, settings

LEFT, SIZE, LEADING = 30.0, 10.5, 18.0
"""Points."""

CSS = """
@page {{ size: {page}pt 595pt; margin: 54pt 30pt 55pt 30pt;
  @bottom-center {{ content: counter(page); font: 9pt "Noto Serif CJK SC" }} }}
html {{ font: 10.5pt/18pt "Noto Serif CJK SC" }}
body {{ margin: 0; width: {width}pt }}
h2 {{ font: 500 10.5pt/18pt "Noto Sans CJK SC"; text-align: center; margin: 18pt 0 }}
p {{ margin: 0; text-indent: 2em; text-align: justify; orphans: 2; widows: 2 }}
b {{ font: 500 10.5pt/0 "Noto Sans CJK SC"; margin-right: 1.25em }}
"""


def document(
    body: str, width: float = 294.0, css: str = "", lang: str = "zh-Hans"
) -> str:
    """A whole HTML document with a measure of so many points."""
    style = CSS.format(page=width + 2 * LEFT, width=width) + css
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8">'
        f"<title>测试</title><style>{style}</style></head><body>{body}</body></html>"
    )


def make(
    html: str,
    style: Punctuation | Settings | None = "kaiming",
    variant: str | None = "pdf/ua-1",
) -> tuple[bytes, Account, list[Diagnostic]]:
    """The PDF, the account and the findings; no style: as WeasyPrint sets it."""
    from weasyprint import HTML

    found: list[Diagnostic] = []
    how = settings(style) if isinstance(style, str) else style
    with (
        nullcontext(Account())
        if how is None
        else composing(how, found.append) as account
    ):
        data = HTML(string=html).write_pdf(
            pdf_variant=variant, pdf_identifier=b"0" * 16
        )
    return data, account, found


@cache
def paragraphs(source: Path) -> tuple[tuple[str, str, str], ...]:
    """Tag, label and text of each paragraph of a source."""
    loaded = pipeline.load(source)
    collection = pipeline.read_book(loaded, lambda _: None).collection
    out = []
    for held in collection.documents:
        for _, entry in dump.entries(held):
            if isinstance(entry, Article):
                continue
            mark, words = dump.label(entry), plain(dump.own_run(entry))
            tag = "h2" if isinstance(entry, Division | Question) else "p"
            if words or mark:
                out.append((tag, mark.text if mark else "", words))
    return tuple(out)


def body(held: Iterable[tuple[str, str, str]]) -> str:
    """Paragraphs as HTML, labels bold."""
    return "\n".join(
        f"<{tag}>{f'<b>{escape(label)}</b>' if label else ''}{escape(words)}</{tag}>"
        for tag, label, words in held
    )


def ink(held: Sequence[tuple[str, str, str]]) -> str:
    """All characters of paragraphs but white space."""
    return "".join("".join((label + words).split()) for _, label, words in held)
