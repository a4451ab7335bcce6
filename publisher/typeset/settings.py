"""How wide marks are set, and what may be done to a line: one row for each style.

The styles are those of Chinese printing offices (CLREQ 3.1.6): 全角式 gives a mark
its whole square, 半角式 half of it, 开明式 the whole to those that end a sentence.
Taiwan and Hong Kong centre 、，。 in a square that stays whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from publisher.book import Punctuation

Ends: TypeAlias = Literal["half", "full", "auto"]


@dataclass(frozen=True, slots=True)
class Settings:
    """Widths in 1/1000 em. A mark's body takes 500, a blank at most 500 more."""

    pause: int = 500
    """The blank after 、，； that a line starts from."""
    stop: int = 500
    """The blank after 。？！ and ：."""
    bracket: int = 500
    """The blank outside brackets and quotation marks; half of it beside ·."""
    grow: int = 0
    """How far a blank may grow before the gaps between characters do."""
    more: int = 0
    """How far it may grow where those gaps would get wide."""
    centred: bool = False
    """Whether 、，。 stand in the middle of their square, which then stays whole."""
    ends: Ends = "half"
    """A mark at the end of a line takes half its square (GB/T 15834 5.1.10), the whole,
    or the whole where that spares the line some stretching."""
    hang: bool = False
    """Whether 、，。 at the end of a line hang outside the measure."""
    mixed: int = 97
    """The gap between Han and Latin: just under the tenth of an em at which programs
    that read a PDF see a space."""


STYLES: Mapping[Punctuation, Settings] = {
    "quanjiao": Settings(ends="auto"),
    "kaiming": Settings(pause=0, bracket=0, grow=250, more=500),
    "banjiao": Settings(pause=0, stop=0, bracket=0, grow=250, more=500),
    "tw": Settings(centred=True),
    "hk": Settings(centred=True),
}


def settings(style: Punctuation, *, hang: bool = False) -> Settings:
    """The settings of a style."""
    return replace(STYLES[style], hang=hang)
