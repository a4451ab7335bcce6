"""The zip file of an EPUB: looked over before anything is taken out of it."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from publisher.read.hostile import Refused

ENTRIES = 20_000
"""The most files in the archive."""
WHOLE = 400_000_000
"""The most bytes of the archive itself."""
FILE = 16_000_000
"""The most bytes of one file that is read."""
READ = 96_000_000
"""The most bytes of all files that are read."""
SWOLLEN = 200
"""A file that unpacks to more than so many times its size is a bomb …"""
SMALL = 4_000_000
"""… unless it stays smaller than this."""
TRICK = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|\\|\x00")


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
    names = Counter(info.filename for info in entries)
    if len(entries) > ENTRIES or max(names.values(), default=0) > 1:
        raise Refused(
            "压缩包里文件过多或重名", "its archive has too many files or twins"
        )
    for info in entries:
        _harmless(info)
    files = [info for info in entries if not info.is_dir()]
    sizes = {info.filename: info.file_size for info in files}
    return Archive(archive, sizes, tuple(sizes))


def _harmless(info: ZipInfo) -> None:
    if TRICK.search(info.filename) or TRICK.search(info.orig_filename):
        raise Refused(
            "压缩包里有越出文件夹的路径", "its archive has paths that lead out"
        )
    if info.flag_bits & 1:
        raise damaged("文件加了密码", "it is locked with a password")
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise damaged("压缩方式不明", "it is packed in an unknown way")
    size = info.file_size
    if size > SMALL and size > SWOLLEN * max(info.compress_size, 1):
        raise Refused("压缩炸弹", "its archive is a bomb")


def damaged(zh: str, en: str) -> Refused:
    """A file that nobody made so on purpose."""
    return Refused(zh, en, hostile=False)
