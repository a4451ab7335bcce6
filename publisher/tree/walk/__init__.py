"""Go through a tree, or make a changed copy of one.

This package alone knows the children of every node. A new kind of node fails type
checking here, and nowhere else, until it has been given its case.
"""

from __future__ import annotations

from publisher.tree.walk.changed import ChangeLabel, ChangeRun, map_document
from publisher.tree.walk.inside import (
    children,
    ink,
    labels,
    owners,
    plain,
    runs,
    texts,
    texts_of,
    walk,
)
from publisher.tree.walk.settled import Numbered, Settling, settle
from publisher.tree.walk.stretches import (
    Enclose,
    cut_text,
    enclose,
    map_texts,
    readings,
    slice_run,
    spoken,
)
from publisher.tree.walk.whole import pieces, restore

__all__ = [
    "ChangeLabel",
    "ChangeRun",
    "Enclose",
    "Numbered",
    "Settling",
    "children",
    "cut_text",
    "enclose",
    "ink",
    "labels",
    "map_document",
    "map_texts",
    "owners",
    "pieces",
    "plain",
    "readings",
    "restore",
    "runs",
    "settle",
    "slice_run",
    "spoken",
    "texts",
    "texts_of",
    "walk",
]
