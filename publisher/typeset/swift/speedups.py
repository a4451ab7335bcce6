"""The table of speed-ups: what each replaces, and what it takes for granted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

VERSIONS = {
    "WeasyPrint": "70.0",
    "pydyf": "0.13.0",
    "tinyhtml5": "2.1.0",
    "cssselect2": "0.10.1",
}
Functions: TypeAlias = Mapping[Any, Any]


@dataclass(frozen=True, slots=True)
class Speedup:
    """One of them; nothing is imported before it is asked for."""

    expects: Callable[[], Mapping[Any, str]]
    """Functions and the names of their parameters."""
    replaces: Callable[[], Functions]
    """Functions and what stands for them."""


def _parsing() -> Functions:
    from publisher.typeset.swift import parsing

    return parsing.replaced()


def _styles() -> Functions:
    from publisher.typeset.swift import naming, styles

    return {**styles.replaced(), **naming.replaced()}


def _pages() -> Functions:
    from publisher.typeset.swift import pages

    return pages.replaced()


def _margins() -> Functions:
    from publisher.typeset.swift import margins

    return margins.replaced()


def _leaving() -> Functions:
    from publisher.typeset.swift import leaving

    return leaving.replaced()


def _flow() -> Functions:
    from publisher.typeset.swift import flow

    return flow.replaced()


def _percentages() -> Functions:
    from publisher.typeset.swift import boxes

    return boxes.percentages()


def _struts() -> Functions:
    from publisher.typeset.swift import boxes

    return boxes.struts()


def _backgrounds() -> Functions:
    from publisher.typeset.swift import boxes

    return boxes.backgrounds()


def _painting() -> Functions:
    from publisher.typeset.swift import painting

    return painting.replaced()


def _references() -> Functions:
    from publisher.typeset.swift import writing

    return writing.references()


def _fonts() -> Functions:
    from publisher.typeset.swift import writing

    return writing.fonts()


def _objects() -> Functions:
    from publisher.typeset.swift import writing

    return writing.objects()


def _expect_parsing() -> Mapping[Any, str]:
    import tinyhtml5

    return {tinyhtml5.parse: "document namespace_html_elements kwargs"}


def _expect_styles() -> Mapping[Any, str]:
    from cssselect2 import ElementWrapper, Matcher
    from weasyprint import anchors, css
    from weasyprint.formatting_structure import boxes, build

    return {
        ElementWrapper.iter_children: "self",
        ElementWrapper.query_all: "self selectors",
        Matcher.match: "self element",
        boxes.Box.is_form: "self",
        boxes.Box.all_children: "self",
        anchors.gather_anchors: "box anchors links bookmarks forms parent_matrix "
        "parent_form parent_link",
        build.build_formatting_structure: "element_tree style_for get_image_from_uri "
        "base_url target_collector counter_style footnotes",
        css.find_style_attributes: "tree presentational_hints base_url",
        css.StyleFor.__init__: "self html sheets presentational_hints font_config "
        "target_collector",
        css.StyleFor.__call__: "self element pseudo_type",
        css.StyleFor.set_computed_styles: "self element parent root pseudo_type "
        "base_url target_collector",
        css.preprocess_declarations: "base_url declarations prelude",
        css.declaration_precedence: "origin importance",
        css.ComputedStyle.__init__: "self parent_style cascaded pseudo_type root_style "
        "base_url font_config initial_page_sizes",
        css.ComputedStyle.copy: "self",
        css.AnonymousStyle.__init__: "self parent_style",
    }


def _expect_pages() -> Mapping[Any, str]:
    from weasyprint import css, layout
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import page

    return {
        page.set_page_type_computed_styles: "page_type html style_for",
        page.make_page: "context root_box page_type resume_at page_number page_state",
        boxes.PageBox.descendants: "self placeholders",
        layout.layout_fixed_boxes: "context pages containing_page",
        css.StyleFor._page_type_match: "page_selector_type page_type",  # noqa: SLF001
        css.StyleFor.add_page_declarations: "self page_type",
    }


def _expect_margins() -> Mapping[Any, str]:
    from weasyprint.formatting_structure import boxes, build
    from weasyprint.layout import LayoutContext, page

    return {
        boxes.MarginBox.__init__: "self at_keyword style",
        boxes.Box.border_height: "self",
        boxes.Box.border_width: "self",
        boxes.Box.margin_height: "self",
        boxes.Box.margin_width: "self",
        boxes.Box.process_text_transform: "self",
        boxes.Box.process_whitespace: "self following_collapsible_space",
        LayoutContext.get_string_set_for: "self page name keyword",
        page.HorizontalBox.__init__: "self context box",
        page.VerticalBox.__init__: "self context box",
        page.VerticalBox.restore_box_attributes: "self",
        page.resolve_percentages: "box containing_block",
        page.make_margin_boxes: "context page state",
        page.margin_box_content_layout: "context page box",
        page.compute_variable_dimension: "context side_boxes vertical available_size",
        page.compute_fixed_dimension: "context box outer vertical top_or_left",
        page._standardize_page_based_counters: "style pseudo_type",  # noqa: SLF001
        build.update_counters: "state style",
        build.content_to_boxes: "style parent_box quote_depth counter_values "
        "get_image_from_uri target_collector counter_style context page",
        build.create_anonymous_boxes: "box",
    }


def _expect_leaving() -> Mapping[Any, str]:
    from weasyprint import layout

    return {layout.layout_document: "html root_box context max_loops"}


def _expect_flow() -> Mapping[Any, str]:
    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import block

    return {
        boxes.Box.is_floated: "self",
        boxes.Box.is_absolutely_positioned: "self",
        boxes.Box.is_in_normal_flow: "self",
        boxes.Box.page_values: "self",
        boxes.ParentBox.page_values: "self",
        boxes.Box.descendants: "self placeholders",
        block.block_level_page_break: "sibling_before sibling_after",
        block._add_break_values: "box side",  # noqa: SLF001
        block.block_level_page_name: "sibling_before sibling_after",
        block.collapse_margin: "adjoining_margins",
        boxes.Box.establishes_formatting_context: "self",
    }


def _expect_percentages() -> Mapping[Any, str]:
    from weasyprint.layout import percent

    return {percent.resolve_percentages: "box containing_block"}


def _expect_struts() -> Mapping[Any, str]:
    from weasyprint.text import line_break

    return {line_break.strut: "style"}


def _expect_backgrounds() -> Mapping[Any, str]:
    from weasyprint.layout import background

    return {
        background.layout_box_backgrounds: "page box get_image_from_uri "
        "layout_children style"
    }


def _expect_painting() -> Mapping[Any, str]:
    import pydyf
    from weasyprint import document, draw, stacking
    from weasyprint.draw import border
    from weasyprint.formatting_structure import boxes

    inside = "box page child_contexts blocks floats blocks_and_cells"
    return {
        document.Page.paint: "self stream scale",
        draw.draw_inline_level: "stream page box offset_x text_overflow block_ellipsis",
        draw.draw_text: "stream textbox offset_x text_overflow block_ellipsis",
        draw.draw_background: "stream background clip_box bleed marks",
        border.draw_border: "stream box",
        border.set_mask_border: "stream box",
        boxes.ParentBox.copy_with_children: "self new_children",
        pydyf._to_bytes: "item",  # noqa: SLF001
        stacking._dispatch: inside,  # noqa: SLF001
        stacking._dispatch_children: inside,  # noqa: SLF001
    }


def _expect_references() -> Mapping[Any, str]:
    import pydyf
    from weasyprint.matrix import Matrix

    return {
        pydyf.PDF.page_references.fget: "self",
        Matrix.transform_point: "self x y",
    }


def _expect_fonts() -> Mapping[Any, str]:
    from weasyprint.pdf import fonts

    return {
        fonts.Font.__init__: "self pango_font description font_size",
        fonts.Font.subset: "self to_unicode hinting",
        fonts.get_hb_object_data: "hb_object ot_color glyph",
        fonts.build_fonts_dictionary: "pdf fonts compress subset options",
    }


def _expect_objects() -> Mapping[Any, str]:
    import pydyf

    return {pydyf.Object.__init__: "self", pydyf.Object.reference.fget: "self"}


SPEEDUPS: Mapping[str, Speedup] = {
    "parsing": Speedup(_expect_parsing, _parsing),
    "styles": Speedup(_expect_styles, _styles),
    "pages": Speedup(_expect_pages, _pages),
    "margins": Speedup(_expect_margins, _margins),
    "leaving": Speedup(_expect_leaving, _leaving),
    "flow": Speedup(_expect_flow, _flow),
    "percentages": Speedup(_expect_percentages, _percentages),
    "struts": Speedup(_expect_struts, _struts),
    "backgrounds": Speedup(_expect_backgrounds, _backgrounds),
    "painting": Speedup(_expect_painting, _painting),
    "references": Speedup(_expect_references, _references),
    "fonts": Speedup(_expect_fonts, _fonts),
    "objects": Speedup(_expect_objects, _objects),
}
"""By the name that ``PUBLISHER_PLAIN`` knows."""
