from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

from publisher.read import read
from publisher.source import Source, Span
from publisher.tree.walk import texts

HALVES = {"reg": 99, "qa": 119}
"""The lines at which the page itself cuts its two long documents."""


@dataclass(frozen=True)
class Truth:
    """The page's lines, and which document and seam each belongs to."""

    lines: tuple[str, ...]
    documents: dict[str, tuple[int, ...]]
    joins: frozenset[tuple[int, int]]
    splits: frozenset[int]


@dataclass(frozen=True)
class Result:
    missed: frozenset[tuple[int, int]]
    invented: frozenset[tuple[int, int]]
    strays: tuple[int, ...]
    documents: int

    @property
    def exact(self) -> bool:
        return not (self.missed or self.invented or self.strays)


def truth(shared: Path) -> Truth:
    data = json.loads((shared / "seed" / "reading-order.json").read_text("utf-8"))
    documents = {
        d["id"]: tuple(n for block in d["blocks"] for n in block["lines"])
        for d in data["documents"]
    }
    joins = {(j["left"], j["right"]) for d in data["documents"] for j in d["joins"]}
    page = (shared / "seed" / "page.md").read_text("utf-8")
    splits = frozenset(split["line"] for split in data["splits"])
    return Truth(tuple(page.split("\n")), documents, frozenset(joins), splits)


def deal(known: Truth, order: Sequence[int]) -> Result:
    """Read the page's lines in another order, and compare with the truth."""
    text = "\n\n".join(known.lines[number - 1] for number in order) + "\n"
    source = Source("page.md", text)
    collection = read([source], lambda _: None)
    numbers = dict(zip(range(1, 2 * len(order), 2), order, strict=True))

    def line(span: Span) -> int:
        return numbers[source.locate(span.start)[0]]

    joins = {(line(j.left), line(j.right)) for j in collection.joins}
    owner = {n: name for name, lines in known.documents.items() for n in lines}
    held = {
        (line(text.span), index)
        for index, document in enumerate(collection.documents)
        for text in texts(document)
        if text.text.strip()
    }
    match: dict[str, int] = {}
    for (name, index), _ in Counter((owner[n], i) for n, i in held).most_common():
        if name not in match and index not in match.values():
            match[name] = index
    strays = sorted(n for n, index in held if match.get(owner[n]) != index)
    return Result(
        known.joins - joins,
        frozenset(joins - known.joins),
        tuple(strays),
        len(collection.documents),
    )


def whole_orders(known: Truth) -> Iterator[list[int]]:
    """The four documents one after another, in every order."""
    for names in permutations(known.documents):
        yield [n for name in names for n in known.documents[name]]


def half_orders(known: Truth) -> Iterator[list[int]]:
    """The two long ones cut where the page cuts them, all parts in every order."""
    parts: dict[tuple[str, int], tuple[int, ...]] = {}
    for name, lines in known.documents.items():
        at = lines.index(HALVES[name]) if name in HALVES else len(lines)
        parts[name, 0] = lines[:at]
        if lines[at:]:
            parts[name, 1] = lines[at:]
    for keys in permutations(parts):
        if all(keys.index((name, 0)) < keys.index((name, 1)) for name in HALVES):
            yield [n for key in keys for n in parts[key]]


def riffle(known: Truth, seed: int, block: int) -> list[int]:
    """Runs of about ``block`` paragraphs taken from the documents in turn."""
    chance = random.Random(seed)  # noqa: S311  (a shuffle that can be repeated)
    left = {name: list(lines) for name, lines in known.documents.items()}
    order: list[int] = []
    while left:
        name = chance.choice(sorted(left))
        size = max(1, int(chance.expovariate(1 / block)))
        order += left[name][:size]
        left[name] = left[name][size:]
        left = {name: lines for name, lines in left.items() if lines}
    return order
