# ruff: noqa: ANN401  (WeasyPrint has no types)
"""Where the composer is let into WeasyPrint: some of its functions are wrapped.

Written against WeasyPrint 70.0. The version and the signatures of all that is wrapped
or called are looked at (`publisher.typeset.guard`) before this package is loaded; if
one differs it is not, and lines are set as WeasyPrint sets them. The wrappers do
nothing unless a `Composer` is active in the current context, and nothing to text that
is not marked as Chinese.

| wrapped | why |
|---|---|
| `layout.block.iter_line_boxes` | a paragraph begins: measure it, set it (`direct`) |
| `layout.inline.split_inline_box` | a line is filled: hand over the planned one |
| `layout.inline.handle_leader` | a composed line has gaps between its boxes |
| `layout.inline.justify_line` | a planned line is flush already |
| `draw.draw_inline_level` | a composed line is mostly its glyphs alone |
| `draw.draw_text` | text without lines under or through it is its glyphs |
| `draw.text.draw_first_line` | draw from the glyphs that are known |
| `document.TargetCollector` | pages of another document are known (`elsewhere`) |
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from weasyprint import draw, layout
from weasyprint.draw import text as drawn
from weasyprint.formatting_structure import boxes
from weasyprint.layout import block, inline
from weasyprint.text import line_break

from publisher.plain import plain
from publisher.typeset.hooks import direct, drawing, floats, leaders, lines
from publisher.typeset.hooks.drawing import SetText
from publisher.typeset.hooks.gathering import gather
from publisher.typeset.hooks.paragraphs import Paragraph, Planned, same
from publisher.typeset.hooks.shaping import Shaper
from publisher.typeset.pairs import Pairs
from publisher.typeset.settings import Settings


@dataclass
class Composer:
    """Composes the Chinese paragraphs of one document."""

    settings: Settings
    shaper: Shaper = field(default_factory=Shaper)
    composed: set[Any] = field(default_factory=set)
    plain: dict[Any, str] = field(default_factory=dict)
    """Paragraphs that are set as WeasyPrint sets them, and why."""
    known: dict[Any, Planned] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.pairs = Pairs(self.settings)
        self.piecemeal = plain("lines")

    def reasons(self) -> Counter[str]:
        """How many paragraphs are set plain for each reason."""
        return Counter(self.plain.values())

    def only(self, elements: Iterable[Any]) -> None:
        """Count no paragraphs but of these elements, and of none."""
        held = {id(None), *map(id, elements)}
        self.composed = {name for name in self.composed if name[0] in held}
        self.plain = {n: why for n, why in self.plain.items() if n[0] in held}

    def begin_anew(self) -> None:
        """Know nothing of any text: the fonts that it was measured with are gone."""
        self.shaper = Shaper()
        self.composed.clear()
        self.plain.clear()
        self.known.clear()

    def begin(self, linebox: Any, context: Any, width_of: Any, reason: str) -> None:
        """Measure a paragraph, if that has not been done."""
        if not _chinese(linebox.style):
            return
        held = linebox.__dict__.get("paragraph")
        if held is not None and same(held, linebox, width_of.width):
            return
        made = reason or gather(
            linebox,
            context,
            width_of,
            self.shaper,
            self.settings,
            self.pairs,
            self.known,
        )
        linebox.__dict__["paragraph"] = made if isinstance(made, Paragraph) else None
        name = (id(linebox.element), linebox.element_tag)
        if isinstance(made, Paragraph):
            self.composed.add(name)
        elif isinstance(made, str):
            self.plain[name] = made

    def lines(self, linebox: Any, context: Any, *args: Any) -> Any:
        """All lines of a paragraph, if nothing but its plan decides about them."""
        position_y, bottom_space, skip_stack, block, absolutes, fixed, *_ = args
        paragraph = linebox.__dict__.get("paragraph")
        if (
            paragraph is None
            or self.piecemeal
            or not direct.possible(paragraph, context, block)
        ):
            return None
        linebox.position_y = position_y
        around = lines.Around(context, block, bottom_space, absolutes, fixed)
        return direct.line_boxes(paragraph, linebox, around, skip_stack, self.shaper)


def _chinese(style: Any) -> bool:
    """Whether the text of a style is marked as Chinese."""
    found: bool | None = style.__dict__.get("_chinese")
    if found is None:
        lang = (style["lang"] or "").lower()
        found = style.__dict__["_chinese"] = lang.startswith("zh")
    return found


__all__ = ["Composer", "composing"]

ACTIVE: ContextVar[Composer | None] = ContextVar("composer", default=None)
_LOCK = Lock()
_iter_line_boxes = inline.iter_line_boxes
_split_inline_box = inline.split_inline_box
_justify_line = inline.justify_line
_draw_inline_level = draw.draw_inline_level
_draw_text = drawn.draw_text
_draw_first_line = drawn.draw_first_line
_initialize_page_maker = layout.initialize_page_maker


@contextmanager
def composing(composer: Composer) -> Iterator[None]:
    """While it lasts, documents laid out in this context are composed."""
    _install()
    token = ACTIVE.set(composer)
    try:
        yield
    finally:
        ACTIVE.reset(token)


def _install() -> None:
    with _LOCK:
        block.iter_line_boxes = iter_line_boxes
        inline.split_inline_box = split_inline_box
        inline.justify_line = justify_line
        inline.handle_leader = leaders.handle_leader
        drawn.draw_first_line = draw_first_line
        draw.draw_text = draw_text
        draw.draw_inline_level = draw_inline_level
        layout.initialize_page_maker = initialize_page_maker


def initialize_page_maker(context: Any, root_box: Any) -> Any:
    """The layout of a document begins: take note of its characters."""
    if composer := ACTIVE.get():
        composer.shaper.expect(root_box)
    return _initialize_page_maker(context, root_box)


def iter_line_boxes(context: Any, box: Any, *args: Any) -> Any:
    """Measure the paragraph first."""
    if composer := ACTIVE.get():
        first_letter, first_line = args[-2:]
        reason = "::first-letter" if first_letter else "::first-line"
        composer.begin(
            box, context, args[3], reason if first_letter or first_line else ""
        )
        if made := composer.lines(box, context, *args):
            return made
    return _iter_line_boxes(context, box, *args)


def split_inline_box(context: Any, box: Any, *args: Any) -> Any:
    """Fill a line as planned."""
    paragraph = box.__dict__.get("paragraph")
    composer = ACTIVE.get()
    if paragraph is None or composer is None or not isinstance(box, boxes.LineBox):
        return _split_inline_box(context, box, *args)
    x, right, bottom_space, skip_stack, block, absolutes, fixed, *rest = args
    placeholders, waiting_floats, *_ = rest
    around = lines.Around(
        context, block, bottom_space, absolutes, fixed, placeholders, waiting_floats
    )
    start = lines.locate(paragraph, skip_stack)
    line, x, available = floats.fill(paragraph, box, around, start, x, right)
    fitted = paragraph.planned.fit(line, available)
    builder = lines.Builder(paragraph, line, fitted, around, composer.shaper)
    made = builder.build(box, start, x, box.position_y)
    resume = lines.resume(paragraph, line.next)
    return made, resume, line.hard, None, None, {"left": 0, "right": 0}


def justify_line(context: Any, line: Any, extra_width: Any) -> None:
    """Leave composed lines as they are."""
    if "composed" not in line.__dict__:
        _justify_line(context, line, extra_width)


def draw_inline_level(  # noqa: PLR0913  (as it is called)
    stream: Any,
    page: Any,
    box: Any,
    offset_x: Any = 0,
    text_overflow: Any = "clip",
    block_ellipsis: Any = "none",
) -> None:
    """Draw a composed line's glyphs, if there is nothing to draw besides."""
    if (
        "composed" not in box.__dict__
        or ACTIVE.get() is None
        or not drawing.line(stream, box)
    ):
        how = offset_x, text_overflow, block_ellipsis
        _draw_inline_level(stream, page, box, *how)


def draw_text(
    stream: Any, textbox: Any, offset_x: Any, text_overflow: Any, block_ellipsis: Any
) -> None:
    """Draw from known glyphs, if there is nothing to draw besides."""
    text = textbox.pango_layout
    whole = text_overflow != "ellipsis" and block_ellipsis == "none"
    if whole and isinstance(text, SetText) and not text.decorated:
        drawing.show(stream, textbox)
    else:
        _draw_text(stream, textbox, offset_x, text_overflow, block_ellipsis)


def draw_first_line(
    stream: Any, textbox: Any, text_overflow: Any, block_ellipsis: Any, matrix: Any
) -> Any:
    """Draw from known glyphs."""
    text = textbox.pango_layout
    if isinstance(text, SetText):
        if text_overflow != "ellipsis" and block_ellipsis == "none":
            if text.text.strip():
                drawing.draw(stream, text, *matrix.values[-2:])
            return []
        textbox.pango_layout = line_break.Layout(textbox.style, max_width=textbox.width)
        textbox.pango_layout.set_text(text.text)
    return _draw_first_line(stream, textbox, text_overflow, block_ellipsis, matrix)
