"""Character classes of line composition, one letter each, after CLREQ's appendix A.

A paragraph is translated into its classes in one pass of `str.translate`; everything
after that looks at letters only. A mark counts as full-width only if the face gives it
more than nine tenths of an em, so the “ of a Latin face is no Chinese quotation mark.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

ATOM = "\ufffc"
"""Stands in the text for an inline block or a picture: it behaves as one Han."""

HAN = frozenset("Hduny")
"""Han, among them 第, units, numerals and 年月日, which like to stay together."""
FULL = frozenset("OCPKSXM")
"""Full-width marks with a blank that can be taken away."""
FIXED = frozenset("VW")
"""Full-width marks that keep their square: openers, and others."""
LATIN = frozenset("0L")
CLOSED = frozenset("CPKSXMW.-")
"""Never at the start of a line (CLREQ 3.1.4, basic level)."""
OPEN = frozenset("OV(")
"""Never at the end of a line."""

MEMBERS: Mapping[str, str] = {
    "O": "（「『【〔《〈“‘［｛〖〘〝",
    "C": "）」』】〕》〉”’］｝〗〙〞",
    "P": "，、；",
    "K": "：",
    "S": "。．",
    "X": "？！",
    "M": "·・‧",
    "W": "︰﹐﹑﹒﹔﹕﹖﹗﹚﹜﹞",
    "V": "﹙﹛﹝",
    "N": "—…⸺⋯",
    "-": "～〜-–/／",
    ".": ",.;:!?)]}%‰℃°″′ゝゞーヽヾ％",
    "(": "([{$￥¥£€№§＄",
    " ": " \u3000",
    "G": "\u00a0\u2060\u202f\ufeff",
    "A": ATOM,
    "d": "第",
    "u": "条章节款项编目條節項編",
    "n": "〇零一二三四五六七八九十百千",
    "y": "年月日时分秒元亿万个時億萬個",
    "H": "々",
}
"""0 and L are digits and letters, Z what is neither Han nor Latin, B a lone break."""


class Table(dict[int, str]):
    """A table for `str.translate` that classes a character when it first meets it."""

    def __missing__(self, code: int) -> str:
        """Class a character that no row of `MEMBERS` names."""
        found = self[code] = _class(code)
        return found


def _class(code: int) -> str:
    char = chr(code)
    if code == 0x200B:
        return "B"
    if code >= 0x2E80 and unicodedata.east_asian_width(char) in "WF":
        return "H"
    kind = unicodedata.category(char)
    if kind == "Nd":
        return "0"
    if kind in ("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc"):
        return "L"
    return "Z"


CLASSES = Table({ord(c): letter for letter, held in MEMBERS.items() for c in held})

WHOLE = str.maketrans("OCPKSX", "VWWWWW")
"""Marks that keep their square, where the style sheet asks for full width."""
CENTRED = str.maketrans("PKSX", "WWWW")
"""Marks that keep their square in Taiwan and Hong Kong."""
NARROW = {**dict.fromkeys("CPKSXM", "."), "O": "("}
"""What a mark is in a face that does not give it a square."""


def classes(text: str) -> str:
    """The class of each character."""
    return text.translate(CLASSES)
