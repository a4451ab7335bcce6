"""Figures in vertical lines (縱中橫): short ones side by side, years upright.

CLREQ 3.2.4: one to three figures share the square of a character; longer ones, which
would be too narrow, stand one below the other. Figures beside letters or a point lie.
"""

from __future__ import annotations

import re
from dataclasses import replace

from publisher.patterns import pattern
from publisher.render.epub.pagebreaks import TOKEN, parted
from publisher.render.package import File

ENTITY = pattern(r"(&[^;&\s]+;)")
FIGURES = pattern(
    r"(?<![0-9A-Za-z.,%$/:_-])([0-9]{1,2}\.(?![0-9A-Za-z])|[0-9]+(?![0-9A-Za-z.,%/:_-]))"
)
NARROW = 3
"""Figures that fit into one square."""


def upright(file: File) -> File:
    """A page with its figures made upright."""
    if not isinstance(file.content, bytes):
        return file
    head, body, tail = parted(file.content.decode())
    made = "".join(
        token if token[0] == "<" else _text(token) for token in TOKEN.findall(body)
    )
    return replace(file, content=(head + made + tail).encode())


def _text(text: str) -> str:
    parts = ENTITY.split(text)
    parts[::2] = [FIGURES.sub(_span, part) for part in parts[::2]]
    return "".join(parts)


def _span(found: re.Match[str]) -> str:
    name = "tcy" if len(found[1]) <= NARROW else "upright"
    return f'<span class="{name}">{found[1]}</span>'
