"""Faces: which font file sets which role, where it is, and what it cannot set.

``fonts.toml`` maps a role (song 宋, hei 黑, kai 楷, fangsong 仿宋) of each script to
faces. They come from Debian packages; a font file that was put into ``fonts/`` under a
name that ``fonts.toml`` knows wins, if every weight of its role is there.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from publisher import sfnt
from publisher.diagnostics import Problem, Words
from publisher.inputs import State, digest, per_file, state, unrecorded

T = TypeVar("T")
FONTCONFIG = ("/etc/fonts", "~/.config/fontconfig")
ROLES = ("song", "hei", "kai", "fangsong")


@dataclass(frozen=True, slots=True)
class Face:
    """One face of one weight for one script; ``file`` is None if it is not found."""

    role: str
    script: str
    weight: int
    name: str
    """What people call it: 思源宋体."""
    family: str
    """What CSS calls it."""
    file: Path | None
    index: int
    """Which face of the file, where the file is a collection."""
    licence: str
    package: str
    own: bool = False
    """Whether it was put into ``fonts/``."""
    licence_file: str = ""
    """Name of the licence's text in ``fonts/``."""

    @property
    def version(self) -> str:
        """The file's own version, as in 2.001, or empty."""
        return _version(str(self.file), self.index) if self.file else ""

    @property
    def sha256(self) -> str:
        """The checksum of the whole file, or empty."""
        return digest(str(self.file)) if self.file else ""

    @property
    def characters(self) -> AbstractSet[int]:
        """The code points that have a glyph."""
        return _characters(str(self.file), self.index) if self.file else frozenset()


@dataclass(frozen=True, slots=True)
class Faces:
    """Every face that ``fonts.toml`` names, looked up on this machine."""

    faces: tuple[Face, ...]

    def of(self, script: str) -> tuple[Face, ...]:
        """The faces of one script.

        Raises:
            Problem: 5, one of them is not on this machine.
        """
        faces = tuple(face for face in self.faces if face.script == script)
        if absent := [face for face in faces if face.file is None]:
            names = sorted({f"{f.family} {f.weight}" for f in absent})
            line = install_line(absent)
            raise Problem(5, _ABSENT.list(names=names), _INSTALL.fill(line=line))
        return faces

    def css(self, script: str) -> dict[str, str]:
        """For each role, a CSS font-family list."""
        faces = (face for face in self.faces if face.script == script)
        return {face.role: f'"{face.family}"' for face in faces}

    def font_css(self, script: str) -> str:
        """``@font-face`` rules for the faces that were put into ``fonts/``."""
        return "\n".join(
            f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight}; '
            f'src: url("{face.file.as_uri()}") }}'
            for face in self.faces
            if face.script == script and face.own and face.file
        )

    @property
    def absent(self) -> tuple[Face, ...]:
        """The faces that are not on this machine."""
        return tuple(face for face in self.faces if face.file is None)


_ABSENT = Words("这台机器上缺少字体：{names}", "fonts are missing: {names}")
_INSTALL = Words("请运行：{line}", "run: {line}")


def load(folder: Path) -> Faces:
    """Look up every face of ``fonts.toml`` in ``folder``, then among the system fonts.

    Raises:
        Problem: 3, ``fonts.toml`` is missing or broken.
    """
    path = folder / "fonts.toml"
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Problem(3, _BROKEN.fill(why=error), place=str(path)) from None
    with unrecorded():  # `states` tells of all these folders
        system = _files(system_folders())
    own = {file.name: file.resolve() for file in sorted(folder.glob("*.[ot]tf"))}
    try:
        return Faces(
            tuple(
                face
                for role, entry in table["role"].items()
                for script in entry["script"]
                for face in _faces(role, script, entry, (system, own))
            )
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise Problem(3, _BROKEN.fill(why=repr(error)), place=str(path)) from None


_BROKEN = Words("读不出字体表：{why}", "cannot read the table of fonts: {why}")


def install_line(faces: Iterable[Face]) -> str:
    """The one line that puts these faces on a Debian machine."""
    return "apt-get install " + " ".join(sorted({face.package for face in faces}))


def missing(
    texts: Mapping[str, str], faces: Sequence[Face]
) -> tuple[tuple[str, str], ...]:
    """Which characters have no glyph in the face that is to set them.

    ``texts`` gives each role all that it sets. The answer is pairs of role and
    character, each once, in order.
    """
    out = []
    for role, text in texts.items():
        held = [face.characters for face in faces if face.role == role]
        wanted = sorted({c for c in text if not c.isspace()})
        out += [
            (role, char)
            for char in wanted
            if not held or any(ord(char) not in known for known in held)
        ]
    return tuple(out)


_Files: TypeAlias = Mapping[str, Path]
_Row: TypeAlias = Mapping[str, Any]
"""Anything that TOML can say; a wrong type in ``fonts.toml`` is a `Problem`."""


def _faces(
    role: str, script: str, entry: _Row, places: tuple[_Files, _Files]
) -> Iterator[Face]:
    system, own = places
    region: _Row = entry["script"][script]
    held = [_own_file(row, region, own) for row in entry["face"]]
    complete = all(held)
    for row, mine in zip(entry["face"], held, strict=True):
        yield Face(
            role=role,
            script=script,
            weight=row["weight"],
            name=entry["name"],
            family=f"publisher {role}" if complete else region["family"],
            file=mine if complete else system.get(row["file"]),
            index=0 if complete else region["index"],
            licence=entry["licence"],
            package=row["package"],
            own=complete,
            licence_file=entry["licence_file"],
        )


def _own_file(row: _Row, region: _Row, own: _Files) -> Path | None:
    """The file in ``fonts/`` for one weight: ``{prefix}-{style}.otf`` or ``.ttf``."""
    for prefix in region["own"]:
        for suffix in ("otf", "ttf"):
            if file := own.get(f"{prefix}-{row['style']}.{suffix}"):
                return file
    return None


def system_folders() -> Iterator[Path]:
    """The folders that fontconfig searches, the user's own first."""
    home = Path.home()
    yield Path(os.environ.get("XDG_DATA_HOME") or home / ".local/share") / "fonts"
    yield home / ".fonts"
    data = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    yield from (Path(folder) / "fonts" for folder in data.split(":") if folder)


def states() -> list[tuple[str, State]]:
    """The fonts of this machine and the settings of fontconfig, and their states."""
    out = []
    places = [*map(str, system_folders()), *map(os.path.expanduser, FONTCONFIG)]
    with unrecorded():
        for place in places:
            for folder, inner, names in os.walk(place):
                inner.sort()
                files = (f"{folder}/{name}" for name in sorted(names))
                out += [(file, state(file)) for file in files]
    return out


def _files(folders: Iterable[Path]) -> dict[str, Path]:
    """Each file's name and path; of two with one name, the first."""
    found: dict[str, Path] = {}
    for folder in folders:
        for root, inner, names in os.walk(folder):
            inner.sort()
            for name in names:
                found.setdefault(name, Path(root) / name)
    return found


@per_file
def _version(file: str, index: int) -> str:
    said = sfnt.version(Path(file), index)
    if said is None:
        said = _by_fonttools(file, index, lambda font: font["name"].getDebugName(5))
    words = (said or "").replace(";", " ").split()
    return next((word for word in words if word[:1].isdigit()), "")


@per_file
def _characters(file: str, index: int) -> AbstractSet[int]:
    found = sfnt.characters(Path(file), index)
    if found is None:
        best = _by_fonttools(file, index, lambda font: font.getBestCmap())
        return frozenset(best or ())
    return found


def _by_fonttools(file: str, index: int, ask: Callable[[Any], T]) -> T | None:
    """What FontTools says; None if it cannot read it either: nor will who draws."""
    from fontTools.ttLib import TTFont

    try:
        with TTFont(file, fontNumber=index, lazy=True) as font:
            return ask(font)
    except OSError:
        raise
    except Exception:  # noqa: BLE001  (it raises what it happens to meet)
        return None
