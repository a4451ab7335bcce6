"""Which line of a page is its title, where no heading says so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from publisher.patterns import pattern
from publisher.read.html.flow import Flowed

if TYPE_CHECKING:
    from lxml.etree import _Element

# 某条例_中国政府网; 某条例 - 某市人民政府
SITE = pattern(r"\s*[_|｜]|\s+[-–—－]\s*|\s*-{2,}\s*")
NUMBERED = pattern(
    r"第[零〇一二三四五六七八九十百千两\d]{1,7}\s*[条條章节節编編]|[（(]?\d{4}年"
)
FIRST, NAMED = 8, 40
"""How many lines from the top may be the title, and a title that the page is named."""


def titled(root: _Element, lines: list[Flowed]) -> str:
    """The lines as one text, with ``# `` before the title.

    A great heading right under the title goes on with it; one that is a numbered part
    (第一章) is none. Without a heading the title is the line that the page's own name
    begins with, or that name, where the text begins in the middle of things.
    """
    if not lines:
        return ""
    at = _heading(lines)
    if at is None:
        at = _named(root, lines)
    name = _name(root) if at is None and NUMBERED.match(lines[0].plain) else ""
    out = [f"# {name}"] if name else []
    follows = -1
    for number, line in enumerate(lines):
        level = max(line.level, 2) if line.level else 0
        if number == at or (number == follows and line.level == 1):
            level, follows = 1, number + 1
        out.append(f"{'#' * level} {line.plain}" if level else line.text)
    return "".join(f"{line}\n\n" for line in out).replace("|\n\n|", "|\n|")


def _heading(lines: list[Flowed]) -> int | None:
    """The first heading, if it stands before the text and is a title."""
    for number, line in enumerate(lines[:FIRST]):
        if line.level and not NUMBERED.match(line.plain):
            return number
        if NUMBERED.match(line.plain) or "。" in line.plain:
            break
    return None


def _named(root: _Element, lines: list[Flowed]) -> int | None:
    for name in _names(root):
        for number, line in enumerate(lines[:NAMED]):
            if len(line.plain) > 3 and _bare(line.plain) == _bare(name):
                return number
    return None


def _name(root: _Element) -> str:
    return next((name for name in _names(root) if name), "")


def _names(root: _Element) -> Iterator[str]:
    """What the page calls itself: in its metadata, in its ``title``."""
    for meta in root.iter("meta"):
        if (meta.get("name") or "").lower() in ("articletitle", "og:title"):
            yield " ".join((meta.get("content") or "").split())
    for title in root.iter("title"):
        whole = " ".join("".join(map(str, title.itertext())).split())
        yield SITE.split(whole)[0].strip()


def _bare(text: str) -> str:
    return "".join(text.split())
