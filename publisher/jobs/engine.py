"""Where work is done: an engine takes work and gives answers, in any order."""

from __future__ import annotations

import gc
import signal
from collections.abc import Iterable
from typing import Protocol

from publisher import remembered
from publisher.jobs.work import Answer, Task, Work, do


class Engine(Protocol):
    """Workers of one kind."""

    @property
    def capacity(self) -> int:
        """How much work may be under way."""

    @property
    def at_hand(self) -> bool:
        """Whether it is in this process, where values need no bytes."""

    def submit(self, work: Work) -> None:
        """Have something done; there is room for it."""

    def finished(self) -> Iterable[tuple[Work, Answer]]:
        """What is done by now; waits until something is."""

    def rest(self) -> None:
        """Put things in order: nobody waits for anything now."""

    def close(self) -> None:
        """End all workers, whatever they do."""


INTERRUPTS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
"""What ends a build early; a worker ends with its parent, by ``kill``."""


def _collect() -> None:
    """Let go of the last output: a laid-out book is full of circles.

    Objects that end run code of theirs, and an interrupt that comes in it is lost; so
    interrupts wait until it is over.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, INTERRUPTS)
    try:
        gc.collect()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _make_room() -> None:
    """Let go of what was kept longest, if there is much; once a turn is enough."""
    from publisher.jobs.workers import LARGE, resident, tidy
    from publisher.write.pdf.kept import let_go

    if resident() > LARGE:
        let_go()
        tidy()


OFTEN = 8
"""So many outputs are made one after the other, without a rest between them."""


class Here:
    """Does the work in this process, when it is waited for.

    While watching it collects when it rests, for it takes half a second with a long
    book on the desk, and somebody types.
    """

    capacity = 1
    at_hand = True

    def __init__(self) -> None:
        """Nothing to do yet."""
        self.work: Work | None = None
        self.warm = False
        self.made = 0
        """Outputs since it last collected; what reading leaves has no circles."""

    def submit(self, work: Work) -> None:
        """Remember what to do."""
        self.work = work

    def finished(self) -> Iterable[tuple[Work, Answer]]:
        """Do it now."""
        work, self.work = self.work, None
        if work:
            self.warm = work.warm
            if self.made and not self.warm:
                self.made = 0
                _collect()
            yield work, do(work)
            self.made += isinstance(work, Task)
            if self.warm and self.made >= OFTEN:  # who waits has the answer now
                self.rest()

    def rest(self) -> None:
        """Let go of what is not needed, if something was made."""
        if self.made:
            self.made = 0
            _collect()
            _make_room()

    def close(self) -> None:
        """Forget what was to be done, and what was kept."""
        self.work = None
        if self.warm:
            from publisher.write.pdf.kept import forget

            forget()
            remembered.forget()
