"""Diagnostics as a careful compiler prints them: place, the line, a caret under it.

A caret stands under a Han character because widths are counted as a terminal counts
them: East Asian wide and full-width characters take two columns, combining marks none
(UAX #11). Whatever a source holds, no control character of it reaches the terminal.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias
from unicodedata import category, east_asian_width

from publisher.diagnostics import Diagnostic, Language, Problem, Severity, Words
from publisher.source import BYTES, Source

Paint: TypeAlias = Callable[[str, str], str]
"""Gives a text in a style: ``error``, ``warning``, ``note``, ``strong``, ``quiet``."""

BEFORE, AFTER = 12, 12
"""Characters shown on either side of what is marked."""
LONGEST = 40
"""Characters marked at most; a span may be a whole page."""
STYLES = {
    "error": "1;31",
    "warning": "1;33",
    "note": "1;36",
    "strong": "1",
    "quiet": "2",
}
SEVERITY = {
    Severity.ERROR: Words("错误", "error"),
    Severity.WARNING: Words("警告", "warning"),
    Severity.NOTE: Words("说明", "note"),
}
ALLOWED = Words("编者已认可：", "allowed: ")
HINT = Words("提示：", "hint: ")


def painter(*, colour: bool) -> Paint:
    """Styles as ANSI colours, or not at all."""
    if not colour:
        return lambda text, _: text
    return lambda text, style: f"\x1b[{STYLES[style]}m{text}\x1b[0m"


def columns(text: str) -> int:
    """How many terminal columns a text takes."""
    return sum(map(_width, text))


def _width(char: str) -> int:
    if category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def visible(text: str) -> str:
    """A text that cannot move the cursor: one harmless character for each of its own.

    Control characters, and the marks that turn the direction of writing, become ``�``;
    a tab becomes a space, so that carets stand where they should.
    """
    return "".join(map(_harmless, text))


def _harmless(char: str) -> str:
    if char == "\t":
        return " "
    return "�" if category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") else char


def show(
    found: Diagnostic, sources: Sequence[Source], language: Language, paint: Paint
) -> str:
    """A diagnostic as lines for people, with its place in the source where it has one.

    ``sources`` are those that the spans of the diagnostic count. The node's anchor
    stands beside the place, because ``allow`` and ``decisions.toml`` ask for it.
    """
    style = found.level.name.lower()
    word = SEVERITY[found.level].say(language)
    head = paint(f"{word}[{found.rule.code} {found.rule.name}]", style)
    out = [f"{head}: {paint(visible(found.message.say(language)), 'strong')}"]
    gutter = ""
    beside = f"  {paint(found.where, 'quiet')}" if found.where else ""
    if found.place:
        out.append(f"{paint('-->', 'quiet')} {visible(found.place)}{beside}")
    if found.span.file >= 0:
        gutter, shown = _excerpt(found, sources[found.span.file], paint)
        out += shown
    elif found.where and not found.place:
        out.append(f"{paint('-->', 'quiet')} {found.where}")
    hint = remark(HINT.say(language), found.hint.say(language), gutter, paint)
    return "\n".join(
        [*out, *hint, *remark(ALLOWED.say(language), found.allowed, gutter, paint)]
    )


def remark(label: str, words: str, gutter: str, paint: Paint) -> list[str]:
    """What is said below a finding, line by line, or nothing.

    Only the first line has a sign before it: those below may be lines of settings, to
    be copied as they stand.
    """
    lines = f"{label}{words}".splitlines() if words else []
    signs = [paint("=", "quiet"), *" " * len(lines)]
    return [
        f"{gutter} {sign} {visible(line)}"
        for sign, line in zip(signs, lines, strict=False)
    ]


def _excerpt(found: Diagnostic, source: Source, paint: Paint) -> tuple[str, list[str]]:
    """The gutter, and the lines from ``-->`` to the caret.

    Of a file that is no text, or a line that is blank, only the place is shown.
    """
    number, column = source.locate(found.span.start)
    line = source.line(number)
    place = f"{visible(source.name)}:{number}:{column}"
    where = f"  {paint(found.where, 'quiet')}" if found.where else ""
    if source.encoding == BYTES or not line.strip():
        return "", [f"{paint('-->', 'quiet')} {place}{where}"]
    start = min(column - 1, len(line))
    marked = min(start + max(len(found.span), 1), len(line), start + LONGEST)
    first, last = max(0, start - BEFORE), min(len(line), marked + AFTER)
    before = ("…" if first else "") + visible(line[first:start])
    under = visible(line[start:marked])
    after = visible(line[marked:last]) + ("…" if last < len(line) else "")
    carets = "^" * max(1, columns(under))
    gutter = " " * len(str(number))
    bar = paint("|", "quiet")
    style = found.level.name.lower()
    return gutter, [
        f"{gutter}{paint('-->', 'quiet')} {place}{where}",
        f"{gutter} {bar}",
        f"{paint(str(number), 'quiet')} {bar} {before}{under}{after}",
        f"{gutter} {bar} {' ' * columns(before)}{paint(carets, style)}",
    ]


def show_problem(problem: Problem, language: Language, paint: Paint) -> str:
    """What stopped the tool, as lines for people."""
    word = SEVERITY[Severity.ERROR].say(language)
    message = visible(problem.message.say(language))
    out = [f"{paint(word, 'error')}: {paint(message, 'strong')}"]
    if problem.place:
        out.append(f"{paint('-->', 'quiet')} {visible(problem.place)}")
    hint = remark(HINT.say(language), problem.hint.say(language), "", paint)
    return "\n".join([*out, *hint])
