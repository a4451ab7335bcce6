"""Faces: which font file sets which role, where it is, and what it cannot set.

``fonts.toml`` maps a role (song 宋, hei 黑, kai 楷, fangsong 仿宋) of a script to a face.
A file that was put into ``fonts/`` wins over the machine's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Face:
    """One face of one weight, resolved to a file (or to one of a collection's)."""

    role: str
    family: str
    file: Path
    index: int
    weight: int
    licence: str
    package: str
    scripts: tuple[str, ...] = ()

    @property
    def version(self) -> str:
        """The file's own version, from its ``name`` table."""
        raise NotImplementedError

    @property
    def sha256(self) -> str:
        """The file's checksum."""
        raise NotImplementedError
