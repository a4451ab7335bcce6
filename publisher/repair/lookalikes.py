"""Proposals for what recognition takes for something that looks like it.

A letter among the digits of a number (0.l元 for 0.1元), and a shape of a character that
no Chinese standard has where it has another (最髙 for 最高).
"""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import normalize

from publisher.diagnostics import Rule, Severity, Words
from publisher.patterns import pattern
from publisher.repair.passages import HAN, Passage, Reading
from publisher.tree.nodes import Repair

LETTER_FOR_DIGIT = Rule(
    "P208",
    "letter-for-digit",
    Severity.WARNING,
    Words(
        "数字里夹着 l、I、O 这样的字母，多半是把 1、0 认错了。",
        "There is a letter l, I or O inside a number: most likely 1 or 0 was misread.",
    ),
    "第一条 每平方米缴纳0.l元。\n",
    Words(
        "对照原件；确认后在 decisions.toml 中接受。",
        "Compare the original; accept it in decisions.toml when it is so.",
    ),
)
VARIANT_CHARACTER = Rule(
    "P209",
    "variant-character",
    Severity.WARNING,
    Words(
        "用了规范字以外的字形（兼容字、日文字形一类），多半是识别错误，也查找不到。",
        "A shape stands where the standards have another (a compatibility character, "
        "one of Japanese): mostly misread, and not found by searching.",
    ),
    "第一条 罚款最髙不超过五千元。\n",
    Words(
        "对照原件；人名、地名确用此字的，在 decisions.toml 中拒绝。",
        "Compare the original; where a name has it so, reject it in decisions.toml.",
    ),
)
DIGITS = {"l": "1", "I": "1", "O": "0"}
# 0.l元, l.5倍, O.5%, 1O人, 2l0名, l2条; not 5l水 (litres), O2 and I2 (chemistry), A1O
NUMBER = pattern(
    r"(?<![0-9A-Za-z.\-/_])"
    r"(?:[0-9lIO]{1,6}\.(?:[lIO]|[0-9lIO]{0,5}[0-9O])"
    r"|[0-9]{1,6}O|[0-9]{1,6}[lIO]{1,2}[0-9]{1,6}|l[0-9]{1,6})"
    rf"(?=\s?[{HAN}%％‰℃])"
)
LETTER = pattern("[lIO]")
# Such as are the same in both scripts
VARIANTS = dict(zip("髙敎靑眞値黒歩毎渉徳姫", "高教青真值黑步每涉德姬", strict=True))
COMPATIBLE = pattern("[\uf900-\ufaff\U0002f800-\U0002fa1f]")
ODD = pattern(f"[{''.join(VARIANTS)}]|{COMPATIBLE.pattern}")
SURE, LIKELY = 0.9, 0.8


def letters(reading: Reading) -> Iterator[Repair]:
    """A proposal for each letter inside a number."""
    for passage in reading.passages:
        for found in NUMBER.finditer(passage.text):
            number = found[0]
            if not any(char.isdecimal() for char in number):
                continue
            for letter in LETTER.finditer(number):
                at = found.start() + letter.start()
                meant = DIGITS[letter[0]]
                basis = _LETTER.fill(number=number, letter=letter[0])
                yield from _proposed(passage, at, meant, LETTER_FOR_DIGIT, basis)


def variants(reading: Reading) -> Iterator[Repair]:
    """A proposal for each shape that the standards do not have."""
    for passage in reading.passages:
        for found in ODD.finditer(passage.text):
            usual = VARIANTS.get(found[0]) or normalize("NFKC", found[0])
            if usual != found[0]:
                code = f"{ord(found[0]):04X}"
                basis = _VARIANT.fill(code=code, usual=usual)
                at = found.start()
                yield from _proposed(passage, at, usual, VARIANT_CHARACTER, basis)


def _proposed(
    passage: Passage, at: int, after: str, rule: Rule, basis: Words
) -> Iterator[Repair]:
    span = passage.spot(at)
    if span is not None and len(span) == 1:
        yield Repair(
            rule=rule.name,
            status="suggested",
            before=passage.text[at],
            after=after,
            basis=basis,
            confidence=SURE if rule is LETTER_FOR_DIGIT else LIKELY,
            where=passage.where,
            span=span,
        )


_LETTER = Words(
    "“{number}”是数，夹着字母 {letter}", "“{number}” is a number with a letter {letter}"
)
_VARIANT = Words(
    "U+{code} 不是通行的字形，通行的是“{usual}”",
    "U+{code} is no shape in use; the usual one is {usual}",
)
