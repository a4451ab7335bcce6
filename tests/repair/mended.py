"""Read and repair a text that stands in a test."""

from __future__ import annotations

from dataclasses import dataclass

from publisher.book import Decision
from publisher.diagnostics import Diagnostic
from publisher.read import decode, read
from publisher.repair import repair
from publisher.source import Source
from publisher.tree import walk
from publisher.tree.nodes import Collection, Identified, Node, Repair


def unheard(_: Diagnostic) -> None:
    """A report that nobody reads."""


@dataclass(frozen=True)
class Mended:
    source: Source
    read: Collection
    collection: Collection
    found: tuple[Diagnostic, ...]

    def records(self, rule: str) -> list[Repair]:
        return [r for r in self.collection.repairs if r.rule == rule]

    def node(self, where: str) -> Node:
        document_id, _, node_id = where.partition(".")
        for document in self.collection.documents:
            if document.id == document_id:
                for node in walk.walk(document):
                    wanted = node_id or document_id
                    if isinstance(node, Identified) and node.id == wanted:
                        return node
        raise LookupError(where)

    def words(self, where: str) -> str:
        return walk.ink(self.node(where))

    def names(self) -> list[str]:
        """The rules of family P that spoke, in order."""
        return [d.rule.name for d in self.found if d.rule.code[0] == "P"]


def mend(text: str | bytes, *decisions: Decision) -> Mended:
    raw = text if isinstance(text, bytes) else text.encode()
    source = decode("page.md", raw, unheard)
    collection = read((source,), unheard)
    found: list[Diagnostic] = []
    repaired = repair(collection, decisions, found.append)
    return Mended(source, collection, repaired, tuple(found))


def accept(where: str, before: str, after: str, rule: str = "editor") -> Decision:
    return Decision("accept", rule, where, before, after, "据原报核对")


def reject(where: str, before: str, rule: str) -> Decision:
    return Decision("reject", rule, where, before, "", "原文如此")
