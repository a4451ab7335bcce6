"""Find what ships with the package, in a checkout and in an installed wheel."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    packed = _HERE / name
    return packed if packed.is_dir() else _HERE.parent / name


def templates() -> Path:
    """The folder of templates.

    A wheel carries it inside the package. A checkout, which is also what an editable
    install runs from, keeps it beside the package.
    """
    return _folder("templates")


def fonts() -> Path:
    """The folder of ``fonts.toml``, font licences and whatever fonts were put there."""
    return _folder("fonts")
