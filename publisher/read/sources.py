"""Bytes → a source: the one door, and the suffix of the name decides.

Law: any bytes under any suffix give a source, and never an exception.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from publisher.diagnostics import Diagnostic, Report, Words
from publisher.read.encodings import characters, no_text
from publisher.read.magic import known
from publisher.source import NOWHERE, Source, Span

Decoder = Callable[[str, bytes, Report], Source]


def decode(name: str, raw: bytes, report: Report, file: int = 0) -> Source:
    """Make a source of a file's bytes.

    Of a text file ``source.text`` is all of its characters, and ``source.encode()``
    gives the bytes back. Of a web page or a Word file it is what was extracted: plain
    text with ``#`` before headings, ``**`` around bold, tables and pictures as in
    Markdown, and automatic numbers as text. Spans, lines, repairs and undoing all
    refer to that text; only the digest in a manifest is that of the file's bytes.

    ``file`` is the source's number among those that will be read together: what is
    found names it, and the file.
    """

    def placed(found: Diagnostic) -> None:
        zh, en = found.message.zh, found.message.en
        span = Span(file, found.span.start, found.span.end)
        at = Span(file, 0, 0) if found.span == NOWHERE else span
        message = Words(f"“{name}”：{zh}", f"“{name}”: {en}")
        report(replace(found, message=message, span=at))

    decoder = DECODERS.get(name.rpartition(".")[2].lower())
    if decoder is None and (cure := known(raw)):
        return no_text(name, raw, cure, placed)
    return (decoder or characters)(name, raw, placed)


def _page(name: str, raw: bytes, report: Report) -> Source:
    from publisher.read.html import read_page

    return read_page(name, raw, report)


def _word(name: str, raw: bytes, report: Report) -> Source:
    from publisher.read.docx import read_word

    return read_word(name, raw, report)


DECODERS: dict[str, Decoder] = {"html": _page, "htm": _page, "docx": _word}
"""Files that are more than their characters, by suffix."""
