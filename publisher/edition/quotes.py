"""Quotation marks in the style of the edition's script, by nesting and not by shape.

Taiwan and Hong Kong print 「」 outside and 『』 inside; the mainland “” and ‘’ (GB/T
15834). The outermost pair of a run is the outer one, whatever the source used. Marks
that already have the wanted style are left as they are and count as nesting.

Nesting begins anew with each paragraph: a quotation of several paragraphs may be opened
on each of them and closed once. An apostrophe in a Latin word is no quotation mark.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from publisher.book import Script
from publisher.diagnostics import Diagnostic, Report, Rule, Severity, Words
from publisher.edition.lines import script_of
from publisher.edition.marks import map_marks, refill
from publisher.edition.places import where
from publisher.patterns import pattern
from publisher.source import NOWHERE, Span
from publisher.tree import walk
from publisher.tree.nodes import Document, Run

CLOSER = {"“": "”", "‘": "’", "「": "」", "『": "』"}
OPENER = {closer: opener for opener, closer in CLOSER.items()}
STYLE = {True: (("「", "」"), ("『", "』")), False: (("“", "”"), ("‘", "’"))}
"""Outer and inner pair, for traditional script and for simplified."""
FOREIGN = {True: frozenset("“”‘’"), False: frozenset("「」『』")}
"""The marks that are rewritten."""
INSIDE = pattern(r"__(?:para|point|ans)_.*$|(?<=^prose)_\d+$|(?<=^lede)_\d+$")
"""What a node id has beyond the stretch that one quotation may run through."""

UNMATCHED = Rule(
    "E004",
    "unmatched-quotation-mark",
    Severity.WARNING,
    Words(
        "引号不成对，内外层次无从判断，换成「」『』时可能用错。",
        "A quotation mark without its partner leaves the nesting open, so that 「」 "
        "and 『』 may be chosen wrongly.",
    ),
    "",
    Words(
        "请对照来源补上或删去引号（写入 decisions.toml）。",
        "Compare the source and add or drop the mark (in decisions.toml).",
    ),
)
_LOOSE = {
    True: Words("引号 {mark} 没有配对的后引号", "{mark} is never closed"),
    False: Words("引号 {mark} 没有配对的前引号", "{mark} closes nothing"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """An opening mark that waits for its partner; ``at`` is -1 in an earlier run."""

    char: str
    at: int
    span: Span = NOWHERE
    where: str = ""


@dataclass(slots=True)
class _Scan:
    """One run being gone through, and what was left open before it."""

    traditional: bool
    stack: list[Mark]
    out: list[str] = field(default_factory=list)
    loose: list[Mark] = field(default_factory=list)

    def read(self, text: str) -> None:
        if self.stack and text.lstrip()[:1] == self.stack[0].char:
            self.stack.clear()  # opened again on the new paragraph
        for at, char in enumerate(text):
            if char in CLOSER:
                self.out.append(self.open(char, at))
            elif char in OPENER and not self.apostrophe(text, at):
                self.out.append(self.close(char, at))
            else:
                self.out.append(char)

    def apostrophe(self, text: str, at: int) -> bool:
        """Whether ’ belongs to a Latin word: don’t, or Moody ’ s with none open."""
        if text[at] != "’" or not _latin(text[:at].rstrip()[-1:]):
            return False
        inside = _latin(text[at - 1]) and _latin(text[at + 1 : at + 2])
        return inside or "‘" not in {mark.char for mark in self.stack}

    def open(self, char: str, at: int) -> str:
        if any(mark.at < 0 and mark.char == char for mark in self.stack):
            self.loose += [mark for mark in self.stack if mark.at < 0]
            self.stack = [mark for mark in self.stack if mark.at >= 0]
        written = self.style(char, len(self.stack), 0)
        self.stack.append(Mark(char, at))
        return written

    def close(self, char: str, at: int) -> str:
        wanted = OPENER[char]
        if wanted not in {mark.char for mark in self.stack}:
            self.loose.append(Mark(char, at))
            return self.style(char, 0, 1)
        while self.stack[-1].char != wanted:
            self.loose.append(self.stack.pop())
        self.stack.pop()
        return self.style(char, len(self.stack), 1)

    def style(self, char: str, depth: int, side: int) -> str:
        if char not in FOREIGN[self.traditional]:
            return char
        return STYLE[self.traditional][depth % 2][side]


def _latin(char: str) -> bool:
    return char.isalnum() and char < "\u2e80"


def restyle(text: str, script: Script) -> str:
    """A line on its own with the quotation marks of a script."""
    scan = _Scan(script != "zh-Hans", [])
    scan.read(text)
    return "".join(scan.out)


def restyle_document(document: Document, script: Script, report: Report) -> Document:
    """A document with the quotation marks of a script; in its own script, as it is."""
    if script == script_of(document.lang):
        return document
    paper = _Paper(document, script != "zh-Hans", report)
    owners = (node_id for node_id, _ in walk.runs(document))

    def change(run: Run) -> Run:
        return refill(run, paper.read(run, next(owners)))

    new = walk.map_document(document, change, lambda label: label)
    paper.end()
    return map_marks(new, lambda text: restyle(text, script))


@dataclass(slots=True)
class _Paper:
    """A document being gone through: what was left open, and where it may be closed."""

    document: Document
    traditional: bool
    report: Report
    carried: list[Mark] = field(default_factory=list)
    unit: str = ""
    opened: bool = False

    def read(self, run: Run, owner: str) -> str:
        """The characters of the next run, rewritten."""
        before, self.unit = self.unit, INSIDE.sub("", owner)
        if self.unit != before:
            self.tell(self.carried)
            self.carried = []
        text = walk.plain(run)
        scan = _Scan(self.traditional, self.carried)
        scan.read(text)
        place = where(self.document, owner)
        self.tell([_placed(mark, run, place) for mark in scan.loose])
        self.carried = [replace(_placed(m, run, place), at=-1) for m in scan.stack]
        self.opened |= any(char in CLOSER for char in text)
        return "".join(scan.out)

    def tell(self, marks: list[Mark]) -> None:
        """Report loose marks; a text that begins elsewhere may close what it lacks."""
        for mark in marks:
            opens = mark.char in CLOSER
            if opens or self.opened or not self.document.head_missing:
                words = _LOOSE[opens].fill(mark=mark.char)
                cure = UNMATCHED.cure
                self.report(Diagnostic(UNMATCHED, words, mark.span, mark.where, cure))

    def end(self) -> None:
        """Nothing is left open, unless the text breaks off."""
        if not self.document.tail_missing:
            self.tell(self.carried)


def _placed(mark: Mark, run: Run, place: str) -> Mark:
    """The mark with its place in the source, unless it has one from an earlier run."""
    if mark.at < 0:
        return mark
    return replace(mark, span=span_of(run, mark.at), where=place)


def span_of(run: Run, offset: int) -> Span:
    """The place in the source of one character of a run."""
    at = 0
    for text in walk.texts_of(run):
        if at <= offset < at + len(text.text):
            if len(text.span) != len(text.text):
                return text.span
            start = text.span.start + offset - at
            return Span(text.span.file, start, start + 1)
        at += len(text.text)
    return NOWHERE
