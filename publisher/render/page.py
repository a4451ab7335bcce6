"""The page, computed from the edition's typography: tokens for the style sheet.

Lengths are points. The measure is always a whole number of characters, and every
vertical distance a whole number of grid lines; margins are what is left of the trim.
"""

from __future__ import annotations

from collections.abc import Mapping

from publisher.book import Typography
from publisher.diagnostics import Problem, Words

LARGE = 14.0
"""From this body size (pt) the text is set in weight 500, as large print wants."""

_SIZES = {
    "cover": (32.0, 44.0),
    "title": (22.0, 32.0),
    "head1": (18.0, 26.0),
    "head2": (14.0, 22.0),
    "head3": (12.0, 18.0),
    "small": (9.0, 14.0),
    "tiny": (7.5, 12.0),
}
"""Each size beside a body of 10.5 pt and of 16 pt, as the two designs have them."""


def size(name: str, body: float) -> float:
    """A size in points that goes with a body size, on the line through both designs."""
    at_five, at_three = _SIZES[name]
    exact = at_five + (body - 10.5) / (16 - 10.5) * (at_three - at_five)
    return max(round(exact * 2) / 2, 5.0)


def measure(typography: Typography) -> float:
    """The length of a line in points (行长)."""
    return typography.measure.chars * typography.size


def tokens(typography: Typography, families: Mapping[str, str]) -> dict[str, str]:
    """The custom properties of ``:root``: everything else is computed from them.

    Raises:
        Problem: 3, the type area does not fit on the page.
    """
    width, height = typography.page
    across, down = measure(typography), typography.measure.lines * typography.leading
    fore = width - typography.spine - across
    foot = height - typography.head - down
    if min(fore, foot) < 0:
        raise Problem(3, _TOO_LARGE.fill(right=-min(fore, 0.0), down=-min(foot, 0.0)))
    body = typography.size
    lengths = {
        "trim-w": width,
        "trim-h": height,
        "body": body,
        "line": typography.leading,
        "line-small": typography.leading * 3 / 4,
        "head": typography.head,
        "foot": foot,
        "spine": typography.spine,
        "fore": fore,
        "measure": across,
        "cover-side": (width - across) / 2,
        **{f"s-{name}": size(name, body) for name in _SIZES},
    }
    return {
        **{name: points(value) for name, value in lengths.items()},
        "cols": str(typography.measure.chars),
        "rows": str(typography.measure.lines),
        "weight": "500" if body >= LARGE else "400",
        "zhu": ink(typography),
        **families,
    }


_TOO_LARGE = Words(
    "版心放不进页面：横向超出 {right:.1f} pt，纵向超出 {down:.1f} pt",
    "the type area does not fit on the page: {right:.1f} pt too wide, "
    "{down:.1f} pt too high",
)


def ink(typography: Typography) -> str:
    """The editor's ink: vermilion, or the grey that prints as dark (about 71 % K)."""
    return "#9c2a1f" if typography.ink == "two" else "#4a4a4a"


def points(value: float) -> str:
    """A length for CSS, to a thousandth of a point."""
    return f"{round(value, 3):g}pt"
