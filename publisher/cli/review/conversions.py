"""``publisher review --conversions``: the editor decides characters, a word at a time.

Law: each decision is in ``conversions.tsv``, whole, before the next question is asked;
undoing all of them gives back the very bytes that were there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from publisher import pipeline
from publisher.book import Conversion, Edition, Override
from publisher.cli.review.keys import Answers
from publisher.cli.review.screen import Screen
from publisher.cli.review.session import bytes_of, put_bytes
from publisher.diagnostics import Diagnostic, Problem, Words
from publisher.edition.conversion import tables
from publisher.edition.conversion.account import Audit
from publisher.edition.conversion.memory import Pending, pending, remember
from publisher.edition.conversion.reasons import doubts_of, joined, reason
from publisher.edition.places import names
from publisher.report import Json

SHOWN = 4
"""So many places are shown at once; m shows all."""


@dataclass(frozen=True, slots=True)
class Step:
    """A word that was decided or skipped, and what its file was before and is now."""

    waiting: Pending
    before: bytes | None = None
    after: bytes | None = None


@dataclass(slots=True)
class Conversions:
    """The choices of characters in a book that nobody has decided."""

    path: Path
    loaded: pipeline.Loaded = field(init=False)
    reading: pipeline.Reading = field(init=False)
    waiting: tuple[Pending, ...] = field(init=False)
    steps: list[Step] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Read the book, and convert it as its editions are."""
        self.loaded = pipeline.load(self.path)
        self.reading = pipeline.read_book(self.loaded, _unheard)
        self.waiting = pending(self.audits(self.reading.conversion))

    @property
    def file(self) -> Path:
        """Where the decisions are."""
        return self.loaded.folder / tables.CONVERSIONS

    def audits(self, by: Conversion) -> Iterator[Audit]:
        """What became of the characters, with these decisions."""
        reading = replace(self.reading, conversion=by)
        for edition in converted(self.loaded):
            made = pipeline.prepared_of(self.loaded, reading, edition, _unheard)
            yield from made.audits

    def rows(self) -> tuple[Override, ...]:
        """The decisions as the file has them now."""
        text = (bytes_of(self.file) or b"").decode("utf-8", "surrogateescape")
        return tables.read(text, str(self.file), _unheard).rows

    def open(self) -> list[Pending]:
        """What is neither decided nor skipped; one word is decided once."""
        done = {(s.waiting.script, s.waiting.kind.key) for s in self.steps}
        return [one for one in self.waiting if (one.script, one.kind.key) not in done]

    def decide(self, waiting: Pending, rendering: str, note: str) -> None:
        """Write a decision down.

        Raises:
            Problem: it is none that could be carried out, or cannot be written.
        """
        row = waiting.decide(rendering, note)
        faults: list[Diagnostic] = []
        line = f"{row.simplified}\t{row.traditional}\t{row.region}\t{row.note}"
        tables.read(line, str(self.file), faults.append)
        if faults:
            raise Problem(1, faults[0].message)
        before = bytes_of(self.file)
        text = (before or b"").decode("utf-8", "surrogateescape")
        after = remember(text, [row]).encode("utf-8", "surrogateescape")
        put_bytes(self.file, after)
        self.steps.append(Step(waiting, before, after))

    def skip(self, waiting: Pending) -> None:
        """Leave it for another time."""
        self.steps.append(Step(waiting))

    def undo(self) -> Step | None:
        """Take the last step back.

        Raises:
            Problem: the file has been changed since by somebody else.
        """
        if not self.steps:
            return None
        step = self.steps[-1]
        if step.after is not None:
            if bytes_of(self.file) != step.after:
                raise Problem(1, _CHANGED.fill(file=self.file))
            put_bytes(self.file, step.before)
        return self.steps.pop()

    def left(self) -> int:
        """How many types are open with the decisions that are written now."""
        by = replace(self.reading.conversion, overrides=self.rows())
        return len(pending(self.audits(by)))


def converted(loaded: pipeline.Loaded) -> list[Edition]:
    """The first edition of each script that a book has."""
    first: dict[tuple[str, tuple[str, ...]], Edition] = {}
    for edition in loaded.book.editions:
        first.setdefault((edition.script, edition.select), edition)
    return list(first.values())


def listed(desk: Conversions) -> list[Json]:
    """What waits, as data."""
    called = names(desk.reading.collection.documents)
    out: list[Json] = []
    for one in desk.waiting:
        kind = one.kind
        out.append(
            {
                "kind": "conversions",
                "script": one.script,
                "key": kind.key,
                "rendering": kind.rendering,
                "renderings": list(one.renderings),
                "by": kind.by,
                "why": list(kind.why),
                "note": kind.note,
                "places": [
                    {"where": place.where, "place": called.get(place.where)}
                    for place in kind.places
                ],
            }
        )
    return out


def work(desk: Conversions, screen: Screen, answers: Answers) -> None:
    """Ask until nothing waits or the editor has had enough."""
    if not desk.waiting:
        screen.say(_NOTHING)
        return
    going = True
    while going and (waiting := desk.open()):
        going = _ask(desk, waiting[0], screen, answers)
    decided = sum(step.after is not None for step in desk.steps)
    screen.console.rule(characters="─", style="dim")
    screen.say(_SUM.fill(decided=decided, open=desk.left()), "bold")


def _ask(desk: Conversions, one: Pending, screen: Screen, answers: Answers) -> bool:
    """Show one word and do what is wanted; False ends the session."""
    _show(desk, one, screen, SHOWN)
    while True:
        screen.ask(_KEYS if len(one.renderings) > 1 else _KEYS_ONE)
        match answers.key():
            case "accept":
                return _decide(desk, one, one.renderings[0], screen)
            case "reject" if len(one.renderings) > 1:
                return _decide(desk, one, one.renderings[1], screen)
            case "edit":
                prompt = screen.words(_INSTEAD.fill(key=one.kind.key))
                if said := answers.words(prompt, one.renderings[0]):
                    return _decide(desk, one, said, screen)
                screen.say(_DROPPED, "yellow")
            case "skip":
                desk.skip(one)
                return True
            case "undo":
                if _undo(desk, screen):
                    return True
            case "more":
                _show(desk, one, screen, len(one.kind.places))
            case "help":
                screen.say(_HELP)
            case "quit":
                return False
            case _:
                screen.say(_NO_KEY)


def _decide(desk: Conversions, one: Pending, said: str, screen: Screen) -> bool:
    """Keep a decision; what cannot be kept is asked again. True: go on."""
    try:
        desk.decide(one, said, one.kind.note)
    except Problem as problem:
        screen.say(problem.message, "bold red")
        return True
    screen.say(_DONE.fill(key=one.kind.key, said=said, file=desk.file), "green")
    return True


def _undo(desk: Conversions, screen: Screen) -> bool:
    try:
        step = desk.undo()
    except Problem as problem:
        screen.say(problem.message, "bold red")
        return False
    screen.say(_UNDONE if step else _NOTHING_DONE, "yellow")
    return step is not None


def _show(desk: Conversions, one: Pending, screen: Screen, places: int) -> None:
    """One word: what it becomes and may become, why it is asked, and where it is."""
    kind = one.kind
    called = names(desk.reading.collection.documents)
    done, every = len(desk.steps) + 1, len(desk.steps) + len(desk.open())
    screen.console.rule(characters="─", style="dim")
    many = len(kind.places)
    screen.say(f"{done}/{every}  {kind.key} → {kind.rendering}  ×{many}", "bold")
    by, why = reason(kind.by), joined(doubts_of(kind.why))
    screen.say(f"{one.script}  {kind.note}".rstrip(), "dim")
    screen.labelled(_BY, screen.words(by))
    screen.labelled(_DOUBT, screen.words(why))
    for place in kind.places[:places]:
        name = called.get(place.where, place.where)
        parts = (f"{name}  …{place.before}", kind.rendering, f"{place.after}…")
        screen.marked(_AT, parts, "bold green")
    if many > places:
        screen.say(_MORE.fill(many=many - places), "dim")
    if len(one.renderings) > 1:
        screen.labelled(_OR, "  ".join(one.renderings[1:]))


def _unheard(_: Diagnostic) -> None:
    """`publisher check` says it."""


_BY = Words("依据", "chosen")
_DOUBT = Words("疑点", "doubt")
_AT = Words("印作", "as")
_OR = Words("或作", "or")
_MORE = Words("另有 {many} 处（m 看全部）", "and {many} more (m shows all)")
_NOTHING = Words("没有待定的选字。", "No choice of characters waits for a decision.")
_KEYS = Words(
    "[a]照此 [r]作前一种“或作” [e]另写 [s]跳过 [u]撤销 [m]全部各处 [?]帮助 [q]退出 ›",
    "[a]s printed [r]the first other [e]dit [s]kip [u]ndo [m]ore [?]help [q]uit ›",
)
_KEYS_ONE = Words(
    "[a]照此 [e]另写 [s]跳过 [u]撤销 [m]全部各处 [?]帮助 [q]退出 ›",
    "[a]s printed [e]dit [s]kip [u]ndo [m]ore [?]help [q]uit ›",
)
_HELP = Words(
    "a 照此：就这样印，以后不再问\n"
    "r 作“或作”的第一种\n"
    "e 另写：自己写这个词印成什么，字数不变\n"
    "s 这次不定　u 撤销上一步　m 看全部各处　q 退出\n"
    "一词定一次，处处从同；已定的都已写在 conversions.tsv",
    "a as printed: so it stays, and is not asked again\n"
    "r the first of the other renderings\n"
    "e edit: write what the word becomes, as long as it is\n"
    "s leave it  u undo the last step  m all places  q quit\n"
    "a word is decided once for all its places; conversions.tsv has it already",
)
_INSTEAD = Words("“{key}”印作：", "{key} becomes: ")
_DROPPED = Words("没有写，这一条还没定", "nothing was written; this one is still open")
_DONE = Words(
    "“{key}”印作“{said}”，写入 {file}", "{key} becomes {said}, kept in {file}"
)
_UNDONE = Words("已撤销上一步", "the last step is undone")
_NOTHING_DONE = Words("没有可撤销的", "there is nothing to undo")
_NO_KEY = Words("没有这个键；? 看帮助", "no such key; ? for help")
_CHANGED = Words(
    "{file} 已被别处改动，不能撤销；请自行改回",
    "{file} was changed by somebody else since; undo it by hand",
)
_SUM = Words(
    "定了 {decided} 类，还有 {open} 类待定。", "decided: {decided}, still open: {open}."
)
