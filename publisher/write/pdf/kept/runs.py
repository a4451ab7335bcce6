# ruff: noqa: ANN401, SLF001  (WeasyPrint has no types, and no public way)
"""One layout of WeasyPrint's, from any page on whose beginning is known.

It is `weasyprint.layout.layout_document` taken apart: the pages, then their bookmarks
and running heads, then their margins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element

from publisher.typeset.swift.leaving import leave
from publisher.write.pdf.kept.places import Place, place, resume
from publisher.write.pdf.parts import Sheets, read_once

if TYPE_CHECKING:
    from weasyprint import HTML
    from weasyprint.document import Page

LOOPS = 8
"""How often WeasyPrint lays pages out again that name page numbers."""


class Unkept(Exception):  # noqa: N818  (nothing is wrong)
    """A document does something for which all of it must be laid out at once."""


@dataclass(frozen=True, slots=True)
class Start:
    """All that has a say in a page and those after it, but the text itself."""

    place: Place | None
    next: tuple[tuple[str, Any], ...]
    """What kind of break it is, and the named page."""
    right: bool
    state: tuple[Any, ...]
    """Depth of quotations, counters and their scopes."""
    groups: tuple[tuple[str, int, Place | None], ...]
    """Runs of pages of one name that the page is in."""
    strings: tuple[tuple[str, str], ...]
    """What running heads say."""
    marked: tuple[Element, ...]
    """Elements it begins in that have their bookmarks already."""
    whole: bool
    """Whether nothing of the page before is still to be set, such as a footnote."""


@dataclass(slots=True)
class Flow:
    """Pages, and how each of them began."""

    pages: list[Page] = field(default_factory=list)
    starts: list[Start] = field(default_factory=list)
    sizes: Mapping[str, Any] = field(default_factory=dict)
    """Sizes of the first page, which lengths may be told in."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What documents that are joined have in common."""

    font_config: Any
    cache: dict[str, Any]
    sheets: Sheets = field(default_factory=Sheets)


class Run:
    """One layout, from a page on."""

    def __init__(
        self, source: HTML, shared: Shared, flow: Flow, index: int, start: Start | None
    ) -> None:
        from weasyprint import DEFAULT_OPTIONS, layout
        from weasyprint.css.counters import CounterStyle
        from weasyprint.document import Document
        from weasyprint.formatting_structure.build import build_formatting_structure

        counters = CounterStyle()
        options = DEFAULT_OPTIONS | {"cache": shared.cache}
        self.source, self.flow, self.index = source, flow, index
        with read_once(shared.sheets):
            self.context = context = Document._build_layout_context(
                source, shared.font_config, counters, {}, options
            )
        self.root = build_formatting_structure(
            source.etree_element,
            context.style_for,
            context.get_image_from_uri,
            source.base_url,
            context.target_collector,
            counters,
            context.footnotes,
        )
        layout.initialize_page_maker(context, self.root)
        context.rendered_notes = []
        self.seen: set[Any] = set()
        """Elements whose bookmarks are made."""
        self.strings: dict[str, str] = {}
        if start:
            self._enter(start)

    def _enter(self, start: Start) -> None:
        """Go on where earlier pages ended."""
        context = self.context
        context.style_for.initial_page_sizes.update(self.flow.sizes)
        before = [(None, None, None, None, _unmade()) for _ in range(self.index)]
        groups = [[name, n, resume(self.root, at)] for name, n, at in start.groups]
        quotes, values, scopes = deepcopy(start.state)
        counters = {name: list(held) for name, held in values} | {"pages": [0]}
        at = resume(self.root, start.place)
        if start.place and -1 in at:
            raise Unkept
        state = ([quotes], counters, [set(names) for names in scopes], groups)
        entry = (at, dict(start.next), start.right, state, _unmade())
        context.page_maker = [*before, entry]
        self.strings = dict(start.strings)
        for name, text in start.strings:
            context.string_set[name][self.index].append(text)
        self.seen.update((element, "") for element in start.marked)
        self.flow.starts.append(start)

    def all(self) -> None:
        """Lay out all pages: as WeasyPrint's `layout_document`."""
        from weasyprint.layout.page import make_all_pages

        context, notes = self.context, list(self.context.footnotes)
        pages: list[Any] = []
        whole = {0: True}
        for _ in range(LOOPS):
            context.footnotes, before, pages = list(notes), pages, []
            for page in make_all_pages(context, self.root, self.source, before):
                pages.append(page)
                if before[len(pages) - 1 : len(pages)] != [page]:
                    whole[len(pages)] = self._whole()
            if not self._unsettled(len(before), len(pages)):
                break
        else:
            raise Unkept
        for index, page in enumerate(pages):
            self.flow.starts.append(self._start(index, whole=whole[index]))
            self._look_through(page, index)
        self.flow.pages += self._dressed(pages)
        self.flow.sizes = dict(context.style_for.initial_page_sizes)
        leave(context)

    def _unsettled(self, before: int, now: int) -> bool:
        """Whether pages name other pages with numbers that are not right yet."""
        entries = self.context.page_maker
        for *_, state, _ in entries:
            state[1]["pages"] = [now]
        wanted = any(made["pages_wanted"] for *_, made in entries)
        changed = any(made["content_changed"] for *_, made in entries)
        return changed or (wanted and before != now)

    def _whole(self) -> bool:
        context = self.context
        return not (context.reported_footnotes or context.broken_out_of_flow)

    def go(self, stops: Callable[[Start], bool]) -> Start | None:
        """Lay out pages until one begins at which to stop, or the end is reached."""
        from weasyprint.layout.page import remake_page

        context, made = self.context, []
        index = self.index
        while True:
            context.page_maker[index][-1]["content_changed"] = False
            page, at = remake_page(index, context, self.root, self.source)
            settled = context.page_maker[index][-1]
            if settled["content_changed"] or settled["pages_wanted"]:
                raise Unkept
            made.append(page)
            self._look_through(page, index)
            index += 1
            if at is None and not context.reported_footnotes:
                start = None
                break
            start = self._start(index, whole=self._whole())
            self.flow.pages.append(page)
            if start.whole and stops(start):
                break
            self.flow.starts.append(start)
        del self.flow.pages[self.index :]
        self.flow.pages += self._dressed(made)
        leave(context)
        return start

    def _start(self, index: int, *, whole: bool) -> Start:
        at, following, right, state, _ = self.context.page_maker[index]
        quotes, values, scopes, groups = state
        begins = place(self.root, at)
        within = begins.elements if begins else ()
        return Start(
            begins,
            tuple(sorted(following.items())),
            right,
            (
                quotes[0],
                tuple(sorted((k, tuple(v)) for k, v in values.items() if k != "pages")),
                tuple(tuple(sorted(names)) for names in scopes),
            ),
            tuple((name, n, place(self.root, each)) for name, n, each in groups),
            tuple(sorted(self.strings.items())),
            tuple(each for each in within if (each, "") in self.seen),
            whole,
        )

    def _look_through(self, page: Any, index: int) -> None:
        """Bookmarks once for each element, and what running heads are to say."""
        context = self.context
        if page.fixed_boxes:
            raise Unkept
        for child in page.descendants():
            if child.bookmark_label:
                kind = child.element_tag.partition("::")[2]
                if (child.element, kind) in self.seen:
                    child.bookmark_label = ""
                self.seen.add((child.element, kind))
            if child.missing_link:
                lookups = context.target_collector.counter_lookup_items
                kinds = {kind for box, kind in lookups if box == child.missing_link}
                if kinds - {"content"}:
                    raise Unkept
            if child.string_set and child.string_set != "none":
                for name, text in child.string_set:
                    context.string_set[name][index + 1].append(text)
                    self.strings[name] = text

    def _dressed(self, made: list[Any]) -> Iterator[Page]:
        """Pages with their margins: as at the end of WeasyPrint's `layout_document`."""
        from weasyprint.layout import layout_backgrounds, make_margin_boxes

        from publisher.write.pdf.kept.painted import Painted

        context = self.context
        for number, page in enumerate(made, self.index + 1):
            root, *areas = page.children
            context.current_page = number
            state = context.page_maker[number][3]
            state[1]["pages"] = [0]
            margins = make_margin_boxes(context, page, state)
            held = [area for area in areas if area.children]
            page.children = (root, *held, *margins)
            layout_backgrounds(page, context.get_image_from_uri)
            yield Painted(page)


def _unmade() -> dict[str, Any]:
    return {
        "content_changed": False,
        "pages_wanted": False,
        "anchors": [],
        "content_lookups": [],
    }
