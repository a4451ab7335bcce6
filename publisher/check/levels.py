"""Headings as the source marks them: their levels, and contents left among them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from publisher.check.places import nodes
from publisher.check.series import LEVELS
from publisher.diagnostics import Diagnostic, Rule, Severity, Words
from publisher.tree import walk
from publisher.tree.ids import anchor
from publisher.tree.nodes import Block, Collection, Division, Document, Text, Toc

HEADING_LEVELS = Rule(
    "C107",
    "heading-levels",
    Severity.NOTE,
    Words(
        "来源里章、节的标题级别（#）前后不一，或节不低于章。"
        "读的时候只看“章”“节”二字，不受影响；来源若另有用处，宜改齐。",
        "The source marks one kind of heading with several levels, or a section no "
        "lower than a chapter. Reading goes by the words and is not misled.",
    ),
    "# 某条例\n\n### 第一章 总则\n\n#### 第一节 甲\n\n第一条 甲部门负责。\n\n"
    "## 第二章 附则\n\n第二条 乙部门负责。\n",
    Words(
        "照样能读，可不管；要改，把来源里同一级标题的 # 写得一样多。",
        "Nothing to do; or give headings of one kind the same number of # signs.",
    ),
)
CONTENTS_AS_HEADINGS = Rule(
    "C108",
    "contents-as-headings",
    Severity.NOTE,
    Words(
        "正文前面留着目录，只有章名，没有条文，又没有“目录”二字。"
        "已当作目录，不当作空的章。",
        "A table of contents was left before the text without its own heading. It is "
        "taken for contents, not for empty chapters.",
    ),
    "# 某条例\n\n## 第一章 总则\n\n## 第二章 管理\n\n## 第一章 总则\n\n"
    "第一条 甲部门负责。\n\n## 第二章 管理\n\n第二条 乙部门负责。\n",
    Words("无须处理。", "Nothing to do."),
)


def uneven(collection: Collection) -> Iterator[Diagnostic]:
    """A note for each document whose headings have levels that do not agree."""
    levels = _levels(collection)
    for document in collection.documents:
        seen: dict[tuple[str, ...], int] = {}
        for path, node in _headings(document.body, ()):
            level = levels.get((node.label.span.file, node.label.span.start), 0)
            usual = seen.setdefault(path, level)
            above = seen.get(path[:-1], 0)
            if level and level != usual:
                words = _UNEVEN.fill(level=level, usual=usual, **_names(node.kind))
            elif 0 < level <= above:
                words = _FLAT.fill(above=LEVELS[path[-2]][0], **_names(node.kind))
            else:
                continue
            span = node.label.span
            where, cure = anchor(document, node.id), HEADING_LEVELS.cure
            yield Diagnostic(HEADING_LEVELS, words, span, where, cure)
            break


def _headings(
    body: Sequence[Block], above: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], Division]]:
    """Each numbered heading, and the kinds of headings that lead to it."""
    for block in body:
        if isinstance(block, Division):
            path = (*above, block.kind)
            yield path, block
            yield from _headings(block.body, path)


def _names(kind: str) -> dict[str, str]:
    zh, en = LEVELS[kind]
    return {"kind": zh, "name": en}


def _levels(collection: Collection) -> Mapping[tuple[int, int], int]:
    """How many ``#`` stand before a place of the source."""
    out = {}
    for piece in collection.layout:
        if "#" in piece.text:
            last = piece.text.splitlines()[-1]
            out[piece.span.file, piece.span.end] = last.count("#")
    return out


def leftover(collection: Collection) -> Iterator[Diagnostic]:
    """A note for each table of contents that has lost its heading."""
    for document in collection.documents:
        for node in nodes(document):
            match node:
                case Toc(heading=(), entries=(entry, *_)):
                    first = next(walk.texts(entry))
                    yield _left(document, node, first)
                case _:
                    pass
        if empty := _empty(document):
            yield _left(document, empty, empty.label)


def _empty(document: Document) -> Division | None:
    """The first heading with nothing under it whose like comes again, with text."""
    divisions = [b for b in document.body if isinstance(b, Division)]
    full = {(d.kind, d.number) for d in divisions if d.body}
    empty = (d for d in divisions if not d.body and (d.kind, d.number) in full)
    return next(empty, None)


def _left(document: Document, node: Toc | Division, first: Text) -> Diagnostic:
    rule, message = CONTENTS_AS_HEADINGS, _LEFT.fill(first=first.text)
    return Diagnostic(rule, message, first.span, anchor(document, node.id), rule.cure)


_UNEVEN = Words(
    "这里{kind}的标题是第 {level} 级，前面的是第 {usual} 级",
    "the heading of this {name} is of level {level}, the first one of level {usual}",
)
_FLAT = Words(
    "{kind}的标题级别不低于{above}",
    "the heading of this {name} is no lower than the one above it",
)
_LEFT = Words(
    "从“{first}”起是目录，没有“目录”二字",
    "from “{first}” on, this is a table of contents without its heading",
)
