# ruff: noqa: ANN401  (WeasyPrint has no types)
"""The same PDF sooner: what WeasyPrint 70 works out again and again is kept.

None of this changes a byte of the output (a test compares), so it is installed once
for the process, if the versions and signatures are those it was written for.

* `resolve_percentages` depends on a style and the size of the containing block only;
* pages that match the same @page rules have the same styles;
* `pydyf.PDF.page_references` lists all pages for each tagged element;
* `strut` makes a long string out of a style before it looks into its cache;
* a font's whole file is copied, though only its subset is written;
* the garbage collector walks all boxes of a book over and over.
"""

from __future__ import annotations

import gc
import inspect
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pydyf
import weasyprint
from weasyprint.formatting_structure import boxes
from weasyprint.layout import page, percent
from weasyprint.pdf import fonts
from weasyprint.text import line_break

VERSIONS = ("70.0", "0.13.0")
SIGNATURES = {
    percent.resolve_percentages: "box containing_block",
    page.set_page_type_computed_styles: "page_type html style_for",
    line_break.strut: "style",
    fonts.get_hb_object_data: "hb_object ot_color glyph",
    fonts.Font.__init__: "self pango_font description font_size",
    fonts.Font.clean: "self to_unicode hinting",
    fonts.Font._harfbuzz_subset: "self to_unicode hinting",  # noqa: SLF001
}
USED = (
    *(
        f"{kind}_{side}"
        for kind in ("margin", "padding")
        for side in ("left", "right", "top", "bottom")
    ),
    *(f"border_{side}_width" for side in ("left", "right", "top", "bottom")),
    *(
        f"{least}{axis}"
        for least in ("", "min_", "max_")
        for axis in ("width", "height")
    ),
)
"""The attributes that `resolve_percentages` sets."""
CHANGED = ("width", "height", "min_width", "min_height", "max_width", "max_height")
"""Properties that flex layout writes into a style."""

_resolve_percentages = percent.resolve_percentages
_set_page_styles = page.set_page_type_computed_styles
_strut = line_break.strut
_get_hb_object_data = fonts.get_hb_object_data
_font_init = fonts.Font.__init__
_font_clean = fonts.Font.clean
_harfbuzz_subset = fonts.Font._harfbuzz_subset  # noqa: SLF001
_page_references = pydyf.PDF.page_references


def differences() -> list[str]:
    """What is not as this module was written for."""
    found = [
        name
        for name, module, version in zip(
            ("WeasyPrint", "pydyf"), (weasyprint, pydyf), VERSIONS, strict=True
        )
        if getattr(module, "__version__", getattr(module, "VERSION", "")) != version
    ]
    for function, names in SIGNATURES.items():
        if [*inspect.signature(function).parameters] != names.split():
            found.append(function.__qualname__)
    return found


YOUNG, MIDDLE, OLD = 100_000, 20, 20
"""When the collector looks: often enough that the cycles of a layout pass do not pile
up, and so seldom that it costs little (Python's own: 700, 10, 10)."""


@contextmanager
def seldom_collected() -> Iterator[None]:
    """While a book is made, look for cycles less often."""
    before = gc.get_threshold()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def install() -> None:
    """Put the quicker functions in the place of WeasyPrint's; once is enough."""
    if percent.resolve_percentages is resolve_percentages or differences():
        return
    _rebind(_resolve_percentages, resolve_percentages)
    _rebind(_set_page_styles, set_page_type_computed_styles)
    _rebind(_strut, strut)
    fonts.Font.__init__ = _font_init_without_file
    fonts.Font.clean = _clean_with_file
    fonts.Font._harfbuzz_subset = _subset_or_whole  # noqa: SLF001
    pydyf.PDF.page_references = property(page_references)


def _rebind(old: Any, new: Any) -> None:
    """Many modules hold a function under their own name for it."""
    for name, module in list(sys.modules.items()):
        if name.startswith(("weasyprint", "publisher.typeset.hooks")):
            for key, value in list(vars(module).items()):
                if value is old and not key.startswith("_"):
                    setattr(module, key, new)


def resolve_percentages(box: Any, containing_block: Any) -> None:
    """As WeasyPrint's own, once for each style and size."""
    if isinstance(containing_block, boxes.Box):
        width, height = containing_block.width, containing_block.height
    else:
        width, height = containing_block
    style = box.style
    held = style.__dict__.setdefault("_resolved", {})
    key = (width, height, isinstance(box, boxes.PageBox))
    known = held.get(key)
    if known is not None and all(style[n] is v for n, v in known[0]):
        box.__dict__.update(known[1])
        return
    _resolve_percentages(box, containing_block)
    if style["border_collapse"] != "collapse":
        changing = tuple((name, style[name]) for name in CHANGED)
        held[key] = changing, {name: box.__dict__[name] for name in USED}


def set_page_type_computed_styles(page_type: Any, html: Any, style_for: Any) -> None:
    """As WeasyPrint's own, once for each set of declarations."""
    known = style_for.__dict__.setdefault("_page_styles", {})
    pseudo_types = known.get("pseudo_types")
    if pseudo_types is None:
        pseudo_types = known["pseudo_types"] = tuple(
            dict.fromkeys(
                selector[1]
                for sheet, _, _ in style_for._sheets  # noqa: SLF001
                for _, selectors, _ in sheet.page_rules
                for selector in selectors
            )
        )
    style_for.add_page_declarations(page_type)
    cascaded = style_for.get_cascaded_styles()
    key = tuple(
        (pseudo, tuple((n, id(v)) for n, (v, _) in cascaded[page_type, pseudo].items()))
        for pseudo in pseudo_types
        if (page_type, pseudo) in cascaded
    )
    computed = style_for.get_computed_styles()
    made = known.get(key)
    if made is None:
        _set_page_styles(page_type, html, style_for)
        known[key] = {
            pseudo: computed[page_type, pseudo]
            for pseudo in (None, *pseudo_types)
            if (page_type, pseudo) in computed
        }
    else:
        for pseudo, style in made.items():
            computed[page_type, pseudo] = style


def strut(style: Any) -> Any:
    """As WeasyPrint's own, once for each style."""
    found = style.__dict__.get("_strut")
    if found is None:
        found = style.__dict__["_strut"] = _strut(style)
    return found


def page_references(pdf: Any) -> Any:
    """As pydyf's own, once for each number of pages."""
    kids = pdf.pages["Kids"]
    known = pdf.__dict__.get("_page_references")
    if known is None or known[0] != len(kids):
        known = pdf.__dict__["_page_references"] = (
            len(kids),
            _page_references.fget(pdf),
        )
    return known[1]


WHOLE = b"OTTO"
"""Stands for a font file that has not been read."""


def _font_init_without_file(
    self: Any, pango_font: Any, description: Any, font_size: Any
) -> None:
    """Do not copy the whole file: Noto's hold four scripts, 25 MB each."""
    fonts.get_hb_object_data = lambda *_: WHOLE
    try:
        _font_init(self, pango_font, description, font_size)
    finally:
        fonts.get_hb_object_data = _get_hb_object_data


def _clean_with_file(self: Any, to_unicode: Any, hinting: Any) -> Any:
    """Read it after all where it is not subset by harfbuzz."""
    if self.file_content is WHOLE and not (to_unicode and fonts.harfbuzz_subset):
        self.file_content = _get_hb_object_data(self.hb_face)
    return _font_clean(self, to_unicode, hinting)


def _subset_or_whole(self: Any, to_unicode: Any, hinting: Any) -> None:
    _harfbuzz_subset(self, to_unicode, hinting)
    if self.file_content is WHOLE:  # it could not be subset
        self.file_content = _get_hb_object_data(self.hb_face)
