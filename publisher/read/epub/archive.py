"""The zip file of an EPUB: looked over before anything is taken out of it."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from publisher.read.hostile import Refused
from publisher.read.zipped import damaged, look_over

ENTRIES = 20_000
"""The most files in the archive."""
WHOLE = 400_000_000
"""The most bytes of the archive itself."""
FILE = 16_000_000
"""The most bytes of one file that is read."""
READ = 96_000_000
"""The most bytes of all files that are read."""
SMALL = 4_000_000
"""A file that stays smaller than this is no bomb."""


@dataclass(slots=True)
class Archive:
    """Names and sizes of the files, and a way to their bytes that keeps limits."""

    zip: ZipFile
    sizes: Mapping[str, int]
    names: tuple[str, ...]
    left: list[int] = field(default_factory=lambda: [READ])

    def read(self, name: str, most: int = FILE) -> bytes:
        """The bytes of a file, ``most`` of them.

        Raises:
            Refused: it is damaged, or too large.
        """
        if most == FILE and self.sizes[name] > FILE:
            raise Refused(f"{name} 过大", f"{name} is too large")
        self.left[0] -= min(self.sizes[name], most)
        if self.left[0] < 0:
            raise Refused("文件合起来过大", "its files are too large together")
        try:
            with self.zip.open(name) as file:
                return file.read(most)
        except (BadZipFile, zlib.error, EOFError, OSError) as error:
            raise damaged(f"{name} 已损坏", f"{name} is damaged") from error


def open_archive(raw: bytes) -> Archive:
    """An archive whose entries are all harmless.

    Raises:
        Refused: it is no zip file, or is built as attacks are.
    """
    if len(raw) > WHOLE:
        raise Refused("文件过大", "the file is too large")
    try:
        archive = ZipFile(BytesIO(raw))
    except (BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise damaged(
            "不是 EPUB（不是 zip 文件）", "it is no EPUB: no zip file"
        ) from error
    entries = archive.infolist()
    look_over(entries, ENTRIES, SMALL)
    files = [info for info in entries if not info.is_dir()]
    sizes = {info.filename: info.file_size for info in files}
    return Archive(archive, sizes, tuple(sizes))
