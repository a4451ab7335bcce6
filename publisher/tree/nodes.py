"""The tree that every reader builds and every writer is fed from.

Nodes are frozen values. Two nodes are equal when they say the same thing; where they
were read from (``span``) and their ``id`` do not count.

    Collection > Document > Division (编 章 节) > Article (条)
                                > Paragraph (款) > Item (项 目)
                                  Point (一、) > Point, Prose
                                  Attachment (附件), Table, Image, Toc, Footnote
                            Question, Answer, Prose, Heading, Byline, SignOff …

Law: every character of the input is the text of exactly one `Text` (in a run or as a
label) or of one `Layout`. What the editor adds (`Note`, `Gap`, `Notice`) has no span
and is not ink.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from publisher.book import Script
from publisher.diagnostics import Words
from publisher.source import NOWHERE, Span

DivisionKind: TypeAlias = Literal[
    "book", "part", "chapter", "section", "subsection", "division"
]
DocumentKind: TypeAlias = Literal["regulation", "press_qa", "news", "decision", "prose"]
Number: TypeAlias = tuple[int, int]
"""A printed number and its 之: 第三条之一 is ``(3, 1)``, 第三条 is ``(3, 0)``."""


@dataclass(frozen=True, slots=True)
class Located:
    """What all nodes carry: where in the source they stand."""

    span: Span = field(default=NOWHERE, kw_only=True, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Identified(Located):
    """What all nodes with an anchor carry: an id, unique in the document."""

    id: str = field(default="", kw_only=True, compare=False, repr=False)


# ---------------------------------------------------------------- inside a run


@dataclass(frozen=True, slots=True)
class Text(Located):
    """Characters of the source.

    Either as long as its span, character for character (a width repair keeps that),
    or a stretch that one repair replaced as a whole (`` and `` → 和).
    """

    text: str


@dataclass(frozen=True, slots=True)
class Strong(Located):
    """Text that the source sets in bold."""

    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Reference(Located):
    """A citation of provisions (条文引用), as in 本法第三条第二款.

    ``law`` is the title in 《》 when another law is meant. ``targets`` are ids of nodes
    of this document, empty when the reference does not resolve.
    """

    inlines: tuple[Inline, ...]
    law: str | None
    targets: tuple[str, ...]


MarkKind: TypeAlias = Literal["emphasis", "proper-name", "work-title"]
Author: TypeAlias = Literal["source", "editor"]


@dataclass(frozen=True, slots=True)
class Marked(Located):
    """Text with a mark along it: 着重号 dots, 专名号 line, 书名号乙式 wave.

    GB/T 15834 4.16, 4.17; B.5 for the wavy form of 书名号. ``by`` says whose mark it
    is: on the page black is the source, the second colour the editor.
    """

    inlines: tuple[Inline, ...]
    kind: MarkKind
    by: Author = "source"


@dataclass(frozen=True, slots=True)
class Ruby(Located):
    """Text with its reading beside it (注音). The reading is not ink.

    Where the reading has as many words as there are characters, each has its own:
    see `publisher.tree.walk.readings`.
    """

    inlines: tuple[Inline, ...]
    reading: str
    by: Author = "source"


@dataclass(frozen=True, slots=True)
class Fixed(Located):
    """Text that no conversion of script may touch, as 乾 in 乾隆.

    ``renderings`` is what the editor wants printed instead in another script: of the
    same length, character for character.
    """

    inlines: tuple[Inline, ...]
    renderings: tuple[tuple[Script, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Note(Located):
    """The editor's footnote, called at this place. Not ink."""

    text: str


@dataclass(frozen=True, slots=True)
class Gap(Located):
    """The editor's mark where source text is missing, as in 〔下缺〕. Not ink."""

    text: str


Enclosing: TypeAlias = Strong | Reference | Marked | Ruby | Fixed
"""Inlines that have others inside them."""
Inline: TypeAlias = Text | Enclosing | Note | Gap
Run: TypeAlias = tuple[Inline, ...]
"""The inlines of one title, paragraph, heading or item (文字段)."""


# ---------------------------------------------------------------- blocks


@dataclass(frozen=True, slots=True)
class Item(Identified):
    """A numbered point (项), or a point of a point (目); Taiwan: 款, 目.

    ``continued`` are further paragraphs inside the item, before its own items.
    """

    number: Number
    label: Text
    run: Run
    continued: tuple[Paragraph, ...] = ()
    items: tuple[Item, ...] = ()
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph(Identified):
    """An unnumbered paragraph of an article (款; Taiwan: 項) and the points under it.

    ``number`` counts from 1 inside the article. ``quoted``: it stands inside a
    quotation that an earlier paragraph opened (new wording in an amendment), so
    nothing in it is structure of this document.
    """

    number: int
    run: Run
    items: tuple[Item, ...] = ()
    figures: tuple[Figure, ...] = ()
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Article(Identified):
    """A numbered provision (条). ``deleted``: all it says is （刪除）."""

    number: Number
    label: Text
    body: tuple[Paragraph, ...]
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Division(Identified):
    """A numbered level above the article (编, 分编, 章, 节).

    ``deleted``: all its heading says is （刪除）.
    """

    kind: DivisionKind
    number: Number
    label: Text
    heading: Run
    body: tuple[Block, ...]
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Heading(Identified):
    """A heading without a number: a subhead (小标题), or 附则 alone."""

    run: Run


@dataclass(frozen=True, slots=True)
class Question(Identified):
    """A journalist's question; ``label`` is 问： as printed."""

    number: int
    label: Text
    run: Run


@dataclass(frozen=True, slots=True)
class Answer(Identified):
    """One paragraph of an answer; only the first has its label 答：."""

    number: int
    label: Text | None
    run: Run


ProseKind: TypeAlias = Literal["prose", "lede", "preamble"]


@dataclass(frozen=True, slots=True)
class Prose(Identified):
    """A paragraph outside articles and answers, with the 项 that hang from it.

    ``quoted`` as in `Paragraph`.
    """

    run: Run
    kind: ProseKind = "prose"
    items: tuple[Item, ...] = ()
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Point(Identified):
    """A numbered provision outside articles (点, 要點): 一、 of a decision, 5.1.1.

    ``number`` is the last part of its number; its points and paragraphs are inside it.
    """

    number: Number
    label: Text
    run: Run
    body: tuple[PointBody, ...] = ()


TableForm: TypeAlias = Literal["markdown", "box", "plain"]


@dataclass(frozen=True, slots=True)
class Table(Identified):
    """A table: rows of cells, the first ``header`` of them heads of columns.

    ``form`` is how the source draws it; what only draws (``|``, ``│``) is layout.
    ``lost``: the source says that here is one (续表) and has none.
    """

    rows: tuple[Row, ...]
    header: int = 0
    caption: Caption | None = None
    form: TableForm = "markdown"
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Cell(Identified):
    """One cell of a table."""

    run: Run


Row: TypeAlias = tuple[Cell, ...]
"""The cells of one row of a table, in reading order."""


@dataclass(frozen=True, slots=True)
class Caption(Identified):
    """The line that names a table or a picture."""

    run: Run


@dataclass(frozen=True, slots=True)
class Image(Identified):
    """A picture, by the name of its file; ``run`` says what it shows."""

    src: str
    run: Run
    caption: Caption | None = None


Figure: TypeAlias = Table | Image
PointBody: TypeAlias = Point | Prose | Table | Image


@dataclass(frozen=True, slots=True)
class Footnote(Identified):
    """A note of the source's own, as it stands: ① 刑法的施行日期…."""

    number: Number
    label: Text
    run: Run


@dataclass(frozen=True, slots=True)
class Attachment(Identified):
    """What is attached to a document (附件, 附表, 附录), with numbers of its own.

    ``number`` is (0, 0) where none is printed.
    """

    number: Number
    label: Text
    heading: Run
    body: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class TocEntry(Identified):
    """One line of the source's own table of contents; ``label`` is 第一章."""

    run: Run
    label: Text | None = None
    number: Number = (0, 0)
    kind: DivisionKind | None = None


@dataclass(frozen=True, slots=True)
class Toc(Identified):
    """The source's own table of contents (目录). ``heading`` may be lost."""

    heading: Run
    entries: tuple[TocEntry, ...]


@dataclass(frozen=True, slots=True)
class Byline(Identified):
    """Who wrote it: 记者 某某."""

    run: Run


@dataclass(frozen=True, slots=True)
class SignOff(Identified):
    """The agency's closing line, as in （新华社北京2月19日电）, or 落款."""

    run: Run


@dataclass(frozen=True, slots=True)
class Continuation(Identified):
    """A mark that the text comes from, or goes on to, another page: （上接第1版）."""

    run: Run
    direction: Literal["from", "to"]
    page: int | None


@dataclass(frozen=True, slots=True)
class Omission(Identified):
    """A paragraph that only says …… ."""

    run: Run


@dataclass(frozen=True, slots=True)
class Notice(Identified):
    """A paragraph of the editor's, as where the source stops. Not ink."""

    text: str


Block: TypeAlias = (
    Division
    | Article
    | Paragraph
    | Heading
    | Question
    | Answer
    | Prose
    | Byline
    | SignOff
    | Continuation
    | Omission
    | Notice
    | Point
    | Table
    | Image
    | Footnote
    | Attachment
    | Toc
)


# ---------------------------------------------------------------- documents


@dataclass(frozen=True, slots=True)
class Event:
    """One dated act of a promulgation note: 2024年2月5日 中共中央发布."""

    date: str
    """ISO 8601, as in 2024-02-05."""
    act: str


@dataclass(frozen=True, slots=True)
class AdoptionNote(Identified):
    """The promulgation note under the title (题注).

    ``document_number`` is the issuer's number (发文字号) as it stands in the note.
    """

    run: Run
    events: tuple[Event, ...] = ()
    document_number: str = ""


@dataclass(frozen=True, slots=True)
class Document(Identified):
    """One logical document of a page.

    ``title`` is empty when the source has none; ``given_title`` is then the editor's.
    ``head_missing``: it goes on from another page. ``tail_missing``: its last paragraph
    breaks off.
    """

    kind: DocumentKind
    title: Run
    body: tuple[Block, ...]
    note: AdoptionNote | None = None
    head_missing: bool = False
    tail_missing: bool = False
    given_title: str = ""
    short_title: str = ""
    lang: str = "zh-Hans-CN"


@dataclass(frozen=True, slots=True)
class Layout(Located):
    """Characters that only arrange the others: space, line ends, ``**``, ``#``."""

    text: str


@dataclass(frozen=True, slots=True)
class Join(Located):
    """Two pieces of one paragraph put together (接续).

    ``left`` and ``right`` are the spans of the two source lines; ``runner_up`` is the
    line that would have been the second choice, or None.
    """

    left: Span
    right: Span
    basis: Words
    confidence: float
    runner_up: Span | None = None


Status: TypeAlias = Literal["applied", "suggested", "rejected"]


@dataclass(frozen=True, slots=True)
class Repair(Located):
    """One recorded change of the source's characters, or a proposal of one.

    ``before`` is what the source has at ``span``; ``after`` is what stands, or would
    stand, instead (empty for a doubt without a proposal). ``rule`` is the name of a
    rule, ``basis`` the reason, ``where`` the anchor ``<document id>.<node id>``.
    ``kind``: ``replace`` changes characters; ``join`` and ``split`` only move paragraph
    ends.
    """

    rule: str
    status: Status
    before: str
    after: str
    basis: Words
    confidence: float
    where: str
    kind: Literal["replace", "join", "split"] = "replace"
    reason: str = ""
    """The editor's own words, from ``decisions.toml``."""


@dataclass(frozen=True, slots=True)
class Collection:
    """All that was read: the documents of the files, and what holds them apart."""

    documents: tuple[Document, ...]
    layout: tuple[Layout, ...] = ()
    joins: tuple[Join, ...] = ()
    splits: tuple[Span, ...] = ()
    """Zero-width places inside a line where a paragraph had to be begun."""
    repairs: tuple[Repair, ...] = ()
    before: tuple[Document, ...] = ()
    """Documents as they stood before the editor's decisions reached their structure:
    with the numbers as read, and with what is deleted still in its place."""


Node: TypeAlias = (
    Document | AdoptionNote | Block | Item | TocEntry | Cell | Caption | Inline
)
