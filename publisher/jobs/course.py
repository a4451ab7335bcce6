"""The course of a build: books are opened, read, made and closed, a few at a time.

Law: what is kept in mind does not grow with the number of books. A book is opened when
workers would have nothing to do otherwise; outputs that can be made come before books
that can be read; a book that is done is forgotten.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TypeAlias

from publisher import inputs
from publisher.cache import Cache, Wanted, pickled
from publisher.diagnostics import Diagnostic, Problem, Words
from publisher.jobs import known, manifest
from publisher.jobs.conversions import changed_since
from publisher.jobs.engine import Engine
from publisher.jobs.files import Busy, locked
from publisher.jobs.findings import found
from publisher.jobs.known import Facts, Pages
from publisher.jobs.placing import again, place
from publisher.jobs.plan import Entry, Job, Target
from publisher.jobs.results import (
    Built,
    Failure,
    Progress,
    Read,
    Result,
    Started,
    Unmade,
    Waiting,
)
from publisher.jobs.work import Answer, Made, ReadTask, Task, WasRead, Work
from publisher.pipeline import Reading

AHEAD = 2
"""How much work is kept ready for each worker."""
Done: TypeAlias = Built | Unmade


@dataclass(slots=True)
class _Open:
    """A book that is being made."""

    entry: Entry
    job: Job
    locks: ExitStack
    wanted: Wanted
    """Its reading."""
    why: Words | None = None
    read: known.Read | None = None
    tree: Reading | bytes = b""
    late: WasRead | None = None
    """What was read, to be kept when nobody waits any more."""
    asked: dict[Target, tuple[Wanted, Words]] = field(default_factory=dict)
    """The outputs that must be made, and why."""
    ended: dict[Target, tuple[Result | Failure, tuple[Diagnostic, ...]]] = field(
        default_factory=dict
    )
    held: list[Target] = field(default_factory=list)
    """The EPUBs that wait for the pages of their print."""
    printed: dict[str, Pages] = field(default_factory=dict)
    """Where the pages of printed editions begin, by edition."""
    given: dict[Target, Pages | None] = field(default_factory=dict)
    """The pages that an EPUB is made with, if they are known."""


class Course:
    """One build."""

    def __init__(  # noqa: PLR0913  (what a build is about)
        self,
        cache: Cache,
        engine: Engine,
        job: Callable[[Entry], Job],
        progress: Progress,
        patience: float,
        *,
        warm: bool = False,
    ) -> None:
        """Nothing is begun yet; ``job`` reads a book's settings when its turn comes.

        ``warm``: the same books will be built again by the same engine.
        """
        self.warm = warm
        self.unsettled = False
        """Whether something changed while it was read; it is nowhere in the cache."""
        self.cache = cache
        self.engine = engine
        self.job = job
        self.progress = progress
        self.patience = patience
        self.open: dict[int, _Open] = {}
        self.reads: deque[_Open] = deque()
        self.makes: deque[tuple[_Open, Target]] = deque()
        self.flying: dict[int, _Open] = {}

    def run(self, entries: Iterable[Entry]) -> Iterator[Done]:
        """Build all of them; each is given as soon as it is done."""
        todo = deque(entries)
        try:
            while todo or self.open:
                while todo and self._hungry():
                    busy = yield from self._begin(todo)
                    if busy:
                        break
                self._submit()
                if self.flying:
                    for work, answer in self.engine.finished():
                        yield from self._answered(work, answer)
        finally:
            for book in self.open.values():
                book.locks.close()

    def _hungry(self) -> bool:
        ready = len(self.makes) + len(self.reads) + len(self.flying)
        return ready < AHEAD * self.engine.capacity

    def _begin(self, todo: deque[Entry]) -> Generator[Done, None, bool]:
        """Open the next book; whether it must wait for another build."""
        entry = todo.popleft()
        try:
            book = self._opened(entry)
        except Busy as problem:
            if self.open:
                todo.append(entry)
                return True
            yield self._unmade(entry, problem)
            return False
        except Problem as problem:
            yield self._unmade(entry, problem)
            return False
        self.open[id(book)] = book
        match known.reading(self.cache, book.wanted):
            case Words() as why:
                book.why = why
                self.reads.append(book)
            case read:
                yield from self._was_read(book, read)
        return False

    def _opened(self, entry: Entry) -> _Open:
        """A book with its folder to itself; waited for if there is nothing else."""
        job, locks = self.job(entry), ExitStack()
        patience = 0.0 if self.open else self.patience
        wait = locked(job.folder, patience, lambda f: self.progress(Waiting(f)))
        locks.enter_context(wait)
        return _Open(entry, job, locks, known.wanted_reading(job.loaded))

    def _unmade(self, entry: Entry, problem: Problem, trace: str = "") -> Unmade:
        unmade = Unmade(entry.path, problem, trace)
        self.progress(unmade)
        return unmade

    def _submit(self) -> None:
        """Outputs first: they end books, and reading begins them."""
        while len(self.flying) < self.engine.capacity:
            if self.makes:
                book, target = self.makes.popleft()
                work: Work = self._task(book, target)
                self.progress(Started(target))
            elif self.reads:
                book = self.reads.popleft()
                loaded, at_hand = book.job.loaded, self.warm and self.engine.at_hand
                work = ReadTask(known.for_reading(loaded), self.warm, at_hand)
            else:
                return
            self.flying[id(work)] = book
            self.engine.submit(work)

    def _task(self, book: _Open, target: Target) -> Task:
        if not book.tree and book.late and book.late.reading:
            book.tree = book.late.reading
        elif not book.tree and book.read:
            book.tree = known.tree(self.cache, book.job.loaded, book.read)
        digests = inputs.known_large()
        pages = known.pages_of(self.cache, book.given.get(target))
        loaded, warm = book.job.loaded, self.warm
        return Task(target, loaded, book.tree, digests, pages, warm=warm)

    def _answered(self, work: Work, answer: Answer) -> Iterator[Done]:
        book = self.flying.pop(id(work))
        match work, answer:
            case ReadTask(), WasRead(facts=Problem() as problem):
                book.locks.close()
                del self.open[id(book)]
                yield self._unmade(book.entry, problem, answer.trace)
            case ReadTask(), WasRead(facts=Facts() as facts):
                self.unsettled |= answer.read is None
                yield from self._was_read(book, self._kept(book, facts, answer))
            case Task(), Made():
                yield from self._was_made(book, work.target, answer)
            case _:
                raise TypeError("an answer to something else")

    def _kept(self, book: _Open, facts: Facts, answer: WasRead) -> known.Read:
        """What was read, kept in the cache; while watching later: somebody waits."""
        if answer.reading:
            book.late = answer
            key, tree = known.key_of_reading(book.wanted, answer.read), ""
        else:
            key, tree = known.keep_reading(
                self.cache, book.wanted, facts, answer.tree, answer.read
            )
        return known.Read(facts, key, tree, book.why, answer.tree)

    def _was_read(self, book: _Open, read: known.Read) -> Iterator[Built]:
        """Find out which outputs must be made."""
        book.read = read
        self.progress(Read(found(book.job.loaded, read.facts)))
        names = {target.edition.name for target in book.job.targets}
        book.held = [t for t in book.job.targets if _print_of(t) in names]
        for target in book.job.targets:
            if target not in book.held:
                self._ask(book, target, read)
        self._release(book, read)
        if not book.asked:
            yield self._close(book, read)

    def _ask(self, book: _Open, target: Target, read: known.Read) -> None:
        """Find out whether an output must be made."""
        pages = self._pages(book, target, read)
        wanted = known.wanted_output(book.job.loaded, target.edition, read.key, pages)
        match again(target, self.cache, wanted, read):
            case Words() as why:
                book.asked[target] = wanted, why
                book.given[target] = pages
                self.makes.append((book, target))
            case result, before:
                self.progress(result)
                book.ended[target] = result, before.found
                _keep_pages(book, target, before.printed)

    def _release(self, book: _Open, read: known.Read) -> None:
        """Ask for the EPUBs whose print has ended, one way or another."""
        done = {target.edition.name for target in book.ended}
        ready = [target for target in book.held if _print_of(target) in done]
        book.held = [target for target in book.held if target not in ready]
        for target in ready:
            self._ask(book, target, read)

    def _pages(self, book: _Open, target: Target, read: known.Read) -> Pages | None:
        """Where the pages of an EPUB's print begin, if it was made now or earlier."""
        name, edition = _print_of(target), target.edition.print
        if edition is None or name in book.printed:
            return book.printed.get(name)
        asked = known.wanted_output(book.job.loaded, edition, read.key)
        before, _ = known.output(self.cache, asked)
        return before.printed if before else None

    def _was_made(self, book: _Open, target: Target, made: Made) -> Iterator[Built]:
        inputs.remember(made.digests)
        self.unsettled |= made.read is None and not isinstance(made.output, Problem)
        changed = _changed(target, made)
        ended, pages = place(target, self.cache, made, *book.asked.pop(target))
        self.progress(ended)
        book.ended[target] = ended, (*made.found, *changed)
        _keep_pages(book, target, pages)
        if book.read:
            self._release(book, book.read)
            if not book.asked:
                yield self._close(book, book.read)

    def _close(self, book: _Open, read: known.Read) -> Built:
        """Write the manifest, and gather what became of it."""
        own = [book.ended[target] for target in book.job.targets]
        results = [each for each, _ in own if isinstance(each, Result)]
        failures = [each for each, _ in own if isinstance(each, Failure)]
        late = (each for _, some in own for each in some)
        findings = found(book.job.loaded, read.facts, late)
        if results:
            try:
                manifest.record(book.job, read.facts, results, findings.diagnostics)
            except Problem as problem:
                target = results[-1].target
                failures.append(Failure(target, problem, file=manifest.NAME))
                self.progress(failures[-1])
        if book.late and book.late.reading:
            data, inputs_ = pickled.dumps(book.late.reading), book.late.read
            known.keep_reading(self.cache, book.wanted, read.facts, data, inputs_)
        book.locks.close()
        del self.open[id(book)]
        built = Built(book.entry.path, tuple(results), tuple(failures), findings)
        self.progress(built)
        return built


def _changed(target: Target, made: Made) -> list[Diagnostic]:
    """What an upgrade of the dictionaries did to an edition since its last build."""
    if isinstance(made.output, Problem):
        return []
    return changed_since(target.path, dict(made.output.beside))


def _print_of(target: Target) -> str:
    """The printed edition whose pages a target names, if it names any."""
    edition = target.edition
    return edition.page_list_from if edition.format == "epub" else ""


def _keep_pages(book: _Open, target: Target, pages: Pages | None) -> None:
    if pages:
        book.printed[target.edition.name] = pages
