"""tree → tree: works of the book, selection, the editor's notes, quotes, script.

`publisher.edition.preparing` does it; it is loaded when a book is prepared, so that a
line can be converted without it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from publisher.edition.lines import convert

if TYPE_CHECKING:
    from publisher.book import Book, Edition
    from publisher.diagnostics import Report
    from publisher.edition.prepared import Prepared
    from publisher.tree.nodes import Collection

__all__ = ["convert", "prepare"]


def prepare(
    collection: Collection, book: Book, edition: Edition, report: Report
) -> Prepared:
    """One edition of a book, ready to be rendered.

    Raises:
        Problem: (3) the edition selects an id that is not in the book; (5) another
            package has taken the place of OpenCC.
    """
    from publisher.edition import preparing

    return preparing.prepare(collection, book, edition, report)
