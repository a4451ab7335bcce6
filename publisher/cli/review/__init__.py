"""``publisher review``: the editor's desk; goes through what waits for a decision."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from publisher.cli import helping
from publisher.cli.options import MISUSE, F, as_json, books, common, paths
from publisher.cli.review.choices import explained, question
from publisher.cli.review.keys import Answers, answers
from publisher.cli.review.kinds import KINDS, Kind
from publisher.cli.review.screen import Screen
from publisher.cli.review.session import Done, Session
from publisher.cli.voice import Voice, print_json, voice
from publisher.config import BOOK
from publisher.config.desk import DECISIONS, NOTES
from publisher.diagnostics import NOTHING, Problem, Severity, Words
from publisher.edition.lines import script_of
from publisher.edition.places import names
from publisher.repair.offers import Offer
from publisher.report import Json
from publisher.report.rules import RULES

Verdict: TypeAlias = Literal["accept", "reject"]
AS_FOUND, NOT_JOINED = "照录来源", "版面上不相接"
"""The reason that is meant where the editor gives none for a refusal."""

_SAYS = Words(
    """编者的案头：逐条定夺校改建议。

BOOK 是带 book.toml 的文件夹；sources/ 下只有一本书时可以不写。每定一条，立刻记进书\
的 decisions.toml。在终端里按一个键即可；由管道输入时，每行一键，后面写要填的话。有\
版本用别种字体的，最后定选字，记在 conversions.tsv。--json 只列出待定的，什么也不\
问。""",
    """Go through proposals, one by one.

BOOK is a folder with a book.toml; it may be left out where there is one book under
sources/. Each decision is kept in the book's decisions.toml at once. On a terminal
a key is enough; in a pipe each line is a key, and behind it the words asked for.
Where an edition is in another script the choices of characters come last; they are
kept in conversions.tsv. --json lists what waits, and asks nothing.""",
)


def _flags(command: F) -> F:
    for kind in reversed(KINDS):
        flag = helping.option(f"--{kind.name}", is_flag=True, says=_only(kind.about))
        command = flag(command)
    says = _only(Words("繁简选字", "the choices of characters"))
    return helping.option("--conversions", is_flag=True, says=says)(command)


def _only(what: Words) -> Words:
    return Words(f"只看{what.zh}。", f"Go through {what.en} only.")


@helping.command("review", says=_SAYS)
@paths("[BOOK]", required=False)
@_flags
@as_json
@common
def command(
    paths: tuple[Path, ...], *, json_: bool, conversions: bool, **flags: bool
) -> int:
    """Go through proposals, one by one."""
    path = _book(paths)
    kinds = tuple(kind for kind in KINDS if flags[kind.name])
    every = not (kinds or conversions)
    session = Session(path, kinds or KINDS) if kinds or every else None
    also = conversions or (session is not None and every and _converted(session))
    spoken = voice()
    if json_:
        print_json(_all(path, session, spoken, also=also))
    else:
        _work(path, session, spoken, also=also)
    return 0


def _converted(session: Session) -> bool:
    """Whether an edition has another script than the book."""
    book = session.loaded.book
    own = script_of(book.language)
    return any(edition.script != own for edition in book.editions)


def _all(
    path: Path, session: Session | None, spoken: Voice, *, also: bool
) -> dict[str, Json]:
    """What waits on both desks, as data."""
    from publisher.cli.review.conversions import Conversions, listed

    waiting = _listed(session, spoken) if session else []
    desk = Conversions(path) if also else None
    loaded = desk.loaded if desk else session.loaded if session else None
    return {
        "book": loaded.book.id if loaded else "",
        "pending": [*waiting, *(listed(desk) if desk else ())],
    }


def _work(path: Path, session: Session | None, spoken: Voice, *, also: bool) -> None:
    """One desk after the other; who leaves the first is told of the second."""
    from publisher.cli.review.conversions import Conversions, work

    screen = Screen(spoken.language)
    if session:
        _complain(session, spoken)
    with answers() as answered:
        if session and not Desk(session, screen, answered).work():
            if also:
                screen.say(_ALSO, "dim")
        elif also:
            work(Conversions(path), screen, answered)


def _book(paths: Sequence[Path]) -> Path:
    """The book that is meant.

    Raises:
        Problem: 2, none, or several, or a file without a book.
    """
    found = books(paths)
    if len(found) > 1:
        hint = _ONE_HINT.list(books=[str(each) for each in found])
        raise Problem(MISUSE, _ONE.fill(count=len(found)), hint)
    (path,) = found
    if not path.is_dir() and path.name != BOOK:
        hint = _BARE_HINT.fill(path=shlex.quote(str(path)))
        raise Problem(MISUSE, _BARE.fill(path=path), hint, str(path))
    return path


def _complain(session: Session, spoken: Voice) -> None:
    """Say what is wrong with earlier decisions, and with notes."""
    files = (DECISIONS, NOTES)
    own = [d for d in session.found if d.place.rsplit(":", 2)[0].endswith(files)]
    spoken.findings(own, session.reading.sources, Severity.NOTE)


def _listed(session: Session, spoken: Voice) -> list[Json]:
    """What waits on the desk of repairs, as data."""
    called = names(session.reading.collection.documents)
    waiting: list[Json] = []
    for kind, offer in session.pending():
        record = offer.record
        source = session.reading.sources[record.span.file]
        line, column = source.locate(record.span.start)
        waiting.append(
            {
                "kind": kind.name,
                "rule": record.rule,
                "where": offer.where,
                "place": called.get(offer.where),
                "file": source.name,
                "line": line,
                "column": column,
                "before": offer.now or record.before,
                "after": record.after or None,
                "basis": record.basis.say(spoken.language),
                "confidence": record.confidence,
                "anchor": offer.before,
            }
        )
    return waiting


@dataclass(slots=True)
class Desk:
    """A session, what shows it, and what answers."""

    session: Session
    screen: Screen
    answers: Answers

    def work(self) -> bool:
        """Ask until nothing waits, which is True, or the editor has had enough."""
        if not any(self.session.pending()):
            self.screen.say(_NOTHING)
            return True
        going = True
        while going:
            waiting = self.session.waiting()
            going = self.ask(*waiting[0], len(waiting)) if waiting else self.end()
        self.sum_up()
        return not waiting

    def end(self) -> bool:
        """All has been seen: the last step may still be taken back."""
        self.screen.ask(_END)
        while (key := self.answers.key()) not in ("undo", "quit"):
            self.screen.ask(_END)
        self.screen.say(_SAID[key])
        return key == "undo" and self.undo()

    def ask(self, kind: Kind, offer: Offer, left: int) -> bool:
        """Show one proposal and do what is wanted; False ends the session."""
        self.show(offer, left)
        self.answers.fresh()
        while True:
            self.screen.ask(question(offer))
            key = self.answers.key()
            self.screen.say(_SAID[key])
            match key:
                case "accept" | "reject" | "edit":
                    if self.decide(kind, offer, key):
                        return True
                case "skip":
                    self.session.skip(offer)
                    return True
                case "undo":
                    if self.undo():
                        return True
                case "more":
                    self.screen.say(offer.text)
                case "quit":
                    return False
                case "help":
                    self.help(offer)
                case "":
                    self.screen.say(_NO_KEY)

    def help(self, offer: Offer) -> None:
        """What the rule is for, and what each key does that is offered."""
        why = {rule.name: rule.why for rule in RULES}[offer.record.rule]
        self.screen.say(why)
        self.screen.say(explained(offer))

    def doubts(self, offer: Offer) -> Words:
        """What reading has to say of a seam."""
        own = offer.record.span
        said = [
            d.message
            for d in self.session.found
            if offer.record.kind == "join"
            and (d.span.file, d.span.start) == (own.file, own.start)
            and d.rule.name == "ambiguous-join"
        ]
        return said[0] if said else NOTHING

    def show(self, offer: Offer, left: int) -> None:
        """One proposal, and how far the editor has come."""
        called = names(self.session.reading.collection.documents)
        done = len(self.session.steps)
        name = called.get(offer.where, offer.where)
        sources = self.session.reading.sources
        self.screen.show(offer, name, (done + 1, done + left), sources)
        if doubt := self.screen.words(self.doubts(offer)):
            self.screen.labelled(_DOUBT, doubt)

    def decide(self, kind: Kind, offer: Offer, key: str) -> bool:
        """Have a decision, and keep it; False if nothing came of it."""
        record = offer.record
        missing = key == "accept" and not record.after
        if missing or (key == "edit" and record.kind == "join"):
            self.screen.say(_NO_PROPOSAL if missing else _NO_EDIT, "yellow")
            return False
        after, reason = record.after, record.basis.zh
        if key == "edit":
            prompt = self.screen.words(_INSTEAD.fill(now=offer.now))
            said = self.answers.words(prompt, record.after or offer.now)
            if not said:
                self.screen.say(_DROPPED, "yellow")
                return False
            after = said
        if key != "accept":
            kept = NOT_JOINED if record.kind == "join" else AS_FOUND
            default = kept if key == "reject" else ""
            reason = self._reason(default)
            if not reason:
                self.screen.say(_DROPPED, "yellow")
                return False
        verdict: Verdict = "reject" if key == "reject" else "accept"
        decision = offer.decide(verdict, after, reason)
        before = {finding.place for finding in self.session.failed()}
        try:
            self.session.decide(kind, offer, decision)
        except Problem as problem:
            self.screen.say(problem.message, "bold red")
            self.screen.say(problem.hint)
            return False
        done: Done = "rejected" if key == "reject" else "accepted"
        file = self.session.loaded.folder / kind.file
        self.screen.say(_DONE[done].fill(file=file), "green")
        for finding in self.session.failed():
            if finding.place not in before:
                self.screen.say(finding.message, "bold red")
        return True

    def _reason(self, default: str) -> str:
        hint = _DEFAULT.fill(reason=default) if default else NOTHING
        prompt = _REASON.fill(default=self.screen.words(hint))
        said = self.answers.words(self.screen.words(prompt))
        return "" if said is None else said or default

    def undo(self) -> bool:
        """Take the last step back."""
        try:
            step = self.session.undo()
        except Problem as problem:
            self.screen.say(problem.message, "bold red")
            return False
        self.screen.say(_UNDONE[step.done] if step else _NOTHING_DONE, "yellow")
        return step is not None

    def sum_up(self) -> None:
        """What came of it."""
        counts = self.session.counts()
        open_ = sum(1 for _ in self.session.pending())
        said = _SUM.fill(
            accepted=counts["accepted"], rejected=counts["rejected"], open=open_
        )
        self.screen.console.rule(characters="─", style="dim")
        self.screen.say(said, "bold")


_ONE = Words(
    "一次只能定夺一本书，这里有 {count} 本", "one book at a time; {count} are meant"
)
_ONE_HINT = Words("指明一本：{books}", "name one of {books}")
_BARE = Words(
    "{path} 只是一个文件，没有地方记下决定",
    "{path} is a bare file: no book keeps decisions",
)
_BARE_HINT = Words(
    "先为它建书稿文件夹：publisher init sources/mybook --from {path}",
    "make a book of it first: publisher init sources/mybook --from {path}",
)
_NOTHING = Words("没有待定的建议。", "Nothing waits for a decision.")
_ALSO = Words(
    "繁体版的选字另定：publisher review 书 --conversions",
    "The choices of characters wait too: publisher review BOOK --conversions",
)
_NO_KEY = Words("没有这个键；? 看帮助", "no such key; ? for help")
_DOUBT = Words("疑问", "doubt")
_END = Words("都看过了。[u]撤销 [q]退出 ›", "That was all. [u]ndo [q]uit ›")
_NO_EDIT = Words("接缝只能定接不接", "a seam is joined or is not")
_SAID: dict[str, Words] = {
    "accept": Words("采纳", "accept"),
    "reject": Words("不采纳", "reject"),
    "edit": Words("另改", "edit"),
    "skip": Words("跳过", "skip"),
    "undo": Words("撤销", "undo"),
    "more": Words("全段", "more"),
    "help": Words("帮助", "help"),
    "quit": Words("退出", "quit"),
    "": Words("—", "—"),
}
_NO_PROPOSAL = Words(
    "没有现成的改法；用 e 自己写，或用 r 照录来源",
    "nothing is proposed here: write it with e, or keep what is found with r",
)
_INSTEAD = Words("“{now}”改作：", "instead of “{now}”: ")
_REASON = Words("理由{default}：", "reason{default}: ")
_DEFAULT = Words("（回车：{reason}）", " (Enter: {reason})")
_DROPPED = Words("没有写，这一条还没定", "nothing was written; this one is still open")
_DONE: dict[Done, Words] = {
    "accepted": Words("已采纳，写入 {file}", "accepted, kept in {file}"),
    "rejected": Words("不采纳，写入 {file}", "rejected, kept in {file}"),
}
_UNDONE: dict[Done, Words] = {
    "accepted": Words("已撤销上一次采纳", "the last acceptance is undone"),
    "rejected": Words("已撤销上一次不采纳", "the last rejection is undone"),
    "skipped": Words("回到上一条", "back to the one before"),
}
_NOTHING_DONE = Words("没有可撤销的", "there is nothing to undo")
_SUM = Words(
    "采纳 {accepted} 条，不采纳 {rejected} 条，还有 {open} 条待定。",
    "accepted: {accepted}, rejected: {rejected}, still open: {open}.",
)
