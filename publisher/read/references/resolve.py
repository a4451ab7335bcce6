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

MAINLAND = {"条": ARTICLE, "條": ARTICLE, "款": PARA, "项": POINT, "項": POINT}
TAIWAN = {"条": ARTICLE, "條": ARTICLE, "项": PARA, "項": PARA, "款": POINT}


@dataclass(frozen=True, slots=True)
class Sense:
    """What a citation means.

    ``missing`` is the first step that finds nothing, ``within`` where it was looked
    for. ``last`` is the article that the last target is of: what 同条 means after it.
    """

    targets: tuple[str, ...] = ()
    missing: Step | None = None
    within: Provision | None = None
    last: Provision | None = None


def sense(
    surface: str,
    here: Provision | None,
    known: Provisions,
    *,
    own: bool,
    last: Provision | None = None,
) -> Sense:
    """What a citation means that stands in a provision.

    Args:
        surface: the citation, without the name of a law.
        here: the provision that it stands in.
        known: the provisions of the document.
        own: whether it names the document (本法), and so not an annex or a 编.
        last: the article that was cited last, for 同条.
    """
    walk = _Walk(here, last, known, own=own)
    for step in steps(surface):
        walk.go(step)
    walk.take()
    ids = tuple(dict.fromkeys(one.id for one in walk.targets))
    return Sense(ids, walk.missing, walk.within, walk.last)


@dataclass(slots=True)
class _Walk:
    """The steps so far: ``path`` has for each level said what it found."""

    here: Provision | None
    last: Provision | None
    known: Provisions
    own: bool = field(kw_only=True)
    path: list[tuple[int, list[Provision]]] = field(default_factory=list)
    targets: list[Provision] = field(default_factory=list)
    reached: Provision | None = None
    """The last target, from which a range may go on."""
    spanning: bool = False
    missing: Step | None = None
    within: Provision | None = None

    def go(self, step: Step) -> None:
        """Follow one more step."""
        if step.joint:
            self.take()
            self.spanning = step.joint == "to"
        if step.manner != "number":
            self.path = self.path if self._below_here(step) else []
        level = self._level(step)
        while self.path and self.path[-1][0] >= level:
            self.path.pop()
        bases = self.path[-1][1] if self.path else []
        found = self._found(step, level, bases)
        if not found and not (self.path and not bases) and not self.missing:
            self.missing = step
            self.within = bases[0] if bases else self._article()
        self.path.append((level, found))

    def take(self) -> None:
        """The steps since the last joint are one target, or the end of a range."""
        found = self.path[-1][1] if self.path else []
        if found and self.spanning and self.reached:
            self.targets += self.known.between(self.reached, found[0])
        self.targets += found
        self.reached = found[-1] if found else None
        self.last = (self.reached and self.reached.up(ARTICLE)) or self.last
        self.spanning = False

    def _level(self, step: Step) -> int:
        units = TAIWAN if self.known.taiwan else MAINLAND
        level = units.get(step.unit, SUB)
        if step.manner == "back" and level == POINT and not self._in_list(step):
            return PARA
        return level

    def _in_list(self, step: Step) -> bool:
        """Whether 前项 can mean an item: in a list, or of several, or in Taiwan."""
        inside = self.here and self.here.level >= POINT
        return bool(inside or step.number[0] > 1 or self.known.taiwan)

    def _below_here(self, step: Step) -> bool:
        """Whether a step goes on from 本条, as in 本条前两款."""
        return bool(self.path) and step.manner == "back" and not step.joint

    def _article(self) -> Provision | None:
        return self.here.up(ARTICLE) if self.here else None

    def _found(
        self, step: Step, level: int, bases: Sequence[Provision]
    ) -> list[Provision]:
        match step.manner:
            case "back":
                return self._back(step.number[0], level)
            case "here":
                at = self.here.up(level) if self.here else None
                return [at] if at else []
            case "same":
                at = self.last.up(level) if self.last else None
                return [at] if at else []
            case "number" if level == ARTICLE:
                article = self.known.article(step.number, self._scopes())
                return [article] if article else []
            case "number" if self.path:
                found = (base.numbered.get((level, step.number)) for base in bases)
                return [one for one in found if one]
            case "number":
                one = self._beside(step, level)
                return [one] if one else []

    def _scopes(self) -> tuple[str, ...]:
        """The parts whose articles a number may mean, the likeliest first."""
        scopes = self.here.scopes if self.here else ()
        return ("", *scopes) if self.own else (*scopes, "")

    def _back(self, count: int, level: int) -> list[Provision]:
        """前条, 前两款: none of them unless all are there."""
        at = self.here.up(level) if self.here else None
        if at and level == ARTICLE:
            found = self.known.preceding(at, count)
        elif at:
            found = at.before(count)
        else:
            found = self._list_before(count) if level == POINT else []
        return found if len(found) == count else []

    def _list_before(self, count: int) -> list[Provision]:
        """The items of the paragraph before this one, where they are so many."""
        at = self.here.up(PARA) if self.here else None
        found = at.before(1)[0].inside if at and at.before(1) else []
        return found if len(found) == count else []

    def _beside(self, step: Step, level: int) -> Provision | None:
        """第二款, 第三项 without more: of the place itself, or of what is before it."""
        key = (level, step.number)
        at = self.here
        while at and at.level >= level:
            at = at.parent
        near = [at] if at else []
        if level == POINT and at and at.parent:
            near += [*reversed(at.before(at.place)), at.parent]
        found = (one.numbered.get(key) for one in near)
        return next((one for one in found if one), None)
