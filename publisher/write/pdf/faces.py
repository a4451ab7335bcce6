"""The fonts that a document is laid out with, let go when it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import finalize

from publisher.typeset import as_written_for

if TYPE_CHECKING:
    from weasyprint.text.fonts import FontConfiguration


def configuration() -> FontConfiguration:
    """The fonts of this machine, as WeasyPrint knows them.

    Pango 1.50 never lets go of the list of fonts that a font map was given: 0.3 MB for
    each document, or 80 MB in a worker that makes 300. So it is taken away again.
    """
    from weasyprint.text.fonts import FontConfiguration

    made = FontConfiguration()
    if as_written_for():
        finalize(made, _let_go, made.font_map).atexit = False
    return made


def _let_go(font_map: Any) -> None:  # noqa: ANN401  (a pointer)
    from weasyprint.text.ffi import ffi, pangoft2

    pangoft2.pango_fc_font_map_set_config(
        ffi.cast("PangoFcFontMap *", font_map), ffi.NULL
    )
