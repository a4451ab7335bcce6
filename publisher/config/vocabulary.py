"""Conversion of vocabulary, which is refused: it rewrites what a law says.

OpenCC's ``s2twp`` makes 物件 of 对象, 釋出 of 发布 and 支援 of 支持. On a page of party
prose it changed the meaning of eight terms; a law so printed is another law.
"""

from __future__ import annotations

from publisher.diagnostics import Words

SCHEMES = frozenset({"s2twp", "s2hkp", "tw2sp", "hk2sp"})
REFUSED = Words(
    "“{name}”会换词（对象→物件，发布→釋出，支持→支援），法规的话就成了别的话；"
    "这里只换字，不换词",
    "“{name}” exchanges words (对象→物件, 发布→釋出, 支持→支援): a law would say "
    "something else. Here characters are converted, and words never",
)
WORDS_STAY = Words(
    "写 zh-Hant-TW 或 zh-Hant-HK，只换字形", "write zh-Hant-TW or zh-Hant-HK"
)


def vocabulary(name: str) -> Words | None:
    """Why a scheme is refused, if it is one that exchanges words."""
    return REFUSED.fill(name=name) if name.lower() in SCHEMES else None
