"""Editions (版本): the presets, what a book's own editions make of them, suffixes.

Each preset and each edition of a book exists in every script: the suffixes -tw, -hk,
-hant and -hans make it. `publisher.config.typography` knows what a page can be.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from publisher.book import Book, Edition, Fonts, Format, Measure, Script, Writing
from publisher.config import typography
from publisher.config.section import Section, meant, nearest
from publisher.config.typography import PUNCTUATION, printed
from publisher.config.units import points
from publisher.diagnostics import Problem, Words

SUFFIXES: dict[str, Script] = {
    "-tw": "zh-Hant-TW",
    "-hk": "zh-Hant-HK",
    "-hant": "zh-Hant",
    "-hans": "zh-Hans",
}
_SUFFIX: dict[Script, str] = {script: s for s, script in SUFFIXES.items()}


_BOOKLET = replace(
    printed("A5", Measure(28, 27), "五号", 18), head=points(21), spine=points(20)
)
_LARGE = replace(
    printed("16开", Measure(25, 21), "三号", 28), head=points(28), spine=points(21)
)
_A4 = replace(
    printed("A4", Measure(36, 33), "小四", 21), head=points(28), spine=points(30)
)
PRESETS: dict[str, Edition] = {
    "booklet": Edition("booklet", "pdf", typography=_BOOKLET, own_script=True),
    "large-print": Edition("large-print", "pdf", typography=_LARGE, own_script=True),
    "a4": Edition("a4", "pdf", typography=_A4, own_script=True),
    "epub": Edition(
        "epub", "epub", typography=_BOOKLET, page_list_from="booklet", own_script=True
    ),
}
DEFAULT = ("booklet", "epub", "booklet-tw", "epub-tw")
"""What a book gets that defines no editions."""


def edition(book: Book, name: str) -> Edition:
    """An edition of a book by name: its own, a preset, or the other script of either.

    Raises:
        Problem: 2, there is no such edition.
    """
    own = {each.name: each for each in book.editions}
    found = _find(name, own)
    if found is None:
        known = [*own, *(preset for preset in PRESETS if preset not in own)]
        raise Problem(2, _NO_EDITION.fill(name=name), _known(name, known))
    return numbered(book, found if book.bare else spoken(found, book.language))


def numbered(book: Book, each: Edition) -> Edition:
    """An edition with the printed one whose pages it names, if it names any."""
    if each.format != "epub" or not each.page_list_from:
        return each
    return replace(each, print=edition(book, each.page_list_from))


def _known(name: str, known: Sequence[str]) -> Words:
    """The edition that was probably meant, and all there are."""
    near, suffixes = nearest(name, known), " ".join(SUFFIXES)
    zh = f"是不是想写“{near}”？\n" if near else ""
    en = f"did you mean “{near}”?\n" if near else ""
    return Words(
        f"{zh}版本：{'、'.join(known)}；名称后可加 {suffixes}",
        f"{en}editions: {', '.join(known)}; each also with {suffixes}",
    )


_NO_EDITION = Words("没有“{name}”这个版本", "there is no edition “{name}”")


def _find(name: str, own: Mapping[str, Edition]) -> Edition | None:
    if name in own:
        return own[name]
    if name in PRESETS:
        return PRESETS[name]
    stem, suffix = split(name)
    base = own.get(stem) or PRESETS.get(stem) if suffix else None
    return other_script(base, name, suffix) if base else None


def split(name: str) -> tuple[str, str]:
    """An edition's name without and with only its script suffix."""
    suffix = next((s for s in SUFFIXES if name.endswith(s)), "")
    return name.removesuffix(suffix), suffix


def other_script(base: Edition, name: str, suffix: str) -> Edition:
    """An edition in the script of a suffix, with that script's punctuation."""
    script = SUFFIXES[suffix]
    pages = base.page_list_from
    return replace(
        base,
        name=name,
        script=script,
        own_script=False,
        typography=replace(base.typography, punctuation=PUNCTUATION[script]),
        page_list_from=split(pages)[0] + suffix if pages else "",
    )


def spoken(edition: Edition, language: str) -> Edition:
    """An edition to which nobody gave a script, in that of the book's language."""
    if not edition.own_script or language == edition.script:
        return edition
    from publisher.edition.lines import script_of

    script = script_of(language)
    if script == edition.script:
        return edition
    punctuation = edition.typography.punctuation
    if punctuation == PUNCTUATION[edition.script]:
        punctuation = PUNCTUATION[script]
    page = replace(edition.typography, punctuation=punctuation)
    return replace(edition, script=script, typography=page)


def defaults() -> tuple[Edition, ...]:
    """The editions of a book that defines none."""
    book = Book("")
    return tuple(edition(book, name) for name in DEFAULT)


def resolve(editions: Section) -> tuple[Edition, ...]:
    """All editions that a ``book.toml`` defines, in its order.

    Raises:
        Problem: 3, with the place in the file.
    """
    solver = _Solver(editions, {}, [])
    found = tuple(solver.edition(name) for name in editions.table)
    own = {each.name: each for each in found}
    for each in found:
        _check_page_list(each, own, editions.section(each.name))
    return found or defaults()


def _check_page_list(
    each: Edition, own: Mapping[str, Edition], section: Section
) -> None:
    if not each.page_list_from or each.format == "pdf":
        return
    found = _find(each.page_list_from, own)
    if found is None or found.format != "pdf":
        raise section.problem(
            "page_list_from",
            Words(
                f"没有“{each.page_list_from}”这个印本",
                f"there is no printed edition “{each.page_list_from}”",
            ),
            meant(
                each.page_list_from, (n for n, e in own.items() if e.format == "pdf")
            ),
        )


@dataclass(frozen=True, slots=True)
class _Solver:
    """Follows ``extends``; ``trail`` holds the names that are being worked out."""

    editions: Section
    done: dict[str, Edition]
    trail: list[str]

    def edition(self, name: str) -> Edition:
        if name not in self.done:
            self.trail.append(name)
            section = self.editions.section(name)
            self.done[name] = _settle(name, section, self.base(name, section))
            self.trail.pop()
        return self.done[name]

    def base(self, name: str, section: Section) -> Edition:
        wanted = section.text("extends")
        if wanted:
            return self.named(wanted, section)
        if name in PRESETS:
            return PRESETS[name]
        stem, suffix = split(name)
        if suffix and (stem in self.editions.table or stem in PRESETS):
            return other_script(self.named(stem, section), name, suffix)
        wanted = section.text("format")
        if not wanted:
            raise section.problem(
                "",
                Words(
                    f"版本“{name}”没有写 format，也没有写 extends",
                    f"edition “{name}” has neither format nor extends",
                ),
                Words(
                    '写 format = "pdf" 或 "epub"，或写 extends = "booklet"',
                    'write format = "pdf" or "epub", or extends = "booklet"',
                ),
            )
        return PRESETS["booklet" if wanted == "pdf" else "epub"]

    def named(self, wanted: str, section: Section) -> Edition:
        itself = bool(self.trail) and self.trail[-1] == wanted
        if wanted in self.editions.table and not (itself and wanted in PRESETS):
            if wanted in self.trail:
                raise self.cycle(wanted, section)
            return self.edition(wanted)
        if wanted in PRESETS:
            return PRESETS[wanted]
        stem, suffix = split(wanted)
        if suffix and (stem in self.editions.table or stem in PRESETS):
            return other_script(self.named(stem, section), wanted, suffix)
        raise section.problem(
            "extends",
            Words(
                f"没有“{wanted}”这个版本或预设",
                f"there is no edition or preset “{wanted}”",
            ),
            meant(wanted, {*self.editions.table, *PRESETS}),
        )

    def cycle(self, wanted: str, section: Section) -> Problem:
        ring = " → ".join([*self.trail[self.trail.index(wanted) :], wanted])
        return section.problem(
            "extends",
            Words(f"extends 绕成了一圈：{ring}", f"extends goes in a circle: {ring}"),
            Words("让其中一个以预设为底", "let one of them extend a preset"),
        )


def _settle(name: str, section: Section, base: Edition) -> Edition:
    """What an edition's own table makes of its base."""
    script = cast("Script", section.text("script", base.script))
    page = typography.settle(section, base.typography)
    if script != base.script and not section.text("punctuation"):
        page = replace(page, punctuation=PUNCTUATION[script])
    writing = cast("Writing", section.text("writing", base.writing))
    if writing == "vertical" and not script.startswith("zh-Hant"):
        raise section.problem("writing", _VERTICAL, _VERTICAL_HINT)
    return Edition(
        name=name,
        format=cast("Format", section.text("format", base.format)),
        script=script,
        typography=page,
        select=section.texts("select") or base.select,
        page_list_from=_pages(section, base, script),
        writing=writing,
        fonts=cast("Fonts", section.text("fonts", base.fonts)),
        own_script=base.own_script and "script" not in section.table,
    )


def _pages(section: Section, base: Edition, script: Script) -> str:
    """The printed edition whose pages an edition names.

    A preset cannot know which editions a book has: a table that begins anew, with a
    format and nothing to extend, names pages only if it says so.
    """
    if "page_list_from" in section.table:
        return section.text("page_list_from")
    if "format" in section.table and "extends" not in section.table:
        return ""
    pages = base.page_list_from
    return (
        split(pages)[0] + _SUFFIX[script] if pages and script != base.script else pages
    )


_VERTICAL = Words(
    "直排只用于繁体版；简体的引号在直排里没有通行的样式",
    "vertical writing is for traditional characters only",
)
_VERTICAL_HINT = Words(
    'script 写 "zh-Hant-TW" 或 "zh-Hant-HK"',
    'give script = "zh-Hant-TW" or "zh-Hant-HK"',
)
