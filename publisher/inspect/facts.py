"""What can be seen in a PDF: values, in points, measured from the top left of a page.

A line is what stands on one baseline without a wide gap; its edges are those of the
advance widths, not of the ink, so that a full-width mark counts as a whole em.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right, top, as a PDF has them: y goes up."""


@dataclass(frozen=True, slots=True)
class Font:
    """A face that sets text somewhere in the file."""

    name: str
    """Without the six letters that mark a subset."""
    embedded: bool


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character as it is drawn.

    ``x`` is its origin, ``right`` that plus its advance width, ``y`` its baseline from
    the top of the page; for text at an angle, along and across its direction.
    """

    text: str
    x: float
    right: float
    y: float
    size: float
    font: int
    """Number of the font in `Facts.fonts`."""
    angle: float = 0.0
    """Degrees, anticlockwise."""
    cell: int = 0
    """Number of the table cell on its page that the tags put it in; 0: in none."""
    block: int = 0
    """Number of the paragraph on its page that the tags put it in; 0: in none."""


@dataclass(frozen=True, slots=True)
class Line:
    """The characters on one baseline, from left to right."""

    glyphs: tuple[Glyph, ...]
    baseline: float
    size: float
    """Of most of its characters."""
    font: int
    """Of most of its characters."""

    @property
    def text(self) -> str:
        """All its characters."""
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def inked(self) -> tuple[Glyph, ...]:
        """Its characters without the spaces at its ends."""
        marks = [n for n, glyph in enumerate(self.glyphs) if glyph.text.strip()]
        return self.glyphs[marks[0] : marks[-1] + 1] if marks else self.glyphs

    @property
    def left(self) -> float:
        """The origin of its first character."""
        return self.inked[0].x

    @property
    def right(self) -> float:
        """The end of the advance width of its last character."""
        return self.inked[-1].right

    @property
    def cell(self) -> int:
        """The table cell that it stands in; 0: in none."""
        return self.inked[0].cell

    @property
    def block(self) -> int:
        """The paragraph that the tags put it in; 0: they do not say."""
        return self.inked[0].block

    @property
    def sizes(self) -> tuple[float, ...]:
        """Sizes of type in it, the commonest first."""
        return _ranked(glyph.size for glyph in self.inked)


@dataclass(frozen=True, slots=True)
class Page:
    """One page: ``number`` from 1, ``label`` as readers are shown it."""

    number: int
    label: str
    rotation: int
    boxes: dict[str, Box]
    """media, crop, bleed, trim, art; a box that the file does not give is left out."""
    lines: tuple[Line, ...]

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of what is trimmed to, else of what is shown."""
        box = next(self.boxes[n] for n in ("trim", "crop", "media") if n in self.boxes)
        return box[2] - box[0], box[3] - box[1]


@dataclass(frozen=True, slots=True)
class Facts:
    """A whole file."""

    version: str
    variants: tuple[str, ...]
    """What it claims to be: PDF/UA-1, PDF/A-3b."""
    tagged: bool
    encrypted: bool
    language: str
    title: str
    author: str
    producer: str
    fonts: tuple[Font, ...]
    pages: tuple[Page, ...]


def _ranked(values: Iterable[float]) -> tuple[float, ...]:
    return tuple(value for value, _ in Counter(values).most_common())
