"""Find what ships with the package, in a checkout and in an installed wheel."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FOLDERS = ("templates", "fonts")
_HERE = Path(__file__).resolve().parent
_ELSEWHERE: list[Path] = []


@contextmanager
def lying_in(place: Path) -> Iterator[None]:
    """Use what lies in another folder, while it lasts: a copy of another machine's."""
    _ELSEWHERE.append(place)
    try:
        yield
    finally:
        _ELSEWHERE.pop()


def _folder(name: str) -> Path:
    if _ELSEWHERE:
        return _ELSEWHERE[-1] / name
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
