# ruff: noqa: ANN401  (WeasyPrint has no types)
"""Names of elements, held by their boxes once these are built, and no more by styles.

So all that is worked out of a style is worked out for all elements that differ in their
names only, and a style for each of them need not be kept.
"""

from __future__ import annotations

from typing import Any

from weasyprint import anchors
from weasyprint.formatting_structure import build
from weasyprint.layout.absolute import AbsolutePlaceholder

from publisher.typeset.swift.styles import Named

_build = build.build_formatting_structure
_gather = anchors.gather_anchors
NAME = "named"
"""What the name of a box is kept as."""


def replaced() -> dict[Any, Any]:
    """What stands for what."""
    return {_build: build_formatting_structure, _gather: gather_anchors}


def build_formatting_structure(  # noqa: PLR0913, PLR0917  (as it is called)
    element_tree: Any,
    style_for: Any,
    get_image_from_uri: Any,
    base_url: Any,
    target_collector: Any,
    counter_style: Any,
    footnotes: Any,
) -> Any:
    """Build all boxes, and move names from their styles to them.

    Where numbers of pages are asked for, pages look for names in styles.
    """
    root = _build(
        element_tree,
        style_for,
        get_image_from_uri,
        base_url,
        target_collector,
        counter_style,
        footnotes,
    )
    if not target_collector.counter_lookup_items:
        for box in root.descendants():
            if type(box.style) is Named:
                _take(box, box.style)
    return root


def _take(box: Any, style: Any) -> None:
    """Let a box have a name, and its style be the shared one, if it differs in that.

    Of notes, WeasyPrint writes names into styles later.
    """
    shared = style.shared
    if shared["position"][0] != "note()" and all(
        shared[key] is value for key, value in style.items() if key != "anchor"
    ):
        box.__dict__[NAME] = style["anchor"]
        box.style = shared


def gather_anchors(  # noqa: PLR0913, PLR0917  (as it is called)
    box: Any,
    anchors: Any,
    links: Any,
    bookmarks: Any,
    forms: Any,
    parent_matrix: Any = None,
    parent_form: Any = None,
    parent_link: Any = None,
) -> None:
    """Gather what has a place on a page; most boxes have nothing of the kind."""
    if isinstance(box, AbsolutePlaceholder):
        box = box._box  # noqa: SLF001  (the box that holds the name)
    if name := box.__dict__.get(NAME):
        shared, box.style = box.style, Named(box.style, name)
        try:
            _gather(
                *(box, anchors, links, bookmarks, forms),
                *(parent_matrix, parent_form, parent_link),
            )
        finally:
            box.style = shared
    elif box.link or parent_link or box.bookmark_label or not _quiet(box):
        _gather(
            *(box, anchors, links, bookmarks, forms),
            *(parent_matrix, parent_form, parent_link),
        )
    else:
        for child in box.all_children():
            gather_anchors(
                child, anchors, links, bookmarks, forms, parent_matrix, parent_form
            )


def _quiet(box: Any) -> bool:
    """Whether a box is no form or field, and its style has no name and no transform."""
    held = box.style.__dict__
    if "quiet" not in held:
        style = box.style
        held["quiet"] = (
            not style["transform"]
            and not style["anchor"]
            and style["appearance"] != "auto"
        )
    return held["quiet"] and not box.is_form()
