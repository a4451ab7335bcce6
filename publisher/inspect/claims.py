"""What the lines of a PDF say about its composition: the claims, counted.

Counted are paragraphs in the commonest face and size of Han characters, on pages with
arabic labels: not titles, questions, notes and heads, which are broken by sense, and
not the cells of tables that are tagged as such, which are no paragraphs. Marks
are judged by the rules for the ends of lines at CLREQ's basic level.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from publisher.inspect.facts import Facts, Glyph, Line, Page

FLUSH = 0.1
"""A line this near to an edge (pt) is flush with it."""
OPENERS, CLOSERS = "（《〈“‘「『【〔［｛", "，、。．；：？！）》〉”’」』】〕］｝"
NOT_FIRST = frozenset(CLOSERS + ")]},.;:?!·•・～~–-/％%‰℃℉")
NOT_LAST = frozenset(OPENERS + "([{￥¥＄$￡£№")
PAIRED = ("——", "……")
"""破折号 and 省略号, which no line end may part."""


@dataclass(frozen=True, slots=True)
class Column:
    """Where the lines of pages of one parity begin and end, in points."""

    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Its lines, each with the page that it stands on."""

    lines: tuple[tuple[Page, Line], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was found."""

    page: str
    baseline: float
    text: str


@dataclass(frozen=True, slots=True)
class Composition:
    """The claims. ``flush`` is a share of ``nonfinal``; gaps are in ems."""

    size: float
    leading: float
    measure: float
    """In ems."""
    paragraphs: int
    lines: int
    nonfinal: int
    uneven: int
    """Paragraphs that have ragged lines, as those set plain mostly do."""
    ragged: tuple[Place, ...]
    kinsoku: tuple[Place, ...]
    split: tuple[Place, ...]
    orphans: tuple[Place, ...]
    pairs: int
    """Adjacent full-width marks in a line."""
    pressed: int
    """Of these, those of which the first is set half as wide."""
    widest: float
    """The widest gap between two Han characters."""
    common: float
    """The gap that 99 of 100 do not exceed."""
    remainders: tuple[tuple[float, int], ...]
    """Of baselines from the top of the page, modulo the leading; most first."""

    @property
    def flush(self) -> float:
        """The share of lines that are flush, of those that end no paragraph."""
        return 1 - len(self.ragged) / self.nonfinal if self.nonfinal else 1.0


def composition(facts: Facts) -> Composition | None:
    """The claims about a file; None where it has no Chinese text."""
    pages = [page for page in facts.pages if page.label.isdecimal()]
    kind = _body(pages)
    if kind is None:
        return None
    held = {page.number: _of(page, kind) for page in pages}
    columns = _columns(pages, held)
    found = tuple(_paragraphs(pages, held, columns))
    return _counted(found, columns, kind[1], leading(held.values()))


def _body(pages: Iterable[Page]) -> tuple[int, float] | None:
    """The face and size of most Han characters."""
    counts = Counter(
        (glyph.font, glyph.size)
        for page in pages
        for line in page.lines
        for glyph in line.glyphs
        if han(glyph.text) and not glyph.cell
    )
    return counts.most_common(1)[0][0] if counts else None


def _of(page: Page, kind: tuple[int, float]) -> tuple[Line, ...]:
    return tuple(
        line
        for line in page.lines
        if (line.font, line.size) == kind and _speaks(line.text) and not line.cell
    )


def _speaks(text: str) -> bool:
    """Whether it is text, and not a folio in the face of the text."""
    return any(han(char) or char in CLOSERS for char in text)


def leading(pages: Iterable[Sequence[Line]]) -> float:
    """The commonest distance between neighbouring lines (pt), else 0."""
    steps = Counter(
        round(two.baseline - one.baseline, 1)
        for lines in pages
        for one, two in pairwise(lines)
        if two.baseline - one.baseline > 1
    )
    return steps.most_common(1)[0][0] if steps else 0.0


def _columns(
    pages: Sequence[Page], held: dict[int, tuple[Line, ...]]
) -> dict[int, Column]:
    """The type area of right-hand (1) and of left-hand (0) pages."""
    out = {}
    for parity in (0, 1):
        lines = [
            line
            for page in pages
            if page.number % 2 == parity
            for line in held[page.number]
        ]
        if lines:
            out[parity] = Column(_left(lines), _right(lines))
    return out


SEEN = 0.2
"""An edge is where at least this share of as many lines begin as begin anywhere."""


def _left(lines: Sequence[Line]) -> float:
    """The outermost place where many lines begin."""
    plain = [line for line in lines if line.inked[0].text not in OPENERS] or lines
    starts = [line.left for line in plain]
    counts = Counter(round(start, 1) for start in starts)
    most = max(counts.values())
    edge = min(place for place, many in counts.items() if many >= SEEN * most)
    return _middle(edge, starts)


def _right(lines: Sequence[Line]) -> float:
    """The place where most lines can be said to end."""
    ends = [end for line in lines for end in _ends(line)]
    counts = Counter(round(end, 1) for end in ends)
    edge = max(counts, key=lambda place: (counts[place], place))
    return _middle(edge, ends)


def _middle(edge: float, places: Iterable[float]) -> float:
    near = sorted(place for place in places if abs(place - edge) <= FLUSH)
    return near[len(near) // 2]


def _paragraphs(
    pages: Sequence[Page],
    held: dict[int, tuple[Line, ...]],
    columns: dict[int, Column],
) -> Iterator[Paragraph]:
    step = leading(held.values())
    lines: list[tuple[Page, Line]] = []
    for page in pages:
        for line in held[page.number]:
            edge = columns[page.number % 2].left
            if lines and _begins(lines[-1], (page, line), edge, step):
                yield Paragraph(tuple(lines))
                lines = []
            lines.append((page, line))
    if lines:
        yield Paragraph(tuple(lines))


def _begins(
    last: tuple[Page, Line], this: tuple[Page, Line], edge: float, step: float
) -> bool:
    """Whether a line begins a paragraph: indented, or away from the line before.

    On one page the tags say so, where there are any: of a page on which all paragraphs
    have one line, what is an indent cannot be seen.
    """
    line = this[1]
    if last[0] is this[0] and last[1].block and line.block:
        return last[1].block != line.block
    if line.left > edge + 0.9 * line.size:
        return True
    if last[0] is this[0]:
        return line.baseline - last[1].baseline > 1.2 * step
    return this[0].number != last[0].number + 1


def _counted(
    found: Sequence[Paragraph], columns: dict[int, Column], size: float, step: float
) -> Composition:
    lines = [each for paragraph in found for each in paragraph.lines]
    inner = [each for paragraph in found for each in paragraph.lines[:-1]]
    pairs = [pair for _, line in lines for pair in _pairs(line)]
    gaps = sorted(gap for _, line in lines for gap in _gaps(line))
    ragged = [tuple(_ragged(paragraph, columns)) for paragraph in found]
    column = max(columns.values(), key=lambda each: each.right - each.left)
    return Composition(
        size=size,
        leading=step,
        measure=round((column.right - column.left) / size, 3),
        paragraphs=len(found),
        lines=len(lines),
        nonfinal=len(inner),
        uneven=sum(map(bool, ragged)),
        ragged=_places(each for held in ragged for each in held),
        kinsoku=_places(each for par in found for each in _forbidden(par)),
        split=_places(each for par in found for each in _split(par)),
        orphans=_places(par.lines[-1] for par in found if _orphan(par)),
        pairs=len(pairs),
        pressed=sum(pairs),
        widest=round(gaps[-1], 4) if gaps else 0.0,
        common=round(gaps[int(len(gaps) * 0.99)], 4) if gaps else 0.0,
        remainders=remainders((line.baseline for _, line in lines), step),
    )


def remainders(places: Iterable[float], step: float) -> tuple[tuple[float, int], ...]:
    """Baselines modulo the leading, each with how many have it (to 0.1 pt)."""
    if not step:
        return ()
    counts = Counter(round(place % step, 1) for place in places)
    held: dict[float, int] = {}
    for value, many in counts.most_common():
        apart = {near: abs(near - value) for near in held}
        near = next((n for n, d in apart.items() if min(d, step - d) < 0.15), value)
        held[near] = held.get(near, 0) + many
    return tuple(sorted(held.items(), key=lambda item: -item[1]))


def _places(found: Iterable[tuple[Page, Line]]) -> tuple[Place, ...]:
    return tuple(Place(page.label, line.baseline, line.text) for page, line in found)


def _ragged(
    paragraph: Paragraph, columns: dict[int, Column]
) -> Iterator[tuple[Page, Line]]:
    for number, (page, line) in enumerate(paragraph.lines[:-1]):
        column = columns[page.number % 2]
        if (number and not begins_at(line, column.left)) or not ends_at(
            line, column.right
        ):
            yield page, line


def begins_at(line: Line, edge: float) -> bool:
    """Whether a line begins at an edge, or its opening mark does without its blank."""
    return any(abs(start - edge) <= FLUSH for start in _starts(line))


def ends_at(line: Line, edge: float) -> bool:
    """Whether a line ends at an edge: as a whole, without a mark's blank, or hung."""
    return any(abs(end - edge) <= FLUSH for end in _ends(line))


def _starts(line: Line) -> tuple[float, ...]:
    first = line.inked[0]
    if first.text in OPENERS and _wide(first):
        return first.x, first.x + first.size / 2
    return (first.x,)


def _ends(line: Line) -> tuple[float, ...]:
    last = line.inked[-1]
    if last.text in CLOSERS and _wide(last):
        return last.right, last.right - last.size / 2, last.x
    return (last.right,)


def _forbidden(paragraph: Paragraph) -> Iterator[tuple[Page, Line]]:
    for number, (page, line) in enumerate(paragraph.lines):
        text = line.text.strip()
        first = number > 0 and text[0] in NOT_FIRST
        last = number < len(paragraph.lines) - 1 and text[-1] in NOT_LAST
        dash = number > 0 and text[0] == "—" and not text.startswith("——")
        if first or last or dash:
            yield page, line


def _split(paragraph: Paragraph) -> Iterator[tuple[Page, Line]]:
    for (page, line), (_, after) in pairwise(paragraph.lines):
        if line.text.strip()[-1] + after.text.strip()[0] in PAIRED:
            yield page, line


def _orphan(paragraph: Paragraph) -> bool:
    """Whether the last line of several holds one character and its marks (孤字)."""
    text = [char for char in paragraph.lines[-1][1].text if char.isalnum()]
    return len(paragraph.lines) > 1 and len(text) < 2


def _pairs(line: Line) -> Iterator[bool]:
    """For each two neighbouring full-width marks, whether the first gave up half."""
    for one, two in pairwise(line.glyphs):
        closed = one.text in CLOSERS and two.text in CLOSERS + OPENERS
        opened = one.text in OPENERS and two.text in OPENERS
        if (closed or opened) and _wide(one) and _wide(two):
            yield two.x - one.x < 0.75 * one.size


def _wide(glyph: Glyph) -> bool:
    return glyph.right - glyph.x > 0.9 * glyph.size


def _gaps(line: Line) -> Iterator[float]:
    for one, two in pairwise(line.glyphs):
        if han(one.text) and han(two.text) and one.font == two.font:
            yield (two.x - one.right) / one.size


def han(text: str) -> bool:
    """Whether a character is an ideograph."""
    return "\u3400" <= text <= "\u9fff" or "\U00020000" <= text <= "\U0003ffff"
