"""Whether WeasyPrint is the one that this package was written for.

`SIGNATURES` holds every function of it that is wrapped, called or stood in for; a test
finds those that are not here by reading this package's own source.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any

import weasyprint
from weasyprint import layout
from weasyprint.css import targets
from weasyprint.draw import text as drawn
from weasyprint.formatting_structure import boxes
from weasyprint.layout import absolute, inline, percent
from weasyprint.pdf import stream
from weasyprint.text import fonts, line_break

VERSION = "70.0"
SIGNATURES: Mapping[Callable[..., Any], str] = {
    inline.iter_line_boxes: "context box position_y bottom_space skip_stack "
    "containing_block absolute_boxes fixed_boxes first_letter_style first_line_style",
    inline.get_next_linebox: "context linebox position_y bottom_space skip_stack "
    "containing_block absolute_boxes fixed_boxes first_letter_style first_line_style",
    inline.split_inline_box: "context box position_x max_x bottom_space skip_stack "
    "containing_block absolute_boxes fixed_boxes line_placeholders waiting_floats "
    "line_children first_letter_style first_line_style",
    inline.skip_first_whitespace: "box skip_stack",
    inline.remove_last_whitespace: "context line",
    inline.is_phantom_linebox: "linebox",
    inline.text_align: "context line available_width last",
    inline.justify_line: "context line extra_width",
    inline.line_box_verticality: "box",
    inline.handle_leader: "context line containing_block",
    inline.atomic_box: "context box position_x skip_stack containing_block "
    "absolute_boxes fixed_boxes",
    inline._adjust_line_height: "box",  # noqa: SLF001
    inline._out_of_flow_layout: "context box containing_block index child children "  # noqa: SLF001
    "line_children waiting_children waiting_floats absolute_boxes fixed_boxes "
    "line_placeholders float_widths max_x position_x bottom_space",
    absolute.absolute_layout: "context placeholder containing_block fixed_boxes "
    "bottom_space skip_stack",
    percent.resolve_percentages: "box containing_block",
    percent.resolve_one_percentage: "box property_name refer_to",
    layout.initialize_page_maker: "context root_box",
    targets.TargetCollector.__init__: "self",
    targets.TargetCollector.lookup_target: "self anchor_token source_box css_token "
    "parse_again",
    targets.TargetLookupItem.__init__: "self state",
    line_break.strut: "style",
    line_break.line_size: "line style",
    line_break.Layout.__init__: "self style justification_spacing max_width",
    line_break.Layout.set_text: "self text justify",
    line_break.Layout.get_first_line: "self",
    line_break.Layout.reactivate: "self style",
    line_break.Layout.deactivate: "self",
    fonts.get_pango_font_hb_face: "pango_font",
    boxes.Box.copy: "self",
    boxes.Box.translate: "self dx dy ignore_floats",
    boxes.Box.descendants: "self placeholders",
    boxes.Box.content_box_x: "self",
    boxes.Box.margin_width: "self",
    boxes.Box.margin_height: "self",
    boxes.Box.is_in_normal_flow: "self",
    boxes.Box.is_floated: "self",
    boxes.TextBox.copy_with_text: "self text",
    boxes.ParentBox.copy_with_children: "self new_children",
    boxes.InlineLevelBox.remove_decoration: "self start end",
    drawn.draw_text: "stream textbox offset_x text_overflow block_ellipsis",
    drawn.draw_first_line: "stream textbox text_overflow block_ellipsis matrix",
    stream.Stream.add_font: "self pango_font",
    stream.Stream.set_color: "self color stroke",
    stream.Stream.begin_text: "self",
    stream.Stream.end_text: "self",
    stream.Stream.set_font_size: "self font size",
    stream.Stream.set_text_matrix: "self a b c d e f",
    stream.Stream.show_text: "self text",
}
"""Functions, and the names of their parameters."""


def differences(
    version: str = VERSION,
    signatures: Mapping[Callable[..., Any], str] = SIGNATURES,
) -> list[str]:
    """What of WeasyPrint is not as this package was written for."""
    found = []
    if weasyprint.__version__ != version:
        found.append(f"WeasyPrint {weasyprint.__version__}")
    for function, names in signatures.items():
        if [*inspect.signature(function).parameters] != names.split():
            found.append(function.__qualname__)
    return found
