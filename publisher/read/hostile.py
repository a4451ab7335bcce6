"""Limits that a file must keep to before a parser sees it.

Law: what is refused is refused before memory or time is spent on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from publisher.diagnostics import Diagnostic, Report, Words
from publisher.patterns import pattern
from publisher.read.rules import HOSTILE, UNREADABLE
from publisher.source import BYTES, Source

PAGE = 8_000_000
"""The most characters that an HTML page may have, embedded pictures not counted."""
VALUE = 200_000
"""The most characters that one attribute may have."""
ATTRIBUTES = 500
"""The most attributes that one element may have: parsers compare each with each."""
TAGS = 200_000
"""The most tags."""
DECLARED = pattern(r"<!ENTITY\b", re.IGNORECASE)
TAG = pattern(r"<(?:(!--)|(script|style)(?=[\s/>])|[A-Za-z][^\s/>]*)", re.IGNORECASE)
ATTRIBUTE = pattern(r"[\s/]*[^\s/>=]+\s*(?:=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]*)))?")


class Refused(Exception):  # noqa: N818  (the file's fault, and an expected answer)
    """A file that is not read, and why."""

    def __init__(self, zh: str, en: str, *, hostile: bool = True) -> None:
        """Keep why, in both languages."""
        super().__init__(en)
        self.words = Words(zh, en)
        self.hostile = hostile


def refuse(name: str, refused: Refused, report: Report) -> Source:
    """The empty source that stands for a refused file, and the finding."""
    rule = HOSTILE if refused.hostile else UNREADABLE
    report(Diagnostic(rule, refused.words, hint=rule.cure))
    return Source(name, "", BYTES)


def guard(page: str) -> None:
    """Look at a page of HTML or a part of XML without parsing it.

    Raises:
        Refused: it declares entities, or is too large in one way or another.
    """
    if DECLARED.search(page):
        raise Refused("文件声明了外部或内部实体", "it declares entities")
    if len(page) > PAGE or page.count("<") > TAGS:
        raise Refused("网页过大", "the page is too large")
    for count, longest in _tags(page):
        if count > ATTRIBUTES or longest > VALUE:
            raise Refused("标签的属性过多或过长", "a tag has huge attributes")


def _tags(page: str) -> Iterator[tuple[int, int]]:
    """Of each tag, how many attributes it has and how long the longest is."""
    at = 0
    closed: dict[str, bool] = {}
    while found := TAG.search(page, at):
        at, end = found.end(), ""
        if found[1]:
            end = "-->"
        elif found[2]:
            end = f"</{found[2].lower()}"
        if not found[1]:
            count = longest = 0
            while attribute := ATTRIBUTE.match(page, at):
                at = attribute.end()
                count += 1
                longest = max(longest, *(len(v or "") for v in attribute.groups()))
                if count > ATTRIBUTES:
                    break
            yield count, longest
        if end and closed.get(end, True):
            after = page.find(end, at)
            closed[end] = after >= 0
            at = max(after, at)
