"""The editor's decisions about page numbers and running heads, carried out.

They are matched and told of in one place, by the lines as reading has them: what is set
aside is in no tree, so no later stage can say whether a decision was obeyed.

Law: only a line that reading holds doubtful is set aside by a decision; any other goes
by rule ``editor``, which is on record in the book.
"""

from __future__ import annotations

from collections.abc import Sequence

from publisher.book import Decision
from publisher.diagnostics import Diagnostic, Report, Rule, Words
from publisher.outcomes import AMBIGUOUS_DECISION, BROKEN_DECISION, STALE_DECISION
from publisher.read.folios import Aside
from publisher.read.rules import FURNITURE
from publisher.read.seam import fold
from publisher.read.text import Line
from publisher.source import Source


def overruled(
    asides: Sequence[Aside],
    files: Sequence[Sequence[Line]],
    sources: Sequence[Source],
    decisions: Sequence[Decision],
    report: Report,
) -> tuple[Aside, ...]:
    """What is set aside in each file, as the editor will have it.

    A decision names the line, or it between the words before and behind it; its
    ``where`` is a file's name, or else it is the only such line of all files.
    """
    out = list(asides)
    for decision in decisions:
        if decision.rule != FURNITURE.name:
            continue
        places = [
            (file, line)
            for file, lines in enumerate(files)
            if decision.where == sources[file].name
            or all(decision.where != source.name for source in sources)
            for line in _lines(lines, decision.before)
        ]
        if len(places) == 1:
            file, line = places[0]
            told = _refused(decision, asides[file], line)
            out[file] = out[file] if told else _moved(decision, out[file], line)
        else:
            told = _unplaced(len(places))
        if told:
            rule, message, hint = told
            before = decision.before.replace("\n", "|")
            said = message.fill(before=before, where=decision.where)
            place, where = decision.place, decision.where
            report(Diagnostic(rule, said, where=where, hint=hint, place=place))
    return tuple(out)


def _unplaced(count: int) -> tuple[Rule, Words, Words]:
    if count:
        return AMBIGUOUS_DECISION, _MANY, _WHICH
    return STALE_DECISION, _NONE, STALE_DECISION.cure


def _refused(
    decision: Decision, aside: Aside, line: int
) -> tuple[Rule, Words, Words] | None:
    """Why a decision about a line is not carried out; None if it is."""
    ours = line in aside.lines or line in aside.doubtful
    if decision.verdict == "reject":
        return None if ours else (STALE_DECISION, _KEPT, STALE_DECISION.cure)
    return None if ours and not decision.after else (BROKEN_DECISION, _TEXT, _EDITOR)


def _moved(decision: Decision, aside: Aside, line: int) -> Aside:
    left = tuple(i for i in aside.doubtful if i != line)
    if decision.verdict == "accept":
        return Aside(aside.lines | {line}, left)
    return Aside(aside.lines - {line}, left)


def _lines(lines: Sequence[Line], words: str) -> Sequence[int]:
    """The lines that some words name."""
    named = words.split("\n") if words.count("\n") == 2 else ("", words, "")
    left, own, right = map(fold, named)
    texts = ["", *(fold(line.text) for line in lines), ""]
    return [
        i - 1
        for i in range(1, len(texts) - 1)
        if texts[i] == own
        and texts[i - 1].endswith(left)
        and texts[i + 1].startswith(right)
    ]


_NONE = Words(
    "没有“{before}”这样一行，这条决定没有照办",
    "there is no line “{before}”; this decision was not carried out",
)
_MANY = Words(
    "“{before}”这样的行不止一行，不知是哪一行，所以没有照办",
    "there is more than one line “{before}”; which is meant? nothing was changed",
)
_WHICH = Words(
    "where 写来源的文件名；before 连上下行的字一起写，如“少数\\n1\\n民族”。",
    "Write the source file's name as `where`, and in `before` the line between the "
    "words around it: “少数\\n1\\n民族”.",
)
_KEPT = Words(
    "“{before}”一行本来就当作正文，没有什么可以拒绝",
    "the line “{before}” is taken for text as it is; there is nothing to reject",
)
_TEXT = Words(
    "“{before}”一行不像页码、页眉，不能这样略去；page-furniture 只略去整行，不改字",
    "the line “{before}” is not like a folio or a running head, or would be changed; "
    "page-furniture leaves out doubtful lines, and nothing else",
)
_EDITOR = Words(
    '要删的，写 rule = "editor"，after = ""；要改的，写 rule = "editor" 和改后的字：'
    "这样书末的编辑说明里有记录。",
    'To delete it, write rule = "editor" with after = ""; to change it, write the new '
    "words there: so it is on record in the book.",
)
