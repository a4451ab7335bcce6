"""What one document says of another, as in 《条例》共六章、三十四条.

A press release or a Q&A often tells how many chapters and articles a regulation has,
and what its chapters are called. That tells what is missing from the source, which the
regulation itself cannot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from publisher.check.places import Place, nodes, places
from publisher.check.series import (
    Range,
    english_range,
    name_number,
    name_range,
    ranges,
)
from publisher.diagnostics import Diagnostic, Rule, Severity, Words
from publisher.numerals import NUMERAL, number
from publisher.patterns import pattern
from publisher.source import Span
from publisher.tree import walk
from publisher.tree.ids import anchor
from publisher.tree.nodes import Article, Collection, Division, Document, DocumentKind

CLAIM_MISMATCH = Rule(
    "C104",
    "claim-mismatch",
    Severity.ERROR,
    Words(
        "同一来源里另一篇文字说这部法规共有多少章、多少条，与实际读到的不符。"
        "缺的不会补造。",
        "Another document of the source tells how many chapters and articles this one "
        "has, and they are not all here. What is missing stays missing.",
    ),
    "# 学校安全条例\n\n第一条 为了规范管理，制定本条例。\n\n"
    "第二条 学校应当加强管理。\n\n"
    "近日，《学校安全条例》公布，负责人就有关问题回答了记者提问。\n\n"
    "问：请介绍一下《学校安全条例》的主要内容。\n\n答：《学校安全条例》共三条，规定了管理职责。\n",
    Words(
        "找到缺的部分所在的版面补上，或在 book.toml 里写明理由予以允许。",
        "Add the page that has the rest, or allow it in book.toml with a reason.",
    ),
)


@dataclass(frozen=True, slots=True)
class Claim:
    """What one document says of another, compared with what was read."""

    by: str
    """Id of the document that says it."""
    about: str
    """Id of the regulation that it is about."""
    where: str
    """Anchor of the node that says it."""
    text: str
    """As in 共六章、三十四条."""
    chapters: int | None
    articles: int | None
    missing_chapters: tuple[tuple[int, str], ...]
    """Numbers and, where they are told, headings: (6, 附则)."""
    missing_articles: tuple[Range, ...]
    more_chapters: tuple[int, ...]
    """Chapters that are there but beyond the number claimed."""
    more_articles: tuple[Range, ...]
    renamed: tuple[tuple[int, str, str], ...]
    """Number, heading told, heading read, where these differ."""
    cut: str
    """Anchor of the article that breaks off, or empty."""
    cut_label: str
    """As in 第二十五条, or empty."""
    span: Span
    """Where it is said."""

    @property
    def holds(self) -> bool:
        """Whether all that is claimed is there, and nothing else."""
        lacking = self.missing_chapters or self.missing_articles
        return not (lacking or self.more_chapters or self.more_articles)


COUNT = pattern(
    r"(?:共|分为?|设|包括|包含|含|由|计|有|全文)[^。；，、,;第]{0,4}?(?:不分章[、，,]共?)?"
    rf"(?:(?P<chapters>{NUMERAL}{{1,4}})章(?:[、，,和]?(?:共|计)?"
    rf"(?P<articles>{NUMERAL}{{1,6}})条)?|(?P<only>{NUMERAL}{{1,6}})条)"
    r"(?=[，。；、,;：:（()）]|$|内容|规定|组成|构成)"
)
"""共六章、三十四条; 共6章34条; 分为七章五十二条; 共三十四条; 共不分章、三十六条.

But not 九条意见.
"""
TITLE = pattern(r"《([^《》]{1,60})》")
SHORT = pattern(
    r"《([^《》]{1,60})》[（(]以下(?:简称|称)[：:]?[“「《]*([^”」》（）()]{1,20})[”」》]*[）)]"
)
"""《党史学习教育工作条例》（以下简称《条例》）."""
HEADING = pattern(rf"第({NUMERAL}{{1,4}})章[“「《]([^”」》]{{1,30}})[”」》]")
"""第六章“附则”."""
FAR = 400
"""How far before a count, in characters, the title it is about may stand."""
SPACE = pattern(r"\s+")


def claims(collection: Collection) -> tuple[Claim, ...]:
    """Everything that documents say of the regulations read with them."""
    return tuple(
        claim
        for document in collection.documents
        if document.kind != "regulation"
        for claim in _claims(document, collection)
    )


def _claims(document: Document, collection: Collection) -> Iterator[Claim]:
    listed = places(document)
    words = "\n".join(place.text for place in listed)
    names = {short: full for full, short in SHORT.findall(words)}
    told = {n: h for label, h in HEADING.findall(words) if (n := number(label))}
    for place in listed:
        for match in COUNT.finditer(place.text):
            name = _subject(place.text, match.start())
            about = named(collection, names.get(name, name))
            if about is not None:
                yield _compared(document, about, place, match, told)


def _subject(text: str, at: int) -> str:
    """The title that was named last before a place."""
    titles = TITLE.findall(text, max(at - FAR, 0), at)
    return titles[-1] if titles else ""


def named(collection: Collection, name: str) -> Document | None:
    """The one regulation that a title, or the end of a title, belongs to."""
    found = [
        document
        for document in collection.documents
        if document.kind == "regulation" and name and _title(document).endswith(name)
    ]
    return found[0] if len(found) == 1 else None


def _title(document: Document) -> str:
    return SPACE.sub("", walk.plain(document.title)) or document.given_title


def _compared(
    document: Document,
    about: Document,
    place: Place,
    match: re.Match[str],
    told: dict[int, str],
) -> Claim:
    chapters = number(match["chapters"]) if match["chapters"] else None
    counted = match["articles"] or match["only"]
    articles = number(counted) if counted else None
    own = chapter_names(about)
    here = {n.number[0] for n in nodes(about) if isinstance(n, Article)}
    lost = [n for n in range(1, (chapters or 0) + 1) if n not in own]
    beyond = sorted(n for n in own if chapters and n > chapters)
    broken = _broken(about)
    return Claim(
        by=document.id,
        about=about.id,
        where=place.where,
        text=match[0],
        chapters=chapters,
        articles=articles,
        missing_chapters=tuple((n, told.get(n, "")) for n in lost),
        missing_articles=ranges(
            n for n in range(1, (articles or 0) + 1) if n not in here
        ),
        more_chapters=tuple(beyond),
        more_articles=ranges(sorted(n for n in here if articles and n > articles)),
        renamed=tuple(
            (n, h, own[n]) for n, h in told.items() if n in own and own[n] != h
        ),
        cut=anchor(about, broken.id) if broken else "",
        cut_label=broken.label.text if broken else "",
        span=place.stretch(match.start(), match.end()),
    )


def chapter_names(document: Document) -> dict[int, str]:
    """The headings of its chapters, by number."""
    return {
        node.number[0]: SPACE.sub("", walk.plain(node.heading))
        for node in nodes(document)
        if isinstance(node, Division) and node.kind == "chapter"
    }


def _broken(document: Document) -> Article | None:
    """The article in which a document breaks off."""
    articles = [node for node in nodes(document) if isinstance(node, Article)]
    return articles[-1] if articles and document.tail_missing else None


def mismatched(collection: Collection) -> Iterator[Diagnostic]:
    """A finding for each claim that does not hold."""
    kinds = {document.id: document.kind for document in collection.documents}
    for claim in claims(collection):
        if not claim.holds:
            message = _MISMATCH.fill(
                who=KINDS[kinds[claim.by]].zh,
                by=KINDS[kinds[claim.by]].en,
                claim=claim.text,
                zh="；".join(part.zh for part in _parts(claim)),
                en="; ".join(part.en for part in _parts(claim)),
            )
            yield Diagnostic(
                CLAIM_MISMATCH, message, claim.span, claim.about, CLAIM_MISMATCH.cure
            )


def _parts(claim: Claim) -> Iterator[Words]:
    lost = [
        Words(
            name_number("chapter", (n, 0)) + (f"“{heading}”" if heading else ""),
            f"chapter {n}" + (f" “{heading}”" if heading else ""),
        )
        for n, heading in claim.missing_chapters
    ]
    lost += map(_range, claim.missing_articles)
    if lost:
        zh, en = "、".join(w.zh for w in lost), ", ".join(w.en for w in lost)
        yield Words(f"来源里没有{zh}", f"the source lacks {en}")
    more = [
        Words(name_number("chapter", (n, 0)), f"chapter {n}")
        for n in claim.more_chapters
    ]
    more += map(_range, claim.more_articles)
    if more:
        zh, en = "、".join(w.zh for w in more), ", ".join(w.en for w in more)
        yield Words(f"来源里多出{zh}", f"the source also has {en}")


def _range(missed: Range) -> Words:
    return Words(name_range("article", missed), english_range("article", missed))


KINDS: dict[DocumentKind, Words] = {
    "regulation": Words("法规", "the regulation"),
    "press_qa": Words("答记者问", "the Q&A"),
    "news": Words("新闻", "the news"),
    "decision": Words("决定", "the decision"),
    "prose": Words("另一篇文字", "another text"),
}
_MISMATCH = Words("{who}称{claim}，{zh}", "{by} says {claim}; {en}")
