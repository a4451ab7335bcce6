from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from publisher.diagnostics import Diagnostic
from publisher.source import Source
from publisher.tree.nodes import (
    Collection,
    Document,
    Fixed,
    Marked,
    Node,
    Reference,
    Ruby,
    Strong,
    Text,
)
from publisher.tree.walk import children

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    """One ``## heading`` of a file of cases; ``--accept`` rewrites its results."""

    path: Path
    heading: str
    blocks: tuple[tuple[str, str], ...]
    accept: bool = False

    def __getitem__(self, name: str) -> str:
        return dict(self.blocks)[name]

    def expect(self, name: str, got: str) -> None:
        want = dict(self.blocks).get(name, "")
        if got != want and self.accept:
            text = self.path.read_text("utf-8")
            at = text.index(f"## {self.heading}\n")
            old, new = (f"```{name}\n{block}```" for block in (want, got))
            self.path.write_text(text[:at] + text[at:].replace(old, new, 1), "utf-8")
            return
        assert got == want


def cases() -> Iterator[tuple[Path, str, tuple[tuple[str, str], ...]]]:
    for path in sorted(CASES.glob("*.md")):
        text = path.read_text("utf-8")
        blocks = list(BLOCK.finditer(text))
        headings = [
            m
            for m in re.finditer(r"^## (.*)\n", text, re.MULTILINE)
            if not any(b.start() < m.start() < b.end() for b in blocks)
        ]
        ends = [m.start() for m in headings[1:]] + [len(text)]
        for m, end in zip(headings, ends, strict=True):
            own = [(b[1], b[2]) for b in blocks if m.start() < b.start() < end]
            yield path, m[1], tuple(own)


def show(collection: Collection) -> str:
    """The tree as lines: what each node is, its id, its own characters."""
    return "".join(f"{line}\n" for d in collection.documents for line in _lines(d, 0))


def complain(found: list[Diagnostic], source: Source) -> str:
    """Diagnostics as lines: the rule, its line and column, and its anchor."""
    out = ""
    for diagnostic in found:
        line, column = source.locate(max(diagnostic.span.start, 0))
        rule = diagnostic.rule
        out += f"{rule.code} {rule.name} {line}:{column} {diagnostic.where}".rstrip()
        out += "\n"
    return out


def _lines(node: Node, depth: int) -> Iterator[str]:
    own = "".join(map(_inline, (n for n in children(node) if _inner(n))))
    yield "  " * depth + " ".join(filter(None, (_name(node), own)))
    for child in children(node):
        if not _inner(child):
            yield from _lines(child, depth + 1)


def _inner(node: Node) -> bool:
    return isinstance(node, Text | Strong | Reference | Marked | Ruby | Fixed)


def _name(node: Node) -> str:
    ident = getattr(node, "id", "")
    kind = node.kind if isinstance(node, Document) else type(node).__name__.lower()
    return f"{kind} {ident}"


def _inline(node: Node) -> str:
    match node:
        case Text():
            return f"⟨{node.text}⟩"
        case Strong():
            return "strong" + "".join(map(_inline, node.inlines))
        case Marked():
            return f"{node.kind}[" + "".join(map(_inline, node.inlines)) + "]"
        case Ruby():
            inner = "".join(map(_inline, node.inlines))
            return f"ruby({node.reading})[{inner}]"
        case Fixed():
            return "fixed[" + "".join(map(_inline, node.inlines)) + "]"
        case Reference():
            law = f"《{node.law}》" if node.law else ""
            inner = "".join(map(_inline, node.inlines))
            return f"ref[{law}{' '.join(node.targets)}]{inner}"
        case _:
            return ""
