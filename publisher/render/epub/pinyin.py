"""How a Chinese name is filed: in pinyin without tones (``file-as``).

Which reading a character has depends on the phrase it is in (重庆 chong qing). pypinyin
takes a quarter of a second and fifty megabytes to load all phrases; only those that can
be in the name are given to it here.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

from publisher.patterns import pattern

NOT_WORDS = pattern(r"[^\w]+")
PHRASES = "pypinyin.phrases_dict"


def ready() -> None:
    """Load pypinyin, and what it knows of phrases."""
    file_as("中")


def file_as(text: str) -> str:
    """A Chinese name as catalogues file it.

    >>> file_as("重庆市行政条例（银行）")
    'chong qing shi xing zheng tiao li yin hang'
    """
    with _without_phrases():
        from pypinyin import lazy_pinyin, load_phrases_dict

    if phrases := _phrases(text):
        load_phrases_dict(phrases)
    return " ".join(NOT_WORDS.sub(" ", " ".join(lazy_pinyin(text))).split())


def _phrases(text: str) -> dict[str, list[list[str]]]:
    """The phrases of the dictionary that are made of a text's characters."""
    listed = _dictionary()
    han = re.escape("".join(sorted({char for char in text if char > "\u2e80"})))
    if not (listed and han):
        return {}
    entry = re.compile(rf'^"([{han}]+)": (\[\n(?:\[\n.*\n\],?\n)+\])', re.MULTILINE)
    return {
        found[1]: json.loads(found[2])
        for found in entry.finditer(listed)
        if found[1] in text
    }


@cache
def _dictionary() -> str:
    """The file that pypinyin keeps its phrases in; empty if it has none like it."""
    spec = find_spec("pypinyin")
    path = (
        Path(spec.origin).parent / "phrases_dict.json" if spec and spec.origin else None
    )
    return path.read_text("utf-8") if path and path.is_file() else ""


@contextmanager
def _without_phrases() -> Iterator[None]:
    """While it lasts, pypinyin may be imported without its phrases, if we have them.

    Its module of phrases is then an empty one.
    """
    if not _dictionary() or PHRASES in sys.modules:
        yield
        return
    empty = ModuleType(PHRASES)
    empty.phrases_dict = {}  # type: ignore[attr-defined]
    sys.modules[PHRASES] = empty
    yield
