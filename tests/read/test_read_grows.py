"""Law: no text makes the work grow faster than n log n."""

from __future__ import annotations

import time

import pytest

from tests.read.hard import HARD, work

TIMES = 4
FASTER = 1.8
"""So much faster than the text the work may grow: n log n, and a busy machine."""
NOTICED = 0.15
"""Seconds of the processor from which a stage's growth can be told from chance."""


def grew(small: dict[str, float], large: dict[str, float]) -> list[str]:
    """The stages whose work grew faster than their text, which grew `TIMES`."""
    return [
        f"{stage}: {small[stage]:.3f} s, then {took:.3f} s"
        for stage, took in large.items()
        if took > max(NOTICED, TIMES * FASTER * small[stage])
    ]


@pytest.mark.parametrize("name", HARD)
def test_the_work_for_a_hard_text_grows_no_faster_than_n_log_n(name: str) -> None:
    make, size = HARD[name]
    assert grew(work(make(size // TIMES)), work(make(size))) == []


def test_work_that_grows_with_the_square_is_told() -> None:
    def compared(count: int) -> dict[str, float]:
        began = time.process_time()
        assert sum(one == other for one in range(count) for other in range(count))
        return {"compared": time.process_time() - began}

    assert grew(compared(700), compared(700 * TIMES)) != []
