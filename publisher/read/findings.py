"""What reading has to say of the documents it found, and of the seams it closed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from publisher.diagnostics import Diagnostic, Report, Rule, Words
from publisher.patterns import pattern
from publisher.read.rules import (
    AMBIGUOUS,
    DUPLICATE,
    HEAD_MISSING,
    INTERLEAVED,
    LEADING_MARK,
    TRUNCATED,
    UNTITLED,
)
from publisher.read.text import Line
from publisher.read.thread import Thread
from publisher.read.trust import Seam
from publisher.source import Source, Span
from publisher.tree.dump import label
from publisher.tree.ids import anchor, identify
from publisher.tree.kinds import called, listed
from publisher.tree.nodes import Block, Document, Item, Join, Run
from publisher.tree.walk import labels, plain, runs, texts

LEADING = pattern(r"[，、。；：！？,;:!?](?![.。\[])")
"""A mark inside or at the end of a sentence; 。。。 is an omission, ![ a picture."""
OPENING = 12
"""How many characters of a document are shown where its beginning is the matter."""


def join(seam: Seam, lines: Sequence[Line]) -> Join:
    """The record of a seam."""
    zh, en = (
        ("紧邻", "next to each other") if seam.beside else ("隔栏", "columns apart")
    )
    told = _basis(seam, lines[seam.left].text, lines[seam.right].text)
    basis = Words(f"{zh}；{told.zh}", f"{en}; {told.en}")
    other = None if seam.runner_up is None else lines[seam.runner_up].span
    left, right = lines[seam.left].span, lines[seam.right].span
    return Join(left, right, basis, seam.confidence, other)


def _basis(seam: Seam, left: str, right: str) -> Words:
    if seam.echo > 2:
        echoed = (left[-8:] + right[:8])[:16]
        return Words(
            f"接缝处的文字在别处连写（{seam.echo} 字相同）：{echoed}",
            f"the words over the seam stand together elsewhere: {echoed}",
        )
    if seam.word:
        return Words("接缝两边的字合成一词", "the seam stands inside a word")
    return Words(
        "前段没有收尾，后段不像句首，编号与文意相接",
        "the left part has no stop and the right one begins no sentence",
    )


def findings(
    documents: Sequence[Document],
    dealt: Sequence[tuple[Thread, Sequence[Line]]],
    sources: Sequence[Source],
    report: Report,
) -> None:
    """Report what is missing at the ends of documents, and doubtful seams."""
    for document, (thread, lines) in zip(documents, dealt, strict=True):
        ends(document, report)
        _doubtful(thread, lines, document, sources, report)
        _leading(thread, lines, document, report)
    _interleaved(documents, dealt, report)


def ends(document: Document, report: Report) -> None:
    """Report what a document lacks at its beginning and at its end."""
    if document.head_missing:
        message = Words("这篇文字的开头在别的版面。", "It begins on another page.")
        report(_opening(HEAD_MISSING, message, document))
    elif not document.title:
        message = Words("这篇文字没有标题。", "The document has no title.")
        report(_opening(UNTITLED, message, document))
    if document.tail_missing:
        _truncated(document, report)


def revised(
    found: Sequence[Diagnostic], documents: Sequence[Document]
) -> Iterator[Diagnostic]:
    """Findings of reading, those of some documents as these are after decisions.

    What the editor has corrected is found no more, and what a correction makes wrong
    is found.
    """
    ids = {document.id for document in documents}
    for finding in found:
        own = finding.rule in _OF_DOCUMENTS and finding.where.partition(".")[0] in ids
        if not own:
            yield finding
    for document in documents:
        new: list[Diagnostic] = []
        _renamed(document, new.append)
        ends(document, new.append)
        yield from new


def _renamed(document: Document, report: Report) -> None:
    """Report the numbers that stand more than once; the ids stay as they were read."""
    identify(document, lambda wanted, node: report(duplicated(document, wanted, node)))


_OF_DOCUMENTS = frozenset((DUPLICATE, HEAD_MISSING, UNTITLED, TRUNCATED))


def last(document: Document) -> tuple[str, Run]:
    """The last run of a document's own text, and the id of the node that owns it."""
    owned: tuple[str, Run] = (document.id, ())
    for name, run in runs(document):
        if run and not name.startswith(("continuation_", "byline_", "signoff_")):
            owned = name, run
    return owned


def _whole(rule: Rule, message: Words, document: Document) -> Diagnostic:
    """A finding about a document as a whole."""
    return Diagnostic(rule, message, document.span, document.id, rule.cure)


def _opening(rule: Rule, message: Words, document: Document) -> Diagnostic:
    """A finding about how a document begins: at its first words."""
    found = (text.span for text in texts(document) if text.text.strip())
    span = next(found, document.span)
    end = min(span.end, span.start + OPENING)
    place = replace(span, end=end)
    return Diagnostic(rule, message, place, document.id, rule.cure)


def duplicated(document: Document, wanted: str, node: Block | Item) -> Diagnostic:
    """A number that a provision before has as well."""
    mark = label(node)
    told = f"“{mark.text}”" if mark else f" {wanted} "
    message = Words(
        f"编号{told}在这篇文字里用了不止一次。",
        f"The number {told.strip()} is used more than once in this document.",
    )
    where = anchor(document, wanted)
    return Diagnostic(DUPLICATE, message, node.span, where, DUPLICATE.cure)


def _truncated(document: Document, report: Report) -> None:
    owner, run = last(document)
    end = list(texts(run[-1]))[-1].span if run else document.span
    told = _labels(document, owner)
    message = Words(
        f"{told or '文字'}到这里断了，文件里没有下文。",
        f"{told or 'The text'} breaks off here; the files have no more of it.",
    )
    place = Span(end.file, max(end.start, end.end - 1), end.end)
    report(
        Diagnostic(TRUNCATED, message, place, anchor(document, owner), TRUNCATED.cure)
    )


def _labels(document: Document, owner: str) -> str:
    """The printed markers that lead to a node: 第四条（二）, or nothing."""
    return "".join(
        mark.text
        for name, mark in labels(document)
        if f"{owner}__".startswith(f"{name}__") and name.startswith(("art_", "q_"))
    )


def _doubtful(
    thread: Thread,
    lines: Sequence[Line],
    document: Document,
    sources: Sequence[Source],
    report: Report,
) -> None:
    for seam in thread.seams:
        if not seam.doubtful:
            continue
        left, right = lines[seam.left].text[-6:], lines[seam.right].text[:6]
        if seam.torn:
            message = Words(
                f"“{left}”与“{right}”相接，但接缝处的字合不成词，可能认错或漏了字。",
                f"“{left}” goes on with “{right}”, but no word stands over the seam; "
                "a character may be wrong or lost.",
            )
        else:
            zh, en = _second(seam, lines, sources)
            message = Words(
                f"“{left}”接“{right}”，但{zh}。",
                f"“{left}” goes on with “{right}”, but {en}.",
            )
        span = lines[seam.right].span
        report(Diagnostic(AMBIGUOUS, message, span, document.id, AMBIGUOUS.cure))


def _leading(
    thread: Thread, lines: Sequence[Line], document: Document, report: Report
) -> None:
    """Report lines that begin with a mark, and go on with none."""
    joined = {seam.right for seam in thread.seams}
    for i in thread.lines:
        if i not in joined and (found := LEADING.match(lines[i].text)):
            message = _LEADING.fill(words=lines[i].text[:OPENING])
            start = lines[i].span.start
            place = replace(lines[i].span, end=start + len(found[0]))
            report(
                Diagnostic(LEADING_MARK, message, place, document.id, LEADING_MARK.cure)
            )


def _second(
    seam: Seam, lines: Sequence[Line], sources: Sequence[Source]
) -> tuple[str, str]:
    """The other possibility: a line to come from, or one to go on with."""

    def number(line: Line) -> int:
        return sources[line.span.file].locate(line.span.start)[0]

    if seam.rival is not None:
        other = lines[seam.rival]
        at, words = number(other), other.text[-6:]
        return (
            f"它也可能是第 {at} 行“…{words}”的下文",
            f"this may also go on from line {at}, “…{words}”",
        )
    if seam.runner_up is None:
        return "另有一处也可能接得上", "another line may fit too"
    other = lines[seam.runner_up]
    at, words = number(other), other.text[:6]
    return (
        f"也可能接第 {at} 行“{words}…”",
        f"line {at}, “{words}…”, may follow instead",
    )


def _interleaved(
    documents: Sequence[Document],
    dealt: Sequence[tuple[Thread, Sequence[Line]]],
    report: Report,
) -> None:
    apart = [
        document
        for document, (thread, _) in zip(documents, dealt, strict=True)
        if thread.lines[-1] - thread.lines[0] >= len(thread.lines)
    ]
    if apart:
        names = [called(each, plain(each.title).strip()) for each in apart]
        told = listed(names)
        message = Words(
            _APART.zh.format(names=told.zh), _APART.en.format(names=told.en)
        )
        report(_whole(INTERLEAVED, message, apart[0]))


_LEADING = Words(
    "段首是标点，与上文接不上：“{words}”",
    "the paragraph begins with a mark, and what is above is finished: “{words}”",
)
_APART = Words(
    "{names}的文字被别篇隔开，已分别归拢。",
    "Other documents stand between the parts of {names}.",
)
