"""The reasons of an account in words: what chose a character, and what is doubtful.

An account has them short, for programs: ``edge blocked 新征|程``, ``phrase 发声``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from publisher.diagnostics import Words

REASONS: Mapping[str, Words] = MappingProxyType(
    {
        "same": Words("没有别的写法", "there is no other form"),
        "character": Words("只有一种写法", "there is one form only"),
        "default": Words(
            "没有词可据，用首选的字", "no word decides, so its first form was taken"
        ),
        "phrase": Words("据 OpenCC 的词组“{what}”", "by OpenCC's phrase {what}"),
        "pattern": Words(
            "没有词可据，看前后的字（{what}）",
            "no word decides, so the characters around it did ({what})",
        ),
        "edge blocked": Words(
            "OpenCC 有个词组会在竖线处把一个词切断（{what}），没有照它选字",
            "a phrase of OpenCC's would cut a word in two at the bar ({what}), so it "
            "was not followed",
        ),
        "OpenCC": Words("OpenCC 自己作“{what}”", "OpenCC by itself writes {what}"),
        "statutes": Words(
            "台湾法规里“{context}”作“{form}”（{seen}/{whole} 处）",
            "Taiwan's statutes write {form} in {context} ({seen} of {whole})",
        ),
        "override legal-core": Words(
            "据本程序的法规词表“{what}”",
            "by the words of law as shipped: {what}",
        ),
        "override spelling": Words(
            "据用字体例“{what}”", "by the spelling of the house: {what}"
        ),
        "override book": Words(
            "conversions.tsv 已定“{what}”", "conversions.tsv has it: {what}"
        ),
        "override names": Words(
            "names.tsv 里的名字“{what}”", "a name in names.tsv: {what}"
        ),
    }
)
"""The words for each reason, by what its short form begins with."""
_NEIGHBOURS = Words("只看前后的字定的", "only the characters around it decided")
_VAGUE = ("default", "pattern")
"""Doubts that say no more than what chose the character."""


def reason(short: str) -> Words:
    """A reason in words."""
    if short == "pattern":
        return _NEIGHBOURS
    head = next(head for head in REASONS if f"{short} ".startswith(f"{head} "))
    what = short.removeprefix(head).strip()
    if head != "statutes":
        return REASONS[head].fill(what=what)
    form, context, counts = what.split(" ")
    seen, _, whole = counts.partition("/")
    return REASONS[head].fill(form=form, context=context, seen=seen, whole=whole)


def doubts_of(shorts: Iterable[str]) -> tuple[Words, ...]:
    """What is doubtful, in words; what tells nothing new only if it is all."""
    every = tuple(shorts)
    telling = tuple(short for short in every if short not in _VAGUE)
    return tuple(map(reason, telling or every))


def joined(parts: Iterable[Words]) -> Words:
    """Reasons one after another."""
    every = tuple(parts)
    return Words("；".join(p.zh for p in every), "; ".join(p.en for p in every))
