"""A collection as the files it was read from."""

from __future__ import annotations

from collections.abc import Iterator

from publisher.tree.nodes import (
    Collection,
    Layout,
    Text,
)
from publisher.tree.walk.inside import texts


def pieces(collection: Collection) -> Iterator[Text | Layout]:
    """Every piece of source text that the collection holds, in no order."""
    yield from collection.layout
    for document in collection.documents:
        yield from texts(document)


def restore(collection: Collection, files: int) -> tuple[str, ...]:
    """The text of each file, put together again from the tree alone.

    Raises:
        ValueError: a stretch of a file is missing, or is there twice.
    """
    out: list[list[str]] = [[] for _ in range(files)]
    reached = [0] * files
    held = (piece for piece in pieces(collection) if piece.span.file >= 0)
    for piece in sorted(held, key=lambda piece: piece.span):
        span = piece.span
        if span.start != reached[span.file]:
            raise ValueError(f"file {span.file}: {reached[span.file]} … {span.start}")
        out[span.file].append(piece.text)
        reached[span.file] = span.end
    return tuple("".join(parts) for parts in out)
