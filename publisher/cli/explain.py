"""``publisher explain``: why a rule matters, an example, and a cure."""

from __future__ import annotations

import click

from publisher.cli import helping
from publisher.cli.options import MISUSE, as_json, common
from publisher.cli.voice import Voice, print_json, voice
from publisher.config import meant
from publisher.config.validate import nearest
from publisher.diagnostics import Problem, Rule, Words
from publisher.report import Json
from publisher.report.rules import RULES
from publisher.report.terminal import SEVERITY, visible

_SAYS = Words(
    """解释一条规则：为什么要紧，怎么办。

RULE 是规则名（如 skipped-number）或代号；不写则列出全部。""",
    """Say why a rule matters and how to cure it.

RULE is a name such as skipped-number, or a code; without one, all are listed.""",
)


@helping.command("explain", says=_SAYS)
@click.argument("name", metavar="[RULE]", required=False)
@as_json
@common
def command(*, name: str | None, json_: bool) -> int:
    """Say why a rule matters and how to cure it."""
    spoken = voice()
    chosen = RULES if name is None else (_find(name),)
    if json_:
        rules = [_object(rule, spoken) for rule in chosen]
        print_json({"rules": rules} if name is None else rules[0])
    elif name is None:
        for rule in RULES:
            severity = spoken.words(SEVERITY[rule.severity])
            click.echo(f"{rule.code}  {rule.name}  ({severity})")
    else:
        click.echo(_page(chosen[0], spoken))
    return 0


def _find(name: str) -> Rule:
    """The rule of a name or a code, in either case of letters.

    Raises:
        Problem: 2, there is none.
    """
    for rule in RULES:
        if name.lower() in (rule.name.lower(), rule.code.lower()):
            return rule
    names = [rule.name for rule in RULES]
    message = Words(f"没有“{name}”这条规则", f"there is no rule “{name}”")
    hint = meant(name, names) if nearest(name, names) else _LIST
    raise Problem(MISUSE, message, hint)


def _object(rule: Rule, spoken: Voice) -> dict[str, Json]:
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.name.lower(),
        "why": spoken.words(rule.why),
        "example": rule.example or None,
        "cure": spoken.words(rule.cure),
    }


def _page(rule: Rule, spoken: Voice) -> str:
    severity = spoken.words(SEVERITY[rule.severity])
    parts = [
        f"{rule.code}  {rule.name}  ({severity})",
        _part(_WHY, spoken.words(rule.why), spoken),
        _part(_EXAMPLE, rule.example, spoken),
        _part(_CURE, spoken.words(rule.cure), spoken),
    ]
    return "\n\n".join(filter(None, parts))


def _part(head: Words, body: str, spoken: Voice) -> str:
    if not body:
        return ""
    lines = (f"  {visible(line)}".rstrip() for line in body.splitlines())
    return "\n".join([spoken.words(head), *lines])


_LIST = Words(
    "publisher explain 不带名称，列出全部规则",
    "publisher explain without a name lists all rules",
)
_WHY = Words("为什么", "Why")
_EXAMPLE = Words("例（来源文本）", "Example (source text)")
_CURE = Words("怎么办", "What to do")
