"""Safe repairs of a text's script: marks of half width, and an `and` for 和.

Both are traces of text recognition and of keyboards, never of an author: Chinese sets
these marks full width (GB/T 15834), and its sentences have no word ``and``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from publisher.diagnostics import Rule, Severity, Words
from publisher.patterns import pattern
from publisher.repair.passages import HAN, Passage, Reading
from publisher.source import Span
from publisher.tree.nodes import Repair

FULLWIDTH_PUNCTUATION = Rule(
    "P101",
    "fullwidth-punctuation",
    Severity.NOTE,
    Words(
        "中文里的逗号、冒号、分号、问号、叹号和括号应为全角，"
        "半角的多半是文字识别或输入法留下的。挨着汉字的改为全角，数字、网址里的不动。",
        "Chinese sets these marks full width; half-width ones come from recognition or "
        "keyboards. Those beside Chinese become full width; numbers and URLs stay.",
    ),
    "第一条 为了规范管理,制定本条例。\n",
    Words(
        "无须处理；不该改的，在 decisions.toml 中逐条拒绝。",
        "Nothing to do; where it is wrong, reject it in decisions.toml.",
    ),
)
LATIN_AND = Rule(
    "P102",
    "latin-and",
    Severity.NOTE,
    Words(
        "夹在汉字之间的“ and ”是文字识别或翻译软件造成的，原文是“和”。",
        "An ` and ` between Chinese words is damage; the text had 和.",
    ),
    "第一条 做好重要节庆日、纪念日 and 重大事件纪念工作。\n",
    Words(
        "无须处理；不该改的，在 decisions.toml 中拒绝。",
        "Nothing to do; where it is wrong, reject it in decisions.toml.",
    ),
)
FULL = dict(zip(",:;?!()", "，：；？！（）", strict=True))
HALF_MARK = pattern(r"[,:;?!()]")
NOT_PROSE = pattern(
    r"[A-Za-z]{1,12}://[!-~]*[A-Za-z0-9/]"  # https://example.cn/a(b)?c:d
    r"|&#?[A-Za-z0-9]{1,8};"  # &nbsp;
)
CHINESE = pattern(rf"[{HAN}\u3000-\u303f\uff00-\uffef]")
TRANSPARENT = frozenset("“”‘’\"'…—·,:;?!()\u200b\u2060\ufeff")
"""Marks that both scripts use, or unseen ones: what stands beyond them decides."""
LATIN = pattern(r"[A-Za-z0-9]")
GAP = r"[ \u00a0\u200b\u2060\ufeff]{1,4}"
AND = pattern(rf"(?<=[{HAN}》”’）)]){GAP}and{GAP}(?=[{HAN}《“‘（(])")
WIDTH_BASIS = Words("中文标点用全角", "Chinese marks are full width")
AND_BASIS = Words("汉字之间的英文 and 即“和”", "`and` between Chinese words is 和")


def widen(reading: Reading) -> Iterator[Repair]:
    """A record for each half-width mark that stands in Chinese text."""
    for passage in reading.passages:
        if HALF_MARK.search(passage.text):
            for at in sorted(_narrow(passage)):
                span = passage.spot(at)
                if span is not None and len(span) == 1:
                    yield _widened(passage, at, span)


def _widened(passage: Passage, at: int, span: Span) -> Repair:
    mark = passage.text[at]
    return Repair(
        rule=FULLWIDTH_PUNCTUATION.name,
        status="applied",
        before=mark,
        after=FULL[mark],
        basis=WIDTH_BASIS,
        confidence=1.0,
        where=passage.where,
        span=span,
    )


def _narrow(passage: Passage) -> Iterator[int]:
    """Where the marks stand that should be wide."""
    text = passage.text
    quiet = [match.span() for match in NOT_PROSE.finditer(text)]

    def prose(at: int) -> bool:
        return not any(start <= at < end for start, end in quiet)

    wide = list(text)
    for start, end in _pairs(text):
        if (
            prose(start)
            and prose(end)
            and (passage.label or _bracketed(text, start, end))
        ):
            yield from (at for at in (start, end) if text[at] in "()")
            wide[start], wide[end] = "（", "）"
    text = "".join(wide)
    for match in HALF_MARK.finditer(text):
        at = match.start()
        if text[at] not in "()" and prose(at) and _chinese(text, at, at):
            yield at


def _chinese(text: str, first: int, last: int) -> bool:
    """Whether Chinese stands before one place or after another."""
    while first > 0 and text[first - 1] in TRANSPARENT:
        first -= 1
    while last + 1 < len(text) and text[last + 1] in TRANSPARENT:
        last += 1
    sides = text[max(first - 1, 0) : first] + text[last + 1 : last + 2]
    return CHINESE.search(sides) is not None


def _pairs(text: str) -> Iterable[tuple[int, int]]:
    """Brackets and their partners, of either width; lone ones are left out."""
    opened: list[int] = []
    for match in re.finditer(r"[()（）]", text):
        if match[0] in "(（":
            opened.append(match.start())
        elif opened:
            yield opened.pop(), match.start()


def _bracketed(text: str, start: int, end: int) -> bool:
    """Whether a pair of brackets belongs to Chinese, not to a term such as f(x)."""
    if CHINESE.search(text, start + 1, end):
        return True
    if (text[start] == "(") != (text[end] == ")"):
        return True  # （a): one of them is Chinese already
    if LATIN.match(text[start - 1 : start]):
        return False
    return _chinese(text, start, end)


def name_and(reading: Reading) -> Iterator[Repair]:
    """A record for each `` and `` between Chinese words."""
    for passage in reading.passages:
        if "and" not in passage.text:
            continue
        for match in AND.finditer(passage.text):
            spans = passage.stretches(*match.span())
            start, text = passage.piece(match.start())
            if len(spans) == 1 and match.end() <= start + len(text.text):
                yield Repair(
                    rule=LATIN_AND.name,
                    status="applied",
                    before=match[0],
                    after="和",
                    basis=AND_BASIS,
                    confidence=1.0,
                    where=passage.where,
                    span=spans[0],
                )
