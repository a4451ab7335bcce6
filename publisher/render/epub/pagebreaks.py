"""Put the marks of printed pages into the files of an EPUB, between two characters.

The files are finished XHTML. They are gone through tag by tag, with the characters of
each place counted as `publisher.render.printed` counts them in print; where a page
begins, an empty element is put in. Law: nothing else of a file changes, and a mark goes
in only where the text after it is the text of that page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape, unescape

from publisher.patterns import pattern
from publisher.render.package import PageMark
from publisher.render.printed import TRANSPARENT, PageStart, anchor_of, ink, silent

TOKEN = pattern(r"<!--.*?-->|<[^>]*>|[^<]+", re.DOTALL)
CHARACTER = pattern(r"&[^;&\s]+;|.", re.DOTALL)
TAG = pattern(r"</?([A-Za-z][\w:-]*)")
ATTRIBUTE = pattern(r'\s(id|class)="([^"]*)"')
HEADING = pattern(r"h[1-6]")
INLINE = frozenset(
    {"a", "b", "em", "i", "rb", "rp", "rt", "ruby", "small", "span", "strong", "u"}
)


def place(
    name: str, text: str, starts: Iterable[PageStart], *, sure: bool, where: str = ""
) -> tuple[str, tuple[PageMark, ...]]:
    """A file with the marks of pages in it, and the marks in order.

    Args:
        name: the file's, for links.
        text: XHTML.
        starts: of pages; those whose places are not in the file are not looked at.
        sure: whether the characters of the page are known to be those of the file; they
            are not where the print is in the other script.
        where: the one place that all of the file is, if it is a page of ours.
    """
    marker = _Marker(name, _by_place(starts), where, sure=sure)
    return marker.run(text), tuple(marker.marks)


def _by_place(starts: Iterable[PageStart]) -> dict[str, list[PageStart]]:
    out: dict[str, list[PageStart]] = {}
    for start in starts:
        out.setdefault(start.where, []).append(start)
    return {where: sorted(own, key=lambda s: s.offset) for where, own in out.items()}


def parted(text: str) -> tuple[str, str, str]:
    """A page before its body, the body with its tags, and what is after it."""
    begin, end = text.find("<body"), text.rfind("</body>")
    if begin < 0 or end < 0:
        return text, "", ""
    end += len("</body>")
    return text[:begin], text[begin:end], text[end:]


def mark_of(label: str) -> str:
    """The id of a page's mark."""
    return f"page-{label}"


@dataclass(slots=True)
class _Marker:
    """Goes through one file once."""

    name: str
    starts: Mapping[str, list[PageStart]]
    fixed: str
    sure: bool
    out: list[str] = field(default_factory=list)
    marks: list[PageMark] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    stack: list[tuple[str, str]] = field(default_factory=list)
    """Tag and place of each open element; no place where nothing counts."""
    spot: int = 0
    """Where in ``out`` a mark goes that comes before the next character."""

    def run(self, text: str) -> str:
        head, body, tail = parted(text)
        if self.starts.keys().isdisjoint(self._places(body)):
            return text
        self.out.append(head)
        for token in TOKEN.findall(body):
            if token[0] != "<":
                self.text(token)
            elif token[1] != "!":
                self.tag(token)
            else:
                self.out.append(token)
        return "".join((*self.out, tail))

    def _places(self, text: str) -> Iterator[str]:
        if self.fixed:
            yield self.fixed
        for key, name in ATTRIBUTE.findall(text):
            if key == "id":
                yield anchor_of(name)

    def tag(self, token: str) -> None:
        found = TAG.match(token)
        name = found[1] if found else ""
        opens = token[1] != "/"
        if opens and HEADING.fullmatch(name):
            self.spot = len(self.out)  # before the heading, whose words are its own
        self.out.append(token)
        if not (opens and (name in INLINE or HEADING.fullmatch(name))):
            self.spot = len(self.out)
        if token[1] == "/":
            self.stack.pop()
        elif token[-2] != "/":
            self.stack.append((name, self._place(name, token)))

    def _place(self, name: str, token: str) -> str:
        above = self.stack[-1][1] if self.stack else self.fixed or "?"
        own = dict(ATTRIBUTE.findall(token))
        if not above or silent(name, own.get("class", "")):
            return ""
        if self.fixed or name in TRANSPARENT:
            return above
        return anchor_of(own.get("id", "")) or above

    def text(self, token: str) -> None:
        where = self.stack[-1][1] if self.stack else ""
        new = ink(unescape(token))
        at = self.counts.get(where, 0)
        if where:
            self.counts[where] = at + len(new)
        due = [
            start
            for start in self.starts.get(where, ())
            if at <= start.offset < at + len(new)
        ]
        for start in due:
            token = self._cut(token, start, start.offset - at)
            at = start.offset
        self.out.append(token)
        if new:
            self.spot = len(self.out)

    def _cut(self, token: str, start: PageStart, after: int) -> str:
        """Put a mark into a text after so many characters; what is left of the text."""
        parts = CHARACTER.findall(token)
        held = [n for n, part in enumerate(parts) if ink(unescape(part))]
        cut = held[after]
        shown = "".join(unescape(part) for part in parts[cut:])
        if self.sure and not _agree(ink(shown), start.text):
            return token
        mark = PageMark(start.label, f"{self.name}#{mark_of(start.label)}")
        self.marks.append(mark)
        label = escape(start.label)
        span = (
            f'<span epub:type="pagebreak" role="doc-pagebreak" id="{mark_of(label)}" '
            f'aria-label="{label}"></span>'
        )
        if after == 0:
            self.out.insert(self.spot, span)
            return token
        self.out.append("".join(parts[:cut]))
        self.out.append(span)
        self.spot = len(self.out)
        return "".join(parts[cut:])


def _agree(here: str, there: str) -> bool:
    """Whether a text begins as a page does, as far as both go."""
    return bool(here) and (here.startswith(there) or there.startswith(here))
