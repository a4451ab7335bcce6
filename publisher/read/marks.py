"""What the beginning of a line says it is: 第三条, （一）, 问：, （上接第1版）.

Full-width and half-width punctuation are read alike, since repairs come later.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias, get_args

from publisher.numerals import NUMERAL, number
from publisher.patterns import pattern
from publisher.read.text import Line
from publisher.tree.nodes import DivisionKind, Number

MarkKind: TypeAlias = Literal[
    "title",
    "division",
    "article",
    "item",
    "question",
    "answer",
    "note",
    "from",
    "bullet",
    "omission",
    "byline",
    "signoff",
    "heading",
    "plain",
]
ItemStyle: TypeAlias = Literal[
    "", "paren", "comma", "dot", "paren-digit", "circle", "letter"
]
LEVELS: dict[str, DivisionKind] = {
    "编": "book",
    "編": "book",
    "分编": "part",
    "分編": "part",
    "章": "chapter",
    "节": "section",
    "節": "section",
    "款": "subsection",
    "目": "division",
}
HAN = "[零〇○一二三四五六七八九十百千两兩廿卅]"
N = NUMERAL
ZHI = rf"(?:\s*之\s*({N}+))?"  # 之一
# 第一章 总则; 第 一 編 總則; 章之一
DIVISION = pattern(
    rf"第\s*({N}(?:{N}|\s(?={N}))*)\s*(分\s*[编編]|[编編章节節款目]){ZHI}"
    r"[:：]?"
)
# 第三条; 第 三 条; 第 3-1 條; 第一百二十条之一
ARTICLE = pattern(rf"第\s*({N}(?:{N}|\s(?={N}))*)(?:\s*-\s*(\d+))?\s*[条條]{ZHI}")
# What follows 第三条 where it is cited in running text, not printed as a label.
CITED = pattern(
    r"[的所和与與及至到或以中之、，,；;。:：)）」』”》]|第|规定|規定|修改|删除|增加"
)
ITEMS: tuple[tuple[ItemStyle, re.Pattern[str]], ...] = (
    ("paren", pattern(rf"[（(]\s*({HAN}+)\s*[）)]")),  # （一）
    ("comma", pattern(rf"({HAN}+)\s?[、﹑､](?!{HAN}{{1,3}}[级級类類等])")),  # 一、
    ("dot", pattern(r"(\d{1,3})\s?[.．、](?!\d)")),  # 1.
    ("paren-digit", pattern(r"[（(]\s*(\d{1,3})\s*[）)]")),  # (1)
    ("circle", pattern(r"([①-⑳])")),  # ①
    ("letter", pattern(r"([a-z])[)）]")),  # a)
)
QUESTION = pattern(r"(?:问|問|记者问|記者問|记者|記者)\s*[:：]")  # 问：
ANSWER = pattern(r"(?:答|回答)\s*[:：]")  # 答：
# （上接第1版）
FROM = pattern(r"[（(]\s*(?:上接|紧接|緊接)\s*第?\s*([^（()）]{0,12}?)版?\s*[）)]")
TO = pattern(r"[（(]\s*(?:下转|下轉)\s*第?\s*([^（()）]{0,12}?)版?\s*[）)]$")
# （2024年1月18日…审议批准 …）; 2020年5月28日 …通过; 修正日期：民國 94 年 06 月 10 日
NOTE = pattern(
    r"[（(]?\s*(?:根据)?(?:[\d〇○零一二三四五六七八九]{4}|(?:中華|中华)?民[國国][^，。年]{1,12})"
    r"\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月"
    r"|(?:修正|公布|發布|公發布)日期\s*[:：]"
)
ACTS = pattern(
    r"通过|通過|批准|公布|发布|發布|施行|修正|修订|修訂|令|印发|制定|废止"
    r"|颁布|頒布|核准|备案|備查|生效|确认|会议$|會議$"
)
# 国发〔2020〕5号; 中华人民共和国国务院令 第708号; （第三十二号）
ISSUED = pattern(
    r"[（(]?(?:[\u4e00-\u9fff]{1,12}[〔\[（(［]\s*\d{4}\s*[〕\]）)］]\s*第?\s*\d+\s*号"
    rf"|[\u4e00-\u9fff]{{2,24}}[令告]\s*[（(]?第?\s*(?:{NUMERAL})+\s*号[）)]?"
    rf"|第\s*(?:{NUMERAL})+\s*号)[）)]?"
)
BULLET = pattern(r"(?:——|--|—)(?=\S)|[•●■◆]\s*")  # ——
OMISSION = pattern(r"(?:…|\.{3}|·{3}|。{3})[….·。\s]*")  # ……
# 记者 武霖; 本报记者 张三 李四; 文/某某
BYLINE = pattern(
    r"[（(]?(?:(?:本报|本刊|新华社)(?:见习)?(?:记者|通讯员)"
    r"|(?:记者|通讯员|作者|撰文|责任编辑|责编|编辑)(?=[\s:：/／])|[文图][/／])"
    r"\s*[:：/／]?\s*[^，。；：！？,;:!?《》“”]{2,24}[）)]?"
)
# 附则, 目录, 附件一：…: headings that stand without a number
ALONE = pattern(
    r"附\s*[则則]|序\s*言|前\s*言|目\s*[录錄次]|[续續]表"
    rf"|附(?:[件表录錄图圖]\s*(?:{HAN}{{1,3}}|\d{{1,2}}|[A-Z])?)?\s*(?:[:：][^。；;]{{0,60}})?"
    rf"|附[件表录錄图圖]\s*(?:{HAN}{{1,3}}|\d{{1,2}}|[A-Z])?\s+[^。；;，,]{{1,40}}"
    # 壹 總則
    r"|[壹貳贰參叁肆伍陸陆柒捌玖拾]{1,3}(?:\s*、\s*|\s+)[^。；;，,：:]{1,24}"
)
AGENCY = "新华社|中新社|新华网|人民网|央视网|中国新闻网|本报|本刊"
# （新华社北京2月19日电）
SIGNOFF = pattern(
    rf"[（(](?:据?(?:{AGENCY})[^（()）]{{0,40}}(?:电|讯|报道|消息)|完)[）)]$"
)
# How news begins: 近日，…; 本报讯; 新华社北京2月19日电; and not 近期建设规划应当
OPENER = pattern(
    rf"(?:近日|日前|昨日|昨天|今日)(?!起)|近期[，,]|[（(]?据?(?:{AGENCY})[^，。,]{{0,24}}[电讯]"
)
STOPS = "。！？；：…!?;:.︰"
CLOSERS = "”’」』》〉）)】]］"
DRAWN = pattern(r"[|}\]+=\"'>]$|^\+[-=+]+$")
CLOSING = pattern(r"[，、。；：！？,;:!?）)”’」』》〉】]")


@dataclass(frozen=True, slots=True)
class Mark:
    """What a line begins with.

    ``size`` is how many characters the marker takes, ``body`` where the text after it
    begins. ``style`` is a division kind or an item style. ``sure`` is false for a
    marker that is one only where its number is expected.
    """

    kind: MarkKind
    number: Number = (0, 0)
    style: str = ""
    size: int = 0
    sure: bool = True


PLAIN = Mark("plain")
STRUCTURAL: frozenset[MarkKind] = frozenset(get_args(MarkKind)) - {"plain"}
"""Kinds of line that begin a paragraph of their own and can continue no other."""


def mark(line: Line) -> Mark:
    """Say what a line begins with; what cannot be counted is no marker."""
    found = _begins(line)
    uncounted = found.kind in NUMBERED and not found.number[0]
    return PLAIN if uncounted else found


NUMBERED: frozenset[MarkKind] = frozenset({"division", "article", "item"})


def _begins(line: Line) -> Mark:
    if line.level == 1:
        return Mark("title")
    return (
        _division(line)
        or _article(line)
        or _other(line)
        or (Mark("heading") if line.level else None)
        or item(line.text)
        or PLAIN
    )


@lru_cache(maxsize=4096)
def counted(text: str) -> int:
    """A printed number as it counts; 0 where it is none."""
    return number("".join(text.split())) or 0


def ends_open(text: str) -> bool:
    """Whether a paragraph stops without a stop: it may go on elsewhere.

    What ends with a bar, a brace or a straight quote is no sentence cut in two.
    """
    last = text.rstrip(CLOSERS + " \t\u3000")
    if not last or DRAWN.search(text):
        return False
    return not (last[-1] in STOPS or text[-1] in CLOSERS)


def _division(line: Line) -> Mark | None:
    found = DIVISION.match(line.text)
    if not found:
        return None
    after = line.text[found.end() :]
    title = after.strip()
    unit = "".join(found[2].split())
    sure = line.level > 1 or not after or after[0].isspace() or found[0][-1] in ":："
    cited = not sure and CITED.match(title)
    if cited or len(title) > 40 or any(c in "，。；,;" for c in title):
        return None
    if unit in "款目" and not line.level and (not sure or len(title) > 15):
        return None
    return (
        _numbered(found, "division", unit, sure=sure)
        if len(title) <= 30 or sure
        else None
    )


def _numbered(
    found: re.Match[str], kind: MarkKind, unit: str, *, sure: bool = True
) -> Mark:
    style = LEVELS[unit] if kind == "division" else ""
    zhi = counted(found[3]) if found[3] else 0
    return Mark(kind, (counted(found[1]), zhi), style, found.end(), sure)


def _article(line: Line) -> Mark | None:
    found = ARTICLE.match(line.text)
    if not found:
        return None
    zhi = counted(found[2] or found[3] or "")
    after = line.text[found.end() :]
    apart = not after or after[0].isspace() or line.bold == found.end()
    if not apart and CITED.match(after):
        return None
    number = (counted(found[1]), zhi)
    return Mark("article", number, size=found.end(), sure=apart)


def _other(line: Line) -> Mark | None:
    text = line.text
    if found := FROM.match(text):
        return Mark("from", (counted(found[1]), 0), size=found.end())
    if OMISSION.fullmatch(text):
        return Mark("omission")
    if line.level:
        return None
    if SIGNOFF.match(text):
        return Mark("signoff")
    if found := QUESTION.match(text):
        return Mark("question", size=found.end())
    if found := ANSWER.match(text):
        return Mark("answer", size=found.end())
    if NOTE.match(text) and ACTS.search(text) and _is_note(text):
        return Mark("note")
    if ISSUED.fullmatch(text):
        return Mark("note", style="number")
    if ALONE.fullmatch(text):
        return Mark("heading")
    if BYLINE.fullmatch(text):
        return Mark("byline")
    if found := BULLET.match(text):
        return Mark("bullet", size=found.end())
    return None


def _is_note(text: str) -> bool:
    """Whether a line that begins with a date is a note, and not a sentence."""
    return (text[0] in "（(" and text[-1] in "）)") or text[-1] not in STOPS


def item(text: str, at: int = 0) -> Mark | None:
    """The item marker at an offset of a text, if one stands there."""
    for style, form in ITEMS:
        if found := form.match(text, at):
            value = _ordinal(found[1], style)
            return Mark("item", (value, 0), style, found.end() - at) if value else None
    return None


def _ordinal(text: str, style: ItemStyle) -> int:
    if style == "circle":
        return ord(text) - ord("①") + 1
    if style == "letter":
        return ord(text) - ord("a") + 1
    return counted(text)
