"""The one door to the zip files that others made: looked over before it is opened.

Law: nothing is taken out of an archive that is built as attacks are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipInfo

from publisher.patterns import pattern
from publisher.read.hostile import Refused

SWOLLEN = 200
"""A file that unpacks to more than so many times its size is a bomb …"""
TRICK = pattern(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|\\|\x00")


def look_over(entries: Sequence[ZipInfo], most: int, small: int) -> None:
    """See that all entries are harmless, and no more than ``most``.

    A bomb is only what unpacks to more than ``small`` bytes.

    Raises:
        Refused: they are not.
    """
    names = Counter(info.filename for info in entries)
    if len(entries) > most or max(names.values(), default=0) > 1:
        raise Refused(
            "压缩包里文件过多或重名", "its archive has too many files or twins"
        )
    for info in entries:
        _harmless(info, small)


def _harmless(info: ZipInfo, small: int) -> None:
    if TRICK.search(info.filename) or TRICK.search(info.orig_filename):
        raise Refused(
            "压缩包里有越出文件夹的路径", "its archive has paths that lead out"
        )
    if info.flag_bits & 1:
        raise damaged("文件加了密码", "it is locked with a password")
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise damaged("压缩方式不明", "it is packed in an unknown way")
    size = info.file_size
    if size > small and size > SWOLLEN * max(info.compress_size, 1):
        raise Refused("压缩炸弹", "its archive is a bomb")


def damaged(zh: str, en: str) -> Refused:
    """A file that nobody made so on purpose."""
    return Refused(zh, en, hostile=False)
