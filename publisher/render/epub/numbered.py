"""The pages of the printed edition in all files of an EPUB, and which edition that is.

Law: a mark stands where the page begins, or there is none and its label is told.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from publisher.edition.prepared import Prepared
from publisher.render import Imprint
from publisher.render.epub.metadata import identifier, title
from publisher.render.epub.pagebreaks import place
from publisher.render.package import File, PageMark
from publisher.render.printed import REGIONS, PageStart, Printed

OURS = frozenset(REGIONS.values())
"""Pages of ours whose text is in print, too."""


def numbered(
    files: Sequence[File],
    printed: Printed | None,
    prepared: Prepared,
    places: Mapping[str, str],
) -> tuple[list[File], tuple[PageMark, ...], tuple[str, ...]]:
    """The files with the marks of pages, the marks, and the labels that found no place.

    A page that begins in what this edition leaves out has no place and is not missed.
    """
    if printed is None:
        return list(files), (), ()
    sure = printed.script == prepared.edition.script
    wanted = [s for s in printed.starts if s.where in places or s.where in OURS]
    out: list[File] = []
    marks: list[PageMark] = []
    for file in files:
        own = [s for s in wanted if _file_of(s, places) == file.name]
        made, found = _file(file, own, sure=sure)
        out.append(made)
        marks += found
    told = {mark.label for mark in marks}
    lost = tuple(s.label for s in wanted if s.label not in told)
    return out, tuple(marks), lost


def print_name(prepared: Prepared, imprint: Imprint, printed: Printed) -> str:
    """The printed edition by name, for people and for ``pageBreakSource``."""
    say = prepared.convert
    own = [e for e in prepared.book.editions if e.name == printed.edition]
    urn = f"，{identifier(prepared, imprint, own[0])}" if own else ""
    return (
        f"《{title(prepared)}》{say('印本')} PDF"
        f"（{printed.page}，{say('版本')} {printed.edition}{urn}）"
    )


def _file_of(start: PageStart, places: Mapping[str, str]) -> str:
    name = f"{start.where}.xhtml" if start.where in OURS else places[start.where]
    return f"text/{name}"


def _file(
    file: File, starts: Sequence[PageStart], *, sure: bool
) -> tuple[File, tuple[PageMark, ...]]:
    if not starts or not isinstance(file.content, bytes):
        return file, ()
    own = starts[0].where if starts[0].where in OURS else ""
    made, marks = place(file.name, file.content.decode(), starts, sure=sure, where=own)
    return replace(file, content=made.encode()), marks
