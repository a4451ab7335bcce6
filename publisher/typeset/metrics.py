"""What the composer knows of characters and faces: glyphs, advances, a cache of them.

Only Han and full-width marks are remembered one by one: their glyphs do not depend on
their neighbours. Latin, figures, “ ” and —— are shaped in their text each time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from publisher.typeset.classes import classes

LONELY = frozenset("HdunyOCPKSX")
"""Classes whose glyphs are the same beside any neighbour,"""
SOCIAL = frozenset("“”‘’—…⸺⋯·・‧")
"""but for these: faces join them, or draw them by what stands beside."""


@dataclass(eq=False, slots=True)
class Face:
    """One font as Pango chose it; ``pointer`` is Pango's own, alive with its font map.

    Widths are whole 1/1000 em, as the PDF will have them.
    """

    pointer: object
    widths: dict[int, int] = field(default_factory=dict)
    spoken: dict[int, str] = field(default_factory=dict)
    """The characters that a glyph stands for."""
    glyphs: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """The glyphs of a piece of a PDF string."""
    pdf: Any = None
    """The font's entry in the PDF that is being written, and what is entered there."""


class Glyph(NamedTuple):
    """What one character is drawn with."""

    code: str
    """Hexadecimal, as a PDF string has it; empty inside a ligature."""
    advance: float
    """In 1/1000 em of its own size."""
    face: Face


def lonely(char: str, kind: str, company: set[str]) -> bool:
    """Whether a glyph may be remembered, seen in a text of these classes."""
    if kind not in LONELY or char in SOCIAL:
        return False
    return kind in "Hduny" or not company & {"L", "0", "Z"}


def warm(characters: Sequence[str]) -> str:
    """The characters of a document that can be shaped together, once for each face."""
    kinds = classes("".join(characters))
    return "".join(
        char
        for char, kind in zip(characters, kinds, strict=True)
        if lonely(char, kind, set())
    )
