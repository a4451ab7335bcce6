"""Chinese numerals as they number provisions: 一 … 九千九百九十九."""

from __future__ import annotations

DIGITS = "零一二三四五六七八九"
UNITS = ((1000, "千"), (100, "百"), (10, "十"))
LONGEST = 12
"""No number is written with more characters."""
_VALUES = {char: value for value, char in enumerate(DIGITS)} | {
    "〇": 0,
    "○": 0,
    "两": 2,
    "兩": 2,
}
_VALUES |= {char: value for value, char in enumerate("壹贰叁肆伍陆柒捌玖", 1)}
_VALUES |= {char: value for value, char in enumerate("壹貳參肆伍陸柒捌玖", 1)}
_UNITS = {unit: value for value, unit in UNITS} | {"拾": 10, "佰": 100, "仟": 1000}
_TENS = {"廿": 20, "卅": 30}
NUMERAL = "[" + "".join([*_VALUES, *_UNITS, *_TENS]) + "0-9０-９]"
"""A regular expression for one character of a provision number, Chinese or Arabic."""


HIGHEST = 9999
"""No provision has a higher number; what claims to have one is no number."""


def to_chinese(number: int) -> str:
    """Write 1 to 9999 as a provision number is written, as in 一百零八."""
    if not 1 <= number <= HIGHEST:
        raise ValueError(f"no provision is numbered {number}")
    out, gap = "", False
    for value, unit in UNITS:
        digit, number = divmod(number, value)
        if digit:
            out += ("零" if gap else "") + DIGITS[digit] + unit
            gap = False
        elif out:
            gap = True
    if number:
        out += ("零" if gap else "") + DIGITS[number]
    return out.removeprefix("一") if out.startswith("一十") else out


def number(text: str) -> int | None:
    """Read a number up to 9999: 一百零八, 一〇八, 廿三, 108, １０８; else None."""
    if not text or len(text) > LONGEST:
        return None
    value = int(text) if text.isdecimal() else _chinese(text)
    return value if value is not None and value <= HIGHEST else None


def _chinese(text: str) -> int | None:
    if any(c not in _VALUES and c not in _UNITS and c not in _TENS for c in text):
        return None
    if not any(c in _UNITS or c in _TENS for c in text):
        return int("".join(str(_VALUES[c]) for c in text))
    total, digit = 0, 0
    for char in text:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        elif char in _TENS:
            total += _TENS[char]
        else:
            digit = _VALUES[char]
    return total + digit
