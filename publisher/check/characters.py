"""Characters that no reader can be sure of, or that do not belong together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from publisher.check.places import Place, places
from publisher.diagnostics import Diagnostic, Rule, Severity, Words
from publisher.patterns import pattern
from publisher.source import Span
from publisher.tree.nodes import Collection, Document

PRIVATE_CHARACTER = Rule(
    "C205",
    "private-character",
    Severity.WARNING,
    Words(
        "用了专用区的码位或替代符，那里原有的字（多是生僻字、数学符号）在别的机器上"
        "显示不出来，印出来是空框。",
        "A private-use or replacement code stands where a rare character was: other "
        "machines show, and print, an empty box.",
    ),
    "第一条 保护\ue123县的文物。\n",
    Words(
        "对照原件认出这个字，在 decisions.toml 中写明改法。",
        "Find out which one it was; write the repair in decisions.toml.",
    ),
)
MIXED_SCRIPT = Rule(
    "C206",
    "mixed-script",
    Severity.WARNING,
    Words(
        "一篇之中简体字和繁体字都不少，不像误认几个字，像是两种来源拼在一起，"
        "或转换只做了一半。",
        "A document has many characters of both scripts: it comes from two sources, "
        "or a conversion stopped halfway.",
    ),
    "第一条 为了规范学校管理,保护学生权益,制定本条例。\n\n"
    "第二條 為維護國家安全,保障學生權益,促進教育發展,訂定辦法。\n",
    Words("先统一成简体或繁体。", "Bring the text into one script first."),
)
FULLWIDTH_LETTER = Rule(
    "C207",
    "fullwidth-letter",
    Severity.NOTE,
    Words(
        "数字或字母是全角的，占一个汉字宽，排在正文里显得松散。来源如此，照排。",
        "Digits or letters are full width and take the room of a Chinese character. "
        "They are printed as they stand.",
    ),
    "第一条 时速不得超过１２０公里。\n",
    Words(
        "要改成半角的，在 decisions.toml 中写明。",
        "To make them half width, write it in decisions.toml.",
    ),
)
MIXED_BRACKET = Rule(
    "C208",
    "mixed-width-bracket",
    Severity.NOTE,
    Words(
        "一对括号一半全角、一半半角，已改成全角。这样的地方多半重新录过，字也要核对。",
        "One bracket of a pair was full width and the other half width; both are full "
        "width now. Such places were often typed anew: look over the words too.",
    ),
    "第一条 各级党委（党组)承担主体责任。\n",
    Words("核对括号里的文字。", "Compare the words inside."),
)
PRIVATE = pattern("[\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]+")
LETTERS = pattern("[０-９Ａ-Ｚａ-ｚ]+")
HAN = pattern(r"[㐀-䶿一-鿿]")
PAIR = pattern(r"[（）]")
SHARE = 0.02
"""Below this share, characters of the other script are single misreadings."""
FEW = 6
NARROW = "fullwidth-punctuation"
"""The repair that widens brackets."""


def private(collection: Collection) -> Iterator[Diagnostic]:
    """A finding for each stretch of characters that have no agreed shape."""
    for document in collection.documents:
        for stands in places(document):
            for found in PRIVATE.finditer(stands.text):
                codes = " ".join(f"U+{ord(char):04X}" for char in found[0][:3])
                around = PRIVATE.sub("□", stands.near(found.start()))
                yield Diagnostic(
                    PRIVATE_CHARACTER,
                    _PRIVATE.fill(codes=codes, near=around),
                    stands.stretch(*found.span()),
                    stands.where,
                    PRIVATE_CHARACTER.cure,
                )


def mixed(collection: Collection) -> Iterator[Diagnostic]:
    """A finding for each document that is written in both scripts."""
    for document in collection.documents:
        listed = places(document)
        counts: Counter[str] = Counter()
        for char, often in Counter("".join(p.text for p in listed)).items():
            counts[script(char)] += often
        simple, old = counts["simplified"], counts["traditional"]
        if min(simple, old) > SHARE * (simple + old) + FEW:
            rare: Literal["simplified", "traditional"]
            rare = "traditional" if old <= simple else "simplified"
            stands, at = next(
                (p, i)
                for p in listed
                for i, c in enumerate(p.text)
                if script(c) == rare
            )
            yield Diagnostic(
                MIXED_SCRIPT,
                _MIXED.fill(simple=simple, old=old, near=stands.near(at)),
                stands.span(at),
                stands.where,
                MIXED_SCRIPT.cure,
            )


@lru_cache(maxsize=16384)
def script(char: str) -> Literal["", "simplified", "traditional"]:
    """Which script alone has a character, going by the old standards of both."""
    if not HAN.match(char):
        return ""
    gb, big = (_encodes(char, standard) for standard in ("gb2312", "big5"))
    if gb == big:
        return ""
    return "simplified" if gb else "traditional"


def _encodes(char: str, standard: str) -> bool:
    try:
        char.encode(standard)
    except UnicodeEncodeError:
        return False
    return True


def wide_letters(collection: Collection) -> Iterator[Diagnostic]:
    """A note for each document with full-width digits or letters, at the first."""
    for document in collection.documents:
        found = [(p, m) for p in places(document) for m in LETTERS.finditer(p.text)]
        if found:
            stands, first = found[0]
            count = sum(len(match[0]) for _, match in found)
            yield Diagnostic(
                FULLWIDTH_LETTER,
                _LETTERS.fill(first=first[0], count=count),
                stands.stretch(*first.span()),
                stands.where,
                FULLWIDTH_LETTER.cure,
            )


def mixed_brackets(collection: Collection) -> Iterator[Diagnostic]:
    """A note for each pair of brackets of which one had to be widened."""
    widened = {
        record.span
        for record in collection.repairs
        if record.rule == NARROW
        and record.status == "applied"
        and record.before in "()"
    }
    for document in collection.documents if widened else ():
        yield from _mixed_brackets(document, widened)


def _mixed_brackets(document: Document, widened: set[Span]) -> Iterator[Diagnostic]:
    for stands in places(document):
        opened: list[int] = []
        for found in PAIR.finditer(stands.text):
            if found[0] == "（":
                opened.append(found.start())
            elif opened:
                start, end = opened.pop(), found.end()
                sides = {stands.span(start) in widened, stands.span(end - 1) in widened}
                if len(sides) == 2:
                    yield _bracket(stands, start, end)


def _bracket(stands: Place, start: int, end: int) -> Diagnostic:
    return Diagnostic(
        MIXED_BRACKET,
        _BRACKET.fill(near=stands.text[start:end][:20]),
        stands.stretch(start, end),
        stands.where,
        MIXED_BRACKET.cure,
    )


_PRIVATE = Words(
    "“{near}”里有不明的字（{codes}）", "unknown characters in “{near}” ({codes})"
)
_MIXED = Words(
    "简体字 {simple} 个、繁体字 {old} 个混在一篇里，如“{near}”",
    "{simple} simplified and {old} traditional characters in one text, as in “{near}”",
)
_LETTERS = Words(
    "全角数字、字母 {count} 个，如“{first}”",
    "{count} full-width digits or letters, such as {first}",
)
_BRACKET = Words(
    "“{near}”的括号一半全角、一半半角", "the brackets of “{near}” were of two widths"
)
