"""What a Q&A, a commentary or the news quotes of a regulation in the same book.

Words in “” that are said to stand in 《条例》 or in its 第十条 are looked up there. The
same words: nothing to say. Nearly the same: a finding that shows both. Nothing like
them in the provision that is named: a note. Names of chapters likewise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from publisher.check.alike import Change, Law, ink
from publisher.check.attributed import Attributed, attributions, speakers
from publisher.check.claims import HEADING, chapter_names
from publisher.diagnostics import Diagnostic, Rule, Severity, Words
from publisher.numerals import NUMERAL, number
from publisher.patterns import pattern
from publisher.source import Span
from publisher.tree.nodes import Collection

MISQUOTED = Rule(
    "C301",
    "misquoted",
    Severity.WARNING,
    Words(
        "另一篇文字引用法规原文，与同书所收的法规差一两个字，两处必有一处可疑："
        "不是引错，就是认错了字。",
        "Another document quotes this regulation in words that are not quite its own: "
        "one of the two was misquoted, or misread.",
    ),
    "# 学校安全条例\n\n第一条 学校应当建立安全管理制度，配备专职人员。\n\n"
    "第二条 本条例自公布之日起施行。\n\n"
    "近日，《学校安全条例》公布，负责人就有关问题回答了记者提问。\n\n"
    "问：请介绍一下主要内容。\n\n"
    "答：《学校安全条例》第一条规定，“学校应当建立安全管理制度，配备专门人员”。\n",
    Words(
        "对照原件，看是引文错了还是法规错了；要改的，在 decisions.toml 中写明。",
        "Compare the originals of both; write the repair in decisions.toml.",
    ),
)
UNFOUND_QUOTATION = Rule(
    "C302",
    "unfound-quotation",
    Severity.NOTE,
    Words(
        "说是某一条的原文，同书所收的法规里却没有相近的话：可能是转述，"
        "也可能那一条没有收全。",
        "Words that are said to stand in a provision have nothing like them in it: "
        "they may be a paraphrase, or the provision is not all here.",
    ),
    "# 学校安全条例\n\n第一条 学校应当建立安全管理制度。\n\n"
    "第二条 本条例自公布之日起施行。\n\n"
    "近日，《学校安全条例》公布，负责人就有关问题回答了记者提问。\n\n"
    "问：请介绍一下主要内容。\n\n"
    "答：《学校安全条例》第九条规定，“任何单位和个人都不得侵占校园场地”。\n",
    Words("对照原件核对引文。", "Compare the quotation with the original."),
)
RENAMED_HEADING = Rule(
    "C303",
    "renamed-heading",
    Severity.WARNING,
    Words(
        "另一篇文字说的章名与同书所收法规的章名不同，两处必有一处有误。",
        "Another document gives a chapter of this regulation another name than it has.",
    ),
    "# 学校安全条例\n\n## 第一章 总则\n\n第一条 学校应当建立安全管理制度。\n\n"
    "## 第二章 管理\n\n第二条 本条例自公布之日起施行。\n\n"
    "近日，《学校安全条例》公布，负责人就有关问题回答了记者提问。\n\n"
    "问：请介绍一下主要内容。\n\n答：《学校安全条例》第二章“职责”规定了分工。\n",
    Words("对照原件核对章名。", "Compare the names with the originals."),
)
SHORT = 8
"""Fewer characters are a term, not a quotation."""
NEAR = 0.15
"""Above this share of changed characters the words are others."""
SHOWN = 4
"""How many characters are shown on each side of what differs."""
CUT = "……"
"""Stands for the characters that are not shown (GB/T 15834 4.11)."""
PART = pattern(r"[^。！？；：…!?;:]+")
"""A quotation is compared sentence by sentence; …… leaves something out."""
LABEL = pattern(rf"\s*(?:[（(]{NUMERAL}{{1,3}}[）)]|第{NUMERAL}{{1,9}}[条條款项項])\s*")


@dataclass(frozen=True, slots=True)
class Compared:
    """A quotation that is not what the regulation says."""

    quoted: Attributed
    span: Span
    said: str
    """The words that differ, with those beside them."""
    has: str
    """What the regulation has instead; empty where it has nothing like it."""
    article: str
    law: str
    """The anchor of what it has."""
    instead: str = ""
    """What stands at the span would be, were it as the regulation has it."""


def misquoted(collection: Collection) -> Iterator[Diagnostic]:
    """A finding for each quotation that is nearly what the regulation says."""
    doubted = [r.span for r in collection.repairs if r.status == "suggested"]
    for one in _compared(attributions(collection)):
        known = any(_overlap(one.span, span) for span in doubted)
        if one.has and not known:
            message = _DIFFERS.fill(said=one.said, has=one.has, article=one.article)
            hint = Words(
                f"{MISQUOTED.cure.zh}（原文在 {one.law}）",
                f"{MISQUOTED.cure.en} (It stands in {one.law}.)",
            )
            where, instead = one.quoted.place.where, one.instead
            yield Diagnostic(MISQUOTED, message, one.span, where, hint, instead=instead)


def _overlap(one: Span, other: Span) -> bool:
    return one.file == other.file and one.start < other.end and other.start < one.end


def unfound(collection: Collection) -> Iterator[Diagnostic]:
    """A note for each quotation that is nothing like the provision named for it."""
    named = (quoted for quoted in attributions(collection) if quoted.article)
    for one in _compared(named):
        if not one.has:
            message = _UNFOUND.fill(said=one.said, article=one.article)
            where = one.quoted.place.where
            cure = UNFOUND_QUOTATION.cure
            yield Diagnostic(UNFOUND_QUOTATION, message, one.span, where, cure)


def _compared(listed: Iterable[Attributed]) -> Iterator[Compared]:
    laws: dict[str, Law] = {}
    for quoted in listed:
        law = laws.setdefault(quoted.law.id, Law(quoted.law))
        for part in PART.finditer(quoted.text):
            label = LABEL.match(part[0])
            begin = part.start() + (label.end() if label else 0)
            words, places = ink(quoted.text[begin : part.end()])
            if len(words) >= SHORT and words not in law.row:
                at = [quoted.start + begin + place for place in places]
                yield _differing(law, quoted, words, at)


def _differing(law: Law, quoted: Attributed, words: str, at: Sequence[int]) -> Compared:
    changes = law.changes(words)
    cost = sum(change.cost for change in changes)
    if changes and cost <= max(1.0, NEAR * len(words)):
        first = changes[0]
        # a change at an edge may reach into the run beside: go by what is the same
        same = first.begin - 1 if first.first else first.end
        label, where = law.stands(same)
        begin, run = law.run(same)
        said = _near(words, first.first, first.last)
        has = _near(run, max(first.begin - begin, 0), first.end - begin)
        span = _span(quoted, at, first)
        instead = _instead(law, quoted, at, first)
        return Compared(quoted, span, said, has, label, where, instead)
    span = quoted.place.stretch(at[0], at[-1] + 1)
    said = quoted.place.text[at[0] : at[-1] + 1]
    return Compared(quoted, span, said, "", quoted.article, quoted.law.id)


def _near(words: str, start: int, end: int) -> str:
    """What differs with the characters beside it, and …… where more are left out.

    A change may reach beyond the words: nothing is left out there.
    """
    first, last = max(start - SHOWN, 0), end + SHOWN
    before, after = CUT * (first > 0), CUT * (last < len(words))
    return before + words[first:last] + after


def _span(quoted: Attributed, at: Sequence[int], change: Change) -> Span:
    """The characters that differ, as `_stretch` has them."""
    first, last = _stretch(change)
    return quoted.place.stretch(at[first], at[last - 1] + 1)


def _stretch(change: Change) -> tuple[int, int]:
    """The characters that differ; one before them goes along where there are none.

    So a replacement has something to replace, and something to replace it with.
    """
    first, last = change.first, change.last
    if first < last and change.begin < change.end:
        return first, last
    return (first - 1, last) if first else (0, last + 1)


def _instead(law: Law, quoted: Attributed, at: Sequence[int], change: Change) -> str:
    """What the same stretch would be in the regulation's words.

    Empty where marks stand inside it, which a quotation and a regulation may not share.
    """
    first, last = _stretch(change)
    text = quoted.place.text[at[first] : at[last - 1] + 1]
    if len(text) != last - first:
        return ""
    head, tail = change.first - first, last - change.last
    return text[:head] + law.row[change.begin : change.end] + text[len(text) - tail :]


def renamed(collection: Collection) -> Iterator[Diagnostic]:
    """A finding for each chapter that has another name in another document."""
    for speaker in speakers(collection):
        for stands in speaker.listed:
            for found in HEADING.finditer(stands.text):
                law, _ = speaker.subject(stands.text, found.end())
                own = chapter_names(law) if law else {}
                has = own.get(number(found[1]) or 0, found[2])
                if "".join(found[2].split()) != has:
                    message = _RENAMED.fill(chapter=found[1], said=found[2], has=has)
                    yield Diagnostic(
                        RENAMED_HEADING,
                        message,
                        stands.stretch(*found.span(2)),
                        stands.where,
                        RENAMED_HEADING.cure,
                        instead=has,
                    )


_DIFFERS = Words(
    "引文作“{said}”，法规{article}作“{has}”",
    "the quotation has “{said}”, {article} of the regulation has “{has}”",
)
_UNFOUND = Words(
    "{article}里没有与“{said}”相近的话", "nothing in {article} is like “{said}”"
)
_RENAMED = Words(
    "称第{chapter}章为“{said}”，法规作“{has}”",
    "chapter {chapter} is called “{said}” here, and “{has}” in the regulation",
)
