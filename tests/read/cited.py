"""What the truth files say that citations mean, as ids; and what reading makes of them.

A truth reference says where it stands (``in``, ``para``, ``item``) and its targets by
printed numbers. They become ids of the truth's own nodes, written as publisher writes
them (``art-24/para-1/item-2`` → ``art_24__para_1__point_2``):

* ``art`` ``zhi`` ``para`` ``item`` ``sub`` go down from the article; an item without a
  paragraph is looked for in the article's paragraphs in order;
* ``relative`` 前 with ``unit`` and ``count``: so many before the place itself;
* ``relative`` 本條: the article of the place, 本款: its paragraph, and where that has
  no such item the paragraphs before it, the nearest first;
* ``range_from_previous``: all that stands between, in the truth's order.

Left out, because they have no right id to compare with: references to another law;
those whose target the truth's own nodes do not have; those in nodes it calls uncertain.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from publisher.read import decode, read
from publisher.tree.dump import outline

Json: TypeAlias = dict[str, Any]
Cited: TypeAlias = tuple[str, str]
"""The article that a citation stands in, and its surface from 第, 前 or 本 on."""
SPACE = re.compile(r"[\s\u200b]+")
NAME = re.compile(r"^.*?(?=第|前|本[条條款項项])")


@dataclass(frozen=True)
class Compared:
    """One file: what truth and reading say of each citation, in reading order."""

    name: str
    wanted: dict[Cited, list[frozenset[str] | None]]
    """None where the truth has no id to compare with."""
    found: dict[Cited, list[frozenset[str]]]

    def counts(self) -> Counter[str]:
        """How many citations are wanted, read, and resolve to the right ids."""
        out: Counter[str] = Counter()
        for cited, wanted in self.wanted.items():
            found = self.found.get(cited, [])
            out["surfaces"] += min(len(wanted), len(found))
            out["wanted"] += len(wanted)
            for at, ids in enumerate(wanted):
                if ids is not None:
                    out["with targets"] += 1
                    out["right"] += at < len(found) and found[at] == ids
        out["read"] = sum(map(len, self.found.values()))
        return out

    def wrong(self) -> Iterator[str]:
        """Each citation whose ids differ, with both readings."""
        for cited, wanted in self.wanted.items():
            found = self.found.get(cited, [])
            for at, ids in enumerate(wanted):
                got = found[at] if at < len(found) else None
                if ids is not None and got != ids:
                    yield f"{self.name} {cited}: {sorted(ids)} {got and sorted(got)}"


def compare(shared: Path) -> Iterator[Compared]:
    """Each development file whose truth has items, read and set beside its truth."""
    corpus = shared / "corpus"
    for path in sorted((corpus / "truth").glob("*.json.gz")):
        truth = json.loads(gzip.decompress(path.read_bytes()))
        if truth["granularity"] == "item":
            raw = (corpus / truth["input"]).read_bytes()
            yield Compared(path.name, _wanted(truth), _found(raw))


def _found(raw: bytes) -> dict[Cited, list[frozenset[str]]]:
    source = decode("law.md", raw, lambda _: None)
    shown = outline(read([source], lambda _: None), [source])
    out: defaultdict[Cited, list[frozenset[str]]] = defaultdict(list)
    for document in shown["documents"]:
        for reference in document["xrefs"]:
            inside = _bare(reference["in"].split("__point")[0])
            if inside.startswith("art_"):
                ids = frozenset(map(_bare, reference["targets"]))
                out[inside, _surface(reference["surface"])].append(ids)
    return out


def _wanted(truth: Json) -> dict[Cited, list[frozenset[str] | None]]:
    known = _Truth(truth["nodes"])
    out: defaultdict[Cited, list[frozenset[str] | None]] = defaultdict(list)
    for reference in truth["xrefs"]:
        inside = _id(reference["in"])
        ids = None if reference["law"] else known.ids(reference, inside)
        if inside not in known.uncertain:
            out[inside, _surface(reference["surface"])].append(ids)
    return out


def _surface(text: str) -> str:
    return NAME.sub("", SPACE.sub("", text), count=1).translate(
        str.maketrans("()", "（）")
    )


def _id(name: str) -> str:
    name = name.partition("@")[0].replace("art-", "art_").replace("-zhi-", "-")
    parts = [re.sub(r"^(para|item)-", r"\1_", part) for part in name.split("/")]
    level = iter(("point", "subpara", "indent", "indent"))
    return "__".join(re.sub("^item", lambda _: next(level), part) for part in parts)


def _bare(name: str) -> str:
    """An id without what stands before the article."""
    found = re.search(r"art_.*", name)
    return found[0] if found else name


class _Truth:
    """The truth's nodes by id, with what stands inside each, in order."""

    def __init__(self, nodes: list[Json]) -> None:
        self.ids_known: dict[str, None] = {}
        self.inside: defaultdict[str, list[str]] = defaultdict(list)
        self.uncertain = {_id(n["id"]) for n in nodes if n.get("uncertain")}
        for node in nodes:
            name = _id(node.get("id", ""))
            if node["type"] in {"article", "para", "item"} and name.startswith("art_"):
                if name not in self.ids_known:
                    self.inside[name.rpartition("__")[0]].append(name)
                self.ids_known[name] = None

    def ids(self, reference: Json, inside: str) -> frozenset[str] | None:
        """The ids a truth reference means; None where its nodes lack one of them."""
        out: list[str] = []
        for target in reference["targets"]:
            found = self._one(target, reference, inside)
            if target.get("range_from_previous") and out and found:
                found = self._between(out[-1], found[-1])
            if not found or any(name not in self.ids_known for name in found):
                return None
            out += found
        return frozenset(out)

    def _one(self, target: Json, reference: Json, inside: str) -> list[str]:
        para = f"{inside}__para_{reference['para']}"
        match target.get("relative"):
            case None:
                zhi = f"-{target['zhi']}" if target.get("zhi") else ""
                return self._below([f"art_{target['art']}{zhi}"], target)
            case "前":
                return self._below(self._back(target, reference, inside), target)
            case "本條":
                return self._below([inside], target)
            case _:
                near = [f"{inside}__para_{n}" for n in range(reference["para"], 0, -1)]
                found = [f"{p}__point_{target['item']}" for p in near]
                return [f for f in found if f in self.ids_known][:1] or [para + "__"]

    def _back(self, target: Json, reference: Json, inside: str) -> list[str]:
        count = target["count"]
        match target["unit"]:
            case "art":
                beside, at = self.inside[""], inside
            case "para":
                beside, at = self.inside[inside], f"{inside}__para_{reference['para']}"
            case _:
                para = f"{inside}__para_{reference['para']}"
                item = reference["item"][:1]
                at = f"{para}__point_{item[0]}" if item else ""
                beside = self.inside[para]
        if at not in beside:
            return []
        return beside[max(beside.index(at) - count, 0) : beside.index(at)]

    def _below(self, bases: list[str], target: Json) -> list[str]:
        for level, word in (("para", "para"), ("item", "point"), ("sub", "subpara")):
            if number := target.get(level):
                bases = [self._step(base, f"{word}_{number}") for base in bases]
        return bases

    def _step(self, base: str, step: str) -> str:
        if step.startswith("point") and "para" not in base:
            found = [f"{para}__{step}" for para in self.inside[base]]
            return next((f for f in found if f in self.ids_known), "")
        return f"{base}__{step}"

    def _between(self, first: str, last: str) -> list[str]:
        beside = self.inside[first.rpartition("__")[0]]
        if first not in beside or last not in beside:
            return []
        return beside[beside.index(first) + 1 : beside.index(last) + 1]
