"""An edition as one HTML document for print, its style sheet inside.

The decisions are made here and in the modules beside this one (which lines a title
breaks into, what a running head says, how many grid lines an opening takes); the
templates in ``templates/print/`` only hold the markup. What the project makes up is
marked: it stands outside ``<article>``, or inside an element of class ``generated``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from publisher.book import Typography
from publisher.edition.prepared import Prepared
from publisher.render import Imprint, colophon, contents, editorial, page, titles
from publisher.render.blocks import Blocks
from publisher.render.environment import compiled, environment
from publisher.render.runs import broken
from publisher.render.sense import Sense, senses
from publisher.tree.nodes import Division, Document
from publisher.tree.walk import plain, walk

if TYPE_CHECKING:
    from jinja2 import Environment

SIZES = ("cover", "title", "head1", "head2")
"""The size tokens that a cover title may take, the largest first."""
CONTENTS = 5
"""Pages that contents may fill before the deepest divisions are left out."""
BLANKS = 3
"""Blank pages before the back cover; the writer drops those that are not needed."""


def render(prepared: Prepared, imprint: Imprint) -> str:
    """The whole book.

    Raises:
        Problem: 3, the type area does not fit on the page.
    """
    prepared = contents.named(prepared)
    typography = prepared.edition.typography
    made = environment(
        imprint.templates,
        script=prepared.convert,
        voice=voice,
        running=partial(running, _running_room(typography)),
    )
    small = page.size("small", typography.size)
    sense = senses(prepared.documents)
    room = contents.Room(
        chars=typography.measure.chars,
        small=(page.measure(typography) - typography.size) / small,
        lines=CONTENTS * typography.measure.lines,
    )
    view = {
        "prepared": prepared,
        "tokens": page.tokens(typography, imprint.css_fonts),
        "font_css": Markup(imprint.font_css),  # noqa: S704  (made from fonts.toml)
        "stamp": imprint.stamp.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "title": colophon.full_title(prepared),
        "cover": _cover(prepared, sense),
        "colophon": tuple(_colophon(prepared, imprint, sense)),
        "contents": contents.entries(
            prepared,
            lambda text, limit: titles.lines(text, limit, 0, sense),
            room,
        ),
        "editorial": tuple(editorial.parts(prepared)),
        "documents": tuple(_documents(prepared, imprint, made, sense)),
        "blanks": BLANKS,
    }
    return made.get_template("print/book.html").render(view)


def ready() -> None:
    """Compile the templates."""
    compiled("print", "script", "voice", "running")


def _running_room(typography: Typography) -> float:
    """Ems that a running head has: the measure, in its size and spacing."""
    tiny = page.size("tiny", typography.size)
    return page.measure(typography) / (tiny * 1.08)


NUT = "\u2002"
"""Half an em: with a whole one behind 第一章, pdftotext takes the head for two columns
and reads the second beside the text of the page."""


def running(room: float, text: str) -> str:
    """A running head of at most so many ems: cut where a phrase ends, with …… ."""
    if titles.width(text) > room:
        first = titles.lines(text, room - 2, 0)[0]
        text = first.rstrip("，、；：") + "……"
    return text.replace("\u3000", NUT)


def voice(text: str) -> Markup:
    """Text set in 楷体, its figures and quotation marks in 宋体."""
    from publisher.render.voices import parts

    upright = Markup('<span class="x">{}</span>')
    made = (
        upright.format(part) if is_upright else Markup.escape(part)
        for part, is_upright in parts(text)
    )
    return Markup("").join(made)


TERM = 6
"""Ems that the terms of the colophon take, as the style sheet has it."""


def _colophon(
    prepared: Prepared, imprint: Imprint, sense: Sense
) -> Iterator[colophon.Row]:
    """The colophon's rows, long lines of them broken by sense."""
    typography = prepared.edition.typography
    small = page.size("small", typography.size)
    room = page.measure(typography) / small - TERM - 0.5
    for row in colophon.rows(prepared, imprint):
        broken_lines = (titles.lines(line, room, 0, sense) for line in row.lines)
        lines = tuple(line for lines in broken_lines for line in lines)
        yield replace(row, lines=lines)


@dataclass(frozen=True, slots=True)
class Cover:
    """The words of the cover and the title page."""

    lines: tuple[str, ...]
    size: str
    """Which size token the cover title takes."""
    attached: str
    """答记者问, printed after 附; or empty."""
    subtitle: str
    note: tuple[str, ...]
    """The promulgation note of the first document, in lines; none if it is long."""
    others: tuple[tuple[str, ...], ...]
    """Short titles of the other documents, each in lines."""
    publisher: str


def _cover(prepared: Prepared, sense: Sense) -> Cover:
    book, typography = prepared.book, prepared.edition.typography
    title = book.title or contents.title_of(prepared.documents[0])
    note = prepared.documents[0].note
    chars = typography.measure.chars
    made = broken(note.run, chars, sense) if note else ()
    noted = tuple(plain(line).strip() for line in made)
    ems = [page.size(size, typography.size) * 1.06 for size in SIZES]
    limits = [page.measure(typography) / em for em in ems]
    chosen, lines = titles.fit(title, limits, sense)
    mark = prepared.convert("附")
    added = colophon.subtitle(prepared)
    own = added.removeprefix(mark) if added.startswith(mark) else ""
    others = tuple(
        titles.lines(contents.short_title_of(document), chars - 2, sense=sense)
        for document in prepared.documents[1:]
    )
    room = _room(typography, len(lines) + sum(map(len, others)))
    return Cover(
        lines=lines,
        size=SIZES[chosen],
        attached=own,
        subtitle="" if own else added,
        note=noted if len(noted) <= room else (),
        others=others,
        publisher=book.publisher,
    )


def _room(typography: Typography, others: int) -> int:
    """Grid lines for a note on the title page, under its title and over its imprint."""
    rows = typography.measure.lines
    return int(rows - rows / 4.5) - 2 * others - 8


@dataclass(frozen=True, slots=True)
class Opening:
    """One document with its opening block, ready for the template."""

    document: Document
    page: str
    """The named page: ``first`` resets the folio to 1."""
    lines: tuple[Markup, ...]
    small: bool
    """Whether all lines but the last are small: … / 就《…》 / 答记者问."""
    given: bool
    """Whether the title is the editor's."""
    nameless: bool
    """Whether it has none but 〔新闻〕."""
    note: tuple[Markup, ...]
    rows: int
    turns: bool
    """Whether the note may run on to the next page: then it keeps to the grid."""
    closed: bool
    """Whether text and no heading follows, so that the note needs a line after it."""
    head: str
    body: Markup


def _documents(
    prepared: Prepared, imprint: Imprint, made: Environment, sense: Sense
) -> list[Opening]:
    macros: Any = made.get_template("print/nodes.html").module
    known = {
        f"{document.id}.{node.id}"  # type: ignore[union-attr]
        for document in prepared.documents
        for node in walk(document)
        if getattr(node, "id", "") and node is not document
    }
    typography = prepared.edition.typography
    out = []
    for number, document in enumerate(prepared.documents):
        blocks = Blocks(
            document, macros, frozenset(known), typography, sense, imprint.pictures
        )
        lines, small = blocks.title()
        note = blocks.adoption()
        out.append(
            Opening(
                document=document,
                page="text" if number else "first",
                lines=lines,
                small=small,
                given=not plain(document.title).strip(),
                nameless=contents.nameless(document),
                note=note,
                rows=_rows(len(lines), len(note), small=small),
                turns=_turns(len(note), typography),
                closed=not any(isinstance(b, Division) for b in document.body[:1]),
                head=contents.short_title_of(document),
                body=blocks.body(),
            )
        )
    return out


def _turns(note: int, typography: Typography) -> bool:
    return note > typography.measure.lines // 2


def _rows(lines: int, note: int, *, small: bool) -> int:
    """How many grid lines an opening block takes at least: eight, or as it needs."""
    title = lines + 1 if small else 2 * lines
    return max(8, (2 if small else 3) + title + (note + 1 if note else 2))
