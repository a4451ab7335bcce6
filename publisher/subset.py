"""Cut a face down to some characters, for a book that carries it: WOFF2, reproducible.

The layout features of Chinese text stay (vertical forms, proportional punctuation, the
forms of a region); hinting, and the times that font files tell, do not.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from publisher.diagnostics import Problem, Words
from publisher.fonts import Face


def subset(face: Face, characters: str) -> bytes:
    """A face with the glyphs of some characters; the same bytes for the same of both.

    Raises:
        Problem: 5, its file is missing or unreadable.
    """
    from fontTools import subset
    from fontTools.ttLib import TTLibError

    options = subset.Options(
        flavor="woff2",
        font_number=face.index,
        layout_features=["*"],
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 7, 13, 14],
        name_languages=[0x409],
        hinting=False,
        desubroutinize=True,
        recalc_timestamp=False,
        notdef_outline=True,
        ignore_missing_unicodes=True,
    )
    out = BytesIO()
    with _quiet():
        try:
            with Path(str(face.file)).open("rb") as file:
                held = BytesIO(file.read())
            font = subset.load_font(held, options, dontLoadGlyphNames=True)
        except (OSError, TTLibError):
            raise Problem(5, _UNREADABLE.fill(file=face.file)) from None
        with font:
            cutter = subset.Subsetter(options)
            cutter.populate(text=characters)
            cutter.subset(font)
            font.flavor = "woff2"
            font.save(out, reorderTables=False)
    return out.getvalue()


@contextmanager
def _quiet() -> Iterator[None]:
    """FontTools tells of tables that it drops: they are meant to be dropped."""
    logger = logging.getLogger("fontTools")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)


_UNREADABLE = Words("字体文件 {file} 读不出", "the font file {file} cannot be read")
