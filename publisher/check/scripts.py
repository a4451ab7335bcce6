"""Which script a text is written in, by the characters that the other does not have."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from publisher.diagnostics import Words
from publisher.patterns import pattern

HAN = pattern(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


SIMPLIFIED = ("zh-hans", "zh-cn", "zh-sg")
SHARED = (
    "丨丬丶丿亠亻仫伲倮傈冂冖冫凇凼刂劐勐勹卟卩厶吖吡吣吲呋咔咣咴哌哐哚唣唿啉"
    "喹嗪嗬嗵嘞嘣嘭噍噔噻噼嚯坂垡垧埝埯塄塬墒墚夂宀尜岙岜峁崾嵛嵴巛幞廴彐彡忄"
    "憷扌揞揸擀攴攵敫晗桊桕榀榘檫毪氵氽沲浜溻漤灬炻烀煅煊煳煺熘犏犟犭狍猸猹珉"
    "珏甙畲疃疒痃癀癍癔癯睃砘砹砼硇硷碹磙礴礻筢筻箢篼罱耠耥耱肀肟肷肼肽胩胬脎"
    "脒脲腈腙腚膪臁舭舾艹芪苄苊苘苷茚莜萘萜葜蒈蒽蔸藁蝰蝽螋蟮衤踺軎辶郄酞酰酶"
    "醌鐾阝鞴骶骺鬏黢鼗齄"
)
"""What both scripts write, though Big5 lacks it: 酶 醌 塬, and parts of characters."""


class Standards(NamedTuple):
    """The old standards of a script and of the other, and what the first lacks."""

    own: str
    other: str
    also: str = ""


TAIWAN = Standards("big5", "gb2312", SHARED)
HONG_KONG = Standards("big5hkscs", "gb2312", "兑媪悦愠氲硷磙税脱腽蜕")
INHERITED = Standards("big5", "gb2312", f"{SHARED}幺着")
MAINLAND = Standards("gb2312", "big5")


def other_script(lang: str) -> tuple[Standards, Words] | None:
    """The standards of a text's own script and of the other, and what to say."""
    tag = lang.lower()
    if tag.startswith(SIMPLIFIED):
        return MAINLAND, _TRADITIONAL
    if tag.startswith(("zh-hant-hk", "zh-hk", "zh-mo")):
        return HONG_KONG, _SIMPLIFIED
    if tag.startswith(("zh-hant-tw", "zh-tw")):
        return TAIWAN, _SIMPLIFIED
    return (INHERITED, _SIMPLIFIED) if tag.startswith("zh-hant") else None


@lru_cache(None)
def foreign_to(char: str, standards: Standards) -> bool:
    """Whether it is a Han character that the other script's old standard alone has."""
    if not HAN.match(char) or char in standards.also:
        return False
    own, other = (_encodes(char, name) for name in (standards.own, standards.other))
    return other and not own


def language_of(quoted: str, lang: str) -> str:
    """The language of words quoted as they are; none if it is that of their text.

    Only characters tell: ``zh-Hans`` for 环保税法.md in a traditional book, ``zh`` for
    words that have characters of both scripts.
    """
    other = other_script(lang)
    if not other or not any(foreign_to(char, other[0]) for char in quoted):
        return ""
    told = "zh-Hant" if lang.lower().startswith(SIMPLIFIED) else "zh-Hans"
    mixed = other_script(told)
    both = mixed and any(foreign_to(char, mixed[0]) for char in quoted)
    return "zh" if both else told


def _encodes(char: str, standard: str) -> bool:
    try:
        char.encode(standard)
    except UnicodeEncodeError:
        return False
    return True


_TRADITIONAL = Words(
    "简体版里有繁体字“{chars}”（共 {count} 种）",
    "traditional characters in a simplified book: {chars} ({count} kinds)",
)
_SIMPLIFIED = Words(
    "繁体版里有简体字“{chars}”（共 {count} 种）",
    "simplified characters in a traditional book: {chars} ({count} kinds)",
)
