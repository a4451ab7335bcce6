"""What a citation of the document itself means: the ids of the provisions it names.

It is followed step by step from the provision that it stands in: 前款 and 本条 count
from there, 第二款 alone is of the same article, and each further target of a chain
keeps what it does not say anew (第三条第一款、第三款).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from publisher.read.references.provisions import (
    ARTICLE,
    PARA,
    POINT,
    SUB,
    Provision,
    Provisions,
)
from publisher.read.references.surfaces import Step, steps
from publisher.tree.nodes import Number

MAINLAND = {"条": ARTICLE, "條": ARTICLE, "款": PARA, "项": POINT, "項": POINT}
TAIWAN = {"条": ARTICLE, "條": ARTICLE, "项": PARA, "項": PARA, "款": POINT}

NEAR = 12
"""How many paragraphs back an item alone (第三项) is looked for."""


@dataclass(frozen=True, slots=True)
class Sense:
    """What a citation means.

    ``missing`` is the first step that finds nothing. ``last`` is the last target: 同条
    is its article, and 第二款 alone may go on from it.
    """

    targets: tuple[str, ...] = ()
    missing: Step | None = None
    last: Provision | None = None


def sense(  # noqa: PLR0913  (where it stands, and how it is said)
    surface: str,
    here: Provision,
    known: Provisions,
    last: Provision | None = None,
    *,
    own: bool = False,
    below: bool = False,
) -> Sense:
    """What a citation means.

    Args:
        surface: the citation, without the name of a law.
        here: the provision that it stands in.
        known: the provisions of the document.
        last: what was cited last in this article.
        own: it names the document (本法), and so not an annex or a 编.
        below: it goes on downwards from ``last``, as in 前条第二款所列第一项.
    """
    found = steps(surface)
    walk = _walked(_Walk(here, last, known, own=own), found, below=below)
    if walk.missing and any(s.manner == "back" and s.unit in "条條" for s in found):
        older = _Walk(here, last, known, own=own, older=True)
        if not _walked(older, found, below=below).missing:
            walk = older
    ids = tuple(dict.fromkeys(one.id for one in walk.targets))
    return Sense(ids, walk.missing, walk.last)


def _walked(walk: _Walk, found: Sequence[Step], *, below: bool) -> _Walk:
    """A walk after all its steps."""
    if below and walk.last:
        walk.path.append((walk.last.level, [walk.last]))
    for step in found:
        walk.go(step)
    walk.take()
    return walk


@dataclass(slots=True)
class _Walk:
    """The steps so far: ``path`` has for each level said what it found."""

    here: Provision
    last: Provision | None
    known: Provisions
    own: bool = field(kw_only=True)
    older: bool = field(default=False, kw_only=True)
    """Whether 前条 passes over 第三条之一, which was put in later, to 第三条."""
    path: list[tuple[int, list[Provision]]] = field(default_factory=list)
    targets: list[Provision] = field(default_factory=list)
    reached: Provision | None = None
    """The last target, from which a range may go on."""
    spanning: bool = False
    missing: Step | None = None

    def go(self, step: Step) -> None:
        """Follow one more step."""
        if step.joint:
            self.take()
            self.spanning = step.joint == "to"
        if step.manner != "number":
            self.path = []
        level = self._level(step)
        while self.path and self.path[-1][0] >= level:
            self.path.pop()
        lost = bool(self.path) and not self.path[-1][1]
        found = self._found(step, level)
        if not (found or lost or self.missing):
            self.missing = step
        self.path.append((level, found))

    def take(self) -> None:
        """The steps since the last joint are one target, or the end of a range."""
        found = self.path[-1][1] if self.path else []
        if found and self.spanning and self.reached:
            self.targets += self.known.between(self.reached, found[0])
        self.targets += found
        self.reached = found[-1] if found else None
        self.last = self.reached or self.last
        self.spanning = False

    def _level(self, step: Step) -> int:
        units = TAIWAN if self.known.taiwan else MAINLAND
        level = units.get(step.unit, SUB)
        if step.manner == "back" and level == POINT and not self._in_list(step):
            return PARA
        return level

    def _in_list(self, step: Step) -> bool:
        """Whether 前项 can mean an item: in a list, or of several, or in Taiwan."""
        inside = self.here.level >= POINT
        return inside or step.number[0] > 1 or self.known.taiwan

    def _found(self, step: Step, level: int) -> list[Provision]:
        match step.manner:
            case "back":
                return self._back(step.number[0], level)
            case "here":
                return _one(self.here.up(level))
            case "same":
                return _one(self.last and self.last.up(level))
            case "number" if level == ARTICLE:
                scopes = self.here.scopes
                scopes = ("", *scopes) if self.own else (*scopes, "")
                return _one(self.known.article(step.number, scopes))
            case "number" if self.path:
                bases, key = self.path[-1][1], (level, step.number)
                return [one for base in bases if (one := base.numbered.get(key))]
            case "number":
                return _one(self._beside(level, step.number))

    def _back(self, count: int, level: int) -> list[Provision]:
        """前条, 前两款: none of them unless all are there."""
        at = self.here.up(level)
        if at and level == ARTICLE:
            found = self.known.preceding(at, count, older=self.older)
        elif at:
            found = at.before(count)
        else:
            found = self._list_before() if level == POINT else []
        return found if len(found) == count else []

    def _list_before(self) -> list[Provision]:
        """The items of the paragraph before this one."""
        at = self.here.up(PARA)
        before = at.before(1) if at else []
        return before[0].inside if before else []

    def _beside(self, level: int, number: Number) -> Provision | None:
        """第二款, 第三项 alone: of the place itself, of what is before it, or cited."""
        at: Provision | None = self.here
        while at and at.level >= level:
            at = at.parent
        near = _one(at)
        if level == POINT and at and at.parent:
            near += [*reversed(at.before(NEAR)), at.parent]
        cited = self.last
        while cited and cited.level >= level:
            cited = cited.parent
        near += _one(cited)
        found = (one.numbered.get((level, number)) for one in near)
        return next((one for one in found if one), None)


def _one(found: Provision | None) -> list[Provision]:
    return [found] if found else []
