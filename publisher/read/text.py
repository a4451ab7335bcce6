"""Bytes → a source → its lines.

Law: any bytes give a source that writes them back, and any source gives lines. What is
no text (bytes that do not decode, control characters) is in no line, so that it ends
up as layout and never reaches an output.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from publisher.diagnostics import Diagnostic, Report, Words
from publisher.read.magic import known
from publisher.read.rules import BINARY, CONTROL, EMPTY, GUESSED, UNDECODABLE
from publisher.source import Source, Span
from publisher.tree.nodes import Inline, Run, Strong, Text
from publisher.tree.walk import plain

BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
BYTES = "latin-1"
"""The encoding of a source that is no text: each byte is one character."""
SAMPLE = 20_000
"""How many characters are looked at to tell whether a file looks Chinese."""
LINE = re.compile(r"[^\r\n]+")
COMMENT = re.compile(r"<!--(?:(?!-->).)*-->")  # <!-- INFO END -->
HASHES = re.compile(r"(#{1,6})(?:[ \t\u3000]+|$)")  # ## 第一章
BOLD = re.compile(r"\*\*(?=\S)((?:(?!\*\*).)+?)(?<=\S)\*\*")  # **第一条**
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]+"
)
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
"""Characters without width that ``str.isspace`` does not know."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, without its layout.

    ``text`` is ``plain(run)``. ``level`` counts the ``#`` before it; ``bold`` is how
    many characters at its start are set bold.
    """

    span: Span
    run: Run
    text: str
    level: int = 0
    bold: int = 0


Reader = Callable[[Source, int], tuple[Line, ...]]
"""Gives the lines of a source, the file of that number."""


# ---------------------------------------------------------------- bytes


def decode(name: str, raw: bytes, report: Report, file: int = 0) -> Source:
    """Make a source of a file's bytes; ``source.encode()`` gives them back.

    UTF-8 and (with a byte order mark) UTF-16 are read as such; GB18030 is accepted
    with a warning where it decodes cleanly and looks like Chinese. ``file`` is the
    source's number among those that will be read together: findings name it.
    """
    if cure := known(raw):
        return _binary(name, raw, file, cure, report)
    for bom, encoding in BOMS:
        if raw.startswith(bom):
            source = _exactly(name, raw[len(bom) :], encoding, bom)
            if source:
                return source
    return (
        _exactly(name, raw, "utf-8", b"")
        or _guess(name, raw, file, report)
        or _salvage(name, raw, file, report)
    )


def _exactly(name: str, raw: bytes, encoding: str, bom: bytes) -> Source | None:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        return None
    source = Source(name, text, encoding, bom)
    return source if b"\0" not in raw or encoding != "utf-8" else None


def _guess(name: str, raw: bytes, file: int, report: Report) -> Source | None:
    """Read GB18030, unless the result could not be a Chinese text."""
    source = None if b"\0" in raw else _exactly(name, raw, "gb18030", b"")
    if not source or source.encode() != raw:
        return None
    wide = [char for char in source.text[:SAMPLE] if char > "\x7f"]
    common = sum(_common(char) for char in wide)
    if common < 0.6 * len(wide):
        return None
    message = Words(
        f"“{name}”不是 UTF-8，按 GB18030 读入。",
        f"“{name}” is not UTF-8; it was read as GB18030.",
    )
    report(Diagnostic(GUESSED, message, Span(file, 0, 0), hint=GUESSED.cure))
    return source


def _common(char: str) -> bool:
    """Whether GB 2312 has the character among its punctuation or its common hanzi."""
    code = char.encode("gb18030")
    return len(code) == 2 and (0xA1 <= code[0] <= 0xA3 or 0xB0 <= code[0] <= 0xD7)


def _salvage(name: str, raw: bytes, file: int, report: Report) -> Source:
    """Keep every byte: as UTF-8 with holes, or as bytes where there is little text."""
    text = raw.decode("utf-8", "surrogateescape")
    holes = [i for i, char in enumerate(text) if "\udc80" <= char <= "\udcff"]
    if b"\0" in raw or len(holes) * 10 > len(text):
        return _binary(name, raw, file, BINARY.cure, report)
    message = Words(
        f"“{name}”里有 {len(holes)} 个字节不是 UTF-8，这里是第一个。",
        f"“{name}” has bytes that are not UTF-8 ({len(holes)} in all); here is the "
        "first.",
    )
    place = Span(file, holes[0], holes[0] + 1)
    report(Diagnostic(UNDECODABLE, message, place, hint=UNDECODABLE.cure))
    return Source(name, text)


def _binary(name: str, raw: bytes, file: int, cure: Words, report: Report) -> Source:
    """Keep the bytes of what is no text."""
    message = Words(f"“{name}”不是文本文件。", f"“{name}” is not a text file.")
    report(Diagnostic(BINARY, message, Span(file, 0, 0), hint=cure))
    return Source(name, raw.decode(BYTES), BYTES)


# ---------------------------------------------------------------- lines


def read_markdown(source: Source, file: int) -> tuple[Line, ...]:
    """The lines of a text, with or without Markdown's ``#`` and ``**``."""
    if source.encoding == BYTES:
        return ()
    found = (_line(source.text, *m.span(), file) for m in LINE.finditer(source.text))
    return tuple(line for line in found if line)


READERS: dict[str, Reader] = {
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".txt": read_markdown,
}


def survey(source: Source, file: int, lines: tuple[Line, ...], report: Report) -> None:
    """Report what is wrong with a source as a whole."""
    if not lines and source.encoding != BYTES:
        message = Words(
            f"“{source.name}”里没有文字。", f"There is no text in “{source.name}”."
        )
        report(Diagnostic(EMPTY, message, Span(file, 0, 0), hint=EMPTY.cure))
    if source.encoding == BYTES:
        return
    found = UNPRINTABLE.finditer(source.text)
    holes = [m for m in found if not "\ud800" <= m[0][0] <= "\udfff"]
    if holes:
        count = sum(len(m[0]) for m in holes)
        message = Words(
            f"“{source.name}”里有 {count} 个不可印的控制字符，这里是第一个。",
            f"“{source.name}” has control characters ({count} in all); here is the "
            "first.",
        )
        place = Span(file, *holes[0].span())
        report(Diagnostic(CONTROL, message, place, hint=CONTROL.cure))


def _line(text: str, start: int, end: int, file: int) -> Line | None:
    """One line without margins, marks and unprintable characters; None when blank."""
    start, end = _trim(text, start, end)
    level = 0
    if marked := HASHES.match(text, start, end):
        level = len(marked[1])
        start, end = _trim(text, marked.end(), end)
    if start >= end or COMMENT.fullmatch(text, start, end):
        return None
    run = tuple(_inlines(text, start, end, file))
    characters = plain(run)
    if all(_blank(char) for char in characters):
        return None
    bold = len(plain(run[:1])) if isinstance(run[0], Strong) else 0
    return Line(Span(file, start, end), run, characters, level, bold)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without the blanks at its ends."""
    while start < end and _blank(text[start]):
        start += 1
    while start < end and _blank(text[end - 1]):
        end -= 1
    return start, end


def _blank(char: str) -> bool:
    return char.isspace() or char in INVISIBLE


def _inlines(text: str, start: int, end: int, file: int) -> list[Inline]:
    out: list[Inline] = []
    for bold in BOLD.finditer(text, start, end):
        out.extend(_printable(text, start, bold.start(), file))
        if inner := _printable(text, *bold.span(1), file):
            out.append(Strong(tuple(inner), span=Span(file, *bold.span(1))))
        start = bold.end()
    out.extend(_printable(text, start, end, file))
    return out


def _printable(text: str, start: int, end: int, file: int) -> list[Text]:
    out = []
    for hole in UNPRINTABLE.finditer(text, start, end):
        if start < hole.start():
            out.append(_text(text, start, hole.start(), file))
        start = hole.end()
    if start < end:
        out.append(_text(text, start, end, file))
    return out


def _text(text: str, start: int, end: int, file: int) -> Text:
    return Text(text[start:end], span=Span(file, start, end))
