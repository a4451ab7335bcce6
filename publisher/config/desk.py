"""``decisions.toml`` and ``notes.toml``: what the editor decides about the text.

Both are anchored by text. Their tables, and the settings that they give.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias, cast, get_args

from publisher.book import Decision, Highlight, Highlighted, Remark, Script
from publisher.config.kinds import Array, Choice, Either, Flag, Key, Table, Text
from publisher.config.section import Section, meant, read
from publisher.config.tables import ANCHOR, ANY, REASON, RULE
from publisher.diagnostics import Problem, Words

DECISIONS, NOTES = "decisions.toml", "notes.toml"
Renderings: TypeAlias = tuple[tuple[Script, str], ...]

_WHERE = Key(ANCHOR, Words("位置的编号。", "The place."), required=True)
_WORDS = Text(r"[\s\S]+")
_PLACE = {
    "rule": Key(RULE, Words("规则名称。", "The rule."), required=True),
    "where": _WHERE,
    "before": Key(_WORDS, Words("原文。", "The source's words."), required=True),
}
DECISIONS_TOML = Table(
    {
        "accept": Key(
            Array(
                Table(
                    {
                        **_PLACE,
                        "after": Key(
                            ANY, Words("改作。", "The words instead."), required=True
                        ),
                        "reason": REASON,
                    }
                )
            ),
            Words("采纳的改动。", "Repairs that the editor makes."),
        ),
        "reject": Key(
            Array(
                Table(
                    {
                        **_PLACE,
                        "after": Key(ANY, Words("建议的改法。", "What was proposed.")),
                        "reason": REASON,
                    }
                )
            ),
            Words("不采纳的改动。", "Repairs that the editor refuses."),
        ),
    }
)

_ANCHORED = {
    "where": _WHERE,
    "text": Key(_WORDS, Words("原文。", "The source's words."), required=True),
    "all": Key(
        Flag(),
        Words("那里每一处都算。", "Every place in the node where they stand."),
    ),
}
_NOTE = Table(
    {
        **_ANCHORED,
        "note": Key(Text(), Words("注文。", "What the note says."), required=True),
    }
)
_TO = Table(
    {
        script: Key(Text(), Words("改印。", "Printed there."))
        for script in get_args(Script)
    }
)
_MARK = Table(
    {
        **_ANCHORED,
        "kind": Key(
            Choice(get_args(Highlight)),
            Words(
                "着重、专名、书名乙式、注音，或不转换。",
                "Dots, a line, a wave, a reading, or no conversion.",
            ),
            required=True,
        ),
        "reading": Key(Text(), Words("注音（ruby）。", "The reading, for ruby.")),
        "to": Key(
            Either((Text(), _TO)),
            Words(
                "转换成繁体或简体时印作（fixed）。",
                "What to print in another script, for fixed.",
            ),
        ),
    }
)
NOTES_TOML = Table(
    {
        "note": Key(Array(_NOTE), Words("编者注。", "The editor's notes.")),
        "mark": Key(Array(_MARK), Words("编者加的标记。", "The editor's marks.")),
    }
)


def decisions(path: Path) -> tuple[Decision, ...]:
    """The decisions of a book; none where there is no such file.

    Raises:
        Problem: 3, with file, line and column.
    """
    if not path.exists():
        return ()
    top = read(path, DECISIONS_TOML)
    found: dict[tuple[str, str, str], Decision] = {}
    for verdict in ("accept", "reject"):
        for section in top.sections(verdict):
            each = Decision(
                verdict="accept" if verdict == "accept" else "reject",
                rule=rule(section),
                where=section.text("where"),
                before=section.text("before"),
                after=section.text("after"),
                reason=section.text("reason"),
                place=section.place("before"),
            )
            key = (each.rule, each.where, each.before)
            if key in found:
                raise section.problem("before", _DECIDED_TWICE)
            found[key] = each
    return tuple(found.values())


def rule(section: Section) -> str:
    """The name of a rule, which must be one that the tool can report."""
    from publisher.check import RULES as CHECK
    from publisher.read import RULES as READ
    from publisher.repair import RULES as REPAIR

    wanted = section.text("rule")
    if any(rule.name == wanted for rule in (*READ, *REPAIR, *CHECK)):
        return wanted  # what must be loaded for all the others is not needed to read
    from publisher.report.rules import RULES

    names = {rule.name for rule in RULES}
    if wanted not in names:
        raise _no_rule(section, wanted, names)
    return wanted


def _no_rule(section: Section, wanted: str, names: set[str]) -> Problem:
    return section.problem("rule", _NO_RULE.fill(name=wanted), meant(wanted, names))


def notes(path: Path) -> tuple[Remark | Highlighted, ...]:
    """The notes and marks of a book; none where there is no such file.

    Raises:
        Problem: 3, with file, line and column.
    """
    if not path.exists():
        return ()
    top = read(path, NOTES_TOML)
    return (
        *(_marked(section) for section in top.sections("mark")),
        *(_remark(section) for section in top.sections("note")),
    )


def _remark(section: Section) -> Remark:
    return Remark(
        section.text("where"),
        section.text("text"),
        section.text("note"),
        section.flag("all"),
        section.place("text"),
    )


def _marked(section: Section) -> Highlighted:
    kind, reading = section.text("kind"), section.text("reading")
    if kind == "ruby" and not reading:
        raise section.problem("kind", _NO_READING)
    for key, own in (("reading", "ruby"), ("to", "fixed")):
        if key in section.table and kind != own:
            raise section.problem(key, _ONLY.fill(key=key, kind=own))
    return Highlighted(
        section.text("where"),
        section.text("text"),
        cast("Highlight", kind),
        reading,
        _renderings(section),
        section.flag("all"),
        section.place("text"),
    )


def _renderings(section: Section) -> Renderings:
    """What stands instead, by script; one word for all scripts is for each of them."""
    scripts: tuple[Script, ...] = get_args(Script)
    inner, word = section.section("to"), section.text("to")
    given = [(script, word or inner.text(script)) for script in scripts]
    for _, to in given:
        if to and len(to) != len(section.text("text")):
            raise section.problem("to", _LENGTH.fill(to=to))
    return tuple((script, to) for script, to in given if to)


_NO_RULE = Words("没有“{name}”这条规则", "there is no rule “{name}”")
_DECIDED_TWICE = Words(
    "同一处、同一规则、同样的原文已经有过决定",
    "the same words at the same place were decided by the same rule above",
)
_NO_READING = Words("ruby 要写 reading（注音）", "ruby needs a `reading`")
_ONLY = Words('“{key}”只用于 kind = "{kind}"', '“{key}” is for kind = "{kind}" alone')
_LENGTH = Words(
    "“{to}”与 text 字数不同；转换须逐字对应",
    "“{to}” is not as long as `text`; conversion is character for character",
)
