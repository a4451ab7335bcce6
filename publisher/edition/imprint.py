"""What a book should say of itself and does not."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.book import Book
from publisher.diagnostics import NOTHING, Diagnostic, Rule, Severity, Words

UNNAMED = Rule(
    "E006",
    "unnamed-publisher",
    Severity.NOTE,
    Words(
        "没有写编印单位，封面、扉页和版权页上印着“〔编印单位〕”，付印前要填上。",
        "The book does not say who publishes it: 〔编印单位〕 stands on the cover, the "
        "title page and the imprint, and is to be filled in before it is printed.",
    ),
    "",
    Words(
        '在 book.toml 的 [book] 下加一行：\n  publisher = "编印单位的名称"',
        "Add a line under [book] in book.toml:\n"
        '  publisher = "the name, as it is to be printed"',
    ),
)


def unnamed(book: Book) -> Iterator[Diagnostic]:
    """A note, where a book has nobody who publishes it; how to say it, if it can."""
    if not book.publisher:
        yield Diagnostic(UNNAMED, _UNNAMED, hint=NOTHING if book.bare else UNNAMED.cure)


_UNNAMED = Words(
    "没有写编印单位，印作“〔编印单位〕”",
    "nobody is named as its publisher: 〔编印单位〕 is printed",
)
