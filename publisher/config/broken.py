"""What ``tomllib`` says of a text that is no TOML, in words for an editor."""

from __future__ import annotations

import re

from publisher.diagnostics import Words

MESSAGES = (
    (r"Invalid value", "等号后面的值不成样子", "there is no proper value after ="),
    (r"Invalid initial character for a key part", "键名不能这样写", ""),
    (r"Invalid statement", "这一行看不懂", "this line makes no sense"),
    (r"Expected '=' after a key.*", "键名后面缺等号 =", "there is no = after the key"),
    (r"Expected newline or end of .*", "值后面还有多余的字", ""),
    (r"Expected '?\]\]?'? at the end of a table .*", "表名后面缺右括号 ]", ""),
    (r"Expected '?\]\]'? at the end of an array .*", "表名后面缺右括号 ]]", ""),
    (r"Unterminated string", "引号没有配对", "a string has no closing quote"),
    (r"Expected [\"']{3,5}", "引号没有配对", "a string has no closing quote"),
    (r"Illegal character '\\n'", "引号没有配对", "a string has no closing quote"),
    (r"Illegal character (.*)", "有不许用的字符 {0}", ""),
    (r"Found invalid character (.*)", "有不许用的字符 {0}", ""),
    (r"Unclosed array", "方括号 [ 没有配对", ""),
    (r"Unclosed inline table", "花括号 {{ 没有配对", ""),
    (r"Cannot overwrite a value", "同一个键写了两次", "a key is given twice"),
    (r"Cannot declare (.*) twice", "同一张表 {0} 写了两次", ""),
    (r"Cannot (?:mutate|redefine) .*", "同一张表不能分两处写", ""),
    (r"Duplicate inline table key (.*)", "同一个键 {0} 写了两次", ""),
    (r"Unescaped '\\' in a string", r"反斜杠要写两个：\\", ""),
    (r"Invalid hex value", r"\u 后面要有四个十六进制数字", ""),
    (r"Invalid date or datetime", "没有这个日期", "there is no such day"),
)
"""Message, and our words for it; where there is no English, the message has it."""
QUOTES = "“”„‟＂「」『』‘’＇"
FULL = {"＝": "=", "，": ",", "［": "[", "］": "]", "｛": "{", "｝": "}", "＃": "#"}
"""Marks as a Chinese keyboard types them, and as TOML wants them."""
_LOOK = Words(
    "看看这里或上一行的引号、等号和括号是否齐全",
    "look at quotes, = and brackets here or on the line above",
)
_QUOTES = Words(
    '这是中文引号；请改用英文（半角）引号 "，如 title = "某某条例"',
    'these are Chinese quotation marks; use ", as in title = "某某条例"',
)
_FULL = Words(
    "这里的“{mark}”是全角符号；请改用半角的 {half}",
    "“{mark}” is a full-width mark; use {half}",
)
_KEY = Words(
    "键名是英文小写，如 title；全部键名见 publisher schema",
    "keys are English, such as title; publisher schema lists them",
)


def explain(message: str) -> Words:
    """What is wrong; a message that we do not know stands in brackets."""
    for pattern, zh, en in MESSAGES:
        if found := re.fullmatch(pattern, message):
            said = en or message[:1].lower() + message[1:]
            return Words(zh.format(*found.groups()), said)
    return Words(f"写法不对（{message}）", message)


def cure(line: str, column: int) -> Words:
    """What to do about it, by the character that was not understood."""
    rest = line[column - 1 :].lstrip(" \t\u3000") or line.rstrip()[-1:]
    mark = rest[:1]
    if mark in FULL:
        return _FULL.fill(mark=mark, half=FULL[mark])
    if mark and mark in QUOTES:
        return _QUOTES
    if mark > "\x7f" and "=" not in line[: column - 1]:
        return _KEY
    return _LOOK
