# ruff: noqa: ANN401, SLF001  (WeasyPrint has no types, and no public way)
"""A page that knows how it was painted, and is not painted again.

What a page draws depends on itself alone, but for names that are given out by counting:
those of patterns, images and groups. A page that has one of these is painted each time.
What painting does beside writing the page's own stream is done again: fonts learn which
glyphs are used, marked content is told to its tags, and transparency gets its names.
"""

from __future__ import annotations

import re
from copy import copy
from dataclasses import dataclass
from typing import Any

from pydyf import _to_bytes
from weasyprint.document import Page

STATE = re.compile(rb"/(\S+) gs")
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

    def paint(self, stream: Any, scale: float = 1) -> None:
        """Paint the page, or do what painting it did."""
        if self.painting:
            _use(self.painting, stream)
            return
        shared, begun = stream._fonts, list(stream.stream)
        own: dict[Any, Any] = {}
        stream._fonts = own
        before = {kind: len(stream._resources[kind]) for kind in COUNTED}
        try:
            super().paint(stream, scale)
        finally:
            stream._fonts = shared
        if any(font.missing for font in own.values()):  # they are counted in the file
            stream.stream[:] = begun
            stream._tags.clear()
            super().paint(stream, scale)
            return
        _add(own, shared)
        after = {kind: len(stream._resources[kind]) for kind in COUNTED}
        if before == after and (states := _states(stream)) is not None:
            tags = list(stream._tags.items())
            lines = map(_bytes, stream.stream)
            self.painting = Painting(b"\n".join(lines), own, states, tags)


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
        into = shared[key]
        for glyph, width in font.widths.items():
            into.widths.setdefault(glyph, width)
        for glyph, text in font.to_unicode.items():
            into.to_unicode.setdefault(glyph, text)
