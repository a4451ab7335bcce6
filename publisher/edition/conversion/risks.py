"""What makes the choice of a character risky: the ways of choosing disagree.

OpenCC alone, the edges of words, and the statutes of Taiwan are asked; and a character
that was often found wrong is doubted where it got its default. The spelling of the
house is no risk.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from publisher.edition.conversion.converter import Trace
from publisher.edition.conversion.layers import text_of
from publisher.edition.conversion.matcher import Match
from publisher.patterns import pattern

RISKY = frozenset("系准制复采发里签冲历谷干周斗只钟奸折征")
"""Characters whose default was found wrong in laws more than once."""
QUEEN = pattern("后(?=[妃宫土冠羿稷])|(?<=[皇太王母天封立废影])后")
"""后 is 後 so often that it is doubted only beside such words."""
ALIKE = str.maketrans(
    "佈佔臺檯羣衆麪喫祕覈峯鑒瞭僱註託滙濕煙菸裏爲着週徑廻週汙卹毀燬",
    "布占台台群眾麵吃秘核峰鑑了雇注托匯溼烟烟裡為著周逕回周污恤毀毀",
)
"""Forms and spellings that are no different choice."""


@dataclass(frozen=True, slots=True)
class Doubts:
    """A run's conversion, with what was kept from it and what statutes would write."""

    trace: Trace
    blocked: Mapping[int, Match]
    """The longest phrase that an edge kept from matching, over each character."""
    statutes: Mapping[int, str]

    def why(self, at: int) -> Iterator[str]:
        """What makes the choice at an offset risky; nothing, if nothing does."""
        trace = self.trace
        choice, chosen = trace.choices[at], trace.text[at]
        if choice.by == "spelling":
            return
        match = self.blocked.get(at)
        if match and not _same(match.value[at - match.start], chosen):
            yield f"edge blocked {_parted(trace, match)}"
        if not _same(trace.plain[at], chosen):
            yield f"OpenCC {trace.plain[at]}"
        said = self.statutes.get(at, chosen)
        if not _same(said[0], chosen):
            yield f"statutes {said}"
        if choice.by in ("default", "pattern") and _risky(trace.source, at):
            yield choice.by


def doubts(trace: Trace, *, taiwan: bool) -> Doubts:
    """What is doubtful in a run; ``taiwan`` asks the statutes as well."""
    statutes = dict(_statutes(trace.source, trace.edges)) if taiwan else {}
    return Doubts(trace, _blocked(trace), statutes)


def _risky(text: str, at: int) -> bool:
    return text[at] in RISKY or bool(QUEEN.match(text, at))


def _same(one: str, other: str) -> bool:
    return one == other or one.translate(ALIKE) == other.translate(ALIKE)


def _parted(trace: Trace, match: Match) -> str:
    """A blocked phrase and the rest of the word it cuts: 断发|行 in 判断发行."""
    phrase = trace.source[match.start : match.end]
    if not trace.edges[match.end]:
        after = trace.source[match.end : trace.edges.find(1, match.end)]
        return f"{phrase}|{after}"
    start = max(trace.edges.rfind(1, 0, match.start + 1), 0)
    return f"{trace.source[start : match.start]}|{phrase}"


def _blocked(trace: Trace) -> dict[int, Match]:
    """The longest phrase that was blocked over each character."""
    out: dict[int, Match] = {}
    for match in sorted(trace.blocked, key=lambda match: match.size):
        out.update(dict.fromkeys(range(match.start, match.end), match))
    return out


@dataclass(frozen=True, slots=True)
class _Context:
    """Characters of Taiwan's statutes, one of which tells how it is written there."""

    at: int
    form: str
    seen: str


def _statutes(text: str, edges: bytearray) -> Iterator[tuple[int, str]]:
    """What Taiwan's statutes write where they say the same: offset, form and how often.

    Used to flag, never to choose: they say 编制 of budgets, 製; mainland laws do not.
    """
    contexts, lengths = _contexts()
    for start in range(len(text) - 1):
        for size in lengths.get(text[start : start + 2], ()):
            words = text[start : start + size]
            if (found := contexts.get(words)) and len(words) == size:
                end = start + size
                if (edges[start] and edges[end]) or edges.find(1, start + 1, end) < 0:
                    said = f"{found.form} {words} {found.seen}"
                    yield start + found.at, said


@cache
def _contexts() -> tuple[dict[str, _Context], dict[str, Sequence[int]]]:
    contexts: dict[str, _Context] = {}
    lengths: dict[str, set[int]] = {}
    for line in text_of("taiwan-contexts").splitlines():
        if line.startswith("#"):
            continue
        words, at, form, seen, whole = line.split("\t")
        contexts[words] = _Context(int(at), form, f"{seen}/{whole}")
        lengths.setdefault(words[:2], set()).add(len(words))
    return contexts, {head: sorted(found) for head, found in lengths.items()}
