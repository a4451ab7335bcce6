# ruff: noqa: ANN401, SLF001  (WeasyPrint has no types, and no public way)
"""A page that knows how it was painted, and is not painted again.

What a page draws depends on itself alone, but for names that are given out by counting:
those of patterns, images, groups and missing glyphs. A page that has one of these is
painted each time; so is one that knows another width of a glyph than the file does,
which has the one of the size that was first. What painting does beside writing the
page's own stream is done again: fonts learn which glyphs are used, marked content is
told to its tags, and transparency gets its names.
"""

from __future__ import annotations

import re
from copy import copy
from dataclasses import dataclass
from functools import partial
from typing import Any

from pydyf import _to_bytes
from weasyprint.document import Page

from publisher.write.pdf.kept import desk

STATE = re.compile(rb"/(\S+) gs")
SUBSETS = "subsets"
"""What fonts are kept as, reduced to the glyphs that the book has, by their names: the
desk is cleared when a font's file is another (`publisher.write.pdf.kept.begin`)."""
COUNTED = ("XObject", "Pattern", "Shading")
"""Kinds of resources whose names are counted."""


@dataclass(slots=True)
class Painting:
    """What painting a page did."""

    content: bytes
    """The stream of the page."""
    fonts: dict[Any, Any]
    """The fonts that it uses, each with its glyphs."""
    states: dict[str, Any]
    """Degrees of transparency."""
    tags: list[tuple[Any, dict[str, Any]]]


class Painted(Page):  # type: ignore[misc]  # the library has no types
    """A page of WeasyPrint's that is painted once, if it can be."""

    painting: Painting | None = None
    tagging: Any = None
    """What became of its tags: see `publisher.write.pdf.kept.tagged`."""

    def paint(self, stream: Any, scale: float = 1) -> None:
        """Paint the page, or do what painting it did."""
        if self.painting and _fits(self.painting.fonts, stream._fonts):
            _use(self.painting, stream)
            return
        self.painting, self.tagging, shared = None, None, stream._fonts
        stream._fonts = own = _Own(shared)
        before = {kind: len(stream._resources[kind]) for kind in COUNTED}
        try:
            super().paint(stream, scale)
        finally:
            stream._fonts = shared
        _add(own, shared)
        if any(map(_missing, own.values())):
            return
        after = {kind: len(stream._resources[kind]) for kind in COUNTED}
        if before == after and (states := _states(stream)) is not None:
            tags = list(stream._tags.items())
            lines = map(_bytes, stream.stream)
            for font in own.values():
                font.widths = dict(font.widths)
            self.painting = Painting(b"\n".join(lines), dict(own), states, tags)


class _Own(dict[Any, Any]):
    """The fonts of a page, which know what those of the file have been told."""

    def __init__(self, shared: dict[Any, Any]) -> None:
        super().__init__()
        self.shared = shared

    def __setitem__(self, key: Any, font: Any) -> None:
        """A font is used for the first time on the page."""
        known = self.shared.get(key)
        font.widths = _Widths(known.widths if known else {})
        if known:
            font.missing = known.missing  # each is told apart in the whole file
        super().__setitem__(key, font)


class _Widths(dict[int, int]):
    """The widths of the glyphs on a page: the file's, where it has one."""

    def __init__(self, known: dict[int, int]) -> None:
        super().__init__()
        self.known = known

    def __contains__(self, glyph: Any) -> bool:
        """Whether it has a width; it is one of the page's from now on."""
        if not super().__contains__(glyph) and glyph in self.known:
            self[glyph] = self.known[glyph]
        return super().__contains__(glyph)


def _missing(font: Any) -> bool:
    """Whether a page shows glyphs that the font has not; they stand behind its own."""
    return any(glyph >= font.glyph_count for glyph in font.widths)


def _fits(own: dict[Any, Any], shared: dict[Any, Any]) -> bool:
    """Whether the fonts of a page know the same widths as those of the file."""
    for key, font in own.items():
        known = shared[key].widths if key in shared else {}
        if any(known.get(glyph, w) != w for glyph, w in font.widths.items()):
            return False
    return True


def _states(stream: Any) -> dict[str, Any] | None:
    """The degrees of transparency that a page has; None if it has more than that."""
    names: dict[str, Any] = {}
    held = stream._resources["ExtGState"]
    for text in map(_bytes, stream.stream):
        if text.endswith(b" Do"):
            return None
        if text.endswith(b" gs"):
            found = STATE.fullmatch(text)
            name = found[1].decode() if found else "s"
            if name.startswith("s"):
                return None
            names[name] = held[name]
    return names


def _bytes(line: Any) -> bytes:
    made: bytes = line if isinstance(line, bytes) else _to_bytes(line)
    return made


def _use(painting: Painting, stream: Any) -> None:
    stream.stream[:] = [painting.content]
    stream._tags.update(painting.tags)
    for name, state in painting.states.items():
        stream._resources["ExtGState"].setdefault(name, state)
    _add(painting.fonts, stream._fonts)


def _add(own: dict[Any, Any], shared: dict[Any, Any]) -> None:
    """Enter the glyphs of a page into the fonts of a file."""
    for key, font in own.items():
        if key not in shared:
            shared[key] = copy(font)
            shared[key].widths, shared[key].to_unicode = {}, {}
            shared[key].subset = partial(_subset, shared[key])
        into = shared[key]
        into.widths.update(font.widths)
        for glyph, text in font.to_unicode.items():
            into.to_unicode.setdefault(glyph, text)


def _subset(font: Any, to_unicode: Any, hinting: Any) -> None:
    """Reduce a font to its glyphs; most changes to a text need no new one."""
    held = desk()
    known = {} if held is None else held.setdefault(SUBSETS, {})
    glyphs = frozenset(to_unicode), hinting, bool(font.missing)
    if known.get(font.hash, ((), b""))[0] == glyphs:
        font.file_content = known[font.hash][1]
        return
    type(font).subset(font, to_unicode, hinting)
    known[font.hash] = glyphs, font.file_content
