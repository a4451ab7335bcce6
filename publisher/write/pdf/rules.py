"""What can be wrong with a PDF as it is written (family W)."""

from __future__ import annotations

from publisher.diagnostics import Rule, Severity, Words
from publisher.render.voices import MISSING_GLYPH

OTHER_FACE = Rule(
    "W002",
    "other-face",
    Severity.ERROR,
    Words(
        "版面上混进了字体表以外的字体，那里的字形、宽窄都不对。",
        "A face that the table of fonts does not name got onto the page; its "
        "characters have other forms and widths than the rest.",
    ),
    "a generated word with a character that none of the faces has",
    Words(
        "为所列的字换一副收有它的字体。", "Find a face that has the characters named."
    ),
)
LAYOUT_ENGINE = Rule(
    "W003",
    "layout-engine",
    Severity.WARNING,
    Words(
        "排版引擎对样式或内容有所不满；版面可能与设计不符。",
        "The layout engine complained about the style sheet or the content; the page "
        "may not be what was designed.",
    ),
    "a style sheet of the book's own with a property that the engine does not know",
    Words("检查本书自己的 templates/。", "Look through the book's own templates/."),
)
BLOCKED_FETCH = Rule(
    "W004",
    "blocked-fetch",
    Severity.ERROR,
    Words(
        "模板要取书外的文件或网址；本工具只读本书和自带的文件。",
        "A template asked for a file or an address outside the book; only the files of "
        "the book and of the tool are ever read.",
    ),
    'a template of the book\'s own with <img src="https://…">',
    Words(
        "把所需文件放进本书文件夹，用相对路径引用。",
        "Put the file into the book's folder and refer to it by a relative path.",
    ),
)

RULES: tuple[Rule, ...] = (MISSING_GLYPH, OTHER_FACE, LAYOUT_ENGINE, BLOCKED_FETCH)
