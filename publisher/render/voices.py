"""Which face sets which characters: the roles that the style sheet gives to nodes.

楷体 is drawn without Chinese quotation marks and with narrow figures of its own, so
inside it those are set in 宋体 (`parts`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Literal, TypeAlias, assert_never

from publisher.diagnostics import Diagnostic, Rule, Severity, Words
from publisher.edition.prepared import Prepared
from publisher.fonts import Face, missing
from publisher.patterns import pattern
from publisher.source import NOWHERE, Span
from publisher.tree.ids import anchor
from publisher.tree.nodes import (
    AdoptionNote,
    Answer,
    Article,
    Attachment,
    Byline,
    Caption,
    Cell,
    Continuation,
    Division,
    Document,
    Fixed,
    Footnote,
    Gap,
    Heading,
    Image,
    Item,
    Marked,
    Node,
    Note,
    Notice,
    Omission,
    Paragraph,
    Point,
    Prose,
    Question,
    Reference,
    Ruby,
    SignOff,
    Strong,
    Table,
    Text,
    Toc,
    TocEntry,
)
from publisher.tree.walk import children

Role: TypeAlias = Literal["song", "hei", "kai"]

UPRIGHT = pattern(r"[0-9A-Za-z“”‘’]+")
"""2024 and “ ” in 楷体: proportional there, so set in 宋体."""

MISSING_GLYPH = Rule(
    "W001",
    "missing-glyph",
    Severity.ERROR,
    Words(
        "字体里没有这个字，印出来会是空框，或悄悄换成另一副字体。",
        "The face has no glyph for the character: it would print as an empty box, or "
        "another face would be put in its place without a word.",
    ),
    "a character that is in none of the faces, such as U+E000",
    Words(
        "换一副收有此字的字体放进 fonts/，或核对来源是否误识。",
        "Put a face that has it into fonts/, or check whether the source was misread.",
    ),
)
_MESSAGE = Words(
    "{family} 没有“{char}”（U+{code:04X}）",
    "{family} has no glyph for {char} (U+{code:04X})",
)


def parts(text: str) -> Iterator[tuple[str, bool]]:
    """Cut text for 楷体: pieces, and whether each is to be set in 宋体 instead."""
    at = 0
    for found in UPRIGHT.finditer(text):
        if at < found.start():
            yield text[at : found.start()], False
        yield found[0], True
        at = found.end()
    if at < len(text):
        yield text[at:], False


def audit(prepared: Prepared, faces: Sequence[Face]) -> tuple[Diagnostic, ...]:
    """Every character of the documents that its face cannot set, at its first place."""
    known: dict[str, AbstractSet[int]] = {}
    for face in faces:
        held = face.characters
        known[face.role] = known.get(face.role, held) & held
    family = {face.role: face.family for face in faces}
    found: dict[tuple[str, str], Diagnostic] = {}
    for document in prepared.documents:
        said = list(spoken(document))
        strange = _strange(said, known)
        for role, text, span, where in said if any(strange.values()) else ():
            for at, char in enumerate(text):
                if char in strange[role]:
                    place = _place(span, text, at)
                    message = _MESSAGE.fill(
                        family=family[role], char=char, code=ord(char)
                    )
                    found.setdefault(
                        (role, char), Diagnostic(MISSING_GLYPH, message, place, where)
                    )
    return tuple(found.values())


def _strange(
    said: Iterable[Spoken], known: Mapping[str, AbstractSet[int]]
) -> dict[Role, set[str]]:
    """The characters that each role has to set and its faces have not."""
    used: dict[Role, set[str]] = {}
    for role, text, _, _ in said:
        used.setdefault(role, set()).update(text)
    return {
        role: {c for c in chars if ord(c) not in known[role] and not c.isspace()}
        for role, chars in used.items()
    }


def lacking(words: Mapping[str, str], faces: Sequence[Face]) -> tuple[Diagnostic, ...]:
    """Every character of generated words that the face of its role cannot set."""
    family = {face.role: face.family for face in faces}
    return tuple(
        Diagnostic(
            MISSING_GLYPH,
            _MESSAGE.fill(family=family.get(role, role), char=char, code=ord(char)),
        )
        for role, char in missing(words, faces)
    )


def _place(span: Span, text: str, at: int) -> Span:
    if span == NOWHERE or len(span) != len(text):
        return span
    return Span(span.file, span.start + at, span.start + at + 1)


Spoken: TypeAlias = tuple[Role, str, Span, str]
"""A role, what it sets, where that stands in the source, and the node's anchor."""


def spoken(document: Document) -> Iterator[Spoken]:
    """All that a document sets, each with its role."""
    yield "song", document.given_title, NOWHERE, document.id
    yield from _said(document, "song", document, document.id)


def _said(node: Node, role: Role, document: Document, where: str) -> Iterator[Spoken]:
    where = anchor(document, getattr(node, "id", "")) if _named(node) else where
    match node:
        case Text() | Note() | Gap() | Notice():
            own = role if isinstance(node, Text) else "kai"
            yield from _cut(own, node, where)
        case Ruby():
            yield "song", node.reading, NOWHERE, where
            for inline in node.inlines:
                yield from _said(inline, role, document, where)
        case Article():
            yield from _cut("hei", node.label, where)
            for paragraph in node.body:
                yield from _said(paragraph, "song", document, where)
        case _:
            for child in children(node):
                yield from _said(child, role_of(node, role), document, where)


def role_of(node: Node, role: Role) -> Role:
    """The role that a node gives to what is inside it, or hands on."""
    match node:
        case Question():
            return "hei"
        case Strong():
            return "hei"
        case Division():
            return "hei" if node.kind == "division" else "song"
        case AdoptionNote() | Byline() | Continuation() | Image() | Caption():
            return "kai"
        case Prose():
            return "kai" if node.kind == "lede" else "song"
        case Note() | Gap() | Notice():
            return "kai"
        case Text() | Reference() | Marked() | Ruby() | Fixed():
            return role
        case (
            Document()
            | Article()
            | Paragraph()
            | Item()
            | Heading()
            | Answer()
            | SignOff()
            | Omission()
            | Point()
            | Table()
            | Cell()
            | Footnote()
            | Attachment()
            | Toc()
            | TocEntry()
        ):
            return "song"
        case _:
            assert_never(node)


def _named(node: Node) -> bool:
    return bool(getattr(node, "id", "")) and not isinstance(node, Document)


def _cut(role: Role, node: Text | Note | Gap | Notice, where: str) -> Iterator[Spoken]:
    if role != "kai":
        yield role, node.text, node.span, where
        return
    at = 0
    whole = len(node.span) == len(node.text)
    for text, upright in parts(node.text):
        start = node.span.start + at
        span = Span(node.span.file, start, start + len(text)) if whole else node.span
        yield "song" if upright else "kai", text, span, where
        at += len(text)
