"""Variables of the environment that a build hears, held against what they may be."""

from __future__ import annotations

from publisher import plain
from publisher.cache import limit
from publisher.diagnostics import Problem, Words

MISUSE = 2


def must_be_right() -> None:
    """See that they say something that is understood.

    Raises:
        Problem: 2, one does not; nothing has been made yet.
    """
    if strange := plain.unknown():
        message = _STRANGE.fill(words=" ".join(strange))
        raise Problem(MISUSE, message, _KNOWN.fill(words=" ".join(plain.SWITCHES)))
    limit()


_STRANGE = Words(
    "环境变量 PUBLISHER_PLAIN 里没有这样的开关：{words}",
    "PUBLISHER_PLAIN names no such switch: {words}",
)
_KNOWN = Words("可用的有：{words}", "known: {words}")
