"""Whether WeasyPrint and pydyf are those that this package was written for.

What is wrapped, called or stood in for is held here by name, so that it can be looked
for where it is missing; a test finds what is not here by reading our own source. This
module asks before anything else that knows their inside is loaded.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from publisher.typeset.swift.loading import load

VERSIONS = {"weasyprint": "70.0", "pydyf": "0.13.0"}
NAMES = {"weasyprint": "WeasyPrint"}
"""What libraries call themselves, if not by the names of their packages."""


@dataclass(frozen=True, slots=True)
class Known:
    """What one part of ours takes for granted."""

    libraries: tuple[str, ...]
    signatures: Mapping[str, Mapping[str, str]]
    """Modules, their functions, and the names of the parameters of these."""


LINES = Known(
    ("weasyprint",),
    {
        "weasyprint.layout.inline": {
            "iter_line_boxes": "context box position_y bottom_space skip_stack "
            "containing_block absolute_boxes fixed_boxes first_letter_style "
            "first_line_style",
            "get_next_linebox": "context linebox position_y bottom_space skip_stack "
            "containing_block absolute_boxes fixed_boxes first_letter_style "
            "first_line_style",
            "split_inline_box": "context box position_x max_x bottom_space skip_stack "
            "containing_block absolute_boxes fixed_boxes line_placeholders "
            "waiting_floats line_children first_letter_style first_line_style",
            "skip_first_whitespace": "box skip_stack",
            "remove_last_whitespace": "context line",
            "is_phantom_linebox": "linebox",
            "text_align": "context line available_width last",
            "justify_line": "context line extra_width",
            "line_box_verticality": "box",
            "atomic_box": "context box position_x skip_stack containing_block "
            "absolute_boxes fixed_boxes",
            "_adjust_line_height": "box",
            "_out_of_flow_layout": "context box containing_block index child children "
            "line_children waiting_children waiting_floats absolute_boxes "
            "fixed_boxes line_placeholders float_widths max_x position_x "
            "bottom_space",
        },
        "weasyprint.layout.leader": {
            "handle_leader": "context line containing_block",
            "leader_index": "box",
        },
        "weasyprint.layout.absolute": {
            "absolute_layout": "context placeholder containing_block fixed_boxes "
            "bottom_space skip_stack",
        },
        "weasyprint.layout.percent": {
            "resolve_percentages": "box containing_block",
            "resolve_one_percentage": "box property_name refer_to",
        },
        "weasyprint.layout": {
            "initialize_page_maker": "context root_box",
        },
        "weasyprint.css.targets": {
            "TargetCollector.__init__": "self",
            "TargetCollector.lookup_target": "self anchor_token source_box css_token "
            "parse_again",
            "TargetLookupItem.__init__": "self state",
        },
        "weasyprint.text.line_break": {
            "strut": "style",
            "line_size": "line style",
            "Layout.__init__": "self style justification_spacing max_width",
            "Layout.set_text": "self text justify",
            "Layout.get_first_line": "self",
            "Layout.reactivate": "self style",
            "Layout.deactivate": "self",
        },
        "weasyprint.text.fonts": {
            "get_pango_font_hb_face": "pango_font",
        },
        "weasyprint.formatting_structure.boxes": {
            "Box.copy": "self",
            "Box.translate": "self dx dy ignore_floats",
            "Box.descendants": "self placeholders",
            "Box.content_box_x": "self",
            "Box.margin_width": "self",
            "Box.margin_height": "self",
            "Box.is_in_normal_flow": "self",
            "Box.is_floated": "self",
            "TextBox.copy_with_text": "self text",
            "ParentBox.copy_with_children": "self new_children",
            "InlineLevelBox.remove_decoration": "self start end",
        },
        "weasyprint.draw": {
            "draw_inline_level": "stream page box offset_x text_overflow "
            "block_ellipsis",
        },
        "weasyprint.draw.text": {
            "draw_text": "stream textbox offset_x text_overflow block_ellipsis",
            "draw_first_line": "stream textbox text_overflow block_ellipsis matrix",
        },
        "weasyprint.pdf.stream": {
            "Stream.add_font": "self pango_font",
            "Stream.set_color": "self color stroke",
            "Stream.marked": "self box tag",
            "Stream.begin_text": "self",
            "Stream.end_text": "self",
            "Stream.set_font_size": "self font size",
        },
        "pydyf": {
            "_to_bytes": "item",
            "Stream.set_text_matrix": "self a b c d e f",
            "Stream.show_text": "self text",
        },
    },
)
"""Lines: `publisher.typeset.hooks`."""
PAGES = Known(
    ("weasyprint", "pydyf"),
    {
        "weasyprint.layout": {
            "initialize_page_maker": "context root_box",
            "layout_document": "html root_box context max_loops",
        },
        "weasyprint.layout.background": {
            "layout_backgrounds": "page get_image_from_uri",
        },
        "weasyprint.layout.page": {
            "make_all_pages": "context root_box html pages",
            "make_margin_boxes": "context page state",
            "make_page": "context root_box page_type resume_at page_number page_state",
            "remake_page": "index context root_box html",
        },
        "weasyprint.document": {
            "Document._build_layout_context": "html font_config counter_style "
            "color_profiles options",
            "Document.__init__": "self pages metadata url_fetcher font_config "
            "color_profiles output_intent",
            "Page.__init__": "self page_box",
            "Page.paint": "self stream scale",
        },
        "weasyprint.pdf.metadata": {
            "DocumentMetadata.__init__": "self title authors description keywords "
            "generator created modified attachments lang custom xmp_metadata",
        },
        "weasyprint.html": {
            "get_html_metadata": "html",
        },
        "weasyprint.css": {
            "find_stylesheets": "wrapper_element device_media_type url_fetcher "
            "base_url font_config counter_style color_profiles page_rules layers",
        },
        "weasyprint.formatting_structure.build": {
            "build_formatting_structure": "element_tree style_for get_image_from_uri "
            "base_url target_collector counter_style footnotes",
        },
        "weasyprint.formatting_structure.boxes": {
            "Box.descendants": "self placeholders",
        },
        "weasyprint.text.fonts": {
            "FontConfiguration.__init__": "self",
        },
        "weasyprint.pdf.fonts": {
            "Font.subset": "self to_unicode hinting",
        },
        "weasyprint.pdf.tags": {
            "_build_box_tree": "box parent pdf page_number nums annotations tags",
        },
        "pydyf": {
            "_to_bytes": "item",
            "Array.__init__": "self array",
        },
    },
)
"""Pages that are kept, and painted once: `publisher.write.pdf.kept`."""
FILE = Known(
    ("pydyf",),
    {
        "pydyf": {
            "_to_bytes": "item",
            "PDF.write": "self output version identifier compress",
            "PDF.add_object": "self object_",
            "Array.__init__": "self array",
            "Dictionary.__init__": "self values",
            "String.__init__": "self string",
        },
    },
)
"""The bytes of a file: `publisher.write.pdf.file`."""


@cache
def differences(part: str) -> tuple[str, ...]:
    """What is not as a part was written for.

    Looked at once, before it is let in: afterwards ours stand where theirs stood.
    """
    return tuple(compared(PARTS[part]))


PARTS: Mapping[str, Known] = {"lines": LINES, "kept": PAGES, "file": FILE}


def compared(known: Known, versions: Mapping[str, str] = VERSIONS) -> list[str]:
    """Versions and functions that are not as expected, versions first."""
    load()
    found = []
    for name in known.libraries:
        library = vars(import_module(name))
        said = [library.get(each) for each in ("__version__", "VERSION")]
        if other := [each for each in said if each != versions[name]]:
            found.append(f"{NAMES.get(name, name)} {other[0]}")
    found += [
        name
        for module, functions in known.signatures.items()
        for name, names in functions.items()
        if parameters(module, name) != names.split()
    ]
    return found


def parameters(module: str, name: str) -> list[str] | None:
    """The names of a function's parameters; None if there is no such function."""
    try:
        found: Any = import_module(module)
        for each in name.split("."):
            found = getattr(found, each)
        return [*inspect.signature(found).parameters]
    except (ImportError, AttributeError, TypeError, ValueError):
        return None
